/* A window that slides over a file or pipe. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "warc_own.h"

enum {
    READ_STEP = 1 << 19, /* small enough to stay in a core's cache between read and use */
    READ_LEAST = 1 << 16,
    KEEP_MEMORY = 32 << 20,
    KEEP_MAX = 4 << 20, /* how far back a damaged member can be left */
};

static int
read_fd(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err)
{
    struct warc_source *s = ctx;
    ssize_t r;

    do
        r = read(s->fd, dst, n);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return pm_fail_errno(err, "cannot read at offset %llu", (unsigned long long)(s->base + s->len));
    *got = (size_t)r;
    return PM_OK;
}

void
pm_source_init(struct warc_source *s, pm_warc_read *read, void *ctx, size_t ceiling)
{
    *s = (struct warc_source){.read = read, .ctx = ctx, .data = "", .ceiling = ceiling, .keep = UINT64_MAX};
}

void
pm_source_init_fd(struct warc_source *s, int fd, uint64_t base, size_t ceiling)
{
    pm_source_init(s, read_fd, s, ceiling);
    s->fd = fd;
    s->base = base;
}

void
pm_source_init_memory(struct warc_source *s, struct pm_str bytes)
{
    *s = (struct warc_source){.data = bytes.ptr, .len = bytes.len, .eof = true, .keep = UINT64_MAX};
}

void
pm_source_release(struct warc_source *s)
{
    free(s->owned);
    s->owned = NULL;
}

/* Where the bytes begin that must stay. */
static size_t
first_kept(const struct warc_source *s)
{
    size_t back;

    if (s->keep >= s->base + s->pos)
        return s->pos;
    back = s->keep > s->base ? (size_t)(s->keep - s->base) : 0;
    return s->pos - back > KEEP_MAX ? s->pos - KEEP_MAX : back;
}

static void
slide(struct warc_source *s, size_t from)
{
    memmove(s->owned, s->owned + from, s->len - from);
    s->base += from;
    s->pos -= from;
    s->len -= from;
}

/*
 * Room for `more` bytes behind the window. It slides when that moves no more bytes than were used
 * since the last time, and grows otherwise, so that the work is linear in the file's size whatever
 * is asked for.
 */
static int
make_room(struct warc_source *s, size_t more, struct pm_err *err)
{
    size_t from = first_kept(s), cap = s->cap;
    char *grown;

    if (from == s->len && cap > KEEP_MEMORY) { /* which one large record made it take */
        s->base += s->len;
        s->pos = s->len = s->cap = cap = from = 0;
        free(s->owned);
        s->owned = NULL;
        s->data = "";
    }
    if (from > 0 && s->len - from <= from)
        slide(s, from);
    if (s->cap - s->len >= more)
        return PM_OK;
    if (from > 0 && s->len + more > s->ceiling) {
        slide(s, first_kept(s));
        if (s->cap - s->len >= more)
            return PM_OK;
    }
    cap = cap < 2 * READ_STEP ? 2 * READ_STEP : cap;
    while (cap - s->len < more)
        cap *= 2;
    grown = realloc(s->owned, cap);
    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    s->owned = grown;
    s->data = grown;
    s->cap = cap;
    return PM_OK;
}

int
pm_source_peek(struct warc_source *s, size_t want, struct pm_str *have, struct pm_err *err)
{
    while (s->len - s->pos < want && !s->eof) {
        size_t more = want - (s->len - s->pos), step = s->cap - s->len;
        size_t n = 0;
        int rc;

        if (more < READ_LEAST)
            more = READ_LEAST;
        rc = make_room(s, more, err);
        if (rc != PM_OK)
            return rc;
        step = more > READ_STEP ? more : READ_STEP;
        if (step > s->cap - s->len)
            step = s->cap - s->len;
        rc = s->read(s->ctx, s->owned + s->len, step, &n, err);
        if (rc != PM_OK)
            return rc;
        s->eof = n == 0;
        s->len += n;
    }
    *have = PM_STRN(s->data + s->pos, s->len - s->pos);
    return PM_OK;
}

void
pm_source_skip(struct warc_source *s, size_t n)
{
    s->pos += n;
}

uint64_t
pm_source_tell(const struct warc_source *s)
{
    return s->base + s->pos;
}

void
pm_source_back(struct warc_source *s, uint64_t offset)
{
    if (offset < s->base + s->pos)
        s->pos = offset > s->base ? (size_t)(offset - s->base) : 0;
}
