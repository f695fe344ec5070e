/*
 * From the old bundles to the new: a file says that the new ones count, then names are moved one by one. Each step can
 * be done again, so an interruption anywhere is finished by the next writer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "repack.h"

#define READY        PM_REPACK_DIR "/READY"
#define NEW_BUNDLES  PM_REPACK_DIR "/" PM_BUNDLE_DIR
#define NEW_MANIFEST PM_REPACK_DIR "/" PM_MANIFEST_NAME
#define OLD_MANIFEST PM_REPACK_DIR "/replaced.sqlite"

enum { LIST_MAX = 256 << 20, READY_MAX = 64 };

static int
drop(int root, const char *name, struct pm_err *err)
{
    if (unlinkat(root, name, 0) != 0 && errno != ENOENT)
        return pm_fail_errno(err, "cannot remove '%s'", name);
    return PM_OK;
}

/* A database and what SQLite keeps beside it. */
static int
drop_db(int root, const char *name, bool itself, struct pm_err *err)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal", ""};
    struct pm_buf path = PM_BUF_INIT(256);
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (suffixes[i][0] == '\0' && !itself)
            continue;
        pm_buf_reset(&path);
        pm_buf_addf(&path, "%s%s", name, suffixes[i]);
        rc = drop(root, pm_buf_z(&path), err);
    }
    pm_buf_release(&path);
    return rc;
}

/* Do `step` with the path of each bundle below `dir`. */
static int
each_bundle(int root, int dir, int (*step)(int root, uint32_t bundle, uint32_t last, struct pm_err *err), uint32_t last,
            struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(LIST_MAX);
    struct pm_bundle_file *files;
    size_t n = 0;
    int rc = arena ? pm_bundle_list(dir, arena, &files, &n, err) : pm_fail(err, PM_ENOMEM, "out of memory");

    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = step(root, files[i].bundle, last, err);
    pm_arena_free(arena);
    return rc;
}

static int
move_bundle(int root, uint32_t bundle, uint32_t last, struct pm_err *err)
{
    struct pm_buf from = PM_BUF_INIT(256), to = PM_BUF_INIT(256);
    int rc = PM_OK;

    (void)last;
    pm_buf_cstr(&from, PM_REPACK_DIR "/");
    pm_bundle_path(&from, bundle);
    pm_bundle_path(&to, bundle);
    if (renameat(root, pm_buf_z(&from), root, pm_buf_z(&to)) != 0)
        rc = pm_fail_errno(err, "cannot move '%s'", pm_buf_z(&from));
    pm_buf_release(&from);
    pm_buf_release(&to);
    return rc;
}

static int
drop_old(int root, uint32_t bundle, uint32_t last, struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(256);
    int rc = PM_OK;

    pm_bundle_path(&path, bundle);
    if (bundle <= last)
        rc = drop(root, pm_buf_z(&path), err);
    pm_buf_release(&path);
    return rc;
}

static int
drop_new(int root, uint32_t bundle, uint32_t last, struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(256);
    int rc;

    (void)last;
    pm_buf_cstr(&path, PM_REPACK_DIR "/");
    pm_bundle_path(&path, bundle);
    rc = drop(root, pm_buf_z(&path), err);
    pm_buf_release(&path);
    return rc;
}

static int
drop_home(int root, struct pm_err *err)
{
    int rc = drop_db(root, NEW_MANIFEST, true, err);

    if (rc == PM_OK)
        rc = drop_db(root, OLD_MANIFEST, true, err);
    if (rc == PM_OK)
        rc = drop(root, READY, err);
    if (rc == PM_OK)
        rc = drop(root, READY ".part", err);
    if (rc == PM_OK && ((unlinkat(root, NEW_BUNDLES, AT_REMOVEDIR) != 0 && errno != ENOENT) ||
                        (unlinkat(root, PM_REPACK_DIR, AT_REMOVEDIR) != 0 && errno != ENOENT)))
        rc = pm_fail_errno(err, "cannot remove '%s'", PM_REPACK_DIR);
    return rc;
}

