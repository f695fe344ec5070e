#include "cluster.h"

#include <stdlib.h>
#include <xxhash.h>

#include "json.h"
#include "report.h"
#include "source.h"

enum { PARAMETERS_MAX = 4096, BOILERPLATE_MAX = 1 << 30, DAYS_MAX = 28, CLUSTER_VERSION = 8 };
enum { PARTS_DAYS = 3 }; /* a page of parts may take them from so many times as far back */
static const double STORY_MIN = 0.45, VERSION_MIN = 0.70;
static const size_t MEMORY_MAX = (size_t)256 << 20;

struct run {
    struct pm_clustering *found;
    struct pm_corpus *corpus;
    struct pm_graph *graph;
    struct pm_cluster_options options; /* defaults filled in */
    uint32_t *numbers;                 /* of the last run's texts, by their numbers then */
    size_t at_was;                     /* the next of the last run's links */
    size_t cap_gone;
    struct pm_cluster_result *result;
    struct pm_err *err;
};

static struct pm_cluster_options
with_defaults(const struct pm_cluster_options *o)
{
    struct pm_cluster_options d = *o;

    d.story_min = d.story_min > 0 ? d.story_min : STORY_MIN;
    d.version_min = d.version_min > 0 ? d.version_min : VERSION_MIN;
    d.days_max = d.days_max ? d.days_max : DAYS_MAX;
    d.memory_max = d.memory_max ? d.memory_max : MEMORY_MAX;
    return d;
}

static struct pm_like_limits
limits_of(const struct pm_cluster_options *o)
{
    struct pm_like_limits limits = PM_LIKE_LIMITS_INIT;

    limits.story_min = o->story_min;
    limits.version_min = o->version_min;
    return limits;
}

/* ---- pairs ---- */

/*
 * The verdict on a pair, by the fingerprints where they make it clear, else by the texts. It depends on these two and
 * on what is boilerplate alone. Two that are too far apart in time are never more than weakly alike, which is as much
 * as it takes to know a page of parts. PM_DONE when the two share too little to be a pair.
 */
static int
judge(struct pm_corpus *c, uint32_t a, uint32_t b, const struct pm_cluster_options *o, struct pm_likeness *l,
      enum pm_like *like, const char **reason, struct pm_err *err)
{
    bool far = !pm_candidates_near(pm_corpus_text(c, a), pm_corpus_text(c, b), o->days_max);
    struct pm_like_limits limits = limits_of(o);
    const struct pm_sketch *s, *t;
    const struct pm_profile *x, *y;
    enum pm_sketch_answer answer;
    int rc = pm_corpus_sketch(c, a, &s, err);

    if (rc == PM_OK)
        rc = pm_corpus_sketch(c, b, &t, err);
    if (rc != PM_OK)
        return rc;
    answer = pm_sketch_judge(s, t, &limits, l, like, reason);
    if (answer == PM_SKETCH_NO_PAIR)
        return PM_DONE;
    if (far && (answer != PM_SKETCH_CLEAR || *like != PM_LIKE_NOT)) {
        *like = pm_larger(l->contain_h5, l->contain_hc) < limits.weak_min ? PM_LIKE_NOT : PM_LIKE_WEAK;
        *reason = "too many days apart";
        return PM_OK;
    }
    if (answer == PM_SKETCH_CLEAR)
        return PM_OK;
    rc = pm_corpus_profile(c, a, &x, err);
    if (rc == PM_OK)
        rc = pm_corpus_profile(c, b, &y, err);
    if (rc != PM_OK)
        return rc;
    pm_likeness(x, y, l);
    *like = pm_like_judge(x, y, l, &limits, reason);
    return PM_OK;
}

/* ---- what the last run found ---- */

/* A link that a run can have written, between `n` texts. */
static bool
is_sound(const struct pm_link *l, size_t n)
{
    return l->a < l->b && l->b < n && l->like <= PM_LIKE_VERSION;
}

