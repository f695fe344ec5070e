#include "credit_match.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "credit_table.h"

enum { EXTRA_MAX = 1 << 20, KEY_MAX = 96, WORDS_MAX = 6 };

struct entry {
    struct pm_str key;   /* normal form, see normalise() */
    struct pm_str alias; /* as written in the table */
    uint16_t id;
};

struct domain {
    struct pm_str name;
    uint16_t id;
};

struct pm_agencies {
    struct pm_arena *arena;
    struct pm_str *names;
    struct entry *entries; /* sorted by key */
    struct domain *domains;
    size_t n_names, cap_names, n_entries, cap_entries, n_domains, cap_domains;
};

/* ---- characters ---- */

static uint32_t
code_at(struct pm_str s, size_t i, size_t *len)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n;

    *len = 0;
    if (i >= s.len)
        return 0;
    *len = 1;
    if ((unsigned char)s.ptr[i] < 0x80)
        return (unsigned char)s.ptr[i];
    n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + i, (utf8proc_ssize_t)(s.len - i), &cp);
    if (n <= 0)
        return 0xFFFD;
    *len = (size_t)n;
    return (uint32_t)cp;
}

static uint32_t
lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

static bool
is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x202F ||
           cp == 0x3000 || cp == 0xFEFF;
}

static bool
is_word(uint32_t cp)
{
    utf8proc_category_t c;

    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    if (is_space(cp))
        return false;
    c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

static bool
is_quote(uint32_t cp)
{
    return cp == '.' || cp == '\'' || cp == '"' || cp == 0x2019 || cp == 0x2018 || cp == 0x201C || cp == 0x201D ||
           cp == 0xAB || cp == 0xBB || cp == 0xAD;
}

/*
 * The form in which names are compared: small letters, no dots and quotes, everything else that is no letter one
 * space. Returns its length; 0 when it does not fit KEY_MAX, which no name of an agency needs.
 */
static size_t
normalise(struct pm_str s, char key[KEY_MAX])
{
    size_t n = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = code_at(s, i, &len);

        if (n + 8 > KEY_MAX)
            return 0;
        if (is_quote(cp) || (cp >= 0x200B && cp <= 0x200F))
            continue;
        if (is_word(cp))
            n += (size_t)utf8proc_encode_char((utf8proc_int32_t)lower(cp), (utf8proc_uint8_t *)key + n);
        else if (n > 0 && key[n - 1] != ' ')
            key[n++] = ' ';
    }
    return n > 0 && key[n - 1] == ' ' ? n - 1 : n;
}

/* Without white space and marks that stand around names. */
static struct pm_str
strip(struct pm_str s)
{
    size_t len, end;

    while (s.len > 0) {
        uint32_t cp = code_at(s, 0, &len);

        if (is_word(cp))
            break;
        s.ptr += len;
        s.len -= len;
    }
    for (end = 0; end < s.len;) {
        size_t i = end;

        while (i < s.len && !is_word(code_at(s, i, &len)))
            i += len;
        if (i >= s.len)
            break;
        end = i + len;
    }
    s.len = end;
    return s;
}

/* ---- phrases ---- */

/* Bytes of `s` that `phrase` covers, letters compared without case; 0 when `s` does not start with it. */
static size_t
fold_starts(struct pm_str s, struct pm_str phrase)
{
    size_t i = 0, j = 0, a, b;

    while (j < phrase.len) {
        uint32_t p = code_at(phrase, j, &b), c = code_at(s, i, &a);

        if (a == 0 || (lower(c) != p && !(p == ' ' && is_space(c)) && !(p == '\'' && c == 0x2019)))
            return 0;
        i += a;
        j += b;
    }
    return i;
}

/* True for scripts that put no space between words, where any place may end one. */
static bool
is_unspaced(uint32_t cp)
{
    return (cp >= 0x3000 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x0E00 && cp <= 0x0EFF);
}

bool
pm_phrase_starts(const char *phrases, struct pm_str s, size_t *len)
{
    size_t best = 0, l;

    for (const char *p = phrases; *p != '\0';) {
        size_t n = strcspn(p, "|");
        size_t used = n > 0 && s.len > 0 ? fold_starts(s, PM_STRN(p, n)) : 0;

        if (used > best) {
            uint32_t next = code_at(s, used, &l);

            if (l == 0 || !is_word(next) || is_unspaced(next))
                best = used;
        }
        p += n + (p[n] == '|');
    }
    *len = best;
    return best > 0;
}

