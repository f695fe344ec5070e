/* Bundles, records and captures of the manifest. */
#include "manifest.h"
#include "manifest_db.h"

static const char *const FIELDS[] = {"title",    "standfirst", "byline",    "published", "modified",
                                     "section",  "site",       "language",  "canonical", "captions",
                                     "credit",   "key",        "url",       "outlet",    "type"};

/* ---- bundles and records ---- */

int
pm_manifest_put_bundle(struct pm_manifest *m, const struct pm_bundle_state *state, bool sealed,
                       struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_BUNDLE, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, state->bundle);
    (void)sqlite3_bind_int64(s, 2, (int64_t)state->size);
    (void)sqlite3_bind_int(s, 3, sealed);
    return pm_db_run(m, s, err);
}

int
pm_manifest_last_bundle(struct pm_manifest *m, struct pm_bundle_state *state, bool *sealed,
                        struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_LAST_BUNDLE, err);
    int rc;

    *state = (struct pm_bundle_state){0};
    *sealed = false;
    if (s == NULL)
        return err->code;
    rc = pm_db_step(m, s, err);
    if (rc != PM_OK)
        return rc < 0 ? rc : PM_OK;
    state->bundle = (uint32_t)sqlite3_column_int64(s, 0);
    state->size = (uint64_t)sqlite3_column_int64(s, 1);
    *sealed = sqlite3_column_int(s, 2) != 0;
    (void)sqlite3_reset(s);
    return PM_OK;
}

int
pm_manifest_each_bundle(struct pm_manifest *m, int (*each)(void *ctx, const struct pm_bundle_state *state),
                        void *ctx, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_BUNDLE, err);
    int rc;

    if (s == NULL)
        return err->code;
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        struct pm_bundle_state state = {(uint32_t)sqlite3_column_int64(s, 0),
                                        (uint64_t)sqlite3_column_int64(s, 1)};

        rc = each(ctx, &state);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_put_record(struct pm_manifest *m, const struct pm_stored *rec, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_RECORD, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, rec->loc.bundle);
    (void)sqlite3_bind_int64(s, 2, (int64_t)rec->loc.offset);
    (void)sqlite3_bind_int64(s, 3, (int64_t)rec->loc.length);
    pm_db_bind(s, 4, rec->type);
    (void)sqlite3_bind_int64(s, 5, (int64_t)rec->size);
    pm_db_bind_blob(s, 6, rec->sha.byte, sizeof(rec->sha.byte));
    (void)sqlite3_bind_int64(s, 7, (int64_t)rec->check);
    pm_db_bind_ref(s, 8, rec->capture);
    return pm_db_run(m, s, err);
}

int
pm_manifest_has_record(struct pm_manifest *m, const struct pm_sha256 *sha, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_HAS_RECORD, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind_blob(s, 1, sha->byte, sizeof(sha->byte));
    rc = pm_db_step(m, s, err);
    (void)sqlite3_reset(s);
    return rc;
}

static struct pm_stored
stored_of(sqlite3_stmt *s)
{
    struct pm_stored rec = {.loc = pm_db_loc(s, 0),
                            .type = pm_db_text(s, 3),
                            .size = (uint64_t)sqlite3_column_int64(s, 4),
                            .check = (uint64_t)sqlite3_column_int64(s, 6),
                            .capture = sqlite3_column_int64(s, 7)};

    pm_db_copy(s, 5, rec.sha.byte, sizeof(rec.sha.byte));
    return rec;
}

int
pm_manifest_get_record(struct pm_manifest *m, uint32_t bundle, uint64_t offset, struct pm_stored *rec,
                       struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_GET_RECORD, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, bundle);
    (void)sqlite3_bind_int64(s, 2, (int64_t)offset);
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK)
        *rec = stored_of(s);
    return rc;
}

int
pm_manifest_each_record(struct pm_manifest *m, uint32_t bundle,
                        int (*each)(void *ctx, const struct pm_stored *rec), void *ctx,
                        struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_RECORD, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, bundle);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        struct pm_stored rec = stored_of(s);

        rc = each(ctx, &rec);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- captures ---- */

