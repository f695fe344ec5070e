/*
 * pieces.h - an HTTP body given to a pipe in pieces of `step` bytes, for the tests of it and its fuzz target.
 */
#ifndef PIECES_H
#define PIECES_H

#include "http.h"

static inline int
pieces_append(void *ctx, struct pm_str piece, struct pm_err *err)
{
    pm_buf_str(ctx, piece);
    return pm_buf_check(ctx, err);
}

static inline int
in_pieces(struct pm_codec *codec, const struct pm_http *http, size_t step, struct pm_buf *out)
{
    struct pm_http_pipe *pipe;
    struct pm_str left = http->body;
    int rc = pm_http_pipe_new(&pipe, codec, http->head, pieces_append, out, NULL);

    if (rc != PM_OK)
        return rc;
    while (rc == PM_OK && left.len > 0) {
        size_t n = left.len < step ? left.len : step;

        rc = pm_http_pipe_add(pipe, PM_STRN(left.ptr, n), NULL);
        left = PM_STRN(left.ptr + n, left.len - n);
    }
    if (rc == PM_OK)
        rc = pm_http_pipe_end(pipe, NULL);
    pm_http_pipe_free(pipe);
    return rc;
}

#endif
