/* The public interface: repack. */
#include "handle.h"

#include "repack.h"

int
pressmark_repack(const char *dir, const struct pressmark_repack_options *options,
                 struct pressmark_repack_result *result, struct pressmark_error *err)
{
    struct pm_repack_options o = {.jobs = options->jobs,
                                  .level = options->level,
                                  .bundle_max = options->bundle_max,
                                  .progress = options->progress,
                                  .ctx = options->ctx};
    struct pressmark_archive *a = NULL;
    struct pm_repack_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = pressmark_open(&a, dir, true, err);

    *result = (struct pressmark_repack_result){0};
    if (rc != PRESSMARK_OK)
        return rc;
    rc = pm_repack_write(a->manifest, a->root, dir, &o, &r, &e);
    if (rc == PM_OK)
        rc = pm_repack_commit(a->root, a->manifest, &e);
    /* The manifest must be closed before another takes its place. */
    pm_manifest_free(a->manifest);
    a->manifest = NULL;
    if (rc == PM_OK)
        rc = pm_repack_recover(a->root, &e);
    pressmark_free(a);
    *result = (struct pressmark_repack_result){r.bundles, r.records, r.old_bytes, r.new_bytes};
    return pm_archive_give(err, rc, &e);
}