void
pm_row_keep(const struct pm_row *row, struct pm_arena *arena, struct pm_row *dst)
{
    struct pm_str *const texts[] = {
        &dst->key,      &dst->url,     &dst->outlet, &dst->type,     &dst->title,
        &dst->standfirst, &dst->byline,  &dst->published, &dst->modified, &dst->section,
        &dst->site,     &dst->language, &dst->canonical, &dst->captions, &dst->credit,
        &dst->credit_words,
    };

    *dst = *row;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i] = pm_arena_str(arena, *texts[i]);
}

static void
bind_loc(sqlite3_stmt *s, int i, const struct pm_loc *loc)
{
    (void)sqlite3_bind_int64(s, i, loc->bundle);
    (void)sqlite3_bind_int64(s, i + 1, (int64_t)loc->offset);
    (void)sqlite3_bind_int64(s, i + 2, (int64_t)loc->length);
}

int
pm_manifest_copy(struct pm_manifest *m, const char *path, struct pm_err *err)
{
    sqlite3_stmt *s;

    /* VACUUM does not run beside statements that lend a row. */
    for (int i = 0; i < PM_SQL_COUNT; i++)
        (void)sqlite3_reset(m->stmt[i]);
    s = pm_db_ready(m, PM_SQL_COPY, err);
    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, pm_str_of(path));
    return pm_db_run(m, s, err);
}

int
pm_manifest_forget_places(struct pm_manifest *m, struct pm_err *err)
{
    int rc = pm_db_plain(m, PM_SQL_FORGET_BUNDLES, err);

    return rc == PM_OK ? pm_db_plain(m, PM_SQL_FORGET_RECORDS, err) : rc;
}

int
pm_manifest_move(struct pm_manifest *m, int64_t capture, const struct pm_loc *page, const struct pm_loc *text,
                 const struct pm_loc *meta, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_MOVE, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, capture);
    bind_loc(s, 2, page);
    bind_loc(s, 5, text);
    bind_loc(s, 8, meta);
    return pm_db_run(m, s, err);
}

int
pm_manifest_share_texts(struct pm_manifest *m, struct pm_err *err)
{
    return pm_db_plain(m, PM_SQL_SHARE_TEXTS, err);
}

int
pm_manifest_put_capture(struct pm_manifest *m, struct pm_row *row, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_CAPTURE, err);
    const struct pm_str texts[] = {row->title,    row->standfirst, row->byline,    row->published,
                                   row->modified, row->section,    row->site,      row->language,
                                   row->canonical, row->captions,  row->credit,    row->credit_words};
    int i = 1;
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind_blob(s, i++, row->uid, sizeof(row->uid));
    pm_db_bind(s, i++, row->key);
    pm_db_bind(s, i++, row->url);
    pm_db_bind(s, i++, row->outlet);
    pm_db_bind(s, i++, row->type);
    pm_db_bind_when(s, i++, row->when_us);
    (void)sqlite3_bind_int(s, i++, (int)row->when_source);
    (void)sqlite3_bind_int(s, i++, (int)row->media);
    (void)sqlite3_bind_int(s, i++, row->status);
    (void)sqlite3_bind_int64(s, i++, (int64_t)row->payload_size);
    pm_db_bind_blob(s, i++, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_db_bind_ref(s, i++, row->original);
    bind_loc(s, i, &row->page);
    bind_loc(s, i + 3, &row->text);
    bind_loc(s, i + 6, &row->meta);
    i += 9;
    for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
        pm_db_bind(s, i++, texts[t]);
    (void)sqlite3_bind_int64(s, i++, row->words);
    rc = pm_db_run(m, s, err);
    if (rc != PM_OK)
        return rc;
    if (sqlite3_changes(m->db) == 0)
        return PM_SKIP;
    row->capture = sqlite3_last_insert_rowid(m->db);
    return PM_OK;
}

