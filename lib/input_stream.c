/* Bytes in order, with a start that can be looked at. */
#include "input_own.h"

enum { READ_STEP = 1 << 16, HEAD_KEEP = 16 << 20 };

void
pm_stream_init(struct input_stream *s, pm_warc_read *read, void *ctx, size_t max)
{
    struct pm_buf head = s->head; /* its memory serves the next file too, unless a monster made it huge */

    if (head.cap > HEAD_KEEP)
        pm_buf_release(&head);
    *s = (struct input_stream){.read = read, .ctx = ctx, .head = head};
    s->head.max = max;
    pm_buf_reset(&s->head);
}

void
pm_stream_release(struct input_stream *s)
{
    pm_buf_release(&s->head);
}

int
pm_stream_peek(struct input_stream *s, size_t want, struct pm_str *have, struct pm_err *err)
{
    if (s->at > 0 && s->head.len - s->at < want && !s->eof && s->at >= s->head.len - s->at) {
        memmove(s->head.data, s->head.data + s->at, s->head.len - s->at);
        s->head.len -= s->at;
        s->at = 0;
    }
    while (s->head.len - s->at < want && !s->eof) {
        size_t more = want - (s->head.len - s->at), got = 0;
        char *room;
        int rc;

        if (more < READ_STEP)
            more = READ_STEP;
        room = pm_buf_room(&s->head, more);
        if (room == NULL)
            return pm_buf_check(&s->head, err);
        rc = s->read(s->ctx, room, more, &got, err);
        if (rc != PM_OK)
            return rc;
        s->eof = got == 0;
        s->head.len += got;
        s->taken += got;
    }
    *have = PM_STRN(s->head.data != NULL ? s->head.data + s->at : "", s->head.len - s->at);
    return PM_OK;
}

void
pm_stream_skip(struct input_stream *s, size_t n)
{
    s->at += n;
}

int
pm_stream_read(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err)
{
    struct input_stream *s = ctx;
    size_t have = s->head.len - s->at;
    int rc;

    if (have > 0) {
        *got = have < n ? have : n;
        memcpy(dst, s->head.data + s->at, *got);
        s->at += *got;
        return PM_OK;
    }
    *got = 0;
    if (s->eof)
        return PM_OK;
    rc = s->read(s->ctx, dst, n, got, err);
    if (rc == PM_OK) {
        s->eof = *got == 0;
        s->taken += *got;
    }
    return rc;
}

int
pm_stream_all(struct input_stream *s, size_t max, struct pm_arena *arena, struct pm_str *dst, struct pm_err *err)
{
    struct pm_str have = PM_STR_NULL;
    size_t want = READ_STEP;
    int rc;

    for (;; want *= 2) {
        /* One byte over the limit tells that there is more. */
        if (want > max)
            want = max + 1;
        rc = pm_stream_peek(s, want, &have, err);
        if (rc != PM_OK)
            return rc;
        if (have.len > max)
            return pm_fail(err, PM_ELIMIT, "is over the limit of %zu bytes", max);
        if (have.len < want)
            break;
    }
    *dst = pm_arena_str(arena, have);
    s->at = s->head.len;
    return pm_arena_check(arena, err);
}
