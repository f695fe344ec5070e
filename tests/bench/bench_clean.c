/*
 * bench_clean.c - cleans the pages of a directory in memory, on one core, and says how fast.
 *
 *   bench_clean [-t] [-o OUT] [-r ROUNDS] [-w GROUP] [-W WEIGHTS] FILE...
 *
 * -w: without a group of features, by its number in clean_html.h or, with -t, text_score.h (an
 * ablation); -t: the files are plain text; -W: with the weights of this file, the floats of struct
 * pm_text_weights as they lie in memory; -o: write OUT/NAME.txt, NAME without its ".html". The time
 * is that of the best round, reading and start-up left out; it is processor time.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "clean.h"
#include "slurp.h"
#include "text_score.h"

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool
save(const char *dir, const char *path, struct pm_str text)
{
    struct pm_buf name = PM_BUF_INIT(1 << 16);
    const char *base = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    size_t len = strlen(base);
    FILE *f;
    bool ok;

    if (pm_str_ends(pm_str_of(base), PM_STR(".html")))
        len -= 5;
    else if (pm_str_ends(pm_str_of(base), PM_STR(".txt")))
        len -= 4;
    pm_buf_addf(&name, "%s/%.*s.txt", dir, (int)len, base);
    f = fopen(pm_buf_z(&name), "wb");
    pm_buf_release(&name);
    if (f == NULL)
        return false;
    ok = fwrite(text.ptr, 1, text.len, f) == text.len;
    return fclose(f) == 0 && ok;
}

static bool
read_weights(const char *path, struct pm_text_weights *dst)
{
    struct pm_buf raw = PM_BUF_INIT(1 << 20);
    bool ok = slurp(path, &raw) && raw.len == sizeof(*dst);

    if (ok)
        memcpy(dst, raw.data, sizeof(*dst));
    pm_buf_release(&raw);
    return ok;
}

int
main(int argc, char **argv)
{
    struct pm_buf *pages = NULL;
    struct pm_cleaner *cleaner = NULL;
    struct pm_clean_input in = {.media = PM_MEDIA_HTML};
    struct pm_article article;
    struct pm_err err = PM_ERR_INIT;
    struct pm_text_weights weights = pm_text_weights;
    const char *out = NULL;
    double best = 1e9;
    size_t bytes = 0, n, rounds = 1;
    unsigned without = 0;
    int opt, rc = 1;

    while ((opt = getopt(argc, argv, "to:r:w:W:")) != -1) {
        if (opt == 't')
            in.media = PM_MEDIA_TEXT;
        else if (opt == 'o')
            out = optarg;
        else if (opt == 'r')
            rounds = (size_t)strtoul(optarg, NULL, 10);
        else if (opt == 'w')
            without = (unsigned)strtoul(optarg, NULL, 10);
        else if (opt != 'W' || !read_weights(optarg, &weights))
            return 64;
    }
    n = (size_t)(argc - optind);
    pages = calloc(n + 1, sizeof(*pages));
    if (pages == NULL || n == 0 || pm_cleaner_new(&cleaner, 0, NULL, &err) != PM_OK)
        goto out;
    pm_cleaner_weigh(cleaner, &weights);
    if (without > 0 && in.media == PM_MEDIA_TEXT)
        pm_text_weights_without(&weights, (enum pm_text_group)without);
    else if (without > 0)
        pm_cleaner_without(cleaner, without);
    for (size_t i = 0; i < n; i++) {
        pages[i] = (struct pm_buf)PM_BUF_INIT((size_t)1 << 30);
        if (!slurp(argv[optind + (int)i], &pages[i])) {
            fprintf(stderr, "cannot read '%s'\n", argv[optind + (int)i]);
            goto out;
        }
        bytes += pages[i].len;
    }
    for (size_t r = 0; r < rounds; r++) {
        double start = now(), spent = 0;

        for (size_t i = 0; i < n; i++) {
            int got;

            in.payload = pm_buf_span(&pages[i]);
            got = pm_clean(cleaner, &in, &article, &err);
            if (got < 0)
                fprintf(stderr, "%s: %s\n", argv[optind + (int)i], err.text);
            if (r > 0 || out == NULL)
                continue;
            spent -= now();
            if (!save(out, argv[optind + (int)i], got == PM_OK ? article.text : PM_STR(""))) {
                fprintf(stderr, "cannot write to '%s': %s\n", out, strerror(errno));
                goto out;
            }
            spent += now();
        }
        spent = now() - start - spent;
        best = spent < best ? spent : best;
    }
    printf("%zu pages, %.1f MB: %.1f MB/s, %.3f ms a page\n", n, (double)bytes / 1e6,
           (double)bytes / best / 1e6, best * 1e3 / (double)n);
    rc = 0;
out:
    if (rc != 0 && err.code != 0)
        fprintf(stderr, "%s\n", err.text);
    for (size_t i = 0; pages != NULL && i < n; i++)
        pm_buf_release(&pages[i]);
    free(pages);
    pm_cleaner_free(cleaner);
    return rc;
}
