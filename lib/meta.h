/*
 * meta.h - the metadata record of a capture: its manifest row as JSON.
 *
 * Ingest writes one beside each capture; rebuild reads them back. So whatever a row holds, but where the
 * records lie, is in the bundles. Members that are absent in the row are left out.
 */
#ifndef PM_META_H
#define PM_META_H

#include "manifest.h"

/* Content-Type of the record. */
#define PM_META_TYPE "application/vnd.pressmark.capture+json"

/*
 * Append the row's JSON to `dst`; `original` is the uid of the capture whose payload it repeats, NULL if it
 * has its own.
 */
void pm_meta_print(const struct pm_row *row, const uint8_t *original, struct pm_buf *dst);

struct pm_meta {
    struct pm_row row; /* without numbers and places; texts live in the arena */
    uint8_t original[PM_UID_LEN];
    bool has_original;
};

/* PM_ECORRUPT when it is not what pm_meta_print() writes. */
int pm_meta_parse(struct pm_str json, struct pm_arena *arena, struct pm_meta *dst,
                  struct pm_err *err) PM_MUST_USE;

#endif
