/*
 * bench_cluster.c - what near copies cost, stage by stage.
 *
 *   bench_cluster [-n TIMES] FILE > CLUSTERS           texts in memory: fingerprints, candidates, verdicts, clusters
 *   bench_cluster -r FILE                              the same up to candidates: how many pairs of the gold are among them
 *   bench_cluster [-k] -a DIR FILE > CLUSTERS          the same of an archive, with its report
 *
 * FILE is JSON Lines with `id`, `outlet`, `date`, `text`, and `cluster`, the gold. DIR is made and must not hold an archive;
 * -k: it holds one already, FILE is not read. Standard output: a line "id<TAB>story" for each that is in one, for scoring.
 * Times are processor time of the one thread.
 */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cluster.h"
#include "pressmark.h"
#include "when.h"

struct stage {
    const char *name;
    double since;
};

/* A text in memory, and its fingerprint. */
struct item {
    char *id, *outlet, *text, *gold;
    size_t len;
    int64_t when_us;
    struct pm_fingerprint print; /* arrays in one block, h5 first */
};

struct texts {
    struct item *items;
    size_t n, cap;
    size_t bytes;
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

static void
print_totals(uint64_t captures, uint64_t candidates, uint64_t edges, uint64_t stories)
{
    struct rusage usage;

    (void)getrusage(RUSAGE_SELF, &usage);
    (void)fprintf(stderr, "%llu captures, %llu pairs, %llu edges, %llu stories; peak %ld KiB\n",
                  (unsigned long long)captures, (unsigned long long)candidates, (unsigned long long)edges,
                  (unsigned long long)stories, usage.ru_maxrss);
}

/* ---- texts in memory ---- */

static char *
copy(const char *s)
{
    return strdup(s ? s : "");
}

static int
load(const char *file, struct texts *t)
{
    FILE *f = fopen(file, "r");
    char *line = NULL;
    size_t cap = 0;
    int rc = f ? 0 : 2;

    while (rc == 0 && getline(&line, &cap, f) > 0) {
        json_t *row = json_loads(line, 0, NULL);
        struct item *grown = pm_grow(t->items, &t->cap, t->n + 1, sizeof(*grown));
        struct item *i;

        if (row == NULL || grown == NULL) {
            json_decref(row);
            rc = 2;
            break;
        }
        t->items = grown;
        i = &t->items[t->n++];
        *i = (struct item){
            .id = copy(json_string_value(json_object_get(row, "id"))),
            .outlet = copy(json_string_value(json_object_get(row, "outlet"))),
            .text = copy(json_string_value(json_object_get(row, "text"))),
            .gold = copy(json_string_value(json_object_get(row, "cluster"))),
            .when_us = PM_WHEN_NONE,
        };
        (void)pressmark_when_parse(json_string_value(json_object_get(row, "date")), &i->when_us);
        i->len = strlen(i->text);
        t->bytes += i->len;
        json_decref(row);
    }
    free(line);
    if (f != NULL)
        (void)fclose(f);
    return rc;
}

static void
release(struct texts *t)
{
    for (size_t i = 0; i < t->n; i++) {
        free(t->items[i].id);
        free(t->items[i].outlet);
        free(t->items[i].text);
        free(t->items[i].gold);
        free((void *)(uintptr_t)t->items[i].print.h5);
    }
    free(t->items);
}

static int
make_fingerprints(struct texts *t, struct pm_err *err)
{
    struct pm_shingler *s = NULL;
    int rc = pm_shingler_new(&s, err);

    for (size_t i = 0; rc == PM_OK && i < t->n; i++) {
        struct item *item = &t->items[i];
        struct pm_fingerprint f;
        uint64_t *v;

        rc = pm_fingerprint(s, PM_STRN(item->text, item->len), &f, err);
        if (rc != PM_OK)
            break;
        free((void *)(uintptr_t)item->print.h5);
        item->print = f;
        v = malloc((f.n_h5 + f.n_hc + f.n_numbers + 1) * sizeof(*v));
        if (v == NULL) {
            item->print.h5 = NULL;
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
            break;
        }
        item->print.h5 = memcpy(v, f.h5, f.n_h5 * sizeof(*v));
        item->print.hc = memcpy(v + f.n_h5, f.hc, f.n_hc * sizeof(*v));
        item->print.numbers = memcpy(v + f.n_h5 + f.n_hc, f.numbers, f.n_numbers * sizeof(*v));
    }
    pm_shingler_free(s);
    return rc;
}

static int
each_text(void *ctx, int (*take)(void *arg, const struct pm_text *t), void *arg, struct pm_err *err)
{
    struct texts *all = ctx;
    int rc = PM_OK;

    (void)err;
    for (size_t i = 0; rc == PM_OK && i < all->n; i++) {
        const struct item *item = &all->items[i];
        struct pm_text t = {.capture = (int64_t)i + 1, .when_us = item->when_us, .exact = item->print.exact,
                            .words = item->print.words, .dated = item->when_us != PM_WHEN_NONE};

        t.page = (uint32_t)i;
        for (const char *p = item->outlet; *p != '\0'; p++)
            t.outlet = t.outlet * 16777619u + (unsigned char)*p;
        t.day = t.dated ? (int32_t)(item->when_us / PM_DAY_US) : 0;
        for (size_t k = 0; k < sizeof(t.uid); k++)
            t.uid[k] = (uint8_t)(t.capture >> (56 - 8 * k));
        rc = take(arg, &t);
    }
    return rc;
}

static int
each_fingerprint(void *ctx, int (*take)(void *arg, int64_t capture, const struct pm_fingerprint *f), void *arg,
                 struct pm_err *err)
{
    struct texts *all = ctx;
    int rc = PM_OK;