/* A statement that gives one row or none; views of the row live until its next use. */
static int
one_row(struct pm_manifest *m, sqlite3_stmt *s, struct pm_row *row, struct pm_err *err)
{
    int rc = pm_db_step(m, s, err);

    if (rc == PM_OK)
        pm_db_row(s, 0, row);
    return rc;
}

int
pm_manifest_find_uid(struct pm_manifest *m, const uint8_t uid[PM_UID_LEN], int64_t *capture,
                     struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_FIND_UID, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind_blob(s, 1, uid, PM_UID_LEN);
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK)
        *capture = sqlite3_column_int64(s, 0);
    (void)sqlite3_reset(s);
    return rc;
}

int
pm_manifest_find_payload(struct pm_manifest *m, const struct pm_sha256 *sha, uint64_t size,
                         struct pm_row *row, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_FIND_PAYLOAD, err);

    if (s == NULL)
        return err->code;
    pm_db_bind_blob(s, 1, sha->byte, sizeof(sha->byte));
    (void)sqlite3_bind_int64(s, 2, (int64_t)size);
    return one_row(m, s, row, err);
}

int
pm_manifest_get(struct pm_manifest *m, int64_t capture, struct pm_row *row, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_GET, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, capture);
    rc = one_row(m, s, row, err);
    if (rc == PM_DONE)
        return pm_fail(err, PM_ENOTFOUND, "no capture has number %lld", (long long)capture);
    return rc;
}

static int
each_capture(struct pm_manifest *m, enum pm_sql sql, int (*each)(void *ctx, int64_t capture), void *ctx,
             struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, sql, err);
    int rc;

    if (s == NULL)
        return err->code;
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        rc = each(ctx, sqlite3_column_int64(s, 0));
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_each_place(struct pm_manifest *m, int (*each)(void *ctx, int64_t capture), void *ctx, struct pm_err *err)
{
    return each_capture(m, PM_SQL_EACH_PLACE, each, ctx, err);
}

int
pm_manifest_each_by_url(struct pm_manifest *m, int (*each)(void *ctx, int64_t capture), void *ctx, struct pm_err *err)
{
    return each_capture(m, PM_SQL_EACH_BY_URL, each, ctx, err);
}

int
pm_manifest_put_fingerprint(struct pm_manifest *m, int64_t capture, uint64_t exact,
                            struct pm_str packed, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_FINGERPRINT, err);

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, capture);
    (void)sqlite3_bind_int64(s, 2, (int64_t)exact);
    pm_db_bind_blob(s, 3, packed.ptr, packed.len);
    return pm_db_run(m, s, err);
}

int
pm_manifest_get_fingerprint(struct pm_manifest *m, int64_t capture, uint64_t *exact, struct pm_str *packed,
                            struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc = pm_db_find(m, PM_SQL_GET_FINGERPRINT, capture, &s, err);

    if (rc == PM_OK) {
        *exact = (uint64_t)sqlite3_column_int64(s, 0);
        *packed = pm_db_blob(s, 1);
    }
    return rc;
}

/* ---- selection ---- */

struct selection {
    const struct pm_query *q;
    int (*each)(void *ctx, const struct pm_row *row);
    void *ctx;
    uint64_t found;
};

static int
run_selection(struct pm_manifest *m, sqlite3_stmt *s, struct selection *sel, bool with_glob,
              struct pm_err *err)
{
    const struct pm_query *q = sel->q;
    struct pm_row row;
    int rc;

    pm_db_bind(s, 1, with_glob ? q->url : PM_STR_NULL);
    pm_db_bind(s, 2, q->outlet);
    pm_db_bind_when(s, 3, q->from_us);
    pm_db_bind_when(s, 4, q->to_us);
    pm_db_bind(s, 5, q->cluster);
    pm_db_bind(s, 6, q->field);
    pm_db_bind(s, 7, q->value.ptr ? q->value : PM_STR(""));
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        sel->found++;
        pm_db_row(s, 0, &row);
        rc = sel->each(sel->ctx, &row);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

/* Run the driver `which` with its own value as parameter 8. */
static int
run_by(struct pm_manifest *m, enum pm_sql which, struct pm_str value, struct selection *sel,
       bool with_glob, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, which, err);

