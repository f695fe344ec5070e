/*
 * diff_page.h - two captures side by side as one self-contained HTML page, word by word and
 * sentence by sentence. No script.
 */
#ifndef PM_DIFF_PAGE_H
#define PM_DIFF_PAGE_H

#include "manifest.h"

/*
 * From capture `a` to `b`, into the file `target` ("-": `out_fd`), which is replaced when the page
 * is whole. Texts over a MiB are PM_ELIMIT.
 */
int pm_diff_page(struct pm_manifest *m, struct pm_bundle_reader *bundles, const struct pm_row *a,
                 const struct pm_row *b, const char *target, int out_fd, struct pm_err *err) PM_MUST_USE;

#endif
