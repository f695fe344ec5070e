#include "text.h"

#include <lexbor/encoding/encoding.h>
#include <lexbor/html/encoding.h>
#include <utf8proc.h>

#include "ascii.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    PRESCAN = 1024, /* bytes that a browser searches for a meta element */
    REPLACEMENT = 0xFFFD,
};

/* ---- UTF-8 ---- */

/* Length of the well-formed sequence at p, or 0 (The Unicode Standard, table 3-7). */
static inline size_t
sequence(const unsigned char *p, size_t left)
{
    unsigned char lead = p[0], low = 0x80, high = 0xBF;
    size_t n;

    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (n > left)
        return 0;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F; /* surrogates */
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

static inline uint64_t
eight_bytes(const char *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof(v));
    return v;
}

size_t
pm_ascii_prefix(struct pm_str s)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    size_t i = 0;

    for (; s.len - i >= 32; i += 32) {
        const char *p = s.ptr + i;

        if ((eight_bytes(p) | eight_bytes(p + 8) | eight_bytes(p + 16) | eight_bytes(p + 24)) & high)
            break;
    }
    while (s.len - i >= 8 && !(eight_bytes(s.ptr + i) & high))
        i += 8;
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

bool
pm_utf8_valid(struct pm_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0;

    while (i < s.len) {
        size_t n;

        if (p[i] < 0x80) {
            i += pm_ascii_prefix(PM_STRN(s.ptr + i, s.len - i));
            continue;
        }
        n = sequence(p + i, s.len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

uint32_t
pm_utf8_next_wide(struct pm_str s, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *i;
    size_t n = sequence(p, s.len - *i);
    uint32_t cp;

    if (n == 0) {
        (*i)++;
        return REPLACEMENT;
    }
    cp = p[0] & (0xFFu >> (n + 1));
    for (size_t k = 1; k < n; k++)
        cp = cp << 6 | (p[k] & 0x3F);
    *i += n;
    return cp;
}

void
pm_utf8_put(struct pm_buf *dst, uint32_t cp)
{
    char out[4];

    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = REPLACEMENT;
    pm_buf_add(dst, out, pm_utf8_encode(out, cp));
}

/* ---- encodings ---- */

static const char *
label_of(const lxb_encoding_data_t *data)
{
    return data ? (const char *)data->name : NULL;
}

static const char *
bom_label(struct pm_str bytes)
{
    if (pm_str_starts(bytes, PM_STR("\xEF\xBB\xBF")))
        return "utf-8";
    if (pm_str_starts(bytes, PM_STR("\xFE\xFF")))
        return "utf-16be";
    if (pm_str_starts(bytes, PM_STR("\xFF\xFE")))
        return "utf-16le";
    return NULL;
}

/* WHATWG HTML, 13.2.3.2: what a meta element in the first bytes says. */
static int
meta_label(struct pm_str bytes, const char **label, struct pm_err *err)
{
    const lxb_char_t *start = (const lxb_char_t *)bytes.ptr, *name;
    lxb_html_encoding_t em = {0};
    lxb_html_encoding_entry_t *entry;
    lxb_status_t status;
    size_t len = bytes.len < PRESCAN ? bytes.len : PRESCAN;

    *label = NULL;
    status = lxb_html_encoding_init(&em);
    if (status == LXB_STATUS_OK)
        status = lxb_html_encoding_determine(&em, start, start + len);
    if (status == LXB_STATUS_OK) {
        entry = lxb_html_encoding_meta_entry(&em, 0);
        if (entry != NULL) {
            name = entry->name;
            *label = label_of(lxb_encoding_data_by_pre_name(name, (size_t)(entry->end - name)));
        }
    }
    (void)lxb_html_encoding_destroy(&em, false);
    /* The standard: a page that can name its encoding in ASCII is not UTF-16. */
    if (pm_str_istarts(pm_str_of(*label), PM_STR("utf-16")))
        *label = "utf-8";
    return status == LXB_STATUS_ERROR_MEMORY_ALLOCATION ? pm_fail(err, PM_ENOMEM, "out of memory") : PM_OK;
}

int
pm_text_sniff(struct pm_str bytes, struct pm_str http_charset, bool html, const char **label, struct pm_err *err)
{
    int rc = PM_OK;

    *label = bom_label(bytes);
    if (*label == NULL && http_charset.len > 0)
        *label = label_of(lxb_encoding_data_by_pre_name((const lxb_char_t *)http_charset.ptr, http_charset.len));
    if (*label == NULL && html && bytes.len > 0)
        rc = meta_label(bytes, label, err);
    if (*label == NULL)
        *label = pm_utf8_valid(bytes) ? "utf-8" : "windows-1252";
    return rc;
}

static struct pm_str
without_bom(struct pm_str bytes)
{
    size_t skip = pm_str_starts(bytes, PM_STR("\xEF\xBB\xBF"))       ? 3
                  : bom_label(bytes) != NULL /* the two of UTF-16 */ ? 2
                                                                     : 0;

    return PM_STRN(bytes.ptr + skip, bytes.len - skip);
}

/* True when bytes of ASCII stand for themselves wherever the decoder is between two characters. */
static bool
keeps_ascii(const lxb_encoding_data_t *data)
{
    switch (data->encoding) {
    case LXB_ENCODING_BIG5:
    case LXB_ENCODING_EUC_JP:
    case LXB_ENCODING_EUC_KR:
    case LXB_ENCODING_GBK:
    case LXB_ENCODING_GB18030:
    case LXB_ENCODING_SHIFT_JIS:
    case LXB_ENCODING_ISO_2022_JP:
    case LXB_ENCODING_REPLACEMENT:
    case LXB_ENCODING_UTF_16BE:
    case LXB_ENCODING_UTF_16LE:
        return false;
    default:
        return true;
    }
}

/* Append UTF-8; NUL is the one code point that must not stay. */
static void
put_utf8(struct pm_buf *dst, struct pm_str s)
{
    for (size_t i = 0; i < s.len;) {
        const char *nul = memchr(s.ptr + i, '\0', s.len - i);
        size_t end = nul ? (size_t)(nul - s.ptr) : s.len;

        pm_buf_add(dst, s.ptr + i, end - i);
        if (nul != NULL)
            pm_utf8_put(dst, REPLACEMENT);
        i = end + (nul != NULL);
    }
}

int
pm_text_decode(struct pm_str bytes, const char *label, struct pm_buf *dst, struct pm_err *err)
{
    const lxb_encoding_data_t *data = lxb_encoding_data_by_pre_name((const lxb_char_t *)label, strlen(label));
    lxb_encoding_decode_t d;
    const lxb_char_t *p, *end;
    bool ascii;

    if (data == NULL || data->decode_single == NULL)
        return pm_fail(err, PM_EUNSUPPORTED, "unknown character encoding '%s'", label);
    bytes = without_bom(bytes);
    if (bytes.len == 0 || (data->encoding == LXB_ENCODING_UTF_8 && pm_utf8_valid(bytes))) {
        put_utf8(dst, bytes);
        return pm_buf_check(dst, err);
    }
    p = (const lxb_char_t *)bytes.ptr;
    end = p + bytes.len;
    ascii = keeps_ascii(data);
    if (lxb_encoding_decode_init_single(&d, data) != LXB_STATUS_OK)
        return pm_fail(err, PM_EUNSUPPORTED, "cannot decode '%s'", label);
    while (p < end && !dst->failed) {
        const lxb_char_t *before = p;
        lxb_codepoint_t cp;

        if (ascii && *p < 0x80) {
            struct pm_str rest = PM_STRN((const char *)p, (size_t)(end - p));

            rest.len = pm_ascii_prefix(rest);
            put_utf8(dst, rest);
            p += rest.len;
            continue;
        }
        cp = data->decode_single(&d, &p, end);
        /* Errors, and a sequence that the end cut off, lie over U+10FFFF and become U+FFFD. */
        pm_utf8_put(dst, cp == 0 ? REPLACEMENT : cp);
        if (p == before)
            p++;
    }
    return pm_buf_check(dst, err);
}

/* ---- Unicode ---- */

/* Unicode White_Space. */
static bool
is_white(uint32_t cp)
{
    return (cp >= 9 && cp <= 13) || cp == ' ' || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000;
}

void
pm_text_squeeze(struct pm_buf *dst, struct pm_str s)
{
    bool pending = false, any = false;
    size_t run = 0, i = 0; /* bytes from run to i are no white space, and not yet added */

    while (i < s.len) {
        size_t at = i;

        if (!is_white(pm_utf8_next(s, &i)))
            continue;
        if (at > run) {
            if (pending)
                pm_buf_putc(dst, ' ');
            pm_buf_add(dst, s.ptr + run, at - run);
            any = true;
        }
        pending = any;
        run = i;
    }
    if (s.len > run) {
        if (pending)
            pm_buf_putc(dst, ' ');
        pm_buf_add(dst, s.ptr + run, s.len - run);
    }
}

bool
pm_text_unspaced(uint32_t cp)
{
    return (cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF) ||                               /* Han, Kana */
           (cp >= 0x0E00 && cp <= 0x0EFF) ||                                 /* Thai, Lao */
           (cp >= 0x1000 && cp <= 0x109F) || (cp >= 0x1780 && cp <= 0x17FF); /* Burmese, Khmer */
}

static bool
is_word(uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

#ifdef __SSE2__
/* The bytes of `v` that are at most `range` over `low`, as 0xFF. */
static inline __m128i
in_range(__m128i v, char low, char range)
{
    v = _mm_sub_epi8(v, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(range)), v);
}

/*
 * Words that begin in the ASCII that `s` begins with, 16 bytes at a time, *in_word before and behind
 * it; *i moves behind what was counted.
 */
static size_t
ascii_words(struct pm_str s, size_t *i, bool *in_word)
{
    size_t words = 0;

    for (; s.len - *i >= 16; *i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + *i)), word, before;
        __m128i small = _mm_or_si128(v, _mm_set1_epi8(0x20));

        if (_mm_movemask_epi8(v) != 0)
            break;
        word = _mm_or_si128(in_range(v, '0', 9), in_range(small, 'a', 25));
        before = _mm_or_si128(_mm_slli_si128(word, 1), _mm_cvtsi32_si128(*in_word ? 0xFF : 0));
        v = _mm_sad_epu8(_mm_and_si128(_mm_andnot_si128(before, word), _mm_set1_epi8(1)), _mm_setzero_si128());
        words += (size_t)(_mm_cvtsi128_si32(v) + _mm_extract_epi16(v, 4));
        *in_word = (_mm_movemask_epi8(word) & 0x8000) != 0;
    }
    return words;
}
#else
static size_t
ascii_words(struct pm_str s, size_t *i, bool *in_word)
{
    (void)s, (void)i, (void)in_word;
    return 0;
}
#endif

size_t
pm_text_words(struct pm_str s)
{
    size_t words = 0, unspaced = 0;
    bool in_word = false;

    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        bool word;

        if ((unsigned char)s.ptr[i] < 0x80) {
            words += ascii_words(s, &i, &in_word);
            if (i == s.len)
                break;
            if ((unsigned char)s.ptr[i] >= 0x80)
                continue;
            word = pm_ascii_alnum(s.ptr[i++]);
        } else {
            cp = pm_utf8_next(s, &i);
            word = is_word(cp);
            if (word && pm_text_unspaced(cp)) {
                unspaced++;
                word = false;
            }
        }
        words += word && !in_word;
        in_word = word;
    }
    return words + (unspaced + 1) / 2;
}
