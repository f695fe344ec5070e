/*
 * bundle_parity.h - what mends a bundle's dictionary, without which none of its records could be read.
 *
 * Behind the dictionary's frame stands a skippable frame, which other readers pass over: a check of each block of the
 * dictionary's frame, and up to five parity blocks, each the exclusive or of every n-th block. About a hundredth of the
 * dictionary's size gives back a run of damage of a sixty-fourth of it, up to a sector of 4 KiB, wherever it lies.
 * Pure.
 */
#ifndef PM_BUNDLE_PARITY_H
#define PM_BUNDLE_PARITY_H

#include "buf.h"

/* Any of the sixteen but the dictionary's own: the zstd proposal calls it an extension frame. */
#define PM_PARITY_MAGIC 0x184D2A5Eu
enum { PM_PARITY_HEAD = 16 }; /* bytes that tell such a frame, its own header with them */

/* Append the frame for `frame`, the dictionary's frame with its header. */
int pm_parity_write(struct pm_str frame, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/* True for bytes that begin such a frame; its length is put in *length. */
bool pm_parity_is(struct pm_str start, size_t *length);

/*
 * `start`: the first bytes of a bundle, as many as dictionary and parity may have. PM_OK: the dictionary's frame at its
 * start, *length bytes, is as it was written. PM_DONE: there is no parity. PM_ECORRUPT: there is too much damage.
 */
int pm_parity_mend(char *start, size_t n, size_t *length, struct pm_err *err) PM_MUST_USE;

#endif
