/*
 * fault.c - a library to preload that lets the Nth change of a file fail, or kills the program there.
 *
 * $FAULT_AT: which call, from 1. $FAULT_HOW: "kill" (half of a write is done, then SIGKILL), "fail" (ENOSPC, then and
 * ever after), "count" (nothing; at the end the number of calls goes to $FAULT_COUNT, a file).
 */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

__attribute__((destructor)) static void
tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;

    if (f) {
        fprintf(f, "%ld\n", atomic_load(&calls));
        fclose(f);
    }
}

enum verdict { GO_ON, FAIL, KILL };

static enum verdict
judge(void)
{
    const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
    long n = atomic_fetch_add(&calls, 1) + 1;

    if (!at || !how || n < strtol(at, NULL, 10))
        return GO_ON;
    if (strcmp(how, "kill") == 0)
        return KILL;
    return strcmp(how, "fail") == 0 ? FAIL : GO_ON;
}

static int
refuse(enum verdict v)
{
    if (v == KILL)
        kill(getpid(), SIGKILL);
    errno = ENOSPC;
    return -1;
}

/* Messages and results are no part of this: only regular files count. */
static bool
counts(int fd)
{
    struct stat st;

    return fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t
write(int fd, const void *src, size_t n)
{
    enum verdict v = counts(fd) ? judge() : GO_ON;

    if (v == KILL && n > 1)
        (void)!REAL(write)(fd, src, n / 2);
    return v == GO_ON ? REAL(write)(fd, src, n) : refuse(v);
}

static ssize_t
write_at(const char *name, int fd, const void *src, size_t n, off_t at)
{
    ssize_t (*real)(int, const void *, size_t, off_t);
    enum verdict v = counts(fd) ? judge() : GO_ON;
    void *symbol = dlsym(RTLD_NEXT, name);

    memcpy(&real, &symbol, sizeof(real));
    if (v == KILL && n > 1)
        (void)!real(fd, src, n / 2, at);
    return v == GO_ON ? real(fd, src, n, at) : refuse(v);
}

ssize_t
pwrite(int fd, const void *src, size_t n, off_t at)
{
    return write_at("pwrite", fd, src, n, at);
}

ssize_t
pwrite64(int fd, const void *src, size_t n, off_t at)
{
    return write_at("pwrite64", fd, src, n, at);
}

int
fsync(int fd)
{
    enum verdict v = counts(fd) ? judge() : GO_ON;

    return v == GO_ON ? REAL(fsync)(fd) : refuse(v);
}

int
fdatasync(int fd)
{
    enum verdict v = counts(fd) ? judge() : GO_ON;

    return v == GO_ON ? REAL(fdatasync)(fd) : refuse(v);
}

int
ftruncate(int fd, off_t n)
{
    enum verdict v = counts(fd) ? judge() : GO_ON;

    return v == GO_ON ? REAL(ftruncate)(fd, n) : refuse(v);
}

int
ftruncate64(int fd, off_t n)
{
    return ftruncate(fd, n);
}

int
renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    enum verdict v = judge();

    return v == GO_ON ? REAL(renameat)(from_dir, from, to_dir, to) : refuse(v);
}
