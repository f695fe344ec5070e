/*
 * merge_own.h - what the parts of merge share: merge.c chooses what goes in, merge_item.c gathers its records,
 * merge_store.c stores them.
 */
#ifndef PM_MERGE_OWN_H
#define PM_MERGE_OWN_H

#include "merge.h"
#include "seen.h"

/* The records of a capture, or one that belongs to none, as they will be stored. */
struct pm_merge_item {
    struct pm_loc big;                /* in its source, of a first part too large for memory; else bundle 0 */
    struct pm_bundle_reader *bundles; /* to read that with */
    struct pm_buf frames;             /* of all other parts, one behind the other */
    struct pm_stored part[3];         /* their lengths in part[i].loc.length; capture and place are set by storing */
    char type[3][32];                 /* what part[i].type points to */
    size_t n;
};

/* Where a dictionary can be had; its frames are whole. */
struct pm_merge_dict {
    struct pm_bundle_reader *bundles; /* NULL: there is none */
    uint32_t bundle;
    struct pm_stored rec;  /* its frame; bundle 0: there is none */
    struct pm_stored info; /* the bundle's own warcinfo; bundle 0: there is none */
};

enum { PM_MERGE_RECORD_MAX = (1 << 30) + (64 << 20) };

struct pm_merge_store;

struct pm_merger {
    struct pm_manifest *manifest;
    const struct pm_merge_options *options;
    struct pm_merge_result *result;
    struct pm_err *err;
    struct pm_merge_store *store; /* NULL: a dry run */
    struct pm_digester *digester;
    struct pm_seen uids, others; /* of a dry run: what would be there by now */
    struct pm_merge_item item;
    struct pm_buf record;
    /* of the source under way */
    const struct pm_merge_source *source;
    struct pm_bundle_reader *bundles;
    /* of its bundle */
    struct pm_merge_dict dict;
    bool repack;                   /* its frames do not go in as they are */
    int64_t last;                  /* the capture that the last record belonged to */
    uint64_t wanted, wanted_items; /* bytes that what is to go in takes without the dictionary, about; captures and other records */
    uint64_t done, total;
};

/* ---- gathering: into g->item ---- */

void pm_merge_reset(struct pm_merger *g);

/* Add the record at *loc of the source, as it is or packed anew. PM_ECORRUPT when it is not what its manifest says. */
int pm_merge_add(struct pm_merger *g, const struct pm_loc *loc) PM_MUST_USE;

/*
 * The records of a capture. Of a revisit row->original and row->text are set to what they are here; `original_uid` is
 * the capture that it repeats. PM_SKIP when that is not here.
 */
int pm_merge_gather(struct pm_merger *g, struct pm_row *row, const uint8_t original_uid[PM_UID_LEN]) PM_MUST_USE;

/* ---- storing ---- */

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
int pm_merge_put(struct pm_merge_store *s, struct pm_merge_item *item, struct pm_row *row,
                 struct pm_err *err) PM_MUST_USE;

/* Make all durable. */
int pm_merge_commit(struct pm_merge_store *s, struct pm_err *err) PM_MUST_USE;

#endif
