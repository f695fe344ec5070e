/*
 * fs.h - files and directories.
 *
 * Paths are NUL-terminated, relative to the directory descriptor given (AT_FDCWD for the working
 * directory). Files are written whole or not at all. No state; safe from any thread.
 */
#ifndef PM_FS_H
#define PM_FS_H

#include "buf.h"

struct stat;

/* Read a whole regular file into `dst` (appended; its ceiling holds). */
int pm_fs_read(int dir, const char *path, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/* All of `len` bytes at `offset`, or a failure; PM_ECORRUPT when the file ends first. */
int pm_fs_pread(int fd, void *dst, size_t len, uint64_t offset, struct pm_err *err) PM_MUST_USE;
int pm_fs_pwrite(int fd, const void *src, size_t len, uint64_t offset, struct pm_err *err) PM_MUST_USE;
int pm_fs_write(int fd, const void *src, size_t len, struct pm_err *err) PM_MUST_USE;

/* fdatasync/fsync with the error told; `what` names the file in it. */
int pm_fs_sync(int fd, const char *what, struct pm_err *err) PM_MUST_USE;
/* Make the names in the directory `dir`/`path` durable. */
int pm_fs_sync_dir(int dir, const char *path, struct pm_err *err) PM_MUST_USE;

/* Write `src` to `tmp`, fsync, rename to `path`, fsync the directory of `path`. Replaces `path`. */
int pm_fs_replace(int dir, const char *tmp, const char *path, struct pm_str src, struct pm_err *err) PM_MUST_USE;

/* mkdirat that is content when the directory is there. */
int pm_fs_mkdir(int dir, const char *path, struct pm_err *err) PM_MUST_USE;

/*
 * The names in the directory `path`, "." and ".." left out, in byte order. Names are in `arena`.
 */
int pm_fs_list(int dir, const char *path, struct pm_arena *arena, struct pm_str **names, size_t *n,
               struct pm_err *err) PM_MUST_USE;

/*
 * Take the writer's lock: an flock(2) on `path`, which is made when missing and then holds the
 * owner's process id and host as text. PM_ELOCKED, with who holds it in *err, when another has
 * it. The lock goes with the descriptor.
 */
int pm_fs_lock(int dir, const char *path, int *fd, struct pm_err *err) PM_MUST_USE;

#endif
