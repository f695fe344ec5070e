/*
 * scratch.h - a directory of a test's own.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SCRATCH_PATH = 64 };

/* Make one, with `name` in its path. */
static inline bool
scratch_make(char path[SCRATCH_PATH], const char *name)
{
    (void)snprintf(path, SCRATCH_PATH, "/tmp/pm-%s-XXXXXX", name);
    return mkdtemp(path) != NULL;
}

static inline int
scratch_remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

/* Remove it and all that is in it. */
static inline void
scratch_remove(const char *path)
{
    (void)nftw(path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