    (void)err;
    for (size_t i = 0; rc == PM_OK && i < all->n; i++)
        rc = take(arg, (int64_t)i + 1, &all->items[i].print);
    return rc;
}

static int
one_fingerprint(void *ctx, int64_t capture, struct pm_fingerprint *dst, struct pm_err *err)
{
    const struct texts *all = ctx;

    (void)err;
    *dst = all->items[capture - 1].print;
    return PM_OK;
}

static int
read_text(void *ctx, int64_t capture, struct pm_str *text, struct pm_err *err)
{
    const struct item *item = &((const struct texts *)ctx)->items[capture - 1];

    (void)err;
    *text = PM_STRN(item->text, item->len);
    return PM_OK;
}

static void
print_stories(const struct texts *t, struct pm_clustering *c)
{
    for (uint32_t i = 0; i < pm_corpus_size(c->corpus); i++)
        (void)printf("%s\t%u\n", t->items[pm_corpus_text(c->corpus, i)->capture - 1].id,
                     pm_graph_story(c->graph, i));
}

static int
cluster_memory(const char *file, int times, struct pm_err *err)
{
    struct texts t = {0};
    const struct pm_source source = {&t, each_text, each_fingerprint, one_fingerprint, read_text};
    struct stage stage = {NULL, 0.0};
    const struct pm_cluster_options how = {.progress = progress, .ctx = &stage, .memory_max = (size_t)512 << 20};
    struct pm_clustering found = PM_CLUSTERING_INIT;
    struct pm_cluster_result r = {0};
    int rc = load(file, &t) == 0 ? PM_OK : pm_fail(err, PM_EIO, "cannot read '%s'", file);

    for (int i = 0; rc == PM_OK && i < times; i++) {
        double start = now();
        size_t links;

        pm_clustering_release(&found);
        begin(&stage, "fingerprints");
        rc = make_fingerprints(&t, err);
        if (rc == PM_OK)
            rc = pm_cluster_texts(&found, &source, AT_FDCWD, &how, &r, err);
        begin(&stage, NULL);
        if (rc != PM_OK)
            break;
        (void)pm_graph_links(found.graph, &links);
        print_totals(r.captures, r.candidates, links, r.composites);
        (void)fprintf(stderr, "total %.4f s for %zu texts, %.1f MB\n", now() - start, t.n, (double)t.bytes / 1e6);
    }
    if (rc == PM_OK)
        print_stories(&t, &found);
    pm_clustering_release(&found);
    release(&t);
    return rc;
}

/* ---- pairs of the gold among the candidates ---- */

struct recall {
    const struct texts *texts;
    struct pm_corpus *corpus;
    const struct pm_like_limits *limits;
    uint32_t *twins; /* by text that is the first of its kind: how many have its words */
    uint64_t found, proposed;
    struct pm_err *err;
};

static const char *
gold_of(const struct recall *r, uint32_t number)
{
    return r->texts->items[pm_corpus_text(r->corpus, number)->capture - 1].gold;
}

static int
count_pair(void *ctx, uint32_t a, uint32_t b)
{
    struct recall *r = ctx;
    const struct pm_sketch *s, *t;
    struct pm_likeness l;
    enum pm_like like;
    const char *reason;
    int rc = pm_corpus_sketch(r->corpus, a, &s, r->err);

    if (rc == PM_OK)
        rc = pm_corpus_sketch(r->corpus, b, &t, r->err);
    if (rc != PM_OK || pm_sketch_judge(s, t, r->limits, &l, &like, &reason) == PM_SKETCH_NO_PAIR)
        return rc;
    r->proposed++;
    if (strcmp(gold_of(r, a), gold_of(r, b)) == 0)
        r->found += (uint64_t)r->twins[a] * r->twins[b];
    return PM_OK;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Pairs of texts with one label. */
static uint64_t
count_gold(const struct texts *t)
{
    const char **labels = calloc(t->n + 1, sizeof(*labels));
    uint64_t pairs = 0;

    if (labels == NULL)
        return 0;
    for (size_t i = 0; i < t->n; i++)
        labels[i] = t->items[i].gold;
    qsort(labels, t->n, sizeof(*labels), by_name);
    for (size_t from = 0, to = 0; from < t->n; from = to) {
        while (to < t->n && strcmp(labels[to], labels[from]) == 0)
            to++;
        pairs += (uint64_t)(to - from) * (to - from - 1) / 2;
    }
    free(labels);
    return pairs;
}

static int
count_recall(const char *file, struct pm_err *err)
{
    struct texts t = {0};
    const struct pm_source source = {&t, each_text, each_fingerprint, one_fingerprint, read_text};
    const struct pm_candidate_options how = {.root = AT_FDCWD, .memory = (size_t)256 << 20, .days_max = 28, .days_far = 84};
    const struct pm_like_limits limits = PM_LIKE_LIMITS_INIT;
    struct pm_known known = PM_KNOWN_INIT;
    struct recall r = {.texts = &t, .limits = &limits, .err = err};
    uint64_t all = 0;
    int rc = load(file, &t) == 0 ? PM_OK : pm_fail(err, PM_EIO, "cannot read '%s'", file);

    if (rc == PM_OK)
        rc = make_fingerprints(&t, err);
    if (rc == PM_OK)
        rc = pm_corpus_load(&r.corpus, &source, (size_t)256 << 20, err);
    r.twins = calloc(t.n + 1, sizeof(*r.twins));
    if (rc == PM_OK && r.twins == NULL)
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
    for (uint32_t i = 0; rc == PM_OK && i < pm_corpus_size(r.corpus); i++) {
        uint32_t same = pm_corpus_text(r.corpus, i)->same;

        if (same != i && strcmp(gold_of(&r, i), gold_of(&r, same)) == 0)
            r.found += r.twins[same];
        r.twins[same]++;
    }
    if (rc == PM_OK)
        rc = pm_candidates(r.corpus, &how, &known, count_pair, &r, err);
    all = count_gold(&t);
    if (rc == PM_OK)
        (void)printf("%.4f of %llu pairs of the gold, in %llu candidates\n", all ? (double)r.found / (double)all : 1.0,
                     (unsigned long long)all, (unsigned long long)r.proposed);
    pm_corpus_free(r.corpus);
    pm_known_release(&known);
    free(r.twins);
    release(&t);
    return rc;
}

/* ---- an archive ---- */

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
cluster_archive(const char *dir, const char *file, bool keep, struct pressmark_error *err)
{
    struct pressmark_snapshot_options in = {.date_us = PRESSMARK_NO_TIME};
    struct pressmark_snapshot_result taken;
    struct pressmark_archive *a = NULL;
    struct stage stage = {NULL, 0.0};
    struct pressmark_dedupe_options how = {.progress = progress, .ctx = &stage};
    struct pressmark_dedupe_result r;
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
        print_totals(r.captures, r.candidates, r.edges, r.stories);
        rc = pressmark_clusters(a, "story", print_members, NULL, err);
    }
    pressmark_free(a);
    return rc;
}

int
main(int argc, char **argv)
{
    struct pressmark_error err = {0, ""};
    struct pm_err e = PM_ERR_INIT;
    const char *dir = NULL;
    bool keep = false, recall = false;
    int option, times = 1, rc;

    while ((option = getopt(argc, argv, "a:kn:r")) != -1) {
        if (option == 'a')
            dir = optarg;
        else if (option == 'k')
            keep = true;
        else if (option == 'r')
            recall = true;
        else if (option == 'n')
            times = (int)strtol(optarg, NULL, 10);
        else
            return 64;
    }
    if (argc - optind != 1 && !(keep && dir != NULL)) {
        (void)fprintf(stderr, "usage: bench_cluster [-n TIMES] FILE | -r FILE | [-k] -a DIR [FILE]\n");
        return 64;
    }
    rc = recall        ? count_recall(argv[optind], &e)
         : dir != NULL ? cluster_archive(dir, argv[optind], keep, &err)
                       : cluster_memory(argv[optind], times, &e);
    if (rc < 0) {
        (void)fprintf(stderr, "bench_cluster: %s\n", dir ? err.text : e.text);
        return 2;
    }
    return 0;
}
