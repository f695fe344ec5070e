/*
 * buf.h - spans, growing buffers, arenas.
 *
 * Sizes are in bytes. Nothing here assumes NUL-terminated text. A buffer or an arena belongs
 * to one thread at a time.
 *
 * Appending never returns an error: the first failure (no memory, or the ceiling passed) sticks,
 * later appends do nothing, and pm_buf_check() or pm_arena_check() tells once at the end. So code
 * that builds bytes reads as a plain sequence and still cannot lose a failure.
 */
#ifndef PM_BUF_H
#define PM_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "err.h"

/* Borrowed bytes. {NULL, 0} is "absent"; a non-NULL ptr with len 0 is "empty". */
struct pm_str {
    const char *ptr;
    size_t len;
};

#define PM_STR(lit)   ((struct pm_str){"" lit, sizeof(lit) - 1})
#define PM_STR_NULL   ((struct pm_str){NULL, 0})
#define PM_STRN(p, n) ((struct pm_str){(p), (n)})
#define PM_STR_FMT    "%.*s"
#define PM_STR_ARG(s) (int)((s).len > 4096 ? 4096 : (s).len), (s).ptr ? (s).ptr : ""

static inline struct pm_str
pm_str_of(const char *cstr)
{
    return (struct pm_str){cstr, cstr ? strlen(cstr) : 0};
}

static inline bool
pm_str_eq(struct pm_str a, struct pm_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Order of bytes; a prefix comes first. */
int pm_str_cmp(struct pm_str a, struct pm_str b);
/* ASCII letters fold, all other bytes count as they are. */
bool pm_str_ieq(struct pm_str a, struct pm_str b);
bool pm_str_starts(struct pm_str s, struct pm_str prefix);
bool pm_str_istarts(struct pm_str s, struct pm_str prefix);
bool pm_str_ends(struct pm_str s, struct pm_str suffix);
/* Offset of the first `needle` in `s` at or after `from`, or SIZE_MAX. */
size_t pm_str_find(struct pm_str s, struct pm_str needle, size_t from);
size_t pm_str_ifind(struct pm_str s, struct pm_str needle, size_t from);
/* Without leading and trailing ASCII white space. */
struct pm_str pm_str_trim(struct pm_str s);

/* ---- growing buffer ---- */

struct pm_buf {
    char *data; /* owned; may be NULL while cap is 0 */
    size_t len, cap;
    size_t max; /* ceiling of len */
    int failed; /* 0, PM_ENOMEM or PM_ELIMIT */
};

#define PM_BUF_INIT(limit) {NULL, 0, 0, (limit), 0}

void pm_buf_release(struct pm_buf *b);
/* Empty it and forget a failure; the memory is kept. */
void pm_buf_reset(struct pm_buf *b);
/* Room for `extra` more bytes at data + len; NULL on failure. The caller adds to len what it wrote. */
char *pm_buf_room(struct pm_buf *b, size_t extra);
void pm_buf_add(struct pm_buf *b, const void *ptr, size_t len);
void pm_buf_str(struct pm_buf *b, struct pm_str s);
void pm_buf_cstr(struct pm_buf *b, const char *s);
void pm_buf_putc(struct pm_buf *b, char c);
void pm_buf_addf(struct pm_buf *b, const char *fmt, ...) PM_PRINTF(2, 3);
/* Little-endian integers, for files of our own. */
void pm_buf_le32(struct pm_buf *b, uint32_t v);
void pm_buf_le64(struct pm_buf *b, uint64_t v);
/* A NUL after the last byte, not counted in len; "" when it failed. Valid until the next append. */
const char *pm_buf_z(struct pm_buf *b);
int pm_buf_check(const struct pm_buf *b, struct pm_err *err) PM_MUST_USE;

static inline struct pm_str
pm_buf_span(const struct pm_buf *b)
{
    return (struct pm_str){b->data ? b->data : "", b->len};
}

/* ---- arena ---- */

struct pm_arena;

/* An arena that holds at most `max` bytes; NULL when there is no memory. */
struct pm_arena *pm_arena_new(size_t max);
void pm_arena_free(struct pm_arena *a);
/* Forget all that was allocated and any failure; the memory is kept (up to a MiB). */
void pm_arena_reset(struct pm_arena *a);
/* Zeroed, aligned for any type; NULL on failure. Valid until reset or free. */
void *pm_arena_alloc(struct pm_arena *a, size_t size);
/* An array of `n` elements of `size`; the product is checked. */
void *pm_arena_array(struct pm_arena *a, size_t n, size_t size);
/* The same, but not zeroed: for what is written in full at once. */
void *pm_arena_raw(struct pm_arena *a, size_t n, size_t size);
/* A copy with a NUL behind it; {NULL, 0} on failure or when s is absent. */
struct pm_str pm_arena_str(struct pm_arena *a, struct pm_str s);
/* A copy of what a buffer holds; a failure of the buffer becomes the arena's. */
struct pm_str pm_arena_copy(struct pm_arena *a, const struct pm_buf *b);
struct pm_str pm_arena_strf(struct pm_arena *a, const char *fmt, ...) PM_PRINTF(2, 3);
int pm_arena_check(const struct pm_arena *a, struct pm_err *err) PM_MUST_USE;

/* ---- checked allocation ---- */

/*
 * Grow `ptr` (an array of `size`-byte elements, *cap of them) so that `want` fit, doubling.
 * The new array, or NULL with the old one untouched.
 */
void *pm_grow(void *ptr, size_t *cap, size_t want, size_t size) PM_MUST_USE;

#endif
