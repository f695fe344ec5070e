#include "fields_own.h"
#include "jsonld.h"

enum { TEXTS_MAX = 24, DEPTH_MAX = 16, REFERENCES_MAX = 32 };

struct docs {
    struct pm_jsonld doc[TEXTS_MAX];
    size_t n;
    unsigned references; /* "@id" looked up so far */
    struct pm_arena *arena;
};

/* An object of one of the documents. */
struct place {
    const struct pm_jsonld *doc;
    size_t at;
};

enum kind { KIND_NONE, KIND_PAGE, KIND_ARTICLE };

static struct pm_str
text_of(const struct docs *d, const struct pm_jsonld *doc, size_t at)
{
    if (at >= doc->n)
        return PM_STR_NULL;
    return pm_field_text(d->arena, pm_jsonld_string(&doc->values[at], d->arena));
}

static struct pm_str
member_text(const struct docs *d, struct place p, const char *key)
{
    size_t at = pm_jsonld_member(p.doc, p.at, pm_str_of(key));

    if (at != SIZE_MAX && p.doc->values[at].kind == PM_JSONLD_ARRAY)
        at = p.doc->values[at].end > at + 1 ? at + 1 : SIZE_MAX; /* the first of several */
    if (at == SIZE_MAX || p.doc->values[at].kind != PM_JSONLD_STRING)
        return PM_STR_NULL;
    return text_of(d, p.doc, at);
}

static enum kind
kind_of_type(struct pm_str type)
{
    if (pm_str_ends(type, PM_STR("Article")) || pm_str_ends(type, PM_STR("Posting")) ||
        pm_str_ends(type, PM_STR("Report")))
        return KIND_ARTICLE;
    if (pm_str_ends(type, PM_STR("Page")) || pm_str_ends(type, PM_STR("VideoObject")) ||
        pm_str_eq(type, PM_STR("CreativeWork")) || pm_str_ends(type, PM_STR("Review")) ||
        pm_str_ends(type, PM_STR("Recipe")) || pm_str_ends(type, PM_STR("PodcastEpisode")))
        return KIND_PAGE;
    return KIND_NONE;
}

static enum kind
kind_of(struct place p)
{
    size_t at = pm_jsonld_member(p.doc, p.at, PM_STR("@type"));
    enum kind best = KIND_NONE, k;

    if (at == SIZE_MAX)
        return KIND_NONE;
    for (size_t i = at; i < p.doc->values[at].end; i++) {
        k = p.doc->values[i].kind == PM_JSONLD_STRING ? kind_of_type(p.doc->values[i].text) : KIND_NONE;
        best = k > best ? k : best;
    }
    return best;
}

/* Does it stand where a page's own article stands: outermost, in a graph, or as the main entity of
 * its page? */
static bool
is_own(const struct pm_jsonld *doc, size_t at)
{
    for (int depth = 0; depth < DEPTH_MAX; depth++) {
        struct pm_str key = doc->values[at].key;

        if (key.len > 0 && !pm_str_eq(key, PM_STR("@graph")) && !pm_str_eq(key, PM_STR("mainEntity")) &&
            !pm_str_eq(key, PM_STR("mainEntityOfPage")))
            return false;
        if (doc->values[at].parent == at)
            return true;
        at = doc->values[at].parent;
    }
    return false;
}

/* The address without scheme, query and closing slash, for comparison. */
static struct pm_str
bare_url(struct pm_str url)
{
    size_t from = pm_str_find(url, PM_STR("://"), 0), to;

    if (url.len == 0)
        return url;
    from = from == SIZE_MAX ? 0 : from + 3;
    for (to = from; to < url.len && url.ptr[to] != '?' && url.ptr[to] != '#'; to++)
        continue;
    while (to > from && url.ptr[to - 1] == '/')
        to--;
    return PM_STRN(url.ptr + from, to - from);
}

static struct pm_str
url_of(const struct docs *d, struct place p)
{
    static const char *const keys[] = {"url", "mainEntityOfPage", "@id"};

    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
        size_t at = pm_jsonld_member(p.doc, p.at, pm_str_of(keys[k]));
        struct pm_str url = PM_STR_NULL;

        if (at == SIZE_MAX)
            continue;
        if (p.doc->values[at].kind == PM_JSONLD_STRING)
            url = text_of(d, p.doc, at);
        else if (p.doc->values[at].kind == PM_JSONLD_OBJECT)
            url = member_text(d, (struct place){p.doc, at}, "@id");
        if (pm_str_starts(url, PM_STR("http")))
            return url;
    }
    return PM_STR_NULL;
}

