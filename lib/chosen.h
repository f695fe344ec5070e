/*
 * chosen.h - the captures that a run gives out: those of several queries, each once.
 *
 * A chooser can be walked again and gives the same captures in the same order. One thread.
 */
#ifndef PM_CHOSEN_H
#define PM_CHOSEN_H

#include "manifest.h"

struct pm_chosen {
    struct pm_manifest *manifest; /* all is borrowed */
    const struct pm_query *queries;
    size_t n;
    bool one_per_story; /* of each story only the first capture; captures of no story all */
};

/*
 * Query by query, in order of (when, uid). The same rule for `each` as of pm_manifest_select(), and it may ask the
 * manifest for other rows.
 */
int pm_chosen_each(const struct pm_chosen *c, int (*each)(void *ctx, const struct pm_row *row), void *ctx,
                   struct pm_err *err) PM_MUST_USE;

/* Bytes of their payloads, for progress. */
int pm_chosen_size(const struct pm_chosen *c, uint64_t *bytes, struct pm_err *err) PM_MUST_USE;

/* True when it is the whole archive, by a query without conditions. */
bool pm_chosen_all(const struct pm_chosen *c);

#endif
