/*
 * text.h - bytes to Unicode text, and what text is made of.
 *
 * All text inside the library is UTF-8, valid by construction: pm_text_decode() is the door. No
 * locale. Functions without a handle are safe from any thread.
 */
#ifndef PM_TEXT_H
#define PM_TEXT_H

#include "buf.h"

/* True when `s` is valid UTF-8 (no surrogates, nothing over U+10FFFF). */
bool pm_utf8_valid(struct pm_str s);
/* Length of the bytes of ASCII that `s` begins with. */
size_t pm_ascii_prefix(struct pm_str s);
/* pm_utf8_next() where the byte at s[*i] is over 0x7F. */
uint32_t pm_utf8_next_wide(struct pm_str s, size_t *i);

/* The code point at s[*i] and *i moved behind it; U+FFFD for a bad byte, one byte at a time. */
static inline uint32_t
pm_utf8_next(struct pm_str s, size_t *i)
{
    unsigned char c = (unsigned char)s.ptr[*i];

    if (c >= 0x80)
        return pm_utf8_next_wide(s, i);
    (*i)++;
    return c;
}

/* The 1 to 4 bytes of `cp`, a code point that is no surrogate, put at `dst`; returns their number. */
static inline size_t
pm_utf8_encode(char *dst, uint32_t cp)
{
    if (cp < 0x80) {
        dst[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        dst[0] = (char)(0xC0 | cp >> 6);
        dst[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        dst[0] = (char)(0xE0 | cp >> 12);
        dst[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        dst[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    dst[0] = (char)(0xF0 | cp >> 18);
    dst[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    dst[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    dst[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Append `cp`, U+FFFD for what is none. */
void pm_utf8_put(struct pm_buf *dst, uint32_t cp);

/*
 * The name of the encoding of a page as a browser finds it (WHATWG HTML, 13.2.3.2): byte order
 * mark, `http_charset` (the charset of a Content-Type, may be absent), a meta element in the first
 * 1024 bytes (`html` true only), then UTF-8 if valid, else windows-1252. *label: a static string, a WHATWG label.
 */
int pm_text_sniff(struct pm_str bytes, struct pm_str http_charset, bool html, const char **label,
                  struct pm_err *err) PM_MUST_USE;

/*
 * Append `bytes`, in the encoding `label` (any WHATWG label), to `dst` as UTF-8, malformed bytes as
 * U+FFFD, the byte order mark dropped. PM_EUNSUPPORTED for an unknown label.
 */
int pm_text_decode(struct pm_str bytes, const char *label, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/* Append `s` with runs of white space (Unicode White_Space) made one space, none at the ends. */
void pm_text_squeeze(struct pm_buf *dst, struct pm_str s);

/* A character of a script that writes no spaces between words: Han, Kana, Thai, Lao, Burmese, Khmer. */
bool pm_text_unspaced(uint32_t cp);

/* Number of words: runs of letters and digits; in scripts without spaces each two characters count as one word. */
size_t pm_text_words(struct pm_str s);

#endif
