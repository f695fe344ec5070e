#include "payload.h"

static int
has_digest(struct pm_digester *d, struct pm_str bytes, const struct pm_sha256 *sha, struct pm_err *err)
{
    struct pm_sha256 got;
    int rc = pm_digest_sha256(d, &bytes, 1, &got, err);

    if (rc == PM_OK && memcmp(got.byte, sha->byte, sizeof(got.byte)) != 0)
        rc = PM_DONE;
    return rc;
}

int
pm_payload_find(struct pm_digester *d, struct pm_str block, const struct pm_sha256 *sha, struct pm_http *http,
                struct pm_err *err)
{
    int rc = pm_http_parse(block, http, err);

    if (rc == PM_OK)
        rc = has_digest(d, http->body, sha, err);
    if (rc == PM_OK || rc < 0)
        return rc;
    *http = (struct pm_http){.body = block};
    return has_digest(d, block, sha, err);
}
