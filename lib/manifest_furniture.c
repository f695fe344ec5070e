/* Blocks of texts, and the furniture learned from them, in the manifest. */
#include "manifest.h"
#include "manifest_db.h"

/* Run a statement whose one parameter is an outlet. */
static int
run_for(struct pm_manifest *m, enum pm_sql which, struct pm_str outlet, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, which, err);

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, outlet);
    return pm_db_run(m, s, err);
}

int
pm_manifest_put_blocks(struct pm_manifest *m, const struct pm_row *row, struct pm_str packed, struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc;

    if (row->outlet.len == 0)
        return PM_OK;
    s = pm_db_ready(m, PM_SQL_PUT_BLOCKS, err);
    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, row->outlet);
    pm_db_bind_blob(s, 2, row->uid, sizeof(row->uid));
    (void)sqlite3_bind_int64(s, 3, row->capture);
    pm_db_bind_blob(s, 4, packed.ptr, packed.len);
    rc = pm_db_run(m, s, err);
    return rc == PM_OK ? run_for(m, PM_SQL_PUT_UNLEARNED, row->outlet, err) : rc;
}

int
pm_manifest_get_blocks(struct pm_manifest *m, const struct pm_row *row, struct pm_str *packed, struct pm_err *err)
{
    sqlite3_stmt *s;
    int rc;

    if (row->outlet.len == 0)
        return PM_DONE;
    s = pm_db_ready(m, PM_SQL_GET_BLOCKS, err);
    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, row->outlet);
    pm_db_bind_blob(s, 2, row->uid, sizeof(row->uid));
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK)
        *packed = pm_db_blob(s, 0);
    return rc;
}

int
pm_manifest_unlearned(struct pm_manifest *m, struct pm_arena *arena, struct pm_str *outlet, struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_UNLEARNED, err);
    int rc;

    if (s == NULL)
        return err->code;
    rc = pm_db_step(m, s, err);
    if (rc == PM_OK) {
        *outlet = pm_arena_str(arena, pm_db_text(s, 0));
        rc = pm_arena_check(arena, err);
        (void)sqlite3_reset(s);
    }
    return rc;
}

int
pm_manifest_each_blocks(struct pm_manifest *m, struct pm_str outlet, size_t max,
                        int (*each)(void *ctx, int64_t capture, struct pm_str packed), void *ctx,
                        struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_TRIM_BLOCKS, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, outlet);
    (void)sqlite3_bind_int64(s, 2, (int64_t)max);
    rc = pm_db_run(m, s, err);
    if (rc != PM_OK)
        return rc;
    s = pm_db_ready(m, PM_SQL_EACH_BLOCKS, err);
    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, outlet);
    (void)sqlite3_bind_int64(s, 2, (int64_t)max);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        rc = each(ctx, sqlite3_column_int64(s, 0), pm_db_blob(s, 1));
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_manifest_put_furniture(struct pm_manifest *m, struct pm_str outlet, const struct pm_furniture_row *rows, size_t n,
                          struct pm_err *err)
{
    int rc = run_for(m, PM_SQL_CLEAR_FURNITURE, outlet, err);

    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        sqlite3_stmt *s = pm_db_ready(m, PM_SQL_PUT_FURNITURE, err);

        if (s == NULL)
            return err->code;
        pm_db_bind(s, 1, outlet);
        (void)sqlite3_bind_int64(s, 2, (int64_t)rows[i].hash);
        (void)sqlite3_bind_int64(s, 3, rows[i].captures);
        (void)sqlite3_bind_int64(s, 4, rows[i].of);
        (void)sqlite3_bind_int(s, 5, rows[i].opens);
        pm_db_bind(s, 6, rows[i].text);
        rc = pm_db_run(m, s, err);
    }
    return rc == PM_OK ? run_for(m, PM_SQL_CLEAR_UNLEARNED, outlet, err) : rc;
}

int
pm_manifest_each_furniture(struct pm_manifest *m, struct pm_str outlet,
                           int (*each)(void *ctx, const struct pm_furniture_row *row), void *ctx,
                           struct pm_err *err)
{
    sqlite3_stmt *s = pm_db_ready(m, PM_SQL_EACH_FURNITURE, err);
    int rc;

    if (s == NULL)
        return err->code;
    pm_db_bind(s, 1, outlet);
    while ((rc = pm_db_step(m, s, err)) == PM_OK) {
        const struct pm_furniture_row row = {
            .hash = (uint64_t)sqlite3_column_int64(s, 0),
            .captures = (uint32_t)sqlite3_column_int64(s, 1),
            .of = (uint32_t)sqlite3_column_int64(s, 2),
            .opens = sqlite3_column_int(s, 3) != 0,
            .text = pm_db_text(s, 4),
        };

        rc = each(ctx, &row);
        if (rc != PM_OK)
            break;
    }
    (void)sqlite3_reset(s);
    return rc == PM_DONE ? PM_OK : rc;
}
