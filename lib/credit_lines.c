#include "credit_find.h"

#include "ascii.h"

/* The end of the sentence that starts at `from`: its stop, or a semicolon, or the end. */
static size_t
sentence_end(struct pm_str s, size_t from)
{
    for (size_t i = from; i < s.len; i++) {
        if (s.ptr[i] == ';')
            return i;
        if (s.ptr[i] != '.' && s.ptr[i] != '!' && s.ptr[i] != '?')
            continue;
        if (i + 1 < s.len && s.ptr[i + 1] != ' ')
            continue;
        if (i >= from + 4 && s.ptr[i - 2] != ' ' && s.ptr[i - 2] != '.') /* an initial, "Dr." and the like end none */
            return i;
    }
    return s.len;
}

/* "with inputs from PTI", "mit Material von dpa": at the start of `s`. */
static bool
find_lead(struct pm_credit_finder *f, struct pm_str s, struct pm_str words, size_t least)
{
    struct pm_name_list list;
    struct pm_str rest;
    size_t len;

    if (!pm_word_set_start(&f->a->sets[PM_SET_LEADS], s, &len))
        return false;
    rest = pm_credit_part(s, len, s.len);
    list = pm_agency_list(f->a, rest, PM_MATCH_LOOSE | PM_MATCH_AROUND);
    if (list.set.n < least || list.picture)
        return false;
    /* one small word ("mit", "avec") starts any sentence: then nothing but agencies may follow */
    if (memchr(s.ptr, ' ', len) == NULL ? list.others > 0 : list.others > 3)
        return false;
    return pm_credit_take_list(f, &list, words);
}

/* "Source: AFP", "Quelle: APA/sda/dpa", "来源：新华社" */
bool
pm_credit_labelled(struct pm_credit_finder *f, struct pm_str s)
{
    struct pm_name_list list;
    size_t colon = pm_str_find(s, PM_STR(":"), 0), wide = pm_str_find(s, PM_STR("："), 0);
    size_t at = colon < wide ? colon : wide, mark = colon < wide ? 1 : 3;

    if (at == SIZE_MAX || at > 48 || !pm_word_set_has(&f->a->sets[PM_SET_LABELS], pm_str_trim(PM_STRN(s.ptr, at))))
        return false;
    list = pm_agency_list(f->a, pm_credit_part(s, at + mark, s.len), PM_MATCH_LOOSE | PM_MATCH_AROUND);
    if (list.picture || list.others > list.set.n + 1)
        return false;
    return pm_credit_take_list(f, &list, s);
}

/* "Source AFP": a label and nothing but names. */
static bool
find_labelled_plain(struct pm_credit_finder *f, struct pm_str s)
{
    struct pm_name_list list;
    size_t len;

    if (s.len > PM_CREDIT_SHORT ||
        !pm_words_start("source|quelle|fuente|fonte|bron|kilde|källa|zdroj|źródło|источник", s, &len))
        return false;
    list = pm_agency_list(f->a, pm_credit_part(s, len, s.len), 0);
    return !list.picture && list.others == 0 && pm_credit_take_list(f, &list, s);
}

/* "© 2019 Associated Press. All rights reserved.", "Copyright 2022 AFP" */
static bool
find_copyright(struct pm_credit_finder *f, struct pm_str s)
{
    static const char marks[] = "©|copyright|(c)";
    size_t at = pm_str_find(s, PM_STR("©"), 0), name, len;
    int id;

    if (f->n > 0) /* of a page whose text is known to be another's */
        return false;
    if (at == SIZE_MAX && !pm_words_within(marks, s, false, &at) && !pm_str_istarts(s, PM_STR("(c)")))
        return false;
    id = pm_agency_search(f->a, s, 0, &name, &len);
    if (id < 0 || (unsigned)id == pm_agency_unnamed_id(f->a))
        return false;
    /* "© 2017-2026 The Associated Press", "AFP © 2024"; in the middle of a line it is a picture's
     */
    if (at > 24 || name > at + 48 || at > name + len + 8)
        return false;
    pm_credit_take(f, (unsigned)id, s);
    return true;
}

