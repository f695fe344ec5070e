#include "diff_page.h"

#include "page.h"
#include "restore.h"
#include "sides.h"
#include "version.h"

enum { TEXT_MAX = 1 << 20, MEMORY_MAX = 1 << 30, TITLE_MAX = 300, NAME_MAX = 100, URL_MAX = 300 };

struct differ {
    struct pm_page *page;
    const struct pm_row *a, *b;
    struct pm_buf old_text, new_text;
    struct pm_arena *arena;
    struct pm_err *err;
};

/* ---- what they are ---- */

static struct pm_str
title_of(const struct pm_row *row)
{
    return row->title.len > 0 ? row->title : row->url;
}

static void
put_fact(struct pm_page *p, const char *name, struct pm_str value)
{
    if (value.len == 0)
        return;
    pm_page_put(p, "<dt>");
    pm_page_put(p, name);
    pm_page_put(p, "</dt><dd>");
    pm_page_bdi(p, value, TITLE_MAX);
    pm_page_put(p, "</dd>\n");
}

static void
put_capture(struct pm_page *p, const struct pm_row *row)
{
    pm_page_put(p, "<dl class=\"facts\">");
    put_fact(p, "Outlet", row->outlet);
    pm_page_put(p, "<dt>Date</dt><dd>");
    pm_page_when(p, row->when_us);
    pm_page_put(p, "</dd>\n");
    put_fact(p, "Credit", row->credit.len > 0 ? row->credit : PM_STR("none"));
    pm_page_put(p, "<dt>URL</dt><dd>");
    if (pm_page_is_link(row->url)) {
        pm_page_put(p, "<a rel=\"noopener noreferrer nofollow\" href=\"");
        pm_page_text(p, row->url);
        pm_page_put(p, "\">");
    }
    pm_page_bdi(p, row->url, URL_MAX);
    pm_page_put(p, pm_page_is_link(row->url) ? "</a></dd>\n" : "</dd>\n");
    pm_page_putf(p, "<dt>Words</dt><dd>%u</dd>\n<dt>Capture</dt><dd><code>", row->words);
    pm_page_hex(p, row->uid, PM_UID_LEN);
    pm_page_put(p, "</code></dd></dl>\n");
}

static void
put_top(struct differ *d, const struct pm_diff *words)
{
    struct pm_page *p = d->page;
    bool retitled = !pm_str_eq(d->a->title, d->b->title);

    pm_page_put(p, "<a class=\"skip\" href=\"#main\">Skip to the texts</a>\n<header>"
                   "<p class=\"kicker\">Two texts compared</p>\n<h1>");
    if (retitled) {
        pm_page_put(p, "<del>");
        pm_page_bdi(p, title_of(d->a), TITLE_MAX);
        pm_page_put(p, "</del> <ins>");
        pm_page_bdi(p, title_of(d->b), TITLE_MAX);
        pm_page_put(p, "</ins>");
    } else {
        pm_page_bdi(p, title_of(d->b), TITLE_MAX);
    }
    pm_page_put(p, "</h1>\n<p class=\"lede\">");
    if (words->cut_words == 0 && words->added_words == 0) {
        pm_page_put(p, "The same text, word for word.");
    } else {
        pm_page_count(p, words->kept_words);
        pm_page_put(p, words->kept_words == 1 ? " word kept, " : " words kept, ");
        pm_page_count(p, words->cut_words);
        pm_page_put(p, " cut, ");
        pm_page_count(p, words->added_words);
        pm_page_put(p, " added. The longest passage in common has ");
        pm_page_count(p, words->longest_common);
        pm_page_put(p, words->longest_common == 1 ? " word." : " words.");
    }
    pm_page_put(p, "</p>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n<div class=\"pair\">"
                   "<section aria-labelledby=\"a-h\"><h2 id=\"a-h\">From</h2>\n");
    put_capture(p, d->a);
    pm_page_put(p, "</section>\n<section aria-labelledby=\"b-h\"><h2 id=\"b-h\">To</h2>\n");
    put_capture(p, d->b);
    pm_page_put(p, "</section></div>\n");
}

/* ---- the texts ---- */

/* A cell of one side: what it keeps, and what it alone has, marked. */
static void
put_cell(struct pm_page *p, const struct pm_diff *d, const struct pm_side_row *row, enum pm_diff_op mine,
         const char *mark)
{
    pm_page_put(p, "<td dir=\"auto\">");
    for (size_t i = row->first; i < row->end; i++) {
        const struct pm_diff_run *run = &d->runs[i];
        bool marked = run->op == mine;

        if (run->op != PM_DIFF_KEEP && !marked)
            continue;
        if (run->space_before)
            pm_page_put(p, " ");
        if (marked)
            pm_page_putf(p, "<%s>", mark);
        pm_page_text(p, run->text);
        if (marked)
            pm_page_putf(p, "</%s>", mark);
        if (run->block_end && i + 1 < row->end)
            pm_page_put(p, "\n");
    }
    pm_page_put(p, "</td>");
}

