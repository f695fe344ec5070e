/* The writer, and what both sides share. */
#include "bundle.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "bundle_parity.h"
#include "fs.h"

enum {
    NAME_DIGITS = 6,
};


uint64_t
pm_frame_check(struct pm_str frame)
{
    return XXH3_64bits(frame.ptr, frame.len);
}

void
pm_bundle_path(struct pm_buf *dst, uint32_t bundle)
{
    pm_buf_addf(dst, PM_BUNDLE_DIR "/%0*u.warc.zst", NAME_DIGITS, bundle);
}

/* The number in a bundle's file name, or 0. */
static uint32_t
number_of(struct pm_str name)
{
    static const char suffix[] = ".warc.zst";
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < name.len && name.ptr[i] >= '0' && name.ptr[i] <= '9' && n < UINT32_MAX; i++)
        n = n * 10 + (uint64_t)(name.ptr[i] - '0');
    if (i < NAME_DIGITS || n > UINT32_MAX ||
        !pm_str_eq(PM_STRN(name.ptr + i, name.len - i), pm_str_of(suffix)))
        return 0;
    return (uint32_t)n;
}

int
pm_bundle_list(int root, struct pm_arena *arena, struct pm_bundle_file **dst, size_t *n,
               struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct pm_bundle_file *files;
    struct pm_str *names;
    size_t n_names, count = 0;
    int rc = pm_fs_list(root, PM_BUNDLE_DIR, arena, &names, &n_names, err);

    if (rc != PM_OK)
        return rc;
    files = pm_arena_array(arena, n_names ? n_names : 1, sizeof(*files));
    rc = pm_arena_check(arena, err);
    for (size_t i = 0; rc == PM_OK && i < n_names; i++) {
        uint32_t bundle = number_of(names[i]);
        struct stat st;

        if (bundle == 0)
            continue;
        pm_buf_reset(&path);
        pm_bundle_path(&path, bundle);
        rc = pm_buf_check(&path, err);
        if (rc != PM_OK)
            break;
        if (fstatat(root, pm_buf_z(&path), &st, AT_SYMLINK_NOFOLLOW) != 0)
            rc = pm_fail_errno(err, "cannot look at '%s'", pm_buf_z(&path));
        else if (S_ISREG(st.st_mode))
            files[count++] = (struct pm_bundle_file){bundle, (uint64_t)st.st_size};
    }
    pm_buf_release(&path);
    *dst = files;
    *n = count;
    return rc;
}

/* ---- writing ---- */

struct pm_bundle_writer {
    int root, fd;
    uint32_t bundle;
    uint64_t size, size_max;
};

