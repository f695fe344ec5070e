/*
 * manifest_db.h - the handle and the statements that the parts of the manifest share.
 *
 * No other file includes this or sqlite3.h.
 */
#ifndef PM_MANIFEST_DB_H
#define PM_MANIFEST_DB_H

#include <sqlite3.h>

#include "manifest.h"

enum pm_sql {
    PM_SQL_BEGIN, PM_SQL_BEGIN_READ, PM_SQL_COMMIT, PM_SQL_ROLLBACK,
    PM_SQL_PUT_BUNDLE, PM_SQL_LAST_BUNDLE, PM_SQL_EACH_BUNDLE, PM_SQL_GET_RECORD,
    PM_SQL_COPY, PM_SQL_FORGET_BUNDLES, PM_SQL_FORGET_RECORDS, PM_SQL_MOVE, PM_SQL_SHARE_TEXTS, PM_SQL_PUT_RECORD, PM_SQL_HAS_RECORD, PM_SQL_EACH_RECORD, PM_SQL_EACH_PLACE,
    PM_SQL_EACH_BY_URL,
    PM_SQL_PUT_CAPTURE, PM_SQL_GET, PM_SQL_FIND_UID, PM_SQL_FIND_PAYLOAD, PM_SQL_PUT_FINGERPRINT,
    PM_SQL_EACH_FINGERPRINT, PM_SQL_GET_FINGERPRINT, PM_SQL_EACH_TEXT, PM_SQL_GET_TEXT_LOC, PM_SQL_BY_UID, PM_SQL_BY_KEY, PM_SQL_BY_URL, PM_SQL_BY_CLUSTER,
    PM_SQL_BY_OUTLET, PM_SQL_BY_WHEN, PM_SQL_TOTALS,
    PM_SQL_CLEAR_EDGES, PM_SQL_CLEAR_MEMBERS, PM_SQL_CLEAR_CLUSTERS, PM_SQL_CLEAR_RUN, PM_SQL_PUT_RUN,
    PM_SQL_GET_RUN, PM_SQL_PUT_EDGE, PM_SQL_GET_EDGE, PM_SQL_DROP_EDGE, PM_SQL_DROP_CLUSTERS, PM_SQL_DROP_MEMBERS, PM_SQL_PUT_CLUSTER, PM_SQL_PUT_MEMBER,
    PM_SQL_EACH_CLUSTER, PM_SQL_GET_CLUSTER, PM_SQL_EACH_MEMBER, PM_SQL_CLUSTER_OF,
    PM_SQL_PUT_BLOCKS, PM_SQL_GET_BLOCKS, PM_SQL_PUT_UNLEARNED, PM_SQL_UNLEARNED, PM_SQL_TRIM_BLOCKS, PM_SQL_EACH_BLOCKS,
    PM_SQL_CLEAR_FURNITURE, PM_SQL_CLEAR_UNLEARNED, PM_SQL_PUT_FURNITURE, PM_SQL_EACH_FURNITURE,
    PM_SQL_COUNT,
};

struct pm_manifest {
    sqlite3 *db;
    sqlite3_stmt *stmt[PM_SQL_COUNT]; /* prepared when first used */
};

/* Columns of a pm_row as pm_db_row() reads them, from a capture called c. */
#define PM_DB_CANONICAL "CASE c.canonical WHEN '' THEN c.url ELSE c.canonical END"
#define PM_DB_COLUMNS                                                                              \
    "c.id,c.uid,c.key,c.url,c.outlet,c.type,c.when_us,c.when_source,c.media,c.status,"             \
    "c.payload_size,c.payload_sha256,c.original,c.page_bundle,c.page_offset,c.page_length,"        \
    "c.text_bundle,c.text_offset,c.text_length,c.meta_bundle,c.meta_offset,c.meta_length,"         \
    "c.title,c.standfirst,c.byline,c.published,c.modified,c.section,c.site,c.language,"            \
    PM_DB_CANONICAL ",c.captions,c.credit,c.credit_words,c.words"
enum { PM_DB_N_COLUMNS = 35 };

/* The statement, reset and ready to be bound; NULL with *err filled when it cannot be had. */
sqlite3_stmt *pm_db_ready(struct pm_manifest *m, enum pm_sql which, struct pm_err *err);
/* The row of the statement with `id` for its first parameter: PM_OK with *s at it; else as pm_db_step(). */
int pm_db_find(struct pm_manifest *m, enum pm_sql which, int64_t id, sqlite3_stmt **s, struct pm_err *err) PM_MUST_USE;
/* Step once: PM_OK for a row, PM_DONE at the end (the statement is reset). */
int pm_db_step(struct pm_manifest *m, sqlite3_stmt *s, struct pm_err *err) PM_MUST_USE;
/* Step a statement that gives no rows, and reset it. */
int pm_db_run(struct pm_manifest *m, sqlite3_stmt *s, struct pm_err *err) PM_MUST_USE;
int pm_db_fail(struct pm_manifest *m, struct pm_err *err);

/* Run one without parameters; err may be NULL. */
int pm_db_plain(struct pm_manifest *m, enum pm_sql which, struct pm_err *err);

/* NULL when absent. The bytes must live until the statement is reset. */
void pm_db_bind(sqlite3_stmt *s, int i, struct pm_str text);
void pm_db_bind_when(sqlite3_stmt *s, int i, int64_t when_us);
void pm_db_bind_blob(sqlite3_stmt *s, int i, const void *bytes, size_t len);
/* A capture's number; NULL for 0. */
void pm_db_bind_ref(sqlite3_stmt *s, int i, int64_t capture);
struct pm_str pm_db_text(sqlite3_stmt *s, int i);
int64_t pm_db_when(sqlite3_stmt *s, int i);
struct pm_str pm_db_blob(sqlite3_stmt *s, int i);
/* A blob of a length that the format fixes; zeros when the manifest was tampered with. */
void pm_db_copy(sqlite3_stmt *s, int i, void *dst, size_t len);
struct pm_loc pm_db_loc(sqlite3_stmt *s, int i);
/* Read PM_DB_COLUMNS that start at column `first`; views live until the next step. */
void pm_db_row(sqlite3_stmt *s, int first, struct pm_row *row);

#endif
