/* The public interface: near copies, their clusters, differences. */
#include "handle.h"

#include <stdlib.h>

#include "cluster.h"
#include "diff.h"
#include "story.h"

enum { CLUSTER_MEMORY = 1 << 30, DIFF_MEMORY = 1 << 30 };

static struct pm_cluster_options
cluster_options(const struct pressmark_dedupe_options *o)
{
    return (struct pm_cluster_options){
        .story_min = o->story_min,
        .version_min = o->version_min,
        .days_max = o->days_max,
        .memory_max = o->memory_max,
        .full = o->full,
        .progress = o->progress,
        .ctx = o->ctx,
    };
}

int
pressmark_dedupe(struct pressmark_archive *a, const struct pressmark_dedupe_options *options,
                 struct pressmark_dedupe_result *result, struct pressmark_error *err)
{
    struct pm_cluster_options o = cluster_options(options);
    struct pm_cluster_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = pm_cluster_run(a->manifest, a->bundles, a->root, &o, &r, &e);

    *result = (struct pressmark_dedupe_result){
        .captures = r.captures,
        .short_texts = r.short_texts,
        .candidates = r.candidates,
        .edges = r.edges,
        .partial = r.partial,
        .stories = r.stories,
        .versions = r.versions,
        .composites = r.composites,
    };
    return pm_archive_give(err, rc, &e);
}

int
pressmark_dedupe_parameters(struct pressmark_archive *a, char **json, struct pressmark_error *err)
{
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    struct pm_err e = PM_ERR_INIT;
    struct pm_str text;
    int rc = pm_manifest_cluster_parameters(a->manifest, &text, &e);

    if (rc == PM_DONE)
        (void)pm_fail(&e, PM_DONE, "near copies have not been looked for yet");
    if (rc == PM_OK) {
        pm_buf_str(&out, text);
        (void)pm_buf_z(&out);
        rc = pm_buf_check(&out, &e);
    }
    if (rc == PM_OK)
        *json = out.data;
    else
        pm_buf_release(&out);
    return pm_archive_give(err, rc, &e);
}

/* ---- clusters ---- */

struct cluster_ctx {
    struct pressmark_archive *archive;
    int (*each)(void *ctx, const struct pressmark_cluster *c);
    void *ctx;
    struct pm_arena *arena; /* of one cluster */
    uint64_t found;
    struct pm_err *err;
};

static int
uid_of(struct cluster_ctx *c, int64_t capture, char hex[2 * PM_UID_LEN + 1])
{
    struct pm_row row;
    int rc = pm_manifest_get(c->archive->manifest, capture, &row, c->err);

    if (rc == PM_OK)
        pm_archive_hex(hex, row.uid, PM_UID_LEN);
    return rc;
}

/* The public form of a member, what its pointers need in the arena. */
static int
give_member(struct cluster_ctx *c, const struct pm_story *s, const struct pm_story_member *m,
            struct pressmark_member *out)
{
    struct pm_archive_texts *texts = pm_arena_alloc(c->arena, sizeof(*texts));
    struct pressmark_capture *capture = pm_arena_alloc(c->arena, sizeof(*capture));
    char *previous = pm_arena_alloc(c->arena, 2 * PM_UID_LEN + 1);
    uint8_t uid[PM_UID_LEN];
    int rc = pm_arena_check(c->arena, c->err);

    if (rc == PM_OK)
        rc = pm_archive_original(c->archive, &m->row, uid, c->err);
    if (rc < 0)
        return rc;
    pm_archive_capture(&m->row, rc == PM_OK ? uid : NULL, texts, capture);
    *out = (struct pressmark_member){
        .capture = capture,
        .containment = m->link.containment,
        .jaccard = m->link.jaccard,
        .shared_words = m->link.shared_words,
        .cut_words = m->link.cut_words,
        .added_words = m->link.added_words,
        .previous = m->link.previous != 0 ? previous : NULL,
        .follows = m->follows,
        .version = m->version.ptr,
    };
    if (m->previous != SIZE_MAX)
        pm_archive_hex(previous, s->members[m->previous].row.uid, PM_UID_LEN);
    else if (m->link.previous != 0)
        return uid_of(c, m->link.previous, previous);
    return PM_OK;
}

