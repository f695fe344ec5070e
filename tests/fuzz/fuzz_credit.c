#include <stdlib.h>

#include "credit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Lines: the first is a site's URL, the second an author; the rest are blocks, dropped when they start with "-". A mark
 * behind that makes one a heading ("#"), a caption ("^") or a headline ("!"). */
static void
mark(struct pm_block *b)
{
    size_t at = b->kept ? 0 : 1;

    if (at >= b->text.len || strchr("#^!", b->text.ptr[at]) == NULL || b->text.ptr[at] == '\0')
        return;
    b->kind = b->text.ptr[at] == '#' ? PM_BLOCK_HEADING : PM_BLOCK_PARA;
    b->rule = b->text.ptr[at] == '^' ? "caption" : b->text.ptr[at] == '!' ? "headline" : NULL;
    b->text = PM_STRN(b->text.ptr + at + 1, b->text.len - at - 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_agencies *agencies;
    static struct pm_arena *arena;
    struct pm_str rest = PM_STRN((const char *)data, size), line[64];
    struct pm_block blocks[64] = {0};
    struct pm_credit *found;
    size_t n = 0, n_found;

    if (agencies == NULL && pm_agencies_new(&agencies, PM_STR_NULL, NULL) != PM_OK)
        abort();
    if (arena == NULL)
        arena = pm_arena_new(1 << 20);
    pm_arena_reset(arena);
    while (rest.len > 0 && n < 64) {
        const char *nl = memchr(rest.ptr, '\n', rest.len);
        size_t len = nl ? (size_t)(nl - rest.ptr) : rest.len;

        line[n] = PM_STRN(rest.ptr, len);
        blocks[n].kept = len == 0 || rest.ptr[0] != '-';
        blocks[n].text = PM_STRN(rest.ptr, len);
        mark(&blocks[n++]);
        rest = PM_STRN(rest.ptr + len + (nl != NULL), rest.len - len - (nl != NULL));
    }
    if (n > 2) {
        struct pm_credit_input in = {.url = line[0],
                                     .authors = &line[1],
                                     .n_authors = 1,
                                     .sources = &line[2],
                                     .n_sources = 1,
                                     .blocks = &blocks[2],
                                     .n_blocks = n - 2};

        if (pm_credit_find(agencies, &in, arena, &found, &n_found, NULL) != PM_OK)
            abort();
    }
    if (size < 256) {
        struct pm_agencies *own = NULL;

        if (pm_agencies_new(&own, PM_STRN((const char *)data, size), NULL) == PM_OK)
            pm_agencies_free(own);
    }
    return 0;
}
