#include "repack_big.h"

struct copy {
    struct pm_bundle_put *put;
    struct pm_hasher *sha;
};

static int
take(void *ctx, struct pm_str piece, struct pm_err *err)
{
    struct copy *c = ctx;
    int rc = pm_hasher_add(c->sha, piece, err);

    return rc == PM_OK ? pm_bundle_put_add(c->put, piece, err) : rc;
}

int
pm_repack_big(struct pm_bundle_reader *from, struct pm_bundle_writer *to, struct pm_codec *codec,
              const struct pm_dict *dict, int level, struct pm_stored *rec, struct pm_err *err)
{
    struct copy c = {NULL, NULL};
    struct pm_loc old = rec->loc;
    struct pm_sha256 sha;
    int rc = pm_bundle_put_new(&c.put, to, codec, dict, level, err);

    if (rc == PM_OK)
        rc = pm_hasher_new(&c.sha, err);
    if (rc == PM_OK)
        rc = pm_bundle_stream(from, &old, take, &c, NULL, err);
    if (rc == PM_OK)
        rc = pm_bundle_put_end(c.put, &rec->loc, &rec->check, err);
    if (rc == PM_OK)
        rc = pm_hasher_sha256(c.sha, &sha, err);
    if (rc == PM_OK && memcmp(sha.byte, rec->sha.byte, sizeof(sha.byte)) != 0)
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: record does not match its SHA-256", old.bundle,
                     (unsigned long long)old.offset);
    pm_hasher_free(c.sha);
    pm_bundle_put_free(c.put);
    return rc;
}
