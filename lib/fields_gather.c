#include "fields_gather.h"

static const struct meta_name {
    const char *name;
    uint8_t slot;
    uint8_t rank; /* the lowest wins */
} meta_names[] = {
    {"og:title", PM_SLOT_OG_TITLE, 1},
    {"twitter:title", PM_SLOT_CARD_TITLE, 1},
    {"parsely-title", PM_SLOT_TITLE, 1},
    {"sailthru.title", PM_SLOT_TITLE, 2},
    {"dc.title", PM_SLOT_TITLE, 3},
    {"dcterm.title", PM_SLOT_TITLE, 3},
    {"dcterms.title", PM_SLOT_TITLE, 3},
    {"title", PM_SLOT_TITLE, 4},
    {"og:description", PM_SLOT_DESCRIPTION, 1},
    {"description", PM_SLOT_DESCRIPTION, 2},
    {"twitter:description", PM_SLOT_DESCRIPTION, 3},
    {"dc.description", PM_SLOT_DESCRIPTION, 4},
    {"article:published_time", PM_SLOT_PUBLISHED, 1},
    {"article:published", PM_SLOT_PUBLISHED, 2},
    {"og:article:published_time", PM_SLOT_PUBLISHED, 2},
    {"og:published_time", PM_SLOT_PUBLISHED, 2},
    {"datepublished", PM_SLOT_PUBLISHED, 3},
    {"parsely-pub-date", PM_SLOT_PUBLISHED, 3},
    {"sailthru.date", PM_SLOT_PUBLISHED, 4},
    {"cxenseparse:recs:publishtime", PM_SLOT_PUBLISHED, 4},
    {"publish-date", PM_SLOT_PUBLISHED, 4},
    {"publish_date", PM_SLOT_PUBLISHED, 4},
    {"publishdate", PM_SLOT_PUBLISHED, 4},
    {"published_time", PM_SLOT_PUBLISHED, 4},
    {"publication_date", PM_SLOT_PUBLISHED, 4},
    {"pubdate", PM_SLOT_PUBLISHED, 4},
    {"article.published", PM_SLOT_PUBLISHED, 4},
    {"dcterms.created", PM_SLOT_PUBLISHED, 5},
    {"dc.date.issued", PM_SLOT_PUBLISHED, 5},
    {"dc.date", PM_SLOT_PUBLISHED, 6},
    {"dcterms.date", PM_SLOT_PUBLISHED, 6},
    {"date", PM_SLOT_PUBLISHED, 7},
    {"article:modified_time", PM_SLOT_MODIFIED, 1},
    {"datemodified", PM_SLOT_MODIFIED, 2},
    {"og:updated_time", PM_SLOT_MODIFIED, 3},
    {"article:modified", PM_SLOT_MODIFIED, 3},
    {"dcterms.modified", PM_SLOT_MODIFIED, 4},
    {"last-modified", PM_SLOT_MODIFIED, 5},
    {"article:section", PM_SLOT_SECTION, 1},
    {"og:article:section", PM_SLOT_SECTION, 2},
    {"parsely-section", PM_SLOT_SECTION, 2},
    {"section", PM_SLOT_SECTION, 3},
    {"og:site_name", PM_SLOT_SITE, 1},
    {"application-name", PM_SLOT_SITE, 2},
    {"apple-mobile-web-app-title", PM_SLOT_SITE, 3},
    {"og:locale", PM_SLOT_LOCALE, 2},
    {"content-language", PM_SLOT_LOCALE, 1},
    {"og:url", PM_SLOT_URL, 1},
    {"dc.creator", PM_SLOT_AUTHOR, 1},
    {"dcterm.creator", PM_SLOT_AUTHOR, 1},
    {"dcterms.creator", PM_SLOT_AUTHOR, 1},
    {"source", PM_SLOT_SOURCE, 1},
    {"article:source", PM_SLOT_SOURCE, 1},
    {"news:source", PM_SLOT_SOURCE, 1},
    {"dc.source", PM_SLOT_SOURCE, 1},
    {"dcterms.source", PM_SLOT_SOURCE, 1},
    {"original-source", PM_SLOT_SOURCE, 1},
    {"syndication-source", PM_SLOT_SOURCE, 1},
    {"author", PM_SLOT_AUTHOR, 2},
    {"article:author", PM_SLOT_AUTHOR, 3},
    {"article:author_name", PM_SLOT_AUTHOR, 3},
    {"parsely-author", PM_SLOT_AUTHOR, 3},
    {"sailthru.author", PM_SLOT_AUTHOR, 3},
    {"cxenseparse:author", PM_SLOT_AUTHOR, 3},
    {"byl", PM_SLOT_AUTHOR, 3},
    {"citation_author", PM_SLOT_AUTHOR, 4},
};

