/*
 * The texts of stories: those of the source, and for each other member what it kept, cut and added.
 * What report.js makes of it: two columns.
 */
#include "report_page_own.h"

#include "json.h"
#include "restore.h"
#include "sides.h"
#include "text.h"

enum {
    TEXTS_MAX = 32 << 20,  /* of the page */
    STORY_MAX = 512 << 10, /* of a story; what passes it is left out */
    TEXT_MAX = 256 << 10,  /* of one page */
    DIFF_MEMORY = 256 << 20,
};

struct texts {
    struct pm_reporter *r;
    struct pm_buf source, text;
    struct pm_arena *arena; /* of one difference */
    size_t used, max;
};

/* The cleaned text of a member; PM_SKIP when it is too long for the page, or damaged. */
static int
read_text(struct texts *t, const struct pm_row *row, struct pm_buf *dst)
{
    int rc;

    pm_buf_reset(dst);
    rc = pm_restore_bytes(t->r->manifest, t->r->bundles, row, PM_RESTORE_TEXT, dst, t->r->err);
    return rc == PM_ECORRUPT || rc == PM_ENOTFOUND || rc == PM_ELIMIT ? PM_SKIP : rc;
}

/* The paragraphs of a text, as the rows of pm_sides() count them. */
static void
put_paragraphs(struct pm_buf *json, struct pm_str text)
{
    pm_buf_putc(json, '[');
    for (size_t i = 0; i < text.len;) {
        size_t end = pm_str_find(text, PM_STR("\n"), i);
        struct pm_str line;

        end = end == SIZE_MAX ? text.len : end;
        line = pm_str_trim(PM_STRN(text.ptr + i, end - i));
        if (line.len > 0) {
            pm_json_comma(json);
            pm_json_str(json, line);
        }
        i = end + 1;
    }
    pm_buf_putc(json, ']');
}

/* Length of a text as scripts count: in units of UTF-16. */
static size_t
script_length(struct pm_str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len;)
        n += pm_utf8_next(text, &i) > 0xffff ? 2 : 1;
    return n;
}

/*
 * A piece of a changed paragraph: so many characters of the source, behind the white space before
 * them, kept (n) or cut (-n); or the words added, with the space before them and the paragraph end
 * behind them.
 */
static void
put_piece(struct texts *t, const struct pm_diff_run *run, bool last)
{
    struct pm_buf *json = &t->r->json, *piece = &t->text;

    pm_json_comma(json);
    if (run->op != PM_DIFF_ADD) {
        pm_buf_addf(json, "%s%zu", run->op == PM_DIFF_CUT ? "-" : "", script_length(run->text));
        return;
    }
    pm_buf_reset(piece);
    pm_buf_cstr(piece, run->space_before ? " " : "");
    pm_buf_str(piece, run->text);
    pm_buf_cstr(piece, run->block_end && !last ? "\n" : "");
    pm_json_str(json, pm_buf_span(piece));
    if (piece->failed)
        json->failed = piece->failed;
}

/* What report.js calls R: a number is paragraphs of the source kept (n) or cut (-n), an array a
 * changed row. */
static int
put_rows(struct texts *t, const struct pm_diff *d)
{
    struct pm_buf *json = &t->r->json;
    struct pm_side_row *rows;
    size_t n;
    int rc = pm_sides(d, t->arena, &rows, &n, t->r->err);

    pm_buf_putc(json, '[');
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        const struct pm_side_row *row = &rows[i];

        if (row->kind == PM_SIDE_KEPT || row->kind == PM_SIDE_CUT) {
            size_t end = i + 1;

            while (end < n && rows[end].kind == row->kind)
                end++;
            pm_json_comma(json);
            pm_buf_addf(json, "%s%zu", row->kind == PM_SIDE_CUT ? "-" : "", end - i);
            i = end - 1;
            continue;
        }
        pm_json_comma(json);
        pm_buf_putc(json, '[');
        for (size_t k = row->first; k < row->end; k++)
            put_piece(t, &d->runs[k], k + 1 == row->end);
        pm_buf_putc(json, ']');
    }
    pm_buf_putc(json, ']');
    return rc;
}

/* "number":rows. PM_SKIP, and nothing added, when there is no room for it. */
static int
put_member(struct texts *t, const struct pm_story *s, size_t i)
{
    struct pm_buf *json = &t->r->json;
    size_t before = json->len;
    struct pm_diff d;
    int rc = read_text(t, &s->members[i].row, &t->text);

    if (rc != PM_OK)
        return rc;
    pm_arena_reset(t->arena);
    rc = pm_diff(pm_buf_span(&t->source), pm_arena_str(t->arena, pm_buf_span(&t->text)), PM_DIFF_WORD, t->arena, &d,
                 t->r->err);
    if (rc == PM_OK) {
        pm_buf_addf(json, "%s\"%zu\":", json->data[json->len - 1] == '{' ? "" : ",", i);
        rc = put_rows(t, &d);
    }
    if (rc == PM_ELIMIT || (rc == PM_OK && json->len > STORY_MAX)) {
        json->len = before;
        rc = PM_SKIP;
    }
    return rc;
}

static int
put_story(void *ctx, const struct pm_story *s)
{
    struct texts *t = ctx;
    struct pm_reporter *r = t->r;
    int rc;

    if (t->used >= t->max)
        return PM_DONE;
    rc = read_text(t, &s->members[s->source].row, &t->source);
    if (rc != PM_OK)
        return rc == PM_SKIP ? PM_OK : rc;
    pm_buf_reset(&r->json);
    pm_buf_cstr(&r->json, "{\"p\":");
    put_paragraphs(&r->json, pm_buf_span(&t->source));
    pm_buf_cstr(&r->json, ",\"m\":{");
    for (size_t i = 0; rc >= 0 && i < s->n; i++)
        if (i != s->source && (s->members[i].link.cut_words > 0 || s->members[i].link.added_words > 0))
            rc = put_member(t, s, i);
    pm_buf_cstr(&r->json, "}}");
    if (rc >= 0)
        rc = pm_buf_check(&r->json, r->err);
    if (rc != PM_OK)
        return rc;
    pm_page_put(r->page, "<script type=\"application/json\" id=\"t-");
    pm_page_text(r->page, s->cluster.id);
    pm_page_put(r->page, "\">");
    pm_page_json(r->page, pm_buf_span(&r->json));
    pm_page_put(r->page, "</script>\n");
    t->used += r->json.len;
    r->result->texts++;
    return PM_OK;
}

int
pm_report_texts(struct pm_reporter *r)
{
    struct texts t = {.r = r,
                      .source = PM_BUF_INIT(TEXT_MAX),
                      .text = PM_BUF_INIT(TEXT_MAX),
                      .arena = pm_arena_new(DIFF_MEMORY),
                      .max = r->options->texts_max ? r->options->texts_max : TEXTS_MAX};
    int rc = t.arena ? PM_OK : pm_fail(r->err, PM_ENOMEM, "out of memory");

    if (rc == PM_OK)
        rc = pm_report_each_story(r, "comparing texts", 0, put_story, &t);
    r->result->texts_left_out = r->result->stories - r->result->texts;
    pm_arena_free(t.arena);
    pm_buf_release(&t.source);
    pm_buf_release(&t.text);
    return rc;
}
