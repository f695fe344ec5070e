/* gzip, deflate and brotli; zstd is in codec_zstd.c. */
#include "codec.h"

#include <brotli/decode.h>
#include <limits.h>
#include <stdlib.h>

#include "codec_own.h"

enum {
    GZIP_BITS = 15 + 16, /* zlib's windowBits for the gzip format */
    ZLIB_BITS = 15,
    RAW_BITS = -15,
};

enum pm_coding
pm_coding_of(struct pm_str name)
{
    static const struct {
        const char *name;
        enum pm_coding coding;
    } codings[] = {
        {"identity", PM_CODING_IDENTITY}, {"gzip", PM_CODING_GZIP}, {"x-gzip", PM_CODING_GZIP},
        {"deflate", PM_CODING_DEFLATE},   {"br", PM_CODING_BR},     {"zstd", PM_CODING_ZSTD},
    };

    name = pm_str_trim(name);
    for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++)
        if (pm_str_ieq(name, pm_str_of(codings[i].name)))
            return codings[i].coding;
    return name.len == 0 ? PM_CODING_IDENTITY : PM_CODING_UNKNOWN;
}

int
pm_codec_new(struct pm_codec **dst, struct pm_err *err)
{
    struct pm_codec *c = calloc(1, sizeof(*c));

    if (c == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    c->inflate = libdeflate_alloc_decompressor();
    if (c->inflate == NULL) {
        free(c);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = c;
    return PM_OK;
}

void
pm_codec_free(struct pm_codec *c)
{
    if (c == NULL)
        return;
    libdeflate_free_decompressor(c->inflate);
    if (c->deflate != NULL)
        libdeflate_free_compressor(c->deflate);
    if (c->z_made)
        (void)inflateEnd(&c->z);
    if (c->packing)
        (void)deflateEnd(&c->pack);
    ZSTD_freeCCtx(c->cctx);
    ZSTD_freeDCtx(c->dctx);
    free(c);
}

char *
pm_codec_room(struct pm_buf *dst, size_t *n)
{
    size_t left = dst->max - dst->len, free_now = dst->cap > dst->len ? dst->cap - dst->len - 1 : 0;
    size_t want = free_now > CODEC_STEP ? free_now : CODEC_STEP;
    char *room;

    if (want > left)
        want = left;
    room = want > 0 ? pm_buf_room(dst, want) : NULL;
    *n = room != NULL ? want : 0;
    return room;
}

/* ---- zlib, for what is cut off, damaged or long ---- */

static int
z_begin(struct pm_codec *c, int bits, struct pm_err *err)
{
    int z = c->z_made ? inflateReset2(&c->z, bits) : inflateInit2(&c->z, bits);

    if (z != Z_OK)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    c->z_made = true;
    return PM_OK;
}

/* One call of inflate(): PM_OK for "more input, or more room", PM_DONE at the end. */
static int
z_step(struct pm_codec *c, struct pm_str *src, struct pm_buf *dst, struct pm_err *err)
{
    size_t n, in = src->len < UINT_MAX ? src->len : UINT_MAX;
    char over = 0; /* takes the byte that tells a full `dst` from one that is too small */
    char *room = pm_codec_room(dst, &n);
    int z;

    if (dst->failed)
        return pm_buf_check(dst, err);
    n = n < UINT_MAX ? n : UINT_MAX;
    c->z.next_in = (const Bytef *)src->ptr;
    c->z.avail_in = (uInt)in;
    c->z.next_out = (Bytef *)(n > 0 ? room : &over);
    c->z.avail_out = n > 0 ? (uInt)n : 1;
    z = inflate(&c->z, Z_NO_FLUSH);
    in -= c->z.avail_in;
    src->ptr += in;
    src->len -= in;
    if (n > 0)
        dst->len += n - c->z.avail_out;
    else if (c->z.avail_out == 0)
        return pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
    if (z == Z_STREAM_END)
        return PM_DONE;
    if (z == Z_MEM_ERROR)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    if (z != Z_OK && z != Z_BUF_ERROR)
        return pm_fail(err, PM_ECORRUPT, "damaged deflate data (%s)",
                       c->z.msg != NULL ? c->z.msg : "preset dictionary");
    return PM_OK;
}

/* Decode all of one stream at the start of `src`; its compressed length in *used. */
static int
z_whole(struct pm_codec *c, int bits, struct pm_str src, struct pm_buf *dst, size_t *used, struct pm_err *err)
{
    struct pm_str rest = src;
    int rc = z_begin(c, bits, err);

    while (rc == PM_OK) {
        size_t before = dst->len, left = rest.len;

        rc = z_step(c, &rest, dst, err);
        if (rc == PM_OK && rest.len == left && dst->len == before)
            rc = pm_fail(err, PM_ECORRUPT, "compressed data is cut off");
    }
    *used = src.len - rest.len;
    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- libdeflate, for whole members ---- */

typedef enum libdeflate_result inflate_call(struct libdeflate_decompressor *, const void *, size_t, void *, size_t,
                                            size_t *, size_t *);

/*
 * The size of the output is not known beforehand, but `dst` is mostly a buffer in use since long,
 * so its free room nearly always does; else the room grows fourfold a try.
 */
static int
one_call(struct pm_codec *c, inflate_call *call, struct pm_str src, struct pm_buf *dst, size_t *used,
         struct pm_err *err)
{
    size_t left = dst->max - dst->len;
    size_t want = dst->cap > dst->len ? dst->cap - dst->len - 1 : 0;

    if (want < CODEC_TRY_FIRST)
        want = CODEC_TRY_FIRST;
    for (;; want *= 4) {
        enum libdeflate_result r;
        size_t in, out;
        char *room;

        want = want < left ? want : left;
        room = pm_buf_room(dst, want);
        if (room == NULL)
            return pm_buf_check(dst, err);
        r = call(c->inflate, src.ptr, src.len, room, want, &in, &out);
        if (r == LIBDEFLATE_SUCCESS) {
            dst->len += out;
            *used = in;
            return PM_OK;
        }
        if (r != LIBDEFLATE_INSUFFICIENT_SPACE || want == left || want >= CODEC_TRY_MAX)
            return PM_SKIP;
    }
}

int
pm_codec_gzip_try(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, size_t *used, struct pm_err *err)
{
    return one_call(c, libdeflate_gzip_decompress_ex, src, dst, used, err);
}

int
pm_codec_gzip_member(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, size_t *used, struct pm_err *err)
{
    int rc = pm_codec_gzip_try(c, src, dst, used, err);

    return rc == PM_SKIP ? z_whole(c, GZIP_BITS, src, dst, used, err) : rc;
}

int
pm_codec_gzip(struct pm_codec *c, int level, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    size_t bound, n;
    char *room;

    if (c->deflate == NULL || c->deflate_level != level) {
        if (c->deflate != NULL)
            libdeflate_free_compressor(c->deflate);
        c->deflate = libdeflate_alloc_compressor(level);
        if (c->deflate == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        c->deflate_level = level;
    }
    bound = libdeflate_gzip_compress_bound(c->deflate, src.len);
    if (bound > dst->max - dst->len)
        bound = dst->max - dst->len;
    room = pm_buf_room(dst, bound);
    if (room == NULL)
        return pm_buf_check(dst, err);
    n = libdeflate_gzip_compress(c->deflate, src.ptr, src.len, room, bound);
    if (n == 0)
        return pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
    dst->len += n;
    return PM_OK;
}

int
pm_codec_gzip_piece(struct pm_codec *c, int level, struct pm_str src, bool last, struct pm_buf *dst, struct pm_err *err)
{
    z_stream *z = &c->pack;
    int rc = PM_OK;

    if (!c->packing && deflateInit2(z, level, Z_DEFLATED, GZIP_BITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    c->packing = true;
    for (bool done = false; rc == PM_OK && !done;) {
        size_t n, in = src.len < UINT_MAX ? src.len : UINT_MAX;
        char *room = pm_codec_room(dst, &n);
        int got;

        if (n == 0)
            return dst->failed ? pm_buf_check(dst, err)
                               : pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
        n = n < UINT_MAX ? n : UINT_MAX;
        z->next_in = (const Bytef *)src.ptr;
        z->avail_in = (uInt)in;
        z->next_out = (Bytef *)room;
        z->avail_out = (uInt)n;
        got = deflate(z, last && in == src.len ? Z_FINISH : Z_NO_FLUSH);
        src = PM_STRN(src.ptr + (in - z->avail_in), src.len - (in - z->avail_in));
        dst->len += n - z->avail_out;
        if (got == Z_STREAM_ERROR)
            rc = pm_fail(err, PM_ENOMEM, "zlib cannot compress");
        done = last ? got == Z_STREAM_END : src.len == 0 && z->avail_out > 0;
    }
    if (rc != PM_OK || last) {
        (void)deflateEnd(z);
        c->packing = false;
    }
    return rc;
}

/* ---- content codings of HTTP ---- */

/* RFC 9110, 8.4.1.3: like a .gz file a body may have several members; what follows the last is let
 * be. */
static int
decode_gzip(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    size_t used = 0;
    int rc;

    do {
        rc = pm_codec_gzip_member(c, src, dst, &used, err);
        src.ptr += used;
        src.len -= used;
    } while (rc == PM_OK && src.len > 2 && src.ptr[0] == '\x1f' && src.ptr[1] == '\x8b');
    return rc;
}

/* RFC 9110, 8.4.1.2: "deflate" is the zlib format; servers that send raw deflate instead are many.
 */
static int
decode_deflate(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    const unsigned char *u = (const unsigned char *)src.ptr;
    bool zlib = src.len >= 2 && (u[0] & 0x0f) == Z_DEFLATED && (u[0] << 8 | u[1]) % 31 == 0;
    size_t used;
    int rc = one_call(c, zlib ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex, src, dst, &used, err);

    return rc == PM_SKIP ? z_whole(c, zlib ? ZLIB_BITS : RAW_BITS, src, dst, &used, err) : rc;
}

static int
decode_br(struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    const uint8_t *next_in = (const uint8_t *)src.ptr;
    size_t in = src.len;
    int rc = PM_OK;

    if (b == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (;;) {
        size_t n, out;
        uint8_t over = 0; /* as in z_step() */
        char *room = pm_codec_room(dst, &n);
        uint8_t *next_out = n > 0 ? (uint8_t *)room : &over;
        BrotliDecoderResult r;

        rc = pm_buf_check(dst, err);
        if (rc != PM_OK)
            break;
        out = n > 0 ? n : 1;
        r = BrotliDecoderDecompressStream(b, &in, &next_in, &out, &next_out, NULL);
        if (n > 0)
            dst->len += n - out;
        else if (out == 0)
            rc = pm_fail(err, PM_ELIMIT, "over the limit of %zu bytes", dst->max);
        if (rc != PM_OK || r == BROTLI_DECODER_RESULT_SUCCESS)
            break;
        if (r != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
            rc = pm_fail(err, PM_ECORRUPT, "%s",
                         r == BROTLI_DECODER_RESULT_ERROR ? "damaged brotli data" : "compressed data is cut off");
            break;
        }
    }
    BrotliDecoderDestroyInstance(b);
    return rc;
}

static int
decode_zstd(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    size_t used = 0;
    int rc;

    do {
        rc = pm_codec_unzstd(c, NULL, src, dst, &used, err);
        src.ptr += used;
        src.len -= used;
    } while (rc == PM_OK && src.len > 0);
    return rc;
}

int
pm_codec_decode(struct pm_codec *c, enum pm_coding coding, struct pm_str src, struct pm_buf *dst, struct pm_err *err)
{
    switch (coding) {
    case PM_CODING_IDENTITY:
        pm_buf_str(dst, src);
        return pm_buf_check(dst, err);
    case PM_CODING_GZIP:
        return decode_gzip(c, src, dst, err);
    case PM_CODING_DEFLATE:
        return decode_deflate(c, src, dst, err);
    case PM_CODING_BR:
        return decode_br(src, dst, err);
    case PM_CODING_ZSTD:
        return decode_zstd(c, src, dst, err);
    case PM_CODING_UNKNOWN:
        break;
    }
    return pm_fail(err, PM_EUNSUPPORTED, "unknown coding");
}

/* ---- streams ---- */

int
pm_codec_stream_begin(struct pm_codec *c, enum pm_coding coding, const struct pm_dict *dict, uint32_t window_log_max,
                      struct pm_err *err)
{
    c->stream = coding;
    if (coding == PM_CODING_GZIP)
        return z_begin(c, GZIP_BITS, err);
    if (coding != PM_CODING_ZSTD)
        return pm_fail(err, PM_EUNSUPPORTED, "unknown coding");
    if (pm_codec_dctx(c, dict, window_log_max) == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    return PM_OK;
}

int
pm_codec_stream(struct pm_codec *c, struct pm_str *src, struct pm_buf *dst, struct pm_err *err)
{
    return c->stream == PM_CODING_GZIP ? z_step(c, src, dst, err) : pm_codec_zstd_stream(c, src, dst, err);
}