void
pm_credit_owned(struct pm_credit_finder *f, struct pm_str line)
{
    static const char marks[] =
        "©|copyright|(c)|all contents|all rights reserved|tüm hakları saklıdır|tous droits réservés|"
        "todos los derechos reservados|alle rechte vorbehalten|tutti i diritti riservati";
    char name[PM_CREDIT_SHORT];
    bool marked = false;
    size_t n = 0, digits = 0, len;
    int id;

    if (line.len < 8 || line.len > PM_CREDIT_SHORT)
        return;
    for (size_t i = 0; i < line.len; i++)
        digits += pm_ascii_digit(line.ptr[i]);
    if (digits != 4 && digits != 8) /* one year or two */
        return;
    digits = 0;
    for (size_t i = 0, skip; i < line.len;) { /* what is left of it without marks and years */
        struct pm_str rest = pm_credit_part(line, i, line.len);

        if (pm_str_starts(rest, PM_STR("©"))) {
            marked = true;
            i += 2;
        } else if ((i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '.') && pm_words_start(marks, rest, &skip)) {
            marked = true;
            i += skip;
        } else if (pm_ascii_digit(line.ptr[i])) {
            digits++;
            i++;
        } else if (line.ptr[i] == '-' && digits > 0) {
            i++;
        } else {
            (void)pm_char_at(line, i, &len);
            memcpy(name + n, line.ptr + i, len);
            n += len;
            i += len;
        }
    }
    if (!marked)
        return;
    id = pm_agency_match(f->a, pm_credit_bare(PM_STRN(name, n)), 0);
    if (id >= 0 && pm_agency_has_site(f->a, (unsigned)id))
        pm_credit_take(f, (unsigned)id, line);
}

/* "Associated Press writer A. Writer contributed to this report" and the like: claim and name in
 * one sentence. */
bool
pm_credit_claim(struct pm_credit_finder *f, struct pm_str s)
{
    bool found = false;

    for (size_t from = 0, to; from < s.len; from = to + 1) {
        struct pm_str sentence;
        size_t at, name = 0, len = 0, next = 0;
        int id;

        to = sentence_end(s, from);
        sentence = pm_credit_part(s, from, to);
        if (!pm_word_set_within(&f->a->sets[PM_SET_CLAIMS], sentence, false, &at))
            continue;
        while ((id = pm_agency_search(f->a, sentence, next, &name, &len)) >= 0) {
            if ((unsigned)id != pm_agency_unnamed_id(f->a)) {
                pm_credit_take(f, (unsigned)id, pm_str_trim(sentence));
                found = true;
            }
            next = name + len;
        }
    }
    return found;
}

/* Take brackets, dashes and stars off a line's ends. */
struct pm_str
pm_credit_bare(struct pm_str s)
{
    s = pm_str_trim(s);
    while (s.len > 0 && strchr("([*-_|/\"'", s.ptr[0]) != NULL && !pm_str_istarts(s, PM_STR("(c)")))
        s = pm_str_trim(pm_credit_part(s, 1, s.len));
    while (pm_str_starts(s, PM_STR("—")) || pm_str_starts(s, PM_STR("–")) || pm_str_starts(s, PM_STR("（")))
        s = pm_str_trim(pm_credit_part(s, 3, s.len));
    while (s.len > 0 && strchr(")]*-_|/\"'.", s.ptr[s.len - 1]) != NULL)
        s = pm_str_trim(PM_STRN(s.ptr, s.len - 1));
    return s;
}

/* One of the sentences of `s` starts with a phrase that leads in at least so many names. */
bool
pm_credit_led(struct pm_credit_finder *f, struct pm_str s, size_t least)
{
    bool found = false;

    for (size_t from = 0, to; from < s.len; from = to + 1) {
        to = sentence_end(s, from);
        found |= find_lead(f, pm_credit_bare(pm_credit_part(s, from, to)), s, least);
    }
    return found;
}

/* A line that is about the text: a label, a phrase that leads names in, a copyright, a claim. */
bool
pm_credit_told(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = pm_credit_bare(line);
    bool found;
    size_t at;

    if (s.len == 0 || s.len > PM_CREDIT_LINE)
        return false;
    if (pm_credit_labelled(f, s) || find_labelled_plain(f, s))
        return true;
    if (s.len <= PM_CREDIT_LINE / 2 && pm_word_set_within(&f->a->sets[PM_SET_PICTURES], s, true, &at))
        return false;
    found = pm_credit_led(f, s, 1);
    found |= pm_credit_claim(f, s);
    return find_copyright(f, s) || found;
}

/* A line that is nothing but names and initials: "(dpa)", "SDA/sep", "AFP". */
bool
pm_credit_names_only(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = pm_credit_bare(line);
    struct pm_name_list list;

    if (s.len == 0 || s.len > PM_CREDIT_SHORT)
        return false;
    list = pm_agency_list(f->a, s, PM_MATCH_LOOSE);
    if (list.set.n == 0 || list.others > 0 || list.picture || list.initials > 3)
        return false;
    return pm_credit_take_list(f, &list, line);
}

/*
 * A line behind the text that holds nothing but names and looks like a credit: "(dpa)", "SDA/sep",
 * "Agenturen/red". A name alone may be the credit of a picture in the next box. Staff in front of
 * the agency ("sep/SDA") say that the text is the outlet's, a person behind it ("AFP/Ann Writer")
 * that it is a picture.
 */
