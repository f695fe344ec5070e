/*
 * repack_group.h - the records of one bundle to be: taken together in memory, given a dictionary, packed.
 *
 * The dictionary holds every page of the group, whole: a page is stored there, beside those that are like it, and its
 * own record then costs next to nothing. So a bundle is nearly a solid archive, and still any record is read by itself.
 * One thread at a time.
 */
#ifndef PM_REPACK_GROUP_H
#define PM_REPACK_GROUP_H

#include "manifest.h"

/*
 * Bytes of pages that one dictionary holds: the time to read one record from a cold start goes with them, 0.6 to 0.8 ms
 * a MiB. Sizes of gzip -6 by record, dictionaries counted: 530 pages of one manual 0.58 with 2 MiB, 0.56 with 3, 0.53
 * with 4, 0.51 with 8, all pages in one zstd -22 frame 0.45; pages of a thousand sites 0.76 with 4, 0.75 with 6.
 */
enum { PM_GROUP_MODELS = 4 << 20 };

struct pm_part {          /* a record */
    struct pm_stored rec; /* without its type */
    char type[32];
    size_t type_len;
    bool model;          /* the dictionary shall hold it */
    bool big;            /* too large for memory: it stays where it was until it is written */
    size_t size, packed; /* of the record in `raw`, of its frame in `frames` */
};

struct pm_group {
    struct pm_group *next;
    struct pm_buf raw, frames;    /* one after the other, before and after */
    struct pm_buf dict_raw, dict; /* the dictionary, and packed; empty: none */
    struct pm_dict *ready;        /* the same for use, or NULL */
    struct pm_part *parts;
    size_t n, cap;
    int level;  /* for the records */
    int status; /* of pm_group_pack() */
    struct pm_err err;
};

/* `record_max`: bytes of the largest record. */
struct pm_group *pm_group_new(size_t record_max, int level);
void pm_group_free(struct pm_group *g);
void pm_group_reset(struct pm_group *g);

/*
 * A new part that stands for `rec` (copied); the caller appends its record to g->raw and sets `size`, or takes it back
 * with pm_group_drop(). Valid until the next one; NULL when there is no memory.
 */
struct pm_part *pm_group_add(struct pm_group *g, const struct pm_stored *rec);
void pm_group_drop(struct pm_group *g);

/* What a page of `size` bytes takes of PM_GROUP_MODELS. */
uint64_t pm_group_weight(uint64_t size);

/* Make the dictionary and pack all; g->status says how it went. A pm_pool_work: `codec` is the worker's. */
void pm_group_pack(void *codec, void *group);

#endif
