#include "jsonld.h"

#include "ascii.h"
#include "html_entity.h"
#include "text.h"

struct reader {
    const char *p, *end;
    struct pm_jsonld_value *v;
    size_t n, cap;
    uint32_t open; /* the innermost object or array that is not closed */
    bool in_any;   /* is there one? */
};

/* Past white space, commas, comments and the marks that hide scripts from old browsers. */
static void
skip_filler(struct reader *r)
{
    while (r->p < r->end) {
        size_t left = (size_t)(r->end - r->p);

        if (pm_ascii_space(*r->p) || *r->p == ',' || *r->p == ';') {
            r->p++;
        } else if (left > 1 && r->p[0] == '/' && r->p[1] == '*') {
            const char *close = memmem(r->p + 2, left - 2, "*/", 2);

            r->p = close ? close + 2 : r->end;
        } else if (left > 1 && r->p[0] == '/' && r->p[1] == '/') {
            r->p += 2; /* "//<![CDATA[": only the slashes; a line of comment ends the text */
        } else if (left > 8 && memcmp(r->p, "<![CDATA[", 9) == 0) {
            r->p += 9;
        } else if (left > 2 && (memcmp(r->p, "]]>", 3) == 0 || memcmp(r->p, "-->", 3) == 0)) {
            r->p += 3;
        } else if (left > 3 && memcmp(r->p, "<!--", 4) == 0) {
            r->p += 4;
        } else if (left > 2 && memcmp(r->p, "\xEF\xBB\xBF", 3) == 0) {
            r->p += 3;
        } else {
            return;
        }
    }
}

/* A string from its opening quote; one that never ends is no string. */
static bool
take_string(struct reader *r, struct pm_str *s)
{
    const char *start = ++r->p;

    for (;;) {
        const char *quote = memchr(r->p, '"', (size_t)(r->end - r->p)), *back;

        if (quote == NULL)
            return false;
        for (back = quote; back > start && back[-1] == '\\'; back--)
            continue;
        r->p = quote + 1;
        if ((quote - back) % 2 == 0) { /* not escaped */
            *s = PM_STRN(start, (size_t)(quote - start));
            return true;
        }
    }
}

static struct pm_jsonld_value *
add(struct reader *r, enum pm_jsonld_kind kind, struct pm_str key, struct pm_str text)
{
    struct pm_jsonld_value *v;

    if (r->n == r->cap)
        return NULL;
    v = &r->v[r->n];
    v->key = key;
    v->text = text;
    v->kind = (uint8_t)kind;
    v->parent = r->in_any ? r->open : (uint32_t)r->n;
    v->end = (uint32_t)++r->n;
    return v;
}

static void
close_innermost(struct reader *r)
{
    uint32_t was = r->open;

    r->v[was].end = (uint32_t)r->n;
    r->in_any = r->v[was].parent != was;
    r->open = r->v[was].parent;
}

/* One value or one closing bracket. False: nothing more can be read. */
static bool
step(struct reader *r)
{
    struct pm_str key = PM_STR_NULL, text;
    const char *start;

    skip_filler(r);
    if (r->p >= r->end)
        return false;
    if (*r->p == '}' || *r->p == ']') {
        r->p++;
        if (r->in_any)
            close_innermost(r);
        return true;
    }
    if (*r->p == '"' && r->in_any && r->v[r->open].kind == PM_JSONLD_OBJECT) {
        if (!take_string(r, &key))
            return false;
        while (r->p < r->end && pm_ascii_space(*r->p))
            r->p++;
        if (r->p >= r->end || *r->p != ':') /* a stray string: no member */
            return true;
        r->p++;
        skip_filler(r);
        if (r->p >= r->end)
            return false;
    }
    if (*r->p == '"')
        return take_string(r, &text) && add(r, PM_JSONLD_STRING, key, text) != NULL;
    if (*r->p == '{' || *r->p == '[') {
        if (add(r, *r->p == '{' ? PM_JSONLD_OBJECT : PM_JSONLD_ARRAY, key, PM_STR_NULL) == NULL)
            return false;
        r->p++;
        r->open = (uint32_t)(r->n - 1);
        r->in_any = true;
        return true;
    }
    for (start = r->p; r->p < r->end && !pm_ascii_space(*r->p) && strchr(",;{}[]\"", *r->p) == NULL; r->p++)
        continue;
    if (r->p == start) {
        r->p++;
        return true;
    }
    if (!r->in_any) /* words outside of any object */
        return true;
    return add(r, PM_JSONLD_OTHER, key, PM_STRN(start, (size_t)(r->p - start))) != NULL;
}

