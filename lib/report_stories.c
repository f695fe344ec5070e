/* The stories of the report page: rows that are read without a script, and the data that the script
 * works on. */
#include "report_page_own.h"

#include <stdlib.h>

#include "json.h"

enum { STORIES_MAX = 10000, CREDITS_MAX = 64 << 20 };

static int64_t
minutes(int64_t when_us)
{
    int64_t minute = 60 * (int64_t)PM_SECOND_US;

    return (when_us - (when_us % minute + minute) % minute) / minute;
}

static unsigned
per_mille(double share)
{
    return share > 0 ? share < 1 ? (unsigned)(1000 * share + 0.5) : 1000 : 0;
}

/* ---- which stories ---- */

struct choice {
    struct pm_reporter *r;
    const char *stage;
    uint64_t n, max;
    int (*each)(void *ctx, const struct pm_story *s);
    void *ctx;
};

static int
choose(void *ctx, const struct pm_cluster_row *row)
{
    struct choice *c = ctx;
    struct pm_reporter *r = c->r;
    uint64_t least = r->options->members_min ? r->options->members_min : 2;
    struct pm_story story;
    int rc;

    if (row->members < least || c->n == c->max)
        return PM_DONE; /* clusters come largest first */
    c->n++;
    pm_arena_reset(r->arena);
    rc = pm_story_load(r->manifest, row, PM_PAGE_MEMBERS_MAX, r->arena, &story, r->err);
    if (rc == PM_OK)
        rc = c->each(c->ctx, &story);
    if (rc == PM_OK)
        rc = pm_page_check(r->page, r->err);
    if (rc == PM_OK && c->n % 64 == 0 && r->options->progress != NULL &&
        r->options->progress(r->options->ctx, c->stage, c->n, r->tally->stories) != 0)
        rc = pm_fail(r->err, PM_ECANCELED, "stopped on request");
    return rc;
}

int
pm_report_each_story(struct pm_reporter *r, const char *stage, uint64_t max,
                     int (*each)(void *ctx, const struct pm_story *s), void *ctx)
{
    uint64_t most = r->options->stories_max ? r->options->stories_max : STORIES_MAX;
    struct choice c = {.r = r, .stage = stage, .max = max && max < most ? max : most, .each = each, .ctx = ctx};
    int rc = pm_manifest_each_cluster(r->manifest, PM_LEVEL_STORY, choose, &c, r->err);

    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- facts of a story ---- */

/* The credit that most members give, and how many give one. */
static struct pm_str
main_credit(const struct pm_story *s, size_t *credited)
{
    struct pm_str best = PM_STR_NULL;
    size_t most = 0;

    *credited = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct pm_str credit = s->members[i].row.credit;
        size_t n = 0;

        if (credit.len == 0)
            continue;
        ++*credited;
        for (size_t k = 0; k < s->n; k++)
            n += pm_str_eq(s->members[k].row.credit, credit);
        if (n > most) {
            most = n;
            best = credit;
        }
    }
    return best;
}

static size_t
count_outlets(const struct pm_story *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        size_t k = 0;

        while (k < i && !pm_str_eq(s->members[k].row.outlet, s->members[i].row.outlet))
            k++;
        n += k == i;
    }
    return n;
}

static struct pm_str
title_of(const struct pm_row *row)
{
    return row->title.len > 0 ? row->title : row->url;
}

/* ---- rows that are read without a script ---- */

static void
put_title(struct pm_page *p, const struct pm_row *row)
{
    bool link = pm_page_is_link(row->url);

    if (link) {
        pm_page_put(p, "<a rel=\"noopener noreferrer nofollow\" href=\"");
        pm_page_text(p, row->url);
        pm_page_put(p, "\">");
    }
    pm_page_bdi(p, title_of(row), PM_PAGE_TITLE_MAX);
    pm_page_put(p, link ? "</a>" : "");
}