bool
pm_phrase_is(const char *phrases, struct pm_str s)
{
    for (const char *p = phrases; *p != '\0';) {
        size_t n = strcspn(p, "|");

        if (n > 0 && fold_starts(s, PM_STRN(p, n)) == s.len && s.len > 0)
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}

bool
pm_phrase_within(const char *phrases, struct pm_str s, bool whole, size_t *at)
{
    bool inside = false;
    size_t len, l;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = code_at(s, i, &len);
        struct pm_str rest = PM_STRN(s.ptr + i, s.len - i);

        if (!inside && is_word(cp)) {
            for (const char *p = phrases; *p != '\0';) {
                size_t n = strcspn(p, "|"), used = fold_starts(rest, PM_STRN(p, n));
                uint32_t next = code_at(rest, used, &l);

                if (used > 0 && (!whole || !is_word(next) || is_unspaced(next))) {
                    *at = i;
                    return true;
                }
                p += n + (p[n] == '|');
            }
        }
        inside = is_word(cp) && !is_unspaced(cp);
    }
    return false;
}

/* ---- the table ---- */

static void
add_entry(struct pm_agencies *a, struct pm_str alias, unsigned id)
{
    char key[KEY_MAX];
    size_t n = normalise(alias, key);

    if (n == 0 || a->n_entries == a->cap_entries)
        return;
    a->entries[a->n_entries].key = pm_arena_str(a->arena, PM_STRN(key, n));
    a->entries[a->n_entries].alias = alias;
    a->entries[a->n_entries].id = (uint16_t)id;
    a->n_entries++;
}

static void
add_domain(struct pm_agencies *a, struct pm_str domain, unsigned id)
{
    if (domain.len == 0 || a->n_domains == a->cap_domains)
        return;
    a->domains[a->n_domains].name = domain;
    a->domains[a->n_domains++].id = (uint16_t)id;
}

/* Call `add` for each of the "|"-separated parts. */
static void
add_all(struct pm_agencies *a, const char *list, unsigned id,
        void (*add)(struct pm_agencies *, struct pm_str, unsigned))
{
    for (const char *p = list; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, "|");

        add(a, PM_STRN(p, n), id);
        p += n + (p[n] == '|');
    }
}

static int
cmp_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int c = pm_str_cmp(x->key, y->key);

    return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

/* The number of the agency of that short name, a new one if there is none yet. */
static unsigned
name_id(struct pm_agencies *a, struct pm_str name)
{
    for (size_t i = 0; i < a->n_names; i++)
        if (pm_str_ieq(a->names[i], name))
            return (unsigned)i;
    a->names[a->n_names] = name;
    return (unsigned)a->n_names++;
}

static int
add_extra(struct pm_agencies *a, struct pm_str extra, struct pm_err *err)
{
    size_t line_no = 0;

    while (extra.len > 0) {
        const char *nl = memchr(extra.ptr, '\n', extra.len);
        size_t len = nl ? (size_t)(nl - extra.ptr) : extra.len;
        struct pm_str line = PM_STRN(extra.ptr, len);
        unsigned id = 0;
        bool first = true;

        extra.ptr += len + (nl != NULL);
        extra.len -= len + (nl != NULL);
        line_no++;
        if (pm_str_trim(line).len == 0)
            continue;
        for (size_t i = 0, l; i < line.len; i += l)
            if (code_at(line, i, &l) == 0xFFFD && l == 1)
                return pm_fail(err, PM_EINVAL, "agencies, line %zu: not UTF-8", line_no);
        while (line.len > 0 && line.ptr[0] != '#') {
            const char *tab = memchr(line.ptr, '\t', line.len);
            struct pm_str word = PM_STRN(line.ptr, tab ? (size_t)(tab - line.ptr) : line.len);

            line.ptr += word.len + (tab != NULL);
            line.len -= word.len + (tab != NULL);
            word = pm_str_trim(word);
            if (first && word.len == 0)
                return pm_fail(err, PM_EINVAL, "agencies, line %zu: no short name", line_no);
            if (first)
                id = name_id(a, word);
            first = false;
            add_entry(a, word, id);
            if (memchr(word.ptr, '.', word.len) && !memchr(word.ptr, ' ', word.len))
                add_domain(a, word, id);
        }
    }
    return PM_OK;
}

