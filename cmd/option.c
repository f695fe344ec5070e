/* option.c - parse options by table */
#include "option.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark.h"
#include "talk.h"

static void *
slot(const struct option_set *set, const struct option *o)
{
    return (char *)set->dst + o->at;
}

void
option_defaults(const struct option_set *set)
{
    for (const struct option *o = set->table; o->name; o++)
        if (o->type == OPTION_SINCE || o->type == OPTION_UNTIL)
            *(int64_t *)slot(set, o) = PRESSMARK_NO_TIME;
}

void
option_release(const struct option_set *set)
{
    for (const struct option *o = set->table; o->name; o++) {
        if (o->type == OPTION_LIST) {
            struct option_list *l = slot(set, o);
            free(l->item);
            l->item = NULL;
            l->n = 0;
        }
    }
}

/* ---- nearest name ---- */

enum { NEAR_MAX = 31 }; /* longest name of ours, and then some */

/* Edit distance of two short words; a swap of neighbours counts one (Damerau, restricted). */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[3][NEAR_MAX + 1];

    for (size_t j = 0; j <= m; j++)
        row[1][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *prev = row[i % 3], *cur = row[(i + 1) % 3], *before = row[(i + 2) % 3];
        cur[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t d = prev[j - 1] + (a[i - 1] != b[j - 1]);
            if (prev[j] + 1 < d)
                d = prev[j] + 1;
            if (cur[j - 1] + 1 < d)
                d = cur[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < d)
                d = before[j - 2] + 1;
            cur[j] = d;
        }
    }
    return row[(n + 1) % 3][m];
}

