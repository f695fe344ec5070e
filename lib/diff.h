/*
 * diff.h - what two texts share, and what one has that the other lacks.
 *
 * Works on lines, then sentences, then words: what occurs once in both texts and in the same order anchors the rest
 * (Cohen's patience diff); what little is left between anchors is aligned word by word, and reported as replaced where
 * that would be too much work. Case and punctuation do not count. Time is n log n. Pure. Spans point into the texts
 * given; arrays live in the arena.
 */
#ifndef PM_DIFF_H
#define PM_DIFF_H

#include "buf.h"

enum pm_diff_op { PM_DIFF_KEEP, PM_DIFF_CUT, PM_DIFF_ADD };

struct pm_diff_run {
    enum pm_diff_op op;
    struct pm_str text; /* of the old text for KEEP and CUT, of the new for ADD */
    bool block_end;     /* a line of the text ends with this run */
    bool space_before;  /* white space parts it from the word before it */
};

struct pm_diff {
    struct pm_diff_run *runs;
    size_t n_runs;
    uint32_t kept_words, cut_words, added_words;
    uint32_t longest_common; /* words of the longest run kept */
};

/* By WORD, or by SENTENCE: a sentence is kept whole or not at all. */
enum pm_diff_by { PM_DIFF_WORD, PM_DIFF_SENTENCE };

int pm_diff(struct pm_str old_text, struct pm_str new_text, enum pm_diff_by by, struct pm_arena *arena,
            struct pm_diff *dst, struct pm_err *err) PM_MUST_USE;

#endif