/* The object with that "@id" which has a name, in any of the documents. */
static bool
find_id(struct docs *d, struct pm_str id, struct place *dst)
{
    if (id.len == 0 || d->references++ >= REFERENCES_MAX)
        return false;
    for (size_t k = 0; k < d->n; k++)
        for (size_t i = 0; i < d->doc[k].n; i++) {
            const struct pm_jsonld_value *v = &d->doc[k].values[i];

            if (!pm_str_eq(v->key, PM_STR("@id")) || !pm_str_eq(v->text, id))
                continue;
            *dst = (struct place){&d->doc[k], v->parent};
            if (pm_jsonld_member(dst->doc, dst->at, PM_STR("name")) != SIZE_MAX)
                return true;
        }
    return false;
}

/* The name of a person or organisation: a string, an object with a name, a reference to one. */
static void
add_name(struct docs *d, const struct pm_jsonld *doc, size_t at, struct pm_names *list)
{
    const struct pm_jsonld_value *v = &doc->values[at];
    struct place p = {doc, at};
    size_t name;

    if (v->kind == PM_JSONLD_STRING) {
        struct pm_str s = text_of(d, doc, at);

        if (!pm_str_starts(s, PM_STR("http")))
            pm_names_add(list, s);
        return;
    }
    if (v->kind != PM_JSONLD_OBJECT)
        return;
    name = pm_jsonld_member(doc, at, PM_STR("name"));
    if (name == SIZE_MAX && pm_jsonld_member(doc, at, PM_STR("familyName")) != SIZE_MAX) {
        struct pm_str given = member_text(d, p, "givenName"), family = member_text(d, p, "familyName");

        pm_names_add(list, given.len == 0 ? family
                                          : pm_arena_strf(d->arena, PM_STR_FMT " " PM_STR_FMT, PM_STR_ARG(given),
                                                          PM_STR_ARG(family)));
        return;
    }
    if (name == SIZE_MAX) {
        size_t id = pm_jsonld_member(doc, at, PM_STR("@id"));

        if (id == SIZE_MAX || !find_id(d, doc->values[id].text, &p))
            return;
        name = pm_jsonld_member(p.doc, p.at, PM_STR("name"));
    }
    for (size_t i = name; i < p.doc->values[name].end; i++)
        if (p.doc->values[i].kind == PM_JSONLD_STRING)
            pm_names_add(list, text_of(d, p.doc, i));
}

static void
add_names(struct docs *d, struct place p, const char *key, struct pm_names *list)
{
    size_t at = pm_jsonld_member(p.doc, p.at, pm_str_of(key));

    if (at == SIZE_MAX)
        return;
    if (p.doc->values[at].kind != PM_JSONLD_ARRAY) {
        add_name(d, p.doc, at, list);
        return;
    }
    for (size_t i = at + 1; i < p.doc->values[at].end; i = p.doc->values[i].end) {
        if (p.doc->values[i].kind != PM_JSONLD_ARRAY) {
            add_name(d, p.doc, i, list);
            continue;
        }
        for (size_t k = i + 1; k < p.doc->values[i].end; k = p.doc->values[k].end)
            add_name(d, p.doc, k, list);
    }
}

static void
fill_absent(struct pm_str *dst, struct pm_str s)
{
    if (dst->len == 0)
        *dst = s;
}

