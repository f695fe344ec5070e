#include "report.h"

#include <stdlib.h>

#include "report_source.h"

enum {
    ID_LEN = 1 + 2 * PM_UID_LEN,
    PROGRESS_STEP = 256,
};

struct report {
    struct pm_manifest *manifest;
    struct pm_corpus *corpus;
    struct pm_graph *graph;
    const struct pm_report_options *options;
    double *holds;          /* by text: sum over the others of the share of their text that it has */
    uint32_t *same;         /* by text that is the first of its kind: how many have its words */
    uint32_t *order;        /* texts by (story, number) */
    uint32_t *versions;     /* texts of one story by (version, number) */
    struct pm_state_story *marks; /* of the stories, in their order; `versions` is set once they are counted */
    size_t n_marks, cap_marks;
    struct pm_member_row *rows; /* of one story */
    struct pm_source_finder source;
    size_t cap_rows, cap_versions;
    struct pm_report_result *result;
    struct pm_err *err;
};

/* ---- edges ---- */

static int
put_edge(struct report *r, const struct pm_link *l, uint8_t kind)
{
    int64_t a = pm_corpus_text(r->corpus, l->a)->capture, b = pm_corpus_text(r->corpus, l->b)->capture;
    struct pm_edge e = {
        .a = a < b ? a : b,
        .b = a < b ? b : a,
        .contain_h5 = (double)l->contain_h5,
        .contain_hc = (double)l->contain_hc,
        .jaccard = (double)l->jaccard,
        .shared_h5 = l->shared_h5,
        .shared_hc = l->shared_hc,
    };
    int rc = l->was != PM_LINK_NO_EDGE ? pm_manifest_drop_edge(r->manifest, e.a, e.b, r->err) : PM_OK;

    if (rc != PM_OK || kind == PM_LINK_NO_EDGE)
        return rc;
    e.kind = kind == PM_LINK_PARTIAL ? PM_EDGE_PARTIAL : kind == PM_LINK_VERSION ? PM_EDGE_VERSION : PM_EDGE_STORY;
    return pm_manifest_put_edge(r->manifest, &e, r->err);
}

/* Of links that the last run had, only what is otherwise now. */
static int
put_edges(struct report *r)
{
    size_t n;
    const struct pm_link *links = pm_graph_links(r->graph, &n);
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < r->options->n_gone; i++)
        rc = pm_manifest_drop_edge(r->manifest, r->options->gone[i].a, r->options->gone[i].b, r->err);
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        const struct pm_link *l = &links[i];
        uint8_t kind = pm_link_edge(l);

        if (kind != l->was)
            rc = put_edge(r, l, kind);
        if (kind == PM_LINK_NO_EDGE)
            continue;
        r->result->edges++;
        r->result->partial += l->partial;
        if (!l->partial) {
            r->holds[l->a] += (double)l->cover_b * r->same[l->b];
            r->holds[l->b] += (double)l->cover_a * r->same[l->a];
        }
    }
    return rc;
}

/* ---- members ---- */

/* What a member has of the source's text, in words; from the texts themselves, whatever decided on the pair. */
static int
measure(struct report *r, uint32_t text, uint32_t source, struct pm_member_row *row)
{
    const struct pm_profile *p, *q;
    struct pm_overlap has, lacks;
    struct pm_likeness like;
    int rc;

    text = pm_corpus_text(r->corpus, text)->same;
    source = pm_corpus_text(r->corpus, source)->same;
    rc = pm_corpus_profile(r->corpus, source, &q, r->err);
    if (rc == PM_OK && text == source) {
        row->containment = row->jaccard = 1.0;
        row->shared_words = q->words;
        return PM_OK;
    }
    if (rc == PM_OK)
        rc = pm_corpus_profile(r->corpus, text, &p, r->err);
    if (rc != PM_OK)
        return rc;
    pm_likeness(p, q, &like);
    pm_overlap(p, q, &has);
    pm_overlap(q, p, &lacks);
    row->containment = pm_larger(like.contain_h5, like.contain_hc);
    row->jaccard = like.jaccard;
    row->shared_words = has.shared;
    row->added_words = has.own;
    row->cut_words = lacks.own;
    return PM_OK;
}

static int64_t
previous_of(struct report *r, uint32_t text)
{
    uint32_t same = pm_corpus_text(r->corpus, text)->same, previous;

    if (same != text)
        return pm_corpus_text(r->corpus, same)->capture;
    if (pm_graph_previous(r->graph, text, &previous) != PM_OK)
        return 0;
    return pm_corpus_text(r->corpus, previous)->capture;
}

