/*
 * revisit.h - revisit records that came with a WARC: whose payload they repeat.
 *
 * A record of that kind (ISO 28500:2017, 6.7) has no payload; it names the capture that has it, by
 * URL and date, by record id or by digest of the payload alone. A handle belongs to one thread.
 */
#ifndef PM_REVISIT_H
#define PM_REVISIT_H

#include "bundle.h"
#include "capture.h"
#include "manifest.h"

struct pm_resolver;

/* `root`: descriptor of the archive directory; all is borrowed. */
int pm_resolver_new(struct pm_resolver **dst, struct pm_manifest *m, int root, struct pm_err *err) PM_MUST_USE;
void pm_resolver_free(struct pm_resolver *r);

/*
 * Find the capture whose payload `revisit` repeats: its number in *original, and in *dst the
 * revisit as the whole capture that it stands for (texts and payload in `arena`). PM_DONE when the
 * archive does not have it.
 */
int pm_resolve(struct pm_resolver *r, const struct pm_capture *revisit, struct pm_arena *arena, int64_t *original,
               struct pm_capture *dst, struct pm_err *err) PM_MUST_USE;

#endif