static size_t
count_of(struct pm_str s, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == c;
    return n;
}

/* Room for every name there can be, so that filling cannot run over. */
static int
make_room(struct pm_agencies *a, struct pm_str extra, struct pm_err *err)
{
    size_t lines = count_of(extra, '\n') + 1, tabs = count_of(extra, '\t') + lines;

    a->cap_names = pm_agency_table_len + lines + 1;
    a->cap_entries = tabs + count_of(pm_str_of(pm_agency_unnamed), '|') + 1;
    a->cap_domains = tabs;
    for (size_t i = 0; i < pm_agency_table_len; i++) {
        a->cap_entries += count_of(pm_str_of(pm_agency_table[i].aliases), '|') + 2;
        a->cap_domains += count_of(pm_str_of(pm_agency_table[i].domains), '|') + 1;
    }
    if (a->cap_names > UINT16_MAX)
        return pm_fail(err, PM_ELIMIT, "more than %d agencies", (int)UINT16_MAX);
    a->names = pm_arena_array(a->arena, a->cap_names, sizeof(*a->names));
    a->entries = pm_arena_array(a->arena, a->cap_entries, sizeof(*a->entries));
    a->domains = pm_arena_array(a->arena, a->cap_domains, sizeof(*a->domains));
    return pm_arena_check(a->arena, err);
}

int
pm_agencies_new(struct pm_agencies **dst, struct pm_str extra, struct pm_err *err)
{
    struct pm_agencies *a = NULL;
    struct pm_arena *arena;
    int rc;

    if (extra.len > EXTRA_MAX)
        return pm_fail(err, PM_ELIMIT, "table of agencies is over the limit of %d bytes", EXTRA_MAX);
    arena = pm_arena_new((size_t)64 << 20);
    if (arena != NULL)
        a = pm_arena_alloc(arena, sizeof(*a));
    if (a == NULL) {
        rc = pm_fail(err, PM_ENOMEM, "no memory for the table of agencies");
        goto out;
    }
    a->arena = arena;
    extra = pm_arena_str(arena, extra); /* entries point into it */
    rc = make_room(a, extra, err);
    if (rc != PM_OK)
        goto out;
    for (size_t i = 0; i < pm_agency_table_len; i++) {
        unsigned id = name_id(a, pm_str_of(pm_agency_table[i].name));

        add_entry(a, a->names[id], id);
        add_all(a, pm_agency_table[i].aliases, id, add_entry);
        add_all(a, pm_agency_table[i].domains, id, add_domain);
    }
    rc = add_extra(a, extra, err);
    if (rc != PM_OK)
        goto out;
    a->names[a->n_names++] = PM_STR(PM_AGENCY_UNNAMED);
    add_all(a, pm_agency_unnamed, pm_agency_unnamed_id(a), add_entry);
    qsort(a->entries, a->n_entries, sizeof(*a->entries), cmp_entries);
    rc = pm_arena_check(arena, err);
out:
    if (rc != PM_OK)
        pm_arena_free(arena);
    else
        *dst = a;
    return rc;
}

void
pm_agencies_free(struct pm_agencies *a)
{
    if (a != NULL)
        pm_arena_free(a->arena); /* which holds *a too */
}

struct pm_str
pm_agency_name(const struct pm_agencies *a, unsigned id)
{
    return a->names[id];
}

unsigned
pm_agency_unnamed_id(const struct pm_agencies *a)
{
    return (unsigned)(a->n_names - 1);
}

void
pm_agency_add(struct pm_agency_set *s, unsigned id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->id[i] == id)
            return;
    if (s->n < PM_CREDIT_MAX)
        s->id[s->n++] = (uint16_t)id;
}

/* ---- matching ---- */

/* "AP", "UPI", "A.P.": a name in which capitals are what makes it one. */
static bool
is_acronym(struct pm_str alias)
{
    for (size_t i = 0; i < alias.len; i++)
        if (!((alias.ptr[i] >= 'A' && alias.ptr[i] <= 'Z') || alias.ptr[i] == '.'))
            return false;
    return alias.len <= 6;
}

static bool
has_small(struct pm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
            return true;
    return false;
}

