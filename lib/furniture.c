#include "furniture.h"

#include <stdlib.h>
#include <xxhash.h>

#include "text.h"

enum {
    PACKED_HEAD = 4,  /* bytes of the text */
    PACKED_BLOCK = 10, /* hash, bytes; their highest bit: it is one of the first */
    FIRST_BIT = 0x8000,
    SETS_MEMORY = 256 << 20,
};

uint64_t
pm_block_hash(struct pm_str block)
{
    return XXH3_64bits(block.ptr, block.len);
}

/* Cut the first line off `text`. False when there is none. */
static bool
next_line(const char **at, const char *end, struct pm_str *line)
{
    const char *stop;

    if (*at >= end)
        return false;
    stop = memchr(*at, '\n', (size_t)(end - *at));
    if (stop == NULL)
        stop = end;
    *line = PM_STRN(*at, (size_t)(stop - *at));
    *at = stop < end ? stop + 1 : end;
    return true;
}

/* ---- packed ---- */

static bool
may_be_furniture(struct pm_str block)
{
    return block.len > 0 && block.len <= PM_BLOCK_BYTES_MAX;
}

static void
pack_block(struct pm_str block, bool first, struct pm_buf *dst)
{
    unsigned n = (unsigned)block.len | (first ? FIRST_BIT : 0);

    pm_buf_le64(dst, pm_block_hash(block));
    pm_buf_putc(dst, (char)(n & 0xFF));
    pm_buf_putc(dst, (char)(n >> 8));
}

/* Of a long text the blocks at its start and its end: furniture in its middle stands at the ends of others. */
void
pm_blocks_pack(struct pm_str text, struct pm_buf *dst)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    size_t n = 0, i = 0, lines = 0;
    struct pm_str line;

    while (next_line(&at, end, &line))
        n += may_be_furniture(line);
    pm_buf_le32(dst, text.len < UINT32_MAX ? (uint32_t)text.len : UINT32_MAX);
    at = text.ptr;
    while (next_line(&at, end, &line)) {
        lines++;
        if (!may_be_furniture(line))
            continue;
        if (i < PM_BLOCKS_MAX / 2 || i + PM_BLOCKS_MAX / 2 >= n)
            pack_block(line, lines <= PM_BLOCKS_FIRST, dst);
        i++;
    }
}

static uint64_t
little(const unsigned char *p, size_t n)
{
    uint64_t v = 0;

    for (size_t i = n; i > 0; i--)
        v = v << 8 | p[i - 1];
    return v;
}

size_t
pm_blocks_unpack(struct pm_str packed, struct pm_packed_block v[PM_BLOCKS_MAX], uint32_t *text_bytes)
{
    const unsigned char *p = (const unsigned char *)packed.ptr;
    size_t n;

    if (packed.len < PACKED_HEAD || (packed.len - PACKED_HEAD) % PACKED_BLOCK != 0)
        return 0;
    n = (packed.len - PACKED_HEAD) / PACKED_BLOCK;
    if (n > PM_BLOCKS_MAX)
        return 0;
    *text_bytes = (uint32_t)little(p, PACKED_HEAD);
    p += PACKED_HEAD;
    for (size_t i = 0; i < n; i++, p += PACKED_BLOCK) {
        v[i].hash = little(p, 8);
        v[i].bytes = (uint32_t)little(p + 8, 2) & (FIRST_BIT - 1);
        v[i].first = (little(p + 8, 2) & FIRST_BIT) != 0;
    }
    return n;
}

/* ---- sets ---- */

struct outlet {
    uint64_t hash; /* of its name */
    struct pm_furniture set;
};

struct pm_furnisher {
    struct pm_manifest *manifest;
    struct pm_arena *arena;  /* of the pieces */
    struct outlet **outlets; /* open addressing; allocated one by one, since sets are lent out */
    size_t n, cap;           /* cap: a power of two, or 0 */
};

static const struct pm_furniture bare = {NULL, 0};

int
pm_furnisher_new(struct pm_furnisher **dst, struct pm_manifest *m, struct pm_err *err)
{
    struct pm_furnisher *f = calloc(1, sizeof(*f));

    if (f == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    f->manifest = m;
    f->arena = pm_arena_new(SETS_MEMORY);
    if (f->arena == NULL) {
        free(f);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = f;
    return PM_OK;
}

void
pm_furnisher_free(struct pm_furnisher *f)
{
    if (f == NULL)
        return;
    pm_arena_free(f->arena);
    free(f->outlets);
    free(f);
}

static struct outlet **
slot_of(struct outlet **outlets, size_t cap, uint64_t hash)
{
    size_t i = (size_t)hash & (cap - 1);

    while (outlets[i] != NULL && outlets[i]->hash != hash)
        i = (i + 1) & (cap - 1);
    return &outlets[i];
}

static int
make_room(struct pm_furnisher *f, struct pm_err *err)
{
    size_t cap = f->cap > 0 ? 2 * f->cap : 64;
    struct outlet **grown;

    if (2 * (f->n + 1) <= f->cap)
        return PM_OK;
    grown = calloc(cap, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < f->cap; i++)
        if (f->outlets[i] != NULL)
            *slot_of(grown, cap, f->outlets[i]->hash) = f->outlets[i];
    free(f->outlets);
    f->outlets = grown;
    f->cap = cap;
    return PM_OK;
}

/* The rows of an outlet under way to its set. */
struct gather {
    struct pm_piece *pieces;
    size_t n, cap;
    struct pm_err *err;
};

static int
gather_piece(void *ctx, const struct pm_furniture_row *row)
{
    struct gather *g = ctx;
    struct pm_piece *grown = pm_grow(g->pieces, &g->cap, g->n + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(g->err, PM_ENOMEM, "out of memory");
    g->pieces = grown;
    g->pieces[g->n++] = (struct pm_piece){row->hash, row->captures, row->of, row->opens};
    return PM_OK;
}

static int
by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct pm_piece *)a)->hash, y = ((const struct pm_piece *)b)->hash;

    return x < y ? -1 : x > y;
}