static int
story_row(void *ctx, const struct pm_story *s)
{
    struct pm_reporter *r = ctx;
    struct pm_page *p = r->page;
    const struct pm_row *source = &s->members[s->source].row;
    size_t credited;
    struct pm_str credit = main_credit(s, &credited);

    pm_page_put(p, "<tr><td class=\"title\">");
    put_title(p, source);
    pm_page_put(p, "</td><td class=\"n\">");
    pm_page_count(p, s->cluster.members);
    pm_page_put(p, "</td><td class=\"n\">");
    pm_page_count(p, count_outlets(s));
    pm_page_put(p, "</td><td>");
    if (credit.len > 0)
        pm_page_bdi(p, credit, PM_PAGE_NAME_MAX);
    pm_page_put(p, "</td><td class=\"n\">");
    pm_page_count(p, credited > 0 ? s->n - credited : 0);
    pm_page_put(p, "</td><td class=\"d\">");
    pm_page_when(p, s->cluster.first_us);
    pm_page_put(p, "</td><td>");
    pm_page_bdi(p, source->outlet, PM_PAGE_NAME_MAX);
    pm_page_put(p, "</td></tr>\n");
    return PM_OK;
}

static int
put_story_table(struct pm_reporter *r)
{
    struct pm_page *p = r->page;
    int rc;

    pm_page_put(p, "<section id=\"stories\" aria-labelledby=\"stories-h\">"
                   "<h2 id=\"stories-h\">Stories</h2>\n"
                   "<p class=\"lead\">A story is what outlets made of one text: cut, retitled, updated. "
                   "Open one to see who ran it when, and what each of them changed.</p>\n"
                   "<div class=\"tools\" id=\"stories-tools\"></div>\n"
                   "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Stories\">"
                   "<table id=\"stories-table\"><thead><tr>"
                   "<th scope=\"col\">Headline of the likely source</th>"
                   "<th scope=\"col\" class=\"n\">Pages</th><th scope=\"col\" class=\"n\">Outlets</th>"
                   "<th scope=\"col\">Credit</th><th scope=\"col\" class=\"n\">Without credit</th>"
                   "<th scope=\"col\">First seen</th><th scope=\"col\">Likely source</th></tr></thead>"
                   "<tbody>\n");
    rc = pm_report_each_story(r, "writing stories", PM_PAGE_STATIC_ROWS, story_row, r);
    pm_page_put(p, "</tbody></table></div>\n<div class=\"pager\" id=\"stories-pager\"></div>\n");
    if (r->tally->stories == 0)
        pm_page_put(p, "<p>No text stands on more than one page.</p>\n");
    else if (r->tally->stories > PM_PAGE_STATIC_ROWS)
        pm_page_putf(p,
                     "<noscript>"
                     "<p class=\"note\">The %d largest. The others are in this page too, and need its "
                     "script to be shown.</p></noscript>\n",
                     PM_PAGE_STATIC_ROWS);
    pm_page_put(p, "<article id=\"story\" aria-labelledby=\"story-h\" hidden></article>\n</section>\n");
    return rc;
}

struct silent {
    struct pm_reporter *r;
    size_t n;
};

static int
silent_rows(void *ctx, const struct pm_story *s)
{
    struct silent *x = ctx;
    struct pm_page *p = x->r->page;
    size_t credited;
    struct pm_str credit = main_credit(s, &credited);

    for (size_t i = 0; credited > 0 && i < s->n && x->n < PM_PAGE_STATIC_ROWS; i++) {
        const struct pm_story_member *m = &s->members[i];

        if (m->row.credit.len > 0)
            continue;
        x->n++;
        pm_page_put(p, "<tr><th scope=\"row\">");
        pm_page_bdi(p, m->row.outlet, PM_PAGE_NAME_MAX);
        pm_page_put(p, "</th><td class=\"title\">");
        put_title(p, &m->row);
        pm_page_put(p, "</td><td class=\"d\">");
        pm_page_when(p, m->row.when_us);
        pm_page_put(p, "</td><td>");
        pm_page_bdi(p, credit, PM_PAGE_NAME_MAX);
        pm_page_putf(p, "</td><td class=\"n\">%u of %u</td><td class=\"n\">", (unsigned)credited, (unsigned)s->n);
        pm_report_share(p, per_mille(m->link.containment), 1000);
        pm_page_put(p, "</td></tr>\n");
    }
    return x->n < PM_PAGE_STATIC_ROWS ? PM_OK : PM_DONE;
}

