/* Files, in the order of the command line and of names. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"
#include "input_own.h"

enum {
    DIR_NAMES_MAX = 1 << 30,
    DIR_DEPTH_MAX = 1000,
    MEASURE_FILES = 200000, /* files whose sizes are added up beforehand, for progress */
    MEASURE_MEMORY = 256 << 20,
};

struct input_dir {
    struct pm_arena *arena; /* of names and path */
    struct pm_str path;
    struct pm_str *names;
    size_t n, next;
    struct input_table *table; /* NULL if there is none */
};

static void
drop_dir(struct pm_input *in)
{
    struct input_dir *d = &in->dirs[--in->n_dirs];

    pm_input_table_free(d->table);
    pm_arena_free(d->arena);
}

void
pm_input_walk_free(struct pm_input *in)
{
    while (in->n_dirs > 0)
        drop_dir(in);
    free(in->dirs);
    in->dirs = NULL;
}

static const char *
slash_behind(struct pm_str dir)
{
    return pm_str_ends(dir, PM_STR("/")) ? "" : "/";
}

/* The table among the names, if there is one. */
static int
find_table(struct input_dir *d, struct pm_err *err)
{
    for (size_t i = 0; i < d->n; i++)
        if (pm_input_is_table(d->names[i])) {
            struct pm_str path = pm_arena_strf(d->arena, "%s%s%s", d->path.ptr, slash_behind(d->path), d->names[i].ptr);
            int rc = pm_arena_check(d->arena, err);

            return rc == PM_OK ? pm_input_table_read(&d->table, path.ptr, err) : rc;
        }
    return PM_OK;
}

/* What the nearest table above a file has for it. */
static const struct table_row *
find_row(const struct pm_input *in, struct pm_str path)
{
    for (size_t i = in->n_dirs; i > 0; i--) {
        const struct input_dir *d = &in->dirs[i - 1];
        size_t skip = d->path.len + strlen(slash_behind(d->path));

        if (d->table != NULL)
            return pm_input_table_find(d->table, PM_STRN(path.ptr + skip, path.len - skip));
    }
    return NULL;
}

/* A file or directory that HTTrack makes for itself beside the hosts of a mirror. */
static bool
is_httrack(struct pm_str name)
{
    static const char *const own[] = {"hts-cache", "hts-log.txt", "index.html", "backblue.gif", "fade.gif", "cookies.txt"};

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (pm_str_eq(name, pm_str_of(own[i])))
            return true;
    return false;
}

/* Of a directory with HTTrack's cache in it, what is not HTTrack's own. */
static void
drop_httrack(struct pm_input *in, struct input_dir *d)
{
    bool cache = false;
    size_t n = 0;

    for (size_t i = 0; i < d->n; i++)
        cache = cache || pm_str_eq(d->names[i], PM_STR("hts-cache"));
    for (size_t i = 0; i < d->n; i++)
        if (!cache || !is_httrack(d->names[i]))
            d->names[n++] = d->names[i];
    in->passed += d->n - n;
    d->n = n;
}

