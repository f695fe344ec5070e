/* The public interface: giving captures out. */
#include "handle.h"

#include <stdlib.h>

#include "export.h"
#include "restore.h"

/* Queries of the public interface as the captures they choose. */
static int
choose(struct pressmark_archive *a, const struct pressmark_query *q, size_t n, bool one_per_story,
       struct pm_query **queries, struct pm_chosen *dst, struct pm_err *err)
{
    *queries = calloc(n ? n : 1, sizeof(**queries));
    if (*queries == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < n; i++)
        (*queries)[i] = pm_archive_query(&q[i]);
    *dst = (struct pm_chosen){a->manifest, *queries, n, one_per_story};
    return PM_OK;
}

int
pressmark_restore(struct pressmark_archive *a, const struct pressmark_query *q, size_t n,
                  const struct pressmark_restore_options *options, struct pressmark_restore_result *result,
                  struct pressmark_error *err)
{
    struct pm_restore_options o = {
        .as = (enum pm_restore_as)options->as,
        .form = (enum pm_restore_form)options->form,
        .target = options->target,
        .out_fd = options->out_fd,
        .jobs = options->jobs,
        .skipped = options->skipped,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_query *queries;
    struct pm_chosen chosen;
    struct pm_restore_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = choose(a, q, n, options->one_per_story, &queries, &chosen, &e);

    if (rc == PM_OK)
        rc = pm_restore(&chosen, a->root, &o, &r, &e);
    free(queries);
    *result = (struct pressmark_restore_result){r.captures, r.bytes, r.skipped};
    if (rc == PM_OK && r.skipped > 0)
        rc = pm_fail(&e, PM_SKIP, "%llu captures could not be given back", (unsigned long long)r.skipped);
    else if (rc == PM_OK && r.captures == 0)
        rc = pm_fail(&e, PM_DONE, "no capture matches");
    return pm_archive_give(err, rc, &e);
}

int
pressmark_export(struct pressmark_archive *a, const struct pressmark_query *q, size_t n,
                 const struct pressmark_export_options *options, struct pressmark_export_result *result,
                 struct pressmark_error *err)
{
    struct pm_export_options o = {
        .form = (enum pm_export_form)options->form,
        .target = options->target,
        .out_fd = options->out_fd,
        .jobs = options->jobs,
        .whole = options->whole,
        .skipped = options->skipped,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_query *queries;
    struct pm_chosen chosen;
    struct pm_export_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = choose(a, q, n, options->one_per_story, &queries, &chosen, &e);

    if (rc == PM_OK)
        rc = pm_export(&chosen, a->root, &o, &r, &e);
    free(queries);
    *result = (struct pressmark_export_result){r.captures, r.records, r.bytes, r.skipped};
    if (rc == PM_OK && r.captures == 0 && r.records == 0)
        rc = pm_fail(&e, PM_DONE, "no capture matches");
    else if (rc == PM_OK && r.skipped > 0)
        rc = pm_fail(&e, PM_SKIP, "%llu records could not be read", (unsigned long long)r.skipped);
    return pm_archive_give(err, rc, &e);
}
