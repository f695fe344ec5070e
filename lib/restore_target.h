/*
 * restore_target.h - where restored captures go: a directory, a tar or zip file, a stream.
 *
 * Nothing that exists is overwritten, and no name leaves the target, whatever links stand in it. Files of a directory appear
 * whole; a tar or zip appears under its name when it is complete. One thread.
 */
#ifndef PM_RESTORE_TARGET_H
#define PM_RESTORE_TARGET_H

#include "buf.h"
#include "restore.h" /* its options */

struct pm_target;

/* PM_EINVAL when a file that is to be made exists, or when the target of a directory is none. */
int pm_target_open(struct pm_target **dst, const struct pm_restore_options *options,
                   struct pm_err *err) PM_MUST_USE;

/*
 * Add one file. `name` is relative, as pm_restore_name() makes it; its directories are made. PM_SKIP when that name
 * cannot be made (it exists, a file stands where a directory should be, it is too long); *err says which.
 */
int pm_target_add(struct pm_target *t, const char *name, int64_t when_us, struct pm_str bytes,
                  struct pm_err *err) PM_MUST_USE;

/*
 * The same in pieces, for what is too large for memory: begin with the size that the pieces will have, add them, end. After a
 * failure of any of the three the file is not made.
 */
int pm_target_begin(struct pm_target *t, const char *name, int64_t when_us, uint64_t size, struct pm_err *err) PM_MUST_USE;
int pm_target_piece(void *target, struct pm_str piece, struct pm_err *err) PM_MUST_USE;
int pm_target_end(struct pm_target *t, struct pm_err *err) PM_MUST_USE;

/*
 * For a zip of files that are packed already, and must lie in it as they are: nothing that is added later is packed.
 * *fd is an empty file without a name on the same file system, closed by the target. PM_EINVAL when the target is a stream.
 */
int pm_target_scratch(struct pm_target *t, int *fd, struct pm_err *err) PM_MUST_USE;

/* Finish: flush to disk and put a tar or zip under its name. */
int pm_target_close(struct pm_target *t, struct pm_err *err) PM_MUST_USE;

/* Without pm_target_close(): a tar or zip is not made at all. */
void pm_target_free(struct pm_target *t);

#endif
