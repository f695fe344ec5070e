/*
 * bench_cluster.c - takes a file of JSON Lines into a fresh archive, clusters it, and says what each stage cost.
 *
 *   bench_cluster [-k] DIR FILE > CLUSTERS
 *
 * DIR is made and must not hold an archive; -k: it holds one already, only cluster. Standard output: a line "key<TAB>story" a
 * capture that is in one, for scoring. Times are processor time of the whole process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "pressmark.h"

struct stage {
    const char *name;
    double since;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
begin(struct stage *s, const char *name)
{
    double t = now();

    if (s->name != NULL)
        (void)fprintf(stderr, "%8.3f s  %s\n", t - s->since, s->name);
    *s = (struct stage){name, t};
}

static int
progress(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    struct stage *s = ctx;

    (void)done;
    (void)total;
    if (s->name == NULL || strcmp(s->name, stage) != 0)
        begin(s, stage);
    return 0;
}

static int
print_members(void *ctx, const struct pressmark_cluster *c)
{
    (void)ctx;
    for (size_t i = 0; i < c->n_members; i++)
        if (c->members[i].capture->key != NULL)
            (void)printf("%s\t%s\n", c->members[i].capture->key, c->id);
    return 0;
}

static int
bench(const char *dir, const char *file, bool keep, struct pressmark_error *err)
{
    struct pressmark_snapshot_options in = {.date_us = PRESSMARK_NO_TIME};
    struct pressmark_snapshot_result taken;
    struct pressmark_archive *a = NULL;
    struct stage stage = {NULL, 0.0};
    struct pressmark_dedupe_options how = {.progress = progress, .ctx = &stage};
    struct pressmark_dedupe_result r;
    struct rusage usage;
    int rc = keep ? PRESSMARK_OK : pressmark_init(dir, err);

    if (rc == PRESSMARK_OK)
        rc = pressmark_open(&a, dir, true, err);
    if (rc == PRESSMARK_OK && !keep) {
        begin(&stage, "taking in");
        rc = pressmark_snapshot(a, &file, 1, &in, &taken, err);
    }
    if (rc == PRESSMARK_OK) {
        begin(&stage, "loading");
        rc = pressmark_dedupe(a, &how, &r, err);
    }
    if (rc == PRESSMARK_OK) {
        begin(&stage, NULL);
        (void)getrusage(RUSAGE_SELF, &usage);
        (void)fprintf(stderr, "%llu captures, %llu pairs compared, %llu edges, %llu stories; peak %ld KiB\n",
                      (unsigned long long)r.captures, (unsigned long long)r.candidates,
                      (unsigned long long)r.edges, (unsigned long long)r.stories, usage.ru_maxrss);
        rc = pressmark_clusters(a, "story", print_members, NULL, err);
    }
    pressmark_free(a);
    return rc;
}

int
main(int argc, char **argv)
{
    struct pressmark_error err = {0, ""};
    bool keep = argc > 1 && strcmp(argv[1], "-k") == 0;

    if (argc - keep != 3) {
        (void)fprintf(stderr, "usage: bench_cluster [-k] DIR FILE\n");
        return 64;
    }
    if (bench(argv[1 + keep], argv[2 + keep], keep, &err) < 0) {
        (void)fprintf(stderr, "bench_cluster: %s\n", err.text);
        return 2;
    }
    return 0;
}
