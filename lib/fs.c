#include "fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP = 1 << 18, LOCK_TEXT_MAX = 256 };

int
pm_fs_read(int dir, const char *path, struct pm_buf *dst, struct pm_err *err)
{
    int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int rc = PM_OK;

    if (fd < 0)
        return pm_fail_errno(err, "cannot open '%s'", path);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        rc = pm_fail(err, PM_EIO, "cannot read '%s': is a directory", path);
        goto out;
    }
    for (;;) {
        char *room = pm_buf_room(dst, 0);
        size_t step = READ_STEP;
        ssize_t n;

        if (room != NULL && dst->max - dst->len < step)
            step = dst->max - dst->len + 1; /* one more than fits, to see that it is too long */
        room = pm_buf_room(dst, step <= dst->max - dst->len ? step : dst->max - dst->len);
        if (room == NULL)
            break;
        /* pm_buf_room() keeps a byte for a NUL behind what was asked for, so `step` fits. */
        n = read(fd, room, step);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            rc = pm_fail_errno(err, "cannot read '%s'", path);
            goto out;
        }
        if (n == 0)
            break;
        if ((size_t)n > dst->max - dst->len) {
            dst->failed = PM_ELIMIT;
            break;
        }
        dst->len += (size_t)n;
    }
    rc = pm_buf_check(dst, err);
    if (rc != PM_OK)
        (void)pm_err_prefix(err, "cannot read '%s'", path);
out:
    close(fd);
    return rc;
}

int
pm_fs_pread(int fd, void *dst, size_t len, uint64_t offset, struct pm_err *err)
{
    char *p = dst;

    while (len > 0) {
        ssize_t n = pread(fd, p, len, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return pm_fail_errno(err, "cannot read at offset %llu", (unsigned long long)offset);
        if (n == 0)
            return pm_fail(err, PM_ECORRUPT, "file ends at offset %llu, %zu bytes short", (unsigned long long)offset,
                           len);
        p += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return PM_OK;
}

int
pm_fs_pwrite(int fd, const void *src, size_t len, uint64_t offset, struct pm_err *err)
{
    const char *p = src;

    while (len > 0) {
        ssize_t n = pwrite(fd, p, len, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return pm_fail_errno(err, "cannot write at offset %llu", (unsigned long long)offset);
        p += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return PM_OK;
}

int
pm_fs_write(int fd, const void *src, size_t len, struct pm_err *err)
{
    const char *p = src;

    while (len > 0) {
        ssize_t n = write(fd, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return pm_fail_errno(err, "cannot write");
        p += n;
        len -= (size_t)n;
    }
    return PM_OK;
}

int
pm_fs_sync(int fd, const char *what, struct pm_err *err)
{
    if (fsync(fd) != 0)
        return pm_fail_errno(err, "cannot flush '%s' to disk", what);
    return PM_OK;
}

int
pm_fs_sync_dir(int dir, const char *path, struct pm_err *err)
{
    int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc;

    if (fd < 0)
        return pm_fail_errno(err, "cannot open directory '%s'", path);
    rc = pm_fs_sync(fd, path, err);
    close(fd);
    return rc;
}

int
pm_fs_replace(int dir, const char *tmp, const char *path, struct pm_str src, struct pm_err *err)
{
    struct pm_buf parent = PM_BUF_INIT(1 << 16);
    const char *slash = strrchr(path, '/');
    int fd = -1;
    int rc;

    fd = openat(dir, tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return pm_fail_errno(err, "cannot create '%s'", tmp);
    rc = pm_fs_write(fd, src.ptr, src.len, err);
    if (rc != PM_OK) {
        (void)pm_err_prefix(err, "'%s'", tmp);
        goto out;
    }
    rc = pm_fs_sync(fd, tmp, err);
    if (rc != PM_OK)
        goto out;
    if (renameat(dir, tmp, dir, path) != 0) {
        rc = pm_fail_errno(err, "cannot rename '%s' to '%s'", tmp, path);
        goto out;
    }
    if (slash != NULL)
        pm_buf_add(&parent, path, (size_t)(slash - path));
    else
        pm_buf_putc(&parent, '.');
    rc = pm_fs_sync_dir(dir, pm_buf_z(&parent), err);
out:
    close(fd);
    if (rc != PM_OK)
        (void)unlinkat(dir, tmp, 0);
    pm_buf_release(&parent);
    return rc;
}

int
pm_fs_mkdir(int dir, const char *path, struct pm_err *err)
{
    struct stat st;

    if (mkdirat(dir, path, 0777) == 0)
        return PM_OK;
    if (errno == EEXIST && fstatat(dir, path, &st, 0) == 0 && S_ISDIR(st.st_mode))
        return PM_OK;
    errno = errno == EEXIST ? ENOTDIR : errno;
    return pm_fail_errno(err, "cannot make directory '%s'", path);
}

static int
by_name(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

int
pm_fs_list(int dir, const char *path, struct pm_arena *arena, struct pm_str **names, size_t *n, struct pm_err *err)
{
    int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct pm_str *found = NULL;
    size_t count = 0, cap = 0;
    struct dirent *e;
    DIR *d;
    int rc = PM_OK;

    if (fd < 0)
        return pm_fail_errno(err, "cannot open directory '%s'", path);
    d = fdopendir(fd);
    if (d == NULL) {
        close(fd);
        return pm_fail_errno(err, "cannot open directory '%s'", path);
    }
    for (errno = 0; (e = readdir(d)) != NULL; errno = 0) {
        struct pm_str *grown;

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        grown = pm_grow(found, &cap, count + 1, sizeof(*found));
        if (grown == NULL) {
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
            goto out;
        }
        found = grown;
        found[count++] = pm_arena_str(arena, pm_str_of(e->d_name));
    }
    if (errno != 0) {
        rc = pm_fail_errno(err, "cannot read directory '%s'", path);
        goto out;
    }
    *names = pm_arena_array(arena, count ? count : 1, sizeof(**names));
    rc = pm_arena_check(arena, err);
    if (rc != PM_OK)
        goto out;
    if (count > 0) {
        memcpy(*names, found, count * sizeof(*found));
        qsort(*names, count, sizeof(**names), by_name);
    }
    *n = count;
out:
    free(found);
    closedir(d);
    return rc;
}

int
pm_fs_lock(int dir, const char *path, int *fd, struct pm_err *err)
{
    char host[65] = "", owner[LOCK_TEXT_MAX];
    int lock = openat(dir, path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    ssize_t n;
    int len;
    int rc;

    if (lock < 0)
        return pm_fail_errno(err, "cannot open '%s'", path);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            rc = pm_fail_errno(err, "cannot lock '%s'", path);
            close(lock);
            return rc;
        }
        n = pread(lock, owner, sizeof(owner) - 1, 0);
        owner[n > 0 ? n : 0] = '\0';
        owner[strcspn(owner, "\n")] = '\0';
        close(lock);
        return pm_fail(err, PM_ELOCKED, "archive is locked by %s", owner[0] != '\0' ? owner : "another process");
    }
    if (gethostname(host, sizeof(host) - 1) != 0)
        host[0] = '\0';
    len = snprintf(owner, sizeof(owner), "process %ld on %s\n", (long)getpid(), host);
    /* Who holds it is a courtesy to others: a full disk must not keep the owner out. */
    if (ftruncate(lock, 0) == 0)
        (void)!pwrite(lock, owner, (size_t)len, 0);
    *fd = lock;
    return PM_OK;
}
