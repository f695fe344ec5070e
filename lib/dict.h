/*
 * dict.h - making the dictionary of a bundle from pages that are like those it will hold.
 *
 * Pages of news sites share their templates far more than their texts, and each record is a frame of its own; a
 * dictionary gives back what solid compression would find. See tests/bench/RESULTS.md for the curve that chose
 * sizes and level. Pure.
 */
#ifndef PM_DICT_H
#define PM_DICT_H

#include "buf.h"

/* Fewer or smaller samples than these do not pay for the dictionary's own size. */
enum { PM_DICT_SAMPLES_MIN = 32, PM_DICT_SAMPLES_BYTES_MIN = 2 << 20 };

/*
 * Append a dictionary of at most `max` bytes to `dst`: of evenly spread samples the first `slice` bytes each
 * (0: all of them) as content, and nearest to the data `tail`, which must fit; with tables for `level`. PM_SKIP when the
 * samples are too few to be worth one. The same samples give the same bytes.
 */
int pm_dict_make(const struct pm_str *samples, size_t n, size_t max, size_t slice, struct pm_str tail, int level,
                 struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/* Room for header and tables in front of the content of a dictionary. */
enum { PM_DICT_TABLES_ROOM = 64 << 10 };

/*
 * Append the dictionary whose content is `content`, as it is: whole pages, so that others of the same site shrink to
 * what is new in them. Tables come from the samples. PM_SKIP when there is no pattern in them.
 */
int pm_dict_of(const struct pm_str *samples, size_t n, struct pm_str content, int level, struct pm_buf *dst,
               struct pm_err *err) PM_MUST_USE;

#endif