    if (s == NULL)
        return err->code;
    if (value.ptr != NULL)
        pm_db_bind(s, 8, value);
    return run_selection(m, s, sel, with_glob, err);
}

/* A hex prefix of the uid stands for the range from prefix00.. to prefixff.. */
static int
run_by_uid(struct pm_manifest *m, struct selection *sel, bool with_glob, struct pm_err *err)
{
    char hex[2][2 * PM_UID_LEN];
    uint8_t bound[2][PM_UID_LEN];
    struct pm_str id = sel->q->id;
    sqlite3_stmt *s;

    if (id.len < 4 || id.len > sizeof(hex[0]))
        return PM_OK;
    for (int i = 0; i < 2; i++) {
        memset(hex[i], i == 0 ? '0' : 'f', sizeof(hex[i]));
        memcpy(hex[i], id.ptr, id.len);
        if (!pm_unhex(PM_STRN(hex[i], sizeof(hex[i])), bound[i], PM_UID_LEN))
            return PM_OK;
    }
    s = pm_db_ready(m, PM_SQL_BY_UID, err);
    if (s == NULL)
        return err->code;
    pm_db_bind_blob(s, 8, bound[0], PM_UID_LEN);
    pm_db_bind_blob(s, 9, bound[1], PM_UID_LEN);
    return run_selection(m, s, sel, with_glob, err);
}

int
pm_manifest_select(struct pm_manifest *m, const struct pm_query *q,
                   int (*each)(void *ctx, const struct pm_row *row), void *ctx, struct pm_err *err)
{
    struct selection sel = {q, each, ctx, 0};
    bool known = q->field.ptr == NULL, glob = q->url.ptr != NULL;
    int rc;

    for (size_t i = 0; i < sizeof(FIELDS) / sizeof(FIELDS[0]); i++)
        known = known || pm_str_eq(q->field, pm_str_of(FIELDS[i]));
    if (!known)
        return pm_fail(err, PM_EINVAL, "no field is called '" PM_STR_FMT "'", PM_STR_ARG(q->field));
    if (q->id.ptr != NULL) {
        rc = run_by(m, PM_SQL_BY_KEY, q->id, &sel, glob, err);
        return rc == PM_OK && sel.found == 0 ? run_by_uid(m, &sel, glob, err) : rc;
    }
    if (q->url.ptr != NULL) {
        rc = run_by(m, PM_SQL_BY_URL, q->url, &sel, false, err);
        if (rc != PM_OK || sel.found > 0 || q->url_exact)
            return rc;
        if (memchr(q->url.ptr, '*', q->url.len) == NULL &&
            memchr(q->url.ptr, '?', q->url.len) == NULL)
            return PM_OK;
    }
    if (q->cluster.ptr != NULL)
        return run_by(m, PM_SQL_BY_CLUSTER, q->cluster, &sel, glob, err);
    if (q->outlet.ptr != NULL)
        return run_by(m, PM_SQL_BY_OUTLET, q->outlet, &sel, glob, err);
    return run_by(m, PM_SQL_BY_WHEN, PM_STR_NULL, &sel, glob, err);
}

int
pm_manifest_totals(struct pm_manifest *m, struct pm_totals *dst, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_TOTALS, err);
    uint64_t *const counts[] = {&dst->captures, &dst->revisits,      &dst->cleaned,
                                &dst->records,  &dst->bundles,       &dst->outlets,
                                &dst->stories,  &dst->versions,      &dst->clustered,
                                &dst->payload_bytes, &dst->record_bytes, &dst->stored_bytes};
    int n = (int)(sizeof(counts) / sizeof(counts[0]));
    int rc;

    if (s == NULL)
        return err->code;
    rc = pm_db_step(m, s, err);
    if (rc != PM_OK)
        return rc;
    for (int i = 0; i < n; i++)
        *counts[i] = (uint64_t)sqlite3_column_int64(s, i);
    dst->first_us = pm_db_when(s, n);
    dst->last_us = pm_db_when(s, n + 1);
    (void)sqlite3_reset(s);
    return PM_OK;
}