/* Cut the file of `state` to its committed size; it must have at least that. */
static int
open_last(struct pm_bundle_writer *w, const struct pm_bundle_state *state, struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct stat st;
    int rc = PM_OK;

    pm_bundle_path(&path, state->bundle);
    w->fd = openat(w->root, pm_buf_z(&path), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (w->fd < 0 || fstat(w->fd, &st) != 0) {
        rc = pm_fail_errno(err, "cannot open '%s'", pm_buf_z(&path));
        goto out;
    }
    if ((uint64_t)st.st_size < state->size) {
        rc = pm_fail(err, PM_ECORRUPT, "'%s' has %llu bytes, the manifest counts %llu",
                     pm_buf_z(&path), (unsigned long long)st.st_size,
                     (unsigned long long)state->size);
        goto out;
    }
    if ((uint64_t)st.st_size > state->size && ftruncate(w->fd, (off_t)state->size) != 0) {
        rc = pm_fail_errno(err, "cannot cut '%s'", pm_buf_z(&path));
        goto out;
    }
    w->bundle = state->bundle;
    w->size = state->size;
out:
    pm_buf_release(&path);
    return rc;
}

/* What a crash can leave behind the last committed bundle: the one after it, and no other. */
static int
drop_uncommitted(struct pm_bundle_writer *w, uint32_t last, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct pm_bundle_file *files;
    size_t n;
    int rc;

    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_bundle_list(w->root, arena, &files, &n, err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        if (files[i].bundle > last + 1 || (last == 0 && n > 1))
            rc = pm_fail(err, PM_ECORRUPT, "the manifest does not know bundle %u; rebuild it",
                         files[i].bundle);
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        if (files[i].bundle != last + 1)
            continue;
        pm_buf_reset(&path);
        pm_bundle_path(&path, files[i].bundle);
        if (unlinkat(w->root, pm_buf_z(&path), 0) != 0)
            rc = pm_fail_errno(err, "cannot remove '%s'", pm_buf_z(&path));
    }
    pm_buf_release(&path);
    pm_arena_free(arena);
    return rc;
}

int
pm_bundle_writer_open(struct pm_bundle_writer **dst, int root, const struct pm_bundle_state *state,
                      uint64_t size_max, struct pm_err *err)
{
    struct pm_bundle_writer *w = calloc(1, sizeof(*w));
    int rc;

    if (w == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    w->root = root;
    w->fd = -1;
    w->size_max = size_max;
    w->bundle = state->bundle;
    rc = drop_uncommitted(w, state->bundle, err);
    if (rc == PM_OK && state->bundle != 0 && state->size != 0)
        rc = open_last(w, state, err);
    if (rc != PM_OK) {
        pm_bundle_writer_free(w);
        return rc;
    }
    *dst = w;
    return PM_OK;
}

void
pm_bundle_writer_free(struct pm_bundle_writer *w)
{
    if (w == NULL)
        return;
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}

bool
pm_bundle_writer_full(const struct pm_bundle_writer *w, uint64_t length)
{
    return w->fd < 0 || (w->size > 0 && w->size + length > w->size_max);
}

/*
 * The dictionary as first frame, itself compressed: a raw one is legal but some readers fail on it. Behind it what mends it;
 * for the manifest the two are one.
 */
static int
append_dict(struct pm_bundle_writer *w, struct pm_str packed, struct pm_loc *loc, uint64_t *check, struct pm_err *err)
{
    struct pm_buf frame = PM_BUF_INIT(2 * PM_DICT_MAX), parity = PM_BUF_INIT(PM_DICT_MAX);
    int rc;

    pm_buf_le32(&frame, PM_DICT_MAGIC);
    pm_buf_le32(&frame, (uint32_t)packed.len);
    pm_buf_str(&frame, packed);
    rc = pm_buf_check(&frame, err);
    if (rc == PM_OK)
        rc = pm_parity_write(pm_buf_span(&frame), &parity, err);
    pm_buf_str(&frame, pm_buf_span(&parity));
    if (rc == PM_OK)
        rc = pm_buf_check(&frame, err);
    if (rc == PM_OK)
        rc = pm_bundle_append(w, pm_buf_span(&frame), loc, err);
    *check = pm_frame_check(pm_buf_span(&frame));
    pm_buf_release(&frame);
    pm_buf_release(&parity);
    return rc;
}

int
pm_bundle_begin(struct pm_bundle_writer *w, struct pm_str dict, struct pm_loc *loc, uint64_t *check,
                struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;
    int fd;

    if (w->fd >= 0) {
        rc = pm_bundle_sync(w, err); /* its records may be in the transaction under way */
        if (rc != PM_OK)
            return rc;
    }
    pm_bundle_path(&path, w->bundle + 1);
    fd = openat(w->root, pm_buf_z(&path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        rc = pm_fail_errno(err, "cannot create '%s'", pm_buf_z(&path));
        goto out;
    }
    rc = pm_fs_sync_dir(w->root, PM_BUNDLE_DIR, err);
    if (rc != PM_OK) {
        close(fd);
        goto out;
    }
    if (w->fd >= 0)
        close(w->fd);
    w->fd = fd;
    w->bundle++;
    w->size = 0;
    *loc = (struct pm_loc){0};
    if (dict.len > 0)
        rc = append_dict(w, dict, loc, check, err);
out:
    pm_buf_release(&path);
    return rc;
}

int
pm_bundle_append(struct pm_bundle_writer *w, struct pm_str frame, struct pm_loc *loc,
                 struct pm_err *err)
{
    int rc = pm_fs_pwrite(w->fd, frame.ptr, frame.len, w->size, err);

    if (rc != PM_OK) {
        (void)!ftruncate(w->fd, (off_t)w->size); /* if this fails too, the next writer cuts it */
        return pm_err_prefix(err, "bundle %u", w->bundle);
    }
    *loc = (struct pm_loc){w->bundle, w->size, frame.len};
    w->size += frame.len;
    return PM_OK;
}

int
pm_bundle_sync(struct pm_bundle_writer *w, struct pm_err *err)
{
    if (w->fd >= 0 && fdatasync(w->fd) != 0)
        return pm_fail_errno(err, "cannot flush bundle %u to disk", w->bundle);
    return PM_OK;
}

struct pm_bundle_state
pm_bundle_writer_state(const struct pm_bundle_writer *w)
{
    return (struct pm_bundle_state){w->fd < 0 ? 0 : w->bundle, w->size};
}
