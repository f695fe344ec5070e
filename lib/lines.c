/*
 * lines.c - splitting a text page, joining wrapped paragraphs, counting what a line is made of.
 */
#include "lines.h"

#include <utf8proc.h>

#include "text.h"

/* ---- splitting ---- */

/* A line of the page as it stands: bytes between two breaks. */
struct raw {
    struct pm_str text; /* without white space at its ends */
    uint32_t indent, chars;
    bool gap;
};

struct raws {
    struct raw *v;
    size_t n;
};

static bool
is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000 || cp == 0xFEFF;
}

/* Bytes of the line break at s[i]; 0 when there is none. */
static size_t
break_len(struct pm_str s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];

    if (c == '\n' || c == '\f' || c == '\v')
        return 1;
    if (c == '\r')
        return i + 1 < s.len && s.ptr[i + 1] == '\n' ? 2 : 1;
    if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80 && ((unsigned char)s.ptr[i + 2] | 1) == 0xA9)
        return 3; /* U+2028, U+2029 */
    return 0;
}

/* Take white space off both ends of *s; columns taken off its start. */
static uint32_t
trim(struct pm_str *s)
{
    uint32_t indent = 0;
    size_t i = 0, end;

    while (i < s->len) {
        size_t next = i;
        uint32_t cp = pm_utf8_next(*s, &next);

        if (!is_space(cp))
            break;
        if (indent < 1000)
            indent += cp == '\t' ? 4 : 1;
        i = next;
    }
    *s = PM_STRN(s->ptr + i, s->len - i);
    for (end = s->len; end > 0;) {
        size_t at = end - 1, next;

        while (at > 0 && ((unsigned char)s->ptr[at] & 0xC0) == 0x80)
            at--;
        next = at;
        if (!is_space(pm_utf8_next(*s, &next)))
            break;
        end = at;
    }
    s->len = end;
    return indent;
}

static uint32_t
count_chars(struct pm_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* Fill `dst` (NULL: only count) with the lines that are not empty. */
static size_t
split_raw(struct pm_str text, struct raw *dst)
{
    size_t n = 0, from = 0;
    bool gap = true;

    for (size_t i = 0; i <= text.len; i++) {
        struct raw r = {.gap = gap};
        size_t width;

        while (i < text.len && (unsigned char)text.ptr[i] > '\r' && (unsigned char)text.ptr[i] != 0xE2)
            i++;
        width = i == text.len ? 1 : break_len(text, i);
        if (width == 0)
            continue;
        r.text = PM_STRN(text.ptr + from, i - from);
        r.indent = trim(&r.text);
        from = i + width;
        i = from - 1;
        if (r.text.len == 0) {
            gap = true;
            continue;
        }
        gap = false;
        if (dst != NULL) {
            r.chars = count_chars(r.text);
            dst[n] = r;
        }
        n++;
    }
    return n;
}

/* ---- wrapped paragraphs ---- */

enum { WRAP_MIN = 40, WRAP_MAX = 110, WRAP_PAIRS = 6 };

static uint32_t
first_word_chars(struct pm_str s)
{
    size_t i = 0;

    while (i < s.len && s.ptr[i] != ' ' && s.ptr[i] != '\t')
        i++;
    return count_chars(PM_STRN(s.ptr, i));
}

static bool
ends_sentence(struct pm_str s)
{
    char c = s.len ? s.ptr[s.len - 1] : '.';

    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"';
}

/*
 * The column at which paragraphs are broken; 0 when they are not. They are when no line is longer
 * than that, and most lines that another one follows directly are as long as the next word let them
 * be, and go on in the middle of a sentence.
 */
static uint32_t
wrap_column(const struct raws *r)
{
    uint32_t width = 0;
    size_t full = 0, pairs = 0, open = 0;

    for (size_t i = 0; i < r->n; i++)
        width = r->v[i].chars > width ? r->v[i].chars : width;
    if (width < WRAP_MIN || width > WRAP_MAX)
        return 0;
    for (size_t i = 0; i + 1 < r->n; i++) {
        if (r->v[i + 1].gap || r->v[i].chars * 2 < width)
            continue;
        pairs++;
        full += r->v[i].chars + 1 + first_word_chars(r->v[i + 1].text) > width;
        open += !ends_sentence(r->v[i].text);
    }
    return pairs >= WRAP_PAIRS && full * 10 >= pairs * 7 && open * 10 >= pairs * 6 ? width : 0;
}

static bool
wraps_into(const struct raw *a, const struct raw *b, uint32_t column)
{
    return column != 0 && !b->gap && b->indent <= a->indent + 1 && a->chars + 1 + first_word_chars(b->text) > column;
}

/* ---- bullets and white space ---- */

/* Take a list marker off the start of *s. */
static bool
take_bullet(struct pm_str *s)
{
    static const char *const marks[] = {"•", "·", "*", "-", "–", "—", "▪", "■", "●",
                                        "○", "◦", "‣", "►", "▶", "➤", "→", "✓"};

    if (s->len == 0 || strchr("*-\xC2\xE2", s->ptr[0]) == NULL) /* what a mark begins with */
        return false;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        struct pm_str m = pm_str_of(marks[i]), rest;

        if (!pm_str_starts(*s, m))
            continue;
        rest = PM_STRN(s->ptr + m.len, s->len - m.len);
        if (trim(&rest) == 0 && m.len < 3)
            return false;
        /* A dash before a sentence may open speech, as many languages print it: it stays. */
        if (rest.len == 0 || (i >= 3 && i <= 5))
            return false;
        *s = rest;
        return true;
    }
    return false;
}