static int
put_silent_table(struct pm_reporter *r)
{
    struct silent x = {r, 0};
    struct pm_page *p = r->page;
    int rc;

    pm_page_put(p, "<section id=\"missing\" aria-labelledby=\"missing-h\">"
                   "<h2 id=\"missing-h\">Missing credits</h2>\n"
                   "<p class=\"lead\">Pages that name no agency, in stories where others name one. Whether "
                   "a credit was due is for a reader to judge: a page may be the source, or quote the same "
                   "statement.</p>\n<div class=\"tools\" id=\"missing-tools\"></div>\n"
                   "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Missing credits\">"
                   "<table id=\"missing-table\"><thead><tr><th scope=\"col\">Outlet</th>"
                   "<th scope=\"col\">Headline</th><th scope=\"col\">Date</th>"
                   "<th scope=\"col\">Others credit</th><th scope=\"col\" class=\"n\">Pages that do</th>"
                   "<th scope=\"col\" class=\"n\">Text shared with source</th></tr></thead><tbody>\n");
    rc = pm_report_each_story(r, "writing stories", 0, silent_rows, &x);
    if (x.n == 0)
        pm_page_put(p, "<tr><td colspan=\"6\">None.</td></tr>\n");
    pm_page_put(p, "</tbody></table></div>\n<div class=\"pager\" id=\"missing-pager\"></div>\n");
    if (x.n == PM_PAGE_STATIC_ROWS)
        pm_page_putf(p,
                     "<noscript>"
                     "<p class=\"note\">The first %d. The others need the script of this page to be "
                     "shown.</p></noscript>\n",
                     PM_PAGE_STATIC_ROWS);
    pm_page_put(p, "</section>\n");
    return rc;
}

/* ---- data ---- */

struct data {
    struct pm_reporter *r;
    struct pm_terms *outlets, *credits;
    uint64_t n;
};

static void
put_text(struct pm_buf *json, struct pm_str text, size_t max)
{
    struct pm_buf cut = PM_BUF_INIT(4096);

    pm_page_cut(&cut, text, max);
    pm_json_str(json, pm_buf_span(&cut));
    if (cut.failed)
        json->failed = cut.failed;
    pm_buf_release(&cut);
}

/* The number of each member's version in its story, from 1 in the order of their coming; 0 if it is
 * alone. */
static unsigned
version_number(const struct pm_story *s, size_t i, unsigned *numbers, unsigned *n)
{
    if (s->members[i].version.ptr == NULL)
        return 0;
    for (size_t k = 0; k < i; k++)
        if (numbers[k] > 0 && pm_str_eq(s->members[k].version, s->members[i].version))
            return numbers[k];
    return ++*n;
}

/* What report.js calls M: the order of the elements is the same there. */
static int
put_member(struct data *d, const struct pm_story *s, size_t i, unsigned version)
{
    const struct pm_story_member *m = &s->members[i];
    struct pm_str source = s->members[s->source].row.title;
    struct pm_buf *json = &d->r->json;
    uint32_t outlet, credit = 0;
    int rc = pm_terms_add(d->outlets, m->row.outlet, &outlet, d->r->err);

    if (rc == PM_OK && m->row.credit.len > 0)
        rc = pm_terms_add(d->credits, m->row.credit, &credit, d->r->err);
    if (rc != PM_OK)
        return rc;
    pm_json_comma(json);
    pm_buf_cstr(json, "[\"");
    pm_hex(json, m->row.uid, PM_UID_LEN);
    pm_buf_addf(json, "\",%u,", outlet);
    if (m->row.when_us == PM_WHEN_NONE)
        pm_buf_cstr(json, "null,");
    else
        pm_buf_addf(json, "%lld,", (long long)minutes(m->row.when_us));
    if (i != s->source && m->row.title.len > 0 && pm_str_eq(m->row.title, source))
        pm_buf_putc(json, '0');
    else
        put_text(json, title_of(&m->row), PM_PAGE_TITLE_MAX);
    pm_buf_putc(json, ',');
    if (pm_page_is_link(m->row.url))
        pm_json_str(json, m->row.url);
    else
        pm_buf_putc(json, '0');
    if (m->row.credit.len > 0)
        pm_buf_addf(json, ",%u,", credit);
    else
        pm_buf_cstr(json, ",-1,");
    pm_buf_addf(json, "%u,%u,%u,%u,%u,%d,%u,%u]", m->row.words, per_mille(m->link.containment), m->link.shared_words,
                m->link.cut_words, m->link.added_words, m->previous == SIZE_MAX ? -1 : (int)m->previous,
                per_mille(m->follows), version);
    return PM_OK;
}