static int
load_set(struct pm_furnisher *f, struct pm_str name, struct outlet *o, struct pm_err *err)
{
    struct gather g = {NULL, 0, 0, err};
    struct pm_piece *kept;
    int rc = pm_manifest_each_furniture(f->manifest, name, gather_piece, &g, err);

    if (rc == PM_OK && g.n > 0) {
        qsort(g.pieces, g.n, sizeof(*g.pieces), by_hash);
        kept = pm_arena_array(f->arena, g.n, sizeof(*kept));
        if (kept != NULL) {
            memcpy(kept, g.pieces, g.n * sizeof(*kept));
            o->set = (struct pm_furniture){kept, g.n};
        }
        rc = pm_arena_check(f->arena, err);
    }
    free(g.pieces);
    return rc;
}

int
pm_furnisher_find(struct pm_furnisher *f, struct pm_str name, const struct pm_furniture **dst, struct pm_err *err)
{
    uint64_t hash;
    struct outlet *o;
    int rc;

    *dst = &bare;
    if (name.len == 0)
        return PM_OK;
    hash = XXH3_64bits(name.ptr, name.len);
    if (f->cap > 0 && *slot_of(f->outlets, f->cap, hash) != NULL) {
        *dst = &(*slot_of(f->outlets, f->cap, hash))->set;
        return PM_OK;
    }
    rc = make_room(f, err);
    if (rc != PM_OK)
        return rc;
    o = pm_arena_alloc(f->arena, sizeof(*o));
    if (o == NULL)
        return pm_arena_check(f->arena, err);
    o->hash = hash;
    rc = load_set(f, name, o, err);
    if (rc != PM_OK)
        return rc;
    *slot_of(f->outlets, f->cap, hash) = o;
    f->n++;
    *dst = &o->set;
    return PM_OK;
}

static const struct pm_piece *
find_piece(const struct pm_furniture *set, struct pm_str block)
{
    size_t low = 0, high = set->n;
    uint64_t hash;

    if (set->n == 0 || !may_be_furniture(block))
        return NULL;
    hash = pm_block_hash(block);
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (set->pieces[mid].hash < hash)
            low = mid + 1;
        else
            high = mid;
    }
    return low < set->n && set->pieces[low].hash == hash ? &set->pieces[low] : NULL;
}

/* ---- texts ---- */

/* Where the run of furniture that ends a text begins. */
static const char *
last_run(const struct pm_furniture *set, const char *from, const char *end)
{
    const char *run = end;

    while (run > from) {
        const char *stop = run[-1] == '\n' ? run - 1 : run, *start = stop;

        while (start > from && start[-1] != '\n')
            start--;
        if (stop > start && find_piece(set, PM_STRN(start, (size_t)(stop - start))) == NULL)
            break;
        run = start;
    }
    return run;
}

/* Furniture that a text may begin with, and an empty line. */
static bool
may_open(const struct pm_furniture *set, struct pm_str block)
{
    const struct pm_piece *p = find_piece(set, block);

    return block.len == 0 || (p != NULL && p->opens);
}

void
pm_unfurnish_begin(struct pm_unfurnish *u, const struct pm_furniture *set, struct pm_str text)
{
    const char *end = text.ptr + text.len, *at = text.ptr;
    struct pm_str line;

    *u = (struct pm_unfurnish){set, text.ptr, end, text.ptr, end, 0};
    if (set->n == 0 || text.len == 0)
        return;
    while (u->from < end && next_line(&at, end, &line) && may_open(set, line))
        u->from = at;
    if (u->from == end) { /* all of it */
        u->set = &bare;
        u->from = text.ptr;
        return;
    }
    u->to = last_run(set, u->from, end);
}

bool
pm_unfurnish_next(struct pm_unfurnish *u, struct pm_str *block, const struct pm_piece **piece)
{
    const struct pm_piece *p;
    bool outside;

    *piece = NULL;
    if (!next_line(&u->at, u->end, block))
        return false;
    p = find_piece(u->set, *block);
    outside = block->ptr < u->from || block->ptr >= u->to;
    if (p != NULL && (p->opens || u->kept >= PM_BLOCKS_FIRST) &&
        (outside || pm_text_words(*block) >= PM_BLOCK_SHORT_WORDS))
        *piece = p;
    u->kept += *piece == NULL && block->len > 0;
    return true;
}

void
pm_unfurnish(const struct pm_furniture *set, struct pm_str text, struct pm_buf *dst)
{
    const struct pm_piece *piece;
    struct pm_unfurnish u;
    struct pm_str block;
    bool first = true;

    if (set->n == 0) {
        pm_buf_str(dst, text);
        return;
    }
    for (pm_unfurnish_begin(&u, set, text); pm_unfurnish_next(&u, &block, &piece);) {
        if (piece != NULL)
            continue;
        if (!first)
            pm_buf_putc(dst, '\n');
        pm_buf_str(dst, block);
        first = false;
    }
}
