/*
 * source.h - the texts of an archive, without the furniture of their outlets, for a corpus.
 *
 * One thread.
 */
#ifndef PM_SOURCE_H
#define PM_SOURCE_H

#include "corpus.h"
#include "manifest.h"

struct pm_archive_source;

/* `m` and `bundles` are borrowed. */
int pm_archive_source_new(struct pm_archive_source **dst, struct pm_manifest *m, struct pm_bundle_reader *bundles,
                          struct pm_err *err) PM_MUST_USE;
void pm_archive_source_free(struct pm_archive_source *s);

/* From now on it has no other texts than those of `n` captures, in ascending order (borrowed; 0: of all). */
void pm_archive_source_only(struct pm_archive_source *s, const int64_t *captures, size_t n);

/* Lives as long as it does. */
const struct pm_source *pm_archive_source_of(struct pm_archive_source *s);

#endif
