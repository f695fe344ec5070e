/*
 * lines.h - a plain text page as lines, and what each line looks like.
 *
 * Splits text as browsers, mail programs and people leave it: LF, CRLF, CR, form feeds, U+2028;
 * tabs and no-break spaces; bullets; paragraphs broken at a fixed column, which are joined again.
 * Time and memory are linear in the text.
 */
#ifndef PM_LINES_H
#define PM_LINES_H

#include "phrases.h"

enum { PM_LINES_MAX = 1 << 20 }; /* of one page, empty ones aside */

enum pm_line_end {
    PM_END_OTHER, /* a symbol, a bracket: "Go to home page »" */
    PM_END_WORD,  /* a letter or digit */
    PM_END_STOP,  /* . ! ? and their kin, closing quotes behind them allowed */
    PM_END_DOTS,  /* an ellipsis */
    PM_END_COLON,
    PM_END_COMMA,
};

/* What a line is, where that can be told from the line alone. */
enum pm_line_role {
    PM_ROLE_NONE,
    PM_ROLE_DATE,      /* holds little but a date, a time, "3 MIN READ" */
    PM_ROLE_BYLINE,    /* "By Oral Toga" */
    PM_ROLE_NAME,      /* two to five words with capitals, nothing else */
    PM_ROLE_CAPTION,   /* with a photo credit */
    PM_ROLE_SOURCE,    /* "SOURCE:AFP" */
    PM_ROLE_PROMO,     /* "READ MORE: ...", "Related articles" */
    PM_ROLE_INTERFACE, /* share bars, sign-up lines, advertisement marks, ... */
};

struct pm_line {
    struct pm_str text; /* white space squeezed, bullet taken off; a view into the page or in the arena */
    uint32_t indent;    /* columns before it */
    bool gap;           /* an empty line, or the start of the page, before it */
    bool bullet;
    bool quoted; /* begins with an opening quote */
    bool low;    /* its first letter is lower case */
    bool tabs;   /* had tabs between words: a row of a table */
    enum pm_line_end end;
    uint32_t chars, letters, digits, dense; /* dense: of scripts without spaces */
    uint32_t words;                         /* runs of letters and digits; two dense characters count as one */
    uint32_t cased, caps;                   /* words in scripts with case; of these, with a capital first */
    uint32_t upper;                         /* letters in upper case */
    uint32_t commas, stops;                 /* stops: ends of sentences, the last one included */
    uint32_t glued; /* "LoginPrivacy": a capital in the middle of a word, behind a small letter */
    uint32_t bars;  /* | / > and their kin between spaces or not */
    struct pm_phrase_hits hits;
    enum pm_line_role role;
    uint32_t repeats; /* other lines of the page with the same words */
    uint32_t first;   /* index of the first of them */
};

/* `text` is borrowed and must live as long as the lines. PM_ELIMIT when it has more than
 * PM_LINES_MAX lines. */
int pm_lines_split(struct pm_str text, const struct pm_phrases *phrases, struct pm_arena *arena, struct pm_line **dst,
                   size_t *n, struct pm_err *err) PM_MUST_USE;

/* Fill the counts from line->text; the rest of *line must be zero. */
void pm_line_measure(struct pm_line *line);

/* The role of a line whose counts and hits are filled. */
enum pm_line_role pm_line_role(const struct pm_line *line);

#endif
