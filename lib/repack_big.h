/*
 * repack_big.h - a record too large for memory, from one bundle into another. One thread.
 */
#ifndef PM_REPACK_BIG_H
#define PM_REPACK_BIG_H

#include "manifest.h"

/*
 * Copy the record at rec->loc piece by piece; rec->loc and rec->check are then those of the copy. PM_ECORRUPT when it is not
 * what rec->sha says.
 */
int pm_repack_big(struct pm_bundle_reader *from, struct pm_bundle_writer *to, struct pm_codec *codec,
                  const struct pm_dict *dict, int level, struct pm_stored *rec, struct pm_err *err) PM_MUST_USE;

#endif
