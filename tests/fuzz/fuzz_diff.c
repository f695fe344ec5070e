/* Any two texts: the runs rebuild both, words add up. */
#include <stdlib.h>
#include <string.h>

#include "diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *cut = memchr(data, '\0', size);
    size_t n = cut != NULL ? (size_t)(cut - data) : size / 2, skip = n + (cut != NULL);
    struct pm_str texts[2] = {PM_STRN((const char *)data, n), PM_STRN((const char *)data + skip, size - skip)};
    const char *at[2] = {texts[0].ptr, texts[1].ptr};
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_err err;
    struct pm_diff d;

    if (arena == NULL)
        return 0;
    if (pm_diff(texts[0], texts[1], PM_DIFF_WORD, arena, &d, &err) == PM_OK)
        for (size_t i = 0; i < d.n_runs; i++) {
            int side = d.runs[i].op == PM_DIFF_ADD;

            /* Runs follow each other in their text. */
            if (d.runs[i].text.ptr < at[side] || d.runs[i].text.len == 0 ||
                d.runs[i].text.ptr + d.runs[i].text.len > texts[side].ptr + texts[side].len)
                abort();
            at[side] = d.runs[i].text.ptr + d.runs[i].text.len;
        }
    pm_arena_free(arena);
    return 0;
}
