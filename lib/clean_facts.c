/* clean_facts.c - titles, descriptions and authors of a page's head. */
#include "clean_facts.h"

#include "clean_body.h"

enum { TITLES = 8, LEADS = 4, AUTHORS = 8 };

static void
add_title(const struct pm_page *page, struct pm_page_facts *facts, struct pm_str title)
{
    struct pm_phrase_hits hits;

    if (title.len == 0 || facts->n_titles == TITLES)
        return;
    pm_phrases_scan(page->phrases, title, &hits);
    facts->titles[facts->n_titles++] = hits.hash;
}

/* "Headline | Site", "Headline - Site": the parts before each separator too. */
static void
add_parts(const struct pm_page *page, struct pm_page_facts *facts, struct pm_str title)
{
    static const char *const marks[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB "};
    add_title(page, facts, title);
    for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++) {
        size_t at = pm_str_find(title, pm_str_of(marks[m]), 0);

        if (at != SIZE_MAX && at > 10)
            add_title(page, facts, PM_STRN(title.ptr, at));
    }
}

static void
meta(const struct pm_page *page, struct pm_page_facts *facts, const struct pm_node *n)
{
    struct pm_str key = pm_node_attr(n, PM_ATTR_PROPERTY), value = pm_node_attr(n, PM_ATTR_CONTENT);

    if (key.ptr == NULL)
        key = pm_node_attr(n, PM_ATTR_NAME);
    if (key.ptr == NULL || value.len == 0)
        return;
    if (pm_str_ieq(key, PM_STR("og:title")) || pm_str_ieq(key, PM_STR("twitter:title")) ||
        pm_str_ieq(key, PM_STR("title")) || pm_str_ieq(key, PM_STR("headline")))
        add_parts(page, facts, value);
    if ((pm_str_ieq(key, PM_STR("og:type")) && pm_str_ieq(value, PM_STR("article"))) ||
        pm_str_ieq(key, PM_STR("article:published_time")))
        facts->news = true;
    if ((pm_str_ieq(key, PM_STR("og:description")) || pm_str_ieq(key, PM_STR("description")) ||
         pm_str_ieq(key, PM_STR("twitter:description"))) &&
        facts->n_leads < LEADS)
        facts->leads[facts->n_leads++] = value;
    if ((pm_str_ieq(key, PM_STR("author")) || pm_str_ieq(key, PM_STR("article:author")) ||
         pm_str_ieq(key, PM_STR("parsely-author")) || pm_str_ieq(key, PM_STR("sailthru.author"))) &&
        facts->n_authors < AUTHORS && value.len > 4 && value.len < 60 &&
        pm_str_find(value, PM_STR("://"), 0) == SIZE_MAX)
        facts->authors[facts->n_authors++] = value;
}

void
pm_page_facts_find(const struct pm_page *page, const struct pm_article *known, struct pm_page_facts *dst)
{
    const struct pm_node *nodes = page->html->nodes;

    *dst = (struct pm_page_facts){.n_titles = 0};
    add_title(page, dst, known->title);
    if (known->standfirst.len > 0)
        dst->leads[dst->n_leads++] = known->standfirst;
    for (size_t i = 0; i < known->n_byline && dst->n_authors < AUTHORS; i++)
        if (known->byline[i].len > 4)
            dst->authors[dst->n_authors++] = known->byline[i];
    for (size_t i = 0; i < page->html->n_nodes; i++) {
        if (nodes[i].tag == PM_TAG_META)
            meta(page, dst, &nodes[i]);
        else if (nodes[i].tag == PM_TAG_TITLE && nodes[i].end > i + 1)
            add_parts(page, dst, nodes[i + 1].text);
        else if (nodes[i].tag == PM_TAG_SCRIPT && pm_str_find(nodes[i].text, PM_STR("NewsArticle\""), 0) != SIZE_MAX)
            dst->news = dst->news_article = true;
    }
    for (size_t i = 0; i < page->n_blocks; i++)
        if (page->blocks[i].level == 1 && dst->n_titles < TITLES && !(page->blocks[i].marks & PM_MARKS_OUTSIDE)) {
            dst->titles[dst->n_titles++] = page->blocks[i].line.hits.hash;
            break;
        }
}
