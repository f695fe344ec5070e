/*
 * furniture.h - blocks that many captures of one outlet share, and texts without them.
 *
 * What cleaning one page cannot know: a cookie line, a box to subscribe, the house's footer read like prose, but stand on page
 * after page of an outlet. learn.h finds them; they are rows of the manifest, and are taken off when a text is given out,
 * compared or shown. The text in the bundle stays what cleaning made of the one page, so nothing is lost with a block that
 * came off, a page taken in first is treated like one taken in last, and the bundles alone give the same rows again.
 *
 * A block is a line of a cleaned text; two are the same when their bytes are (white space is squeezed already). A set is
 * read-only once made and safe from any thread.
 */
#ifndef PM_FURNITURE_H
#define PM_FURNITURE_H

#include "manifest.h"

enum {
    PM_BLOCK_BYTES_MAX = 1200,  /* a longer block is never furniture */
    PM_BLOCK_SHORT_WORDS = 6,   /* fewer may be a heading of the text: it comes off at its ends only */
    PM_BLOCKS_FIRST = 3,        /* of a text: what is shown of it on other pages, to make readers open it, may stand here */
};

/* The blocks of a text as the manifest keeps them: appended to `dst`, ten bytes a block. */
void pm_blocks_pack(struct pm_str text, struct pm_buf *dst);

struct pm_packed_block {
    uint64_t hash;
    uint32_t bytes;
    bool first; /* one of the first PM_BLOCKS_FIRST */
};

/* Back: up to PM_BLOCKS_MAX of them in `v`, and the bytes of the text they stand in. 0 when `packed` is not of our making. */
enum { PM_BLOCKS_MAX = 256 };
size_t pm_blocks_unpack(struct pm_str packed, struct pm_packed_block v[PM_BLOCKS_MAX], uint32_t *text_bytes);

uint64_t pm_block_hash(struct pm_str block);

/* ---- sets ---- */

struct pm_piece { /* of furniture */
    uint64_t hash;
    uint32_t captures, of; /* it stands in so many of so many */
    bool opens;            /* comes off the first blocks of a text too */
};

/* The furniture of one outlet, ascending by hash. */
struct pm_furniture {
    const struct pm_piece *pieces;
    size_t n;
};

/* Sets of the outlets met so far; what it lends lives as long as it does. One thread. */
struct pm_furnisher;

/* `m` is borrowed. */
int pm_furnisher_new(struct pm_furnisher **dst, struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
void pm_furnisher_free(struct pm_furnisher *f);
/* The set of an outlet (absent: the empty set). */
int pm_furnisher_find(struct pm_furnisher *f, struct pm_str outlet, const struct pm_furniture **dst,
                      struct pm_err *err) PM_MUST_USE;

/* ---- texts ---- */

/* A walk over the blocks of a text that tells which come off. */
struct pm_unfurnish {
    const struct pm_furniture *set;
    const char *at, *end;
    const char *from, *to; /* outside of them all is furniture */
    unsigned kept;         /* blocks that stayed so far, empty ones aside */
};

/* Both are borrowed. A text of nothing but furniture is left whole. */
void pm_unfurnish_begin(struct pm_unfurnish *u, const struct pm_furniture *set, struct pm_str text);
/* The next block; *piece: why it comes off, NULL if it stays. False at the end. */
bool pm_unfurnish_next(struct pm_unfurnish *u, struct pm_str *block, const struct pm_piece **piece);

/* Append the text without furniture. */
void pm_unfurnish(const struct pm_furniture *set, struct pm_str text, struct pm_buf *dst);

#endif