/* One space for each run of white space, control characters left out; `s` itself when nothing
 * changes. */
static struct pm_str
squeeze(struct pm_str s, struct pm_arena *arena, bool *tabs)
{
    char *out;
    size_t n = 0;
    bool clean = true, space = false;

    *tabs = false;
    for (size_t i = 0; i < s.len && clean; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        clean = c > ' ' ? (c < 0x7F || (c > 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF))
                        : c == ' ' && s.ptr[i + 1] != ' ';
        clean = clean || (c >= 0x80 && c < 0xC0);
    }
    if (clean)
        return s;
    out = pm_arena_alloc(arena, s.len + 1);
    if (out == NULL)
        return PM_STR_NULL;
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        uint32_t cp = pm_utf8_next(s, &i);

        *tabs = *tabs || cp == '\t';
        if (is_space(cp)) {
            space = cp != 0x200B && cp != 0xFEFF ? true : space;
            continue;
        }
        if (cp < ' ' || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD)
            continue;
        if (space && n)
            out[n++] = ' ';
        space = false;
        memcpy(out + n, s.ptr + from, i - from);
        n += i - from;
    }
    return PM_STRN(out, n);
}

/* The text of raw lines [i, end) as one, in the arena when there is more than one. */
static struct pm_str
join_raw(const struct raws *r, size_t i, size_t end, struct pm_arena *arena)
{
    size_t len = 0, at = 0;
    char *out;

    if (end == i + 1)
        return r->v[i].text;
    for (size_t k = i; k < end; k++)
        len += r->v[k].text.len + 1;
    out = pm_arena_alloc(arena, len);
    if (out == NULL)
        return PM_STR_NULL;
    for (size_t k = i; k < end; k++) {
        memcpy(out + at, r->v[k].text.ptr, r->v[k].text.len);
        at += r->v[k].text.len;
        out[at++] = ' ';
    }
    return PM_STRN(out, at - 1);
}

/* ---- repeated lines ---- */

/* Set `repeats` and `first` through an open hash table of line hashes. */
static void
count_repeats(struct pm_line *lines, size_t n, struct pm_arena *arena)
{
    size_t size = 16, at;
    uint32_t *slots;

    while (size < n * 2)
        size *= 2;
    slots = pm_arena_array(arena, size, sizeof(*slots)); /* index + 1 of the first line with a hash */
    if (slots == NULL)
        return;
    for (size_t i = 0; i < n; i++) {
        lines[i].first = (uint32_t)i;
        if (lines[i].hits.hash == 0)
            continue;
        at = lines[i].hits.hash & (size - 1);
        while (slots[at] != 0 && lines[slots[at] - 1].hits.hash != lines[i].hits.hash)
            at = (at + 1) & (size - 1);
        if (slots[at] == 0)
            slots[at] = (uint32_t)i + 1;
        else
            lines[i].first = slots[at] - 1, lines[slots[at] - 1].repeats++;
    }
    for (size_t i = 0; i < n; i++)
        lines[i].repeats = lines[lines[i].first].repeats;
}

int
pm_lines_split(struct pm_str text, const struct pm_phrases *phrases, struct pm_arena *arena, struct pm_line **dst,
               size_t *n, struct pm_err *err)
{
    struct raws r = {.n = split_raw(text, NULL)};
    struct pm_line *lines;
    uint32_t column;
    size_t count = 0;

    *dst = NULL;
    *n = 0;
    if (r.n > PM_LINES_MAX)
        return pm_fail(err, PM_ELIMIT, "text of more than %d lines", PM_LINES_MAX);
    r.v = pm_arena_array(arena, r.n + 1, sizeof(*r.v));
    lines = pm_arena_array(arena, r.n + 1, sizeof(*lines));
    if (r.v == NULL || lines == NULL)
        return pm_arena_check(arena, err);
    split_raw(text, r.v);
    column = wrap_column(&r);
    for (size_t i = 0, end; i < r.n; i = end) {
        struct pm_line *l = &lines[count];
        struct pm_str joined;

        for (end = i + 1; end < r.n && wraps_into(&r.v[end - 1], &r.v[end], column); end++)
            ;
        joined = join_raw(&r, i, end, arena);
        l->bullet = take_bullet(&joined);
        l->text = squeeze(joined, arena, &l->tabs);
        if (l->text.len == 0)
            continue;
        l->indent = r.v[i].indent;
        l->gap = r.v[i].gap;
        pm_line_measure(l);
        pm_phrases_scan(phrases, l->text, &l->hits);
        l->role = pm_line_role(l);
        count++;
    }
    count_repeats(lines, count, arena);
    *dst = lines;
    *n = count;
    return pm_arena_check(arena, err);
}
