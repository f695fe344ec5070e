#include "fields_gather.h"

enum {
    NEAR_HEADING = 200, /* nodes before the headline where a byline may stand */
    DATED_MAX = 400,    /* text nodes from the headline on in which a date is looked for */
};

/* ---- title ---- */

/* The h1 that is the headline: one that says what the metadata say, else the first with more than a
 * word or two. */
static struct pm_str
pick_heading(struct pm_gather *g, struct pm_str headline, struct pm_str og)
{
    struct pm_str best = PM_STR_NULL;

    for (size_t i = 0; i < g->n_headings; i++) {
        struct pm_str s = pm_field_node_text(g->page, g->headings[i], false, g->arena);

        if (s.len == 0)
            continue;
        if ((headline.len > 0 && pm_names_same(s, headline)) || (og.len > 0 && pm_names_same(s, og)))
            return s;
        if (best.len == 0 || (best.len < 20 && s.len > best.len))
            best = s;
    }
    return best;
}

static bool
holds(struct pm_str s, struct pm_str part)
{
    return part.len > 0 && pm_str_find(s, part, 0) != SIZE_MAX;
}

/* An attribute that ended at a quotation mark inside of it? */
static bool
is_broken_off(struct pm_str og, struct pm_str heading)
{
    struct pm_str rest;

    if (heading.len <= og.len || !pm_str_starts(heading, og))
        return false;
    rest = pm_str_trim(PM_STRN(heading.ptr + og.len, heading.len - og.len));
    return rest.len > 0 && (rest.ptr[0] == '"' || rest.ptr[0] == '\'');
}

/*
 * Of the headlines that a page gives, the one made for readers elsewhere (og:title) names the story
 * best. But where the headings on the page and in the JSON-LD agree, and it is only a longer form
 * of them, or made for search engines (the site's name is in it), or a third source is with them,
 * they are taken; so is the JSON-LD's of a news article where all others are one. Without it, a heading counts when the
 * title element, which names the page itself, holds it; JSON-LD's too, unless those two agree on another.
 */
static void
choose_title(struct pm_gather *g, const struct pm_field_ld *ld, struct pm_article *dst, struct pm_str host)
{
    struct pm_str names[] = {g->slot[PM_SLOT_SITE], ld->publisher, host};
    struct pm_str og_whole = pm_field_text(g->arena, g->slot[PM_SLOT_OG_TITLE]);
    struct pm_str og = pm_field_untail(og_whole, names, 3);
    struct pm_str card = pm_field_untail(pm_field_text(g->arena, g->slot[PM_SLOT_CARD_TITLE]), names, 3);
    struct pm_str meta = pm_field_untail(pm_field_text(g->arena, g->slot[PM_SLOT_TITLE]), names, 3);
    struct pm_str page = pm_field_untail(g->title, names, 3);
    struct pm_str headline = pm_field_untail(ld->headline, names, 3);
    struct pm_str heading = pick_heading(g, headline, og);
    bool own = holds(g->title, heading); /* the heading is the page's, not a box's */
    struct pm_str order[] = {og, headline, g->item_headline, card, meta, own ? heading : page, page, heading};

    if (og.len > 0 && heading.len > 0 && pm_names_same(heading, headline) &&
        (holds(og, heading) || holds(og, headline) || og.len < og_whole.len || pm_names_same(card, heading) ||
         pm_names_same(meta, heading)))
        order[0] = headline;
    else if (headline.len > 0 && pm_names_same(headline, page) && !pm_names_same(og, heading) &&
             !pm_names_same(headline, heading))
        order[0] = headline; /* the only two that agree */
    else if (ld->news && headline.len > 0 && pm_names_same(og, heading) && pm_names_same(og, page))
        order[0] = headline; /* written for itself, where one string fills all others */
    else if (og.len > 0 && is_broken_off(og, heading))
        order[0] = heading;
    else if (og.len > 0 && pm_names_same(og, g->slot[PM_SLOT_SITE]))
        order[0] = PM_STR_NULL; /* a site that says its own name on every page */
    if (own && headline.len > 0 && !holds(g->title, headline) && !pm_names_same(headline, og))
        order[1] = heading;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && dst->title.len == 0; i++)
        dst->title = order[i];
}

/* ---- authors ---- */

