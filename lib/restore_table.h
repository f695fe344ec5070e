/*
 * restore_table.h - the table beside files that are given out: what is known of each.
 */
#ifndef PM_RESTORE_TABLE_H
#define PM_RESTORE_TABLE_H

#include "restore.h"

#define PM_RESTORE_TABLE "urls.tsv" /* its name, at the root of the target */

/*
 * Append the table to `dst`: a header line, then for each capture chosen the name that it gets, URL, date, outlet, title,
 * key, Content-Type and HTTP status, with tabs between them. Characters that would break a line are percent-encoded in a
 * URL and blanks elsewhere; a key with them is left out. *rows: lines below the header.
 */
int pm_restore_table(const struct pm_chosen *chosen, enum pm_restore_as as, struct pm_buf *dst, uint64_t *rows,
                     struct pm_err *err) PM_MUST_USE;

#endif
