/*
 * slurp.h - a file as a whole, for the programs of the bench.
 */
#ifndef SLURP_H
#define SLURP_H

#include <stdio.h>

#include "buf.h"

/* Append the bytes of the file `path` to `dst`; false if it cannot be read or does not fit. */
static inline bool
slurp(const char *path, struct pm_buf *dst)
{
    FILE *f = fopen(path, "rb");
    char *room;
    size_t n;

    if (f == NULL)
        return false;
    do {
        room = pm_buf_room(dst, 1 << 16);
        n = room != NULL ? fread(room, 1, 1 << 16, f) : 0;
        dst->len += n;
    } while (n > 0);
    return fclose(f) == 0 && dst->failed == 0;
}

#endif
