/* A file of any form (WACZ, zip, tar, 7z, HAR, JSON Lines, pages, tables beside them): captures and
 * complaints come to an end, and each can be read. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "input.h"
#include "sum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX = 64 << 20 };

static void
read_all(struct pm_input *in)
{
    static volatile unsigned long sink;
    struct pm_arena *arena = pm_arena_new(ARENA_MAX);
    struct pm_err err = PM_ERR_INIT;
    struct pm_capture c;
    int rc;

    while (arena && (rc = pm_input_next(in, arena, &c, &err)) != PM_DONE && rc >= 0) {
        if (rc == PM_SKIP && err.text[0] == '\0')
            abort();
        if (rc == PM_OK)
            sink += sum(c.url) + sum(c.payload) + sum(c.outlet) + sum(c.title);
        pm_arena_reset(arena);
    }
    pm_arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_input_options options = {.date_us = PM_WHEN_NONE,
                                       .payload_max = 1 << 20,
                                       .mirror = size > 0 && data[size - 1] & 1,
                                       .expand_max = 100,
                                       .warc = {.header_max = 1 << 14, .block_max = 1 << 18}};
    int fd = memfd_create("input", MFD_CLOEXEC);
    struct pm_err err = PM_ERR_INIT;
    struct pm_input *in = NULL;
    const char *path;
    char name[64];

    if (fd < 0)
        return 0;
    (void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
    path = name;
    if (write(fd, data, size) == (ssize_t)size && pm_input_open(&in, &path, 1, &options, &err) == PM_OK)
        read_all(in);
    pm_input_free(in);
    close(fd);
    return 0;
}
