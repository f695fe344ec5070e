/* Members of zip, tar and 7z archives, and what is in one compressed file. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

#include "input_own.h"

enum { BLOCK = 1 << 16, TABLE_MAX = 256 << 20, BOMBS_MAX = 16 };
static const uint64_t EXPAND_DEFAULT = 1000, EXPAND_FREE = 64 << 20;

/* Bytes for libarchive when the file cannot be read from its start again: a pipe. */
static la_ssize_t
give(struct archive *a, void *ctx, const void **bytes)
{
    struct pm_input *in = ctx;
    struct pm_err err = PM_ERR_INIT;
    struct pm_str have;

    pm_stream_skip(&in->stream, in->given); /* the last block is done with */
    in->given = 0;
    if (pm_stream_peek(&in->stream, 1, &have, &err) != PM_OK) {
        archive_set_error(a, EIO, "%s", err.text);
        return -1;
    }
    *bytes = have.ptr;
    in->given = have.len < BLOCK ? have.len : BLOCK;
    return (la_ssize_t)in->given;
}

static int
failed(struct archive *a, int code, struct pm_err *err)
{
    const char *text = archive_error_string(a);

    return pm_fail(err, archive_errno(a) == ENOMEM ? PM_ENOMEM : code, "%s",
                   text != NULL ? text : "archive cannot be read");
}

/*
 * What one archive may unpack to: what is over it is a bomb, and the end of it. But in a zip the members behind a bomb
 * can be had without unpacking it, and are, unless it is full of bombs.
 */
static int
check_expansion(struct pm_input *in, struct pm_err *err)
{
    uint64_t per_byte = in->options.expand_max != 0 ? in->options.expand_max : EXPAND_DEFAULT;
    struct stat st;
    uint64_t packed;

    if (fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode))
        packed = (uint64_t)st.st_size;
    else
        packed = (uint64_t)archive_filter_bytes(in->archive, -1);
    if (in->unpacked <= EXPAND_FREE || in->unpacked / per_byte <= packed)
        return PM_OK;
    in->spoiled =
        (archive_format(in->archive) & ARCHIVE_FORMAT_BASE_MASK) != ARCHIVE_FORMAT_ZIP || ++in->bombs == BOMBS_MAX;
    in->unpacked = 0;
    return pm_fail(err, PM_ELIMIT, "unpacks to more than %llu times its size", (unsigned long long)per_byte);
}

/* A pm_warc_read over the member under way. */
static int
read_member(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err)
{
    struct pm_input *in = ctx;
    la_ssize_t r;

    do
        r = archive_read_data(in->archive, dst, n);
    while (r == ARCHIVE_RETRY);
    if (r < 0) {
        in->spoiled = r == ARCHIVE_FATAL;
        return failed(in->archive, PM_ECORRUPT, err);
    }
    *got = (size_t)r;
    in->unpacked += *got;
    return check_expansion(in, err);
}

/*
 * The next member and its name as the archive has it: bytes, or UTF-8 where it keeps Unicode.
 * libarchive makes names in the charset of the thread's locale, so that is UTF-8 meanwhile,
 * whatever the program's locale is.
 */
static int
next_header(struct pm_input *in, struct archive_entry **e, struct pm_str *name)
{
    locale_t before = in->utf8 != (locale_t)0 ? uselocale(in->utf8) : (locale_t)0;
    const char *path = NULL;
    int rc;

    do
        rc = archive_read_next_header(in->archive, e);
    while (rc == ARCHIVE_RETRY);
    if (rc == ARCHIVE_OK || rc == ARCHIVE_WARN) {
        path = archive_entry_pathname(*e);
        if (path == NULL || *path == '\0')
            path = archive_entry_pathname_utf8(*e);
    }
    *name = pm_str_of(path);
    if (before != (locale_t)0)
        (void)uselocale(before);
    return rc;
}

