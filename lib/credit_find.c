#include "credit_find.h"
#include "credit_table.h"
#include "words.h"

/*
 * Where a text says whose it is. Each place has a form of its own, and only names in that form
 * count: that is what keeps mentions ("told AFP") and picture credits out.
 */
enum {
    LINE_MAX = 400,  /* longer lines are prose */
    HEAD_BLOCKS = 3, /* kept blocks that may start with a dateline */
    LED_BLOCKS = 8,  /* kept blocks that may say what the text was made with */
    TAIL_BLOCKS =
        5, /* kept blocks that may end with a credit, lines that are none of the text among them */
    ABOVE_BLOCKS = 15, /* blocks above the text that may hold a byline */
    AFTER_BLOCKS = 10, /* dropped blocks behind the last kept one */
    INSIDE_MAX = 160,  /* bytes of a line inside the text that is a credit */
    SIGNED_BLOCKS = 5, /* of those, the ones that may be a credit without saying so */
    WORDS_MAX = 240,
};

void
pm_credit_take(struct pm_credit_finder *f, unsigned id, struct pm_str words)
{
    words = pm_str_trim(words);
    for (size_t i = 0; i < f->n; i++)
        if (f->ids[i] == id)
            return;
    if (f->n == PM_CREDIT_MAX)
        return;
    if (words.len > WORDS_MAX) { /* cut, not inside a character */
        words.len = WORDS_MAX;
        while (words.len > 0 && ((unsigned char)words.ptr[words.len] & 0xC0) == 0x80)
            words.len--;
    }
    f->ids[f->n] = (uint16_t)id;
    f->found[f->n].agency = pm_arena_str(f->arena, pm_agency_name(f->a, id));
    f->found[f->n].words = pm_arena_str(f->arena, words);
    f->n++;
}

bool
pm_credit_take_list(struct pm_credit_finder *f, const struct pm_name_list *list,
                    struct pm_str words)
{
    for (size_t i = 0; i < list->set.n; i++)
        pm_credit_take(f, list->set.id[i], words);
    return list->set.n > 0;
}

bool
pm_credit_no_small(struct pm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
            return false;
    return true;
}

/* "By The Daily with Agencies": the outlet's own text, whoever they are. */
static void
drop_unnamed(const struct pm_credit_finder *f, struct pm_name_list *list)
{
    size_t n = 0;

    if (list->others == 0 || list->unnamed_first)
        return;
    for (size_t i = 0; i < list->set.n; i++)
        if (list->set.id[i] != pm_agency_unnamed_id(f->a))
            list->set.id[n++] = list->set.id[i];
    list->set.n = n;
}

/* ---- credit lines ---- */

