/* Pages by day, month or year: a chart for the eye, and the same as a table. */
#include "report_page_own.h"

#include "when.h"

enum { COLUMNS_MAX = 120, CHART_HEIGHT = 160 };

struct bin {
    int64_t from_us; /* its first day */
    uint64_t pages[PM_TALLY_KINDS];
};

enum unit { BY_DAY, BY_MONTH, BY_YEAR };

/* Start of the day, month or year that a day is in. */
static int64_t
bin_start(struct pm_page *p, int64_t day_us, enum unit unit)
{
    char iso[PM_PAGE_ISO_MAX];
    struct pm_str date = pm_page_iso(p, day_us, iso);
    int64_t start;

    if (unit == BY_DAY || date.len != 10)
        return day_us;
    memcpy(iso + (unit == BY_MONTH ? 8 : 5), unit == BY_MONTH ? "01" : "01-01", unit == BY_MONTH ? 2 : 5);
    return pm_when_parse(date, &start) ? start : day_us;
}

/* The start of the one that follows. */
static int64_t
next_start(struct pm_page *p, int64_t start, enum unit unit)
{
    static const int days[] = {1, 31, 366};

    if (start > INT64_MAX - 400 * PM_DAY_US)
        return INT64_MAX;
    return bin_start(p, start + days[unit] * PM_DAY_US, unit);
}

/*
 * The days that hold all but a few pages: wrong dates, of 1970 or of the future, would leave the
 * chart empty but for two columns at its ends.
 */
static void
main_range(const struct pm_tally *t, size_t *first, size_t *end)
{
    uint64_t dated = 0, few, before = 0, behind = 0;
    size_t i = 0, k = t->n_days;

    for (size_t d = 0; d < t->n_days; d++)
        dated += pm_report_sum(t->days[d].pages);
    few = dated / 200;
    for (; i + 1 < k && before + pm_report_sum(t->days[i].pages) <= few; i++)
        before += pm_report_sum(t->days[i].pages);
    for (; k > i + 1 && behind + pm_report_sum(t->days[k - 1].pages) <= few; k--)
        behind += pm_report_sum(t->days[k - 1].pages);
    *first = 0;
    *end = t->n_days;
    if (t->n_days > 0 && 2 * ((int64_t)t->days[k - 1].day - t->days[i].day + 1) <
                             (int64_t)t->days[t->n_days - 1].day - t->days[0].day + 1) {
        *first = i;
        *end = k;
    }
}

/* Columns from `first` to `end`, days without pages between them too. Their number; 0 if they are
 * too many. */
static size_t
fill_bins(struct pm_page *p, const struct pm_tally *t, size_t first, size_t end, enum unit unit,
          struct bin bins[COLUMNS_MAX])
{
    size_t n = 0;

    for (size_t d = first; d < end; d++) {
        int64_t start = bin_start(p, t->days[d].day * PM_DAY_US, unit);

        for (; n == 0 || bins[n - 1].from_us < start; n++) {
            if (n == COLUMNS_MAX)
                return 0;
            bins[n] = (struct bin){.from_us = n == 0 ? start : next_start(p, bins[n - 1].from_us, unit)};
        }
        for (int k = 0; k < PM_TALLY_KINDS; k++)
            bins[n - 1].pages[k] += t->days[d].pages[k];
    }
    return n;
}

static void
put_bin_name(struct pm_page *p, int64_t from_us, enum unit unit)
{
    char iso[PM_PAGE_ISO_MAX];
    struct pm_str date;

    if (unit == BY_DAY) {
        pm_page_day(p, from_us);
        return;
    }
    date = pm_page_iso(p, from_us, iso);
    if (date.len > 6)
        pm_page_text(p, PM_STRN(iso, date.len - (unit == BY_MONTH ? 3 : 6)));
}