/*
 * Tell each of the last run's texts what it was there. PM_DONE when they are not those that the archive holds, in the
 * same order, or were so few that phrases were found by other limits.
 */
static int
adopt_texts(struct run *r)
{
    const struct pm_state *was = r->found->was;
    struct pm_phrase_limits limits = pm_phrase_limits(r->corpus);
    uint32_t last = 0;

    if (was->limits.bursts != limits.bursts || was->limits.days != limits.days)
        return PM_DONE;
    r->numbers = calloc(was->n_texts + 1, sizeof(*r->numbers));
    if (r->numbers == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < was->n_texts; i++) {
        const struct pm_state_text *old = &was->texts[i];
        uint32_t number;
        struct pm_text *t;

        if (pm_corpus_find(r->corpus, old->capture, &number) != PM_OK || (i > 0 && number <= last))
            return PM_DONE;
        last = r->numbers[i] = number;
        t = pm_corpus_text(r->corpus, number);
        t->was = (uint32_t)i;
        t->hashes = old->hashes;
        t->furniture = old->furniture;
        t->phrases = old->phrases;
        t->was_first = old->first == i;
        /* An earlier twin that has come in stands for it from now on, or its text is read otherwise. */
        t->changed = t->was_first != (t->same == number) || t->left_out != old->left_out;
    }
    for (size_t i = 0; i < was->n_links; i++)
        if (!is_sound(&was->links[i], was->n_texts))
            return PM_DONE;
    return PM_OK;
}