/* What report.js calls S. */
static int
put_story(void *ctx, const struct pm_story *s)
{
    struct data *d = ctx;
    struct pm_buf *json = &d->r->json;
    unsigned *numbers = pm_arena_array(d->r->arena, s->n ? s->n : 1, sizeof(*numbers)), n = 0;
    int rc = pm_arena_check(d->r->arena, d->r->err);

    if (rc != PM_OK)
        return rc;
    pm_buf_reset(json);
    pm_buf_addf(json, "%s\n[\"", d->n++ > 0 ? "," : "");
    pm_buf_str(json, s->cluster.id);
    pm_buf_addf(json, "\",%u,%u,", (unsigned)s->source, (unsigned)(100 * s->cluster.confidence + 0.5));
    put_text(json, s->cluster.reasons, 1000);
    pm_buf_addf(json, ",%u,[", s->cluster.members);
    for (size_t i = 0; rc == PM_OK && i < s->n; i++) {
        numbers[i] = version_number(s, i, numbers, &n);
        rc = put_member(d, s, i, numbers[i]);
    }
    pm_buf_cstr(json, "]]");
    if (rc == PM_OK)
        rc = pm_buf_check(json, d->r->err);
    pm_page_json(d->r->page, pm_buf_span(json));
    return rc;
}

static int
put_terms(struct pm_reporter *r, const struct pm_terms *t)
{
    int rc = PM_OK;

    pm_page_put(r->page, "[");
    for (size_t i = 0; rc == PM_OK && i < pm_terms_size(t); i++) {
        pm_buf_reset(&r->json);
        pm_buf_cstr(&r->json, i > 0 ? "," : "");
        put_text(&r->json, pm_terms_get(t, (uint32_t)i), PM_PAGE_NAME_MAX);
        pm_page_json(r->page, pm_buf_span(&r->json));
        rc = pm_buf_check(&r->json, r->err);
    }
    pm_page_put(r->page, "]");
    return rc;
}

static int
put_data(struct pm_reporter *r)
{
    struct data d = {.r = r};
    int rc = pm_terms_new(&d.outlets, CREDITS_MAX, r->err);

    if (rc == PM_OK)
        rc = pm_terms_new(&d.credits, CREDITS_MAX, r->err);
    if (rc != PM_OK)
        goto out;
    pm_page_put(r->page, "<script type=\"application/json\" id=\"data\">{\"stories\":[");
    rc = pm_report_each_story(r, "writing stories", 0, put_story, &d);
    pm_page_putf(r->page, "],\n\"of\":%llu,\"outlets\":", (unsigned long long)r->tally->stories);
    if (rc == PM_OK)
        rc = put_terms(r, d.outlets);
    pm_page_put(r->page, ",\n\"credits\":");
    if (rc == PM_OK)
        rc = put_terms(r, d.credits);
    pm_page_put(r->page, "}</script>\n");
    r->result->stories = d.n;
    r->result->stories_left_out = r->tally->stories - d.n;
out:
    pm_terms_free(d.outlets);
    pm_terms_free(d.credits);
    return rc;
}

int
pm_report_stories(struct pm_reporter *r)
{
    int rc = put_story_table(r);

    if (rc == PM_OK)
        rc = put_data(r);
    if (rc == PM_OK)
        rc = pm_report_matrix(r);
    return rc == PM_OK ? put_silent_table(r) : rc;
}
