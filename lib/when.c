#include "when.h"

#include "ascii.h"
#include "when_names.h"

enum { DAYS_PER_ERA = 146097, DAYS_TO_EPOCH = 719468 };

/* A position in text that is read from left to right. */
struct scan {
    const char *p, *end;
};

const char *
pm_when_source_name(enum pm_when_source s)
{
    switch (s) {
    case PM_WHEN_FROM_NONE:
        return "none";
    case PM_WHEN_FROM_RECORD:
        return "record";
    case PM_WHEN_FROM_OPTION:
        return "option";
    case PM_WHEN_FROM_PAGE:
        return "page";
    case PM_WHEN_FROM_FILE:
        return "file";
    }
    return "none";
}

/* ---- calendar ---- */

/*
 * Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its
 * year; 400 of them (an era) always have the same number of days.
 */
static int64_t
days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_EPOCH;
}

/* The inverse of days_of(). */
static void
civil_of(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t z = days + DAYS_TO_EPOCH;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t of_era = z - era * DAYS_PER_ERA;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

int64_t
pm_when_civil(int64_t year, int64_t month, int64_t day)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return PM_WHEN_NONE;
    if (day > lengths[month - 1] + (month == 2 && leap ? 1 : 0))
        return PM_WHEN_NONE;
    return days_of(year, month, day) * PM_DAY_US;
}

/* ---- reading ---- */

static size_t
digits_ahead(const struct scan *s)
{
    size_t n = 0;

    while (n < (size_t)(s->end - s->p) && pm_ascii_digit(s->p[n]))
        n++;
    return n;
}

/* Exactly `n` digits (9 at most), consumed. */
static bool
take_digits(struct scan *s, size_t n, int64_t *value)
{
    int64_t v = 0;

    if (digits_ahead(s) < n)
        return false;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (s->p[i] - '0');
    s->p += n;
    *value = v;
    return true;
}

static bool
take_char(struct scan *s, char c)
{
    if (s->p >= s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static void
take_spaces(struct scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t'))
        s->p++;
}

static struct pm_str
take_word(struct scan *s)
{
    struct pm_str w = {s->p, 0};

    while (s->p < s->end && pm_ascii_letter(*s->p)) {
        s->p++;
        w.len++;
    }
    return w;
}

/*
 * "Z", "+02:00", "-0500", "+02", "UTC", "GMT+0200", "(CEST)" is passed over. Absent is fine; false
 * only for what looks like an offset and is none.
 */
static bool
take_offset(struct scan *s, struct pm_when *w)
{
    struct pm_str name;
    int64_t hours, minutes = 0;
    int sign;

    take_spaces(s);
    name = take_word(s);
    if (name.len > 0 && !pm_when_zone(name, &w->offset_min))
        return false;
    w->has_offset = name.len > 0;
    if (s->p >= s->end || (*s->p != '+' && *s->p != '-'))
        return true;
    sign = *s->p++ == '-' ? -1 : 1;
    if (!take_digits(s, 2, &hours))
        return false;
    (void)take_char(s, ':');
    if (digits_ahead(s) > 0 && !take_digits(s, 2, &minutes))
        return false;
    if (hours > 18 || minutes > 59)
        return false;
    w->offset_min = sign * (int32_t)(hours * 60 + minutes);
    w->has_offset = true;
    return true;
}

/* Fraction of a second in microseconds; digits beyond the sixth are dropped. */
static int64_t
take_fraction(struct scan *s)
{
    int64_t us = 0, unit = 100000;

    if (s->p + 1 >= s->end || (*s->p != '.' && *s->p != ',') || !pm_ascii_digit(s->p[1]))
        return 0;
    for (s->p++; s->p < s->end && pm_ascii_digit(*s->p); s->p++) {
        us += (*s->p - '0') * unit;
        unit /= 10;
    }
    return us;
}

/* "15:47", "15:47:42.389", "1547", "154742" and the offset; adds to w->us. */
static bool
take_time(struct scan *s, struct pm_when *w)
{
    int64_t hour, minute = 0, second = 0, fraction = 0;
    bool colons;

    if (!take_digits(s, digits_ahead(s) == 1 ? 1 : 2, &hour))
        return false;
    colons = take_char(s, ':');
    if ((colons || digits_ahead(s) >= 2) && !take_digits(s, 2, &minute))
        return false;
    if ((colons && take_char(s, ':')) || (!colons && digits_ahead(s) >= 2)) {
        if (!take_digits(s, 2, &second))
            return false;
        fraction = take_fraction(s);
    }
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)))
        return false;
    w->us += ((hour * 60 + minute) * 60 + second) * PM_SECOND_US + fraction;
    w->has_time = true;
    return true;
}

/* Set the time to UTC when the offset is known; everything must have been read. */
static bool
finish(struct scan *s, struct pm_when *w, struct pm_when *dst)
{
    take_spaces(s);
    if (s->p < s->end && *s->p == '(') /* "(CEST)" after an offset is a comment: RFC 5322, 3.3 */
        s->p = s->end;
    if (s->p != s->end)
        return false;
    w->us -= (int64_t)w->offset_min * 60 * PM_SECOND_US;
    *dst = *w;
    return true;
}

