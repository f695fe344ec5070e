/*
 * text_lexicon.c - the words of the lines of a text page, as hashes.
 */
#include "text_lexicon.h"

#include <xxhash.h>

#include "lines.h"
#include "text_score.h"

/*
 * Words are kept as hashes, those of all lines in one array. Letters are ASCII letters, folded, and
 * all bytes beyond ASCII; scripts without spaces give pairs of characters. Only the start of a long
 * line is read.
 */
enum { LEX_LINE = 1200, WORD_MAX = 64, WORD_LEAST = 3 };

static bool
is_word_byte(unsigned char c)
{
    return c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

/* A character of three bytes in a script without spaces (CJK, kana, Thai, Lao). */
static bool
is_dense_at(struct pm_str s, size_t i)
{
    unsigned char c;

    if (i + 3 > s.len)
        return false;
    c = (unsigned char)s.ptr[i];
    return (c >= 0xE3 && c <= 0xE9) || (c == 0xE0 && (unsigned char)s.ptr[i + 1] >= 0xB8 &&
                                        (unsigned char)s.ptr[i + 1] <= 0xBB);
}

/* The next word of `s` at or after *i: its hash, or 0 at the end. Words shorter than WORD_LEAST
 * bytes are passed over. */
static uint32_t
next_word(struct pm_str s, size_t *i)
{
    char fold[WORD_MAX];
    size_t n;

    while (*i < s.len) {
        n = 0;
        if (is_dense_at(s, *i)) {
            size_t from = *i;

            *i += 3;
            if (is_dense_at(s, *i))
                return (uint32_t)XXH3_64bits(s.ptr + from, 6) | 1;
            continue;
        }
        while (*i < s.len && is_word_byte((unsigned char)s.ptr[*i]) && !is_dense_at(s, *i)) {
            char c = s.ptr[(*i)++];

            if (n < sizeof(fold))
                fold[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        if (n >= WORD_LEAST)
            return (uint32_t)XXH3_64bits(fold, n) | 1;
        *i += n == 0;
    }
    return 0;
}

int
pm_lexicon_read(struct pm_text_page *p, struct pm_arena *arena, struct pm_err *err)
{
    size_t most = 0, n = 0;

    for (size_t k = 0; k < p->n; k++)
        most += (p->v[k].line->text.len < LEX_LINE ? p->v[k].line->text.len : LEX_LINE) / 3 + 1;
    p->words = pm_arena_array(arena, most, sizeof(*p->words));
    if (p->words == NULL)
        return pm_arena_check(arena, err);
    for (size_t k = 0; k < p->n; k++) {
        struct pm_str s = p->v[k].line->text;
        uint32_t h;

        if (s.len > LEX_LINE)
            s.len = LEX_LINE;
        p->v[k].first_word = n;
        for (size_t i = 0; n < most && (h = next_word(s, &i)) != 0;)
            p->words[n++] = h;
        p->v[k].n_words = n - p->v[k].first_word;
    }
    return PM_OK;
}

uint16_t *
pm_lexicon_count(struct pm_lexicon *x, uint32_t word)
{
    return &x->count[(word * 2654435761u) >> (32 - PM_LEXICON_BITS)];
}

void
pm_lexicon_add(struct pm_lexicon *x, const struct pm_text_page *p, size_t line, int by)
{
    const struct pm_text_line *t = &p->v[line];

    for (size_t k = 0; k < t->n_words; k++) {
        uint16_t *c = pm_lexicon_count(x, p->words[t->first_word + k]);

        if (by > 0 ? *c < UINT16_MAX : *c > 0)
            *c = (uint16_t)(*c + by);
    }
}

float
pm_lexicon_share(struct pm_lexicon *x, const struct pm_text_page *p, size_t line, unsigned least)
{
    const struct pm_text_line *t = &p->v[line];
    size_t known = 0;

    for (size_t k = 0; k < t->n_words; k++)
        known += *pm_lexicon_count(x, p->words[t->first_word + k]) >= least;
    return t->n_words ? (float)known / (float)t->n_words : 0;
}
