/* What the manifest, and the metadata records that it is made from, hold packed: fingerprints, blocks, boilerplate, rows as JSON. */
#include <stdlib.h>

#include "boilerplate.h"
#include "furniture.h"
#include "meta.h"
#include "sum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20 };

/* A fingerprint that can be read can be written, and is then read as the same. */
static void
fingerprint(struct pm_str packed, struct pm_arena *arena)
{
    struct pm_buf again = PM_BUF_INIT(OUT_MAX), third = PM_BUF_INIT(OUT_MAX);
    struct pm_fingerprint f, g;

    if (pm_fingerprint_unpack(packed, arena, &f, NULL) == PM_OK) {
        pm_fingerprint_pack(&f, &again);
        if (pm_fingerprint_unpack(pm_buf_span(&again), arena, &g, NULL) != PM_OK)
            abort();
        pm_fingerprint_pack(&g, &third);
        if (!pm_str_eq(pm_buf_span(&again), pm_buf_span(&third)))
            abort();
    }
    pm_buf_release(&again);
    pm_buf_release(&third);
}

static void
boilerplate(struct pm_str packed)
{
    struct pm_known k = PM_KNOWN_INIT;

    if (pm_known_unpack(packed, &k, NULL) == PM_OK) {
        for (size_t i = 0; i < k.all.n; i++)
            if (!pm_is_boilerplate(&k.all, k.all.hashes[i]))
                abort();
        (void)pm_is_boilerplate(&k.furniture, packed.len);
    }
    pm_known_release(&k);
}

/* A row of a metadata record, written and read again, is the same. */
static void
meta(struct pm_str json, struct pm_arena *arena)
{
    struct pm_buf first = PM_BUF_INIT(OUT_MAX), second = PM_BUF_INIT(OUT_MAX);
    struct pm_meta a, b;

    if (pm_meta_parse(json, arena, &a, NULL) == PM_OK) {
        pm_meta_print(&a.row, a.has_original ? a.original : NULL, &first);
        if (pm_meta_parse(pm_buf_span(&first), arena, &b, NULL) != PM_OK)
            abort();
        pm_meta_print(&b.row, b.has_original ? b.original : NULL, &second);
        if (!pm_str_eq(pm_buf_span(&first), pm_buf_span(&second)))
            abort();
    }
    pm_buf_release(&first);
    pm_buf_release(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_arena *arena;
    struct pm_str bytes = PM_STRN((const char *)data, size);
    struct pm_packed_block blocks[PM_BLOCKS_MAX];
    uint32_t text_bytes;

    if (arena == NULL && (arena = pm_arena_new(1 << 24)) == NULL)
        return 0;
    pm_arena_reset(arena);
    if (pm_blocks_unpack(bytes, blocks, &text_bytes) > PM_BLOCKS_MAX)
        abort();
    fingerprint(bytes, arena);
    boilerplate(bytes);
    meta(bytes, arena);
    return 0;
}
