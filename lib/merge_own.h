/*
 * merge_own.h - the writing half of merge: merge.c chooses what goes in, merge_store.c stores it.
 */
#ifndef PM_MERGE_OWN_H
#define PM_MERGE_OWN_H

#include "merge.h"

/* The records of a capture, or one that belongs to none, as they will be stored. */
struct pm_merge_item {
    struct pm_buf frames;        /* one behind the other */
    struct pm_stored part[3];    /* their lengths in part[i].loc.length; capture and place are set by storing */
    char type[3][32];            /* what part[i].type points to */
    size_t n;
};

/* Where a dictionary can be had; its frames are whole. */
struct pm_merge_dict {
    struct pm_bundle_reader *bundles; /* NULL: there is none */
    uint32_t bundle;
    struct pm_stored rec;             /* its frame; bundle 0: there is none */
    struct pm_stored info;            /* the bundle's own warcinfo; bundle 0: there is none */
};

struct pm_merge_store;

/* All is borrowed but *dst. */
int pm_merge_store_open(struct pm_merge_store **dst, struct pm_manifest *m, int root,
                        const struct pm_merge_options *options, struct pm_merge_result *result,
                        struct pm_err *err) PM_MUST_USE;
void pm_merge_store_free(struct pm_merge_store *s);

/*
 * From now on bundles have this dictionary (NULL: none). The open one is gone on with if it has the same, and a new one
 * begins with the next item otherwise.
 */
void pm_merge_store_use(struct pm_merge_store *s, const struct pm_merge_dict *dict);

/* True when the open bundle has this dictionary, so that frames can go into it without another copy of it. */
bool pm_merge_store_has(const struct pm_merge_store *s, const struct pm_merge_dict *dict);

/* Pack a record for the bundles of now, at the end of the item. */
int pm_merge_pack(struct pm_merge_store *s, struct pm_str record, struct pm_str type, struct pm_merge_item *item,
                  struct pm_err *err) PM_MUST_USE;

/*
 * Store an item; `row` (NULL: it belongs to no capture) is given its number and the places of its records.
 */
int pm_merge_put(struct pm_merge_store *s, struct pm_merge_item *item, struct pm_row *row, struct pm_err *err) PM_MUST_USE;

/* Make all durable. */
int pm_merge_commit(struct pm_merge_store *s, struct pm_err *err) PM_MUST_USE;

#endif
