/*
 * info.h - the warcinfo record that opens each WARC file of ours.
 */
#ifndef PM_INFO_H
#define PM_INFO_H

#include "record.h"

/*
 * Append the record to `dst`: software, format, versions and parameters of cleaner and fingerprint. `filename`: absent
 * if the file has no fixed name; `when_us` may be PM_WHEN_NONE.
 */
int pm_info_write(struct pm_str filename, int64_t when_us, struct pm_digester *d, struct pm_buf *dst,
                  struct pm_err *err) PM_MUST_USE;

/* True when a record is one of those. */
bool pm_info_is_own(struct pm_str record);

#endif
