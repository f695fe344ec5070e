/*
 * bench_features.c - what the cleaner sees of text pages, for fitting its weights (fit_text.py).
 *
 *   bench_features FILE...
 *
 * First a line "names" with the name of each feature; per file a line "page" and its path; then a
 * line per line of the page: its text, a tab, and its features other than zero as NUMBER:VALUE.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lines.h"
#include "slurp.h"
#include "text_score.h"

static void
put_row(struct pm_str text, const float *f, size_t n)
{
    for (size_t i = 0; i < text.len; i++)
        putchar(text.ptr[i] == '\t' || text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    putchar('\t');
    for (size_t i = 0; i < n; i++)
        if (f[i] < 0 || f[i] > 0)
            printf("%zu:%.6g ", i, (double)f[i]);
    putchar('\n');
}

static int
dump_text(const struct pm_phrases *phrases, struct pm_str text, struct pm_arena *arena,
          const char *path, struct pm_err *err)
{
    struct pm_line *lines;
    struct pm_text_page page;
    float f[PM_F_COUNT];
    size_t n;
    int rc = pm_lines_split(text, phrases, arena, &lines, &n, err);

    if (rc == PM_OK)
        rc = pm_text_page_make(lines, n, PM_STR_NULL, arena, &page, err);
    if (rc != PM_OK)
        return rc;
    printf("page\t%s\n", path);
    for (size_t i = 0; i < n; i++) {
        pm_text_features(&page, i, f);
        put_row(lines[i].text, f, PM_F_COUNT);
    }
    return PM_OK;
}

int
main(int argc, char **argv)
{
    struct pm_phrases *phrases = NULL;
    struct pm_arena *arena = pm_arena_new((size_t)1 << 30);
    struct pm_buf page = PM_BUF_INIT((size_t)1 << 30);
    struct pm_err err = PM_ERR_INIT;
    int rc = 1;

    if (arena == NULL || pm_phrases_new(&phrases, &err) != PM_OK)
        goto out;
    printf("names");
    for (int k = 0; k < PM_F_COUNT; k++)
        printf("\t%s", pm_text_feature_name((enum pm_text_feature)k));
    putchar('\n');
    for (int i = 1; i < argc; i++) {
        pm_buf_reset(&page);
        pm_arena_reset(arena);
        if (!slurp(argv[i], &page)) {
            fprintf(stderr, "cannot read '%s'\n", argv[i]);
            goto out;
        }
        if (dump_text(phrases, pm_buf_span(&page), arena, argv[i], &err) < 0)
            goto out;
    }
    rc = 0;
out:
    if (rc != 0 && err.code != 0)
        fprintf(stderr, "%s\n", err.text);
    pm_phrases_free(phrases);
    pm_arena_free(arena);
    pm_buf_release(&page);
    return rc;
}
