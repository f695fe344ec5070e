/*
 * repack_kin.h - which sites have pages alike: those of one publisher, or made with one program, share scripts and
 * markup.
 *
 * Of each site one page is looked at. At most 1.5 KiB a site; time goes with the sites. One thread.
 */
#ifndef PM_REPACK_KIN_H
#define PM_REPACK_KIN_H

#include "repack_order.h"

/*
 * Make each `site` of the places, which are together by site, a number, so that kin are neighbours. The same places
 * give the same numbers.
 */
int pm_kin_rank(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_place *places, size_t n,
                struct pm_err *err) PM_MUST_USE;

#endif
