#include "credit_find.h"
#include "credit_table.h"
#include "words.h"

/*
 * Where a text says whose it is. Each place has a form of its own, and only names in that form
 * count: that is what keeps mentions ("told AFP") and picture credits out.
 */
enum {
    HEAD_BLOCKS = 3,   /* kept blocks that may start with a dateline */
    HEAD_MIN = 60,     /* bytes of a block that counts as one of those */
    LED_BLOCKS = 8,    /* kept blocks that may say what the text was made with */
    TAIL_BLOCKS = 5,   /* kept blocks that may end with a credit, lines that are none of the text among them */
    ABOVE_BLOCKS = 15, /* blocks above the text that may hold a byline */
    AFTER_BLOCKS = 10, /* dropped blocks behind the last kept one */
    INSIDE_MAX = 160,  /* bytes of a line inside the text that is a credit */
    SEARCHES_MAX = 64,
    SIGNED_BLOCKS = 5, /* of those, the ones that may be a credit without saying so */
    WORDS_MAX = 240,
    PLACE_MAX = 40, /* bytes at the start of a text that name a place */
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
pm_credit_take_list(struct pm_credit_finder *f, const struct pm_name_list *list, struct pm_str words)
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

/* It names nobody but unnamed agencies, behind somebody who is no agency. */
static bool
is_with_agencies(const struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    return i > 0 && pm_agency_match(f->a, in->authors[i], 0) == (int)pm_agency_unnamed_id(f->a) &&
           pm_agency_match(f->a, in->authors[0], PM_MATCH_AROUND) < 0;
}

static void
find_authors(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    for (size_t i = 0; i < in->n_authors; i++) {
        struct pm_name_list list;
        int id = pm_agency_of_host(f->a, host_of(in->authors[i]));

        if (id >= 0)
            pm_credit_take(f, (unsigned)id, in->authors[i]);
        if (pm_str_istarts(in->authors[i], PM_STR("http")) || is_with_agencies(f, in, i))
            continue;
        list = pm_agency_list(f->a, in->authors[i], PM_MATCH_AROUND);

        drop_unnamed(f, &list);
        if (!list.picture)
            (void)pm_credit_take_list(f, &list, in->authors[i]);
    }
}

static bool
is_prose(const struct pm_block *b)
{
    return b->kind == PM_BLOCK_PARA || b->kind == PM_BLOCK_QUOTE || b->kind == PM_BLOCK_ITEM || b->kind == PM_BLOCK_PRE;
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
    return place.len > 2 && (pm_credit_no_small(s) || spaces == 0) && place.ptr[0] >= 'A' && place.ptr[0] <= 'Z';
}

/*
 * A browser's text of a page may have no space between what stands in boxes of their own: "dpaDaily Desk London",
 * "AFPParis". The agency whose name, as it is written, ends where capitals and small letters show that another word
 * begins.
 */
static int
match_glued(const struct pm_credit_finder *f, struct pm_str s)
{
    for (size_t i = 0; i < f->a->n_aliases; i++) {
        struct pm_str name = f->a->aliases[i].alias;
        const char *next = s.ptr + name.len;

        if (name.len < 3 || s.len < name.len + 2 || !pm_str_starts(s, name) ||
            f->a->aliases[i].id == pm_agency_unnamed_id(f->a) || *next < 'A' || *next > 'Z')
            continue;
        if (!pm_credit_no_small(PM_STRN(next - 1, 1)) || !pm_credit_no_small(PM_STRN(next + 1, 1)))
            return f->a->aliases[i].id;
    }
    return -1;
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
    static const char bys[] = "by|von|par|por|di|door|av|af|autor|autorin|oleh|от|автор|yazan|द्वारा";
    struct pm_str s = in->blocks[i].text, before = i > 0 ? in->blocks[i - 1].text : PM_STR_NULL;
    struct pm_str after = i + 1 < in->n_blocks ? in->blocks[i + 1].text : PM_STR_NULL;
    struct pm_name_list list;
    bool by_next;
    size_t len;
    int id;

    if (s.len < 2 || s.len > PM_CREDIT_SHORT + 30)
        return;
    id = has_date(in, i) ? match_glued(f, s) : -1;
    if (id >= 0)
        pm_credit_take(f, (unsigned)id, s);
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
    by_next = pm_words_start(bys, after, &len); /* "Par Les Echos": then it is no byline that stands here */
    if (has_date(in, i + 1) || (list.others == 0 && (pm_words_is(bys, before) || (has_date(in, i + 2) && !by_next))) ||
        pm_words_is(kinds, after) || is_dated_place(f, s))
        (void)pm_credit_take_list(f, &list, s);
}

/* The same label as of block `i` stands inside the text too: then it is the mark of pictures on
 * that page. */
static bool
is_repeated_label(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    struct pm_str s = in->blocks[i].text;
    size_t colon = pm_str_find(s, PM_STR(":"), 0);

    if (colon == SIZE_MAX || colon > 24)
        return false;
    if (f->searches++ >= SEARCHES_MAX)
        return true;
    for (size_t k = 0; k < i; k++)
        if (!in->blocks[k].kept && in->blocks[k].text.len < PM_CREDIT_SHORT &&
            pm_str_starts(in->blocks[k].text, PM_STRN(s.ptr, colon + 1)))
            return true;
    return false;
}

static bool
has_rule(const struct pm_block *b, const char *rule)
{
    return b->rule != NULL && strcmp(b->rule, rule) == 0;
}

/* Cleaning found it to be a picture's. */
static bool
is_caption(const struct pm_block *b)
{
    return has_rule(b, "caption");
}

/* Or took it for one, a line of plain text that is nothing but a name above the date. */
static bool
is_name_above_date(const struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    return in->blocks[i].kind == PM_BLOCK_HEADING && has_date(in, i + 1) &&
           pm_agency_match(f->a, in->blocks[i].text, 0) >= 0;
}

static void
find_above(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t first)
{
    size_t kept = 0;

    for (size_t i = first > ABOVE_BLOCKS ? first - ABOVE_BLOCKS : 0;
         i < in->n_blocks && i < first + ABOVE_BLOCKS && kept <= HEAD_BLOCKS; i++) {
        if (!in->blocks[i].kept && (!is_caption(&in->blocks[i]) || is_name_above_date(f, in, i)))
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
    struct pm_str s = pm_credit_bare(in->blocks[i].text);
    size_t len;

    if (s.len < 6 || s.len > INSIDE_MAX || is_caption(&in->blocks[i]))
        return;
    if (pm_word_set_start(&f->a->sets[PM_SET_LEADS], s, &len) && memchr(s.ptr, ' ', len) != NULL) {
        struct pm_name_list list = pm_agency_list(f->a, pm_credit_part(s, len, s.len), PM_MATCH_LOOSE);

        if (list.others == 0 && !list.picture)
            (void)pm_credit_take_list(f, &list, in->blocks[i].text);
    } else if (pm_str_ifind(s, PM_STR("contribut"), 0) != SIZE_MAX) {
        (void)pm_credit_claim(f, s);
    } else if (i > 0 && in->blocks[i - 1].kept && is_prose(&in->blocks[i - 1]) && i + 1 < in->n_blocks &&
               !in->blocks[i + 1].kept && !is_repeated_label(f, in, i)) {
        (void)pm_credit_labelled(f, s);
    }
}

/* "Agence France-Presse" by itself above "TAUNTON — A runner ...": a name, and a dateline without one. */
static void
find_first_line(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t i)
{
    static const char *const dashes[] = {" — ", " – ", " - ", " -- "};
    struct pm_str next;
    size_t at = SIZE_MAX;
    int id;

    if (in->blocks[i].text.len > PM_CREDIT_SHORT || i + 1 >= in->n_blocks || !in->blocks[i + 1].kept)
        return;
    id = pm_agency_match(f->a, in->blocks[i].text, 0);
    next = in->blocks[i + 1].text;
    for (size_t k = 0; k < sizeof(dashes) / sizeof(dashes[0]) && at == SIZE_MAX; k++)
        at = pm_str_find(PM_STRN(next.ptr, next.len < PLACE_MAX ? next.len : PLACE_MAX), pm_str_of(dashes[k]), 0);
    if (id >= 0 && at != SIZE_MAX && at > 2 && pm_credit_no_small(PM_STRN(next.ptr, at)))
        pm_credit_take(f, (unsigned)id, in->blocks[i].text);
}

/* What the first kept block says, if it is a line without a stop that looks like a heading, and the line above it. */
static void
find_opening(struct pm_credit_finder *f, const struct pm_credit_input *in, size_t first)
{
    if (first > 0)
        find_first_line(f, in, first - 1);
    find_first_line(f, in, first);
    if (in->blocks[first].kind == PM_BLOCK_HEADING)
        pm_credit_dateline(f, in->blocks[first].text);
}

/* "Anadolu Ajansı © 2021", "© copyright 2023 The Associated Press": a line anywhere that says whose the page is. */
static void
find_owner_line(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    for (size_t i = 0; i < in->n_blocks && f->n == 0; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (!b->kept && !is_caption(b))
            pm_credit_owned(f, b->text);
    }
}

/*
 * A label in the first half of the text, below its start, is a picture's: the text's own stands at an end of it. So is
 * one above the text whose line before is a sentence, which is a caption, whatever cleaning made of it.
 */
static bool
labels_picture(const struct pm_credit_input *in, struct pm_str label)
{
    size_t before = 0, after = 0;
    bool passed = false;

    for (size_t i = 0; i < in->n_blocks; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (!passed && b->text.ptr == label.ptr) {
            passed = true;
            before += i > 0 && is_prose(&in->blocks[i - 1]) && pm_str_ends(in->blocks[i - 1].text, PM_STR("."));
        }
        before += !passed && b->kept && is_prose(b);
        after += passed && b->kept && is_prose(b);
    }
    return passed && before > 0 && before < after;
}

static void
find_in_body(struct pm_credit_finder *f, const struct pm_credit_input *in)
{
    size_t head = 0, first = SIZE_MAX, last = SIZE_MAX, tail = 0;

    for (size_t i = 0; i < in->n_blocks; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (first == SIZE_MAX && has_rule(b, "headline") && b->text.len >= HEAD_MIN)
            pm_credit_dateline(f, b->text); /* a first paragraph that was taken for it */
        if (!b->kept)
            continue;
        if (first == SIZE_MAX)
            find_opening(f, in, i);
        first = first == SIZE_MAX ? i : first;
        last = i;
        if (!is_prose(b) || head >= LED_BLOCKS)
            continue;
        if (head < HEAD_BLOCKS)
            pm_credit_dateline(f, b->text);
        /* "information from AP shows": further down one name may be a mention */
        if (b->text.len <= PM_CREDIT_LINE)
            (void)pm_credit_led(f, b->text, head < HEAD_BLOCKS ? 1 : 2);
        head += b->text.len >= HEAD_MIN;
    }
    if (last == SIZE_MAX)
        return;
    find_above(f, in, first);
    for (size_t i = first; i < last; i++)
        find_inside(f, in, i);
    for (size_t i = last + 1; i-- > 0 && tail < TAIL_BLOCKS;) {
        const struct pm_block *b = &in->blocks[i];

        if (!b->kept || (!is_prose(b) && b->kind != PM_BLOCK_HEADING))
            continue;
        if (b->text.len <= PM_CREDIT_LINE)
            (void)pm_credit_told(f, b->text);
        if (is_prose(b) && tail++ == 0)
            pm_credit_tail(f, b->text);
    }
    for (size_t i = last + 1; i < in->n_blocks && i <= last + AFTER_BLOCKS; i++) {
        const struct pm_block *b = &in->blocks[i];

        if (is_caption(b) || is_repeated_label(f, in, i) || pm_credit_told(f, b->text) || i > last + SIGNED_BLOCKS)
            continue;
        (void)pm_credit_signed(f, b->text);
    }
}

int
pm_credit_find(const struct pm_agencies *a, const struct pm_credit_input *in, struct pm_arena *arena,
               struct pm_credit **dst, size_t *n, struct pm_err *err)
{
    struct pm_credit_finder f = {.a = a, .arena = arena};
    struct pm_credit *out;

    *dst = NULL;
    *n = 0;
    find_owner(&f, in);
    find_authors(&f, in);
    for (size_t i = 0; i < in->n_sources; i++)
        if (!labels_picture(in, in->sources[i]) && !pm_credit_told(&f, in->sources[i]))
            (void)pm_credit_names_only(&f, in->sources[i]);
    find_in_body(&f, in);
    find_owner_line(&f, in);
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
