#include "when.h"
#include "when_names.h"
#include "when_token.h"
#include "words.h"

/*
 * Every date has a number, so the search stops at each run of digits and looks at the few tokens
 * from there on, and at the one word before it. That bounds the work per digit.
 */
enum { TIME_GAP_MAX = 24 }; /* bytes between a time and the date behind it */

struct date {
    int64_t us;
    size_t next;  /* token behind it */
    size_t start; /* byte where it starts */
};

struct clock {
    int64_t us;
    int32_t offset_min;
    bool has_offset;
    size_t next;
};

static struct pm_str
word_of(const struct pm_when_window *w, size_t i)
{
    if (i >= PM_WHEN_TOKENS || w->t[i].kind != PM_WHEN_WORD)
        return PM_STR_NULL;
    return PM_STRN(w->text.ptr + w->t[i].start, w->t[i].end - w->t[i].start);
}

static bool
is_punct(const struct pm_when_window *w, size_t i, const char *set)
{
    return i < PM_WHEN_TOKENS && w->t[i].kind == PM_WHEN_PUNCT && w->t[i].cp < 0x80 && w->t[i].cp != 0 &&
           strchr(set, (int)w->t[i].cp) != NULL;
}

static bool
is_number(const struct pm_when_window *w, size_t i, unsigned digits_max, int64_t max)
{
    return i < PM_WHEN_TOKENS && w->t[i].kind == PM_WHEN_NUM && w->t[i].digits <= digits_max && w->t[i].value <= max;
}

static bool
is_year(const struct pm_when_window *w, size_t i)
{
    return i < PM_WHEN_TOKENS && w->t[i].kind == PM_WHEN_NUM && w->t[i].digits == 4 &&
           ((w->t[i].value >= 1900 && w->t[i].value <= 2100) || /* Gregorian */
            (w->t[i].value >= 1300 && w->t[i].value <= 1500) || /* Persian */
            (w->t[i].value >= 2440 && w->t[i].value <= 2640));  /* Buddhist */
}

/* ---- months and years ---- */

/* The month that tokens from *i name, two-word names and "أيلول / سبتمبر" too; *i moves behind it.
 */
static int
take_month(const struct pm_when_window *w, size_t *i, enum pm_when_calendar *calendar)
{
    struct pm_str first = word_of(w, *i), second = word_of(w, *i + 1);
    enum pm_when_calendar other;
    int month;

    if (first.len == 0)
        return 0;
    if (second.len > 0) {
        month = pm_when_month(PM_STRN(first.ptr, (size_t)(second.ptr + second.len - first.ptr)), calendar);
        if (month > 0) {
            *i += 2;
            return month;
        }
    }
    month = pm_when_month(first, calendar);
    if (month == 0)
        return 0;
    (*i)++;
    if (is_punct(w, *i, "/")) {
        size_t j = *i + 1;

        if (take_month(w, &j, &other) == month)
            *i = j;
    }
    return month;
}

