/*
 * Texts stored as patches of their page. The first two bytes say how much of the rest is the page: what is behind it is taken for a
 * patch, and for a text, which comes back as it went in.
 */
#include <stdlib.h>

#include "sum.h"
#include "text_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 23 };

static void
there_and_back(struct pm_codec *c, struct pm_str page, struct pm_str text)
{
    struct pm_buf block = PM_BUF_INIT(OUT_MAX), back = PM_BUF_INIT(OUT_MAX);
    struct pm_str type, got;

    if (pm_text_pack(c, page, text, &block, &type, NULL) != PM_OK)
        abort();
    got = pm_buf_span(&block);
    if (pm_str_eq(type, PM_STR(PM_TEXT_PATCH_TYPE))) {
        if (block.len >= text.len || pm_codec_unpatch(c, page, got, &back, NULL) != PM_OK)
            abort();
        got = pm_buf_span(&back);
    }
    if (!pm_str_eq(got, text))
        abort();
    pm_buf_release(&block);
    pm_buf_release(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_codec *c;
    struct pm_buf out = PM_BUF_INIT(OUT_MAX);
    struct pm_str page, rest;
    size_t n;
    int rc;

    if ((c == NULL && pm_codec_new(&c, NULL) != PM_OK) || size < 2)
        return 0;
    n = (size_t)data[0] | (size_t)data[1] << 8;
    data += 2;
    size -= 2;
    n = n < size ? n : size;
    page = PM_STRN((const char *)data, n);
    rest = PM_STRN((const char *)data + n, size - n);
    rc = pm_codec_unpatch(c, page, rest, &out, NULL);
    if (rc != PM_OK && rc != PM_ECORRUPT)
        abort();
    (void)sum(pm_buf_span(&out));
    there_and_back(c, page, rest);
    pm_buf_release(&out);
    return 0;
}