/* Does `s`, whose normal form is the entry's, name it as written? Small letters do not name "AP" or "Beta". */
static bool
case_fits(const struct entry *e, struct pm_str s, unsigned flags)
{
    char first = e->alias.ptr[0];

    if (is_acronym(e->alias))
        return !has_small(s) || ((flags & PM_MATCH_LOOSE) && e->alias.len > 2);
    if (first >= 'A' && first <= 'Z')
        return s.ptr[0] < 'a' || s.ptr[0] > 'z' || (flags & PM_MATCH_LOOSE);
    return true;
}

static int
match_key(const struct pm_agencies *a, struct pm_str s, unsigned flags)
{
    char key[KEY_MAX];
    size_t n = normalise(s, key), lo = 0, hi = a->n_entries;

    if (n == 0)
        return -1;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (pm_str_cmp(a->entries[mid].key, PM_STRN(key, n)) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < a->n_entries && pm_str_eq(a->entries[lo].key, PM_STRN(key, n)); lo++)
        if (case_fits(&a->entries[lo], s, flags))
            return a->entries[lo].id;
    return -1;
}

/* The first word of `s` and what follows it. */
static struct pm_str
first_word(struct pm_str s, struct pm_str *rest)
{
    size_t i = 0, len, end;

    while (i < s.len && !is_space(code_at(s, i, &len)))
        i += len;
    end = i;
    while (i < s.len && is_space(code_at(s, i, &len)))
        i += len;
    *rest = PM_STRN(s.ptr + i, s.len - i);
    return PM_STRN(s.ptr, end);
}

static struct pm_str
last_word(struct pm_str s, struct pm_str *rest)
{
    size_t start = 0, len, end = 0;
    bool space = true;

    for (size_t i = 0; i < s.len; i += len) {
        bool now = is_space(code_at(s, i, &len));

        if (space && !now) {
            start = i;
        } else if (!space && now) {
            end = i;
        }
        space = now;
    }
    *rest = PM_STRN(s.ptr, start == 0 ? 0 : end);
    return PM_STRN(s.ptr + start, s.len - start);
}

/* A name at the start or the end of the words of `s`: "AFP Berlin", "A. Writer The Associated Press". */
static int
match_around(const struct pm_agencies *a, struct pm_str s)
{
    struct pm_str words[WORDS_MAX * 2], rest = s;
    size_t n = 0;

    while (rest.len > 0 && n < WORDS_MAX * 2)
        words[n++] = first_word(rest, &rest);
    if (rest.len > 0 || n < 2)
        return -1;
    for (size_t k = n - 1; k >= 1; k--) { /* the end; longer names first */
        size_t from = n - k;
        struct pm_str tail = PM_STRN(words[from].ptr, (size_t)(s.ptr + s.len - words[from].ptr));
        int id = k <= WORDS_MAX ? match_key(a, tail, 0) : -1;

        /* one word that is no acronym may be a person's name: Michael Bloomberg */
        if (id >= 0 && (k > 1 || (!has_small(tail) && tail.len >= 2) || pm_str_eq(tail, PM_STR("Reuters"))))
            return id;
    }
    for (size_t k = n - 1; k >= 1; k--) {
        struct pm_str head = PM_STRN(s.ptr, (size_t)(words[k - 1].ptr + words[k - 1].len - s.ptr));
        int id = k <= WORDS_MAX && n - k <= 4 ? match_key(a, strip(head), 0) : -1;

        if (id >= 0 && (k > 1 || (!has_small(head) && head.len >= 3) || pm_str_eq(head, PM_STR("Reuters")) ||
                        pm_str_eq(head, PM_STR("dpa"))))
            return id;
    }
    return -1;
}

int
pm_agency_match(const struct pm_agencies *a, struct pm_str s, unsigned flags)
{
    struct pm_str rest, word;
    int id;

    s = strip(s);
    if (s.len == 0 || s.len > 200)
        return -1;
    id = match_key(a, s, flags);
    while (id < 0 && s.len > 0) { /* take fillers off the front */
        word = first_word(s, &rest);
        if (rest.len == 0 || !pm_phrase_is(pm_credit_fillers, word))
            break;
        s = rest;
        id = match_key(a, s, flags);
    }
    if (id < 0 && (flags & PM_MATCH_AROUND))
        id = match_around(a, s);
    while (id < 0 && s.len > 0) { /* and off the back */
        word = last_word(s, &rest);
        if (rest.len == 0 || !pm_phrase_is(pm_credit_fillers, word))
            break;
        s = rest;
        id = match_key(a, s, flags);
    }
    return id;
}

