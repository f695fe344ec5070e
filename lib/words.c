#include "words.h"

#include <utf8proc.h>

#include "chars.h"

uint32_t
pm_char_at_wide(struct pm_str s, size_t i, size_t *len)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n;

    *len = 0;
    if (i >= s.len)
        return 0;
    *len = 1;
    n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + i, (utf8proc_ssize_t)(s.len - i), &cp);
    if (n <= 0)
        return 0xFFFD;
    *len = (size_t)n;
    return (uint32_t)cp;
}

size_t
pm_char_before(struct pm_str s, size_t i)
{
    size_t floor = i > 4 ? i - 4 : 0;

    if (i == 0)
        return 0;
    for (i--; i > floor && ((unsigned char)s.ptr[i] & 0xC0) == 0x80; i--)
        continue;
    return i;
}

bool
pm_char_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return pm_char_kind_is_letter(pm_char_kind(cp));
}

uint32_t
pm_char_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return pm_char_lower_of(cp, pm_char_kind(cp));
}

bool
pm_char_is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 ||
           (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202F) || cp == 0x3000 ||
           cp == 0xFEFF;
}

bool
pm_char_is_word_wide(uint32_t cp)
{
    enum pm_char_kind k;

    if (pm_char_is_space(cp))
        return false;
    k = pm_char_kind(cp);
    return k == PM_CHAR_DIGIT || pm_char_kind_is_letter(k);
}

/* ---- list ---- */

/* Bytes of `s` that `phrase` covers, letters compared without case; 0 when `s` does not start with
 * it. */
static size_t
fold_starts(struct pm_str s, struct pm_str phrase)
{
    size_t i = 0, j = 0, a, b;

    while (j < phrase.len) {
        uint32_t p = pm_char_at(phrase, j, &b), c = pm_char_at(s, i, &a);

        if (a == 0 || (pm_char_lower(c) != p && !(p == ' ' && pm_char_is_space(c)) &&
                       !(p == '\'' && c == 0x2019)))
            return 0;
        i += a;
        j += b;
    }
    return i;
}

bool
pm_char_is_unspaced(uint32_t cp)
{
    return (cp >= 0x3000 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
           (cp >= 0x0E00 && cp <= 0x0EFF);
}

/* The first character of `s` in small letters, as the lists have it. */
struct first {
    char bytes[4];
    size_t n;
};

static struct first
first_of(struct pm_str s)
{
    struct first f;
    size_t len;
    uint32_t cp = pm_char_at(s, 0, &len);

    f.n = (size_t)utf8proc_encode_char((utf8proc_int32_t)pm_char_lower(cp),
                                       (utf8proc_uint8_t *)f.bytes);
    return f;
}

/* Bytes of `s` that the word at `p`, `n` bytes, covers; most are told apart by their first
 * character. */
static size_t
covers(struct pm_str s, const struct first *first, const char *p, size_t n)
{
    if (n < first->n || memcmp(p, first->bytes, first->n) != 0)
        return 0;
    return fold_starts(s, PM_STRN(p, n));
}

/* Does a word end before byte `at`? */
static bool
ends_word(struct pm_str s, size_t at)
{
    size_t len;
    uint32_t next = pm_char_at(s, at, &len);

    return len == 0 || !pm_char_is_word(next) || pm_char_is_unspaced(next);
}

bool
pm_words_start(const char *list, struct pm_str s, size_t *len)
{
    struct first first = first_of(s);
    size_t best = 0;

    for (const char *p = list, *end; s.len > 0 && *p != '\0'; p = end + (*end == '|')) {
        size_t used;

        end = strchrnul(p, '|');
        used = covers(s, &first, p, (size_t)(end - p));
        if (used > best && ends_word(s, used))
            best = used;
    }
    *len = best;
    return best > 0;
}

bool
pm_words_is(const char *list, struct pm_str s)
{
    struct first first = first_of(s);

    for (const char *p = list, *end; s.len > 0 && *p != '\0'; p = end + (*end == '|')) {
        end = strchrnul(p, '|');
        if (covers(s, &first, p, (size_t)(end - p)) == s.len)
            return true;
    }
    return false;
}

static bool
starts_one(const char *list, struct pm_str s, bool whole)
{
    struct first first = first_of(s);

    for (const char *p = list, *end; *p != '\0'; p = end + (*end == '|')) {
        size_t used;

        end = strchrnul(p, '|');
        used = covers(s, &first, p, (size_t)(end - p));
        if (used > 0 && (!whole || ends_word(s, used)))
            return true;
    }
    return false;
}

bool
pm_words_within(const char *list, struct pm_str s, bool whole, size_t *at)
{
    bool inside = false;
    size_t len;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = pm_char_at(s, i, &len);

        if (!inside && pm_char_is_word(cp) &&
            starts_one(list, PM_STRN(s.ptr + i, s.len - i), whole)) {
            *at = i;
            return true;
        }
        inside = pm_char_is_word(cp) && !pm_char_is_unspaced(cp);
    }
    return false;
}

