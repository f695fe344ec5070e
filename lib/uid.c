#include "uid.h"

int
pm_uid_make(struct pm_digester *d, struct pm_row *row, struct pm_err *err)
{
    struct pm_buf first = PM_BUF_INIT(64 << 20);
    struct pm_sha256 sha;
    struct pm_str parts[2];
    int rc;

    /* Url and key cannot hold a NUL; so no two different captures give the same bytes. */
    pm_buf_le64(&first, (uint64_t)row->when_us);
    pm_buf_add(&first, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_buf_str(&first, row->url);
    pm_buf_putc(&first, '\0');
    parts[0] = pm_buf_span(&first);
    parts[1] = row->key;
    rc = pm_buf_check(&first, err);
    if (rc == PM_OK)
        rc = pm_digest_sha256(d, parts, 2, &sha, err);
    if (rc == PM_OK)
        memcpy(row->uid, sha.byte, sizeof(row->uid));
    pm_buf_release(&first);
    return rc;
}