/* "byline" or "author" in a class, as most templates call the element that names the writer. */
static bool is_byline_class(struct pm_str class)
{
    static const char *const words[] = {"yline", "uthor"};

    if (pm_str_find(class, PM_STR("omment"), 0) != SIZE_MAX) /* who wrote a reader's comment */
        return false;
    for (size_t k = 0; k < 2; k++)
        for (size_t at = pm_str_find(class, pm_str_of(words[k]), 1); at != SIZE_MAX;
             at = pm_str_find(class, pm_str_of(words[k]), at + 1))
            if ((class.ptr[at - 1] | 32) == (k == 0 ? 'b' : 'a'))
                return true;
    return false;
}

/* Elements that call themselves bylines, from the headline on, for pages whose metadata name
 * nobody. */
static void
find_marked(struct pm_gather *g, struct pm_names *list)
{
    size_t start = g->n_headings > 0 ? g->headings[0] : 1, seen = 0;

    for (size_t i = start > NEAR_HEADING ? start - NEAR_HEADING : 1;
         i < g->page->n_nodes && seen < PM_GATHER_MARKED * 4; i++) {
        const struct pm_node *node = &g->page->nodes[i];
        struct pm_str s;

        if (node->n_attrs == 0 || !is_byline_class(pm_node_attr(node, PM_ATTR_CLASS)))
            continue;
        s = pm_field_node_text(g->page, i, true, g->arena);
        seen++;
        if (s.len > 1 && s.len < 200) {
            pm_names_add(list, s);
            return;
        }
    }
}

/* Do all of them only repeat the name of the site? */
static bool
name_site(const struct pm_names *list, const struct pm_str *names, size_t n)
{
    for (size_t i = 0; i < list->n; i++) {
        bool same = false;

        for (size_t k = 0; k < n && !same; k++)
            same = names[k].len > 0 && pm_names_same(list->v[i], names[k]);
        if (!same)
            return false;
    }
    return true;
}

static void
add_items(struct pm_gather *g, struct pm_names *list)
{
    for (size_t i = 0; i < g->n_item_authors; i++) {
        struct pm_str s = pm_node_attr(&g->page->nodes[g->item_authors[i]], PM_ATTR_CONTENT);

        if (s.len == 0)
            s = pm_field_node_text(g->page, g->item_authors[i], true, g->arena);
        if (s.len > 0 && s.len < 200)
            pm_names_add(list, s);
    }
}

enum who { NOBODY, THE_SITE, SOMEBODY };

/* Take `list` for the authors when it tells more than what is there. */
static enum who
take_better(struct pm_gather *g, const struct pm_field_ld *ld, const struct pm_names *list, enum who best,
            struct pm_names *raw)
{
    struct pm_str site[] = {ld->publisher, g->slot[PM_SLOT_SITE]};
    struct pm_names names = {.n = 0};
    enum who who;

    for (size_t i = 0; i < list->n && names.n == 0; i++)
        pm_names_split(pm_field_text(g->arena, list->v[i]), g->arena, &names);
    who = names.n == 0 ? NOBODY : name_site(list, site, 2) ? THE_SITE : SOMEBODY;
    if (who <= best)
        return best;
    *raw = *list;
    return who;
}

/*
 * The first source that names somebody else than the site itself; where none does, the first that
 * names anybody. Elements marked as bylines hold much else, so they come in only where nobody is
 * named.
 */
static void
choose_authors(struct pm_gather *g, const struct pm_field_ld *ld, struct pm_names *raw)
{
    struct pm_names list = {.n = 0};
    enum who best = take_better(g, ld, &ld->authors, NOBODY, raw);

    if (best < SOMEBODY)
        best = take_better(g, ld, &g->meta_authors, best, raw);
    if (best < SOMEBODY) {
        add_items(g, &list);
        best = take_better(g, ld, &list, best, raw);
    }
    if (best == NOBODY) {
        list.n = 0;
        find_marked(g, &list);
        (void)take_better(g, ld, &list, best, raw);
    }
}

/* ---- the rest ---- */

static struct pm_str
first_of(const struct pm_str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].len > 0)
            return v[i];
    return PM_STR_NULL;
}

