/*
 * restore_big.h - captures too large for memory, turned into the bytes that were captured.
 *
 * Two passes over the record: the first makes sure of the digest and finds the size, the second gives. One thread.
 */
#ifndef PM_RESTORE_BIG_H
#define PM_RESTORE_BIG_H

#include "restore_give.h"

/* What takes them: `begin` is told the size of all that `take` gets. */
struct pm_taker {
    int (*begin)(void *ctx, uint64_t size, struct pm_err *err);
    pm_piece *take;
    void *ctx;
};

/* As pm_give(), for PM_RESTORE_RAW and PM_RESTORE_HTTP; a failure behind begin() is one of the second pass. */
int pm_give_big(struct pm_bundle_reader *b, const struct pm_wanted *w, enum pm_restore_as as, const struct pm_taker *taker,
                struct pm_err *err) PM_MUST_USE;

#endif
