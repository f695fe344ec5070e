/* The handle of a manifest and its statements. */
#include "manifest_db.h"

#include <limits.h>
#include <stdlib.h>
#include <xxhash.h>

#include "schema.h"
#include "url.h"

enum { BUSY_MS = 5000, CACHE_KIB = 16384 };

/*
 * Conditions of a pm_query that every driver below applies: 1 glob, 2 outlet, 3 from, 4 to, 5 cluster,
 * 6 field, 7 value. Which of them drives the search is a choice of statement, so that each has its index.
 */
#define FILTERS                                                                                    \
    " AND (?1 IS NULL OR pm_glob(?1, c.url)) AND (?2 IS NULL OR c.outlet = ?2)"                    \
    " AND (?3 IS NULL OR c.when_us >= ?3) AND (?4 IS NULL OR c.when_us < ?4)"                      \
    " AND (?5 IS NULL OR c.id IN (SELECT capture FROM member WHERE cluster = ?5))"                 \
    " AND (?6 IS NULL OR instr(lower(CASE ?6 WHEN 'title' THEN c.title"                            \
    " WHEN 'standfirst' THEN c.standfirst WHEN 'byline' THEN c.byline"                             \
    " WHEN 'published' THEN c.published WHEN 'modified' THEN c.modified"                           \
    " WHEN 'section' THEN c.section WHEN 'site' THEN c.site WHEN 'language' THEN c.language"       \
    " WHEN 'canonical' THEN " PM_DB_CANONICAL " WHEN 'captions' THEN c.captions"                     \
    " WHEN 'credit' THEN c.credit WHEN 'key' THEN c.key WHEN 'url' THEN c.url"                     \
    " WHEN 'outlet' THEN c.outlet WHEN 'type' THEN c.type END), lower(?7)) > 0)"                   \
    " ORDER BY c.when_us, c.uid"
#define SELECT "SELECT " PM_DB_COLUMNS " FROM capture c WHERE "

#define CLUSTER                                                                                        \
    "SELECT id, level, story, source, confidence, reasons, members, first_us, last_us FROM cluster"    \
    " WHERE "