bool
pm_credit_signed(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = pm_str_trim(line);
    struct pm_name_list list;
    const char *slash, *close;

    if (s.len < 4 || s.len > PM_CREDIT_SHORT || pm_str_find(s, PM_STR("©"), 0) != SIZE_MAX)
        return false;
    close = memchr(s.ptr, ')', s.len);
    if (pm_str_starts(s, PM_STR("--")) || pm_str_starts(s, PM_STR("—")) || pm_str_starts(s, PM_STR("–")))
        return pm_credit_names_only(f, s);
    if (s.ptr[0] == '(' && close != NULL)
        return pm_credit_names_only(f, pm_credit_part(s, 1, (size_t)(close - s.ptr)));
    slash = memchr(s.ptr, '/', s.len);
    if (slash == NULL || pm_agency_match(f->a, PM_STRN(s.ptr, (size_t)(slash - s.ptr)), PM_MATCH_LOOSE) < 0)
        return false;
    list = pm_agency_list(f->a, s, PM_MATCH_LOOSE);
    return !list.picture && list.others == 0 && pm_credit_take_list(f, &list, line);
}

/* ---- the end of the last paragraph ---- */

/* The bracket that ends `s`: what is inside and where it opens; "/ritzau/" is one too. */
static bool
last_bracket(struct pm_str s, struct pm_str *inner, size_t *open)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"/", "/"}};

    for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
        struct pm_str mark = pm_str_of(pairs[k][0]), end = pm_str_of(pairs[k][1]);
        size_t close = s.len - end.len, at = SIZE_MAX;

        if (s.len <= end.len || !pm_str_ends(s, end))
            continue;
        for (size_t i = close > PM_CREDIT_LINE / 2 ? close - PM_CREDIT_LINE / 2 : 0; i < close; i++)
            if (pm_str_starts(pm_credit_part(s, i, close), mark))
                at = i;
        if (at == SIZE_MAX)
            return false;
        *open = at;
        *inner = pm_credit_part(s, at + mark.len, close);
        return true;
    }
    return false;
}

/* "... he said. (dpa)", "... she added. (With inputs from PTI)" */
static bool
find_tail_bracket(struct pm_credit_finder *f, struct pm_str p)
{
    struct pm_str s = pm_str_trim(p), inner, before;
    unsigned char last;
    size_t open;

    while (s.len > 0 && (s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == ' '))
        s.len--;
    if (!last_bracket(s, &inner, &open))
        return false;
    /* a name that is explained in a sentence is a mention: the sentence ends before a credit */
    before = pm_str_trim(PM_STRN(s.ptr, open));
    last = before.len > 0 ? (unsigned char)before.ptr[before.len - 1] : '.';
    if (last < 0x80 && (last == '\0' || strchr(".!?\")']:", last) == NULL))
        return find_lead(f, inner, pm_credit_part(s, open, s.len), 1);
    return pm_credit_told(f, inner) || pm_credit_names_only(f, inner);
}

/* "... he said. — AFP", "... she added. PTI ABC DEF" */
static bool
find_tail_name(struct pm_credit_finder *f, struct pm_str p)
{
    static const char *const marks[] = {"— ", "– ", "-- ", " - ", "—", "。", ". ", "! ", "? ", "\" ", "” ", "। ", "» "};
    struct pm_str s = pm_str_trim(p), head, tail;
    struct pm_name_list list;
    size_t best = 0;

    if (s.len > PM_CREDIT_SHORT) {
        size_t cut = s.len - PM_CREDIT_SHORT;

        while (cut > 0 && ((unsigned char)s.ptr[cut] & 0xC0) == 0x80)
            cut--;
        head = pm_credit_part(s, cut, s.len);
    } else {
        head = s;
    }
    while (head.len > 0 && (head.ptr[head.len - 1] == '.' || head.ptr[head.len - 1] == ' '))
        head.len--;
    for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
        for (size_t hit = pm_str_find(head, pm_str_of(marks[k]), 0); hit != SIZE_MAX;
             hit = pm_str_find(head, pm_str_of(marks[k]), hit + 1))
            if (hit + strlen(marks[k]) > best && hit + strlen(marks[k]) < head.len)
                best = hit + strlen(marks[k]);
    if (best == 0)
        return false;
    tail = pm_credit_part(head, best, head.len);
    if (find_lead(f, pm_credit_bare(tail), tail, 1))
        return true;
    if (tail.len > 40)
        return false;
    list = pm_agency_list(f->a, tail, 0);
    if (list.set.n == 0) { /* "PTI ABC DEF": the rest must be staff's initials */
        struct pm_str name = tail;
        const char *space = memchr(tail.ptr, ' ', tail.len);
        int id;

        if (space == NULL || !pm_credit_no_small(tail))
            return false;
        name.len = (size_t)(space - tail.ptr);
        id = pm_agency_match(f->a, name, 0);
        if (id < 0)
            return false;
        pm_credit_take(f, (unsigned)id, tail);
        return true;
    }
    if (list.others > 0 || list.picture)
        return false;
    return pm_credit_take_list(f, &list, tail);
}

void
pm_credit_tail(struct pm_credit_finder *f, struct pm_str p)
{
    if (!find_tail_bracket(f, p) && !pm_credit_names_only(f, p))
        (void)find_tail_name(f, p);
}
