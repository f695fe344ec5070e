/* Texts and fingerprints of the manifest. */
#include "manifest_db.h"

int
pm_manifest_each_text(struct pm_manifest *m, int64_t after, int (*each)(void *ctx, const struct pm_text_row *row),
                      void *ctx, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_TEXT, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, after);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        struct pm_text_row row = {
            .capture = sqlite3_column_int64(s, 0),
            .url = pm_db_text(s, 7),
            .outlet = pm_db_text(s, 2),
            .when_us = pm_db_when(s, 3),
            .when_source = (enum pm_when_source)sqlite3_column_int(s, 4),
            .words = (uint32_t)sqlite3_column_int64(s, 5),
            .exact = (uint64_t)sqlite3_column_int64(s, 6),
        };

        pm_db_copy(s, 1, row.uid, sizeof(row.uid));
        rc = each(ctx, &row);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_each_fingerprint(struct pm_manifest *m, int64_t after,
                             int (*each)(void *ctx, int64_t capture, struct pm_str packed), void *ctx,
                             struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_FINGERPRINT, err);
    int rc;

    if (s == NULL)
        return err->code;
    (void)sqlite3_bind_int64(s, 1, after);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        rc = each(ctx, sqlite3_column_int64(s, 0), pm_db_blob(s, 1));
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_text_loc(struct pm_manifest *m, int64_t capture, struct pm_text_loc *dst, struct pm_str *outlet,
                     struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc = pm_db_find(m, PM_SQL_GET_TEXT_LOC, capture, &s, err);

    if (rc == PM_OK) {
        *dst = (struct pm_text_loc){.text = pm_db_loc(s, 0), .page = pm_db_loc(s, 3)};
        *outlet = pm_db_text(s, 6);
    }
    return rc == PM_DONE ? pm_fail(err, PM_ECORRUPT, "manifest: capture %lld is gone", (long long)capture) : rc;
}
