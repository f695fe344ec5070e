/* An HTTP body in pieces gives what it gives whole. */
#include <stdlib.h>

#include "../unit/pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20 };

/* The first byte of the input says how long pieces are. */
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
