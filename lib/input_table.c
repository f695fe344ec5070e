/* urls.tsv and urls.csv: what is known of the pages that lie beside them. */
#include <fcntl.h>
#include <stdlib.h>

#include "fs.h"
#include "input_own.h"

enum { TABLE_MAX = 256 << 20, COLUMNS_MAX = 64 };

enum column { COL_FILE, COL_URL, COL_DATE, COL_OUTLET, COL_TITLE, COL_ID, COL_TYPE, COL_COUNT };

bool
pm_input_is_table(struct pm_str path)
{
    size_t slash = path.len;

    if (path.len == 0)
        return false;
    while (slash > 0 && path.ptr[slash - 1] != '/')
        slash--;
    path = PM_STRN(path.ptr + slash, path.len - slash);
    return pm_str_eq(path, PM_STR("urls.tsv")) || pm_str_eq(path, PM_STR("urls.csv"));
}

/* ---- cells ---- */

struct reader {
    struct pm_str text;
    size_t at;
    char separator;
    struct pm_arena *arena;
};

/* A cell in quotes (RFC 4180, 2): two quotes stand for one. */
static struct pm_str
quoted_cell(struct reader *r)
{
    size_t end = r->at + 1, n = 0;
    char *out;

    while (end < r->text.len &&
           (r->text.ptr[end] != '"' || (end + 1 < r->text.len && r->text.ptr[end + 1] == '"')))
        end += r->text.ptr[end] == '"' ? 2 : 1;
    out = pm_arena_alloc(r->arena, end - r->at + 1);
    for (size_t i = r->at + 1; out != NULL && i < end; i++) {
        out[n++] = r->text.ptr[i];
        i += r->text.ptr[i] == '"';
    }
    r->at = end < r->text.len ? end + 1 : end;
    return out != NULL ? PM_STRN(out, n) : PM_STR_NULL;
}

/* The cells of the next line, at most COLUMNS_MAX of them; false at the end. */
static bool
next_line(struct reader *r, struct pm_str cells[COLUMNS_MAX], size_t *n)
{
    *n = 0;
    if (r->at >= r->text.len)
        return false;
    for (;;) {
        struct pm_str cell;

        if (r->separator == ',' && r->at < r->text.len && r->text.ptr[r->at] == '"') {
            cell = quoted_cell(r);
        } else {
            size_t end = r->at;

            while (end < r->text.len && r->text.ptr[end] != r->separator &&
                   r->text.ptr[end] != '\n')
                end++;
            cell = pm_str_trim(PM_STRN(r->text.ptr + r->at, end - r->at));
            r->at = end;
        }
        if (*n < COLUMNS_MAX)
            cells[(*n)++] = cell;
        while (r->at < r->text.len && r->text.ptr[r->at] == '\r')
            r->at++;
        if (r->at >= r->text.len)
            return true;
        if (r->text.ptr[r->at] == '\n') {
            r->at++;
            return true;
        }
        if (r->text.ptr[r->at] == r->separator)
            r->at++;
        else
            while (r->at < r->text.len && r->text.ptr[r->at] != r->separator &&
                   r->text.ptr[r->at] != '\n')
                r->at++; /* what stands behind a closing quote */
    }
}

/* ---- columns ---- */

static int
column_of(struct pm_str name)
{
    static const struct {
        const char *name;
        enum column column;
    } names[] = {
        {"file", COL_FILE},      {"filename", COL_FILE},    {"path", COL_FILE},
        {"name", COL_FILE},      {"url", COL_URL},          {"uri", COL_URL},
        {"link", COL_URL},       {"date", COL_DATE},        {"time", COL_DATE},
        {"timestamp", COL_DATE}, {"published", COL_DATE},   {"outlet", COL_OUTLET},
        {"source", COL_OUTLET},  {"publisher", COL_OUTLET}, {"site", COL_OUTLET},
        {"title", COL_TITLE},    {"headline", COL_TITLE},   {"id", COL_ID},
        {"key", COL_ID},         {"type", COL_TYPE},        {"content-type", COL_TYPE},
        {"mime", COL_TYPE},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (pm_str_ieq(name, pm_str_of(names[i].name)))
            return (int)names[i].column;
    return COL_COUNT;
}

/*
 * Which column is which, from the first line; false when it is no header line. Without one the
 * columns are file, URL, date, outlet, title.
 */
static bool
find_columns(const struct pm_str *cells, size_t n, size_t where[COL_COUNT])
{
    for (size_t c = 0; c < COL_COUNT; c++)
        where[c] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        int c = column_of(cells[i]);

        if (c != COL_COUNT && where[c] == SIZE_MAX)
            where[c] = i;
    }
    if (where[COL_FILE] != SIZE_MAX && where[COL_URL] != SIZE_MAX)
        return true;
    for (size_t c = 0; c < COL_COUNT; c++)
        where[c] = c < COL_ID ? c : SIZE_MAX;
    return false;
}

