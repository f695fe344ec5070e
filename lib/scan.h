/*
 * scan.h - searches that much time is spent in.
 *
 * Sixteen bytes at a time where the processor has SSE2 (every x86-64), else by memchr.
 */
#ifndef PM_SCAN_H
#define PM_SCAN_H

#include <stdbool.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first `c` in [p, end), or end. */
static inline const char *
pm_scan_byte(const char *p, const char *end, char c)
{
    const char *q;

#ifdef __SSE2__
    if (end - p >= 16) {
        int m = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(c)));

        if (m != 0)
            return p + __builtin_ctz((unsigned)m);
        p += 16;
    }
#endif
    q = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
    return q != NULL ? q : end;
}

/* The first `c` in [p, end), or end; *odd is set when an ampersand or a byte of 0 comes before. */
static inline const char *
pm_scan_value(const char *p, const char *end, char c, bool *odd)
{
    const char *q;

#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned m = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
        unsigned o = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), _mm_cmpeq_epi8(v, _mm_setzero_si128())));

        if (m != 0) {
            *odd = *odd || (o & (m ^ (m - 1))) != 0;
            return p + __builtin_ctz(m);
        }
        *odd = *odd || o != 0;
    }
#endif
    for (q = p; q < end && *q != c; q++)
        *odd = *odd || *q == '&' || *q == '\0';
    return q;
}

/*
 * The first byte in [p, end) that may end a name: white space, control characters, '/', '>', '=';
 * perhaps an earlier byte, when little is left to search.
 */
static inline const char *
pm_scan_name(const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* No byte over 0x20 is left as it is by the minimum. */
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(' ')), v);
        __m128i sign =
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('>')),
                         _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('=')), _mm_cmpeq_epi8(v, _mm_set1_epi8('/'))));
        int m = _mm_movemask_epi8(_mm_or_si128(low, sign));

        if (m != 0)
            return p + __builtin_ctz((unsigned)m);
    }
#endif
    (void)end;
    return p;
}

/* The first byte in [p, end) that is no space, tab or line end; perhaps an earlier one, as above. */
static inline const char *
pm_scan_over_space(const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
        __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
        int m = _mm_movemask_epi8(_mm_or_si128(blank, line));

        if (m != 0xFFFF)
            return p + __builtin_ctz(~(unsigned)m);
    }
#endif
    (void)end;
    return p;
}

/* The first `a` or `b` in [p, end), or end. */
static inline const char *
pm_scan_either(const char *p, const char *end, char a, char b)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        int m =
            _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(a)), _mm_cmpeq_epi8(v, _mm_set1_epi8(b))));

        if (m != 0)
            return p + __builtin_ctz((unsigned)m);
    }
#endif
    while (p < end && *p != a && *p != b)
        p++;
    return p;
}

#endif
