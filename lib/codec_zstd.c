/* zstd frames (RFC 8878) and their dictionaries. */
#include "codec.h"

#include <stdlib.h>
#include <zstd_errors.h>

#include "codec_own.h"

enum {
    WINDOW_LOG_DEFAULT = 27,
    WINDOW_LOG_LEAST = 10, /* what ZSTD_d_windowLogMax takes */
    WINDOW_LOG_MOST = 31,
    MAGIC_LEN = 4,
};

int
pm_dict_new(struct pm_dict **dst, struct pm_str raw, int level, struct pm_err *err)
{
    struct pm_dict *d = calloc(1, sizeof(*d));
    bool trained = raw.len >= MAGIC_LEN && memcmp(raw.ptr, "\x37\xA4\x30\xEC", MAGIC_LEN) == 0;

    if (d == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    d->d = ZSTD_createDDict_byReference(raw.ptr, raw.len);
    if (level != 0)
        d->c = ZSTD_createCDict_byReference(raw.ptr, raw.len, level);
    if (d->d == NULL || (level != 0 && d->c == NULL)) {
        pm_dict_free(d);
        /* libzstd returns NULL for both; a trained one that it cannot read has a header that is
         * wrong. */
        return trained ? pm_fail(err, PM_ECORRUPT, "damaged zstd dictionary of %zu bytes", raw.len)
                       : pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = d;
    return PM_OK;
}

void
pm_dict_free(struct pm_dict *d)
{
    if (d == NULL)
        return;
    ZSTD_freeCDict(d->c);
    ZSTD_freeDDict(d->d);
    free(d);
}

/* ---- compression ---- */

int
pm_codec_zstd_begin(struct pm_codec *c, int level, struct pm_err *err)
{
    size_t n;

    if (c->cctx == NULL)
        c->cctx = ZSTD_createCCtx();
    if (c->cctx == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    /* A reset of parameters drops the dictionary too. */
    n = ZSTD_CCtx_reset(c->cctx, ZSTD_reset_session_and_parameters);
    if (!ZSTD_isError(n))
        n = ZSTD_CCtx_setParameter(c->cctx, ZSTD_c_compressionLevel, level);
    if (!ZSTD_isError(n))
        n = ZSTD_CCtx_setParameter(c->cctx, ZSTD_c_checksumFlag, 1);
    if (ZSTD_isError(n))
        return pm_fail(err, PM_EUNSUPPORTED, "zstd level %d: %s", level, ZSTD_getErrorName(n));
    return PM_OK;
}

int
pm_codec_zstd(struct pm_codec *c, int level, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst,
              struct pm_err *err)
{
    size_t bound = ZSTD_compressBound(src.len), left = dst->max - dst->len, n;
    char *room;
    int rc = pm_codec_zstd_begin(c, level, err);

    if (rc != PM_OK)
        return rc;
    if (dict != NULL && ZSTD_isError(ZSTD_CCtx_refCDict(c->cctx, dict->c)))
        return pm_fail(err, PM_ENOMEM, "out of memory");
    bound = bound < left ? bound : left;
    room = pm_buf_room(dst, bound);
    if (room == NULL)
        return pm_buf_check(dst, err);
    n = ZSTD_compress2(c->cctx, room, bound, src.ptr, src.len);
    if (!ZSTD_isError(n)) {
        dst->len += n;
        return PM_OK;
    }
    if (ZSTD_getErrorCode(n) == ZSTD_error_dstSize_tooSmall)
        return pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
    return pm_fail(err, PM_ENOMEM, "zstd cannot compress: %s", ZSTD_getErrorName(n));
}

/* ---- decompression ---- */

ZSTD_DCtx *
pm_codec_dctx(struct pm_codec *c, const struct pm_dict *dict, unsigned window_log_max)
{
    unsigned log = window_log_max != 0 ? window_log_max : WINDOW_LOG_DEFAULT;

    if (c->dctx == NULL)
        c->dctx = ZSTD_createDCtx();
    if (c->dctx == NULL)
        return NULL;
    if (log < WINDOW_LOG_LEAST)
        log = WINDOW_LOG_LEAST;
    if (log > WINDOW_LOG_MOST)
        log = WINDOW_LOG_MOST;
    if (ZSTD_isError(ZSTD_DCtx_reset(c->dctx, ZSTD_reset_session_only)) ||
        ZSTD_isError(ZSTD_DCtx_setParameter(c->dctx, ZSTD_d_windowLogMax, (int)log)) ||
        ZSTD_isError(ZSTD_DCtx_refDDict(c->dctx, dict != NULL ? dict->d : NULL)))
        return NULL;
    return c->dctx;
}

static int
zstd_failed(size_t code, struct pm_err *err)
{
    switch (ZSTD_getErrorCode(code)) {
    case ZSTD_error_memory_allocation:
        return pm_fail(err, PM_ENOMEM, "out of memory");
    case ZSTD_error_frameParameter_windowTooLarge:
        return pm_fail(err, PM_ELIMIT, "zstd window is over the limit");
    case ZSTD_error_dictionary_wrong:
        return pm_fail(err, PM_ECORRUPT, "made with a zstd dictionary that is not there");
    case ZSTD_error_checksum_wrong:
        return pm_fail(err, PM_ECORRUPT, "zstd checksum is wrong");
    default:
        return pm_fail(err, PM_ECORRUPT, "damaged zstd data (%s)", ZSTD_getErrorName(code));
    }
}

int
pm_codec_zstd_stream(struct pm_codec *c, struct pm_str *src, struct pm_buf *dst, struct pm_err *err)
{
    ZSTD_inBuffer in = {src->ptr, src->len, 0};
    ZSTD_outBuffer out;
    char over; /* takes the byte that tells a full `dst` from one that is too small */
    size_t n, r;
    char *room = pm_codec_room(dst, &n);

    if (dst->failed)
        return pm_buf_check(dst, err);
    out = (ZSTD_outBuffer){n > 0 ? room : &over, n > 0 ? n : 1, 0};
    r = ZSTD_decompressStream(c->dctx, &out, &in);
    src->ptr += in.pos;
    src->len -= in.pos;
    if (n > 0)
        dst->len += out.pos;
    else if (out.pos > 0)
        return pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
    if (ZSTD_isError(r))
        return zstd_failed(r, err);
    return r == 0 ? PM_DONE : PM_OK;
}

/* A frame of unknown size, cut off or too large for its limit: as far as it goes. */
static int
unzstd_pieces(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst, size_t *used,
              struct pm_err *err)
{
    struct pm_str rest = src;
    int rc = PM_OK;

    if (pm_codec_dctx(c, dict, 0) == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    while (rc == PM_OK) {
        size_t before = dst->len, left = rest.len;

        rc = pm_codec_zstd_stream(c, &rest, dst, err);
        if (rc == PM_OK && rest.len == left && dst->len == before)
            rc = pm_fail(err, PM_ECORRUPT, "zstd frame is cut off");
    }
    *used = src.len - rest.len;
    return rc == PM_DONE ? PM_OK : rc;
}

/* The frame's content in one call; PM_SKIP when its size is not known, or over the room that `most`
 * leaves. */
static int
unzstd_once(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, size_t length, uint64_t most,
            struct pm_buf *dst, struct pm_err *err)
{
    unsigned long long content = ZSTD_getFrameContentSize(src.ptr, src.len);
    size_t left = dst->max - dst->len, n;
    char *room;

    if (content == ZSTD_CONTENTSIZE_UNKNOWN || content == ZSTD_CONTENTSIZE_ERROR || content > left || content > most)
        return PM_SKIP;
    /*
     * A frame may claim any size, and the room is taken before a byte of it is seen; but a block of
     * 4 bytes gives at most 128 KiB (RFC 8878, 3.1.1.2), so what a claim can cost is bounded by
     * what is there.
     */
    if (content / ((uint64_t)ZSTD_BLOCKSIZE_MAX / 4) > length)
        return PM_SKIP;
    if (pm_codec_dctx(c, dict, 0) == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    room = pm_buf_room(dst, (size_t)content);
    if (room == NULL)
        return pm_buf_check(dst, err);
    n = ZSTD_decompressDCtx(c->dctx, room, (size_t)content, src.ptr, length);
    if (ZSTD_isError(n))
        return zstd_failed(n, err);
    dst->len += n;
    return PM_OK;
}

int
pm_codec_zstd_frame(struct pm_str src, size_t *length, uint64_t *content, struct pm_err *err)
{
    unsigned long long n = ZSTD_getFrameContentSize(src.ptr, src.len);

    *length = ZSTD_findFrameCompressedSize(src.ptr, src.len);
    *content = n;
    if (ZSTD_isError(*length) || n == ZSTD_CONTENTSIZE_UNKNOWN || n == ZSTD_CONTENTSIZE_ERROR)
        return pm_fail(err, PM_ECORRUPT, "not a whole zstd frame");
    return PM_OK;
}

int
pm_codec_zstd_try(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst, size_t *used,
                  struct pm_err *err)
{
    size_t length = ZSTD_findFrameCompressedSize(src.ptr, src.len);
    struct pm_err why = PM_ERR_INIT;
    int rc;

    if (ZSTD_isError(length))
        return PM_SKIP;
    rc = unzstd_once(c, dict, src, length, CODEC_TRY_MAX, dst, &why);
    if (rc == PM_OK)
        *used = length;
    if (rc == PM_ENOMEM)
        return pm_fail(err, rc, "%s", why.text);
    return rc < 0 ? PM_SKIP : rc;
}

int
pm_codec_unzstd(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst, size_t *used,
                struct pm_err *err)
{
    size_t length = ZSTD_findFrameCompressedSize(src.ptr, src.len);
    int rc = PM_SKIP;

    *used = 0;
    if (!ZSTD_isError(length))
        rc = unzstd_once(c, dict, src, length, UINT64_MAX, dst, err);
    if (rc == PM_OK)
        *used = length;
    return rc == PM_SKIP ? unzstd_pieces(c, dict, src, dst, used, err) : rc;
}
