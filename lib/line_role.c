/*
 * line_role.c - what a line is, where the line alone tells.
 */
#include "lines.h"
#include "when.h"

/* Little but a date: its words, the phrases around them ("Published", "min read") and a few more.
 */
static bool
is_date_line(const struct pm_line *l)
{
    struct pm_str span;
    int64_t when_us;

    if (l->digits == 0 || l->words > 16 || l->stops > 2 || l->text.len > 200)
        return false;
    if (l->hits.covered == l->hits.tokens)
        return true;
    if (l->digits < 3)
        return false;
    if (pm_when_find(l->text, &when_us, &span) && span.len * 2 >= l->text.len)
        return true;
    return l->words <= 8 && l->digits >= 5 && l->letters <= l->digits * 3 && l->end != PM_END_STOP;
}

static bool
is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC0;
}

/* "... / AP Archive", "... REUTERS/Jane Doe": short words behind a stroke at the end. */
static bool
has_stroke_tail(struct pm_str s)
{
    size_t at = s.len, spaces = 0;

    while (at > 1 && s.len - at < 60) {
        char c = s.ptr[--at];

        spaces += c == ' ';
        if (c == '.' || spaces > 6)
            return false;
        if (c == '/')
            return at + 1 < s.len && (s.ptr[at - 1] == ' ' || s.ptr[at - 1] == '.' ||
                                      (is_capital(s.ptr[at - 1]) && is_capital(s.ptr[at + 1])));
    }
    return false;
}

/* "... [AFP]", "... (Photo: X)", "... (AP Photo/X)": brackets at the end. */
static bool
has_bracket_tail(const struct pm_line *l)
{
    struct pm_str s = l->text;
    char close = s.ptr[s.len - 1], open = close == ')' ? '(' : '[';
    size_t at = s.len - 1, marks = 0;

    if (close != ')' && close != ']')
        return false;
    while (at > 0 && s.len - at < 80 && s.ptr[at] != open) {
        marks += s.ptr[at] == '/' || s.ptr[at] == ':';
        at--;
    }
    if (at == 0 || s.ptr[at] != open)
        return false;
    return close == ']' || marks != 0 || (l->hits.end & PM_PHRASE_PHOTO) != 0;
}

static bool
is_caption(const struct pm_line *l)
{
    const struct pm_str copyright = PM_STR("\xC2\xA9");
    size_t at;

    if (l->words > 90 || l->text.len > 900)
        return false;
    if ((l->hits.whole & PM_PHRASE_PHOTO) != 0)
        return true;
    if ((l->hits.start & PM_PHRASE_PHOTO) != 0 && l->hits.start_len < l->text.len && l->words < 40 &&
        pm_str_find(PM_STRN(l->text.ptr, l->hits.start_len), PM_STR(":"), 0) != SIZE_MAX)
        return true;
    if (l->words < 4 || l->end == PM_END_STOP)
        return false;
    if ((l->hits.end & PM_PHRASE_PHOTO) != 0 && (l->hits.end & l->hits.inside) != 0)
        return true;
    at = pm_str_find(l->text, copyright, 0);
    if (at != SIZE_MAX && at > 20 && l->text.len - at < 60)
        return true;
    return has_stroke_tail(l->text) || has_bracket_tail(l);
}

static bool
colon_after_phrase(const struct pm_line *l)
{
    struct pm_str head = PM_STRN(l->text.ptr, l->hits.start_len);

    return pm_str_find(head, PM_STR(":"), 0) != SIZE_MAX || pm_str_find(head, PM_STR("\xEF\xBC\x9A"), 0) != SIZE_MAX;
}

static bool
is_source(const struct pm_line *l)
{
    /* "(Reporting by X; editing by Y)" is part of the text where editors print it. */
    if (l->text.ptr[0] == '(' && l->words > 6)
        return false;
    return (l->hits.start & PM_PHRASE_SOURCE) != 0 && l->words <= 14 && l->hits.start_len < l->text.len &&
           (colon_after_phrase(l) || (l->hits.inside & l->hits.start & PM_PHRASE_SOURCE) != 0 || l->words <= 3);
}

static bool
is_byline(const struct pm_line *l)
{
    return (l->hits.start & PM_PHRASE_BY) != 0 && l->words >= 2 && l->words <= 12 && l->end != PM_END_STOP &&
           l->hits.start_len < l->text.len && l->caps * 2 >= l->cased;
}

static bool
like_name(const struct pm_line *l)
{
    return l->words >= 2 && l->words <= 5 && l->cased == l->words && l->caps >= 2 && l->caps + 1 >= l->cased &&
           l->digits == 0 && l->end == PM_END_WORD && l->hits.covered == 0 && l->upper * 2 < l->letters;
}

enum pm_line_role
pm_line_role(const struct pm_line *l)
{
    const uint32_t interface =
        PM_PHRASE_SHARE | PM_PHRASE_SIGN | PM_PHRASE_TALK | PM_PHRASE_LEGAL | PM_PHRASE_CONTACT | PM_PHRASE_AD;

    if (is_date_line(l))
        return PM_ROLE_DATE;
    if (is_source(l))
        return PM_ROLE_SOURCE;
    if (is_caption(l))
        return PM_ROLE_CAPTION;
    if ((l->hits.whole & (PM_PHRASE_MORE | PM_PHRASE_LIST)) != 0)
        return PM_ROLE_PROMO;
    if ((l->hits.start & PM_PHRASE_LIST) != 0 && l->end != PM_END_STOP && l->words < 40 &&
        l->hits.start_len < l->text.len && colon_after_phrase(l))
        return PM_ROLE_PROMO; /* "Tags: ..." */
    if ((l->hits.start & PM_PHRASE_MORE) != 0 && l->words < 40 && colon_after_phrase(l))
        return PM_ROLE_PROMO;
    if ((l->hits.whole & interface) != 0 || (l->hits.covered == l->hits.tokens && l->hits.tokens > 2))
        return PM_ROLE_INTERFACE;
    if (is_byline(l))
        return PM_ROLE_BYLINE;
    return like_name(l) ? PM_ROLE_NAME : PM_ROLE_NONE;
}