static void
set_slot(struct pm_gather *g, enum pm_slot slot, uint8_t rank, struct pm_str value)
{
    value = pm_str_trim(value);
    if (value.len == 0)
        return;
    if (slot == PM_SLOT_SOURCE) {
        pm_names_add(&g->meta_sources, value);
        return;
    }
    if (slot == PM_SLOT_AUTHOR) {
        if (pm_str_starts(value, PM_STR("http")) || value.ptr[0] == '@')
            return;
        if (g->rank[slot] != 0 && rank < g->rank[slot])
            g->meta_authors.n = 0;
        if (g->rank[slot] == 0 || rank <= g->rank[slot])
            pm_names_add(&g->meta_authors, value);
    }
    if (g->rank[slot] != 0 && rank >= g->rank[slot])
        return;
    if (slot == PM_SLOT_PUBLISHED || slot == PM_SLOT_MODIFIED) /* one that is no date must not hide the others */
        value = pm_field_date(value, g->arena);
    if (value.len == 0)
        return;
    g->slot[slot] = value;
    g->rank[slot] = rank;
}

/* "DC:title" and "dc.title" are one. */
static bool
is_meta_name(struct pm_str s, const char *name)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], n = name[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if (n == '\0' || (c != n && !((c == '.' || c == ':') && (n == '.' || n == ':'))))
            return false;
    }
    return name[s.len] == '\0';
}

static void
see_meta_name(struct pm_gather *g, struct pm_str name, struct pm_str value)
{
    for (size_t i = 0; i < sizeof(meta_names) / sizeof(meta_names[0]); i++)
        if (is_meta_name(name, meta_names[i].name)) {
            set_slot(g, meta_names[i].slot, meta_names[i].rank, value);
            break;
        }
}

static void
see_meta(struct pm_gather *g, const struct pm_node *node)
{
    struct pm_str value = pm_node_attr(node, PM_ATTR_CONTENT);
    struct pm_str names[] = {pm_node_attr(node, PM_ATTR_PROPERTY), pm_node_attr(node, PM_ATTR_NAME),
                             pm_node_attr(node, PM_ATTR_ITEMPROP), pm_node_attr(node, PM_ATTR_HTTP_EQUIV)};

    if (value.len == 0)
        return;
    for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
        struct pm_str rest = pm_str_trim(names[k]);

        while (rest.len > 0) { /* RDFa allows several */
            const char *space = memchr(rest.ptr, ' ', rest.len);
            size_t len = space ? (size_t)(space - rest.ptr) : rest.len;

            see_meta_name(g, PM_STRN(rest.ptr, len), value);
            rest = pm_str_trim(PM_STRN(rest.ptr + len, rest.len - len));
        }
    }
}

/* Is `word` one of the space-separated words of `s`, case aside? */
static bool
has_word(struct pm_str s, struct pm_str word)
{
    for (size_t at = pm_str_ifind(s, word, 0); at != SIZE_MAX; at = pm_str_ifind(s, word, at + 1))
        if ((at == 0 || s.ptr[at - 1] == ' ') && (at + word.len == s.len || s.ptr[at + word.len] == ' '))
            return true;
    return false;
}

