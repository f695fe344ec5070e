/*
 * text_lexicon.h - counts of words, for telling what a line of a text page has in common with
 * others.
 *
 * A counter for each word, by hash; collisions only soften what is made of it. Reads only the start
 * of long lines, so all of this is linear in the page.
 */
#ifndef PM_TEXT_LEXICON_H
#define PM_TEXT_LEXICON_H

#include "buf.h"

struct pm_text_page; /* text_score.h */

enum { PM_LEXICON_BITS = 14 };

struct pm_lexicon {
    uint16_t count[1 << PM_LEXICON_BITS];
};

/* Fill the words of the page and of its lines. */
int pm_lexicon_read(struct pm_text_page *page, struct pm_arena *arena,
                    struct pm_err *err) PM_MUST_USE;

uint16_t *pm_lexicon_count(struct pm_lexicon *x, uint32_t word);
/* Add `by`, 1 or -1, to the counts of all words of a line. */
void pm_lexicon_add(struct pm_lexicon *x, const struct pm_text_page *page, size_t line, int by);
/* Share of the words of a line that are counted at least `least` times. */
float pm_lexicon_share(struct pm_lexicon *x, const struct pm_text_page *page, size_t line,
                       unsigned least);

#endif
