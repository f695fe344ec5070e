#include "bundle_parity.h"

#include <xxhash.h>

/*
 * The frame: magic, its size (both as of any skippable frame), SIGNATURE, then as 32-bit numbers the length of what is
 * covered, the size of a block and the number of parity blocks; a check of each block; the parity blocks; a check of
 * all before it.
 */
enum {
    BLOCK = 1024,
    SHARE = 64, /* data blocks to a parity block, */
    PARITY_MIN = 2,
    PARITY_MOST = 5, /* but no fewer, and no more: these mend a sector of 4 KiB wherever it lies */
    FRAME_HEADER = 8,
    NUMBERS = 12,
    CHECK = 4,
    TAIL = 8,
    FINDS_MAX = 256, /* places that look like one; each may cost as much as reading all of it */
};
#define SIGNATURE "PMPARITY"

struct layout {
    size_t covered, block, parity; /* bytes, bytes of a block, number of parity blocks */
    size_t n;                      /* data blocks */
    const char *checks;
    const char *blocks;
    size_t length; /* of the frame */
};

static uint32_t
get32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

static uint32_t
check_of(const char *block, size_t n)
{
    return (uint32_t)XXH3_64bits(block, n);
}

static void
add_block(char *sum, const char *block, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum[i] = (char)(sum[i] ^ block[i]);
}

static size_t
block_length(size_t covered, size_t block, size_t i)
{
    return covered - i * block < block ? covered - i * block : block;
}

int
pm_parity_write(struct pm_str frame, struct pm_buf *dst, struct pm_err *err)
{
    size_t n = (frame.len + BLOCK - 1) / BLOCK, share = n / SHARE < PARITY_MOST ? n / SHARE : PARITY_MOST,
           parity = share > PARITY_MIN ? share : PARITY_MIN,
           size = sizeof(SIGNATURE) - 1 + NUMBERS + n * CHECK + parity * BLOCK + TAIL, start = dst->len;
    char *sums;

    pm_buf_le32(dst, PM_PARITY_MAGIC);
    pm_buf_le32(dst, (uint32_t)size);
    pm_buf_cstr(dst, SIGNATURE);
    pm_buf_le32(dst, (uint32_t)frame.len);
    pm_buf_le32(dst, BLOCK);
    pm_buf_le32(dst, (uint32_t)parity);
    for (size_t i = 0; i < n; i++)
        pm_buf_le32(dst, check_of(frame.ptr + i * BLOCK, block_length(frame.len, BLOCK, i)));
    sums = pm_buf_room(dst, parity * BLOCK);
    if (sums == NULL)
        return pm_buf_check(dst, err);
    memset(sums, 0, parity * BLOCK);
    for (size_t i = 0; i < n; i++)
        add_block(sums + i % parity * BLOCK, frame.ptr + i * BLOCK, block_length(frame.len, BLOCK, i));
    dst->len += parity * BLOCK;
    pm_buf_le64(dst, XXH3_64bits(dst->data + start, dst->len - start));
    return pm_buf_check(dst, err);
}

bool
pm_parity_is(struct pm_str start, size_t *length)
{
    if (start.len < PM_PARITY_HEAD || get32(start.ptr) != PM_PARITY_MAGIC ||
        memcmp(start.ptr + FRAME_HEADER, SIGNATURE, sizeof(SIGNATURE) - 1) != 0)
        return false;
    *length = FRAME_HEADER + (size_t)get32(start.ptr + 4);
    return true;
}

/* The frame at `at`, which must be whole and cover all before it. */
static bool
read_layout(struct pm_str start, size_t at, struct layout *l)
{
    const char *p = start.ptr + at, *numbers = p + PM_PARITY_HEAD;
    size_t left = start.len - at;

    if (!pm_parity_is(PM_STRN(p, left), &l->length) || l->length > left || l->length < PM_PARITY_HEAD + NUMBERS + TAIL)
        return false;
    l->covered = get32(numbers);
    l->block = get32(numbers + 4);
    l->parity = get32(numbers + 8);
    if (l->covered != at || l->block == 0 || l->parity == 0 || l->block > l->length || l->parity > l->length)
        return false;
    l->n = (l->covered + l->block - 1) / l->block;
    l->checks = numbers + NUMBERS;
    l->blocks = l->checks + l->n * CHECK;
    if (l->n > l->length || PM_PARITY_HEAD + NUMBERS + l->n * CHECK + l->parity * l->block + TAIL != l->length)
        return false;
    p += l->length - TAIL;
    return XXH3_64bits(start.ptr + at, l->length - TAIL) == ((uint64_t)get32(p) | (uint64_t)get32(p + 4) << 32);
}

/* The only damaged block of those that parity block `j` is of, from all the others. */
static bool
mend_one(char *start, const struct layout *l, size_t j, size_t bad)
{
    size_t n = block_length(l->covered, l->block, bad);
    char *block = start + bad * l->block;

    memcpy(block, l->blocks + j * l->block, n);
    for (size_t i = j; i < l->n; i += l->parity) {
        size_t k = block_length(l->covered, l->block, i);

        if (i != bad)
            add_block(block, start + i * l->block, k < n ? k : n);
    }
    return check_of(block, n) == get32(l->checks + bad * CHECK);
}

static int
mend(char *start, const struct layout *l, struct pm_err *err)
{
    for (size_t j = 0; j < l->parity; j++) {
        size_t bad = SIZE_MAX;

        for (size_t i = j; i < l->n; i += l->parity) {
            if (check_of(start + i * l->block, block_length(l->covered, l->block, i)) == get32(l->checks + i * CHECK))
                continue;
            if (bad != SIZE_MAX)
                return pm_fail(err, PM_ECORRUPT, "too much of it is damaged");
            bad = i;
        }
        if (bad != SIZE_MAX && !mend_one(start, l, j, bad))
            return pm_fail(err, PM_ECORRUPT, "it cannot be mended");
    }
    return PM_OK;
}

int
pm_parity_mend(char *start, size_t n, size_t *length, struct pm_err *err)
{
    const struct pm_str all = PM_STRN(start, n), name = PM_STR(SIGNATURE);
    struct layout l;
    size_t at = 0;

    for (int finds = 0; finds < FINDS_MAX && (at = pm_str_find(all, name, at)) != SIZE_MAX; finds++) {
        if (at >= FRAME_HEADER && read_layout(all, at - FRAME_HEADER, &l)) {
            *length = l.covered;
            return mend(start, &l, err);
        }
        at++;
    }
    return PM_DONE;
}
