/*
 * cdxj.h - lines of a CDXJ index: sort key of a URL, time, and where its record lies, as replay tools read them.
 */
#ifndef PM_CDXJ_H
#define PM_CDXJ_H

#include "buf.h"
#include "big.h"

/*
 * The sort key of a URL (SURT), appended: host reversed and without "www.", port unless it is the scheme's, path and
 * sorted query in lower case, no fragment: "com,example)/a?b=1". Without a host scheme and path stand alone: "file:/a".
 */
void pm_cdxj_key(struct pm_str url, struct pm_buf *dst);

struct pm_cdxj_place {
    struct pm_str filename;
    uint64_t offset, length;
};

/*
 * The line, with its line feed, for a record that holds a capture (response, resource, revisit), appended. `record` is
 * the record unpacked; its payload digest is computed when it carries none. PM_SKIP for other records.
 */
int pm_cdxj_line(struct pm_digester *d, struct pm_str record, const struct pm_cdxj_place *place, struct pm_buf *dst,
                 struct pm_err *err) PM_MUST_USE;

/* The same for a record that is too large for memory: what was seen of it. Its digest: SHA-256 if it has none. */
int pm_cdxj_line_of(const struct pm_big_facts *facts, const struct pm_cdxj_place *place, struct pm_buf *dst,
                    struct pm_err *err) PM_MUST_USE;

/* Sort the lines of `text` in place, in order of bytes. */
int pm_cdxj_sort(struct pm_buf *text, struct pm_err *err) PM_MUST_USE;

#endif