static void
put_columns(struct pm_page *p, const struct bin *bins, size_t n, uint64_t most)
{
    double width = 100.0 / (double)n, gap = n > 60 ? 0.1 : 0.15;

    pm_page_putf(p, "<svg class=\"columns\" width=\"100%%\" height=\"%d\" aria-hidden=\"true\">", CHART_HEIGHT);
    for (int i = 1; i <= 2; i++)
        pm_page_putf(p, "<line x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
                     CHART_HEIGHT - i * CHART_HEIGHT / 2 + (i == 2), CHART_HEIGHT - i * CHART_HEIGHT / 2 + (i == 2));
    for (size_t i = 0; i < n; i++) {
        double at = CHART_HEIGHT;

        for (int k = 0; k < PM_TALLY_KINDS; k++) {
            double height = CHART_HEIGHT * (double)bins[i].pages[k] / (double)most;

            at -= height;
            if (bins[i].pages[k] > 0)
                pm_page_putf(p,
                             "<rect class=\"k%d\" x=\"%.3f%%\" y=\"%.2f\" width=\"%.3f%%\" "
                             "height=\"%.2f\"/>",
                             k, width * ((double)i + gap / 2), at, width * (1 - gap), height);
        }
    }
    pm_page_put(p, "</svg>\n");
}

static void
put_day_table(struct pm_page *p, const struct bin *bins, size_t n, enum unit unit)
{
    static const char *const names[] = {"Day", "Month", "Year"};

    pm_page_put(p, "<details><summary>The same as a table</summary>"
                   "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pages by date\"><table>"
                   "<thead><tr><th scope=\"col\">");
    pm_page_put(p, names[unit]);
    pm_page_put(p, "</th>");
    pm_report_kind_heads(p);
    pm_page_put(p, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++) {
        if (pm_report_sum(bins[i].pages) == 0)
            continue;
        pm_page_put(p, "<tr><th scope=\"row\">");
        put_bin_name(p, bins[i].from_us, unit);
        pm_page_put(p, "</th>");
        pm_report_kind_cells(p, bins[i].pages);
        pm_page_put(p, "</tr>\n");
    }
    pm_page_put(p, "</tbody></table></div></details>\n");
}

void
pm_report_days(struct pm_reporter *r)
{
    const struct pm_tally *t = r->tally;
    struct pm_page *p = r->page;
    struct bin bins[COLUMNS_MAX];
    uint64_t most = 1, shown = 0;
    size_t first, end, n = 0, top = 0;
    enum unit unit = BY_DAY;

    main_range(t, &first, &end);
    for (int u = BY_DAY; u <= BY_YEAR && n == 0; u++) {
        unit = (enum unit)u;
        n = fill_bins(p, t, first, end, unit, bins);
    }
    if (n == 0 && t->n_days > 0)
        pm_page_put(p, "<p class=\"note\">The dates of the pages lie too far apart for a chart.</p>\n");
    if (n < 2)
        return;
    for (size_t i = 0; i < n; i++) {
        shown += pm_report_sum(bins[i].pages);
        if (pm_report_sum(bins[i].pages) > most) {
            most = pm_report_sum(bins[i].pages);
            top = i;
        }
    }
    pm_page_putf(p, "<h3 id=\"days\">By %s</h3>\n<figure><p class=\"axis\">",
                 unit == BY_DAY     ? "day"
                 : unit == BY_MONTH ? "month"
                                    : "year");
    pm_page_count(p, most);
    pm_page_put(p, " pages at most, ");
    put_bin_name(p, bins[top].from_us, unit);
    pm_page_put(p, "</p>");
    put_columns(p, bins, n, most);
    pm_page_put(p, "<p class=\"ends\"><span>");
    put_bin_name(p, bins[0].from_us, unit);
    pm_page_put(p, "</span><span>");
    put_bin_name(p, bins[n - 1].from_us, unit);
    pm_page_put(p, "</span></p>\n");
    if (shown < t->all) {
        pm_page_put(p, "<p class=\"note\">Not shown: ");
        pm_page_count(p, t->all - shown - pm_report_sum(t->undated));
        pm_page_put(p, " pages with dates far from the others, ");
        pm_page_count(p, pm_report_sum(t->undated));
        pm_page_put(p, " without a date.</p>\n");
    }
    put_day_table(p, bins, n, unit);
    pm_page_put(p, "</figure>\n");
}
