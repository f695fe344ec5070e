#include "when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_str text = PM_STRN((const char *)data, size), span = PM_STR_NULL;
    struct pm_buf b = PM_BUF_INIT(128);
    struct pm_when w = PM_WHEN_INIT;

    if (pm_when_read(text, &w))
        pm_when_put(&b, &w);
    if (pm_when_find_read(text, &w, &span)) {
        if (span.ptr < text.ptr || span.ptr + span.len > text.ptr + text.len)
            __builtin_trap();
        pm_when_put(&b, &w);
        pm_when_iso(&b, w.us);
    }
    if (b.failed)
        __builtin_trap();
    pm_buf_release(&b);
    return 0;
}
