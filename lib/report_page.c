#include "report_page.h"

#include "clean.h"
#include "report_page_own.h"
#include "version.h"

enum { STORY_MEMORY = 1 << 30, JSON_MAX = 1 << 30, PARAMETERS_MAX = 1 << 20 };

#define TITLE "Who ran what, and what they changed"

static void
put_range(struct pm_reporter *r)
{
    struct pm_page *p = r->page;

    pm_page_put(p, "<p class=\"kicker\">Coverage");
    if (r->tally->first_us != PM_WHEN_NONE) {
        pm_page_put(p, " of ");
        pm_page_day(p, r->tally->first_us);
        if (r->tally->last_us / PM_DAY_US != r->tally->first_us / PM_DAY_US) {
            pm_page_put(p, " to ");
            pm_page_day(p, r->tally->last_us);
        }
    }
    pm_page_put(p, "</p>\n");
}

/* "1 page", "2 pages" */
static void
put_counted(struct pm_page *p, uint64_t n, const char *one, const char *many)
{
    pm_page_count(p, n);
    pm_page_put(p, " ");
    pm_page_put(p, n == 1 ? one : many);
}

/* What there is to say in two sentences. */
static void
put_lede(struct pm_page *p, const struct pm_tally *t)
{
    uint64_t silent = t->pages[PM_TALLY_SILENT], wire = t->pages[PM_TALLY_CREDITED] + silent;

    if (wire > 0) {
        pm_report_share(p, wire, t->all);
        pm_page_put(p, " of ");
        put_counted(p, t->all, "page carries", "pages carry");
        pm_page_put(p, " wire copy. ");
        pm_page_count(p, t->pages[PM_TALLY_CREDITED]);
        pm_page_put(p, t->pages[PM_TALLY_CREDITED] == 1 ? " says so; " : " say so; ");
        put_counted(p, silent, "shares its text with a page that does, and credits",
                    "share their text with a page that does, and credit");
        pm_page_put(p, " nobody.");
    } else {
        pm_page_put(p, "No page names an agency as its source. ");
        pm_page_count(p, t->pages[PM_TALLY_SHARED]);
        pm_page_put(p, " of ");
        put_counted(p, t->all, "page shares its", "pages share their");
        pm_page_put(p, " text with another outlet.");
    }
}

static void
put_top(struct pm_reporter *r, struct pm_str title)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;

    pm_page_put(p, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
                   "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern "
                   "id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
                   "patternTransform=\"rotate(45)\"><rect class=\"hatch-b\" width=\"5\" "
                   "height=\"5\"/><rect class=\"hatch-f\" width=\"2\" "
                   "height=\"5\"/></pattern></defs></svg>\n<header>");
    put_range(r);
    pm_page_put(p, "<h1>");
    pm_page_bdi(p, title, PM_PAGE_TITLE_MAX);
    pm_page_put(p, "</h1>\n<p class=\"lede\">");
    put_lede(p, t);
    pm_page_put(p, "</p>\n<nav aria-label=\"Sections\"><ul><li><a href=\"#overview\">Wire copy</a></li><li>"
                   "<a href=\"#by-outlet\">Outlets</a></li><li><a href=\"#stories\">Stories</a></li><li>"
                   "<a href=\"#reuse\">Who follows whom</a></li><li>"
                   "<a href=\"#missing\">Missing credits</a></li><li>"
                   "<a href=\"#method\">Method</a></li></ul></nav></header>\n<noscript>"
                   "<p class=\"note box\">Without its script this page shows its tables as they are. With "
                   "it they can be sorted and searched, and each story opened.</p></noscript>\n"
                   "<main id=\"main\" tabindex=\"-1\">\n");
}

static void
put_left_out(struct pm_reporter *r)
{
    const struct pm_report_page_result *x = r->result;
    struct pm_page *p = r->page;

    pm_page_put(p, "<p>In this page: ");
    put_counted(p, x->stories, "story, ", "stories, ");
    pm_page_count(p, x->texts);
    pm_page_put(p, " of them with texts side by side.");
    if (x->stories_left_out > 0) {
        pm_page_put(p, " Left out: ");
        put_counted(p, x->stories_left_out, "smaller story", "smaller stories");
        pm_page_put(p, "; every figure above counts them too. <code>--limit</code> and "
                       "<code>--min-size</code> say how many are shown.");
    }
    if (x->texts_left_out > 0)
        pm_page_put(p, " <code>--texts</code> makes room for the texts of more, and <code>pressmark diff A "
                       "B</code> compares any two pages.");
    pm_page_put(p, "</p>\n");
}

