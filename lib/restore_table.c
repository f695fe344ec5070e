#include "restore_table.h"

#include "restore_name.h"

#define HEADER "file\turl\tdate\toutlet\ttitle\tid\ttype\tstatus\n"

struct table {
    enum pm_restore_as as;
    struct pm_namer namer;
    struct pm_buf *out, name;
    uint64_t rows;
    struct pm_err *err;
};

static bool
is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

static void
put_url(struct pm_buf *dst, struct pm_str url)
{
    for (size_t i = 0; i < url.len; i++) {
        if (is_control(url.ptr[i]))
            pm_buf_addf(dst, "%%%02X", (unsigned char)url.ptr[i]);
        else
            pm_buf_putc(dst, url.ptr[i]);
    }
}

static void
put_words(struct pm_buf *dst, struct pm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        pm_buf_putc(dst, is_control(s.ptr[i]) ? ' ' : s.ptr[i]);
}

/* A key is given back as it was or not at all: it says which capture it is. */
static void
put_key(struct pm_buf *dst, struct pm_str key)
{
    for (size_t i = 0; i < key.len; i++)
        if (is_control(key.ptr[i]))
            return;
    if (pm_str_eq(pm_str_trim(key), key))
        pm_buf_str(dst, key);
}

static int
put_row(void *ctx, const struct pm_row *row)
{
    struct table *t = ctx;
    struct pm_buf *out = t->out;
    int rc = pm_namer_choose(&t->namer, row, t->as, &t->name, t->err);

    if (rc != PM_OK)
        return rc == PM_SKIP ? PM_OK : rc;
    pm_buf_str(out, pm_buf_span(&t->name));
    pm_buf_putc(out, '\t');
    put_url(out, row->url);
    pm_buf_putc(out, '\t');
    if (row->when_us != PM_WHEN_NONE)
        pm_when_iso(out, row->when_us);
    pm_buf_putc(out, '\t');
    put_words(out, row->outlet);
    pm_buf_putc(out, '\t');
    put_words(out, row->title);
    pm_buf_putc(out, '\t');
    put_key(out, row->key);
    pm_buf_putc(out, '\t');
    put_words(out, row->type);
    pm_buf_putc(out, '\t');
    if (row->status != 0)
        pm_buf_addf(out, "%d", row->status);
    pm_buf_putc(out, '\n');
    t->rows++;
    return pm_buf_check(out, t->err);
}

int
pm_restore_table(const struct pm_chosen *chosen, enum pm_restore_as as, struct pm_buf *dst, uint64_t *rows,
                 struct pm_err *err)
{
    struct table t = {.as = as, .namer = PM_NAMER_INIT, .out = dst, .name = PM_BUF_INIT(1 << 12), .err = err};
    int rc;

    pm_buf_cstr(dst, HEADER);
    rc = pm_namer_reserve(&t.namer, PM_STR(PM_RESTORE_TABLE), err);
    if (rc == PM_OK)
        rc = pm_chosen_each(chosen, put_row, &t, err);
    *rows = t.rows;
    pm_namer_release(&t.namer);
    pm_buf_release(&t.name);
    return rc == PM_OK ? pm_buf_check(dst, err) : rc;
}
