#include "cluster.h"

#include "candidates.h"
#include "graph.h"
#include "json.h"
#include "report.h"

enum { PARAMETERS_MAX = 4096, DAYS_MAX = 28, CLUSTER_VERSION = 1 };
static const double STORY_MIN = 0.45, VERSION_MIN = 0.70;
static const size_t MEMORY_MAX = (size_t)256 << 20;

struct run {
    struct pm_corpus *corpus;
    struct pm_graph *graph;
    struct pm_cluster_options options; /* defaults filled in */
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
    return (struct pm_like_limits){.story_min = o->story_min, .version_min = o->version_min};
}

/* ---- pairs ---- */

static int
judge_pair(void *ctx, uint32_t a, uint32_t b)
{
    struct run *r = ctx;
    struct pm_like_limits limits = limits_of(&r->options);
    const struct pm_profile *x, *y;
    const char *reason;
    struct pm_likeness l;
    struct pm_overlap both;
    struct pm_link link;
    int rc = pm_corpus_profile(r->corpus, a, &x, r->err);

    if (rc == PM_OK)
        rc = pm_corpus_profile(r->corpus, b, &y, r->err);
    if (rc != PM_OK)
        return rc;
    if (r->options.progress != NULL && r->result->candidates % 256 == 0 &&
        r->options.progress(r->options.ctx, "comparing texts", r->result->candidates, 0) != 0)
        return pm_fail(r->err, PM_ECANCELED, "stopped on request");
    r->result->candidates++;
    rc = pm_likeness(x, y, &l, r->err);
    if (rc != PM_OK)
        return rc;
    link = (struct pm_link){
        .a = a,
        .b = b,
        .like = pm_like_judge(x, y, &l, &limits, &reason),
        .contain_h5 = (float)l.contain_h5,
        .contain_hc = (float)l.contain_hc,
        .jaccard = (float)l.jaccard,
        .cover_a = (float)l.cover_a,
        .cover_b = (float)l.cover_b,
        .shared_h5 = l.shared_h5,
        .shared_hc = l.shared_hc,
    };
    if (link.like == PM_LIKE_NOT)
        return PM_OK;
    if (link.like >= PM_LIKE_STORY) {
        pm_overlap(x, y, &both);
        link.longest = both.longest;
        link.words_a = both.shared;
        pm_overlap(y, x, &both);
        link.words_b = both.shared;
    }
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

static int
put_result(struct pm_manifest *m, struct run *r)
{
    struct pm_buf parameters = PM_BUF_INIT(PARAMETERS_MAX);
    struct pm_report_options told = {r->options.progress, r->options.ctx};
    struct pm_report_result report;
    int rc;

    print_parameters(&r->options, &parameters);
    rc = pm_buf_check(&parameters, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_begin(m, r->err);
    if (rc == PM_OK) {
        rc = pm_manifest_clear_clusters(m, pm_buf_span(&parameters), r->err);
        if (rc == PM_OK)
            rc = pm_report_put(m, r->corpus, r->graph, &told, &report, r->err);
        if (rc == PM_OK)
            rc = pm_manifest_commit(m, r->err);
        if (rc != PM_OK)
            pm_manifest_rollback(m);
    }
    if (rc == PM_OK) {
        r->result->edges = report.edges;
        r->result->partial = report.partial;
        r->result->stories = report.stories;
        r->result->versions = report.versions;
    }
    pm_buf_release(&parameters);
    return rc;
}

int
pm_cluster_run(struct pm_manifest *m, struct pm_bundle_reader *bundles, int root,
               const struct pm_cluster_options *options, struct pm_cluster_result *dst, struct pm_err *err)
{
    struct run r = {.options = with_defaults(options), .result = dst, .err = err};
    struct pm_candidate_options how = {.root = root,
                                       .memory = r.options.memory_max / 2,
                                       .days_max = r.options.days_max,
                                       .progress = r.options.progress,
                                       .ctx = r.options.ctx};
    struct pm_boilerplate boilerplate = {NULL, 0};
    int rc;

    *dst = (struct pm_cluster_result){0};
    rc = pm_corpus_load(&r.corpus, m, bundles, r.options.memory_max / 4, err);
    if (rc == PM_OK)
        rc = pm_graph_new(&r.graph, pm_corpus_size(r.corpus), err);
    if (rc == PM_OK) {
        dst->captures = pm_corpus_size(r.corpus);
        for (uint32_t i = 0; i < pm_corpus_size(r.corpus); i++)
            dst->short_texts += pm_corpus_text(r.corpus, i)->words < PM_SHORT_WORDS;
        rc = pm_candidates(r.corpus, &how, &boilerplate, judge_pair, &r, err);
    }
    if (rc == PM_OK)
        rc = pm_graph_resolve(r.graph, r.corpus, &dst->composites, err);
    if (rc == PM_OK)
        rc = put_result(m, &r);
    pm_graph_free(r.graph);
    pm_corpus_free(r.corpus);
    pm_boilerplate_release(&boilerplate);
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
explain_texts(struct pm_corpus *c, const uint32_t n[2], const struct pm_cluster_options *o,
              struct pm_verdict *dst, struct pm_err *err)
{
    const struct pm_text *t[2] = {pm_corpus_text(c, n[0]), pm_corpus_text(c, n[1])};
    struct pm_like_limits limits = limits_of(o);
    const struct pm_profile *x, *y;
    struct pm_overlap both;
    struct pm_likeness l;
    enum pm_like like;
    int rc = pm_corpus_profile(c, n[0], &x, err);

    if (rc == PM_OK)
        rc = pm_corpus_profile(c, n[1], &y, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_likeness(x, y, &l, err);
    if (rc != PM_OK)
        return rc;
    pm_overlap(x, y, &both);
    like = pm_like_judge(x, y, &l, &limits, &dst->reason);
    *dst = (struct pm_verdict){
        .words_a = t[0]->words,
        .words_b = t[1]->words,
        .h5_a = x->n_h5,
        .h5_b = y->n_h5,
        .h5_shared = l.shared_h5,
        .hc_a = x->n_hc,
        .hc_b = y->n_hc,
        .hc_shared = l.shared_hc,
        .boilerplate = x->boilerplate + y->boilerplate,
        .contain_h5 = l.contain_h5,
        .contain_hc = l.contain_hc,
        .jaccard = l.jaccard,
        .numbers = l.numbers,
        .reason = dst->reason,
        .edge = {.contain_h5 = l.contain_h5,
                 .contain_hc = l.contain_hc,
                 .jaccard = l.jaccard,
                 .shared_h5 = l.shared_h5,
                 .shared_hc = l.shared_hc,
                 .longest = both.longest,
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
    } else if (!pm_candidates_near(t[0], t[1], o->days_max) && dst->is_edge) {
        dst->is_edge = false;
        dst->reason = "too many days apart";
    }
    return PM_OK;
}

int
pm_cluster_explain(struct pm_manifest *m, struct pm_bundle_reader *bundles, int64_t a, int64_t b,
                   const struct pm_cluster_options *options, struct pm_verdict *dst, struct pm_err *err)
{
    struct pm_cluster_options o = with_defaults(options);
    const int64_t captures[2] = {a < b ? a : b, a < b ? b : a};
    struct pm_boilerplate boilerplate = {NULL, 0};
    struct pm_corpus *c = NULL;
    struct pm_edge stored;
    uint32_t numbers[2];
    int rc;

    *dst = (struct pm_verdict){.numbers = -1.0};
    rc = pm_corpus_load(&c, m, bundles, o.memory_max / 2, err);
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
        rc = pm_candidates_boilerplate(c, numbers, 2, &boilerplate, err);
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
    pm_boilerplate_release(&boilerplate);
    return rc;
}
