/* The public interface: pages for a browser. */
#include "handle.h"

#include "diff_page.h"
#include "report_page.h"

enum { ROW_MEMORY = 256 << 20 };

int
pressmark_report_page(struct pressmark_archive *a, const struct pressmark_report_page_options *options,
                      struct pressmark_report_page_result *result, struct pressmark_error *err)
{
    struct pm_report_page_options o = {
        .target = options->target,
        .out_fd = options->out_fd,
        .title = pm_str_of(options->title),
        .stories_max = options->stories_max,
        .members_min = options->members_min,
        .texts_max = options->texts_max,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_report_page_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = pm_report_page(a->manifest, a->bundles, &o, &r, &e);

    *result = (struct pressmark_report_page_result){
        .stories = r.stories,
        .stories_left_out = r.stories_left_out,
        .texts = r.texts,
        .texts_left_out = r.texts_left_out,
        .bytes = r.bytes,
    };
    return pm_archive_give(err, rc, &e);
}

int
pressmark_diff_page(struct pressmark_archive *a, const char *id_a, const char *id_b, const char *target, int out_fd,
                    struct pressmark_error *err)
{
    struct pm_arena *arena = pm_arena_new(ROW_MEMORY);
    struct pm_err e = PM_ERR_INIT;
    struct pm_row row_a, row_b;
    int rc = arena ? PM_OK : pm_fail(&e, PM_ENOMEM, "out of memory");

    if (rc == PM_OK)
        rc = pm_archive_find(a, id_a, arena, &row_a, &e);
    if (rc == PM_OK)
        rc = pm_archive_find(a, id_b, arena, &row_b, &e);
    if (rc == PM_OK)
        rc = pm_diff_page(a->manifest, a->bundles, &row_a, &row_b, target, out_fd, &e);
    pm_arena_free(arena);
    return pm_archive_give(err, rc, &e);
}