static int
give_cluster(void *arg, const struct pm_cluster_row *row)
{
    struct cluster_ctx *c = arg;
    char source[2 * PM_UID_LEN + 1];
    struct pressmark_member *members;
    struct pm_story story;
    struct pressmark_cluster out;
    int rc;

    pm_arena_reset(c->arena);
    rc = pm_story_load(c->archive->manifest, row, 0, c->arena, &story, c->err);
    if (rc != PM_OK)
        return rc;
    members = pm_arena_array(c->arena, story.n ? story.n : 1, sizeof(*members));
    rc = pm_arena_check(c->arena, c->err);
    for (size_t i = 0; rc == PM_OK && i < story.n; i++)
        rc = give_member(c, &story, &story.members[i], &members[i]);
    if (rc != PM_OK)
        return rc;
    pm_archive_hex(source, story.members[story.source].row.uid, PM_UID_LEN);
    out = (struct pressmark_cluster){
        .id = story.cluster.id.ptr,
        .level = row->level == PM_LEVEL_STORY ? "story" : "version",
        .story = story.cluster.story.ptr,
        .source = source,
        .confidence = row->confidence,
        .reasons = story.cluster.reasons.ptr,
        .first_us = row->first_us,
        .last_us = row->last_us,
        .members = members,
        .n_members = story.n,
    };
    c->found++;
    return c->each(c->ctx, &out);
}

static bool
is_level(const char *name, enum pm_level *level)
{
    *level = strcmp(name, "version") == 0 ? PM_LEVEL_VERSION : PM_LEVEL_STORY;
    return *level == PM_LEVEL_VERSION || strcmp(name, "story") == 0;
}

/* What both need: the level by its name, and an arena, which the caller frees. */
static int
begin(struct cluster_ctx *c, const char *level, enum pm_level *which)
{
    if (!is_level(level, which))
        return pm_fail(c->err, PM_EINVAL, "no level is called '%s'", level);
    c->arena = pm_arena_new(CLUSTER_MEMORY);
    return c->arena != NULL ? PM_OK : pm_fail(c->err, PM_ENOMEM, "out of memory");
}

int
pressmark_clusters(struct pressmark_archive *a, const char *level,
                   int (*each)(void *ctx, const struct pressmark_cluster *c), void *ctx,
                   struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct cluster_ctx c = {.archive = a, .each = each, .ctx = ctx, .err = &e};
    enum pm_level which;
    int rc;

    rc = begin(&c, level, &which);
    if (rc == PM_OK)
        rc = pm_manifest_each_cluster(a->manifest, which, give_cluster, &c, &e);
    if (rc == PM_OK && c.found == 0)
        rc = pm_fail(&e, PM_DONE, "no near copies");
    pm_arena_free(c.arena);
    return pm_archive_give(err, rc, &e);
}

int
pressmark_cluster_of(struct pressmark_archive *a, const char *id, const char *level,
                     int (*each)(void *ctx, const struct pressmark_cluster *c), void *ctx,
                     struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct cluster_ctx c = {.archive = a, .each = each, .ctx = ctx, .err = &e};
    struct pm_cluster_row cluster;
    struct pm_row row;
    struct pm_str name;
    enum pm_level which;
    int rc;

    rc = begin(&c, level, &which);
    if (rc == PM_OK)
        rc = pm_archive_find(a, id, c.arena, &row, &e);
    if (rc == PM_OK)
        rc = pm_manifest_cluster_of(a->manifest, row.capture, which, &name, &e);
    if (rc == PM_OK)
        rc = pm_manifest_get_cluster(a->manifest, name, &cluster, &e);
    if (rc == PM_DONE)
        rc = pm_fail(&e, PM_DONE, "'%s' has no near copies", id);
    else if (rc == PM_OK)
        rc = give_cluster(&c, &cluster);
    pm_arena_free(c.arena);
    return pm_archive_give(err, rc, &e);
}