/* A date in words in a short text near the headline, for pages that mark none. */
static struct pm_str
find_dated(struct pm_gather *g)
{
    size_t start = g->n_headings > 0 ? g->headings[0] : 1, seen = 0;
    struct pm_str date;

    for (size_t i = start > NEAR_HEADING ? start - NEAR_HEADING : 1; i < g->page->n_nodes && seen < DATED_MAX; i++) {
        const struct pm_node *node = &g->page->nodes[i];

        if (node->tag != PM_TAG_TEXT)
            continue;
        seen++;
        date = node->text.len >= 8 && node->text.len <= 100 ? pm_field_date(node->text, g->arena) : PM_STR_NULL;
        if (date.len > 0)
            return date;
    }
    return PM_STR_NULL;
}

static void
choose_dates(struct pm_gather *g, const struct pm_field_ld *ld, struct pm_article *dst)
{
    dst->published = pm_field_date(ld->published, g->arena);
    if (dst->published.len == 0)
        dst->published = g->slot[PM_SLOT_PUBLISHED];
    if (dst->published.len == 0)
        dst->published = pm_field_date(g->item_published, g->arena);
    for (size_t i = 0; i < g->n_times && dst->published.len == 0; i++)
        dst->published = pm_field_date(g->times[i], g->arena);
    if (dst->published.len == 0)
        dst->published = find_dated(g);
    dst->modified = pm_field_date(ld->modified, g->arena);
    if (dst->modified.len == 0)
        dst->modified = g->slot[PM_SLOT_MODIFIED];
    if (dst->modified.len == 0)
        dst->modified = pm_field_date(g->item_modified, g->arena);
}

/* "de_DE" as BCP 47 has it; absent when it is no language tag. */
static struct pm_str
language_tag(struct pm_str s, struct pm_arena *arena)
{
    struct pm_str t;
    char *p;

    s = pm_str_trim(s);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == ',' || s.ptr[i] == ';' || s.ptr[i] == ' ' || s.ptr[i] == '.')
            s.len = i;
    if (s.len < 2 || s.len > 35)
        return PM_STR_NULL;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!(((c | 32) >= 'a' && (c | 32) <= 'z') || (i >= 2 && ((c >= '0' && c <= '9') || c == '-' || c == '_'))))
            return PM_STR_NULL;
    }
    t = pm_arena_str(arena, s);
    if (t.len == 0)
        return t;
    p = pm_arena_alloc(arena, t.len);
    if (p == NULL)
        return PM_STR_NULL;
    for (size_t i = 0; i < t.len; i++)
        p[i] = t.ptr[i] == '_' ? '-' : t.ptr[i];
    return PM_STRN(p, t.len);
}

/* An absolute http(s) address; one from the root of the site is put behind its host. */
static struct pm_str
absolute_url(struct pm_str ref, struct pm_str base, struct pm_arena *arena)
{
    size_t host, end;

    ref = pm_str_trim(ref);
    if (pm_str_istarts(ref, PM_STR("http://")) || pm_str_istarts(ref, PM_STR("https://")))
        return ref;
    host = pm_str_find(base, PM_STR("://"), 0);
    if (host == SIZE_MAX || ref.len == 0 || ref.ptr[0] != '/')
        return PM_STR_NULL;
    if (pm_str_starts(ref, PM_STR("//")))
        return pm_arena_strf(arena, PM_STR_FMT ":" PM_STR_FMT, (int)host, base.ptr, PM_STR_ARG(ref));
    for (end = host + 3; end < base.len && base.ptr[end] != '/' && base.ptr[end] != '?' && base.ptr[end] != '#'; end++)
        continue;
    return pm_arena_strf(arena, PM_STR_FMT PM_STR_FMT, (int)(end > 4096 ? 4096 : end), base.ptr, PM_STR_ARG(ref));
}

/* The name in a host: "example" of "www.example.co.uk". */
static struct pm_str
host_name(struct pm_str url)
{
    size_t from = pm_str_find(url, PM_STR("://"), 0), to, best = 0, best_at = 0, label;

    if (from == SIZE_MAX)
        return PM_STR_NULL;
    from += 3;
    for (to = from; to < url.len && url.ptr[to] != '/' && url.ptr[to] != ':' && url.ptr[to] != '?'; to++)
        continue;
    for (label = from; label < to;) { /* the longest label is the one that is a name */
        size_t end = label;

        while (end < to && url.ptr[end] != '.')
            end++;
        if (end - label > best && end < to) {
            best = end - label;
            best_at = label;
        }
        label = end + 1;
    }
    return PM_STRN(url.ptr + best_at, best);
}

