/* Any text and any choice of its blocks as furniture: what stays is lines of it in their order, never nothing; packed blocks. */
#include <stdlib.h>
#include <string.h>

#include "furniture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct pm_piece *)a)->hash, y = ((const struct pm_piece *)b)->hash;

    return x < y ? -1 : x > y;
}

/* The first byte chooses: its low bits which blocks are furniture, the next whether texts open with them. */
static size_t
choose(unsigned choice, const struct pm_packed_block *v, size_t n, struct pm_piece *pieces)
{
    size_t chosen = 0;

    for (size_t i = 0; i < n; i++)
        if (v[i].hash % 16 < (choice & 15))
            pieces[chosen++] = (struct pm_piece){v[i].hash, 1, 1, (v[i].hash >> 8) % 16 < choice >> 4};
    if (chosen > 0)
        qsort(pieces, chosen, sizeof(*pieces), by_hash);
    return chosen;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_packed_block v[PM_BLOCKS_MAX];
    struct pm_piece pieces[PM_BLOCKS_MAX];
    struct pm_furniture set = {pieces, 0};
    struct pm_buf packed = PM_BUF_INIT(1 << 20), out = PM_BUF_INIT(1 << 24);
    const struct pm_piece *piece;
    struct pm_unfurnish u;
    struct pm_str text, block;
    size_t n, at = 0;
    uint32_t bytes = 0;
    bool first = true, words = false;

    if (size == 0)
        return 0;
    text = PM_STRN((const char *)data + 1, size - 1);
    (void)pm_blocks_unpack(text, v, &bytes); /* as if a manifest held it */
    pm_blocks_pack(text, &packed);
    n = pm_blocks_unpack(pm_buf_span(&packed), v, &bytes);
    if (bytes != text.len || packed.len != 4 + 10 * n)
        abort();
    set.n = choose(data[0], v, n, pieces);
    pm_unfurnish(&set, text, &out);
    if (out.failed || out.len > text.len)
        abort();
    for (pm_unfurnish_begin(&u, &set, text); pm_unfurnish_next(&u, &block, &piece);) {
        if (piece != NULL)
            continue;
        at += !first && set.n > 0;
        if (set.n > 0 && (at > out.len || out.len - at < block.len || memcmp(out.data + at, block.ptr, block.len) != 0))
            abort();
        at += block.len;
        first = false;
        words = words || block.len > 0;
    }
    /* Something stays of what there was. */
    for (size_t i = 0; !words && i < text.len; i++)
        if (text.ptr[i] != '\n')
            abort();
    pm_buf_release(&packed);
    pm_buf_release(&out);
    return 0;
}