int
pressmark_explain(struct pressmark_archive *a, const char *id_a, const char *id_b,
                  const struct pressmark_dedupe_options *options, struct pressmark_verdict *dst,
                  struct pressmark_error *err)
{
    struct pm_cluster_options o = cluster_options(options);
    struct pm_arena *arena = pm_arena_new(CLUSTER_MEMORY);
    struct pm_err e = PM_ERR_INIT;
    struct pm_row row_a, row_b;
    struct pm_verdict v;
    int rc;

    if (arena == NULL)
        return pm_archive_give(err, pm_fail(&e, PM_ENOMEM, "out of memory"), &e);
    rc = pm_archive_find(a, id_a, arena, &row_a, &e);
    if (rc == PM_OK)
        rc = pm_archive_find(a, id_b, arena, &row_b, &e);
    if (rc == PM_OK)
        rc = pm_cluster_explain(a->manifest, a->bundles, row_a.capture, row_b.capture, &o, &v, &e);
    if (rc == PM_OK)
        *dst = (struct pressmark_verdict){
            .words_a = v.words_a,
            .words_b = v.words_b,
            .h5_a = v.h5_a,
            .h5_b = v.h5_b,
            .h5_shared = v.h5_shared,
            .hc_a = v.hc_a,
            .hc_b = v.hc_b,
            .hc_shared = v.hc_shared,
            .boilerplate = v.boilerplate,
            .longest = v.longest,
            .contain_h5 = v.contain_h5,
            .contain_hc = v.contain_hc,
            .jaccard = v.jaccard,
            .numbers = v.numbers,
            .days = v.days,
            .story = v.is_edge && v.edge.kind != PM_EDGE_PARTIAL,
            .version = v.is_edge && v.edge.kind == PM_EDGE_VERSION,
            .partial = v.is_edge && v.edge.kind == PM_EDGE_PARTIAL,
            .reason = v.reason,
        };
    pm_arena_free(arena);
    return pm_archive_give(err, rc, &e);
}

/* ---- differences ---- */

struct owned_diff {
    struct pressmark_diff pub; /* first, so that the one can be freed as the other */
    struct pm_arena *arena;
};

int
pressmark_diff(const char *old_text, size_t old_len, const char *new_text, size_t new_len,
               enum pressmark_diff_by by, struct pressmark_diff **dst, struct pressmark_error *err)
{
    struct owned_diff *d = calloc(1, sizeof(*d));
    struct pressmark_diff_run *runs = NULL;
    struct pm_err e = PM_ERR_INIT;
    struct pm_diff in;
    int rc;

    if (d == NULL)
        return pm_archive_give(err, pm_fail(&e, PM_ENOMEM, "out of memory"), &e);
    d->arena = pm_arena_new(DIFF_MEMORY);
    rc = d->arena ? PM_OK : pm_fail(&e, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_diff(PM_STRN(old_text, old_len), PM_STRN(new_text, new_len), (enum pm_diff_by)by, d->arena, &in, &e);
    if (rc == PM_OK) {
        runs = pm_arena_array(d->arena, in.n_runs ? in.n_runs : 1, sizeof(*runs));
        rc = pm_arena_check(d->arena, &e);
    }
    if (rc != PM_OK) {
        pressmark_diff_free(&d->pub);
        return pm_archive_give(err, rc, &e);
    }
    for (size_t i = 0; i < in.n_runs; i++)
        runs[i] = (struct pressmark_diff_run){
            .op = (enum pressmark_op)in.runs[i].op,
            .text = in.runs[i].text.ptr,
            .len = in.runs[i].text.len,
            .block_end = in.runs[i].block_end,
            .space_before = in.runs[i].space_before,
        };
    d->pub = (struct pressmark_diff){
        .runs = runs,
        .n_runs = in.n_runs,
        .kept_words = in.kept_words,
        .cut_words = in.cut_words,
        .added_words = in.added_words,
        .longest_common = in.longest_common,
    };
    *dst = &d->pub;
    return pm_archive_give(err, PM_OK, &e);
}

void
pressmark_diff_free(struct pressmark_diff *d)
{
    struct owned_diff *owned = (struct owned_diff *)(void *)d;

    if (d == NULL)
        return;
    pm_arena_free(owned->arena);
    free(owned);
}