/* The old manifest goes first: its write-ahead log must not be taken for that of the new one. */
static int
switch_manifest(int root, struct pm_err *err)
{
    struct stat st;
    int rc;

    if (fstatat(root, NEW_MANIFEST, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? PM_OK : pm_fail_errno(err, "cannot look at '%s'", NEW_MANIFEST);
    if (renameat(root, PM_MANIFEST_NAME, root, OLD_MANIFEST) != 0 && errno != ENOENT)
        return pm_fail_errno(err, "cannot move the old manifest");
    rc = drop_db(root, PM_MANIFEST_NAME, false, err);
    if (rc == PM_OK && renameat(root, NEW_MANIFEST, root, PM_MANIFEST_NAME) != 0)
        rc = pm_fail_errno(err, "cannot put the new manifest in place");
    return rc == PM_OK ? pm_fs_sync_dir(root, ".", err) : rc;
}

static int
finish(int root, int home, uint32_t last, struct pm_err *err)
{
    int rc = each_bundle(root, home, move_bundle, last, err);

    if (rc == PM_OK)
        rc = pm_fs_sync_dir(root, PM_BUNDLE_DIR, err);
    if (rc == PM_OK)
        rc = switch_manifest(root, err);
    if (rc == PM_OK)
        rc = each_bundle(root, root, drop_old, last, err);
    if (rc == PM_OK)
        rc = pm_fs_sync_dir(root, PM_BUNDLE_DIR, err);
    return rc == PM_OK ? drop_home(root, err) : rc;
}

/* The number of the last old bundle; PM_ECORRUPT when the file is not what pm_repack_commit() writes. */
static int
read_ready(int root, uint32_t *last, struct pm_err *err)
{
    struct pm_buf text = PM_BUF_INIT(READY_MAX);
    uint64_t n = 0;
    size_t i = 0;
    int rc = pm_fs_read(root, READY, &text, err);

    for (; rc == PM_OK && i < text.len && text.data[i] >= '0' && text.data[i] <= '9' && n <= UINT32_MAX; i++)
        n = n * 10 + (uint64_t)(text.data[i] - '0');
    if (rc == PM_OK && (i == 0 || i + 1 != text.len || text.data[i] != '\n' || n > UINT32_MAX))
        rc = pm_fail(err, PM_ECORRUPT, "'%s' is damaged", READY);
    *last = (uint32_t)n;
    pm_buf_release(&text);
    return rc;
}

int
pm_repack_recover(int root, struct pm_err *err)
{
    int home = openat(root, PM_REPACK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat st;
    uint32_t last;
    int rc;

    if (home < 0)
        return errno == ENOENT ? PM_OK : pm_fail_errno(err, "cannot open '%s'", PM_REPACK_DIR);
    if (fstatat(root, NEW_BUNDLES, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        rc = errno == ENOENT ? drop_home(root, err) : pm_fail_errno(err, "cannot look at '%s'", NEW_BUNDLES);
    } else if (fstatat(root, READY, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        rc = read_ready(root, &last, err);
        if (rc == PM_OK)
            rc = finish(root, home, last, err);
    } else {
        rc = each_bundle(root, home, drop_new, 0, err);
        if (rc == PM_OK)
            rc = drop_home(root, err);
    }
    close(home);
    return rc;
}

int
pm_repack_commit(int root, struct pm_manifest *m, struct pm_err *err)
{
    struct pm_bundle_state last;
    char text[READY_MAX];
    bool sealed;
    int n, rc = pm_manifest_last_bundle(m, &last, &sealed, err);

    if (rc == PM_OK)
        rc = pm_fs_sync_dir(root, NEW_BUNDLES, err);
    if (rc == PM_OK)
        rc = pm_fs_sync_dir(root, PM_REPACK_DIR, err);
    if (rc != PM_OK)
        return rc;
    n = snprintf(text, sizeof(text), "%u\n", last.bundle);
    return pm_fs_replace(root, READY ".part", READY, PM_STRN(text, (size_t)n), err);
}
