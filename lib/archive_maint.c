/* The public interface: upkeep. */
#include "handle.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "fs.h"
#include "maint.h"
#include "repack.h"

static void
tell_damage(void *arg, const struct pm_damage *d)
{
    const struct pressmark_maint_options *o = arg;
    struct pm_buf text = PM_BUF_INIT(1 << 20), url = PM_BUF_INIT(1 << 20), path = PM_BUF_INIT(256);
    struct pressmark_damage out = {.offset = d->loc.offset, .length = d->loc.length};

    if (o->damage == NULL)
        return;
    /* A failure to read names its place, which is told apart here. */
    pm_buf_addf(&path, "bundle %u, offset %llu: ", d->loc.bundle, (unsigned long long)d->loc.offset);
    pm_buf_str(&text, pm_str_starts(d->what, pm_buf_span(&path))
                          ? PM_STRN(d->what.ptr + path.len, d->what.len - path.len)
                          : d->what);
    pm_buf_reset(&path);
    pm_bundle_path(&path, d->loc.bundle);
    pm_buf_str(&url, d->url);
    out.bundle = pm_buf_z(&path);
    out.what = pm_buf_z(&text);
    out.url = d->url.ptr ? pm_buf_z(&url) : NULL;
    o->damage(o->ctx, &out);
    pm_buf_release(&text);
    pm_buf_release(&url);
    pm_buf_release(&path);
}

static int
tell_progress(void *arg, uint64_t done, uint64_t total)
{
    const struct pressmark_maint_options *o = arg;

    return o->progress ? o->progress(o->ctx, done, total) : 0;
}

static struct pm_maint_options
maint_options(const struct pressmark_maint_options *o)
{
    /* The callbacks only read what they get back as context. */
    return (struct pm_maint_options){
        .jobs = o->jobs, .damage = tell_damage, .progress = tell_progress, .ctx = (void *)(uintptr_t)o};
}

static struct pressmark_verify_result
verify_result(const struct pm_verify_result *r)
{
    return (struct pressmark_verify_result){r->bundles, r->records, r->bytes, r->damaged, r->missing, r->stray};
}

int
pressmark_verify(struct pressmark_archive *a, const struct pressmark_maint_options *options,
                 struct pressmark_verify_result *result, struct pressmark_error *err)
{
    struct pm_maint_options o = maint_options(options);
    struct pm_verify_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int rc = pm_verify(a->manifest, a->root, &o, &r, &e);

    *result = verify_result(&r);
    return pm_archive_give(err, rc, &e);
}

#define NEW_MANIFEST PM_TMP_DIR "/rebuild.sqlite"
#define OLD_MANIFEST PM_TMP_DIR "/replaced.sqlite"

/* Remove a database and what SQLite keeps beside it. */
static void
remove_db(int root, const char *name)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char path[64]; /* names are ours, and this must work without memory */

    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s%s", name, suffixes[i]);
        (void)unlinkat(root, path, 0);
    }
}

/*
 * Put the new manifest in the place of the old one. The old one goes first: its write-ahead log must not be taken for
 * that of the new one. A crash between the two leaves an archive that asks to be rebuilt.
 */
static int
switch_manifest(int root, struct pm_err *err)
{
    if (renameat(root, PM_MANIFEST_NAME, root, OLD_MANIFEST) != 0 && errno != ENOENT)
        return pm_fail_errno(err, "cannot move the old manifest");
    remove_db(root, PM_MANIFEST_NAME);
    if (renameat(root, NEW_MANIFEST, root, PM_MANIFEST_NAME) != 0)
        return pm_fail_errno(err, "cannot put the new manifest in place");
    remove_db(root, OLD_MANIFEST);
    return pm_fs_sync_dir(root, ".", err);
}

int
pressmark_rebuild(const char *dir, const struct pressmark_maint_options *options,
                  struct pressmark_verify_result *result, struct pressmark_error *err)
{
    struct pm_maint_options o = maint_options(options);
    struct pm_buf path = PM_BUF_INIT(1 << 20);
    struct pm_bundle_reader *bundles = NULL;
    struct pm_manifest *manifest = NULL;
    struct pm_verify_result r = {0};
    struct pm_err e = PM_ERR_INIT;
    int root = -1, lock = -1, found;
    int rc = pm_archive_root(dir, &root, &e);

    if (rc == PM_OK)
        rc = pm_fs_lock(root, PM_LOCK_NAME, &lock, &e);
    if (rc == PM_OK)
        rc = pm_repack_recover(root, &e);
    if (rc != PM_OK)
        goto out;
    remove_db(root, NEW_MANIFEST);
    pm_buf_addf(&path, "%s/" NEW_MANIFEST, dir);
    rc = pm_fs_mkdir(root, PM_TMP_DIR, &e);
    if (rc == PM_OK)
        rc = pm_buf_check(&path, &e);
    if (rc == PM_OK)
        rc = pm_manifest_open(&manifest, pm_buf_z(&path), true, &e);
    if (rc == PM_OK)
        rc = pm_bundle_reader_open(&bundles, root, &e);
    if (rc == PM_OK)
        rc = pm_rebuild(manifest, bundles, root, &o, &r, &e);
    found = rc;
    pm_manifest_free(manifest); /* which writes its log back into the file */
    if (found >= 0) {
        rc = switch_manifest(root, &e);
        rc = rc == PM_OK ? found : rc;
    } else {
        remove_db(root, NEW_MANIFEST);
    }
out:
    pm_bundle_reader_free(bundles);
    if (lock >= 0)
        close(lock);
    if (root >= 0)
        close(root);
    pm_buf_release(&path);
    *result = verify_result(&r);
    return pm_archive_give(err, rc, &e);
}