static int
enter_dir(struct pm_input *in, struct pm_str path, struct pm_err *err)
{
    struct input_dir d = {.arena = pm_arena_new(DIR_NAMES_MAX)}, *grown;
    int rc;

    if (d.arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    if (in->n_dirs >= DIR_DEPTH_MAX) {
        rc = pm_fail(err, PM_SKIP, "directories are nested too deep");
        goto out;
    }
    d.path = pm_arena_str(d.arena, path);
    rc = pm_arena_check(d.arena, err);
    if (rc == PM_OK)
        rc = pm_fs_list(AT_FDCWD, d.path.ptr, d.arena, &d.names, &d.n, err);
    if (rc == PM_OK)
        rc = find_table(&d, err);
    if (rc != PM_OK)
        goto out;
    if (in->options.mirror)
        drop_httrack(in, &d);
    grown = pm_grow(in->dirs, &in->dirs_cap, in->n_dirs + 1, sizeof(*grown));
    if (grown == NULL) {
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
        goto out;
    }
    in->dirs = grown;
    in->dirs[in->n_dirs++] = d;
    return PM_OK;
out:
    pm_input_table_free(d.table);
    pm_arena_free(d.arena);
    return rc < 0 && rc != PM_ENOMEM ? PM_SKIP : rc;
}

/* Bytes of the files below `path`, added to *total; false when there are too many to count, or no
 * memory. */
static bool
measure_dir(const char *path, uint64_t *total, size_t *left)
{
    struct pm_arena *arena = pm_arena_new(MEASURE_MEMORY);
    struct pm_str *todo = NULL, *names, *grown;
    size_t n = 0, cap = 0, count;
    bool counted = false;

    todo = arena != NULL ? pm_grow(NULL, &cap, 1, sizeof(*todo)) : NULL;
    if (todo == NULL)
        goto out;
    todo[n++] = pm_arena_str(arena, pm_str_of(path));
    while (n > 0) {
        struct pm_str dir = todo[--n];
        int rc = dir.ptr != NULL ? pm_fs_list(AT_FDCWD, dir.ptr, arena, &names, &count, NULL) : PM_ENOMEM;

        if (rc == PM_ENOMEM || rc == PM_ELIMIT)
            goto out;
        if (rc != PM_OK) /* the walk itself will say why */
            continue;
        for (size_t i = 0; i < count; i++) {
            struct pm_str file = pm_arena_strf(arena, "%s%s%s", dir.ptr, slash_behind(dir), names[i].ptr);
            struct stat st;

            if (file.ptr == NULL || (*left)-- == 0)
                goto out;
            if (fstatat(AT_FDCWD, file.ptr, &st, AT_SYMLINK_NOFOLLOW) != 0)
                continue;
            if (S_ISREG(st.st_mode))
                *total += (uint64_t)st.st_size;
            if (!S_ISDIR(st.st_mode))
                continue;
            grown = pm_grow(todo, &cap, n + 1, sizeof(*grown));
            if (grown == NULL)
                goto out;
            todo = grown;
            todo[n++] = file;
        }
    }
    counted = true;
out:
    free(todo);
    pm_arena_free(arena);
    return counted;
}

void
pm_input_measure(struct pm_input *in)
{
    size_t left = MEASURE_FILES;
    uint64_t total = 0;

    for (size_t i = 0; i < in->n_paths; i++) {
        struct stat st;

        if (left-- == 0)
            return;
        if (stat(in->paths[i], &st) != 0) {
            if (strcmp(in->paths[i], "-") == 0)
                return;
            continue;
        }
        if (S_ISREG(st.st_mode))
            total += (uint64_t)st.st_size;
        else if (!S_ISDIR(st.st_mode) || !measure_dir(in->paths[i], &total, &left))
            return;
    }
    in->total = total;
}

/* The next name: of the innermost directory, else of the command line. */
static int
next_path(struct pm_input *in, struct pm_arena *arena, struct pm_str *path, bool *named, struct pm_err *err)
{
    while (in->n_dirs > 0) {
        struct input_dir *d = &in->dirs[in->n_dirs - 1];

        if (d->next < d->n) {
            *path = pm_arena_strf(arena, "%s%s%s", d->path.ptr, slash_behind(d->path), d->names[d->next].ptr);
            d->next++;
            *named = false;
            return pm_arena_check(arena, err);
        }
        drop_dir(in);
    }
    if (in->next_path >= in->n_paths)
        return PM_DONE;
    *path = pm_arena_str(arena, pm_str_of(in->paths[in->next_path++]));
    *named = true;
    return pm_arena_check(arena, err);
}

int
pm_input_walk(struct pm_input *in, struct pm_arena *arena, int *fd, struct input_file *dst, struct pm_err *err)
{
    for (;;) {
        struct pm_str path = PM_STR_NULL;
        bool named = false;
        struct stat st;
        int rc = next_path(in, arena, &path, &named, err);

        if (rc != PM_OK)
            return rc;
        *dst = (struct input_file){.path = path, .label = path, .mtime_us = PM_WHEN_NONE, .named = named};
        if (named && pm_str_eq(path, PM_STR("-"))) {
            dst->label = PM_STR("(standard input)");
            *fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
            if (*fd < 0) {
                (void)pm_fail_errno(err, "cannot read");
                return PM_SKIP;
            }
            return PM_OK;
        }
        /* A link in a directory may lead anywhere, back up too: only one to a file is followed. */
        if (!named && (fstatat(AT_FDCWD, path.ptr, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
                       (S_ISLNK(st.st_mode) && (stat(path.ptr, &st) != 0 || !S_ISREG(st.st_mode))))) {
            in->passed++;
            continue;
        }
        *fd = openat(AT_FDCWD, path.ptr, O_RDONLY | O_CLOEXEC | O_NOCTTY | (named ? 0 : O_NONBLOCK));
        if (*fd < 0 || fstat(*fd, &st) != 0) {
            (void)pm_fail_errno(err, "cannot open");
            if (*fd >= 0)
                close(*fd);
            return PM_SKIP;
        }
        if (S_ISDIR(st.st_mode)) {
            close(*fd);
            rc = enter_dir(in, path, err);
            if (rc != PM_OK)
                return rc;
            continue;
        }
        if (!named && !S_ISREG(st.st_mode)) {
            close(*fd);
            in->passed++;
            continue;
        }
        dst->row = named ? NULL : find_row(in, path);
        dst->mtime_us = (int64_t)st.st_mtim.tv_sec * PM_SECOND_US + st.st_mtim.tv_nsec / 1000;
        return PM_OK;
    }
}
