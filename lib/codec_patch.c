/* Patches: zstd frames with a prefix. */
#include "codec_own.h"

enum {
    PATCH_LEVEL = 3,
    PATCH_WINDOW_LOG = 23, /* what every decoder of zstd has to do (RFC 8878, 3.1.1.1.2) */
    PATCH_WINDOW_LEAST = 10,
};
static const size_t PATCH_SRC_MAX = (size_t)1 << (PATCH_WINDOW_LOG - 1);

/* As much of the base as the window reaches with the text in it. */
static struct pm_str
prefix_of(struct pm_str base)
{
    return base.len < PATCH_SRC_MAX ? base : PM_STRN(base.ptr, PATCH_SRC_MAX);
}

static int
window_log(size_t n)
{
    int log = PATCH_WINDOW_LEAST;

    while (log < PATCH_WINDOW_LOG && ((size_t)1 << log) < n)
        log++;
    return log;
}

int
pm_codec_patch(struct pm_codec *c, struct pm_str base, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    size_t bound = ZSTD_compressBound(src.len), n;
    char *room;
    int rc;

    if (src.len > PATCH_SRC_MAX)
        return PM_SKIP;
    base = prefix_of(base);
    rc = pm_codec_zstd_begin(c, PATCH_LEVEL, err);
    if (rc != PM_OK)
        return rc;
    n = ZSTD_CCtx_setParameter(c->cctx, ZSTD_c_windowLog, window_log(base.len + src.len));
    if (!ZSTD_isError(n))
        n = ZSTD_CCtx_refPrefix(c->cctx, base.ptr, base.len);
    room = pm_buf_room(dst, bound);
    if (room == NULL)
        return pm_buf_check(dst, err);
    if (!ZSTD_isError(n))
        n = ZSTD_compress2(c->cctx, room, bound, src.ptr, src.len);
    if (ZSTD_isError(n))
        return pm_fail(err, PM_ENOMEM, "zstd cannot compress: %s", ZSTD_getErrorName(n));
    dst->len += n;
    return PM_OK;
}

int
pm_codec_unpatch(struct pm_codec *c, struct pm_str base, struct pm_str patch, struct pm_buf *dst, struct pm_err *err)
{
    unsigned long long content = ZSTD_getFrameContentSize(patch.ptr, patch.len);
    char *room;
    size_t n;

    if (content == ZSTD_CONTENTSIZE_UNKNOWN || content == ZSTD_CONTENTSIZE_ERROR || content > PATCH_SRC_MAX)
        return pm_fail(err, PM_ECORRUPT, "damaged patch");
    base = prefix_of(base);
    room = pm_buf_room(dst, (size_t)content);
    if (room == NULL)
        return pm_buf_check(dst, err);
    if (pm_codec_dctx(c, NULL, 0) == NULL || ZSTD_isError(ZSTD_DCtx_refPrefix(c->dctx, base.ptr, base.len)))
        return pm_fail(err, PM_ENOMEM, "out of memory");
    n = ZSTD_decompressDCtx(c->dctx, room, (size_t)content, patch.ptr, patch.len);
    if (ZSTD_isError(n))
        return pm_fail(err, PM_ECORRUPT, "damaged, or its page has changed (%s)", ZSTD_getErrorName(n));
    dst->len += n;
    return PM_OK;
}
