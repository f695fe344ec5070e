#include "credit_match.h"

#include <utf8proc.h>

#include "credit_table.h"
#include "words.h"

enum { WORDS_MAX = 6 }; /* of one name */

static bool
is_quote(uint32_t cp)
{
    return cp == '.' || cp == '\'' || cp == '"' || cp == 0x2019 || cp == 0x2018 || cp == 0x201C || cp == 0x201D ||
           cp == 0xAB || cp == 0xBB || cp == 0xAD;
}

size_t
pm_agency_key(struct pm_str s, char key[PM_AGENCY_KEY_MAX])
{
    size_t n = 0, len;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = pm_char_at(s, i, &len);

        if (n + 8 > PM_AGENCY_KEY_MAX)
            return 0;
        if (is_quote(cp) || (cp >= 0x200B && cp <= 0x200F))
            continue;
        if (cp >= 0xFF01 && cp <= 0xFF5E) /* full-width forms of ASCII */
            cp -= 0xFEE0;
        if (pm_char_is_word(cp))
            n += (size_t)utf8proc_encode_char((utf8proc_int32_t)pm_char_lower(cp), (utf8proc_uint8_t *)key + n);
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
        uint32_t cp = pm_char_at(s, 0, &len);

        if (pm_char_is_word(cp))
            break;
        s.ptr += len;
        s.len -= len;
    }
    for (end = 0; end < s.len;) {
        size_t i = end;

        while (i < s.len && !pm_char_is_word(pm_char_at(s, i, &len)))
            i += len;
        if (i >= s.len)
            break;
        end = i + len;
    }
    s.len = end;
    return s;
}

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

/* Does `s`, whose normal form is the entry's, name it as written? Small letters do not name "AP" or
 * "Beta". */
static bool
case_fits(const struct pm_agency_alias *e, struct pm_str s, unsigned flags)
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
    char key[PM_AGENCY_KEY_MAX];
    size_t n = pm_agency_key(s, key), lo = 0, hi = a->n_aliases;

    if (n == 0)
        return -1;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (pm_str_cmp(a->aliases[mid].key, PM_STRN(key, n)) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < a->n_aliases && pm_str_eq(a->aliases[lo].key, PM_STRN(key, n)); lo++)
        if (case_fits(&a->aliases[lo], s, flags))
            return a->aliases[lo].id;
    return -1;
}

/* The first word of `s` and what follows it. */
static struct pm_str
first_word(struct pm_str s, struct pm_str *rest)
{
    size_t i = 0, len, end;

    while (i < s.len && !pm_char_is_space(pm_char_at(s, i, &len)))
        i += len;
    end = i;
    while (i < s.len && pm_char_is_space(pm_char_at(s, i, &len)))
        i += len;
    *rest = PM_STRN(s.ptr + i, s.len - i);
    return PM_STRN(s.ptr, end);
}

/* The last word of `s`, hyphens part words too ("dpa-Material"), and what is before it. */
static struct pm_str
last_word(struct pm_str s, struct pm_str *rest)
{
    size_t start = 0, len, end = 0;
    bool space = true;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = pm_char_at(s, i, &len);
        bool now = pm_char_is_space(cp) || cp == '-';

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

/* A name at the start or the end of the words of `s`: "AFP Berlin", "A. Writer The Associated
 * Press". */
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

/* In scripts without spaces a place stands before the name, a word for "report" behind it:
 * 【ロンドン共同】 */
static int
match_unspaced(const struct pm_agencies *a, struct pm_str s)
{
    size_t len;

    if (s.len > 60 || !pm_char_is_unspaced(pm_char_at(s, 0, &len)))
        return -1;
    for (size_t i = len; i + 6 <= s.len; i += len) { /* two characters at least */
        int id = match_key(a, PM_STRN(s.ptr + i, s.len - i), 0);

        if (id >= 0)
            return id;
        (void)pm_char_at(s, i, &len);
    }
    return -1;
}

/* "l'AFP", "dell'ANSA" */
static struct pm_str
drop_elision(struct pm_str s)
{
    static const char *const articles[] = {"l'", "d'", "dell'", "all'", "dall'", "l’", "d’", "dell’", "all’", "dall’"};

    for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++)
        if (pm_str_istarts(s, pm_str_of(articles[i])))
            return PM_STRN(s.ptr + strlen(articles[i]), s.len - strlen(articles[i]));
    return s;
}

