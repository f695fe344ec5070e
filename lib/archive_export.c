/* The public interface: export. */
#include "handle.h"

#include <stdlib.h>

#include "export.h"

int
pressmark_export(struct pressmark_archive *a, const struct pressmark_query *q, size_t n,
                 const struct pressmark_export_options *options, struct pressmark_export_result *result,
                 struct pressmark_error *err)
{
    struct pm_export_options o = {
        .form = (enum pm_export_form)options->form,
        .target = options->target,
        .out_fd = options->out_fd,
        .whole = options->whole,
        .one_per_story = options->one_per_story,
        .skipped = options->skipped,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_query *queries = calloc(n ? n : 1, sizeof(*queries));
    struct pm_export_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = PM_OK;

    if (queries == NULL)
        rc = pm_fail(&e, PM_ENOMEM, "out of memory");
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        queries[i] = pm_archive_query(&q[i]);
    if (rc == PM_OK)
        rc = pm_export(a->manifest, a->bundles, queries, n, &o, &r, &e);
    free(queries);
    *result = (struct pressmark_export_result){r.captures, r.records, r.bytes, r.skipped};
    if (rc == PM_OK && r.captures == 0)
        rc = pm_fail(&e, PM_DONE, "no capture matches");
    else if (rc == PM_OK && r.skipped > 0)
        rc = pm_fail(&e, PM_SKIP, "%llu records could not be read", (unsigned long long)r.skipped);
    return pm_archive_give(err, rc, &e);
}
