/* The overview of the report page: how much is wire, by outlet and agency. */
#include "report_page_own.h"

#include <stdlib.h>

enum { OUTLETS_MAX = 1000 }; /* rows */

const char *const pm_report_kinds[PM_TALLY_KINDS] = {
    "Wire, credited",
    "Wire, no credit",
    "Shared, source not named",
    "Only there",
};

uint64_t
pm_report_sum(const uint64_t pages[PM_TALLY_KINDS])
{
    uint64_t n = 0;

    for (int k = 0; k < PM_TALLY_KINDS; k++)
        n += pages[k];
    return n;
}

static uint64_t
wire(const uint64_t pages[PM_TALLY_KINDS])
{
    return pages[PM_TALLY_CREDITED] + pages[PM_TALLY_SILENT];
}

void
pm_report_share(struct pm_page *p, uint64_t part, uint64_t whole)
{
    uint64_t percent = whole ? (200 * part + whole) / (2 * whole) : 0;

    if (percent == 0 && part > 0)
        pm_page_put(p, "&lt;1&nbsp;%");
    else if (percent == 100 && part < whole)
        pm_page_put(p, "&gt;99&nbsp;%");
    else
        pm_page_putf(p, "%u&nbsp;%%", (unsigned)percent);
}

void
pm_report_bar(struct pm_page *p, const uint64_t pages[PM_TALLY_KINDS], uint64_t whole)
{
    uint64_t before = 0;

    pm_page_put(p, "<svg class=\"bar\" width=\"100%\" height=\"12\" aria-hidden=\"true\">");
    for (int k = 0; k < PM_TALLY_KINDS; k++) {
        if (pages[k] > 0)
            pm_page_putf(p, "<rect class=\"k%d\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"12\"/>", k,
                         100.0 * (double)before / (double)whole, 100.0 * (double)pages[k] / (double)whole);
        before += pages[k];
    }
    pm_page_put(p, "</svg>");
}

/* ---- the sum ---- */

static void
put_figure(struct pm_page *p, uint64_t n, const char *what)
{
    pm_page_put(p, "<div><dt>");
    pm_page_put(p, what);
    pm_page_put(p, "</dt><dd>");
    pm_page_count(p, n);
    pm_page_put(p, "</dd></div>\n");
}

static void
put_kinds(struct pm_reporter *r)
{
    static const char *const meaning[PM_TALLY_KINDS] = {
        "names an agency as its source",
        "names none, but shares its text with a page that does",
        "shares its text with another outlet; none of them names an agency",
        "no other outlet has the text",
    };
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;

    pm_page_put(p, "<div class=\"whole\">");
    pm_report_bar(p, t->pages, t->all ? t->all : 1);
    pm_page_put(p, "</div>\n<table class=\"legend\">"
                   "<caption class=\"hidden\">Pages by where their text comes from</caption>"
                   "<thead class=\"hidden\"><tr><th scope=\"col\">Kind</th><th scope=\"col\">Pages</th>"
                   "<th scope=\"col\">Share</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n");
    for (int k = 0; k < PM_TALLY_KINDS; k++) {
        pm_page_putf(p,
                     "<tr>"
                     "<th scope=\"row\"><svg class=\"key\" width=\"14\" height=\"14\" "
                     "aria-hidden=\"true\"><rect class=\"k%d\" width=\"14\" height=\"14\"/></svg> ",
                     k);
        pm_page_put(p, pm_report_kinds[k]);
        pm_page_put(p, "</th><td class=\"n\">");
        pm_page_count(p, t->pages[k]);
        pm_page_put(p, "</td><td class=\"n\">");
        pm_report_share(p, t->pages[k], t->all);
        pm_page_put(p, "</td><td class=\"note\">");
        pm_page_put(p, meaning[k]);
        pm_page_put(p, "</td></tr>\n");
    }
    pm_page_put(p, "</tbody></table>\n");
}

/* ---- outlets and agencies ---- */

/* A row of a table of kinds: what they are of stands in it already. */
void
pm_report_kind_cells(struct pm_page *p, const uint64_t pages[PM_TALLY_KINDS])
{
    uint64_t all = pm_report_sum(pages);

    pm_page_put(p, "<td class=\"n\">");
    pm_page_count(p, all);
    pm_page_putf(p, "</td><td class=\"n\" data-v=\"%.4f\">", all ? (double)wire(pages) / (double)all : 0.0);
    pm_report_share(p, wire(pages), all);
    pm_page_put(p, "</td>");
    for (int k = 0; k < PM_TALLY_KINDS; k++) {
        pm_page_put(p, "<td class=\"n\">");
        pm_page_count(p, pages[k]);
        pm_page_put(p, "</td>");
    }
}

void
pm_report_kind_heads(struct pm_page *p)
{
    pm_page_put(p, "<th scope=\"col\" class=\"n\">Pages</th><th scope=\"col\" class=\"n\">Wire</th>");
    for (int k = 0; k < PM_TALLY_KINDS; k++) {
        pm_page_put(p, "<th scope=\"col\" class=\"n\">");
        pm_page_put(p, pm_report_kinds[k]);
        pm_page_put(p, "</th>");
    }
}

static int
by_rank(const void *a, const void *b)
{
    const struct pm_report_ranked *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return pm_str_cmp(x->name, y->name);
}

struct pm_report_ranked *
pm_report_rank(struct pm_reporter *r, const struct pm_terms *names,
               uint64_t (*count)(const struct pm_tally *t, size_t i), size_t *n)
{
    const struct pm_tally *t = r->tally;
    size_t all = pm_terms_size(names);
    struct pm_report_ranked *out = calloc(all + 1, sizeof(*out));

    *n = 0;
    for (size_t i = 0; out != NULL && i < all; i++)
        if (count(t, i) > 0)
            out[(*n)++] = (struct pm_report_ranked){count(t, i), pm_terms_get(names, (uint32_t)i), (uint32_t)i};
    if (out == NULL)
        pm_page_fail(r->page);
    else if (*n > 0)
        qsort(out, *n, sizeof(*out), by_rank);
    return out;
}

