#include "repack_group.h"

#include <stdlib.h>

#include "dict.h"
#include "record.h"

enum {
    HEADS = 1 << 10,       /* room for those of a record */
    MODELS_MIN = 2,        /* a group of fewer has nothing in common */
    SLICES = 64,           /* of the content, for the entropy tables */
    EXAMPLES = 8,          /* texts' heads, and as much metadata, in a dictionary, */
    EXAMPLE_MAX = 8 << 10, /* of records that are no longer than this */
};

struct pm_group *
pm_group_new(size_t record_max, int level)
{
    struct pm_group *g = calloc(1, sizeof(*g));

    if (g == NULL)
        return NULL;
    g->level = level;
    g->raw = (struct pm_buf)PM_BUF_INIT(3 * record_max);
    g->frames = (struct pm_buf)PM_BUF_INIT(3 * record_max);
    g->dict_raw = (struct pm_buf)PM_BUF_INIT(PM_DICT_MAX);
    g->dict = (struct pm_buf)PM_BUF_INIT(2 * PM_DICT_MAX);
    return g;
}

void
pm_group_free(struct pm_group *g)
{
    if (g == NULL)
        return;
    pm_dict_free(g->ready);
    pm_buf_release(&g->raw);
    pm_buf_release(&g->frames);
    pm_buf_release(&g->dict_raw);
    pm_buf_release(&g->dict);
    free(g->parts);
    free(g);
}

void
pm_group_reset(struct pm_group *g)
{
    pm_dict_free(g->ready);
    g->ready = NULL;
    pm_buf_reset(&g->raw);
    pm_buf_reset(&g->frames);
    pm_buf_reset(&g->dict_raw);
    pm_buf_reset(&g->dict);
    g->n = 0;
}

struct pm_part *
pm_group_add(struct pm_group *g, const struct pm_stored *rec)
{
    struct pm_part *grown = pm_grow(g->parts, &g->cap, g->n + 1, sizeof(*grown)), *p;

    if (grown == NULL)
        return NULL;
    g->parts = grown;
    p = &grown[g->n++];
    *p = (struct pm_part){.rec = *rec};
    p->type_len = rec->type.len < sizeof(p->type) ? rec->type.len : sizeof(p->type);
    memcpy(p->type, rec->type.ptr, p->type_len);
    return p;
}

void
pm_group_drop(struct pm_group *g)
{
    g->n--;
}

uint64_t
pm_group_weight(uint64_t size)
{
    return size + HEADS < PM_GROUP_MODELS ? size + HEADS : PM_GROUP_MODELS;
}

/* ---- the dictionary ---- */

/* The models one after the other, as far as there is room. */
static size_t
gather(const struct pm_group *g, struct pm_buf *content)
{
    size_t at = 0, n = 0;

    for (size_t i = 0; i < g->n; i++) {
        const struct pm_part *p = &g->parts[i];
        size_t left = PM_GROUP_MODELS - content->len;

        if (p->model && left > 0) {
            pm_buf_add(content, g->raw.data + at, p->size < left ? p->size : left);
            n++;
        }
        at += p->size;
    }
    return n;
}

/*
 * Derived records of some captures: what those of all have in common, nearest to the data. Of a text the head alone,
 * for what is done to its page to get it is like nothing else.
 */
static void
add_examples(const struct pm_group *g, bool texts, struct pm_buf *content)
{
    const struct pm_str type = texts ? PM_STR("conversion") : PM_STR("metadata");
    size_t at = 0, seen = 0, step = g->n / (3 * EXAMPLES) + 1; /* a capture has three records */

    for (size_t i = 0; i < g->n; i++) {
        const struct pm_part *p = &g->parts[i];
        struct pm_str head, block;

        if (p->rec.capture != 0 && pm_str_eq(PM_STRN(p->type, p->type_len), type) && p->size <= EXAMPLE_MAX &&
            seen++ % step == 0 && p->size <= content->max - content->len &&
            pm_record_split(PM_STRN(g->raw.data + at, p->size), &head, &block))
            pm_buf_add(content, head.ptr, head.len + (texts ? 0 : block.len));
        at += p->size;
    }
}

static int
finalize(struct pm_str content, int level, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_str slices[SLICES];
    size_t step = content.len / SLICES;

    for (size_t i = 0; i < SLICES; i++)
        slices[i] = PM_STRN(content.ptr + i * step, step);
    return step > 0 ? pm_dict_of(slices, SLICES, content, level, dst, err) : PM_SKIP;
}

/* Make it smaller until it packs well enough; how well pages pack only packing tells. */
static int
make_fitting(struct pm_codec *codec, struct pm_str content, struct pm_group *g)
{
    int rc;

    for (;;) {
        double fit;

        pm_buf_reset(&g->dict_raw);
        pm_buf_reset(&g->dict);
        rc = finalize(content, g->level, &g->dict_raw, &g->err);
        if (rc == PM_OK)
            rc = pm_codec_zstd(codec, PM_DICT_LEVEL_SMALL, NULL, pm_buf_span(&g->dict_raw), &g->dict, &g->err);
        if (rc != PM_OK || g->dict.len <= PM_DICT_PACKED_MAX)
            return rc;
        fit = (double)PM_DICT_PACKED_MAX / (double)g->dict.len * 0.95;
        content.ptr += content.len - (size_t)((double)content.len * fit);
        content.len = (size_t)((double)content.len * fit);
    }
}

/* None when there is nothing in common to be found. */
static int
make_dict(struct pm_codec *codec, struct pm_group *g)
{
    struct pm_buf content = PM_BUF_INIT(PM_GROUP_MODELS + 2 * EXAMPLES * EXAMPLE_MAX);
    int rc = PM_SKIP;

    if (gather(g, &content) >= MODELS_MIN) {
        add_examples(g, true, &content);
        add_examples(g, false, &content);
        rc = pm_buf_check(&content, &g->err);
    }
    if (rc == PM_OK)
        rc = make_fitting(codec, pm_buf_span(&content), g);
    pm_buf_release(&content);
    if (rc == PM_OK)
        return pm_dict_new(&g->ready, pm_buf_span(&g->dict_raw), g->level, &g->err);
    pm_buf_reset(&g->dict_raw);
    pm_buf_reset(&g->dict);
    return rc == PM_SKIP ? PM_OK : rc;
}

/* ---- all ---- */

void
pm_group_pack(void *codec, void *group)
{
    struct pm_group *g = group;
    size_t at = 0;

    g->status = make_dict(codec, g);
    for (size_t i = 0; i < g->n && g->status == PM_OK; i++) {
        struct pm_part *p = &g->parts[i];
        size_t start = g->frames.len;

        if (!p->big)
            g->status =
                pm_codec_zstd(codec, g->level, g->ready, PM_STRN(g->raw.data + at, p->size), &g->frames, &g->err);
        p->packed = g->frames.len - start;
        at += p->size;
    }
}
