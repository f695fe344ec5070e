#include "info.h"

#include "clean.h"
#include "shingle.h"
#include "version.h"
#include "warc.h"
#include "when.h"

int
pm_info_write(struct pm_str filename, int64_t when_us, struct pm_digester *d, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_buf fields = PM_BUF_INIT(1 << 16), id = PM_BUF_INIT(64);
    struct pm_record r = {.type = PM_STR("warcinfo"),
                          .when_us = when_us == PM_WHEN_NONE ? 0 : when_us,
                          .filename = filename,
                          .content_type = PM_STR("application/warc-fields")};
    struct pm_sha256 sha;
    int rc;

    pm_buf_addf(&fields,
                "software: pressmark/%s\r\nformat: WARC File Format 1.1\r\n"
                "conformsTo: http://iipc.github.io/warc-specifications/specifications/"
                "warc-format/warc-1.1/\r\n"
                "pressmark-format: %d\r\npressmark-cleaner: %d\r\npressmark-fingerprint: %d\r\n"
                "pressmark-shingles: words=5/%d characters=12/%d\r\n",
                PM_VERSION, PM_FORMAT_VERSION, PM_CLEAN_VERSION, PM_FINGERPRINT_VERSION, PM_H5_FRACTION,
                PM_HC_FRACTION);
    r.block[0] = pm_buf_span(&fields);
    rc = pm_digest_sha256(d, (struct pm_str[]){r.filename, r.block[0]}, 2, &sha, err);
    if (rc == PM_OK)
        pm_record_id(&id, &sha);
    r.id = pm_buf_span(&id);
    if (rc == PM_OK)
        rc = pm_buf_check(&fields, err);
    if (rc == PM_OK)
        rc = pm_buf_check(&id, err);
    if (rc == PM_OK)
        rc = pm_record_write(&r, d, dst, err);
    pm_buf_release(&id);
    pm_buf_release(&fields);
    return rc;
}

bool
pm_info_is_own(struct pm_str record)
{
    struct pm_str head, block;

    return pm_record_split(record, &head, &block) &&
           pm_str_ieq(pm_warc_field(head, PM_STR("WARC-Type")), PM_STR("warcinfo")) &&
           pm_str_starts(block, PM_STR("software: pressmark/"));
}
