/*
 * width.h - columns of characters on a terminal: sorted ranges, both ends included.
 */
#ifndef CMD_WIDTH_H
#define CMD_WIDTH_H

#include <stddef.h>
#include <stdint.h>

extern const uint32_t width_zero[][2]; /* no column: combining marks, joiners */
extern const size_t width_zero_n;
extern const uint32_t width_wide[][2]; /* two columns */
extern const size_t width_wide_n;

#endif