static bool
read_iso(struct pm_str text, struct pm_when *dst)
{
    struct scan s = {text.ptr, text.ptr + text.len};
    struct pm_when w = PM_WHEN_INIT;
    int64_t year, month = 1, day = 1;
    size_t digits = digits_ahead(&s);
    char sep = '\0';

    if (!(digits == 4 || digits == 8 || digits == 12 || digits == 14) || !take_digits(&s, 4, &year))
        return false;
    if (digits == 4 && s.p < s.end && (*s.p == '-' || *s.p == '/'))
        sep = *s.p++;
    if ((sep != '\0' || digits > 4) && !take_digits(&s, digits_ahead(&s) == 1 ? 1 : 2, &month))
        return false;
    if (digits > 4 || (sep != '\0' && take_char(&s, sep))) {
        if (!take_digits(&s, digits_ahead(&s) == 1 ? 1 : 2, &day))
            return false;
    }
    w.us = pm_when_civil(year, month, day);
    if (w.us == PM_WHEN_NONE)
        return false;
    if (s.p == s.end)
        return finish(&s, &w, dst);
    if (*s.p == 'T' || *s.p == 't' || *s.p == ' ')
        s.p++;
    take_spaces(&s);
    if (digits_ahead(&s) > 0 && !take_time(&s, &w))
        return false;
    if (!take_offset(&s, &w))
        return false;
    return finish(&s, &w, dst);
}

/*
 * "Fri, 03 May 2024 15:47:42 GMT", "Friday, 03-May-24 15:47:42 GMT", "Fri May  3 15:47:42 2024",
 * "Fri May 03 2024 15:47:42 GMT+0200 (CEST)": RFC 9110, 5.6.7, and what scripts print.
 */
static bool
read_rfc(struct pm_str text, struct pm_when *dst)
{
    struct scan s = {text.ptr, text.ptr + text.len};
    struct pm_when w = {0, 0, false, false};
    int64_t year = 0, day, clock_us;
    struct pm_str word = take_word(&s);
    int month;
    size_t n;

    (void)take_char(&s, ',');
    take_spaces(&s);
    if (word.len > 0 && s.p < s.end && pm_ascii_letter(*s.p))
        word = take_word(&s); /* a day of the week stood before the month */
    month = pm_when_month_en(word);
    take_spaces(&s);
    n = digits_ahead(&s);
    if (n < 1 || n > 2 || !take_digits(&s, n, &day))
        return false;
    if (month == 0) {
        (void)take_char(&s, '-');
        take_spaces(&s);
        month = pm_when_month_en(take_word(&s));
        (void)take_char(&s, '-');
    }
    take_spaces(&s);
    n = digits_ahead(&s);
    if (n <= 2 && n > 0 && s.p + n < s.end && s.p[n] == ':') { /* asctime: the year is last */
        if (!take_time(&s, &w))
            return false;
        take_spaces(&s);
        n = digits_ahead(&s);
    }
    if (!(n == 4 || n == 2) || !take_digits(&s, n, &year))
        return false;
    year += n == 4 ? 0 : year < 70 ? 2000 : 1900;
    clock_us = w.us;
    w.us = pm_when_civil(year, month, day);
    if (w.us == PM_WHEN_NONE)
        return false;
    w.us += clock_us;
    take_spaces(&s);
    if (digits_ahead(&s) > 0 && (w.has_time || !take_time(&s, &w)))
        return false;
    if (!take_offset(&s, &w))
        return false;
    return finish(&s, &w, dst);
}

bool
pm_when_read(struct pm_str text, struct pm_when *when)
{
    text = pm_str_trim(text);
    if (text.len == 0 || text.len > 80)
        return false;
    return pm_ascii_digit(text.ptr[0]) && read_iso(text, when) ? true : read_rfc(text, when);
}

bool
pm_when_parse(struct pm_str text, int64_t *when_us)
{
    struct pm_when w = PM_WHEN_INIT;

    if (!pm_when_read(text, &w))
        return false;
    *when_us = w.us;
    return true;
}

/* ---- writing ---- */

static int64_t
floor_days(int64_t us)
{
    int64_t days = us / PM_DAY_US;

    return us % PM_DAY_US < 0 ? days - 1 : days;
}

static void
put_clock(struct pm_buf *dst, int64_t us_of_day)
{
    int64_t seconds = us_of_day / PM_SECOND_US, fraction = us_of_day % PM_SECOND_US;

    pm_buf_addf(dst, "T%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    if (fraction != 0)
        pm_buf_addf(dst, ".%06d", (int)fraction);
}

void
pm_when_day(struct pm_buf *dst, int64_t when_us)
{
    int64_t year, month, day;

    civil_of(floor_days(when_us), &year, &month, &day);
    pm_buf_addf(dst, "%04lld-%02d-%02d", (long long)year, (int)month, (int)day);
}

void
pm_when_iso(struct pm_buf *dst, int64_t when_us)
{
    pm_when_day(dst, when_us);
    put_clock(dst, when_us - floor_days(when_us) * PM_DAY_US);
    pm_buf_putc(dst, 'Z');
}

void
pm_when_put(struct pm_buf *dst, const struct pm_when *when)
{
    int64_t local = when->us + (int64_t)when->offset_min * 60 * PM_SECOND_US;
    int32_t off = when->offset_min < 0 ? -when->offset_min : when->offset_min;

    pm_when_day(dst, local);
    if (!when->has_time)
        return;
    put_clock(dst, local - floor_days(local) * PM_DAY_US);
    if (when->has_offset && off == 0)
        pm_buf_putc(dst, 'Z');
    else if (when->has_offset)
        pm_buf_addf(dst, "%c%02d:%02d", when->offset_min < 0 ? '-' : '+', (int)(off / 60), (int)(off % 60));
}