static void
put_name(struct pm_page *p, const struct pm_row *row)
{
    pm_page_bdi(p, row->outlet.len > 0 ? row->outlet : row->url, NAME_MAX);
    pm_page_put(p, ", ");
    pm_page_when(p, row->when_us);
}

static int
put_rows(struct differ *x, const struct pm_diff *d, const char *caption)
{
    static const char *const kinds[] = {"kept", "cut", "added", "changed"};
    struct pm_page *p = x->page;
    struct pm_side_row *rows;
    size_t n;
    int rc = pm_sides(d, x->arena, &rows, &n, x->err);

    if (rc != PM_OK)
        return rc;
    pm_page_putf(p,
                 "<table class=\"sides\"><caption class=\"hidden\">%s</caption><thead><tr>"
                 "<th scope=\"col\" class=\"what\"></th><th scope=\"col\">From ",
                 caption);
    put_name(p, x->a);
    pm_page_put(p, "</th><th scope=\"col\">To ");
    put_name(p, x->b);
    pm_page_put(p, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++) {
        pm_page_putf(p, "<tr class=\"%s\"><th scope=\"row\" class=\"what\">%s</th>", kinds[rows[i].kind],
                     kinds[rows[i].kind]);
        put_cell(p, d, &rows[i], PM_DIFF_CUT, "del");
        put_cell(p, d, &rows[i], PM_DIFF_ADD, "ins");
        pm_page_put(p, "</tr>\n");
    }
    pm_page_put(p, "</tbody></table>\n");
    return pm_page_check(p, x->err);
}

static int
put_page(struct differ *x, const struct pm_diff *words, const struct pm_diff *sentences)
{
    struct pm_page *p = x->page;
    int rc;

    put_top(x, words);
    pm_page_put(p, "<section aria-labelledby=\"words-h\"><h2 id=\"words-h\">Word by word</h2>\n");
    rc = put_rows(x, words, "Both texts, paragraph by paragraph, changed words marked");
    pm_page_put(p, "</section>\n<section aria-labelledby=\"sentences-h\">"
                   "<h2 id=\"sentences-h\">Sentence by sentence</h2>\n<details>"
                   "<summary>A sentence is alike or not</summary>\n");
    if (rc == PM_OK)
        rc = put_rows(x, sentences, "Both texts, paragraph by paragraph, changed sentences marked");
    pm_page_put(p, "</details></section>\n</main>\n<footer>"
                   "<p>Case and punctuation do not count; kept text is as the first has it. Made by "
                   "pressmark " PM_VERSION ". This page asks for nothing from the network.</p></footer>\n");
    return rc;
}

int
pm_diff_page(struct pm_manifest *m, struct pm_bundle_reader *bundles, const struct pm_row *a, const struct pm_row *b,
             const char *target, int out_fd, struct pm_err *err)
{
    struct differ x = {.a = a,
                       .b = b,
                       .old_text = PM_BUF_INIT(TEXT_MAX),
                       .new_text = PM_BUF_INIT(TEXT_MAX),
                       .arena = pm_arena_new(MEMORY_MAX),
                       .err = err};
    struct pm_buf title = PM_BUF_INIT(TEXT_MAX);
    struct pm_diff words, sentences;
    int rc = x.arena ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");

    if (rc == PM_OK)
        rc = pm_restore_bytes(m, bundles, a, PM_RESTORE_TEXT, &x.old_text, err);
    if (rc == PM_OK)
        rc = pm_restore_bytes(m, bundles, b, PM_RESTORE_TEXT, &x.new_text, err);
    if (rc == PM_OK)
        rc = pm_diff(pm_buf_span(&x.old_text), pm_buf_span(&x.new_text), PM_DIFF_WORD, x.arena, &words, err);
    if (rc == PM_OK)
        rc = pm_diff(pm_buf_span(&x.old_text), pm_buf_span(&x.new_text), PM_DIFF_SENTENCE, x.arena, &sentences, err);
    pm_page_cut(&title, title_of(b), NAME_MAX);
    if (rc == PM_OK)
        rc = pm_buf_check(&title, err);
    if (rc == PM_OK)
        rc = pm_page_open(&x.page, target, out_fd, pm_buf_span(&title), false, err);
    if (rc == PM_OK)
        rc = put_page(&x, &words, &sentences);
    if (rc == PM_OK)
        rc = pm_page_close(x.page, err);
    pm_page_free(x.page);
    pm_arena_free(x.arena);
    pm_buf_release(&x.old_text);
    pm_buf_release(&x.new_text);
    pm_buf_release(&title);
    return rc;
}
