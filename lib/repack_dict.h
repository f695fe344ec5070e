/*
 * repack_dict.h - the dictionary for a group of captures.
 */
#ifndef PM_REPACK_DICT_H
#define PM_REPACK_DICT_H

#include "repack_order.h"

/*
 * Append to `dst` a dictionary of whole pages of the group, evenly spread and of each story one; `size` is the group's
 * payload in bytes. A page in it is stored twice, but its own record then costs next to nothing, so it holds the whole
 * group as far as it packs into PM_DICT_PACKED_MAX. PM_SKIP, and `dst` as it was, for a group that is too small.
 */
int pm_repack_dict(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_codec *codec,
                   const struct pm_place *places, size_t n, uint64_t size, int level, struct pm_buf *dst,
                   struct pm_err *err) PM_MUST_USE;

#endif