int
pm_agency_match(const struct pm_agencies *a, struct pm_str s, unsigned flags)
{
    struct pm_str rest, word;
    int id;

    s = drop_elision(strip(s));
    if (s.len == 0 || s.len > 200)
        return -1;
    id = match_key(a, s, flags);
    while (id < 0 && s.len > 0) { /* take fillers off the front */
        word = first_word(s, &rest);
        if (rest.len == 0 || !pm_word_set_has(&a->sets[PM_SET_FILLERS], word))
            break;
        s = rest;
        id = match_key(a, s, flags);
    }
    if (id < 0 && (flags & PM_MATCH_AROUND)) {
        id = match_around(a, s);
        if (id < 0)
            id = match_unspaced(a, s);
        if (id >= 0 && (unsigned)id == pm_agency_unnamed_id(a))
            return -1; /* "Daily News wire services" names its own */
    }
    while (id < 0 && s.len > 0) { /* and off the back */
        word = last_word(s, &rest);
        if (rest.len == 0 || !pm_word_set_has(&a->sets[PM_SET_FILLERS], word))
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
        uint32_t cp = pm_char_at(s, i, &len);

        if (pm_char_is_space(cp) || ++n > 4)
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
    list->unnamed_first =
        list->unnamed_first || (id >= 0 && (unsigned)id == pm_agency_unnamed_id(a) && list->set.n + list->others == 0);
    if (id >= 0)
        pm_agency_add(&list->set, (unsigned)id);
    else if (is_initials(item))
        list->initials++;
    else
        list->others++;
    if (id < 0 && pm_word_set_within(&a->sets[PM_SET_PICTURES], item, true, &at))
        list->picture = true;
}

/* Does a separator of names stand at byte `i`? *len is its length; dashes part names only between
 * spaces. */
static bool
is_separator(struct pm_str s, size_t i, uint32_t cp, size_t len)
{
    size_t l;

    if (cp == '-' || cp == 0x2013)
        return i > 0 && pm_char_is_space((unsigned char)s.ptr[i - 1]) && pm_char_is_space(pm_char_at(s, i + len, &l));
    return cp == ',' || cp == ';' || cp == '/' || cp == '|' || cp == '&' || cp == '+' || cp == '(' || cp == ')' ||
           cp == '[' || cp == ']' || cp == '=' || cp == ':' || cp == '*' || cp == 0x2014 || cp == 0x2022 ||
           cp == 0xB7 || cp == 0x3001 || cp == 0xFF0C || cp == 0xFF0F || cp == 0xFF1A || cp == 0xFF1D || cp == 0xFF5C ||
           cp == 0x060C || cp == 0xFF08 || cp == 0xFF09 || cp == 0x3010 || cp == 0x3011 || cp == 0x964 || cp == 0x30FB;
}

struct pm_name_list
pm_agency_list(const struct pm_agencies *a, struct pm_str s, unsigned flags)
{
    struct pm_name_list list = {0};
    size_t item = 0, word = 0, len;

    if (s.len == 0)
        return list;
    if (s.len > 400)
        s.len = 400;
    for (size_t i = 0; i <= s.len; i += len > 0 ? len : 1) {
        uint32_t cp = pm_char_at(s, i, &len);
        bool end = len == 0, sep = !end && is_separator(s, i, cp, len);

        if (!end && !sep && !pm_char_is_space(cp))
            continue;
        if (word > item && pm_word_set_has(&a->sets[PM_SET_JOINS], PM_STRN(s.ptr + word, i - word)) && !end) {
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
        uint32_t cp = pm_char_at(s, i, &l);
        size_t ends[WORDS_MAX], n = 0;
        bool in = false;

        if (inside || !pm_char_is_word(cp)) {
            inside = pm_char_is_word(cp) && !pm_char_is_unspaced(cp);
            continue;
        }
        inside = !pm_char_is_unspaced(cp);
        for (size_t j = i, k; n < WORDS_MAX && j <= s.len; j += k > 0 ? k : 1) { /* ends of the next words */
            uint32_t c = pm_char_at(s, j, &k);
            bool w = k > 0 && (pm_char_is_word(c) || c == '-');

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
