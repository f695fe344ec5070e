/* MHTML files, and what bytes are taken for. */
#include <stdlib.h>

#include "mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_arena *arena;
    struct pm_str bytes = PM_STRN((const char *)data, size);
    struct pm_mhtml m;

    if (arena == NULL)
        arena = pm_arena_new(1 << 22);
    if (arena == NULL)
        return 0;
    pm_arena_reset(arena);
    (void)pm_mime_media(bytes, PM_STR_NULL, PM_STR("x.html"));
    (void)pm_mime_media(bytes, PM_STR_NULL, PM_STR_NULL);
    if (pm_mhtml_sniff(bytes) && pm_mhtml_parse(bytes, arena, &m, NULL) == PM_OK &&
        m.html.len > size)
        abort();
    return 0;
}