static uint64_t
pages_of_outlet(const struct pm_tally *t, size_t i)
{
    return pm_report_sum(t->outlets[i].pages);
}

static uint64_t
pages_of_agency(const struct pm_tally *t, size_t i)
{
    return t->agencies[i].pages + t->agencies[i].silent;
}

void
pm_report_name(struct pm_page *p, struct pm_str name)
{
    if (name.len > 0)
        pm_page_bdi(p, name, PM_PAGE_NAME_MAX);
    else
        pm_page_put(p, "(no outlet)");
}

static void
put_agencies(struct pm_reporter *r)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;
    size_t n;
    struct pm_report_ranked *ranked = pm_report_rank(r, t->agency_names, pages_of_agency, &n);
    uint64_t most = n > 0 && ranked != NULL ? ranked[0].n : 1;

    pm_page_put(p, "<h3 id=\"agencies\">By agency</h3>\n");
    if (n == 0)
        pm_page_put(p, "<p>No page credits an agency.</p>\n");
    else
        pm_page_put(p, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pages by agency\">"
                       "<table class=\"sort\">"
                       "<caption>A page that credits two agencies counts for both. Without credit: pages "
                       "that name no agency in stories that credit this one most.</caption><thead><tr>"
                       "<th scope=\"col\">Agency</th><th scope=\"col\" class=\"barred\">"
                       "<span class=\"hidden\">Bar</span></th>"
                       "<th scope=\"col\" class=\"n\">Pages crediting it</th>"
                       "<th scope=\"col\" class=\"n\">Outlets</th>"
                       "<th scope=\"col\" class=\"n\">Stories</th>"
                       "<th scope=\"col\" class=\"n\">Without credit</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n && i < OUTLETS_MAX; i++) {
        const struct pm_tally_agency *a = &t->agencies[ranked[i].number];
        uint64_t kinds[PM_TALLY_KINDS] = {a->pages, a->silent, 0, 0};

        pm_page_put(p, "<tr><th scope=\"row\">");
        pm_report_name(p, ranked[i].name);
        pm_page_put(p, "</th><td class=\"barred\">");
        pm_report_bar(p, kinds, most);
        pm_page_put(p, "</td><td class=\"n\">");
        pm_page_count(p, a->pages);
        pm_page_put(p, "</td><td class=\"n\">");
        pm_page_count(p, a->outlets);
        pm_page_put(p, "</td><td class=\"n\">");
        pm_page_count(p, a->stories);
        pm_page_put(p, "</td><td class=\"n\">");
        pm_page_count(p, a->silent);
        pm_page_put(p, "</td></tr>\n");
    }
    if (n > 0)
        pm_page_put(p, "</tbody></table></div>\n");
    free(ranked);
}

static void
put_outlets(struct pm_reporter *r)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;
    size_t n;
    struct pm_report_ranked *ranked = pm_report_rank(r, t->outlet_names, pages_of_outlet, &n);

    pm_page_put(p, "<h3 id=\"by-outlet\">By outlet</h3>\n"
                   "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pages by outlet\">"
                   "<table class=\"sort filter\" data-what=\"outlets\"><thead><tr>"
                   "<th scope=\"col\">Outlet</th><th scope=\"col\" class=\"barred\">"
                   "<span class=\"hidden\">Bar</span></th>");
    pm_report_kind_heads(p);
    pm_page_put(p, "</tr></thead><tbody>\n");
    for (size_t i = 0; ranked != NULL && i < n && i < OUTLETS_MAX; i++) {
        const struct pm_tally_outlet *o = &t->outlets[ranked[i].number];

        pm_page_put(p, "<tr><th scope=\"row\">");
        pm_report_name(p, ranked[i].name);
        pm_page_put(p, "</th><td class=\"barred\">");
        pm_report_bar(p, o->pages, ranked[i].n);
        pm_page_put(p, "</td>");
        pm_report_kind_cells(p, o->pages);
        pm_page_put(p, "</tr>\n");
    }
    pm_page_put(p, "</tbody></table></div>\n");
    if (n > OUTLETS_MAX) {
        pm_page_put(p, "<p class=\"note\">Not shown: ");
        pm_page_count(p, n - OUTLETS_MAX);
        pm_page_put(p, " outlets with fewer pages. <code>pressmark list --csv</code> has every page.</p>\n");
    }
    free(ranked);
}

void
pm_report_overview(struct pm_reporter *r)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;

    pm_page_put(p, "<section id=\"overview\" aria-labelledby=\"overview-h\">"
                   "<h2 id=\"overview-h\">How much is wire copy</h2>\n<dl class=\"figures\">\n");
    put_figure(p, t->all, "pages");
    put_figure(p, t->n_outlets, "outlets");
    put_figure(p, t->stories, "stories in several tellings");
    put_figure(p, t->in_stories, "pages in those stories");
    put_figure(p, t->pages[PM_TALLY_SILENT], "pages lacking a credit");
    pm_page_put(p, "</dl>\n");
    put_kinds(r);
    if (t->captures > t->all) {
        pm_page_put(p, "<p class=\"note\">");
        pm_page_count(p, t->captures - t->all);
        pm_page_put(p, t->captures - t->all == 1 ? " capture without text is not counted.</p>\n"
                                                 : " captures without text are not counted.</p>\n");
    }
    pm_report_days(r);
    put_agencies(r);
    put_outlets(r);
    pm_page_put(p, "</section>\n");
}