static void
put_id(char id[ID_LEN + 1], char level, const uint8_t uid[PM_TEXT_UID])
{
    static const char digits[] = "0123456789abcdef";

    id[0] = level;
    for (size_t i = 0; i < PM_UID_LEN; i++) {
        id[1 + 2 * i] = digits[uid[i] >> 4];
        id[2 + 2 * i] = digits[uid[i] & 15];
    }
    id[ID_LEN] = '\0';
}

/* A cluster of the `n` texts given, in order of date; `story` is NULL for a story. */
static int
put_cluster(struct report *r, const uint32_t *texts, size_t n, const char *story)
{
    char id[ID_LEN + 1];
    struct pm_cluster_row row = {.level = story ? PM_LEVEL_VERSION : PM_LEVEL_STORY,
                                 .story = pm_str_of(story),
                                 .members = (uint32_t)n,
                                 .first_us = PM_WHEN_NONE,
                                 .last_us = pm_corpus_text(r->corpus, texts[n - 1])->when_us};
    struct pm_member_row *rows = pm_grow(r->rows, &r->cap_rows, n, sizeof(*rows));
    size_t source;
    int rc;

    if (rows == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    r->rows = rows;
    rc = pm_source_find(&r->source, texts, n, &source, &row.confidence);
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        const struct pm_text *t = pm_corpus_text(r->corpus, texts[i]);

        if (row.first_us == PM_WHEN_NONE)
            row.first_us = t->when_us;
        rows[i] = (struct pm_member_row){.capture = t->capture, .previous = previous_of(r, texts[i])};
        rc = measure(r, texts[i], texts[source], &rows[i]);
    }
    if (rc != PM_OK)
        return rc;
    put_id(id, story ? 'v' : 's', pm_corpus_text(r->corpus, texts[0])->uid);
    row.id = pm_str_of(id);
    row.source = rows[source].capture;
    row.reasons = pm_buf_span(&r->source.reasons);
    if (story != NULL)
        r->result->versions++;
    else
        r->result->stories++;
    return pm_manifest_put_cluster(r->manifest, &row, rows, n, r->err);
}

static int
by_version(const void *a, const void *b, void *ctx)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    uint32_t x = pm_graph_version(ctx, i), y = pm_graph_version(ctx, k);

    if (x != y)
        return x < y ? -1 : 1;
    return i < k ? -1 : i > k;
}