const char *
option_nearest(const char *name, size_t len, const char *(*nth)(const void *ctx, size_t i), const void *ctx)
{
    const char *best = NULL, *candidate;
    size_t least = SIZE_MAX;

    if (len == 0 || len > NEAR_MAX)
        return NULL;
    for (size_t i = 0; (candidate = nth(ctx, i)) != NULL; i++) {
        size_t n = strlen(candidate), d;
        if (n > NEAR_MAX)
            continue;
        /* The start of a name is a clear sign of it, however much is missing. */
        if (len >= 2 && len < n && memcmp(candidate, name, len) == 0)
            d = 1;
        else
            d = distance(name, len, candidate, n);
        if (d < least && d <= 1 + len / 4) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

static const char *
nth_option(const void *ctx, size_t i)
{
    const struct option_parse *p = ctx;

    for (size_t s = 0; s < p->n_sets; s++)
        for (const struct option *o = p->sets[s].table; o->name; o++)
            if (i-- == 0)
                return o->name;
    return NULL;
}

/* ---- values ---- */

bool
option_choice(const char *value, const char *word, size_t len, int *place)
{
    int n = 1;

    for (const char *at = value;; n++) {
        size_t k = strcspn(at, "|");
        if (k == len && memcmp(at, word, len) == 0) {
            *place = n;
            return true;
        }
        if (at[k] == '\0')
            return false;
        at += k + 1;
    }
}

static bool
all_digits(const char *s)
{
    return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static bool
set_number(const struct option *o, unsigned *dst, const char *text)
{
    unsigned long v;

    if (!all_digits(text))
        return false;
    errno = 0;
    v = strtoul(text, NULL, 10);
    if (errno != 0 || v < o->min || v > o->max)
        return false;
    *dst = (unsigned)v;
    return true;
}

static bool
set_size(uint64_t *dst, const char *text)
{
    static const char units[] = "KMGT";
    size_t digits = strspn(text, "0123456789");
    unsigned long long v;
    unsigned shift = 0;

    if (digits == 0)
        return false;
    errno = 0;
    v = strtoull(text, NULL, 10);
    if (errno != 0)
        return false;
    if (text[digits] != '\0') {
        char c = text[digits] >= 'a' ? (char)(text[digits] - 'a' + 'A') : text[digits];
        const char *u = memchr(units, c, sizeof(units) - 1);
        const char *rest = text + digits + 1;
        if (!u || (*rest && strcmp(rest, "B") != 0 && strcmp(rest, "iB") != 0))
            return false;
        shift = 10 * (unsigned)(u - units + 1);
    }
    if (v > UINT64_MAX >> shift)
        return false;
    *dst = (uint64_t)v << shift;
    return true;
}

/* Decimal digits with at most one point: no sign, no exponent, no locale. */
static bool
set_ratio(double *dst, const char *text)
{
    double v = 0, unit = 1;
    bool point = false, any = false;

    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
        } else if (*text >= '0' && *text <= '9') {
            any = true;
            v = v * 10 + (*text - '0');
            if (point)
                unit *= 10;
        } else {
            return false;
        }
    }
    v /= unit;
    if (!any || !(v > 0) || v > 1)
        return false;
    *dst = v;
    return true;
}

static bool
set_date(int64_t *dst, const char *text, bool end)
{
    if (!pressmark_when_parse(text, dst))
        return false;
    /* "until 2024-05-31" means all of that day. */
    if (end && strlen(text) == 10 && text[4] == '-' && text[7] == '-')
        *dst += INT64_C(86400) * 1000000;
    return true;
}

static void
add_item(struct option_list *l, const char *text)
{
    if ((l->n & (l->n - 1)) == 0)
        l->item = must_realloc((void *)l->item, (l->n ? 2 * l->n : 1) * sizeof(*l->item));
    l->item[l->n++] = text;
}

static const char *
expected(const struct option *o)
{
    switch (o->type) {
    case OPTION_SIZE:
        return "a size such as 512M or 2G is expected";
    case OPTION_RATIO:
        return "a number over 0 and at most 1 is expected";
    case OPTION_SINCE:
    case OPTION_UNTIL:
        return "a date such as 2024-05-31 or 2024-05-31T18:00Z is expected";
    default:
        return NULL;
    }
}

static int
set_value(const struct option_set *set, const struct option *o, const char *given, const char *text)
{
    void *dst = slot(set, o);
    bool ok = true;

    switch (o->type) {
    case OPTION_FLAG:
        *(bool *)dst = true;
        break;
    case OPTION_TEXT:
        *(const char **)dst = text;
        break;
    case OPTION_LIST:
        add_item(dst, text);
        break;
    case OPTION_NUMBER:
        ok = set_number(o, dst, text);
        break;
    case OPTION_SIZE:
        ok = set_size(dst, text);
        break;
    case OPTION_RATIO:
        ok = set_ratio(dst, text);
        break;
    case OPTION_SINCE:
    case OPTION_UNTIL:
        ok = set_date(dst, text, o->type == OPTION_UNTIL);
        break;
    case OPTION_CHOICE:
        ok = option_choice(o->value, text, strlen(text), dst);
        break;
    }
    if (ok)
        return 0;
    if (o->type == OPTION_NUMBER)
        talk("'%s' for option '%s': a number from %u to %u is expected", text, given, o->min, o->max);
    else if (o->type == OPTION_CHOICE)
        talk("'%s' for option '%s': one of %s is expected", text, given, o->value);
    else
        talk("'%s' for option '%s': %s", text, given, expected(o));
    return -1;
}

/* ---- parsing ---- */

static const struct option *
find_long(const struct option_parse *p, const char *name, size_t len, const struct option_set **set)
{
    for (size_t s = 0; s < p->n_sets; s++)
        for (const struct option *o = p->sets[s].table; o->name; o++)
            if (strlen(o->name) == len && memcmp(o->name, name, len) == 0) {
                *set = &p->sets[s];
                return o;
            }
    return NULL;
}

static const struct option *
find_short(const struct option_parse *p, char letter, const struct option_set **set)
{
    for (size_t s = 0; s < p->n_sets; s++)
        for (const struct option *o = p->sets[s].table; o->name; o++)
            if (o->letter == letter) {
                *set = &p->sets[s];
                return o;
            }
    return NULL;
}

static void
unknown(const char *given, size_t len, const char *near)
{
    if (len > INT32_MAX)
        len = INT32_MAX;
    if (near)
        talk("unknown option '%.*s'; did you mean '--%s'?", (int)len, given, near);
    else
        talk("unknown option '%.*s'", (int)len, given);
}

/* argv[i] is "--name" or "--name=value". Returns how many words were used, or -1. */
static int
parse_long(const struct option_parse *p, char **argv, int i, int n)
{
    const char *name = argv[i] + 2;
    size_t len = strcspn(name, "=");
    const struct option_set *set = NULL;
    const struct option *o = find_long(p, name, len, &set);
    const char *value = name[len] == '=' ? name + len + 1 : NULL;
    char given[64];

    if (!o) {
        unknown(argv[i], len + 2, option_nearest(name, len, nth_option, p));
        return -1;
    }
    given[0] = given[1] = '-';
    len = len < sizeof(given) - 3 ? len : sizeof(given) - 3;
    memcpy(given + 2, name, len);
    given[len + 2] = '\0';
    if (o->type == OPTION_FLAG) {
        if (value) {
            talk("option '%s' takes no value", given);
            return -1;
        }
        return set_value(set, o, given, NULL) ? -1 : 1;
    }
    if (value)
        return set_value(set, o, given, value) ? -1 : 1;
    if (i + 1 >= n) {
        talk("option '%s' needs a value: %s", given, o->value);
        return -1;
    }
    return set_value(set, o, given, argv[i + 1]) ? -1 : 2;
}

/* argv[i] is "-abc": flags bundled, the last may take a value, "-j4" or "-j 4". */
static int
parse_short(const struct option_parse *p, char **argv, int i, int n)
{
    for (const char *c = argv[i] + 1; *c; c++) {
        const struct option_set *set = NULL;
        const struct option *o = find_short(p, *c, &set);
        char given[3] = {'-', *c, '\0'};
        size_t len = 1;

        if (!o) {
            /* "-json" is a long option with a dash too few more often than four flags. */
            bool whole = c == argv[i] + 1 && c[1] && find_long(p, c, strlen(c), &set);
            while (((unsigned char)c[len] & 0xc0) == 0x80)
                len++;
            if (whole)
                talk("unknown option '%s'; did you mean '-%s'?", argv[i], argv[i]);
            else
                talk("unknown option '-%.*s'", (int)len, c);
            return -1;
        }
        if (o->type == OPTION_FLAG) {
            if (set_value(set, o, given, NULL))
                return -1;
            continue;
        }
        if (c[1])
            return set_value(set, o, given, c + 1) ? -1 : 1;
        if (i + 1 >= n) {
            talk("option '%s' needs a value: %s", given, o->value);
            return -1;
        }
        return set_value(set, o, given, argv[i + 1]) ? -1 : 2;
    }
    return 1;
}

int
option_parse(const struct option_parse *p, char **argv, int n, int *n_operands)
{
    int i = 0, kept = 0, used;

    while (i < n) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (argv[i][0] != '-' || argv[i][1] == '\0') {
            if (p->stop_at_operand)
                break;
            argv[kept++] = argv[i++];
            continue;
        }
        used = argv[i][1] == '-' ? parse_long(p, argv, i, n) : parse_short(p, argv, i, n);
        if (used < 0) {
            talk_try(p->command);
            return -1;
        }
        i += used;
    }
    while (i < n)
        argv[kept++] = argv[i++];
    *n_operands = kept;
    return 0;
}
