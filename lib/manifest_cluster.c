/* Clusters, members and edges of the manifest. */
#include "manifest.h"
#include "manifest_db.h"

/* Run statements one after the other, with `text` bound to each that wants one. */
static int
run_all(struct pm_manifest *m, const enum pm_sql *which, size_t n, struct pm_str text, struct pm_err *err)
{
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        sqlite3_stmt *s = pm_db_ready(m, which[i], err);

        if (s == NULL)
            return err->code;
        if (text.ptr != NULL)
            pm_db_bind(s, 1, text);
        rc = pm_db_run(m, s, err);
    }
    return rc;
}

int
pm_manifest_clear_clusters(struct pm_manifest *m, struct pm_err *err)
{
    static const enum pm_sql clear[] = {PM_SQL_CLEAR_EDGES, PM_SQL_CLEAR_MEMBERS, PM_SQL_CLEAR_CLUSTERS};

    return run_all(m, clear, sizeof(clear) / sizeof(clear[0]), PM_STR_NULL, err);
}

int
pm_manifest_drop_story(struct pm_manifest *m, struct pm_str id, struct pm_err *err)
{
    static const enum pm_sql drop[] = {PM_SQL_DROP_CLUSTERS, PM_SQL_DROP_MEMBERS};

    return run_all(m, drop, sizeof(drop) / sizeof(drop[0]), id, err);
}

int
pm_manifest_drop_edge(struct pm_manifest *m, int64_t a, int64_t b, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_DROP_EDGE, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, a < b ? a : b);
    (void)sqlite3_bind_int64(s, 2, a < b ? b : a);
    return pm_db_run(m, s, err);
}

int
pm_manifest_put_run(struct pm_manifest *m, struct pm_str parameters, struct pm_str boilerplate, uint64_t state,
                    struct pm_err *err)
{
    static const enum pm_sql clear[] = {PM_SQL_CLEAR_RUN};
    int rc = run_all(m, clear, 1, PM_STR_NULL, err);
    sqlite3_stmt *s = rc == PM_OK ? pm_db_ready(m, PM_SQL_PUT_RUN, err) : NULL;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, parameters);
    (void)sqlite3_bind_blob64(s, 2, boilerplate.len ? boilerplate.ptr : "", boilerplate.len, SQLITE_STATIC);
    (void)sqlite3_bind_int64(s, 3, (int64_t)state);
    return pm_db_run(m, s, err);
}

/* The row of the last run: PM_OK with *s at it, PM_DONE when there was none. */
static int
get_run(struct pm_manifest *m, sqlite3_stmt **s, struct pm_err *err)
{
    *s = pm_db_ready(m, PM_SQL_GET_RUN, err);
    return *s != NULL ? pm_db_step(m, *s, err) : err->code;
}

int
pm_manifest_cluster_parameters(struct pm_manifest *m, struct pm_str *json, struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc = get_run(m, &s, err);

    if (rc == PM_OK)
        *json = pm_db_text(s, 0);
    return rc;
}

int
pm_manifest_cluster_boilerplate(struct pm_manifest *m, struct pm_str *packed, struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc = get_run(m, &s, err);

    if (rc == PM_OK)
        *packed = pm_db_blob(s, 1);
    return rc;
}

int
pm_manifest_cluster_state(struct pm_manifest *m, uint64_t *state, struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc = get_run(m, &s, err);

    if (rc == PM_OK) {
        *state = (uint64_t)sqlite3_column_int64(s, 2);
        (void)sqlite3_reset(s);
    }
    return rc;
}

int
pm_manifest_put_edge(struct pm_manifest *m, const struct pm_edge *e, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_EDGE, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, e->a);
    (void)sqlite3_bind_int64(s, 2, e->b);
    (void)sqlite3_bind_int(s, 3, (int)e->kind);
    (void)sqlite3_bind_double(s, 4, e->contain_h5);
    (void)sqlite3_bind_double(s, 5, e->contain_hc);
    (void)sqlite3_bind_double(s, 6, e->jaccard);
    (void)sqlite3_bind_int64(s, 7, e->shared_h5);
    (void)sqlite3_bind_int64(s, 8, e->shared_hc);
    return pm_db_run(m, s, err);
}

