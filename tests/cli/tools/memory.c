/*
 * memory.c - a library to preload that lets the Nth allocation fail.
 *
 * $FAULT_AT: which call, from 1. $FAULT_HOW: "once" (that one), "ever" (that one and all after it), "count" (none; at the
 * end the number of calls goes to $FAULT_COUNT, a file). The allocator beneath is that of the GNU C library, by the names
 * that it has for itself, since looking others up would allocate.
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);
void *__libc_memalign(size_t align, size_t n);

static atomic_long calls;
static long at = -1; /* -1: before main(), when nothing is counted */
static bool ever;

__attribute__((constructor)) static void
begin(void)
{
    const char *which = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");

    ever = how != NULL && strcmp(how, "ever") == 0;
    at = which != NULL && how != NULL && strcmp(how, "count") != 0 ? strtol(which, NULL, 10) : 0;
}

__attribute__((destructor)) static void
tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    long n = atomic_load(&calls);
    FILE *f;

    at = -1;
    f = path != NULL ? fopen(path, "w") : NULL;
    if (f != NULL) {
        fprintf(f, "%ld\n", n);
        fclose(f);
    }
}

static bool
fails(void)
{
    long n;

    if (at < 0)
        return false;
    n = atomic_fetch_add(&calls, 1) + 1;
    if (at == 0 || n < at || (n > at && !ever))
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t n)
{
    return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t n)
{
    return fails() ? NULL : __libc_realloc(old, n);
}

void *
reallocarray(void *old, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    return fails() ? NULL : __libc_realloc(old, n * size);
}

void *
memalign(size_t align, size_t n)
{
    return fails() ? NULL : __libc_memalign(align, n);
}

void *
aligned_alloc(size_t align, size_t n)
{
    return fails() ? NULL : __libc_memalign(align, n);
}

int
posix_memalign(void **dst, size_t align, size_t n)
{
    void *p = fails() ? NULL : __libc_memalign(align, n);

    if (p == NULL)
        return ENOMEM;
    *dst = p;
    return 0;
}
