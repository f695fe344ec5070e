/* Input in every form, JSON Lines above all: the stream ends, and says why it leaves something out.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_arena *arena;
    struct pm_input_options options = {
        .date_us = PM_WHEN_NONE, .payload_max = 1 << 18, .expand_max = 100};
    int fd = memfd_create("input", MFD_CLOEXEC);
    char path[64];
    const char *paths[] = {path};
    struct pm_input *in;
    struct pm_capture c;
    struct pm_err err = PM_ERR_INIT;
    size_t calls = 0;
    int rc;

    if (arena == NULL)
        arena = pm_arena_new(1 << 24);
    if (fd < 0 || arena == NULL || write(fd, data, size) != (ssize_t)size)
        abort();
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (pm_input_open(&in, paths, 1, &options, &err) != PM_OK)
        abort();
    while ((rc = pm_input_next(in, arena, &c, &err)) != PM_DONE) {
        if (rc < 0)
            break;
        if (rc == PM_SKIP && err.text[0] == '\0')
            abort();
        if (rc == PM_OK &&
            (c.source.ptr == NULL || (c.origin != PM_ORIGIN_OPAQUE && c.payload.ptr == NULL)))
            abort();
        if (++calls > 64 * 1024 * (size + 1))
            abort();
        pm_arena_reset(arena);
    }
    pm_input_free(in);
    close(fd);
    return 0;
}
