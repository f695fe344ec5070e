/* Which outlet has texts after which. */
#include "report_page_own.h"

#include <stdlib.h>

enum { MATRIX_MAX = 20 }; /* outlets */

static uint64_t
stories_of_outlet(const struct pm_tally *t, size_t i)
{
    return t->outlets[i].in_stories;
}

static void
put_matrix_row(struct pm_reporter *r, const struct pm_report_ranked *outlets, size_t n, size_t from, uint64_t most)
{
    struct pm_page *p = r->page;

    pm_page_put(p, "<tr><th scope=\"row\">");
    pm_report_name(p, outlets[from].name);
    pm_page_put(p, "</th>");
    for (size_t to = 0; to < n; to++) {
        uint64_t count = pm_tally_follows(r->tally, outlets[from].number, outlets[to].number);

        if (count == 0)
            pm_page_putf(p, "<td class=\"h0%s\">\xC2\xB7</td>", from == to ? " self" : "");
        else
            pm_page_putf(p, "<td class=\"h%u%s\">%llu</td>", 1 + (unsigned)((count * 4 + most - 1) / most),
                         from == to ? " self" : "", (unsigned long long)count);
    }
    pm_page_put(p, "</tr>\n");
}

int
pm_report_matrix(struct pm_reporter *r)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;
    size_t all;
    struct pm_report_ranked *outlets = pm_report_rank(r, t->outlet_names, stories_of_outlet, &all);
    size_t n = all < MATRIX_MAX ? all : MATRIX_MAX;
    uint64_t most = 1;

    if (outlets == NULL)
        return pm_page_check(r->page, r->err);
    pm_page_put(p, "<section id=\"reuse\" aria-labelledby=\"reuse-h\">"
                   "<h2 id=\"reuse-h\">Who follows whom</h2>\n"
                   "<p class=\"lead\">How many pages of an outlet (column) follow a text that another "
                   "(row) had before it. The text followed is the earlier one most alike; both may have it "
                   "from an agency that is not among the pages.</p>\n");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            uint64_t count = pm_tally_follows(t, outlets[i].number, outlets[k].number);

            most = count > most ? count : most;
        }
    pm_page_put(p, n == 0 ? "<p>No outlet shares a text with another.</p>\n"
                          : "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Matrix of "
                            "outlets\"><table class=\"matrix\"><thead>"
                            "<tr><td class=\"corner\">had it &#8595; &#160; ran it after &#8594;</td>");
    for (size_t i = 0; i < n; i++) {
        pm_page_put(p, "<th scope=\"col\"><span>");
        pm_report_name(p, outlets[i].name);
        pm_page_put(p, "</span></th>");
    }
    pm_page_put(p, n == 0 ? "" : "</tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++)
        put_matrix_row(r, outlets, n, i, most);
    pm_page_put(p, n == 0 ? "" : "</tbody></table></div>\n");
    if (all > n) {
        pm_page_putf(p, "<p class=\"note\">The %u outlets with most pages in stories, of ", (unsigned)n);
        pm_page_count(p, all);
        pm_page_put(p, ".</p>\n");
    }
    pm_page_put(p, "</section>\n");
    free(outlets);
    return PM_OK;
}