static int
note_gone(struct run *r, uint32_t a, uint32_t b)
{
    struct pm_clustering *c = r->found;
    struct pm_report_edge *grown = pm_grow(c->gone, &r->cap_gone, c->n_gone + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    c->gone = grown;
    c->gone[c->n_gone++] =
        (struct pm_report_edge){pm_corpus_text(r->corpus, a)->capture, pm_corpus_text(r->corpus, b)->capture};
    return PM_OK;
}

/*
 * Take over the links that come before the pair (a, b) and have no changed end. Numbers have moved, but not past each
 * other, so that links stay in order.
 */
static int
take_links(struct run *r, uint64_t before)
{
    const struct pm_state *was = r->found->was;
    int rc = PM_OK;

    for (; was != NULL && rc == PM_OK && r->at_was < was->n_links; r->at_was++) {
        struct pm_link l = was->links[r->at_was];

        l.a = r->numbers[l.a];
        l.b = r->numbers[l.b];
        l.partial = l.bridge = l.unused = false;
        if (((uint64_t)l.a << 32 | l.b) >= before)
            return PM_OK;
        if (!pm_corpus_text(r->corpus, l.a)->changed && !pm_corpus_text(r->corpus, l.b)->changed)
            rc = pm_graph_add(r->graph, &l, r->err);
        else if (l.was != 0)
            rc = note_gone(r, l.a, l.b);
    }
    return rc;
}

static int
judge_pair(void *ctx, uint32_t a, uint32_t b)
{
    struct run *r = ctx;
    struct pm_likeness l;
    enum pm_like like;
    const char *reason;
    struct pm_link link;
    int rc = take_links(r, (uint64_t)a << 32 | b);

    if (rc == PM_OK)
        rc = judge(r->corpus, a, b, &r->options, &l, &like, &reason, r->err);
    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    if (r->options.progress != NULL && r->result->candidates % 256 == 0 &&
        r->options.progress(r->options.ctx, "comparing texts", r->result->candidates, 0) != 0)
        return pm_fail(r->err, PM_ECANCELED, "stopped on request");
    r->result->candidates++;
    if (like == PM_LIKE_NOT)
        return PM_OK;
    link = (struct pm_link){
        .a = a,
        .b = b,
        .like = like,
        .contain_h5 = (float)l.contain_h5,
        .contain_hc = (float)l.contain_hc,
        .jaccard = (float)l.jaccard,
        .cover_a = (float)l.cover_a,
        .cover_b = (float)l.cover_b,
        .shared_h5 = l.shared_h5,
        .shared_hc = l.shared_hc,
    };
    return pm_graph_add(r->graph, &link, r->err);
}

/* ---- the run ---- */

static void
print_parameters(const struct pm_cluster_options *o, struct pm_buf *dst)
{
    pm_buf_putc(dst, '{');
    pm_json_member_int(dst, "clusters", CLUSTER_VERSION);
    pm_json_member_int(dst, "fingerprint", PM_FINGERPRINT_VERSION);
    pm_json_member_real(dst, "story_min", o->story_min);
    pm_json_member_real(dst, "version_min", o->version_min);
    pm_json_member_int(dst, "days_max", o->days_max);
    pm_buf_putc(dst, '}');
}

/* The state that the next run starts from; arrays that are made here are freed by the caller. */
static int
make_state(struct pm_clustering *found, const struct pm_report_result *report, struct pm_state *dst, struct pm_err *err)
{
    size_t n = pm_corpus_size(found->corpus);

    *dst = (struct pm_state){
        .texts = calloc(n + 1, sizeof(*dst->texts)),
        .furniture = found->known.furniture.hashes,
        .boilerplate = found->known.all.hashes,
        .links = pm_graph_take_links(found->graph, &dst->n_links),
        .memos = pm_graph_memos(found->graph, &dst->n_memos),
        .stories = report->marks,
        .n_texts = n,
        .n_links = dst->n_links,
        .n_memos = dst->n_memos,
        .n_furniture = found->known.furniture.n,
        .n_boilerplate = found->known.all.n,
        .limits = pm_phrase_limits(found->corpus),
        .n_stories = report->stories,
    };
    if (dst->texts == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (uint32_t i = 0; i < n; i++) {
        const struct pm_text *t = pm_corpus_text(found->corpus, i);

        dst->texts[i] = (struct pm_state_text){.capture = t->capture,
                                               .first = t->same,
                                               .left_out = t->left_out,
                                               .hashes = t->hashes,
                                               .furniture = t->furniture,
                                               .phrases = t->phrases};
    }
    return PM_OK;
}

/* Files first, then the transaction: a state whose run the manifest does not name is none. */
static int
put_state(struct pm_clustering *found, const struct pm_report_result *report, uint64_t parameters, uint64_t *id,
          struct pm_err *err)
{
    struct pm_state state = {0};
    int rc = make_state(found, report, &state, err);

    if (rc == PM_OK)
        rc = pm_state_commit(found->writer, &state, parameters, id, err);
    free(state.texts);
    return rc;
}

static uint64_t
hash_parameters(struct pm_str parameters)
{
    return XXH3_64bits(parameters.ptr, parameters.len);
}

static int
put_result(struct pm_manifest *m, struct pm_clustering *found, const struct pm_cluster_options *o,
           struct pm_str parameters, struct pm_cluster_result *dst, struct pm_err *err)
{
    struct pm_report_options how = {
        .was = found->was, .gone = found->gone, .n_gone = found->n_gone, .progress = o->progress, .ctx = o->ctx};
    struct pm_buf boilerplate = PM_BUF_INIT(BOILERPLATE_MAX);
    struct pm_report_result report = {0};
    uint64_t id = 0;
    int rc = pm_known_pack(&found->known, &boilerplate, err);

    if (rc == PM_OK)
        rc = pm_manifest_begin(m, err);
    if (rc != PM_OK) {
        pm_buf_release(&boilerplate);
        return rc;
    }
    if (found->was == NULL)
        rc = pm_manifest_clear_clusters(m, err);
    if (rc == PM_OK)
        rc = pm_report_put(m, found->corpus, found->graph, &how, &report, err);
    if (rc == PM_OK)
        rc = put_state(found, &report, hash_parameters(parameters), &id, err);
    if (rc == PM_OK)
        rc = pm_manifest_put_run(m, parameters, pm_buf_span(&boilerplate), id, err);
    if (rc == PM_OK)
        rc = pm_manifest_commit(m, err);
    if (rc != PM_OK)
        pm_manifest_rollback(m);
    dst->edges = report.edges;
    dst->partial = report.partial;
    dst->stories = report.stories;
    dst->versions = report.versions;
    free(report.marks);
    pm_buf_release(&boilerplate);
    return rc;
}

int
pm_cluster_texts(struct pm_clustering *dst, const struct pm_source *source, int root,
                 const struct pm_cluster_options *options, struct pm_cluster_result *result, struct pm_err *err)
{
    struct run r = {.found = dst, .options = with_defaults(options), .result = result, .err = err};
    struct pm_candidate_options how = {.root = root,
                                       .memory = r.options.memory_max / 2,
                                       .days_max = r.options.days_max,
                                       .days_far = PARTS_DAYS * r.options.days_max,
                                       .progress = r.options.progress,
                                       .ctx = r.options.ctx,
                                       .was = dst->was,
                                       .file = dst->file,
                                       .writer = dst->writer};
    int rc;

    *result = (struct pm_cluster_result){0};
    /* The last run takes memory too, and leaves few texts to compare. */
    rc = pm_corpus_load(&dst->corpus, source, r.options.memory_max / (dst->was != NULL ? 8 : 4), err);
    if (rc == PM_OK)
        rc = pm_graph_new(&dst->graph, pm_corpus_size(dst->corpus), err);
    if (rc != PM_OK)
        return rc;
    r.corpus = dst->corpus;
    r.graph = dst->graph;
    result->captures = pm_corpus_size(r.corpus);
    for (uint32_t i = 0; i < pm_corpus_size(r.corpus); i++)
        result->short_texts += pm_corpus_text(r.corpus, i)->words < PM_SHORT_WORDS;
    if (dst->was != NULL)
        rc = adopt_texts(&r);
    if (rc == PM_DONE)
        rc = pm_fail(err, PM_ECORRUPT, "'%s' is of another archive", PM_STATE_NAME);
    if (rc == PM_OK)
        rc = pm_candidates(r.corpus, &how, &dst->known, judge_pair, &r, err);
    if (rc == PM_OK)
        rc = take_links(&r, UINT64_MAX);
    if (rc == PM_OK && dst->was != NULL) { /* they are in the graph now */
        free(dst->was->links);
        dst->was->links = NULL;
        dst->was->n_links = 0;
    }
    if (rc == PM_OK && dst->was != NULL)
        pm_graph_remember(r.graph, dst->was->memos, dst->was->n_memos);
    if (rc == PM_OK)
        rc = pm_graph_resolve(r.graph, r.corpus, &result->composites, err);
    free(r.numbers);
    return rc;
}

void
pm_clustering_release(struct pm_clustering *c)
{
    pm_graph_free(c->graph);
    pm_corpus_free(c->corpus);
    pm_known_release(&c->known);
    pm_state_free(c->file);
    pm_state_writer_free(c->writer);
    free(c->gone);
    *c = (struct pm_clustering)PM_CLUSTERING_INIT;
}

/* Once, from the last run's state or from nothing. */
static int
run_once(struct pm_manifest *m, const struct pm_source *source, int root, const struct pm_cluster_options *o,
         struct pm_str parameters, bool anew, bool *used, struct pm_cluster_result *dst, struct pm_err *err)
{
    struct pm_clustering found = PM_CLUSTERING_INIT;
    uint64_t id = 0;
    int rc = anew ? PM_DONE : pm_manifest_cluster_state(m, &id, err);

    *used = false;
    if (rc == PM_OK)
        rc = pm_state_open(&found.file, &found.was, root, id, hash_parameters(parameters), err);
    *used = rc == PM_OK;
    if (rc == PM_DONE)
        rc = PM_OK;
    if (rc == PM_OK)
        rc = pm_state_writer_new(&found.writer, root, err);
    if (rc == PM_OK)
        rc = pm_cluster_texts(&found, source, root, o, dst, err);
    if (rc == PM_OK)
        rc = put_result(m, &found, o, parameters, dst, err);
    pm_clustering_release(&found);
    return rc;
}

int
pm_cluster_run(struct pm_manifest *m, struct pm_bundle_reader *bundles, int root,
               const struct pm_cluster_options *options, struct pm_cluster_result *dst, struct pm_err *err)
{
    struct pm_cluster_options o = with_defaults(options);
    struct pm_buf parameters = PM_BUF_INIT(PARAMETERS_MAX);
    struct pm_archive_source *source = NULL;
    bool used = false;
    int rc = pm_archive_source_new(&source, m, bundles, err);

    *dst = (struct pm_cluster_result){0};
    print_parameters(&o, &parameters);
    if (rc == PM_OK)
        rc = pm_buf_check(&parameters, err);
    if (rc == PM_OK)
        rc = run_once(m, pm_archive_source_of(source), root, &o, pm_buf_span(&parameters), o.full, &used, dst, err);
    if (rc == PM_ECORRUPT && used) /* the state may be what is damaged: do without it */
        rc = run_once(m, pm_archive_source_of(source), root, &o, pm_buf_span(&parameters), true, &used, dst, err);
    pm_archive_source_free(source);
    pm_buf_release(&parameters);
    return rc;
}

/* ---- explaining ---- */

/* PM_DONE when a capture has no text. */
static int
find_both(const struct pm_corpus *c, const int64_t captures[2], uint32_t numbers[2])
{
    for (int i = 0; i < 2; i++)
        if (pm_corpus_find(c, captures[i], &numbers[i]) != PM_OK)
            return PM_DONE;
    return PM_OK;
}

static int
explain_texts(struct pm_corpus *c, const uint32_t n[2], const struct pm_cluster_options *o, struct pm_verdict *dst,
              struct pm_err *err)
{
    const struct pm_text *t[2] = {pm_corpus_text(c, n[0]), pm_corpus_text(c, n[1])};
    const struct pm_profile *x, *y;
    struct pm_overlap both;
    struct pm_likeness l, estimates;
    enum pm_like like = PM_LIKE_NOT;
    int rc = judge(c, n[0], n[1], o, &estimates, &like, &dst->reason, err);

    if (rc == PM_DONE)
        dst->reason = "their fingerprints share too little to make them candidates";
    if (rc == PM_OK || rc == PM_DONE)
        rc = pm_corpus_profile(c, n[0], &x, err);

    if (rc == PM_OK)
        rc = pm_corpus_profile(c, n[1], &y, err);
    if (rc != PM_OK)
        return rc;
    pm_likeness(x, y, &l);
    pm_overlap(x, y, &both);
    *dst = (struct pm_verdict){
        .words_a = t[0]->words,
        .words_b = t[1]->words,
        .h5_a = x->distinct_h5,
        .h5_b = y->distinct_h5,
        .h5_shared = l.shared_h5,
        .hc_a = x->distinct_hc,
        .hc_b = y->distinct_hc,
        .hc_shared = l.shared_hc / PM_PROFILE_CHARS,
        .boilerplate = x->boilerplate + y->boilerplate,
        .contain_h5 = l.contain_h5,
        .contain_hc = l.contain_hc,
        .jaccard = l.jaccard,
        .numbers = l.numbers,
        .longest = both.longest,
        .reason = dst->reason,
        .edge = {.contain_h5 = l.contain_h5,
                 .contain_hc = l.contain_hc,
                 .jaccard = l.jaccard,
                 .shared_h5 = l.shared_h5,
                 .shared_hc = l.shared_hc,
                 .kind = like == PM_LIKE_VERSION ? PM_EDGE_VERSION : PM_EDGE_STORY},
        .is_edge = like >= PM_LIKE_STORY,
    };
    if (t[0]->when_us != PM_WHEN_NONE && t[1]->when_us != PM_WHEN_NONE) {
        dst->days = (double)(t[1]->when_us / PM_SECOND_US - t[0]->when_us / PM_SECOND_US) / 86400.0;
        dst->days = dst->days < 0 ? -dst->days : dst->days;
    }
    if (t[0]->same == t[1]->same) {
        dst->is_edge = true;
        dst->edge.kind = PM_EDGE_VERSION;
        dst->reason = "the same words";
    }
    return PM_OK;
}

/* How much of a text is known from elsewhere. */
static int
count_known(struct pm_corpus *c, uint32_t number, const struct pm_known *known, struct pm_err *err)
{
    struct pm_text *t = pm_corpus_text(c, number);
    struct pm_fingerprint f;
    int rc = pm_corpus_fingerprint(c, number, &f, err);
    uint32_t all = 0;

    if (rc != PM_OK)
        return rc;
    t->hashes = (uint32_t)(f.n_h5 + f.n_hc);
    t->furniture = 0;
    for (size_t i = 0; i < t->hashes; i++) {
        uint64_t key = i < f.n_h5 ? f.h5[i] : f.hc[i - f.n_h5] | PM_BOILERPLATE_CHARS;

        t->furniture += pm_is_boilerplate(&known->furniture, key);
        all += pm_is_boilerplate(&known->all, key);
    }
    t->phrases = all - t->furniture;
    return PM_OK;
}

/* What the last run took for furniture; nothing before the first run. */
static int
take_known(struct pm_manifest *m, struct pm_corpus *c, const uint32_t n[2], struct pm_known *dst, struct pm_err *err)
{
    struct pm_str packed;
    int rc = pm_manifest_cluster_boilerplate(m, &packed, err);

    if (rc == PM_OK)
        rc = pm_known_unpack(packed, dst, err);
    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    pm_corpus_set_known(c, dst);
    for (int i = 0; rc == PM_OK && i < 2; i++)
        rc = count_known(c, n[i], dst, err);
    return rc;
}

int
pm_cluster_explain(struct pm_manifest *m, struct pm_bundle_reader *bundles, int64_t a, int64_t b,
                   const struct pm_cluster_options *options, struct pm_verdict *dst, struct pm_err *err)
{
    struct pm_cluster_options o = with_defaults(options);
    const int64_t captures[2] = {a < b ? a : b, a < b ? b : a};
    struct pm_known known = PM_KNOWN_INIT;
    struct pm_archive_source *source = NULL;
    struct pm_corpus *c = NULL;
    struct pm_edge stored;
    uint32_t numbers[2];
    int rc;

    *dst = (struct pm_verdict){.numbers = -1.0};
    rc = pm_archive_source_new(&source, m, bundles, err);
    if (rc == PM_OK) {
        pm_archive_source_only(source, captures, a == b ? 1 : 2);
        rc = pm_corpus_load(&c, pm_archive_source_of(source), o.memory_max / 2, err);
    }
    if (rc == PM_OK)
        rc = find_both(c, captures, numbers);
    if (rc == PM_DONE) {
        dst->reason = "a capture without text has no near copies";
        rc = PM_OK;
        goto out;
    }
    if (a > b && rc == PM_OK) { /* a stays a */
        uint32_t swap = numbers[0];

        numbers[0] = numbers[1];
        numbers[1] = swap;
    }
    if (rc == PM_OK)
        rc = take_known(m, c, numbers, &known, err);
    if (rc == PM_OK)
        rc = explain_texts(c, numbers, &o, dst, err);
    if (rc == PM_OK) {
        dst->edge.a = captures[0];
        dst->edge.b = captures[1];
        rc = pm_manifest_edge(m, captures[0], captures[1], &stored, err);
        if (rc == PM_OK && stored.kind == PM_EDGE_PARTIAL) {
            dst->is_edge = true;
            dst->edge.kind = PM_EDGE_PARTIAL;
            dst->reason = "set aside: a composite, or a part that unlike texts share";
        }
        rc = rc == PM_DONE ? PM_OK : rc;
    }
out:
    pm_corpus_free(c);
    pm_archive_source_free(source);
    pm_known_release(&known);
    return rc;
}
