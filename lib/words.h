/*
 * words.h - characters and short lists of words, for code that reads dates, names and credits.
 *
 * A list of words is one string with "|" between them, all in small letters. Letters compare
 * without case, any white space equals a space. No locale; safe from any thread.
 */
#ifndef PM_WORDS_H
#define PM_WORDS_H

#include "ascii.h"
#include "buf.h"

/* pm_char_at() where a byte over 0x7F stands at `i`, and where nothing does. */
uint32_t pm_char_at_wide(struct pm_str s, size_t i, size_t *len);

/* The code point at byte `i` and its length; U+FFFD (length 1) for a bad byte, length 0 at the end.
 */
static inline uint32_t
pm_char_at(struct pm_str s, size_t i, size_t *len)
{
    if (i >= s.len || (unsigned char)s.ptr[i] >= 0x80)
        return pm_char_at_wide(s, i, len);
    *len = 1;
    return (unsigned char)s.ptr[i];
}

/* Where the code point that ends before byte `i` starts; 0 at the start. */
size_t pm_char_before(struct pm_str s, size_t i);
uint32_t pm_char_lower(uint32_t cp);
/* White space and marks without width. */
bool pm_char_is_space(uint32_t cp);
/* Letters and the marks on them. */
bool pm_char_is_letter(uint32_t cp);
/* pm_char_is_word() beyond ASCII. */
bool pm_char_is_word_wide(uint32_t cp);

/* Letters, marks and digits of any script. */
static inline bool
pm_char_is_word(uint32_t cp)
{
    return cp < 0x80 ? pm_ascii_alnum((char)cp) : pm_char_is_word_wide(cp);
}

/* Of a script that puts no space between words, where any place may end one. */
bool pm_char_is_unspaced(uint32_t cp);

/* One of the list starts `s` and ends where a word does; *len: bytes of `s` that the longest takes.
 */
bool pm_words_start(const char *list, struct pm_str s, size_t *len);
/* One of the list is `s` as a whole. */
bool pm_words_is(const char *list, struct pm_str s);
/* One of the list starts with a word of `s` (`whole`: and ends with one); *at is where. */
bool pm_words_within(const char *list, struct pm_str s, bool whole, size_t *at);

/* The same for a list that is long or asked often; read-only once made. */
struct pm_word_set {
    const struct pm_str *words;
    uint16_t start[257]; /* where the words of each slot begin */
};

/* `list` is borrowed, the rest is in `arena`. */
int pm_word_set_make(struct pm_word_set *set, const char *list, struct pm_arena *arena,
                     struct pm_err *err) PM_MUST_USE;
bool pm_word_set_start(const struct pm_word_set *set, struct pm_str s, size_t *len);
bool pm_word_set_has(const struct pm_word_set *set, struct pm_str s);
bool pm_word_set_within(const struct pm_word_set *set, struct pm_str s, bool whole, size_t *at);

#endif
