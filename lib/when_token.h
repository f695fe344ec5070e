/*
 * when_token.h - the few tokens around a number in a text, in which when_find.c looks for a date.
 *
 * Internal to when.
 */
#ifndef PM_WHEN_TOKEN_H
#define PM_WHEN_TOKEN_H

#include "buf.h"

enum { PM_WHEN_TOKENS = 18, PM_WHEN_WORD_MAX = 48 };

enum pm_when_kind { PM_WHEN_END, PM_WHEN_NUM, PM_WHEN_WORD, PM_WHEN_PUNCT };

struct pm_when_token {
    enum pm_when_kind kind;
    size_t start, end;
    int64_t value;   /* of a number */
    unsigned digits; /* of a number */
    uint32_t cp;     /* of a punctuation mark; of a word of one character */
};

struct pm_when_window {
    struct pm_str text;
    struct pm_when_token t[PM_WHEN_TOKENS]; /* t[0] is the number itself; unused ones are END */
    struct pm_str before;                   /* the word in front of it, as written; absent if none */
};

/* Fill `w` (text set) with what stands around the number at byte `at`. */
void pm_when_window_fill(struct pm_when_window *w, size_t at);

/* The first byte at or after `i` that starts a digit, or the length of the text. */
size_t pm_when_next_digit(struct pm_str s, size_t i);

/* The value of a decimal digit of the scripts that news dates are written in; -1 for others. */
int pm_when_digit(uint32_t cp);

#endif
