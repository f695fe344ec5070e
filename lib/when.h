/*
 * when.h - points in time.
 *
 * A time is in microseconds since 1970-01-01T00:00:00Z (int64_t), in the proleptic Gregorian
 * calendar. No locale, no time zone database, no clock: what has no offset is taken as UTC.
 */
#ifndef PM_WHEN_H
#define PM_WHEN_H

#include "buf.h"

#define PM_WHEN_NONE INT64_MIN

enum { PM_SECOND_US = 1000000 };
#define PM_DAY_US (86400LL * PM_SECOND_US)

/* Where a capture's date came from, best first; the manifest keeps it. */
enum pm_when_source {
    PM_WHEN_FROM_NONE,
    PM_WHEN_FROM_RECORD, /* WARC-Date, or "date" of a JSON Lines row */
    PM_WHEN_FROM_OPTION, /* --date */
    PM_WHEN_FROM_PAGE,   /* the page's own date of publication */
    PM_WHEN_FROM_FILE,   /* modification time of the file or archive member */
};

const char *pm_when_source_name(enum pm_when_source s);

/* A time with what its text said about itself. */
struct pm_when {
    int64_t us;         /* PM_WHEN_NONE when there is none */
    int32_t offset_min; /* of local time from UTC; 0 when has_offset is false */
    bool has_time;      /* false: a day, `us` is its start */
    bool has_offset;
};

#define PM_WHEN_INIT {PM_WHEN_NONE, 0, false, false}

/*
 * Parse ISO 8601 / RFC 3339 dates as people and programs write them ("2024-05-03",
 * "2024-05-03T15:47:42.389+00:00", "20240503154742", "2024-05-03 15:47 +0200", "2024-05"), and RFC
 * 9110 / RFC 2822 dates ("Fri, 03 May 2024 15:47:42 GMT"). False, and *when untouched, when it is
 * none of them.
 */
bool pm_when_parse(struct pm_str text, int64_t *when_us);
bool pm_when_read(struct pm_str text, struct pm_when *when);

/*
 * Find a date in words: "September 22, 2022", "22. September 2022", "22 septembre 2022",
 * "2022年9月22日", "22/09/2022" where it can be only one day, in the main languages of news. Used
 * for bylines and plain text. On success *when_us is the start of that day (or the minute if a time
 * stands beside it) and *span the words used. Linear in the text; the first date wins. `span` may
 * be NULL.
 */
bool pm_when_find(struct pm_str text, int64_t *when_us, struct pm_str *span);
bool pm_when_find_read(struct pm_str text, struct pm_when *when, struct pm_str *span);

/* Start of a day of the Gregorian calendar; PM_WHEN_NONE when there is no such day or its year is
 * not 1..9999. */
int64_t pm_when_civil(int64_t year, int64_t month, int64_t day);

/* "2022-09-22", "2022-09-22T15:47:00", "2022-09-22T15:47:00.389+02:00": as precise as *when, in its
 * own offset. */
void pm_when_put(struct pm_buf *dst, const struct pm_when *when);
/* "2022-09-22T00:00:00Z"; with microseconds only where they are not 0. */
void pm_when_iso(struct pm_buf *dst, int64_t when_us);
/* "2022-09-22" */
void pm_when_day(struct pm_buf *dst, int64_t when_us);

#endif