/* A path without "./" before it. */
static struct pm_str
bare(struct pm_str path)
{
    while (pm_str_starts(path, PM_STR("./")))
        path = PM_STRN(path.ptr + 2, path.len - 2);
    return path;
}

static int
by_file(const void *a, const void *b)
{
    return pm_str_cmp(((const struct table_row *)a)->file, ((const struct table_row *)b)->file);
}

static void
add_row(struct input_table *t, const struct pm_str *cells, size_t n, const size_t where[COL_COUNT],
        struct pm_str prefix)
{
    struct table_row row = {.file = PM_STR_NULL};
    struct pm_str *dst[COL_COUNT] = {&row.file,   &row.url,   &row.date, &row.outlet,
                                     &row.title, &row.id, &row.type};
    struct table_row *grown;

    for (size_t c = 0; c < COL_COUNT; c++)
        if (where[c] < n && cells[where[c]].len > 0)
            *dst[c] = cells[where[c]];
    if (row.file.len == 0 || row.url.len == 0)
        return;
    row.file = bare(row.file);
    if (prefix.len > 0)
        row.file = pm_arena_strf(t->arena, "%.*s%.*s", (int)prefix.len, prefix.ptr,
                                 (int)row.file.len, row.file.ptr);
    grown = pm_grow(t->rows, &t->cap, t->n + 1, sizeof(*grown));
    if (grown == NULL) {
        t->failed = true;
        return;
    }
    t->rows = grown;
    t->rows[t->n++] = row;
}

int
pm_input_table_new(struct input_table **dst, struct pm_str text, struct pm_str path,
                   struct pm_err *err)
{
    struct input_table *t = calloc(1, sizeof(*t));
    struct reader r = {.separator = pm_str_ends(path, PM_STR(".csv")) ? ',' : '\t'};
    struct pm_str cells[COLUMNS_MAX], prefix = path;
    size_t where[COL_COUNT], n;
    bool first = true;
    int rc;

    if (t == NULL || (t->arena = pm_arena_new((size_t)4 * TABLE_MAX)) == NULL) {
        free(t);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    while (prefix.len > 0 && prefix.ptr[prefix.len - 1] != '/')
        prefix.len--;
    prefix = bare(prefix);
    r.arena = t->arena;
    r.text = pm_arena_str(t->arena, text);
    if (pm_str_starts(r.text, PM_STR("\xef\xbb\xbf")))
        r.at = 3;
    while (next_line(&r, cells, &n)) {
        bool header = first && find_columns(cells, n, where);

        first = false;
        if (!header)
            add_row(t, cells, n, where, prefix);
    }
    rc = t->failed ? pm_fail(err, PM_ENOMEM, "out of memory") : pm_arena_check(t->arena, err);
    if (rc != PM_OK) {
        pm_input_table_free(t);
        return rc;
    }
    if (t->n > 0)
        qsort(t->rows, t->n, sizeof(*t->rows), by_file);
    *dst = t;
    return PM_OK;
}

int
pm_input_table_read(struct input_table **dst, const char *path, struct pm_err *err)
{
    struct pm_buf text = PM_BUF_INIT(TABLE_MAX);
    const char *slash = strrchr(path, '/');
    int rc = pm_fs_read(AT_FDCWD, path, &text, err);

    if (rc == PM_OK)
        rc = pm_input_table_new(dst, pm_buf_span(&text),
                                pm_str_of(slash != NULL ? slash + 1 : path), err);
    pm_buf_release(&text);
    return rc;
}

void
pm_input_table_free(struct input_table *t)
{
    if (t == NULL)
        return;
    free(t->rows);
    pm_arena_free(t->arena);
    free(t);
}

const struct table_row *
pm_input_table_find(const struct input_table *t, struct pm_str file)
{
    struct table_row want = {.file = bare(file)};

    if (t == NULL || t->n == 0)
        return NULL;
    return bsearch(&want, t->rows, t->n, sizeof(*t->rows), by_file);
}
