#include <stdlib.h>

#include "clean_text.h"
#include "text_score.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Text up to the first NUL is the page, what is behind it its URL. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_phrases *phrases;
    static struct pm_arena *arena;
    const uint8_t *nul = memchr(data, 0, size);
    struct pm_str text = PM_STRN((const char *)data, nul ? (size_t)(nul - data) : size);
    struct pm_str url = nul ? PM_STRN((const char *)nul + 1, size - text.len - 1) : PM_STR_NULL;
    struct pm_article a;
    struct pm_text_sources sources;
    struct pm_err err = {0};
    size_t kept = 0;
    int rc;

    if (phrases == NULL && pm_phrases_new(&phrases, &err) != PM_OK)
        abort();
    if (arena == NULL)
        arena = pm_arena_new((size_t)64 << 20);
    pm_arena_reset(arena);
    rc = pm_clean_text(phrases, &pm_text_weights, text, url, arena, &a, &sources, &err);
    if (rc < 0)
        return 0;
    for (size_t i = 0; i < a.n_blocks; i++) {
        if (a.blocks[i].text.len == 0 || a.blocks[i].rule == NULL ||
            memchr(a.blocks[i].text.ptr, '\n', a.blocks[i].text.len) != NULL)
            abort();
        kept += a.blocks[i].kept;
    }
    if ((rc == PM_OK) != (kept > 0))
        abort();
    return 0;
}