/* A story and the versions in it. */
static int
put_story(struct report *r, const uint32_t *texts, size_t n)
{
    char id[ID_LEN + 1];
    uint32_t *versions = pm_grow(r->versions, &r->cap_versions, n, sizeof(*versions));
    int rc;

    if (versions == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    r->versions = versions;
    put_id(id, 's', pm_corpus_text(r->corpus, texts[0])->uid);
    rc = put_cluster(r, texts, n, NULL);
    memcpy(versions, texts, n * sizeof(*versions));
    qsort_r(versions, n, sizeof(*versions), by_version, r->graph);
    for (size_t from = 0, to; rc == PM_OK && from < n; from = to) {
        for (to = from + 1; to < n && pm_graph_version(r->graph, versions[to]) ==
                                          pm_graph_version(r->graph, versions[from]);)
            to++;
        if (to - from > 1)
            rc = put_cluster(r, versions + from, to - from, id);
    }
    return rc;
}

/* Texts by (story, number): a story's root is its least text, so that counting puts them in order. */
static int
order_by_story(struct report *r)
{
    uint32_t n = pm_corpus_size(r->corpus), at = 0;
    uint32_t *start = calloc((size_t)n + 1, sizeof(*start));

    if (start == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (uint32_t i = 0; i < n; i++)
        start[pm_graph_story(r->graph, i)]++;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t texts = start[i];

        start[i] = at;
        at += texts;
    }
    for (uint32_t i = 0; i < n; i++)
        r->order[start[pm_graph_story(r->graph, i)]++] = i;
    free(start);
    return PM_OK;
}

/* Texts of the story at `from` in r->order: up to. */
static uint32_t
end_of_story(struct report *r, uint32_t from)
{
    uint32_t to = from + 1, root = pm_graph_story(r->graph, r->order[from]);

    while (to < pm_corpus_size(r->corpus) && pm_graph_story(r->graph, r->order[to]) == root)
        to++;
    return to;
}

static int
by_uid(const void *a, const void *b)
{
    return memcmp(((const struct pm_state_story *)a)->uid, ((const struct pm_state_story *)b)->uid, PM_TEXT_UID);
}

/* Note what each story is made from; 0 when a text of it is compared otherwise than in the last run. */
static int
mark_stories(struct report *r)
{
    uint32_t n = pm_corpus_size(r->corpus);

    for (uint32_t from = 0, to; from < n; from = to) {
        struct pm_state_story *grown;
        bool changed = false;

        to = end_of_story(r, from);
        if (to - from < 2)
            continue;
        grown = pm_grow(r->marks, &r->cap_marks, r->n_marks + 1, sizeof(*grown));
        if (grown == NULL)
            return pm_fail(r->err, PM_ENOMEM, "out of memory");
        r->marks = grown;
        grown += r->n_marks++;
        *grown = (struct pm_state_story){.mark = pm_graph_mark(r->graph, r->corpus, r->order + from, to - from)};
        memcpy(grown->uid, pm_corpus_text(r->corpus, r->order[from])->uid, PM_TEXT_UID);
        for (uint32_t i = from; i < to; i++)
            changed |= pm_corpus_text(r->corpus, r->order[i])->changed;
        grown->stale = changed;
    }
    return PM_OK;
}

/* The last run's story of that name, if it is made from the same. */
static const struct pm_state_story *
find_unchanged(const struct report *r, const struct pm_state_story *story)
{
    const struct pm_state *was = r->options->was;
    const struct pm_state_story *found = NULL;

    if (was != NULL && was->n_stories > 0 && !story->stale)
        found = bsearch(story, was->stories, was->n_stories, sizeof(*story), by_uid);
    return found != NULL && found->mark == story->mark ? found : NULL;
}

/* Take out the last run's stories that are no more, or are made from something else now. */
static int
drop_stories(struct report *r)
{
    const struct pm_state *was = r->options->was;
    bool *kept = was != NULL ? calloc(was->n_stories + 1, sizeof(*kept)) : NULL;
    char id[ID_LEN + 1];
    int rc = PM_OK;

    if (was == NULL)
        return PM_OK;
    if (kept == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < r->n_marks; i++) {
        const struct pm_state_story *found = find_unchanged(r, &r->marks[i]);

        if (found != NULL)
            kept[found - was->stories] = true;
    }
    for (size_t i = 0; rc == PM_OK && i < was->n_stories; i++) {
        if (kept[i])
            continue;
        put_id(id, 's', was->stories[i].uid);
        rc = pm_manifest_drop_story(r->manifest, pm_str_of(id), r->err);
    }
    free(kept);
    return rc;
}

static int
put_stories(struct report *r)
{
    uint32_t n = pm_corpus_size(r->corpus), told = 0;
    size_t story = 0;
    int rc = PM_OK;

    for (uint32_t from = 0, to; rc == PM_OK && from < n; from = to) {
        const struct pm_state_story *found;

        to = end_of_story(r, from);
        if (to - from < 2)
            continue;
        found = find_unchanged(r, &r->marks[story]);
        if (found != NULL) {
            r->marks[story].versions = found->versions;
            r->result->stories++;
            r->result->versions += found->versions;
        } else {
            uint64_t before = r->result->versions;

            rc = put_story(r, r->order + from, to - from);
            r->marks[story].versions = (uint32_t)(r->result->versions - before);
        }
        r->marks[story++].stale = false;
        if (rc == PM_OK && r->options->progress != NULL && to - told >= PROGRESS_STEP) {
            told = to;
            if (r->options->progress(r->options->ctx, "writing the report", to, n) != 0)
                rc = pm_fail(r->err, PM_ECANCELED, "stopped on request");
        }
    }
    return rc;
}

static int
put_all(struct report *r)
{
    uint32_t n = pm_corpus_size(r->corpus);
    int rc;

    for (uint32_t i = 0; i < n; i++)
        r->same[pm_corpus_text(r->corpus, i)->same]++;
    rc = order_by_story(r);
    if (rc == PM_OK)
        rc = put_edges(r);
    if (rc == PM_OK)
        rc = mark_stories(r);
    if (rc == PM_OK)
        rc = drop_stories(r);
    return rc == PM_OK ? put_stories(r) : rc;
}

int
pm_report_put(struct pm_manifest *m, struct pm_corpus *c, struct pm_graph *g,
              const struct pm_report_options *options, struct pm_report_result *dst, struct pm_err *err)
{
    struct report r = {.manifest = m,
                       .corpus = c,
                       .graph = g,
                       .options = options,
                       .result = dst,
                       .err = err};
    size_t n = (size_t)pm_corpus_size(c) + 1;
    int rc;

    *dst = (struct pm_report_result){0};
    r.holds = calloc(n, sizeof(*r.holds));
    r.order = calloc(n, sizeof(*r.order));
    r.same = calloc(n, sizeof(*r.same));
    rc = r.holds != NULL && r.order != NULL && r.same != NULL ? PM_OK
                                                              : pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_source_finder_init(&r.source, m, c, r.holds, r.same, err);
    if (rc == PM_OK)
        rc = put_all(&r);
    if (r.n_marks > 0)
        qsort(r.marks, r.n_marks, sizeof(*r.marks), by_uid);
    dst->marks = r.marks;
    free(r.holds);
    free(r.order);
    free(r.same);
    free(r.versions);
    free(r.rows);
    pm_source_finder_release(&r.source);
    return rc;
}
