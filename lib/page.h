/*
 * page.h - a self-contained HTML page on its way to a file, piece by piece.
 *
 * The page asks for nothing: a policy in its head allows its own script and style, by their hashes,
 * and nothing else. Text goes through the functions below, which escape it; markup is ours alone.
 * The file appears whole or not at all.
 *
 * As with pm_buf the first failure sticks, later pieces do nothing, and pm_page_close() tells. One
 * thread.
 */
#ifndef PM_PAGE_H
#define PM_PAGE_H

#include "buf.h"

struct pm_page;

/*
 * `target`: a file, which is replaced when the page is whole, or "-" for `out_fd`. `title` is text;
 * `script` says whether the page has the script of page/report.js.
 */
int pm_page_open(struct pm_page **dst, const char *target, int out_fd, struct pm_str title, bool script,
                 struct pm_err *err) PM_MUST_USE;
/* End the page and put it in its place. On failure nothing is left. */
int pm_page_close(struct pm_page *p, struct pm_err *err) PM_MUST_USE;
/* Frees it; what was not closed is dropped. */
void pm_page_free(struct pm_page *p);

/* The script, once, behind all that it works on. */
void pm_page_script(struct pm_page *p);

/* The page cannot be made: what was to go on it found no memory. */
void pm_page_fail(struct pm_page *p);
/* Bytes so far. */
uint64_t pm_page_size(const struct pm_page *p);
/* The failure so far, so that long work can end. */
int pm_page_check(const struct pm_page *p, struct pm_err *err) PM_MUST_USE;

/* Markup; and numbers in it. */
void pm_page_put(struct pm_page *p, const char *markup);
void pm_page_putf(struct pm_page *p, const char *fmt, ...) PM_PRINTF(2, 3);

/* Text of any source, for element content and quoted attributes. */
void pm_page_text(struct pm_page *p, struct pm_str text);
/* The same, at most `max` bytes of it, "..." behind what is cut. */
void pm_page_text_cut(struct pm_page *p, struct pm_str text, size_t max);
/* The same within a <bdi> element: its direction reaches no further. */
void pm_page_bdi(struct pm_page *p, struct pm_str text, size_t max);
/* "1,234,567" */
void pm_page_count(struct pm_page *p, uint64_t n);
void pm_page_hex(struct pm_page *p, const uint8_t *bytes, size_t n);
/* "2024-05-03" into dst, not on the page; shorter only when the page has failed. */
enum { PM_PAGE_ISO_MAX = 24 };
struct pm_str pm_page_iso(struct pm_page *p, int64_t when_us, char dst[PM_PAGE_ISO_MAX]);
/* "3 May 2024", "3 May 2024, 15:47 UTC" */
void pm_page_day(struct pm_page *p, int64_t when_us);
void pm_page_when(struct pm_page *p, int64_t when_us);

/* True for an absolute http(s) URL without white space or control bytes, and of a length that
 * browsers take. */
bool pm_page_is_link(struct pm_str url);

/* JSON that stands in a script element; what was built with json.h, "<" escaped. */
void pm_page_json(struct pm_page *p, struct pm_str json);

/* Text cut to `max` bytes at the end of a character, U+2026 behind it if it was longer, appended to
 * `dst`. */
void pm_page_cut(struct pm_buf *dst, struct pm_str text, size_t max);

#endif
