/*
 * chars.h - what kind of character a code point is: Unicode's general categories, thrown together.
 *
 * The alphabets of Europe and the Near East are in a table, the great blocks of East Asia in
 * ranges; utf8proc knows the rest. Safe from any thread.
 */
#ifndef PM_CHARS_H
#define PM_CHARS_H

#include <stdint.h>

enum pm_char_kind {
    PM_CHAR_UPPER = 'U',  /* Lu */
    PM_CHAR_TITLE = 'T',  /* Lt */
    PM_CHAR_LOWER = 'L',  /* Ll */
    PM_CHAR_LETTER = 'O', /* Lm, Lo: without case */
    PM_CHAR_MARK = 'M',   /* Mn, Mc, Me */
    PM_CHAR_DIGIT = 'N',  /* Nd, Nl, No */
    PM_CHAR_QUOTE = 'Q',  /* Pi, Pf */
    PM_CHAR_OPEN = '(',   /* Ps */
    PM_CHAR_CLOSE = ')',  /* Pe */
    PM_CHAR_OTHER = '.',
};

enum { PM_CHARS_NEAR = 0x800 };

extern const char pm_chars_near[PM_CHARS_NEAR + 1];

/* pm_char_kind() by utf8proc. */
enum pm_char_kind pm_char_kind_far(uint32_t cp);

static inline enum pm_char_kind
pm_char_kind(uint32_t cp)
{
    if (cp < PM_CHARS_NEAR)
        return (enum pm_char_kind)pm_chars_near[cp];
    if ((cp >= 0x4E00 && cp <= 0x9FEF) || (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x3041 && cp <= 0x3096) ||
        (cp >= 0x30A1 && cp <= 0x30FA))
        return PM_CHAR_LETTER;
    return pm_char_kind_far(cp);
}

/* A letter with case, a letter without, or a mark. */
static inline int
pm_char_kind_is_letter(enum pm_char_kind k)
{
    return k == PM_CHAR_LOWER || k == PM_CHAR_UPPER || k == PM_CHAR_LETTER || k == PM_CHAR_MARK || k == PM_CHAR_TITLE;
}

/* The small letter of `cp`, which is of kind `k`; any other character as it is. */
uint32_t pm_char_lower_far(uint32_t cp);

static inline uint32_t
pm_char_lower_of(uint32_t cp, enum pm_char_kind k)
{
    if (cp < PM_CHARS_NEAR && k != PM_CHAR_UPPER && k != PM_CHAR_TITLE)
        return cp;
    if (cp >= 0x410 && cp <= 0x42F)
        return cp + 0x20;
    return k == PM_CHAR_LETTER ? cp : pm_char_lower_far(cp);
}

#endif