/* ---- sets ---- */

/* Words that start with the same two bytes, in small letters, share a slot. */
static unsigned
slot_of(unsigned first, unsigned second)
{
    return (first * 33 + second) & 255;
}

/* The first two bytes of `s` in small letters; white space and apostrophes as lists have them. */
static void
first_two(struct pm_str s, unsigned *first, unsigned *second)
{
    struct first f;
    size_t len;
    uint32_t cp;

    if (s.len > 1 && (unsigned char)s.ptr[0] < 0x80 && (unsigned char)s.ptr[1] < 0x80) {
        *first = (unsigned char)pm_ascii_fold(s.ptr[0]);
        *second = pm_ascii_space(s.ptr[1]) ? ' ' : (unsigned char)pm_ascii_fold(s.ptr[1]);
        return;
    }
    f = first_of(s);
    *first = (unsigned char)f.bytes[0];
    *second = f.n > 1 ? (unsigned char)f.bytes[1] : 0;
    if (f.n > 1)
        return;
    (void)pm_char_at(s, 0, &len);
    if (len >= s.len)
        return;
    cp = pm_char_at(s, len, &len);
    if (pm_char_is_space(cp)) {
        *second = ' ';
    } else if (cp == 0x2019) {
        *second = '\'';
    } else {
        char bytes[4];

        (void)utf8proc_encode_char((utf8proc_int32_t)pm_char_lower(cp), (utf8proc_uint8_t *)bytes);
        *second = (unsigned char)bytes[0];
    }
}

static unsigned
slot_of_word(struct pm_str word)
{
    unsigned first, second;

    first_two(word, &first, &second);
    return slot_of(first, second);
}

int
pm_word_set_make(struct pm_word_set *set, const char *list, struct pm_arena *arena,
                 struct pm_err *err)
{
    uint16_t fill[256];
    struct pm_str *words;
    size_t n = 1;

    for (const char *p = list; *p != '\0'; p++)
        n += *p == '|';
    if (n > UINT16_MAX)
        return pm_fail(err, PM_ELIMIT, "more than %d words in a list", (int)UINT16_MAX);
    words = pm_arena_array(arena, n, sizeof(*words));
    if (words == NULL)
        return pm_arena_check(arena, err);
    memset(set, 0, sizeof(*set));
    for (int round = 0; round < 2; round++) { /* count, then place */
        for (const char *p = list, *end; *p != '\0'; p = end + (*end == '|')) {
            struct pm_str word = PM_STRN(p, strcspn(p, "|"));
            unsigned slot;

            end = p + word.len;
            if (word.len == 0)
                continue;
            slot = slot_of_word(word);
            if (round == 0)
                set->start[slot + 1]++;
            else
                words[fill[slot]++] = word;
        }
        for (size_t i = 0; round == 0 && i < 256; i++) {
            set->start[i + 1] = (uint16_t)(set->start[i + 1] + set->start[i]);
            fill[i] = set->start[i];
        }
    }
    set->words = words;
    return PM_OK;
}

/* Bytes of `s` that the longest word of the set covers; `whole`: up to the end of a word of it. */
static size_t
longest(const struct pm_word_set *set, struct pm_str s, bool whole)
{
    unsigned first, second, slots[2];
    size_t best = 0;

    if (s.len == 0)
        return 0;
    first_two(s, &first, &second);
    slots[0] = slot_of(first, second);
    slots[1] = slot_of(first, 0); /* words of one character */
    for (unsigned k = 0; k < (slots[0] == slots[1] ? 1u : 2u); k++)
        for (size_t i = set->start[slots[k]]; i < set->start[slots[k] + 1]; i++) {
            size_t used = set->words[i].len > best ? fold_starts(s, set->words[i]) : 0;

            if (used > best && (!whole || ends_word(s, used)))
                best = used;
        }
    return best;
}

bool
pm_word_set_start(const struct pm_word_set *set, struct pm_str s, size_t *len)
{
    *len = longest(set, s, true);
    return *len > 0;
}

bool
pm_word_set_has(const struct pm_word_set *set, struct pm_str s)
{
    return s.len > 0 && longest(set, s, true) == s.len;
}

bool
pm_word_set_within(const struct pm_word_set *set, struct pm_str s, bool whole, size_t *at)
{
    bool inside = false;
    size_t len;

    for (size_t i = 0; i < s.len; i += len) {
        uint32_t cp = pm_char_at(s, i, &len);

        if (inside && cp < 0x80) { /* on to the end of the word */
            inside = pm_ascii_alnum((char)cp);
            continue;
        }
        if (!inside && pm_char_is_word(cp) &&
            longest(set, PM_STRN(s.ptr + i, s.len - i), whole) > 0) {
            *at = i;
            return true;
        }
        inside = pm_char_is_word(cp) && !pm_char_is_unspaced(cp);
    }
    return false;
}
