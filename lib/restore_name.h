/*
 * restore_name.h - the names that captures get in a directory, tar or zip.
 *
 * A name comes from the row alone, so the same capture has the same name in every run, unless another of the run has it.
 */
#ifndef PM_RESTORE_NAME_H
#define PM_RESTORE_NAME_H

#include "manifest.h"
#include "restore.h"
#include "seen.h"

/* Bytes of a name's longest component and of a whole name. */
enum { PM_NAME_PART_MAX = 200, PM_NAME_MAX = 1000 };

/*
 * Append the relative path of a capture to `dst`: one or more components, none of them empty, "." or "..", no control
 * bytes, no backslash, no leading "/" or drive letter.
 *
 * A capture that came from a file keeps the path it had there, as far as that is safe: a directory that was taken in is
 * given back as it was. All others are OUTLET/YYYY-MM-DD/SLUG-ID.EXT of portable characters (POSIX, 3.282): the outlet or
 * else host, the day, the path of the URL, the whole id, and an extension by type. ".txt" and ".http" say that it
 * is the text or that the HTTP header is there.
 */
void pm_restore_name(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst);

/* The same with the id before the extension, for when another capture of the run has the name already. */
void pm_restore_name_unique(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst);

/* The names of one run. A hash stands for each: two that collide cost a longer name, no more. */
struct pm_namer {
    struct pm_seen names;
    struct pm_seen longer, none; /* captures of pm_namer_note() that get the name with the id, or none at all */
};

#define PM_NAMER_INIT {PM_SEEN_INIT, PM_SEEN_INIT, PM_SEEN_INIT}

void pm_namer_release(struct pm_namer *n);

/* No capture gets the name `name`. */
int pm_namer_reserve(struct pm_namer *n, struct pm_str name, struct pm_err *err) PM_MUST_USE;

/*
 * Names may be asked for in another order than the one that decides who has which: note all captures in that one first,
 * then pm_namer_noted() gives each the name that pm_namer_choose() would have given it. `scratch` is overwritten.
 */
int pm_namer_note(struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *scratch,
                  struct pm_err *err) PM_MUST_USE;
int pm_namer_noted(const struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
                   struct pm_err *err) PM_MUST_USE;

/* A name that no other capture of the run has, in place of what `dst` holds. PM_SKIP when both are taken. */
int pm_namer_choose(struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
                    struct pm_err *err) PM_MUST_USE;

#endif
