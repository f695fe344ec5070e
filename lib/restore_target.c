#include "restore_target.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "when.h"

enum { TEMP_TRIES = 100, DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

struct pm_target {
    locale_t utf8; /* for names in archives; 0: the system has none */
    enum pm_restore_form form;
    int out_fd;              /* stream, or tar and zip to one; -1 if there is none */
    int root;                /* directory: the target; tar, zip: the directory of the file */
    struct pm_buf temp;      /* name in `root` of the file under way */
    struct pm_buf final;     /* tar, zip: name in `root` */
    int temp_fd, scratch_fd;
    int at;                  /* the directory that the last file went to */
    struct pm_buf at_name;   /* its name, "" for the root */
    struct archive *archive; /* tar, zip */
    struct pm_buf name;      /* of the file or member under way */
    int64_t when_us;
};

/* ---- files ---- */

/* A new file beside those that are to be made, under a name that no other run uses. */
static int
make_temp(struct pm_target *t, const char *prefix, struct pm_err *err)
{
    for (int i = 0; i < TEMP_TRIES; i++) {
        pm_buf_reset(&t->temp);
        pm_buf_addf(&t->temp, "%s.%ld-%d.part", prefix, (long)getpid(), i);
        t->temp_fd = openat(t->root, pm_buf_z(&t->temp),
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (t->temp_fd >= 0)
            return PM_OK;
        if (errno != EEXIST)
            break;
    }
    return pm_fail_errno(err, "cannot create '%s'", pm_buf_z(&t->temp));
}

static void
drop_temp(struct pm_target *t)
{
    if (t->temp_fd < 0)
        return;
    close(t->temp_fd);
    t->temp_fd = -1;
    (void)unlinkat(t->root, pm_buf_z(&t->temp), 0);
}

/* Give the finished file its name; PM_DONE when that is taken. link(2) never replaces, and works where a rename may not. */
static int
name_temp(struct pm_target *t, int dir, const char *name, struct pm_err *err)
{
    const char *temp = pm_buf_z(&t->temp);

    close(t->temp_fd);
    t->temp_fd = -1;
    if (renameat2(t->root, temp, dir, name, RENAME_NOREPLACE) == 0)
        return PM_OK;
    if (errno == EINVAL || errno == ENOSYS) { /* the file system does not know the flag */
        if (linkat(t->root, temp, dir, name, 0) == 0) {
            (void)unlinkat(t->root, temp, 0);
            return PM_OK;
        }
    }
    if (errno == EEXIST) {
        (void)unlinkat(t->root, temp, 0);
        return PM_DONE;
    }
    (void)pm_fail_errno(err, "cannot make '%s'", name);
    (void)unlinkat(t->root, temp, 0);
    return err ? err->code : PM_EIO;
}

/* The nearest time that the file system takes; a file without the right time is still the right file. */
static void
set_time(int fd, int64_t when_us)
{
    struct timespec ts[2];
    int64_t rest;

    if (when_us == PM_WHEN_NONE)
        return;
    rest = when_us % PM_SECOND_US;
    if (rest < 0)
        rest += PM_SECOND_US;
    ts[0].tv_sec = 0;
    ts[0].tv_nsec = UTIME_OMIT;
    ts[1].tv_sec = (time_t)((when_us - rest) / PM_SECOND_US);
    ts[1].tv_nsec = (long)(rest * 1000);
    (void)futimens(fd, ts);
}

/* ---- a directory ---- */

/* Go into `part`, which is made when missing; a link there is not followed. */
static int
enter(int *at, int root, const char *part, struct pm_err *err)
{
    int next = openat(*at, part, DIR_FLAGS);

    if (next < 0 && errno == ENOENT) {
        if (mkdirat(*at, part, 0777) != 0 && errno != EEXIST)
            return pm_fail_errno(err, "cannot make directory '%s'", part);
        next = openat(*at, part, DIR_FLAGS);
    }
    if (next < 0) {
        if (errno == ENOTDIR || errno == ELOOP)
            return pm_fail(err, PM_SKIP, "'%s' exists and is no directory", part);
        return pm_fail_errno(err, "cannot open directory '%s'", part);
    }
    if (*at != root)
        close(*at);
    *at = next;
    return PM_OK;
}

/* Open the directory of `name` as t->at; captures come in an order in which the last one often serves again. */
static int
go_to(struct pm_target *t, struct pm_str dir, struct pm_err *err)
{
    struct pm_buf part = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;

    if (t->at >= 0 && pm_str_eq(pm_buf_span(&t->at_name), dir))
        return PM_OK;
    if (t->at >= 0 && t->at != t->root)
        close(t->at);
    t->at = t->root;
    pm_buf_reset(&t->at_name);
    for (size_t i = 0; rc == PM_OK && i < dir.len;) {
        const char *slash = memchr(dir.ptr + i, '/', dir.len - i);
        size_t end = slash ? (size_t)(slash - dir.ptr) : dir.len;

        pm_buf_reset(&part);
        pm_buf_add(&part, dir.ptr + i, end - i);
        rc = enter(&t->at, t->root, pm_buf_z(&part), err);
        i = end + 1;
    }
    if (rc == PM_OK) {
        pm_buf_str(&t->at_name, dir);
        rc = pm_buf_check(&t->at_name, err);
    }
    if (rc != PM_OK) {
        if (t->at != t->root)
            close(t->at);
        t->at = -1;
    }
    pm_buf_release(&part);
    return rc;
}

static int
begin_file(struct pm_target *t, const char *name, struct pm_err *err)
{
    const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
    struct stat st;
    int rc = go_to(t, PM_STRN(name, slash ? (size_t)(slash - name) : 0), err);

    if (rc != PM_OK)
        return rc;
    if (fstatat(t->at, last, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return pm_fail(err, PM_SKIP, "'%s' exists already", name);
    if (errno == ENAMETOOLONG)
        return pm_fail(err, PM_SKIP, "'%s' is too long a name", name);
    return make_temp(t, ".pressmark", err);
}

static int
end_file(struct pm_target *t, struct pm_err *err)
{
    const char *name = pm_buf_z(&t->name), *slash = strrchr(name, '/');
    int rc;

    set_time(t->temp_fd, t->when_us);
    rc = name_temp(t, t->at, slash ? slash + 1 : name, err);
    return rc == PM_DONE ? pm_fail(err, PM_SKIP, "'%s' exists already", name) : rc;
}

/* ---- tar and zip ---- */

static int
archive_fail(struct pm_target *t, struct pm_err *err)
{
    const char *text = archive_error_string(t->archive);
    int code = archive_errno(t->archive) == ENOMEM ? PM_ENOMEM : PM_EIO;

    return pm_fail(err, code, "cannot write the %s file: %s",
                   t->form == PM_RESTORE_TAR ? "tar" : "zip", text ? text : "unknown reason");
}

static int
begin_member(struct pm_target *t, const char *name, uint64_t size, struct pm_err *err)
{
    struct archive_entry *e = archive_entry_new();
    locale_t before;
    int rc = PM_OK;

    if (e == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    /* libarchive takes names for text in the charset of the thread's locale. */
    before = t->utf8 != (locale_t)0 ? uselocale(t->utf8) : (locale_t)0;
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (int64_t)size);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, t->when_us == PM_WHEN_NONE ? 0 : (time_t)(t->when_us / PM_SECOND_US), 0);
    if (archive_write_header(t->archive, e) < ARCHIVE_WARN)
        rc = archive_fail(t, err);
    archive_entry_free(e);
    if (before != (locale_t)0)
        (void)uselocale(before);
    return rc;
}

static int
add_data(struct pm_target *t, struct pm_str bytes, struct pm_err *err)
{
    size_t done = 0;

    while (done < bytes.len) {
        la_ssize_t n = archive_write_data(t->archive, bytes.ptr + done, bytes.len - done);

        if (n <= 0)
            return archive_fail(t, err);
        done += (size_t)n;
    }
    return PM_OK;
}

/* ---- opening ---- */

static int
open_archive(struct pm_target *t, struct pm_err *err)
{
    int fd = t->temp_fd >= 0 ? t->temp_fd : t->out_fd;
    locale_t before;
    int rc;

    t->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    t->archive = archive_write_new();
    if (t->archive == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    /* Names are UTF-8 in both: bytes that are none go in as they are. */
    rc = t->form == PM_RESTORE_TAR ? archive_write_set_format_pax_restricted(t->archive)
                                   : archive_write_set_format_zip(t->archive);
    before = t->utf8 != (locale_t)0 ? uselocale(t->utf8) : (locale_t)0; /* as in add_member() */
    if (rc == ARCHIVE_OK)
        (void)archive_write_set_options(t->archive, "hdrcharset=UTF-8");
    if (before != (locale_t)0)
        (void)uselocale(before);
    (void)archive_write_set_bytes_in_last_block(t->archive, 1);
    if (rc != ARCHIVE_OK || archive_write_open_fd(t->archive, fd) != ARCHIVE_OK)
        return archive_fail(t, err);
    return PM_OK;
}

/* Open the directory in which the file is to be, and a file of another name there. */
static int
open_file(struct pm_target *t, const char *path, struct pm_err *err)
{
    const char *slash = strrchr(path, '/');
    struct pm_buf dir = PM_BUF_INIT(1 << 16);
    struct stat st;
    int rc = PM_OK;

    if (slash == path)
        pm_buf_putc(&dir, '/');
    else if (slash != NULL)
        pm_buf_add(&dir, path, (size_t)(slash - path));
    else
        pm_buf_putc(&dir, '.');
    pm_buf_cstr(&t->final, slash ? slash + 1 : path);
    t->root = open(pm_buf_z(&dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (t->root < 0)
        rc = pm_fail_errno(err, "cannot open directory '%s'", pm_buf_z(&dir));
    else if (fstatat(t->root, pm_buf_z(&t->final), &st, AT_SYMLINK_NOFOLLOW) == 0)
        rc = pm_fail(err, PM_EINVAL, "'%s' exists already", path);
    if (rc == PM_OK)
        rc = make_temp(t, pm_buf_z(&t->final), err);
    pm_buf_release(&dir);
    return rc;
}

static int
open_directory(struct pm_target *t, const char *path, struct pm_err *err)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return pm_fail_errno(err, "cannot make directory '%s'", path);
    t->root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (t->root < 0 && errno == ENOTDIR)
        return pm_fail(err, PM_EINVAL, "'%s' is no directory", path);
    if (t->root < 0)
        return pm_fail_errno(err, "cannot open directory '%s'", path);
    return PM_OK;
}

int
pm_target_open(struct pm_target **dst, const struct pm_restore_options *options, struct pm_err *err)
{
    struct pm_target *t = calloc(1, sizeof(*t));
    bool packed = options->form == PM_RESTORE_TAR || options->form == PM_RESTORE_ZIP;
    int rc = PM_OK;

    if (t == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    t->form = options->form;
    t->out_fd = t->root = t->temp_fd = t->scratch_fd = t->at = -1;
    t->temp = (struct pm_buf)PM_BUF_INIT(1 << 12);
    t->final = (struct pm_buf)PM_BUF_INIT(1 << 12);
    t->at_name = (struct pm_buf)PM_BUF_INIT(1 << 12);
    t->name = (struct pm_buf)PM_BUF_INIT(1 << 16);
    if (options->form == PM_RESTORE_DIR)
        rc = open_directory(t, options->target, err);
    else if (options->target == NULL || strcmp(options->target, "-") == 0)
        t->out_fd = options->out_fd;
    else
        rc = open_file(t, options->target, err);
    if (rc == PM_OK && packed)
        rc = open_archive(t, err);
    if (rc != PM_OK) {
        pm_target_free(t);
        return rc;
    }
    *dst = t;
    return PM_OK;
}

int
pm_target_begin(struct pm_target *t, const char *name, int64_t when_us, uint64_t size, struct pm_err *err)
{
    pm_buf_reset(&t->name);
    pm_buf_cstr(&t->name, name);
    t->when_us = when_us;
    if (pm_buf_check(&t->name, err) != PM_OK)
        return err ? err->code : PM_ENOMEM;
    switch (t->form) {
    case PM_RESTORE_DIR:
        return begin_file(t, name, err);
    case PM_RESTORE_TAR:
    case PM_RESTORE_ZIP:
        return begin_member(t, name, size, err);
    case PM_RESTORE_STREAM:
        break;
    }
    return PM_OK;
}

int
pm_target_piece(void *target, struct pm_str piece, struct pm_err *err)
{
    struct pm_target *t = target;
    int rc;

    if (t->archive != NULL)
        return add_data(t, piece, err);
    rc = pm_fs_write(t->temp_fd >= 0 ? t->temp_fd : t->out_fd, piece.ptr, piece.len, err);
    if (rc == PM_OK || t->form != PM_RESTORE_DIR)
        return rc;
    drop_temp(t);
    return pm_err_prefix(err, "'%s'", pm_buf_z(&t->name));
}

int
pm_target_end(struct pm_target *t, struct pm_err *err)
{
    if (t->form == PM_RESTORE_DIR)
        return end_file(t, err);
    if (t->archive != NULL && archive_write_finish_entry(t->archive) < ARCHIVE_WARN)
        return archive_fail(t, err);
    return PM_OK;
}

int
pm_target_add(struct pm_target *t, const char *name, int64_t when_us, struct pm_str bytes,
              struct pm_err *err)
{
    int rc = pm_target_begin(t, name, when_us, bytes.len, err);

    if (rc == PM_OK)
        rc = pm_target_piece(t, bytes, err);
    return rc == PM_OK ? pm_target_end(t, err) : rc;
}

int
pm_target_scratch(struct pm_target *t, int *fd, struct pm_err *err)
{
    struct pm_buf name = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;

    if (t->root < 0)
        return pm_fail(err, PM_EINVAL, "this form needs a file to write to");
    if (archive_write_zip_set_compression_store(t->archive) != ARCHIVE_OK)
        return archive_fail(t, err);
    pm_buf_addf(&name, "%s.scratch", pm_buf_z(&t->temp));
    t->scratch_fd = openat(t->root, pm_buf_z(&name), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (t->scratch_fd < 0 || unlinkat(t->root, pm_buf_z(&name), 0) != 0)
        rc = pm_fail_errno(err, "cannot create '%s'", pm_buf_z(&name));
    *fd = t->scratch_fd;
    pm_buf_release(&name);
    return rc;
}

int
pm_target_close(struct pm_target *t, struct pm_err *err)
{
    int rc = PM_OK;

    if (t->archive != NULL && archive_write_close(t->archive) != ARCHIVE_OK)
        return archive_fail(t, err);
    if (t->form == PM_RESTORE_DIR)
        return syncfs(t->root) == 0 ? PM_OK : pm_fail_errno(err, "cannot flush files to disk");
    if (t->temp_fd < 0)
        return PM_OK;
    rc = pm_fs_sync(t->temp_fd, pm_buf_z(&t->final), err);
    if (rc == PM_OK)
        rc = name_temp(t, t->root, pm_buf_z(&t->final), err);
    if (rc == PM_DONE)
        return pm_fail(err, PM_EINVAL, "'%s' exists already", pm_buf_z(&t->final));
    return rc == PM_OK ? pm_fs_sync_dir(t->root, ".", err) : rc;
}

void
pm_target_free(struct pm_target *t)
{
    if (t == NULL)
        return;
    if (t->archive != NULL) {
        /* Else the library would end what it wrote to a pipe as if it were complete. A file of our own goes anyway. */
        if (t->temp_fd < 0)
            (void)archive_write_fail(t->archive);
        (void)archive_write_free(t->archive);
    }
    if (t->utf8 != (locale_t)0)
        freelocale(t->utf8);
    drop_temp(t);
    if (t->scratch_fd >= 0)
        close(t->scratch_fd);
    if (t->at >= 0 && t->at != t->root)
        close(t->at);
    if (t->root >= 0)
        close(t->root);
    pm_buf_release(&t->temp);
    pm_buf_release(&t->final);
    pm_buf_release(&t->at_name);
    pm_buf_release(&t->name);
    free(t);
}