static void
fill(struct docs *d, struct place p, enum kind kind, struct pm_field_ld *dst)
{
    struct pm_names one = {.n = 0};

    fill_absent(&dst->headline, member_text(d, p, "headline"));
    if (pm_str_ends(member_text(d, p, "@type"), PM_STR("NewsArticle")))
        dst->news = true;
    if (kind == KIND_ARTICLE) {
        fill_absent(&dst->headline, member_text(d, p, "name"));
        fill_absent(&dst->section, member_text(d, p, "articleSection"));
    }
    fill_absent(&dst->description, member_text(d, p, "description"));
    fill_absent(&dst->published, member_text(d, p, "datePublished"));
    fill_absent(&dst->published, member_text(d, p, "dateCreated"));
    fill_absent(&dst->published, member_text(d, p, "uploadDate"));
    fill_absent(&dst->modified, member_text(d, p, "dateModified"));
    fill_absent(&dst->language, member_text(d, p, "inLanguage"));
    fill_absent(&dst->url, url_of(d, p));
    if (dst->authors.n == 0)
        add_names(d, p, "author", &dst->authors);
    if (dst->authors.n == 0)
        add_names(d, p, "creator", &dst->authors);
    add_names(d, p, "sourceOrganization", &dst->sources);
    add_names(d, p, "provider", &dst->sources);
    add_names(d, p, "publisher", &one);
    if (one.n > 0)
        fill_absent(&dst->publisher, one.v[0]);
}

/* How much of an article an object is. */
static int
worth(const struct docs *d, struct place p, enum kind kind, struct pm_str canonical)
{
    int w = kind == KIND_ARTICLE ? 8 : 1;

    w += pm_jsonld_member(p.doc, p.at, PM_STR("headline")) != SIZE_MAX ? 2 : 0;
    w += pm_jsonld_member(p.doc, p.at, PM_STR("datePublished")) != SIZE_MAX ? 2 : 0;
    w += pm_jsonld_member(p.doc, p.at, PM_STR("author")) != SIZE_MAX ? 1 : 0;
    if (canonical.len > 0 && pm_str_ieq(bare_url(url_of(d, p)), bare_url(canonical)))
        w += 4;
    return w;
}

/* A text that can hold an article: the rest, lists of links and logos mostly, is not read. */
static bool
is_promising(struct pm_str s)
{
    return pm_str_find(s, PM_STR("\"headline\""), 0) != SIZE_MAX ||
           pm_str_find(s, PM_STR("\"datePublished\""), 0) != SIZE_MAX ||
           pm_str_find(s, PM_STR("Article\""), 0) != SIZE_MAX || pm_str_find(s, PM_STR("\"author\""), 0) != SIZE_MAX;
}

int
pm_field_ld_read(const struct pm_str *texts, size_t n, struct pm_str canonical, struct pm_arena *arena,
                 struct pm_field_ld *dst, struct pm_err *err)
{
    struct docs d = {.arena = arena};
    struct place best = {NULL, 0};
    enum kind best_kind = KIND_NONE;
    int best_worth = 0, tried = 0, rc;

    for (size_t i = 0; i < n && d.n < TEXTS_MAX; i++) {
        if (!is_promising(texts[i]))
            continue;
        rc = pm_jsonld_read(texts[i], arena, &d.doc[d.n], err);
        if (rc != PM_OK)
            return rc;
        d.n++;
    }
    for (size_t k = 0; k < d.n; k++)
        for (size_t i = 0; i < d.doc[k].n && tried < 64; i++) {
            struct place p = {&d.doc[k], i};
            enum kind kind;
            int w;

            if (p.doc->values[i].kind != PM_JSONLD_OBJECT || !is_own(p.doc, i))
                continue;
            kind = kind_of(p);
            if (kind == KIND_NONE)
                continue;
            tried++;
            w = worth(&d, p, kind, canonical);
            if (w > best_worth) {
                best = p;
                best_kind = kind;
                best_worth = w;
            }
        }
    if (best.doc == NULL)
        return pm_arena_check(arena, err);
    fill(&d, best, best_kind, dst);
    for (size_t k = 0; k < d.n && best_kind == KIND_ARTICLE; k++) /* what a page's own object adds */
        for (size_t i = 0; i < d.doc[k].n && tried < 128; i++) {
            struct place p = {&d.doc[k], i};

            if (p.doc->values[i].kind != PM_JSONLD_OBJECT || !is_own(p.doc, i) || kind_of(p) != KIND_PAGE)
                continue;
            tried++;
            fill_absent(&dst->published, member_text(&d, p, "datePublished"));
            fill_absent(&dst->modified, member_text(&d, p, "dateModified"));
            fill_absent(&dst->language, member_text(&d, p, "inLanguage"));
        }
    return pm_arena_check(arena, err);
}