static struct pm_str
value_of(const struct pm_gather *g, size_t at)
{
    const struct pm_node *node = &g->page->nodes[at];
    struct pm_str s = pm_node_attr(node, PM_ATTR_DATETIME);

    if (s.len == 0)
        s = pm_node_attr(node, PM_ATTR_CONTENT);
    return s.len > 0 ? s : pm_field_node_text(g->page, at, false, g->arena);
}

static void
see_item(struct pm_gather *g, size_t at, struct pm_str prop)
{
    if (has_word(prop, PM_STR("headline")) && g->item_headline.len == 0)
        g->item_headline = pm_field_node_text(g->page, at, false, g->arena);
    else if (has_word(prop, PM_STR("datePublished")) && g->item_published.len == 0)
        g->item_published = value_of(g, at);
    else if (has_word(prop, PM_STR("dateModified")) && g->item_modified.len == 0)
        g->item_modified = value_of(g, at);
    else if (has_word(prop, PM_STR("author")) && g->n_item_authors < PM_GATHER_MARKED)
        g->item_authors[g->n_item_authors++] = (uint32_t)at;
}

static void
see_link(struct pm_gather *g, const struct pm_node *node)
{
    if (g->canonical.len == 0 && has_word(pm_node_attr(node, PM_ATTR_REL), PM_STR("canonical")))
        g->canonical = pm_str_trim(pm_node_attr(node, PM_ATTR_HREF));
}

static void
see(struct pm_gather *g, size_t at)
{
    const struct pm_node *node = &g->page->nodes[at];
    struct pm_str s;

    if (node->n_attrs > 0 && node->tag != PM_TAG_META) {
        s = pm_node_attr(node, PM_ATTR_ITEMPROP);
        if (s.len > 0)
            see_item(g, at, s);
    }
    switch (node->tag) {
    case PM_TAG_HTML:
        s = pm_node_attr(node, PM_ATTR_LANG);
        if (g->language.len == 0)
            g->language = s.len > 0 ? s : pm_node_attr(node, PM_ATTR_XML_LANG);
        break;
    case PM_TAG_META:
        see_meta(g, node);
        break;
    case PM_TAG_LINK:
        see_link(g, node);
        break;
    case PM_TAG_SCRIPT:
        if (g->n_scripts < PM_GATHER_SCRIPTS && node->text.len > 0)
            g->scripts[g->n_scripts++] = node->text;
        break;
    case PM_TAG_TITLE:
        if (g->title.len == 0)
            g->title = pm_field_node_text(g->page, at, false, g->arena);
        break;
    case PM_TAG_H1:
        if (g->n_headings < PM_GATHER_HEADINGS)
            g->headings[g->n_headings++] = (uint32_t)at;
        break;
    case PM_TAG_TIME:
        s = pm_node_attr(node, PM_ATTR_DATETIME);
        if (g->n_times < PM_GATHER_MARKED && s.len > 0)
            g->times[g->n_times++] = s;
        break;
    case PM_TAG_FIGCAPTION:
        if (g->n_captions < PM_FIELD_CAPTIONS_MAX)
            g->captions[g->n_captions++] = (uint32_t)at;
        break;
    case PM_TAG_A:
        if (g->n_item_authors < PM_GATHER_MARKED && has_word(pm_node_attr(node, PM_ATTR_REL), PM_STR("author")))
            g->item_authors[g->n_item_authors++] = (uint32_t)at;
        break;
    default:
        break;
    }
}

void
pm_gather_page(struct pm_gather *g, const struct pm_html *page, struct pm_arena *arena)
{
    memset(g, 0, sizeof(*g));
    g->page = page;
    g->arena = arena;
    for (size_t i = 0; i < page->n_nodes; i++)
        if (page->nodes[i].tag != PM_TAG_TEXT)
            see(g, i);
}
