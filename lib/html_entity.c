/*
 * html_entity.c - character references; the table of names is lexbor's.
 */
#include "html_entity.h"

#include <lexbor/core/sbst.h>
#include <lexbor/html/tokenizer/res.h>

#include "ascii.h"
#include "text.h"

enum { REPLACEMENT = 0xFFFD };

/* Numbers 0x80 to 0x9F mean windows-1252. */
static const uint16_t c1_numbers[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

/* `p` stands behind "&#". Bytes used, 0 when there is no digit. */
static size_t
numeric(const char *p, const char *end, char *dst, size_t *wrote)
{
    const char *start = p;
    uint32_t cp = 0, base = 10;
    bool any = false;
    int digit;

    if (p < end && (*p | 0x20) == 'x') {
        base = 16;
        p++;
    }
    for (; p < end && (digit = pm_ascii_hex(*p)) >= 0 && digit < (int)base; p++) {
        any = true;
        if (cp <= 0x10FFFF)
            cp = cp * base + (uint32_t)digit;
    }
    if (!any)
        return 0;
    if (p < end && *p == ';')
        p++;
    if (cp >= 0x80 && cp < 0xA0)
        cp = c1_numbers[cp - 0x80];
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        cp = REPLACEMENT;
    *wrote = pm_utf8_encode(dst, cp);
    return (size_t)(p - start);
}

/* `p` stands behind "&". The longest name that matches; bytes used, 0 for none. */
static size_t
named(const char *p, const char *end, char *dst, size_t *wrote, bool attr)
{
    const lexbor_sbst_entry_static_t *table = lxb_html_tokenizer_res_entities_sbst;
    const lexbor_sbst_entry_static_t *e = &table[1], *best = NULL;
    const char *best_end = p;

    for (const char *q = p; q < end; q++) {
        e = lexbor_sbst_entry_static_find(table, e, (lxb_char_t)*q);
        if (e == NULL)
            break;
        if (e->value != NULL) {
            best = e;
            best_end = q + 1;
        }
        e = &table[e->next];
    }
    if (best == NULL)
        return 0;
    /* "&copy=1" in a link is no copyright sign. */
    if (attr && best_end[-1] != ';' && best_end < end &&
        (*best_end == '=' || pm_ascii_alnum(*best_end)))
        return 0;
    *wrote = best->value_len;
    memcpy(dst, best->value, best->value_len);
    return (size_t)(best_end - p);
}

size_t
pm_entity_decode(char *dst, struct pm_str s, bool attr)
{
    const char *p = s.ptr, *end = s.ptr + s.len;
    char *d = dst;

    while (p < end) {
        size_t used = 0, wrote = 0;

        if (*p != '&') {
            if (*p != '\0')
                *d++ = *p;
            p++;
            continue;
        }
        if (end - p > 1 && p[1] == '#') {
            used = numeric(p + 2, end, d, &wrote);
            used += used ? 2 : 0;
        } else {
            used = named(p + 1, end, d, &wrote, attr);
            used += used ? 1 : 0;
        }
        if (used == 0) {
            *d++ = *p++;
            continue;
        }
        d += wrote;
        p += used;
    }
    return (size_t)(d - dst);
}
