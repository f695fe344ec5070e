/* gzip members and zstd frames: the quick way, the whole way and the stream agree. */
#include <stdlib.h>

#include "codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20 };

static int
by_stream(struct pm_codec *c, enum pm_coding coding, struct pm_str src, struct pm_buf *out)
{
    size_t left, before;
    int rc = pm_codec_stream_begin(c, coding, NULL, 0, NULL);

    while (rc == PM_OK) {
        struct pm_str piece = PM_STRN(src.ptr, src.len < 97 ? src.len : 97);

        left = piece.len;
        before = out->len;
        rc = pm_codec_stream(c, &piece, out, NULL);
        src.ptr += left - piece.len;
        src.len -= left - piece.len;
        if (rc == PM_OK && left == piece.len && out->len == before)
            return PM_ECORRUPT;
    }
    return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_codec *c;
    struct pm_str src = PM_STRN((const char *)data, size);
    struct pm_buf a = PM_BUF_INIT(OUT_MAX), b = PM_BUF_INIT(OUT_MAX);
    size_t used = 0;
    bool gzip = size > 1 && data[0] == 0x1f;
    int rc, rs;

    if (c == NULL && pm_codec_new(&c, NULL) != PM_OK)
        return 0;
    rc = gzip ? pm_codec_gzip_member(c, src, &a, &used, NULL)
              : pm_codec_unzstd(c, NULL, src, &a, &used, NULL);
    rs = by_stream(c, gzip ? PM_CODING_GZIP : PM_CODING_ZSTD, src, &b);
    if (used > size || a.len > OUT_MAX)
        abort();
    /*
     * The stream may refuse what the quick way takes: libzstd's some odd frames, zlib's a wrong
     * checksum of a header (RFC 1952, FHCRC). What both take is the same.
     */
    if (rc == PM_OK && rs == PM_DONE && !pm_str_eq(pm_buf_span(&a), pm_buf_span(&b)))
        abort();
    pm_buf_reset(&a);
    (void)pm_codec_decode(c, PM_CODING_BR, src, &a, NULL);
    pm_buf_reset(&a);
    (void)pm_codec_decode(c, PM_CODING_DEFLATE, src, &a, NULL);
    pm_buf_release(&a);
    pm_buf_release(&b);
    return 0;
}