int
pm_manifest_edge(struct pm_manifest *m, int64_t a, int64_t b, struct pm_edge *dst, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_GET_EDGE, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, a < b ? a : b);
    (void)sqlite3_bind_int64(s, 2, a < b ? b : a);
    rc = pm_db_step(m, s, err);
    if (rc != PM_OK)
        return rc;
    *dst = (struct pm_edge){
        .a = sqlite3_column_int64(s, 0),
        .b = sqlite3_column_int64(s, 1),
        .kind = (enum pm_edge_kind)sqlite3_column_int(s, 2),
        .contain_h5 = sqlite3_column_double(s, 3),
        .contain_hc = sqlite3_column_double(s, 4),
        .jaccard = sqlite3_column_double(s, 5),
        .shared_h5 = (uint32_t)sqlite3_column_int64(s, 6),
        .shared_hc = (uint32_t)sqlite3_column_int64(s, 7),
    };
    (void)sqlite3_reset(s);
    return PM_OK;
}

static int
put_member(struct pm_manifest *m, struct pm_str cluster, const struct pm_member_row *row,
           struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_MEMBER, err);

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, cluster);
    (void)sqlite3_bind_int64(s, 2, row->capture);
    (void)sqlite3_bind_double(s, 3, row->containment);
    (void)sqlite3_bind_double(s, 4, row->jaccard);
    (void)sqlite3_bind_int64(s, 5, row->shared_words);
    (void)sqlite3_bind_int64(s, 6, row->cut_words);
    (void)sqlite3_bind_int64(s, 7, row->added_words);
    if (row->previous != 0)
        (void)sqlite3_bind_int64(s, 8, row->previous);
    return pm_db_run(m, s, err);
}

int
pm_manifest_put_cluster(struct pm_manifest *m, const struct pm_cluster_row *c,
                        const struct pm_member_row *members, size_t n, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_CLUSTER, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, c->id);
    (void)sqlite3_bind_int(s, 2, (int)c->level);
    pm_db_bind(s, 3, c->story);
    (void)sqlite3_bind_int64(s, 4, c->source);
    (void)sqlite3_bind_double(s, 5, c->confidence);
    pm_db_bind(s, 6, c->reasons.ptr ? c->reasons : PM_STR(""));
    (void)sqlite3_bind_int64(s, 7, (int64_t)n);
    pm_db_bind_when(s, 8, c->first_us);
    pm_db_bind_when(s, 9, c->last_us);
    rc = pm_db_run(m, s, err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = put_member(m, c->id, &members[i], err);
    return rc;
}

static struct pm_cluster_row
cluster_row(sqlite3_stmt *s)
{
    return (struct pm_cluster_row){
        .id = pm_db_text(s, 0),
        .level = (enum pm_level)sqlite3_column_int(s, 1),
        .story = pm_db_text(s, 2),
        .source = sqlite3_column_int64(s, 3),
        .confidence = sqlite3_column_double(s, 4),
        .reasons = pm_db_text(s, 5),
        .members = (uint32_t)sqlite3_column_int64(s, 6),
        .first_us = pm_db_when(s, 7),
        .last_us = pm_db_when(s, 8),
    };
}

int
pm_manifest_get_cluster(struct pm_manifest *m, struct pm_str id, struct pm_cluster_row *dst,
                        struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_GET_CLUSTER, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, id);
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK)
        *dst = cluster_row(s);
    return rc;
}

int
pm_manifest_each_cluster(struct pm_manifest *m, enum pm_level level,
                         int (*each)(void *ctx, const struct pm_cluster_row *c), void *ctx,
                         struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_CLUSTER, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int(s, 1, (int)level);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        struct pm_cluster_row row = cluster_row(s);

        rc = each(ctx, &row);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_each_member(struct pm_manifest *m, struct pm_str cluster,
                        int (*each)(void *ctx, const struct pm_member_row *mem,
                                    const struct pm_row *row),
                        void *ctx, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_MEMBER, err);
    struct pm_row row;
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, cluster);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        struct pm_member_row mem;
        int i = PM_DB_N_COLUMNS;

        pm_db_row(s, 0, &row);
        mem = (struct pm_member_row){
            .capture = row.capture,
            .containment = sqlite3_column_double(s, i),
            .jaccard = sqlite3_column_double(s, i + 1),
            .shared_words = (uint32_t)sqlite3_column_int64(s, i + 2),
            .cut_words = (uint32_t)sqlite3_column_int64(s, i + 3),
            .added_words = (uint32_t)sqlite3_column_int64(s, i + 4),
            .previous = sqlite3_column_int64(s, i + 5),
        };
        rc = each(ctx, &mem, &row);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_cluster_of(struct pm_manifest *m, int64_t capture, enum pm_level level, struct pm_str *id,
                       struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_CLUSTER_OF, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, capture);
    (void)sqlite3_bind_int(s, 2, (int)level);
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK)
        *id = pm_db_text(s, 0);
    return rc;
}
