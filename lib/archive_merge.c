/* The public interface: merge. */
#include "handle.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "merge.h"

/* An archive cannot be merged into itself. */
static int
check_other(const struct pressmark_archive *a, const struct pressmark_archive *source, const char *name,
            struct pm_err *err)
{
    struct stat one, other;

    if (fstat(a->root, &one) != 0 || fstat(source->root, &other) != 0)
        return pm_fail_errno(err, "cannot look at '%s'", name);
    if (one.st_dev == other.st_dev && one.st_ino == other.st_ino)
        return pm_fail(err, PM_EINVAL, "'%s' is the archive itself", name);
    return PM_OK;
}

int
pressmark_merge(struct pressmark_archive *a, const char *const *sources, size_t n,
                const struct pressmark_merge_options *options, struct pressmark_merge_result *result,
                struct pressmark_error *err)
{
    struct pm_merge_options o = {
        .level = options->level,
        .bundle_max = options->bundle_max,
        .dry_run = options->dry_run,
        .skipped = options->skipped,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pressmark_archive **open = calloc(n ? n : 1, sizeof(*open));
    struct pm_merge_source *from = calloc(n ? n : 1, sizeof(*from));
    struct pm_merge_result r = {0};
    struct pressmark_error why = {0, ""};
    struct pm_err e = PM_ERR_INIT;
    int rc = open != NULL && from != NULL ? PM_OK : pm_fail(&e, PM_ENOMEM, "out of memory");

    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        rc = pressmark_open(&open[i], sources[i], false, &why);
        if (rc != PM_OK)
            rc = pm_fail(&e, rc, "%s", why.text);
        else
            rc = check_other(a, open[i], sources[i], &e);
        if (rc == PM_OK)
            from[i] = (struct pm_merge_source){sources[i], open[i]->manifest, open[i]->root};
    }
    if (rc == PM_OK)
        rc = pm_merge(a->manifest, a->root, from, n, &o, &r, &e);
    for (size_t i = 0; open != NULL && i < n; i++)
        pressmark_free(open[i]);
    free(open);
    free(from);
    *result = (struct pressmark_merge_result){
        .captures = r.captures,
        .revisits = r.revisits,
        .held = r.held,
        .skipped = r.skipped,
        .records = r.records,
        .repacked = r.repacked,
        .bundles = r.bundles,
        .bytes = r.bytes,
    };
    if (rc == PM_OK && r.skipped > 0)
        rc = pm_fail(&e, PM_SKIP, "%llu captures or records could not be read", (unsigned long long)r.skipped);
    return pm_archive_give(err, rc, &e);
}
