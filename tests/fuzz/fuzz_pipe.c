/* An HTTP body in pieces gives what it gives whole. */
#include <stdlib.h>

#include "http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20 };

static int
append(void *ctx, struct pm_str piece, struct pm_err *err)
{
    pm_buf_str(ctx, piece);
    return pm_buf_check(ctx, err);
}

/* The first byte of the input says how long pieces are. */
static int
in_pieces(struct pm_codec *codec, const struct pm_http *http, size_t step, struct pm_buf *out)
{
    struct pm_http_pipe *pipe;
    struct pm_str left = http->body;
    int rc = pm_http_pipe_new(&pipe, codec, http->head, append, out, NULL);

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_codec *codec;
    struct pm_buf whole = PM_BUF_INIT(OUT_MAX), pieces = PM_BUF_INIT(OUT_MAX);
    const char *odd = NULL;
    struct pm_http http;
    int rc, rp;

    if (codec == NULL && pm_codec_new(&codec, NULL) != PM_OK)
        return 0;
    if (size == 0 || pm_http_parse(PM_STRN((const char *)data + 1, size - 1), &http, NULL) != PM_OK)
        return 0;
    rc = pm_http_decode(codec, &http, &whole, &odd, NULL);
    rp = in_pieces(codec, &http, (size_t)data[0] * data[0] + 1, &pieces);
    /* Of damaged bodies either gives as much as its decompressor does, so they may differ. */
    if (rc == PM_OK && rp == PM_OK && odd == NULL && !pm_str_eq(pm_buf_span(&whole), pm_buf_span(&pieces)))
        abort();
    if (rp != PM_OK && rp != PM_SKIP && rp != PM_ELIMIT)
        abort();
    pm_buf_release(&whole);
    pm_buf_release(&pieces);
    return 0;
}
