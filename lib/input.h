/*
 * input.h - every form of input as one stream of captures.
 *
 * Paths name files, directories (walked in byte order of names), or "-" for standard input. What a
 * file is, its bytes say: WARC/ARC, JSON Lines, MHTML, HAR, HTML, plain text, or an archive that
 * libarchive reads (zip, tar, 7z; members are inputs again, one level deep, and WARC or JSON Lines
 * members are read as such). A file in a directory or archive that is no page (an image, a style
 * sheet) is passed over in silence; one that was named is a PM_SKIP. A handle belongs to one
 * thread.
 *
 * A table urls.tsv or urls.csv beside pages says more of them: a header line names the columns
 * (file, url, date, outlet, title, id, type), without one they are file, url, date, outlet, title. In a
 * compressed tar or a 7z it must come before the pages.
 */
#ifndef PM_INPUT_H
#define PM_INPUT_H

#include "capture.h"
#include "warc.h"

struct pm_input;

struct pm_input_options {
    int64_t date_us;    /* of captures whose input gives none; PM_WHEN_NONE: the file's time */
    size_t payload_max; /* bytes of one payload; 0: 1 GiB */
    bool mirror;        /* files are a mirror of sites (wget -r, HTTrack): URLs come from paths */
    /*
     * Records with larger blocks than big_min (0: PM_BIG_MIN), up to big_max, go through a file without a name in
     * spool_dir, one at a time: pm_capture.big, which lives until the next call. big_max 0: there are none.
     */
    int spool_dir;
    uint64_t big_min, big_max;
    uint64_t expand_max; /* bytes that one archive may unpack to, per byte of it; 0: 1000 */
    struct pm_warc_limits warc;
};

/* `paths` is borrowed until free. */
int pm_input_open(struct pm_input **dst, const char *const *paths, size_t n, const struct pm_input_options *options,
                  struct pm_err *err) PM_MUST_USE;
void pm_input_free(struct pm_input *in);

/*
 * Next capture; all it points to lives in `arena`. PM_DONE at the end. PM_SKIP: one input, member,
 * row or record could not be taken; *err names it ("x.warc.gz@1234: ...") and why; call again. < 0:
 * no memory and the like. With many paths a path that cannot be read is a PM_SKIP too.
 */
int pm_input_next(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err) PM_MUST_USE;

/* Files of directories and members of archives passed over so far because they are no pages:
 * images, style sheets, ... */
uint64_t pm_input_passed(const struct pm_input *in);

/* Bytes of input read so far, and in all (0: not known, as with a pipe). */
void pm_input_progress(const struct pm_input *in, uint64_t *done, uint64_t *total);

#endif