/* The end of the sentence that starts at `from`: its stop, or a semicolon, or the end. */
static size_t
sentence_end(struct pm_str s, size_t from)
{
    for (size_t i = from; i < s.len; i++) {
        if (s.ptr[i] == ';')
            return i;
        if (strchr(".!?", s.ptr[i]) == NULL || s.ptr[i] == '\0' ||
            (i + 1 < s.len && s.ptr[i + 1] != ' '))
            continue;
        if (i >= from + 4 && s.ptr[i - 2] != ' ' &&
            s.ptr[i - 2] != '.') /* an initial, "Dr." and the like end none */
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
static bool
find_labelled(struct pm_credit_finder *f, struct pm_str s)
{
    struct pm_name_list list;
    size_t colon = pm_str_find(s, PM_STR(":"), 0), wide = pm_str_find(s, PM_STR("："), 0);
    size_t at = colon < wide ? colon : wide, mark = colon < wide ? 1 : 3;

    if (at == SIZE_MAX || at > 48 ||
        !pm_word_set_has(&f->a->sets[PM_SET_LABELS], pm_str_trim(PM_STRN(s.ptr, at))))
        return false;
    list =
        pm_agency_list(f->a, pm_credit_part(s, at + mark, s.len), PM_MATCH_LOOSE | PM_MATCH_AROUND);
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
        !pm_words_start("source|quelle|fuente|fonte|bron|kilde|källa|zdroj|źródło|источник", s,
                        &len))
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
    if (at == SIZE_MAX && !pm_words_within(marks, s, false, &at) &&
        !pm_str_istarts(s, PM_STR("(c)")))
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

/* "Associated Press writer A. Writer contributed to this report" and the like: claim and name in
 * one sentence. */
static bool
find_claim(struct pm_credit_finder *f, struct pm_str s)
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
static struct pm_str
bare(struct pm_str s)
{
    s = pm_str_trim(s);
    while (s.len > 0 && strchr("([*-_|/\"'", s.ptr[0]) != NULL && !pm_str_istarts(s, PM_STR("(c)")))
        s = pm_str_trim(pm_credit_part(s, 1, s.len));
    while (pm_str_starts(s, PM_STR("—")) || pm_str_starts(s, PM_STR("–")) ||
           pm_str_starts(s, PM_STR("（")))
        s = pm_str_trim(pm_credit_part(s, 3, s.len));
    while (s.len > 0 && strchr(")]*-_|/\"'.", s.ptr[s.len - 1]) != NULL)
        s = pm_str_trim(PM_STRN(s.ptr, s.len - 1));
    return s;
}

/* One of the sentences of `s` starts with a phrase that leads in at least so many names. */
static bool
find_led(struct pm_credit_finder *f, struct pm_str s, size_t least)
{
    bool found = false;

    for (size_t from = 0, to; from < s.len; from = to + 1) {
        to = sentence_end(s, from);
        found |= find_lead(f, bare(pm_credit_part(s, from, to)), s, least);
    }
    return found;
}

/* A line that is about the text: a label, a phrase that leads names in, a copyright, a claim. */
static bool
find_told(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = bare(line);
    bool found;
    size_t at;

    if (s.len == 0 || s.len > LINE_MAX)
        return false;
    if (find_labelled(f, s) || find_labelled_plain(f, s))
        return true;
    if (s.len <= LINE_MAX / 2 && pm_word_set_within(&f->a->sets[PM_SET_PICTURES], s, true, &at))
        return false;
    found = find_led(f, s, 1);
    found |= find_claim(f, s);
    return find_copyright(f, s) || found;
}

/* A line that is nothing but names and initials: "(dpa)", "SDA/sep", "AFP". */
static bool
find_names_only(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = bare(line);
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
static bool
find_signed(struct pm_credit_finder *f, struct pm_str line)
{
    struct pm_str s = pm_str_trim(line);
    struct pm_name_list list;
    const char *slash, *close;

    if (s.len < 4 || s.len > PM_CREDIT_SHORT || pm_str_find(s, PM_STR("©"), 0) != SIZE_MAX)
        return false;
    close = memchr(s.ptr, ')', s.len);
    if (pm_str_starts(s, PM_STR("--")) || pm_str_starts(s, PM_STR("—")) ||
        pm_str_starts(s, PM_STR("–")))
        return find_names_only(f, s);
    if (s.ptr[0] == '(' && close != NULL)
        return find_names_only(f, pm_credit_part(s, 1, (size_t)(close - s.ptr)));
    slash = memchr(s.ptr, '/', s.len);
    if (slash == NULL ||
        pm_agency_match(f->a, PM_STRN(s.ptr, (size_t)(slash - s.ptr)), PM_MATCH_LOOSE) < 0)
        return false;
    list = pm_agency_list(f->a, s, PM_MATCH_LOOSE);
    return !list.picture && list.others == 0 && pm_credit_take_list(f, &list, line);
}

/* ---- the end of the last paragraph ---- */

/* The bracket that ends `s`: what is inside and where it opens; "/ritzau/" is one too. */
static bool
last_bracket(struct pm_str s, struct pm_str *inner, size_t *open)
{
    static const char *const pairs[][2] = {
        {"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"/", "/"}};

    for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
        struct pm_str mark = pm_str_of(pairs[k][0]), end = pm_str_of(pairs[k][1]);
        size_t close = s.len - end.len, at = SIZE_MAX;

        if (s.len <= end.len || !pm_str_ends(s, end))
            continue;
        for (size_t i = close > LINE_MAX / 2 ? close - LINE_MAX / 2 : 0; i < close; i++)
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
    return find_told(f, inner) || find_names_only(f, inner);
}

/* "... he said. — AFP", "... she added. PTI ABC DEF" */
static bool
find_tail_name(struct pm_credit_finder *f, struct pm_str p)
{
    static const char *const marks[] = {"— ", "– ", "-- ", " - ", "—",  "。", ". ",
                                        "! ", "? ", "\" ", "” ",  "। ", "» "};
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
    if (find_lead(f, bare(tail), tail, 1))
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

/* ---- places ---- */

static struct pm_str
host_of(struct pm_str url)
{
    size_t from = pm_str_find(url, PM_STR("://"), 0), to;

    if (from == SIZE_MAX)
        return PM_STR_NULL;
    from += 3;
    for (to = from; to < url.len && strchr("/?#:", url.ptr[to]) == NULL; to++)
        continue;
    return pm_credit_part(url, from, to);
}

static void
find_owner(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    int id = pm_agency_of_host(f->a, host_of(in->url));

    if (id >= 0)
        pm_credit_take(f, (unsigned)id, host_of(in->url));
    id = pm_agency_match(f->a, in->publisher, 0);
    if (id >= 0 && (unsigned)id != pm_agency_unnamed_id(f->a))
        pm_credit_take(f, (unsigned)id, in->publisher);
    id = pm_agency_match(f->a, in->site, 0);
    if (id >= 0 && (unsigned)id != pm_agency_unnamed_id(f->a))
        pm_credit_take(f, (unsigned)id, in->site);
}

static void
find_authors(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    for (size_t i = 0; i < in->n_authors; i++) {
        struct pm_name_list list = pm_agency_list(f->a, in->authors[i], PM_MATCH_AROUND);

        drop_unnamed(f, &list);
        if (!list.picture)
            (void)pm_credit_take_list(f, &list, in->authors[i]);
    }
}

static bool
is_prose(const struct pm_block *b)
{
    return b->kind == PM_BLOCK_PARA || b->kind == PM_BLOCK_QUOTE || b->kind == PM_BLOCK_ITEM ||
           b->kind == PM_BLOCK_PRE;
}

static bool
has_date(const struct pm_credit_input *in, size_t i)
{
    int64_t when;

    return i < in->n_blocks && in->blocks[i].text.len < PM_CREDIT_SHORT &&
           pm_when_find(in->blocks[i].text, &when, NULL);
}

/* "AFP, MANILA", "AFP, Washington": the agency and one place. */
static bool
is_dated_place(const struct pm_credit_finder *f, struct pm_str s)
{
    const char *comma = memchr(s.ptr, ',', s.len);
    struct pm_str place;
    size_t spaces = 0;

    if (comma == NULL || pm_agency_match(f->a, PM_STRN(s.ptr, (size_t)(comma - s.ptr)), 0) < 0)
        return false;
    place = pm_str_trim(PM_STRN(comma + 1, (size_t)(s.ptr + s.len - comma - 1)));
    for (size_t i = 0; i < place.len; i++)
        spaces += place.ptr[i] == ' ';
    return place.len > 2 && (pm_credit_no_small(s) || spaces == 0) && place.ptr[0] >= 'A' &&
           place.ptr[0] <= 'Z';
}

/*
 * A line above the text that is a byline and no picture's credit: it starts like one, stands behind
 * a "by" or before the date, or is "AFP, MANILA".
 */
static void
find_byline(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    static const char kinds[] =
        "nachrichtenagentur|news agency|agencia|agence|agenzia|agência|agencia de noticias|agence "
        "de presse|"
        "haber ajansı|новостное агентство|информагентство|通讯社|通信社|وكالة";
    static const char bys[] =
        "by|von|par|por|di|door|av|af|autor|autorin|oleh|от|автор|yazan|द्वारा";
    struct pm_str s = in->blocks[i].text, before = i > 0 ? in->blocks[i - 1].text : PM_STR_NULL;
    struct pm_str after = i + 1 < in->n_blocks ? in->blocks[i + 1].text : PM_STR_NULL;
    struct pm_name_list list;
    size_t len;

    if (s.len < 2 || s.len > PM_CREDIT_SHORT + 30)
        return;
    if (pm_words_start(bys, s, &len)) {
        list = pm_agency_list(f->a, s, PM_MATCH_AROUND);
        drop_unnamed(f, &list);
        if (!list.picture && list.others <= 3)
            (void)pm_credit_take_list(f, &list, s);
        return;
    }
    if (s.len > PM_CREDIT_SHORT / 2 || pm_str_find(s, PM_STR("©"), 0) != SIZE_MAX)
        return;
    list = pm_agency_list(f->a, s, 0);
    if (list.set.n == 0 || list.picture || list.others > 1)
        return;
    if (has_date(in, i + 1) ||
        (list.others == 0 && (pm_words_is(bys, before) || has_date(in, i + 2))) ||
        pm_words_is(kinds, after) || is_dated_place(f, s))
        (void)pm_credit_take_list(f, &list, s);
}

/* The same label as of block `i` stands inside the text too: then it is the mark of pictures on
 * that page. */
static bool
is_repeated_label(const struct pm_credit_input *in, size_t i)
{
    struct pm_str s = in->blocks[i].text;
    size_t colon = pm_str_find(s, PM_STR(":"), 0);

    if (colon == SIZE_MAX || colon > 24)
        return false;
    for (size_t k = 0; k < i; k++)
        if (!in->blocks[k].kept && in->blocks[k].text.len < PM_CREDIT_SHORT &&
            pm_str_starts(in->blocks[k].text, PM_STRN(s.ptr, colon + 1)))
            return true;
    return false;
}

/* Cleaning found it to be a picture's. */
static bool
is_caption(const struct pm_block *b)
{
    return b->rule != NULL && strcmp(b->rule, "caption") == 0;
}

static void
find_above(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t first)
{
    size_t kept = 0;

    for (size_t i = first > ABOVE_BLOCKS ? first - ABOVE_BLOCKS : 0;
         i < in->n_blocks && kept <= HEAD_BLOCKS; i++) {
        if (!in->blocks[i].kept && !is_caption(&in->blocks[i]))
            find_byline(f, in, i);
        kept += in->blocks[i].kept;
    }
}

/*
 * A short line inside the text whose words leave no doubt: "(With inputs from agencies)", "AP
 * contributed to this report", or "SOURCE: AFP" where the text breaks off behind it. Lines that are
 * none of the text may have been kept further down, so the last kept block is not always its end.
 */
static void
find_inside(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    struct pm_str s = bare(in->blocks[i].text);
    size_t len;

    if (s.len < 6 || s.len > INSIDE_MAX || is_caption(&in->blocks[i]))
        return;
    if (pm_word_set_start(&f->a->sets[PM_SET_LEADS], s, &len) && memchr(s.ptr, ' ', len) != NULL) {
        struct pm_name_list list =
            pm_agency_list(f->a, pm_credit_part(s, len, s.len), PM_MATCH_LOOSE);

        if (list.others == 0 && !list.picture)
            (void)pm_credit_take_list(f, &list, in->blocks[i].text);
    } else if (pm_str_ifind(s, PM_STR("contribut"), 0) != SIZE_MAX) {
        (void)find_claim(f, s);
    } else if (i > 0 && in->blocks[i - 1].kept && is_prose(&in->blocks[i - 1]) &&
               i + 1 < in->n_blocks && !in->blocks[i + 1].kept && !is_repeated_label(in, i)) {
        (void)find_labelled(f, s);
    }
}

static void
find_in_body(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    size_t head = 0, first = SIZE_MAX, last = SIZE_MAX, tail = 0;

    for (size_t i = 0; i < in->n_blocks; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (!b->kept)
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
        if (!is_prose(b) || head >= LED_BLOCKS)
            continue;
        if (head++ < HEAD_BLOCKS)
            pm_credit_dateline(f, b->text);
        if (b->text.len <=
            LINE_MAX) /* "information from AP shows": further down one name may be a mention */
            (void)find_led(f, b->text, head <= HEAD_BLOCKS ? 1 : 2);
    }
    if (last == SIZE_MAX)
        return;
    find_above(f, in, first);
    for (size_t i = first; i < last; i++)
        find_inside(f, in, i);
    for (size_t i = last + 1; i-- > 0 && tail < TAIL_BLOCKS;) {
        const struct pm_block *b = &in->blocks[i];

        if (!b->kept || !is_prose(b))
            continue;
        if (b->text.len <= LINE_MAX)
            (void)find_told(f, b->text);
        if (tail++ == 0 && !find_tail_bracket(f, b->text) && !find_names_only(f, b->text))
            (void)find_tail_name(f, b->text);
    }
    for (size_t i = last + 1; i < in->n_blocks && i <= last + AFTER_BLOCKS; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (is_caption(b) || is_repeated_label(in, i) || find_told(f, b->text) ||
            i > last + SIGNED_BLOCKS)
            continue;
        (void)find_signed(f, b->text);
    }
}

int
pm_credit_find(const struct pm_agencies *a, const struct pm_credit_input *in,
               struct pm_arena *arena, struct pm_credit **dst, size_t *n, struct pm_err *err)
{
    struct pm_credit_finder f = {.a = a, .arena = arena};
    struct pm_credit *out;

    *dst = NULL;
    *n = 0;
    find_owner(&f, in);
    find_authors(&f, in);
    for (size_t i = 0; i < in->n_sources; i++)
        if (!find_told(&f, in->sources[i]))
            (void)find_names_only(&f, in->sources[i]);
    find_in_body(&f, in);
    if (f.n > 0) {
        out = pm_arena_array(arena, f.n, sizeof(*out));
        if (out != NULL) {
            memcpy(out, f.found, f.n * sizeof(*out));
            *dst = out;
            *n = f.n;
        }
    }
    return pm_arena_check(arena, err);
}