static int
open_archive(struct pm_input *in, bool packed, struct pm_err *err)
{
    struct archive *a = archive_read_new();
    int rc;

    if (a == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    in->archive = a;
    archive_read_support_filter_all(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_gnutar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_7zip(a);
    if (packed)
        archive_read_support_format_raw(a);
    if (lseek(in->fd, 0, SEEK_SET) == 0)
        rc = archive_read_open_fd(a, in->fd, BLOCK);
    else
        rc = archive_read_open(a, in, NULL, give, NULL);
    if (rc == ARCHIVE_OK || rc == ARCHIVE_WARN)
        return PM_OK;
    rc = failed(a, PM_ECORRUPT, err);
    (void)archive_read_free(a);
    in->archive = NULL;
    return rc;
}

int
pm_input_archive_table(struct pm_input *in, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new((size_t)2 * TABLE_MAX);
    struct input_table *table = NULL;
    struct pm_str text;
    int rc;

    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    in->form = FORM_EMPTY;
    rc = in->table != NULL ? PM_OK : pm_stream_all(&in->member_stream, TABLE_MAX, arena, &text, err);
    if (rc == PM_OK && in->table == NULL)
        rc = pm_input_table_new(&table, text, in->member.path, err);
    if (table != NULL)
        in->table = table;
    pm_arena_free(arena);
    return rc;
}

/*
 * Look for a table before the pages are read, where that costs no more than a look at the names: in
 * zip and in tar that is not compressed.
 */
static int
find_table(struct pm_input *in, struct pm_err *err)
{
    int rc = open_archive(in, false, err);
    struct archive_entry *e;
    struct pm_str name;

    while (rc == PM_OK) {
        int got = next_header(in, &e, &name);

        if (got != ARCHIVE_OK && got != ARCHIVE_WARN)
            break;
        if (!pm_input_is_table(name))
            continue;
        in->member.path = name;
        pm_stream_init(&in->member_stream, read_member, in, TABLE_MAX);
        rc = pm_input_archive_table(in, err);
        break;
    }
    if (in->archive != NULL)
        (void)archive_read_free(in->archive);
    in->archive = NULL;
    return rc == PM_ENOMEM ? rc : PM_OK; /* any other failure comes again */
}

int
pm_input_archive_open(struct pm_input *in, struct pm_err *err)
{
    bool packed = in->form == FORM_PACKED, seekable = lseek(in->fd, 0, SEEK_CUR) >= 0;
    int rc = PM_OK;

    in->unpacked = 0;
    in->bombs = 0;
    in->spoiled = false;
    in->archive_packed = false;
    in->given = 0;
    in->members = 0;
    if (!packed && seekable && !pm_str_starts(pm_buf_span(&in->stream.head), PM_STR("7z")))
        rc = find_table(in, err);
    in->form = FORM_EMPTY;
    return rc == PM_OK ? open_archive(in, packed, err) : rc;
}

void
pm_input_archive_close(struct pm_input *in)
{
    if (in->archive != NULL)
        (void)archive_read_free(in->archive);
    in->archive = NULL;
    in->in_member = false;
    pm_input_table_free(in->table);
    in->table = NULL;
}

/* "page.html" of "dir/page.html.gz", for what a compressed file is called. */
static struct pm_str
without_suffix(struct pm_str path)
{
    size_t n = path.len;

    while (n > 0 && path.ptr[n - 1] != '.' && path.ptr[n - 1] != '/')
        n--;
    return n > 1 && path.ptr[n - 1] == '.' ? PM_STRN(path.ptr, n - 1) : path;
}

int
pm_input_archive_next(struct pm_input *in, struct pm_err *err)
{
    struct archive_entry *e;
    struct pm_str name;
    bool raw;
    int rc;

    in->in_member = false;
    for (;;) {
        rc = next_header(in, &e, &name);
        if (rc == ARCHIVE_EOF && in->members == 0 && in->file.named)
            return pm_fail(err, PM_ECORRUPT, "is an archive without files");
        if (rc == ARCHIVE_EOF)
            return PM_DONE;
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            return failed(in->archive, PM_ECORRUPT, err);
        /* Links and devices are names without bytes. */
        if (archive_entry_filetype(e) == AE_IFREG && archive_entry_hardlink(e) == NULL)
            break;
    }
    in->members++;
    raw = archive_format(in->archive) == ARCHIVE_FORMAT_RAW;
    if (raw) {
        in->archive_packed = true;
        in->member = in->file;
        in->member.name = without_suffix(in->file.path);
    } else {
        in->member = (struct input_file){.mtime_us = PM_WHEN_NONE};
        if (name.len == 0)
            name = PM_STR("(no name)");
        in->member.path = pm_arena_str(in->names, name);
        in->member.name = in->member.path;
        in->member.row = pm_input_table_find(in->table, in->member.path);
        in->member.label = pm_arena_strf(in->names, "%s:%s", in->file.label.ptr, in->member.path.ptr);
        if (archive_entry_mtime_is_set(e) && archive_entry_mtime(e) > 0) /* 0 stands for none */
            in->member.mtime_us = (int64_t)archive_entry_mtime(e) * PM_SECOND_US;
    }
    rc = pm_arena_check(in->names, err);
    if (rc != PM_OK)
        return rc;
    if (archive_entry_is_encrypted(e)) {
        in->in_member = true;
        return pm_fail(err, PM_SKIP, "is encrypted");
    }
    pm_stream_init(&in->member_stream, read_member, in, 2 * in->options.payload_max + 4 * INPUT_PEEK);
    in->in_member = true;
    return PM_OK;
}
