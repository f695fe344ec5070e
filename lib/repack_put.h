/*
 * repack_put.h - writing packed groups, each a bundle (more if it passes the limit), into a manifest that names nothing
 * yet.
 *
 * One thread.
 */
#ifndef PM_REPACK_PUT_H
#define PM_REPACK_PUT_H

#include "repack.h"
#include "repack_group.h"

struct pm_putter;

/* `fresh`, in a transaction, and `home`, which has the bundles, are borrowed; `result` is counted on. */
int pm_putter_new(struct pm_putter **dst, struct pm_manifest *fresh, int home, uint32_t last_bundle,
                  uint64_t bundle_max, struct pm_repack_result *result, struct pm_err *err) PM_MUST_USE;
void pm_putter_free(struct pm_putter *p);

/* Write a group that pm_group_pack() has done; records too large for memory come from `old`. */
int pm_putter_group(struct pm_putter *p, struct pm_group *g, struct pm_bundle_reader *old,
                    struct pm_err *err) PM_MUST_USE;

/* All is on disk, the last transaction apart. */
int pm_putter_end(struct pm_putter *p, struct pm_err *err) PM_MUST_USE;

#endif