static const char *const sql[PM_SQL_COUNT] = {
    [PM_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [PM_SQL_BEGIN_READ] = "BEGIN",
    [PM_SQL_COMMIT] = "COMMIT",
    [PM_SQL_ROLLBACK] = "ROLLBACK",
    [PM_SQL_PUT_BUNDLE] = "INSERT INTO bundle(id, size, sealed) VALUES(?1, ?2, ?3)"
                          " ON CONFLICT(id) DO UPDATE SET size = ?2, sealed = ?3",
    [PM_SQL_LAST_BUNDLE] = "SELECT id, size, sealed FROM bundle ORDER BY id DESC LIMIT 1",
    [PM_SQL_EACH_BUNDLE] = "SELECT id, size FROM bundle ORDER BY id",
    [PM_SQL_GET_RECORD] = "SELECT bundle, offset, length, type, size, sha256, frame_xxh3, capture"
                          " FROM record WHERE bundle = ?1 AND offset = ?2",
    [PM_SQL_COPY] = "VACUUM INTO ?1",
    [PM_SQL_FORGET_BUNDLES] = "DELETE FROM bundle",
    [PM_SQL_FORGET_RECORDS] = "DELETE FROM record",
    [PM_SQL_MOVE] = "UPDATE capture SET page_bundle = ?2, page_offset = ?3, page_length = ?4, text_bundle = ?5,"
                    " text_offset = ?6, text_length = ?7, meta_bundle = ?8, meta_offset = ?9, meta_length = ?10"
                    " WHERE id = ?1",
    [PM_SQL_SHARE_TEXTS] = "UPDATE capture SET (text_bundle, text_offset, text_length) = (SELECT o.text_bundle,"
                           " o.text_offset, o.text_length FROM capture o WHERE o.id = capture.original)"
                           " WHERE original IS NOT NULL",
    [PM_SQL_PUT_RECORD] = "INSERT INTO record(bundle, offset, length, type, size, sha256, frame_xxh3,"
                          " capture) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PM_SQL_HAS_RECORD] = "SELECT 1 FROM record WHERE sha256 = ?1 AND capture IS NULL",
    [PM_SQL_EACH_RECORD] = "SELECT bundle, offset, length, type, size, sha256, frame_xxh3, capture"
                           " FROM record WHERE bundle = ?1 ORDER BY offset",
    [PM_SQL_EACH_BY_URL] = "SELECT id FROM capture ORDER BY url, when_us, uid",
    [PM_SQL_EACH_PLACE] = "SELECT id FROM capture ORDER BY page_bundle, page_offset, id",
    [PM_SQL_PUT_CAPTURE] =
        "INSERT INTO capture(uid,key,url,outlet,type,when_us,when_source,media,status,payload_size,"
        "payload_sha256,original,page_bundle,page_offset,page_length,text_bundle,text_offset,"
        "text_length,meta_bundle,meta_offset,meta_length,title,standfirst,byline,published,modified,"
        "section,site,language,canonical,captions,credit,credit_words,words,url_hash,key_hash)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,"
        "?26,?27,?28,?29,CASE ?30 WHEN ?3 THEN '' ELSE ?30 END,?31,?32,?33,?34,pm_hash(?3),pm_hash(?2)) ON CONFLICT(uid) DO NOTHING",
    [PM_SQL_GET] = SELECT "c.id = ?1",
    [PM_SQL_FIND_UID] = "SELECT id FROM capture WHERE uid = ?1",
    [PM_SQL_FIND_PAYLOAD] = SELECT "substr(c.payload_sha256, 1, 8) = substr(?1, 1, 8) AND c.payload_sha256 = ?1"
                                   " AND c.payload_size = ?2"
                                   " AND c.original IS NULL AND c.status = 0 AND c.page_bundle > 0 ORDER BY c.id LIMIT 1",
    [PM_SQL_PUT_FINGERPRINT] = "INSERT INTO fingerprint(capture, exact, packed) VALUES(?1, ?2, ?3)",
    [PM_SQL_EACH_FINGERPRINT] = "SELECT capture, packed FROM fingerprint WHERE capture > ?1 ORDER BY capture",
    [PM_SQL_GET_FINGERPRINT] = "SELECT exact, packed FROM fingerprint WHERE capture = ?1",
    [PM_SQL_EACH_TEXT] = "SELECT c.id, c.uid, c.outlet, c.when_us, c.when_source, c.words, f.exact, c.url FROM fingerprint f"
                         " JOIN capture c ON c.id = f.capture WHERE f.capture > ?1 ORDER BY f.capture",
    [PM_SQL_GET_TEXT_LOC] = "SELECT c.text_bundle, c.text_offset, c.text_length, p.page_bundle, p.page_offset,"
                            " p.page_length, c.outlet FROM capture c LEFT JOIN capture p"
                            " ON p.id = coalesce(c.original, c.id) WHERE c.id = ?1",
    [PM_SQL_BY_UID] = SELECT "c.uid >= ?8 AND c.uid <= ?9" FILTERS,
    [PM_SQL_BY_KEY] = SELECT "c.key_hash = pm_hash(?8) AND c.key = ?8" FILTERS,
    [PM_SQL_BY_URL] = SELECT "c.url_hash = pm_hash(?8) AND c.url = ?8" FILTERS,
    [PM_SQL_BY_CLUSTER] = SELECT "c.id IN (SELECT capture FROM member WHERE cluster = ?8)" FILTERS,
    [PM_SQL_BY_OUTLET] = SELECT "c.outlet = ?8" FILTERS,
    [PM_SQL_BY_WHEN] = SELECT "1" FILTERS,
    [PM_SQL_TOTALS] =
        "SELECT (SELECT count(*) FROM capture), (SELECT count(*) FROM capture WHERE original IS NOT NULL),"
        " (SELECT count(*) FROM capture WHERE words > 0), (SELECT count(*) FROM record),"
        " (SELECT count(*) FROM bundle), (SELECT count(DISTINCT outlet) FROM capture),"
        " (SELECT count(*) FROM cluster WHERE level = 0), (SELECT count(*) FROM cluster WHERE level = 1),"
        " (SELECT count(DISTINCT capture) FROM member), (SELECT sum(payload_size) FROM capture),"
        " (SELECT sum(size) FROM record), (SELECT sum(size) FROM bundle),"
        " (SELECT min(when_us) FROM capture), (SELECT max(when_us) FROM capture)",
    [PM_SQL_CLEAR_EDGES] = "DELETE FROM edge",
    [PM_SQL_CLEAR_MEMBERS] = "DELETE FROM member",
    [PM_SQL_CLEAR_CLUSTERS] = "DELETE FROM cluster",
    [PM_SQL_CLEAR_RUN] = "DELETE FROM run",
    [PM_SQL_PUT_RUN] = "INSERT INTO run(parameters, boilerplate, state) VALUES(?1, ?2, ?3)",
    [PM_SQL_GET_RUN] = "SELECT parameters, boilerplate, state FROM run",
    [PM_SQL_PUT_EDGE] = "INSERT INTO edge(a, b, kind, contain_h5, contain_hc, jaccard, shared_h5,"
                        " shared_hc) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PM_SQL_GET_EDGE] = "SELECT a, b, kind, contain_h5, contain_hc, jaccard, shared_h5, shared_hc"
                        " FROM edge WHERE a = ?1 AND b = ?2",
    [PM_SQL_DROP_EDGE] = "DELETE FROM edge WHERE a = ?1 AND b = ?2",
    [PM_SQL_DROP_CLUSTERS] = "DELETE FROM cluster WHERE id IN (SELECT o.cluster FROM member m"
                             " JOIN member o ON o.capture = m.capture WHERE m.cluster = ?1)",
    [PM_SQL_DROP_MEMBERS] = "DELETE FROM member WHERE capture IN (SELECT capture FROM member WHERE cluster = ?1)",
    [PM_SQL_PUT_CLUSTER] = "INSERT INTO cluster(id, level, story, source, confidence, reasons,"
                           " members, first_us, last_us) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)",
    [PM_SQL_PUT_MEMBER] = "INSERT INTO member(cluster, capture, containment, jaccard, shared_words,"
                          " cut_words, added_words, previous) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PM_SQL_EACH_CLUSTER] = CLUSTER "level = ?1"
                            " ORDER BY members DESC, first_us, id",
    [PM_SQL_GET_CLUSTER] = CLUSTER "id = ?1",
    [PM_SQL_EACH_MEMBER] = "SELECT " PM_DB_COLUMNS ", m.containment, m.jaccard, m.shared_words,"
                           " m.cut_words, m.added_words, m.previous FROM member m"
                           " JOIN capture c ON c.id = m.capture WHERE m.cluster = ?1"
                           " ORDER BY c.when_us, c.uid",
    [PM_SQL_CLUSTER_OF] = "SELECT l.id FROM member m JOIN cluster l ON l.id = m.cluster"
                          " WHERE m.capture = ?1 AND l.level = ?2",
    [PM_SQL_PUT_BLOCKS] = "INSERT INTO blocks(outlet, uid, capture, packed) VALUES(?1, ?2, ?3, ?4)",
    [PM_SQL_GET_BLOCKS] = "SELECT packed FROM blocks WHERE outlet = ?1 AND uid = ?2",
    [PM_SQL_PUT_UNLEARNED] = "INSERT OR IGNORE INTO unlearned(outlet) VALUES(?1)",
    [PM_SQL_UNLEARNED] = "SELECT outlet FROM unlearned LIMIT 1",
    [PM_SQL_TRIM_BLOCKS] = "DELETE FROM blocks WHERE outlet = ?1 AND uid >="
                           " (SELECT uid FROM blocks WHERE outlet = ?1 ORDER BY uid LIMIT 1 OFFSET ?2)",
    [PM_SQL_EACH_BLOCKS] = "SELECT capture, packed FROM blocks WHERE outlet = ?1 ORDER BY uid LIMIT ?2",
    [PM_SQL_CLEAR_FURNITURE] = "DELETE FROM furniture WHERE outlet = ?1",
    [PM_SQL_CLEAR_UNLEARNED] = "DELETE FROM unlearned WHERE outlet = ?1",
    [PM_SQL_PUT_FURNITURE] = "INSERT INTO furniture(outlet, hash, captures, captures_of, opens, text)"
                             " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
    [PM_SQL_EACH_FURNITURE] = "SELECT hash, captures, captures_of, opens, text FROM furniture"
                              " WHERE outlet = ?1 ORDER BY hash",
};

/* ---- statements ---- */

int
pm_db_fail(struct pm_manifest *m, struct pm_err *err)
{
    const char *text = m->db ? sqlite3_errmsg(m->db) : "out of memory";

    switch (m->db ? sqlite3_errcode(m->db) : SQLITE_NOMEM) {
    case SQLITE_NOMEM:
        return pm_fail(err, PM_ENOMEM, "out of memory");
    case SQLITE_FULL:
        return pm_fail(err, PM_EIO, "manifest: no space left on device");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return pm_fail(err, PM_ELOCKED, "manifest: %s", text);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return pm_fail(err, PM_ECORRUPT, "manifest is damaged (%s); 'rebuild' makes it again", text);
    default:
        return pm_fail(err, PM_EIO, "manifest: %s", text);
    }
}

sqlite3_stmt *
pm_db_ready(struct pm_manifest *m, enum pm_sql which, struct pm_err *err)
{
    if (m->stmt[which] == NULL &&
        sqlite3_prepare_v3(m->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &m->stmt[which], NULL) !=
            SQLITE_OK) {
        (void)pm_db_fail(m, err);
        return NULL;
    }
    (void)sqlite3_reset(m->stmt[which]);
    (void)sqlite3_clear_bindings(m->stmt[which]);
    return m->stmt[which];
}

int
pm_db_step(struct pm_manifest *m, sqlite3_stmt *s, struct pm_err *err)
{
    int rc = sqlite3_step(s);

    if (rc == SQLITE_ROW)
        return PM_OK;
    rc = rc == SQLITE_DONE ? PM_DONE : pm_db_fail(m, err);
    (void)sqlite3_reset(s);
    return rc;
}

int
pm_db_find(struct pm_manifest *m, enum pm_sql which, int64_t id, sqlite3_stmt **s, struct pm_err *err)
{
    *s = pm_db_ready(m, which, err);
    if (*s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(*s, 1, id);
    return pm_db_step(m, *s, err);
}

int
pm_db_run(struct pm_manifest *m, sqlite3_stmt *s, struct pm_err *err)
{
    int rc = pm_db_step(m, s, err);

    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_db_plain(struct pm_manifest *m, enum pm_sql which, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, which, err);

    return s ? pm_db_run(m, s, err) : err ? err->code : PM_EIO;
}

void
pm_db_bind(sqlite3_stmt *s, int i, struct pm_str text)
{
    /* A bind fails only for want of memory or a bad index; the step that follows tells. */
    if (text.ptr == NULL || text.len > INT_MAX)
        (void)sqlite3_bind_null(s, i);
    else
        (void)sqlite3_bind_text(s, i, text.ptr, (int)text.len, SQLITE_STATIC);
}

void
pm_db_bind_blob(sqlite3_stmt *s, int i, const void *bytes, size_t len)
{
    (void)sqlite3_bind_blob(s, i, bytes, (int)len, SQLITE_STATIC);
}

void
pm_db_bind_when(sqlite3_stmt *s, int i, int64_t when_us)
{
    if (when_us == PM_WHEN_NONE)
        (void)sqlite3_bind_null(s, i);
    else
        (void)sqlite3_bind_int64(s, i, when_us);
}

void
pm_db_bind_ref(sqlite3_stmt *s, int i, int64_t capture)
{
    if (capture == 0)
        (void)sqlite3_bind_null(s, i);
    else
        (void)sqlite3_bind_int64(s, i, capture);
}

struct pm_str
pm_db_text(sqlite3_stmt *s, int i)
{
    const char *text = (const char *)sqlite3_column_text(s, i);

    return PM_STRN(text, text ? (size_t)sqlite3_column_bytes(s, i) : 0);
}

struct pm_str
pm_db_blob(sqlite3_stmt *s, int i)
{
    const char *bytes = sqlite3_column_blob(s, i);

    return PM_STRN(bytes, bytes ? (size_t)sqlite3_column_bytes(s, i) : 0);
}

/* A blob of a length that the format fixes; zeros when the manifest was tampered with. */
void
pm_db_copy(sqlite3_stmt *s, int i, void *dst, size_t len)
{
    struct pm_str blob = pm_db_blob(s, i);

    memset(dst, 0, len);
    if (blob.len == len)
        memcpy(dst, blob.ptr, len);
}

int64_t
pm_db_when(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? PM_WHEN_NONE : sqlite3_column_int64(s, i);
}

struct pm_loc
pm_db_loc(sqlite3_stmt *s, int i)
{
    return (struct pm_loc){(uint32_t)sqlite3_column_int64(s, i),
                           (uint64_t)sqlite3_column_int64(s, i + 1),
                           (uint64_t)sqlite3_column_int64(s, i + 2)};
}

void
pm_db_row(sqlite3_stmt *s, int first, struct pm_row *row)
{
    int i = first;

    *row = (struct pm_row){0};
    row->capture = sqlite3_column_int64(s, i++);
    pm_db_copy(s, i++, row->uid, sizeof(row->uid));
    row->key = pm_db_text(s, i++);
    row->url = pm_db_text(s, i++);
    row->outlet = pm_db_text(s, i++);
    row->type = pm_db_text(s, i++);
    row->when_us = pm_db_when(s, i++);
    row->when_source = (enum pm_when_source)sqlite3_column_int(s, i++);
    row->media = (enum pm_media)sqlite3_column_int(s, i++);
    row->status = sqlite3_column_int(s, i++);
    row->payload_size = (uint64_t)sqlite3_column_int64(s, i++);
    pm_db_copy(s, i++, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    row->original = sqlite3_column_int64(s, i++);
    row->page = pm_db_loc(s, i);
    row->text = pm_db_loc(s, i + 3);
    row->meta = pm_db_loc(s, i + 6);
    i += 9;
    row->title = pm_db_text(s, i++);
    row->standfirst = pm_db_text(s, i++);
    row->byline = pm_db_text(s, i++);
    row->published = pm_db_text(s, i++);
    row->modified = pm_db_text(s, i++);
    row->section = pm_db_text(s, i++);
    row->site = pm_db_text(s, i++);
    row->language = pm_db_text(s, i++);
    row->canonical = pm_db_text(s, i++);
    row->captions = pm_db_text(s, i++);
    row->credit = pm_db_text(s, i++);
    row->credit_words = pm_db_text(s, i++);
    row->words = (uint32_t)sqlite3_column_int64(s, i++);
}

/* ---- handle ---- */

/* SQL function pm_glob(pattern, url). */
static void
sql_glob(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
    struct pm_str s[2];

    (void)n;
    for (int i = 0; i < 2; i++) {
        const char *text = (const char *)sqlite3_value_text(arg[i]);

        s[i] = PM_STRN(text, text ? (size_t)sqlite3_value_bytes(arg[i]) : 0);
    }
    sqlite3_result_int(ctx, pm_url_glob(s[0], s[1]));
}

/* SQL function pm_hash(text): the lowest 32 bits of XXH3-64, as a signed number; NULL of NULL. */
static void
sql_hash(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
    const unsigned char *text = sqlite3_value_text(arg[0]);

    (void)n;
    if (text != NULL)
        sqlite3_result_int(ctx, (int32_t)XXH3_64bits(text, (size_t)sqlite3_value_bytes(arg[0])));
}

static int
exec(struct pm_manifest *m, const char *text, struct pm_err *err)
{
    return sqlite3_exec(m->db, text, NULL, NULL, NULL) == SQLITE_OK ? PM_OK : pm_db_fail(m, err);
}

static int
pragma_int(struct pm_manifest *m, const char *text, int64_t *value, struct pm_err *err)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(m->db, text, -1, &s, NULL) == SQLITE_OK ? PM_OK : pm_db_fail(m, err);

    if (rc == PM_OK) {
        rc = pm_db_step(m, s, err);
        *value = rc == PM_OK ? sqlite3_column_int64(s, 0) : 0;
    }
    (void)sqlite3_finalize(s);
    return rc < 0 ? rc : PM_OK;
}

static int
bring_up_to_date(struct pm_manifest *m, bool write, struct pm_err *err)
{
    const int64_t newest = (int64_t)(sizeof(pm_schema_steps) / sizeof(pm_schema_steps[0]));
    int64_t application = 0, version = 0;
    int rc;

    _Static_assert(sizeof(pm_schema_steps) / sizeof(pm_schema_steps[0]) == PM_MANIFEST_VERSION,
                   "a step for each version");
    rc = pragma_int(m, "PRAGMA application_id", &application, err);
    if (rc == PM_OK)
        rc = pragma_int(m, "PRAGMA user_version", &version, err);
    if (rc != PM_OK)
        return rc;
    if (version > newest)
        return pm_fail(err, PM_EVERSION, "manifest has version %lld, this program knows %lld",
                       (long long)version, (long long)newest);
    if ((version != 0 || !write) && application != PM_SCHEMA_APPLICATION_ID)
        return pm_fail(err, PM_ECORRUPT, "not a manifest of pressmark");
    if (version < newest && !write)
        return pm_fail(err, PM_EVERSION, "manifest has the older version %lld; a command that writes brings it up to date",
                       (long long)version);
    for (; rc == PM_OK && version < newest; version++) {
        char set[128];

        rc = exec(m, "BEGIN IMMEDIATE", err);
        if (rc == PM_OK)
            rc = exec(m, pm_schema_steps[version], err);
        (void)sqlite3_snprintf(sizeof(set), set, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                               PM_SCHEMA_APPLICATION_ID, (int)(version + 1));
        if (rc == PM_OK)
            rc = exec(m, set, err);
        if (rc == PM_OK)
            rc = exec(m, "COMMIT", err);
        if (rc != PM_OK)
            (void)sqlite3_exec(m->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}

static int
open_db(struct pm_manifest *m, const char *path, int flags, struct pm_err *err)
{
    if (sqlite3_open_v2(path, &m->db, flags, NULL) != SQLITE_OK)
        return pm_db_fail(m, err);
    (void)sqlite3_busy_timeout(m->db, BUSY_MS);
    /* Text of a schema that someone else wrote must not call functions of ours with side effects. */
    (void)sqlite3_db_config(m->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(m->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_create_function_v2(m->db, "pm_glob", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                   sql_glob, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function_v2(m->db, "pm_hash", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                   sql_hash, NULL, NULL, NULL) != SQLITE_OK)
        return pm_db_fail(m, err);
    return PM_OK;
}

int
pm_manifest_open(struct pm_manifest **dst, const char *path, bool write, struct pm_err *err)
{
    struct pm_manifest *m = calloc(1, sizeof(*m));
    char cache[64];
    int rc;

    if (m == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = open_db(m, path,
                 write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE, err);
    if (rc != PM_OK && !write) { /* on a medium that cannot be written */
        (void)sqlite3_close(m->db);
        rc = open_db(m, path, SQLITE_OPEN_READONLY, err);
    }
    if (rc == PM_OK && write)
        rc = exec(m, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF;", err);
    (void)sqlite3_snprintf(sizeof(cache), cache, "PRAGMA cache_size=-%d", CACHE_KIB);
    if (rc == PM_OK)
        rc = exec(m, cache, err);
    if (rc == PM_OK)
        rc = bring_up_to_date(m, write, err);
    if (rc != PM_OK) {
        pm_manifest_free(m);
        return rc;
    }
    *dst = m;
    return PM_OK;
}

void
pm_manifest_free(struct pm_manifest *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < PM_SQL_COUNT; i++)
        (void)sqlite3_finalize(m->stmt[i]);
    (void)sqlite3_close(m->db);
    free(m);
}

int
pm_manifest_begin(struct pm_manifest *m, struct pm_err *err)
{
    return pm_db_plain(m, PM_SQL_BEGIN, err);
}

int
pm_manifest_begin_read(struct pm_manifest *m, struct pm_err *err)
{
    return pm_db_plain(m, PM_SQL_BEGIN_READ, err);
}

int
pm_manifest_commit(struct pm_manifest *m, struct pm_err *err)
{
    return pm_db_plain(m, PM_SQL_COMMIT, err);
}

void
pm_manifest_rollback(struct pm_manifest *m)
{
    if (!sqlite3_get_autocommit(m->db))
        (void)pm_db_plain(m, PM_SQL_ROLLBACK, NULL);
}

const char *
pm_manifest_sqlite_version(void)
{
    return sqlite3_libversion();
}
