/* HTTP heads, parameters, chunks and codings. */
#include <stdlib.h>

#include "http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_codec *codec;
    struct pm_str block = PM_STRN((const char *)data, size);
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    const char *odd = NULL;
    struct pm_http http;
    struct pm_str type;
    int rc;

    if (codec == NULL && pm_codec_new(&codec, NULL) != PM_OK)
        return 0;
    if (pm_http_parse(block, &http, NULL) != PM_OK)
        return 0;
    if (http.head.len + http.body.len != size || http.head.ptr != block.ptr)
        abort();
    type = pm_http_field(http.head, PM_STR("content-type"));
    type = pm_http_param(type, PM_STR("charset"));
    if (type.ptr != NULL && (type.ptr < block.ptr || type.ptr + type.len > block.ptr + size))
        abort();
    rc = pm_http_decode(codec, &http, &out, &odd, NULL);
    if (rc != PM_OK && rc != PM_ELIMIT)
        abort();
    pm_buf_release(&out);
    return 0;
}
