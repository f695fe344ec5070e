/*
 * fuzz_dir.h - a directory for targets that need files: one a process, gone with it; in memory where there is such a place.
 */
#ifndef FUZZ_DIR_H
#define FUZZ_DIR_H

#include <fcntl.h>
#include <stdlib.h>

#include "../unit/scratch.h"

static char fuzz_dir_path[SCRATCH_PATH] = "/dev/shm/pm-fuzz-XXXXXX";

static void
fuzz_dir_remove(void)
{
    scratch_remove(fuzz_dir_path);
}

/* Its descriptor. */
static inline int
fuzz_dir(void)
{
    static int fd = -1;

    if (fd < 0) {
        if ((mkdtemp(fuzz_dir_path) == NULL && !scratch_make(fuzz_dir_path, "fuzz")) || atexit(fuzz_dir_remove) != 0)
            abort();
        fd = open(fuzz_dir_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    return fd;
}

#endif
