/*
 * term.h - text for terminals: control bytes masked, columns counted, colour.
 *
 * Text is UTF-8 that may be anything: it comes from pages. No locale is asked.
 */
#ifndef CMD_TERM_H
#define CMD_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The code point at s[*i] (*i < len), *i moved behind it; UINT32_MAX and one byte for what is no
 * UTF-8. */
uint32_t utf8_next(const char *s, size_t len, size_t *i);

/*
 * True for what must not reach a terminal: C0 (tab and line feed too), DEL, C1, marks and overrides
 * of writing direction, line and paragraph separators, invisible tags.
 */
bool is_control(uint32_t cp);

/*
 * Write `len` bytes with every control and every byte that is no UTF-8 shown as "\x1b" or
 * "<U+202E>"; put_masked_lines lets line feeds and tabs through.
 */
void put_masked(FILE *out, const char *s, size_t len);
void put_masked_lines(FILE *out, const char *s, size_t len);

/* put_masked() of a string. */
void put_text(FILE *out, const char *s);

/* Columns that put_masked() takes for them. */
size_t columns_of(const char *s, size_t len);

/*
 * Write `s` masked into exactly `width` columns: cut with an ellipsis, or filled up with spaces.
 * `width` 0: as it is.
 */
void put_column(FILE *out, const char *s, size_t width);
/* Write at most `width` columns, without filling up; 0: no limit. */
void put_cut(FILE *out, const char *s, size_t width);

/* Columns of the terminal at `fd`, or what $COLUMNS says; 0 when it is no terminal. */
int term_columns(int fd);

/* Sequences that switch colours on and off; all "" when there is none. */
struct paint {
    const char *head, *dim, *id, *cut, *add, *good, *off;
};
extern const struct paint paint_none, paint_ansi;

#endif