static int
put_method(struct pm_reporter *r, struct pm_str parameters)
{
    struct pm_page *p = r->page;

    pm_page_put(p, "<section id=\"method\" aria-labelledby=\"method-h\">"
                   "<h2 id=\"method-h\">How this was made</h2>\n"
                   "<p>Every page was cleaned to its article text. Two texts are tellings of one story "
                   "when enough of the shorter is in the longer (containment, on runs of five words and of "
                   "twelve letters; text that an outlet repeats on many pages does not count). Figures "
                   "beside a page compare it with the likely source of its story, which is chosen by who "
                   "holds what the others have, date, length, and whether it is the agency\xE2\x80\x99s "
                   "own page. Differences do not count case and punctuation. Times are in UTC.</p>\n");
    put_left_out(r);
    pm_page_put(p, "<p>Anyone with the archive can make every figure again: <code>pressmark dedupe "
                   "--report --json</code> lists all stories with their pages, <code>pressmark dedupe "
                   "--explain A B</code> every number that led to the verdict on two pages.</p>\n"
                   "<h3>Parameters and versions</h3>\n<pre>");
    pm_page_text(p, parameters);
    pm_page_putf(p, "\npressmark " PM_VERSION ", cleaner %d, captures %llu", PM_CLEAN_VERSION,
                 (unsigned long long)r->tally->captures);
    pm_page_put(p, "</pre>\n</section>\n</main>\n<footer><p>Made by pressmark " PM_VERSION
                   ". This page asks for nothing from the network.</p></footer>\n");
    return pm_page_check(p, r->err);
}

/* The script comes last: what it works on stands before it. */
static int
put_all(struct pm_reporter *r, struct pm_str title, struct pm_str parameters)
{
    int rc;

    put_top(r, title);
    pm_report_overview(r);
    rc = pm_report_stories(r);
    if (rc == PM_OK)
        rc = pm_report_texts(r);
    if (rc == PM_OK)
        rc = put_method(r, parameters);
    if (rc == PM_OK)
        pm_page_script(r->page);
    return rc;
}

/* One object, a member a line. */
static void
keep_parameters(struct pm_buf *dst, struct pm_str json)
{
    bool quoted = false;

    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];

        pm_buf_putc(dst, c);
        if (c == '\\' && i + 1 < json.len)
            pm_buf_putc(dst, json.ptr[++i]);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ',' || c == ':'))
            pm_buf_cstr(dst, c == ',' ? "\n " : " ");
    }
}

int
pm_report_page(struct pm_manifest *m, struct pm_bundle_reader *bundles, const struct pm_report_page_options *options,
               struct pm_report_page_result *dst, struct pm_err *err)
{
    struct pm_str title = options->title.len > 0 ? options->title : PM_STR(TITLE), json;
    struct pm_buf parameters = PM_BUF_INIT(PARAMETERS_MAX);
    struct pm_tally tally = {.all = 0};
    struct pm_reporter r = {.manifest = m,
                            .bundles = bundles,
                            .options = options,
                            .result = dst,
                            .tally = &tally,
                            .json = PM_BUF_INIT(JSON_MAX),
                            .err = err};
    int rc = pm_manifest_begin_read(m, err);

    *dst = (struct pm_report_page_result){0};
    if (rc != PM_OK)
        return rc;
    rc = pm_manifest_cluster_parameters(m, &json, err);
    if (rc == PM_DONE)
        (void)pm_fail(err, PM_DONE, "near copies have not been looked for yet");
    if (rc != PM_OK)
        goto out;
    keep_parameters(&parameters, json);
    r.arena = pm_arena_new(STORY_MEMORY);
    rc = r.arena ? pm_buf_check(&parameters, err) : pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_tally_make(&tally, m, options->progress, options->ctx, err);
    if (rc == PM_OK)
        rc = pm_page_open(&r.page, options->target, options->out_fd, title, true, err);
    if (rc == PM_OK)
        rc = put_all(&r, title, pm_buf_span(&parameters));
    if (rc == PM_OK)
        rc = pm_page_close(r.page, err);
    if (rc == PM_OK)
        dst->bytes = pm_page_size(r.page);
out:
    pm_manifest_rollback(m);
    pm_page_free(r.page);
    pm_arena_free(r.arena);
    pm_tally_release(&tally);
    pm_buf_release(&r.json);
    pm_buf_release(&parameters);
    return rc;
}