static int
put_captions(struct pm_gather *g, struct pm_article *dst, struct pm_err *err)
{
    if (g->n_captions == 0)
        return PM_OK;
    dst->captions = pm_arena_array(g->arena, g->n_captions, sizeof(*dst->captions));
    if (dst->captions == NULL)
        return pm_arena_check(g->arena, err);
    dst->n_captions = 0;
    for (size_t i = 0; i < g->n_captions; i++) {
        struct pm_str s = pm_field_node_text(g->page, g->captions[i], false, g->arena);
        bool known = s.len == 0;

        for (size_t k = 0; k < dst->n_captions && !known; k++)
            known = pm_str_eq(dst->captions[k], s);
        if (!known)
            dst->captions[dst->n_captions++] = s;
    }
    return PM_OK;
}

static int
put_names(struct pm_gather *g, const struct pm_names *raw, const struct pm_field_ld *ld, struct pm_article *dst,
          struct pm_fields_extra *extra, struct pm_err *err)
{
    struct pm_names names = {.n = 0}, said = *raw;
    struct pm_str *authors;

    for (size_t i = 0; i < raw->n; i++)
        pm_names_split(pm_field_text(g->arena, raw->v[i]), g->arena, &names);
    dst->byline = pm_arena_array(g->arena, names.n + 1, sizeof(*dst->byline));
    for (size_t i = 0; i < ld->sources.n; i++)
        pm_names_add(&said, ld->sources.v[i]);
    for (size_t i = 0; i < g->meta_sources.n; i++)
        pm_names_add(&said, g->meta_sources.v[i]);
    authors = pm_arena_array(g->arena, said.n + 1, sizeof(*authors));
    if (dst->byline == NULL || authors == NULL)
        return pm_arena_check(g->arena, err);
    memcpy(dst->byline, names.v, names.n * sizeof(*names.v));
    dst->n_byline = names.n;
    memcpy(authors, said.v, said.n * sizeof(*authors));
    extra->authors = authors;
    extra->n_authors = said.n;
    extra->publisher = ld->publisher;
    return PM_OK;
}

int
pm_fields_html(const struct pm_html *page, struct pm_str url, struct pm_arena *arena, struct pm_article *dst,
               struct pm_fields_extra *extra, struct pm_err *err)
{
    struct pm_gather g;
    struct pm_field_ld ld = {.authors = {.n = 0}};
    struct pm_names raw = {.n = 0};
    int rc;

    memset(extra, 0, sizeof(*extra));
    pm_gather_page(&g, page, arena);
    dst->canonical = absolute_url(g.canonical.len > 0 ? g.canonical : g.slot[PM_SLOT_URL], url, arena);
    rc = pm_field_ld_read(g.scripts, g.n_scripts, dst->canonical.len > 0 ? dst->canonical : url, arena, &ld, err);
    if (rc != PM_OK)
        return rc;
    if (dst->canonical.len == 0)
        dst->canonical = absolute_url(ld.url, url, arena);
    choose_title(&g, &ld, dst, host_name(dst->canonical.len > 0 ? dst->canonical : url));
    choose_dates(&g, &ld, dst);
    choose_authors(&g, &ld, &raw);
    rc = put_names(&g, &raw, &ld, dst, extra, err);
    if (rc != PM_OK)
        return rc;
    dst->standfirst = pm_field_text(arena, first_of((struct pm_str[]){g.slot[PM_SLOT_DESCRIPTION], ld.description}, 2));
    dst->section = pm_field_text(arena, first_of((struct pm_str[]){ld.section, g.slot[PM_SLOT_SECTION]}, 2));
    dst->site = pm_field_text(arena, first_of((struct pm_str[]){g.slot[PM_SLOT_SITE], ld.publisher}, 2));
    dst->language =
        language_tag(first_of((struct pm_str[]){g.language, g.slot[PM_SLOT_LOCALE], ld.language}, 3), arena);
    rc = put_captions(&g, dst, err);
    return rc != PM_OK ? rc : pm_arena_check(arena, err);
}