/* A day of the Persian calendar: six months of 31 days, then 30, the last 29 or 30. */
static int64_t
jalali_civil(int64_t year, int64_t month, int64_t day)
{
    /*
     * The 33-year rule (leap years are those whose (25 * year + 11) mod 33 < 8) holds for
     * 1178..1633, which is more than any page needs. 1 Farvardin 1348 was 21 March 1969.
     */
    int64_t of_year = (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
    bool leap = (25 * year + 11) % 33 < 8;
    int64_t days = of_year + pm_when_civil(1969, 3, 21) / PM_DAY_US;

    if (year < 1300 || year > 1500 || day < 1 || day > (month <= 6 ? 31 : month < 12 || leap ? 30 : 29))
        return PM_WHEN_NONE;
    for (int64_t y = 1348; y < year; y++)
        days += (25 * y + 11) % 33 < 8 ? 366 : 365;
    for (int64_t y = year; y < 1348; y++)
        days -= (25 * y + 11) % 33 < 8 ? 366 : 365;
    return days * PM_DAY_US;
}

static int64_t
civil(int64_t year, int64_t month, int64_t day, enum pm_when_calendar calendar)
{
    if (calendar == PM_CALENDAR_JALALI)
        return jalali_civil(year, month, day);
    if (year >= 2440)
        year -= 543; /* Buddhist era */
    if (year < 1900)
        return PM_WHEN_NONE;
    return pm_when_civil(year, month, day);
}

/* ---- forms ---- */

static bool
set_date(struct date *d, int64_t us, size_t next, size_t start)
{
    if (us == PM_WHEN_NONE)
        return false;
    d->us = us;
    d->next = next;
    d->start = start;
    return true;
}

/* 2022年9月22日, 2022년 9월 22일, 令和4年9月22日 */
static bool
match_cjk(const struct pm_when_window *w, struct date *d)
{
    static const struct {
        struct pm_str name;
        int64_t year_zero;
    } eras[] = {{{"令和", 6}, 2018}, {{"平成", 6}, 1988}, {{"民國", 6}, 1911}, {{"民国", 6}, 1911}};
    const struct pm_when_token *t = w->t;
    int64_t year = t[0].value;
    size_t start = t[0].start;
    bool years, months, days;

    years = t[1].cp == 0x5E74 || t[1].cp == 0xB144;
    months = t[3].cp == 0x6708 || t[3].cp == 0xC6D4;
    days = t[5].cp == 0x65E5 || t[5].cp == 0xC77C || t[5].cp == 0x53F7 || t[5].cp == 0x865F;
    if (!years || !months || !days || !is_number(w, 2, 2, 12) || !is_number(w, 4, 2, 31))
        return false;
    for (size_t i = 0; t[0].digits < 4 && i < sizeof(eras) / sizeof(eras[0]); i++)
        if (pm_str_ends(PM_STRN(w->text.ptr, start), eras[i].name)) {
            year += eras[i].year_zero;
            start -= eras[i].name.len;
        }
    if (year < 1900 || year > 2100)
        return false;
    return set_date(d, pm_when_civil(year, t[2].value, t[4].value), 6, start);
}

/* 2022-09-22, 22.9.2022, 22/09/2022 or 09/22/2022 where it can be only one day, 22.09.22 before a
 * time */
static bool
match_numeric(const struct pm_when_window *w, struct date *d)
{
    const struct pm_when_token *t = w->t;
    uint32_t sep = t[1].cp;
    int64_t a = t[0].value, b = t[2].value, c = t[4].value;

    if (!is_punct(w, 1, "./-") || !is_punct(w, 3, "./-") || t[3].cp != sep || t[2].kind != PM_WHEN_NUM ||
        t[4].kind != PM_WHEN_NUM)
        return false;
    if (is_punct(w, 5, "./-") && t[6].kind == PM_WHEN_NUM && t[6].start == t[5].end &&
        (t[5].cp == sep || !is_punct(w, 7, ":"))) /* but "28.04.2023-19:20" */
        return false;                             /* a longer number: an address, a version */
    if (is_year(w, 0) && is_number(w, 2, 2, 12) && is_number(w, 4, 2, 31))
        return set_date(d, civil(a, b, c, PM_CALENDAR_GREGORIAN), 5, t[0].start);
    if (!is_number(w, 0, 2, 31) || !is_number(w, 2, 2, 31))
        return false;
    if (sep == '.' && t[4].digits == 2) {
        bool timed = t[5].kind == PM_WHEN_NUM ? is_punct(w, 6, ":") : t[6].kind == PM_WHEN_NUM && is_punct(w, 7, ":");
        bool alone = t[5].kind == PM_WHEN_END && pm_str_trim(w->text).ptr == w->text.ptr + t[0].start;

        return ((timed && t[2].digits == 2) || alone) && set_date(d, pm_when_civil(2000 + c, b, a), 5, t[0].start);
    }
    if (!is_year(w, 4) || c < 1900)
        return false;
    if (sep == '.' || a == b || a > 12)
        return set_date(d, civil(c, b, a, PM_CALENDAR_GREGORIAN), 5, t[0].start);
    if (b > 12)
        return set_date(d, civil(c, a, b, PM_CALENDAR_GREGORIAN), 5, t[0].start);
    return false;
}

/* 2022. szeptember 22., 2022 m. rugsėjo 22 d., 2022. gada 22. septembrī, 2022ko irailaren 22 */
static bool
match_year_first(const struct pm_when_window *w, struct date *d)
{
    enum pm_when_calendar calendar = PM_CALENDAR_GREGORIAN;
    size_t i = 1;
    int month;
    int64_t day = 0;

    if (!is_year(w, 0))
        return false;
    i += is_punct(w, i, ".,");
    if (pm_words_is("m|gada|ko|eko|g", word_of(w, i)))
        i++;
    i += is_punct(w, i, ".");
    if (is_number(w, i, 2, 31)) {
        day = w->t[i++].value;
        i += is_punct(w, i, ".");
    }
    i += is_punct(w, i, "-");
    month = take_month(w, &i, &calendar);
    if (month == 0)
        return false;
    i += is_punct(w, i, ".-");
    if (day == 0) {
        if (!is_number(w, i, 2, 31))
            return false;
        day = w->t[i++].value;
        if (is_punct(w, i, ":")) /* "2022 May 10:15" is a time */
            return false;
    }
    return set_date(d, civil(w->t[0].value, month, day, calendar), i, w->t[0].start);
}

/* 22 septembre 2022, 22nd of September, 2022, 22. rujna 2022., ngày 22 tháng 9 năm 2022 */
static bool
match_day_first(const struct pm_when_window *w, struct date *d)
{
    enum pm_when_calendar calendar = PM_CALENDAR_GREGORIAN;
    size_t i = 1;
    bool dot;
    int month;

    if (!is_number(w, 0, 2, 31))
        return false;
    if (w->t[1].kind == PM_WHEN_WORD && w->t[1].start == w->t[0].end &&
        pm_words_is("st|nd|rd|th|er|re|e|º|ª|го|й|η|ης|ος|ते", word_of(w, 1)))
        i++;
    else if (w->t[1].kind == PM_WHEN_PUNCT && (w->t[1].cp == 0xBA || w->t[1].cp == 0xAA || w->t[1].cp == 0xB0))
        i++;
    dot = is_punct(w, i, ".");
    i += dot || is_punct(w, i, "-/,");
    if (pm_words_is("of|de|d|di|del|den|le|ta|da|bulan", word_of(w, i)))
        i++;
    if (pm_words_is("tháng|thg", word_of(w, i)) && is_number(w, i + 1, 2, 12)) {
        month = (int)w->t[i + 1].value;
        i += 2;
    } else {
        struct pm_str name = word_of(w, i);

        month = take_month(w, &i, &calendar);
        /* Croatian puts a dot behind the day, Polish does not: October there, November here */
        if (month == 11 && dot && pm_words_is("listopada", name))
            month = 10;
    }
    if (month == 0)
        return false;
    for (int skipped = 0; skipped < 2 && is_punct(w, i, ".,-/"); skipped++)
        i++;
    if (w->t[i].kind == PM_WHEN_PUNCT && w->t[i].cp == 0x060C) /* Arabic comma */
        i++;
    if (pm_words_is("de|del|of|năm|year|г|พ.ศ", word_of(w, i)))
        i += is_punct(w, i + 1, ".") ? 2 : 1;
    if (!is_year(w, i))
        return false;
    return set_date(d, civil(w->t[i].value, month, w->t[0].value, calendar), i + 1, w->t[0].start);
}

/* "April" of "PressApril", where the space between two elements was lost. */
static struct pm_str
after_seam(struct pm_str word)
{
    for (size_t i = word.len; i-- > 1;)
        if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' && word.ptr[i - 1] >= 'a' && word.ptr[i - 1] <= 'z')
            return PM_STRN(word.ptr + i, word.len - i);
    return word;
}

/* September 22, 2022; Sept. 22nd 2022 */
static bool
match_month_first(const struct pm_when_window *w, struct date *d)
{
    enum pm_when_calendar calendar = PM_CALENDAR_GREGORIAN;
    struct pm_str name = after_seam(w->before);
    size_t i = 1;
    int month;

    if (name.len == 0 || !is_number(w, 0, 2, 31))
        return false;
    if (w->t[1].kind == PM_WHEN_WORD && w->t[1].start == w->t[0].end) {
        if (!pm_words_is("st|nd|rd|th", word_of(w, 1)))
            return false;
        i++;
    }
    for (int skipped = 0; skipped < 2 && is_punct(w, i, ".,-"); skipped++)
        i++;
    if (pm_words_is("of|de", word_of(w, i)))
        i++;
    if (!is_year(w, i) || is_punct(w, i + 1, ":"))
        return false;
    month = pm_when_month(name, &calendar);
    if (month == 0)
        return false;
    return set_date(d, civil(w->t[i].value, month, w->t[0].value, calendar), i + 1, (size_t)(name.ptr - w->text.ptr));
}

/* ---- time of day ---- */

/* "p.m.", "PM", "am"; *i moves behind it. 0: none, 1: before noon, 2: after noon. */
static int
take_half(const struct pm_when_window *w, size_t *i)
{
    struct pm_str word = word_of(w, *i);
    int half = 0;

    if (pm_words_is("am|pm", word)) {
        half = (word.ptr[0] | 32) == 'p' ? 2 : 1;
        *i += 1;
    } else if (pm_words_is("a|p", word) && is_punct(w, *i + 1, ".") && pm_words_is("m", word_of(w, *i + 2))) {
        half = (word.ptr[0] | 32) == 'p' ? 2 : 1;
        *i += 3;
        *i += is_punct(w, *i, ".");
    }
    return half;
}

/* "GMT", "(CEST)", "+02:00", "GMT+7"; none is fine. */
static void
take_zone(const struct pm_when_window *w, size_t i, struct clock *c)
{
    size_t at = i + is_punct(w, i, "(");
    int64_t minutes = 0;

    if (pm_when_zone(word_of(w, at), &c->offset_min)) {
        c->has_offset = true;
        c->next = ++at;
    }
    if (!is_punct(w, at, "+-") || (at + 1 < PM_WHEN_TOKENS && w->t[at].end != w->t[at + 1].start))
        return;
    if (!is_number(w, at + 1, 4, 1400) || (!c->has_offset && w->t[at + 1].digits == 1))
        return;
    minutes =
        w->t[at + 1].digits > 2 ? w->t[at + 1].value / 100 * 60 + w->t[at + 1].value % 100 : w->t[at + 1].value * 60;
    c->next = at + 2;
    if (is_punct(w, at + 2, ":") && is_number(w, at + 3, 2, 59)) {
        minutes += w->t[at + 3].value;
        c->next = at + 4;
    }
    if (minutes > 14 * 60)
        return;
    c->offset_min = (int32_t)(is_punct(w, at, "-") ? -minutes : minutes);
    c->has_offset = true;
}

/* "15:47", "3:47:05 p.m. EDT", "15.47 Uhr", "15h47", "15時47分" at token i; `dotted` allows
 * "15.47". */
static bool
match_time(const struct pm_when_window *w, size_t i, bool dotted, struct clock *c)
{
    int64_t hour, minute = 0, second = 0;
    size_t n = i + 3;
    int half;

    if (!is_number(w, i, 2, 24) || n >= PM_WHEN_TOKENS)
        return false;
    hour = w->t[i].value;
    if (w->t[i + 1].cp == 0x6642 || w->t[i + 1].cp == 0x65F6 || w->t[i + 1].cp == 0xC2DC ||
        pm_words_is("h|u", word_of(w, i + 1))) {
        bool minutes = is_number(w, i + 2, 2, 59);

        if (!minutes && !pm_words_is("h", word_of(w, i + 1)) && w->t[i + 1].cp < 0x80)
            return false;
        minute = minutes ? w->t[i + 2].value : 0;
        n = i + 2 + minutes;
        n += n < PM_WHEN_TOKENS && (w->t[n].cp == 0x5206 || w->t[n].cp == 0xBD84);
    } else if (is_punct(w, i + 1, dotted || pm_words_is("uhr", word_of(w, i + 3)) ? ":." : ":") &&
               is_number(w, i + 2, 2, 59) && w->t[i + 2].digits == 2) {
        minute = w->t[i + 2].value;
        if (is_punct(w, n, ":") && is_number(w, n + 1, 2, 59)) {
            second = w->t[n + 1].value;
            n += 2;
        }
    } else {
        size_t after = i + 1;

        if (take_half(w, &after) == 0)
            return false;
        n = i + 1;
    }
    half = take_half(w, &n);
    if (half > 0 && (hour == 0 || hour > 12))
        half = 0;
    hour = half == 2 ? hour % 12 + 12 : half == 1 ? hour % 12 : hour;
    n += pm_words_is("uhr", word_of(w, n));
    c->us = ((hour * 60 + minute) * 60 + second) * PM_SECOND_US;
    c->next = n;
    c->offset_min = 0;
    c->has_offset = false;
    take_zone(w, n, c);
    return true;
}

/* A time behind the date, past a comma or dash or two and a word like "at", "um", "à". */
static bool
time_after(const struct pm_when_window *w, size_t i, struct clock *c)
{
    bool dotted = false, noon = false;
    int words = 0;

    for (int skipped = 0; skipped < 6 && i < PM_WHEN_TOKENS; skipped++, i++) {
        struct pm_str word = word_of(w, i);
        uint32_t cp = w->t[i].cp;

        if (match_time(w, i, dotted, c)) {
            if (noon && c->us < PM_DAY_US / 2)
                c->us += PM_DAY_US / 2;
            return true;
        }
        if (w->t[i].kind == PM_WHEN_WORD && pm_char_is_unspaced(cp)) {
            noon = noon || cp == 0x5F8C || cp == 0x4E0B || cp == 0xD6C4; /* 午後, 下午, 오후 */
        } else if (word.len > 0 && (word.len > 10 || ++words > 1)) {
            return false;
        } else if (word.len == 0 && (w->t[i].kind != PM_WHEN_PUNCT || cp == ';')) {
            return false;
        }
        dotted = dotted || pm_words_is("kl|klo|um|om|alle|ore|pukul", word);
    }
    return false;
}

/* ---- search ---- */

/* A number glued to what stands before it ("v1.2", "A380", "3-5", "#12") starts no date. */
static bool
starts_clean(struct pm_str s, size_t at)
{
    size_t prev, len;
    uint32_t cp;

    if (at == 0)
        return true;
    prev = pm_char_before(s, at);
    cp = pm_char_at(s, prev, &len);
    if (cp == '_' || cp == '$' || cp == '#' || cp == '=' || cp == '&' || cp == '%')
        return false;
    if (cp == '.' || cp == ',' || cp == '-' || cp == '/' || cp == ':' || cp == 0x2013)
        return prev == 0 || pm_when_digit(pm_char_at(s, pm_char_before(s, prev), &len)) < 0;
    return !pm_char_is_letter(cp) || pm_char_is_unspaced(cp);
}

/* "Mustermann24.04.2024": two digits, two digits and a year behind a word, its space lost. */
static bool
match_glued(const struct pm_when_window *w, struct date *d)
{
    size_t at = w->t[0].start, prev = pm_char_before(w->text, at), len;

    return w->before.len > 3 && w->before.ptr + w->before.len == w->text.ptr + at &&
           pm_char_is_letter(pm_char_at(w->text, prev, &len)) && w->t[0].digits == 2 && w->t[2].digits == 2 &&
           w->t[1].cp == '.' && match_numeric(w, d);
}

static bool
match_date(const struct pm_when_window *w, struct date *d)
{
    bool year = false;

    if (match_cjk(w, d) || match_numeric(w, d))
        return true;
    for (size_t i = 0; i < 10 && !year; i++) /* most numbers are no part of a date: no look at the months */
        year = is_year(w, i);
    return year && (match_month_first(w, d) || match_day_first(w, d) || match_year_first(w, d));
}

bool
pm_when_find_read(struct pm_str text, struct pm_when *when, struct pm_str *span)
{
    struct pm_when_window w = {.text = text};
    struct clock early = {0, 0, false, 0}, c;
    size_t early_start = 0, early_end = SIZE_MAX, next;
    struct date d;

    for (size_t at = pm_when_next_digit(text, 0); at < text.len; at = pm_when_next_digit(text, next)) {
        bool timed = false, clean;
        size_t start, end;

        pm_when_window_fill(&w, at);
        next = w.t[0].end;
        clean = starts_clean(text, at);
        if (w.t[0].digits > 4 || (!clean && !match_glued(&w, &d)))
            continue;
        if (clean && !match_date(&w, &d)) {
            if (match_time(&w, 0, false, &c)) { /* may stand before its date */
                early = c;
                early_start = at;
                early_end = w.t[c.next - 1].end;
                next = w.t[2].end > next && w.t[2].kind == PM_WHEN_NUM ? w.t[2].end : next;
            }
            continue;
        }
        start = d.start;
        end = w.t[d.next - 1].end;
        if (time_after(&w, d.next, &c)) {
            timed = true;
            end = w.t[c.next - 1].end;
        } else if (early_end <= start && start - early_end <= TIME_GAP_MAX) {
            timed = true;
            c = early;
            start = early_start;
        }
        when->us = timed ? d.us + c.us - (int64_t)c.offset_min * 60 * PM_SECOND_US : d.us;
        when->has_time = timed;
        when->has_offset = timed && c.has_offset;
        when->offset_min = when->has_offset ? c.offset_min : 0;
        if (span != NULL)
            *span = PM_STRN(text.ptr + start, end - start);
        return true;
    }
    return false;
}

bool
pm_when_find(struct pm_str text, int64_t *when_us, struct pm_str *span)
{
    struct pm_when w = PM_WHEN_INIT;

    if (!pm_when_find_read(text, &w, span))
        return false;
    *when_us = w.us;
    return true;
}