/* Up to four letters or digits: the initials of staff. */
static bool
is_initials(struct pm_str s)
{
    size_t n = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = code_at(s, i, &len);

        if (is_space(cp) || ++n > 4)
            return false;
    }
    return n > 0;
}

static void
add_item(const struct pm_agencies *a, struct pm_str item, unsigned flags, struct pm_name_list *list)
{
    size_t at;
    int id;

    item = strip(item);
    if (item.len == 0)
        return;
    id = pm_agency_match(a, item, flags);
    if (id >= 0)
        pm_agency_add(&list->set, (unsigned)id);
    else if (is_initials(item))
        list->initials++;
    else
        list->others++;
    if (id < 0 && pm_phrase_within(pm_credit_pictures, item, true, &at))
        list->picture = true;
}

/* Does a separator of names stand at byte `i`? *len is its length; dashes part names only between spaces. */
static bool
is_separator(struct pm_str s, size_t i, uint32_t cp, size_t len)
{
    size_t l;

    if (cp == '-' || cp == 0x2013)
        return i > 0 && is_space((unsigned char)s.ptr[i - 1]) && is_space(code_at(s, i + len, &l));
    return cp == ',' || cp == ';' || cp == '/' || cp == '|' || cp == '&' || cp == '+' || cp == '(' || cp == ')' || cp == '[' ||
           cp == ']' || cp == '=' || cp == ':' || cp == '*' || cp == 0x2014 || cp == 0x2022 || cp == 0xB7 || cp == 0x3001 ||
           cp == 0xFF0C || cp == 0xFF0F || cp == 0xFF1A || cp == 0xFF1D || cp == 0xFF5C || cp == 0x060C || cp == 0xFF08 ||
           cp == 0xFF09 || cp == 0x3010 || cp == 0x3011 || cp == 0x964 || cp == 0x30FB;
}

struct pm_name_list
pm_agency_list(const struct pm_agencies *a, struct pm_str s, unsigned flags)
{
    struct pm_name_list list = {0};
    size_t item = 0, word = 0, len;

    if (s.len > 400)
        s.len = 400;
    for (size_t i = 0; i <= s.len; i += len > 0 ? len : 1) {
        uint32_t cp = code_at(s, i, &len);
        bool end = len == 0, sep = !end && is_separator(s, i, cp, len);

        if (!end && !sep && !is_space(cp))
            continue;
        if (word > item && pm_phrase_is(pm_credit_joins, PM_STRN(s.ptr + word, i - word)) && !end) {
            add_item(a, PM_STRN(s.ptr + item, word - item), flags, &list);
            item = i;
        }
        word = i + len;
        if (end || sep) {
            add_item(a, PM_STRN(s.ptr + item, i - item), flags, &list);
            item = word;
        }
    }
    return list;
}

int
pm_agency_search(const struct pm_agencies *a, struct pm_str s, size_t from, size_t *at, size_t *len)
{
    size_t l;
    bool inside = false;

    for (size_t i = from; i < s.len; i += l) {
        uint32_t cp = code_at(s, i, &l);
        size_t ends[WORDS_MAX], n = 0;
        bool in = false;

        if (inside || !is_word(cp)) {
            inside = is_word(cp) && !is_unspaced(cp);
            continue;
        }
        inside = !is_unspaced(cp);
        for (size_t j = i, k; n < WORDS_MAX && j <= s.len; j += k > 0 ? k : 1) { /* ends of the next words */
            uint32_t c = code_at(s, j, &k);
            bool w = k > 0 && (is_word(c) || c == '-');

            if (in && !w)
                ends[n++] = j;
            in = w;
            if (k == 0)
                break;
        }
        while (n-- > 0) {
            int id = match_key(a, PM_STRN(s.ptr + i, ends[n] - i), 0);

            if (id >= 0) {
                *at = i;
                *len = ends[n] - i;
                return id;
            }
        }
    }
    return -1;
}

int
pm_agency_of_host(const struct pm_agencies *a, struct pm_str host)
{
    for (size_t i = 0; i < a->n_domains; i++) {
        struct pm_str d = a->domains[i].name;

        if (host.len < d.len || !pm_str_ieq(PM_STRN(host.ptr + host.len - d.len, d.len), d))
            continue;
        if (host.len == d.len || host.ptr[host.len - d.len - 1] == '.')
            return a->domains[i].id;
    }
    return -1;
}
