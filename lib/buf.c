#include "buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "ascii.h"
#include "scan.h"

enum { SHORT_NEEDLE = 8 };

int
pm_str_cmp(struct pm_str a, struct pm_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

    if (c != 0)
        return c;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool
pm_str_ieq(struct pm_str a, struct pm_str b)
{
    return a.len == b.len && pm_str_istarts(a, b);
}

bool
pm_str_starts(struct pm_str s, struct pm_str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

bool
pm_str_istarts(struct pm_str s, struct pm_str prefix)
{
    if (s.len < prefix.len)
        return false;
    for (size_t i = 0; i < prefix.len; i++)
        if (pm_ascii_fold(s.ptr[i]) != pm_ascii_fold(prefix.ptr[i]))
            return false;
    return true;
}

bool
pm_str_ends(struct pm_str s, struct pm_str suffix)
{
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

size_t
pm_str_find(struct pm_str s, struct pm_str needle, size_t from)
{
    const char *hit;

    if (from > s.len || needle.len > s.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    if (needle.len > SHORT_NEEDLE) {
        hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
        return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
    }
    /* Of short ones the first byte is met seldom, and a search for it is quicker. */
    for (size_t last = s.len - needle.len; from <= last; from++) {
        hit = memchr(s.ptr + from, needle.ptr[0], last - from + 1);
        if (hit == NULL)
            return SIZE_MAX;
        from = (size_t)(hit - s.ptr);
        if (hit[needle.len - 1] == needle.ptr[needle.len - 1] && memcmp(hit, needle.ptr, needle.len) == 0)
            return from;
    }
    return SIZE_MAX;
}

size_t
pm_str_ifind(struct pm_str s, struct pm_str needle, size_t from)
{
    const char *end;
    char low, high;

    if (from > s.len || needle.len > s.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    low = pm_ascii_fold(needle.ptr[0]);
    high = pm_ascii_lower(low) ? (char)(low - 0x20) : low;
    end = s.ptr + s.len - needle.len + 1;
    for (const char *p = s.ptr + from; (p = pm_scan_either(p, end, low, high)) < end; p++)
        if (pm_str_istarts(PM_STRN(p, needle.len), needle))
            return (size_t)(p - s.ptr);
    return SIZE_MAX;
}

struct pm_str
pm_str_trim(struct pm_str s)
{
    while (s.len > 0 && pm_ascii_space(s.ptr[s.len - 1]))
        s.len--;
    while (s.len > 0 && pm_ascii_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

/* ---- growing buffer ---- */

void
pm_buf_release(struct pm_buf *b)
{
    free(b->data);
    b->data = NULL;
    b->len = b->cap = 0;
}

void
pm_buf_reset(struct pm_buf *b)
{
    b->len = 0;
    b->failed = 0;
}

char *
pm_buf_room(struct pm_buf *b, size_t extra)
{
    size_t want, cap;
    char *grown;

    if (b->failed)
        return NULL;
    if (extra > b->max || b->len > b->max - extra) {
        b->failed = PM_ELIMIT;
        return NULL;
    }
    want = b->len + extra + 1; /* one for pm_buf_z() */
    if (want <= b->cap)
        return b->data + b->len;
    cap = b->cap < 64 ? 64 : b->cap;
    while (cap < want)
        cap = cap > SIZE_MAX / 2 ? want : cap * 2;
    if (cap - 1 > b->max)
        cap = b->max + 1;
    grown = realloc(b->data, cap);
    if (grown == NULL) {
        b->failed = PM_ENOMEM;
        return NULL;
    }
    b->data = grown;
    b->cap = cap;
    return b->data + b->len;
}

void
pm_buf_add(struct pm_buf *b, const void *ptr, size_t len)
{
    char *room = pm_buf_room(b, len);

    if (room == NULL || len == 0)
        return;
    memcpy(room, ptr, len);
    b->len += len;
}

void
pm_buf_str(struct pm_buf *b, struct pm_str s)
{
    pm_buf_add(b, s.ptr, s.len);
}

void
pm_buf_cstr(struct pm_buf *b, const char *s)
{
    pm_buf_add(b, s, strlen(s));
}

void
pm_buf_putc(struct pm_buf *b, char c)
{
    pm_buf_add(b, &c, 1);
}

void
pm_buf_addf(struct pm_buf *b, const char *fmt, ...)
{
    va_list ap;
    int need;
    char *room;

    va_start(ap, fmt);
    need = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (need < 0) {
        b->failed = b->failed ? b->failed : PM_ENOMEM;
        return;
    }
    room = pm_buf_room(b, (size_t)need); /* which keeps one byte more, for the NUL */
    if (room == NULL)
        return;
    va_start(ap, fmt);
    (void)vsnprintf(room, (size_t)need + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)need;
}

void
pm_buf_le32(struct pm_buf *b, uint32_t v)
{
    unsigned char le[4];

    for (int i = 0; i < 4; i++)
        le[i] = (unsigned char)(v >> (8 * i));
    pm_buf_add(b, le, sizeof(le));
}

void
pm_buf_le64(struct pm_buf *b, uint64_t v)
{
    pm_buf_le32(b, (uint32_t)v);
    pm_buf_le32(b, (uint32_t)(v >> 32));
}

const char *
pm_buf_z(struct pm_buf *b)
{
    if (pm_buf_room(b, 0) == NULL)
        return "";
    b->data[b->len] = '\0';
    return b->data;
}

int
pm_buf_check(const struct pm_buf *b, struct pm_err *err)
{
    if (b->failed == PM_ELIMIT)
        return pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", b->max);
    if (b->failed)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    return PM_OK;
}

/* ---- arena ---- */

enum { ARENA_FIRST = 1 << 16, ARENA_KEEP = 1 << 20 };

/*
 * Blocks are kept in one list. Small pieces come from the first one; a piece that would fill most of a block gets
 * one of its own, put behind the first, so that what is left of the first is still used.
 */
struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct pm_arena {
    struct arena_block *head;
    size_t next_size;  /* of the next block for small pieces; doubles */
    size_t total, max; /* bytes of all blocks, and their ceiling */
    int failed;
};

struct pm_arena *
pm_arena_new(size_t max)
{
    struct pm_arena *a = calloc(1, sizeof(*a));

    if (a == NULL)
        return NULL;
    a->max = max;
    a->next_size = ARENA_FIRST;
    return a;
}

static void
drop_blocks(struct arena_block *b)
{
    while (b != NULL) {
        struct arena_block *next = b->next;

        free(b);
        b = next;
    }
}

void
pm_arena_free(struct pm_arena *a)
{
    if (a == NULL)
        return;
    drop_blocks(a->head);
    free(a);
}

void
pm_arena_reset(struct pm_arena *a)
{
    a->failed = 0;
    if (a->head == NULL)
        return;
    drop_blocks(a->head->next);
    a->head->next = NULL;
    if (a->head->size > ARENA_KEEP) {
        free(a->head);
        a->head = NULL;
        a->total = 0;
        a->next_size = ARENA_FIRST;
        return;
    }
    a->total = a->head->size;
    a->head->used = 0;
}

static struct arena_block *
new_block(struct pm_arena *a, size_t size)
{
    struct arena_block *b;

    if (size > a->max - a->total) {
        a->failed = PM_ELIMIT;
        return NULL;
    }
    b = malloc(sizeof(*b) + size);
    if (b == NULL) {
        a->failed = PM_ENOMEM;
        return NULL;
    }
    b->size = size;
    b->used = 0;
    b->next = NULL;
    a->total += size;
    return b;
}

/* The block that takes `need` bytes more. */
static struct arena_block *
block_for(struct pm_arena *a, size_t need)
{
    struct arena_block *b = a->head;

    if (b != NULL && need <= b->size - b->used)
        return b;
    if (b != NULL && need > a->next_size / 2) {
        b = new_block(a, need);
        if (b != NULL) {
            b->next = a->head->next;
            a->head->next = b;
        }
        return b;
    }
    /* Near the ceiling a block is only as large as it must be. */
    b = new_block(a, need > a->next_size || a->next_size > a->max - a->total ? need : a->next_size);
    if (b == NULL)
        return NULL;
    b->next = a->head;
    a->head = b;
    a->next_size *= 2;
    return b;
}

static void *
take(struct pm_arena *a, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    struct arena_block *b;
    size_t need;
    void *p;

    if (a->failed)
        return NULL;
    if (size > a->max) {
        a->failed = PM_ELIMIT;
        return NULL;
    }
    need = (size + align - 1) & ~(align - 1);
    b = block_for(a, need);
    if (b == NULL)
        return NULL;
    p = b->bytes + b->used;
    b->used += need;
    return p;
}

void *
pm_arena_alloc(struct pm_arena *a, size_t size)
{
    void *p = take(a, size);

    return p != NULL ? memset(p, 0, size) : NULL;
}

void *
pm_arena_raw(struct pm_arena *a, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        a->failed = PM_ELIMIT;
        return NULL;
    }
    return take(a, n * size);
}

void *
pm_arena_array(struct pm_arena *a, size_t n, size_t size)
{
    void *p = pm_arena_raw(a, n, size);

    return p != NULL ? memset(p, 0, n * size) : NULL;
}

struct pm_str
pm_arena_str(struct pm_arena *a, struct pm_str s)
{
    char *p;

    if (s.ptr == NULL)
        return PM_STR_NULL;
    p = pm_arena_alloc(a, s.len + 1);
    if (p == NULL)
        return PM_STR_NULL;
    if (s.len)
        memcpy(p, s.ptr, s.len);
    return PM_STRN(p, s.len);
}

struct pm_str
pm_arena_copy(struct pm_arena *a, const struct pm_buf *b)
{
    if (b->failed && !a->failed)
        a->failed = b->failed;
    return b->failed ? PM_STR_NULL : pm_arena_str(a, pm_buf_span(b));
}

struct pm_str
pm_arena_strf(struct pm_arena *a, const char *fmt, ...)
{
    va_list ap;
    int need;
    char *p;

    va_start(ap, fmt);
    need = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    p = need < 0 ? NULL : pm_arena_alloc(a, (size_t)need + 1);
    if (p == NULL)
        return PM_STR_NULL;
    va_start(ap, fmt);
    (void)vsnprintf(p, (size_t)need + 1, fmt, ap);
    va_end(ap);
    return PM_STRN(p, (size_t)need);
}

int
pm_arena_check(const struct pm_arena *a, struct pm_err *err)
{
    if (a->failed == PM_ELIMIT)
        return pm_fail(err, PM_ELIMIT, "needs more than %zu bytes of memory", a->max);
    if (a->failed)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    return PM_OK;
}

/* ---- checked allocation ---- */

void *
pm_grow(void *ptr, size_t *cap, size_t want, size_t size)
{
    size_t n = *cap;
    void *grown;

    if (want <= n && ptr != NULL)
        return ptr;
    n = n < 16 ? 16 : n;
    while (n < want)
        n = n > SIZE_MAX / 2 ? want : n * 2;
    if (n > SIZE_MAX / size)
        return NULL;
    grown = realloc(ptr, n * size);
    if (grown != NULL)
        *cap = n;
    return grown;
}