int
pm_jsonld_read(struct pm_str text, struct pm_arena *arena, struct pm_jsonld *dst, struct pm_err *err)
{
    static const uint8_t before_value[256] = {[','] = 1, ['['] = 1, ['{'] = 1, [':'] = 1};
    struct reader r = {.p = text.ptr, .end = text.ptr + text.len};

    dst->values = NULL;
    dst->n = 0;
    r.cap = 2;
    for (size_t i = 0; i < text.len && r.cap < PM_JSONLD_VALUES_MAX;
         i++) /* each value but one has one of these before it */
        r.cap += before_value[(unsigned char)text.ptr[i]];
    r.v = pm_arena_array(arena, r.cap, sizeof(*r.v));
    if (r.v == NULL)
        return pm_arena_check(arena, err);
    while (step(&r))
        continue;
    while (r.in_any) /* a text that breaks off */
        close_innermost(&r);
    dst->values = r.v;
    dst->n = r.n;
    return PM_OK;
}

size_t
pm_jsonld_member(const struct pm_jsonld *j, size_t at, struct pm_str key)
{
    if (at >= j->n || j->values[at].kind != PM_JSONLD_OBJECT)
        return SIZE_MAX;
    for (size_t i = at + 1; i < j->values[at].end; i = j->values[i].end)
        if (pm_str_eq(j->values[i].key, key))
            return i;
    return SIZE_MAX;
}

static int
hex4(const char *p)
{
    int v = 0;

    for (int i = 0; i < 4; i++) {
        int digit = pm_ascii_hex(p[i]);

        if (digit < 0)
            return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* "\uXXXX" at `p`, a pair of them for a character beyond the BMP; *used bytes of the text. */
static uint32_t
take_escape_u(const char *p, const char *end, size_t *used)
{
    int hi = end - p >= 6 ? hex4(p + 2) : -1, lo;

    *used = hi < 0 ? 2 : 6;
    if (hi < 0 || (hi >= 0xDC00 && hi <= 0xDFFF) || hi == 0)
        return 0xFFFD;
    if (hi < 0xD800 || hi > 0xDBFF)
        return (uint32_t)hi;
    lo = end - p >= 12 && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
    if (lo < 0xDC00 || lo > 0xDFFF)
        return 0xFFFD;
    *used = 12;
    return 0x10000 + (((uint32_t)hi - 0xD800) << 10) + ((uint32_t)lo - 0xDC00);
}

/* Undo the escapes of `s` into `dst`, which has s.len + 2 bytes. */
static size_t
unescape(char *dst, struct pm_str s)
{
    const char *p = s.ptr, *end = s.ptr + s.len;
    size_t n = 0, used;

    while (p < end) {
        if (*p != '\\' || p + 1 == end) {
            dst[n++] = *p++;
        } else if (p[1] == 'u') {
            uint32_t cp = take_escape_u(p, end, &used);

            if (used == 2) { /* "\u" and no number: drop it, room for U+FFFD is not there */
                p += 2;
                continue;
            }
            n += pm_utf8_encode(dst + n, cp);
            p += used;
        } else {
            dst[n++] = strchr("nrtbf", p[1]) != NULL && p[1] != '\0' ? ' ' : p[1];
            p += 2;
        }
    }
    return n;
}

struct pm_str
pm_jsonld_string(const struct pm_jsonld_value *v, struct pm_arena *arena)
{
    struct pm_str s = v->text;
    char *room;

    if (v->kind != PM_JSONLD_STRING || s.len == 0)
        return PM_STR_NULL;
    if (memchr(s.ptr, '\\', s.len) != NULL) {
        room = pm_arena_alloc(arena, s.len + 2);
        if (room == NULL)
            return PM_STR_NULL;
        s = PM_STRN(room, unescape(room, s));
    }
    /* twice: "&amp;#8217;" comes of text that was escaped twice */
    for (int round = 0; round < 2 && memchr(s.ptr, '&', s.len) != NULL; round++) {
        room = pm_arena_alloc(arena, PM_ENTITY_ROOM(s.len) + 1);
        if (room == NULL)
            return PM_STR_NULL;
        s = PM_STRN(room, pm_entity_decode(room, s, false));
    }
    return s;
}
