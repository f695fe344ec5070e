/*
 * The public interface: opening, taking in, selecting. It turns the library's structs into those of
 * pressmark.h and decides nothing else. archive_*.c hold the rest of it.
 */
#include "handle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "ingest.h"
#include "repack.h"
#include "restore.h"
#include "version.h"

#define FORMAT_TEXT "pressmark archive 1\n"

enum { FORMAT_MAX = 256, ROW_MEMORY = 256 << 20, BYTES_MAX = 1 << 30 };

_Static_assert(sizeof(PRESSMARK_VERSION) == sizeof(PM_VERSION), "one version");
_Static_assert((int)PRESSMARK_EINVAL == (int)PM_EINVAL && (int)PRESSMARK_ECANCELED == (int)PM_ECANCELED &&
                   (int)PRESSMARK_EVERSION == (int)PM_EVERSION && (int)PRESSMARK_SKIP == (int)PM_SKIP &&
                   (int)PRESSMARK_NO == (int)PM_DONE,
               "one set of codes");
_Static_assert(PRESSMARK_NO_TIME == PM_WHEN_NONE, "one word for no time");

int
pm_archive_give(struct pressmark_error *err, int rc, const struct pm_err *e)
{
    if (err != NULL) {
        err->code = rc;
        (void)snprintf(err->text, sizeof(err->text), "%s", rc == PM_OK ? "" : e->text);
    }
    return rc;
}

/* ---- opening ---- */

/* PM_ENOTFOUND when `root` holds no archive, PM_EVERSION when it is of a later make. */
static int
check_format(int root, const char *dir, struct pm_err *err)
{
    struct pm_buf text = PM_BUF_INIT(FORMAT_MAX);
    struct stat st;
    int rc;

    if (fstatat(root, PM_FORMAT_NAME, &st, 0) != 0)
        return pm_fail(err, PM_ENOTFOUND, "'%s' is not a pressmark archive", dir);
    rc = pm_fs_read(root, PM_FORMAT_NAME, &text, err);
    if (rc == PM_OK && !pm_str_eq(pm_buf_span(&text), pm_str_of(FORMAT_TEXT)))
        rc = pm_str_starts(pm_buf_span(&text), PM_STR("pressmark archive "))
                 ? pm_fail(err, PM_EVERSION, "'%s' has a format that this program does not know", dir)
                 : pm_fail(err, PM_ENOTFOUND, "'%s' is not a pressmark archive", dir);
    pm_buf_release(&text);
    return rc;
}

int
pm_archive_root(const char *dir, int *root, struct pm_err *err)
{
    *root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*root >= 0)
        return check_format(*root, dir, err);
    if (errno == ENOENT || errno == ENOTDIR)
        return pm_fail(err, PM_ENOTFOUND, "'%s' is not a pressmark archive", dir);
    return pm_fail_errno(err, "cannot open '%s'", dir);
}

/* SQLite wants a path of its own: the directory's with a name behind it. */
static int
open_manifest(const char *dir, int root, bool write, struct pm_manifest **dst, struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 20);
    struct stat st;
    int rc;

    if (fstatat(root, PM_MANIFEST_NAME, &st, 0) != 0)
        return pm_fail(err, PM_ECORRUPT, "'%s' has lost its manifest; 'rebuild' makes it again", dir);
    pm_buf_addf(&path, "%s/" PM_MANIFEST_NAME, dir);
    rc = pm_buf_check(&path, err);
    if (rc == PM_OK)
        rc = pm_manifest_open(dst, pm_buf_z(&path), write, err);
    pm_buf_release(&path);
    return rc;
}

/* An empty directory, or one that holds nothing: where an archive may be made. */
static int
check_empty(int root, const char *dir, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_str *names;
    size_t n = 0;
    int rc;

    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_fs_list(root, ".", arena, &names, &n, err);
    if (rc == PM_ELIMIT || (rc == PM_OK && n > 0))
        rc = check_format(root, dir, NULL) == PM_OK
                 ? pm_fail(err, PM_EINVAL, "'%s' is a pressmark archive already", dir)
                 : pm_fail(err, PM_EINVAL, "'%s' is not empty", dir);
    pm_arena_free(arena);
    return rc;
}

int
pressmark_init(const char *dir, struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct pm_manifest *manifest = NULL;
    struct pm_buf path = PM_BUF_INIT(1 << 20);
    int root = -1, rc;

    rc = pm_fs_mkdir(AT_FDCWD, dir, &e);
    if (rc != PM_OK)
        goto out;
    root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) {
        rc = pm_fail_errno(&e, "cannot open '%s'", dir);
        goto out;
    }
    rc = check_empty(root, dir, &e);
    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_BUNDLE_DIR, &e);
    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_TMP_DIR, &e);
    if (rc != PM_OK)
        goto out;
    pm_buf_addf(&path, "%s/" PM_MANIFEST_NAME, dir);
    rc = pm_buf_check(&path, &e);
    if (rc == PM_OK)
        rc = pm_manifest_open(&manifest, pm_buf_z(&path), true, &e);
    /* FORMAT comes last: a directory without it is no archive, so a crash leaves none. */
    if (rc == PM_OK)
        rc = pm_fs_replace(root, PM_TMP_DIR "/" PM_FORMAT_NAME, PM_FORMAT_NAME, PM_STR(FORMAT_TEXT), &e);
out:
    pm_manifest_free(manifest);
    pm_buf_release(&path);
    if (root >= 0)
        close(root);
    return pm_archive_give(err, rc, &e);
}

int
pressmark_open(struct pressmark_archive **dst, const char *dir, bool write, struct pressmark_error *err)
{
    struct pressmark_archive *a = calloc(1, sizeof(*a));
    struct pm_err e = PM_ERR_INIT;
    int rc;

    if (a == NULL)
        return pm_archive_give(err, pm_fail(&e, PM_ENOMEM, "out of memory"), &e);
    a->lock = -1;
    rc = pm_archive_root(dir, &a->root, &e);
    if (rc == PM_OK && write)
        rc = pm_fs_lock(a->root, PM_LOCK_NAME, &a->lock, &e);
    if (rc == PM_OK && write)
        rc = pm_repack_recover(a->root, &e);
    if (rc == PM_OK)
        rc = open_manifest(dir, a->root, write, &a->manifest, &e);
    if (rc == PM_OK)
        rc = pm_bundle_reader_open(&a->bundles, a->root, &e);
    if (rc == PM_OK)
        *dst = a;
    else
        pressmark_free(a);
    return pm_archive_give(err, rc, &e);
}

void
pressmark_free(struct pressmark_archive *a)
{
    if (a == NULL)
        return;
    pm_bundle_reader_free(a->bundles);
    pm_manifest_free(a->manifest);
    if (a->lock >= 0)
        close(a->lock);
    if (a->root >= 0)
        close(a->root);
    free(a);
}

/* ---- taking in ---- */

int
pressmark_snapshot(struct pressmark_archive *a, const char *const *inputs, size_t n,
                   const struct pressmark_snapshot_options *options, struct pressmark_snapshot_result *result,
                   struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct pm_agencies *agencies = NULL;
    struct pm_ingest_options o = {
        .input = {.date_us = options->date_us, .mirror = options->mirror},
        .payload_max = options->payload_max,
        .jobs = options->jobs,
        .level = options->level,
        .bundle_max = options->bundle_max,
        .skipped = options->skipped,
        .noted = options->noted,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_ingest_result r = {0};
    int rc = pm_agencies_new(&agencies, pm_str_of(options->agencies), &e);

    if (rc == PM_OK) {
        o.agencies = agencies;
        rc = pm_ingest(a->manifest, a->root, inputs, n, &o, &r, &e);
    }
    pm_agencies_free(agencies);
    *result = (struct pressmark_snapshot_result){
        .captures = r.captures,
        .revisits = r.revisits,
        .held = r.held,
        .skipped = r.skipped,
        .passed = r.passed,
        .records = r.records,
        .payload_bytes = r.payload_bytes,
        .stored_bytes = r.stored_bytes,
    };
    if (rc == PM_OK && r.skipped > 0)
        rc = pm_fail(&e, PM_SKIP, "%llu inputs were skipped", (unsigned long long)r.skipped);
    return pm_archive_give(err, rc, &e);
}

/* ---- finding ---- */

void
pm_archive_hex(char *dst, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        *dst++ = digits[bytes[i] >> 4];
        *dst++ = digits[bytes[i] & 15];
    }
    *dst = '\0';
}

struct pm_query
pm_archive_query(const struct pressmark_query *q)
{
    return (struct pm_query){
        .id = pm_str_of(q->id),
        .url = pm_str_of(q->url),
        .outlet = pm_str_of(q->outlet),
        .from_us = q->from_us,
        .to_us = q->to_us,
        .cluster = pm_str_of(q->cluster),
        .field = pm_str_of(q->field),
        .value = pm_str_of(q->value),
    };
}

void
pm_archive_capture(const struct pm_row *row, const uint8_t *original_uid, struct pm_archive_texts *texts,
                   struct pressmark_capture *dst)
{
    pm_archive_hex(texts->id, row->uid, sizeof(row->uid));
    pm_archive_hex(texts->sha256, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    if (original_uid != NULL)
        pm_archive_hex(texts->original, original_uid, PM_UID_LEN);
    (void)snprintf(texts->bundle, sizeof(texts->bundle), PM_BUNDLE_DIR "/%06u.warc.zst", row->page.bundle);
    *dst = (struct pressmark_capture){
        .id = texts->id,
        .key = row->key.ptr,
        .url = row->url.ptr,
        .outlet = row->outlet.ptr,
        .when_us = row->when_us,
        .when_source = pm_when_source_name(row->when_source),
        .type = row->type.ptr,
        .status = row->status,
        .payload_size = row->payload_size,
        .payload_sha256 = texts->sha256,
        .original = original_uid ? texts->original : NULL,
        .stored_size = row->page.length + row->meta.length + (original_uid ? 0 : row->text.length),
        .bundle = texts->bundle,
        .offset = row->page.offset,
        .title = row->title.ptr,
        .standfirst = row->standfirst.ptr,
        .published = row->published.ptr,
        .modified = row->modified.ptr,
        .section = row->section.ptr,
        .site = row->site.ptr,
        .language = row->language.ptr,
        .canonical = row->canonical.ptr,
        .byline = row->byline.ptr ? row->byline.ptr : "[]",
        .captions = row->captions.ptr ? row->captions.ptr : "[]",
        .credit = row->credit.ptr,
        .credit_words = row->credit_words.ptr,
        .words = row->words,
    };
}

int
pm_archive_original(struct pressmark_archive *a, const struct pm_row *row, uint8_t uid[PM_UID_LEN], struct pm_err *err)
{
    struct pm_row original;
    int rc;

    if (row->original == 0)
        return PM_DONE;
    rc = pm_manifest_get(a->manifest, row->original, &original, err);
    if (rc == PM_OK)
        memcpy(uid, original.uid, PM_UID_LEN);
    return rc;
}

struct select_ctx {
    struct pressmark_archive *archive;
    int (*each)(void *ctx, const struct pressmark_capture *c);
    void *ctx;
    uint64_t found;
    struct pm_err *err;
};

static int
select_one(void *arg, const struct pm_row *row)
{
    struct select_ctx *s = arg;
    struct pm_archive_texts texts;
    struct pressmark_capture c;
    uint8_t original[PM_UID_LEN];
    int rc = pm_archive_original(s->archive, row, original, s->err);

    if (rc < 0)
        return rc;
    s->found++;
    pm_archive_capture(row, rc == PM_OK ? original : NULL, &texts, &c);
    return s->each(s->ctx, &c);
}

int
pressmark_select(struct pressmark_archive *a, const struct pressmark_query *q,
                 int (*each)(void *ctx, const struct pressmark_capture *c), void *ctx, struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct select_ctx s = {a, each, ctx, 0, &e};
    struct pm_query query = pm_archive_query(q);
    int rc = pm_manifest_select(a->manifest, &query, select_one, &s, &e);

    if (rc == PM_OK && s.found == 0)
        rc = pm_fail(&e, PM_DONE, "no capture matches");
    return pm_archive_give(err, rc, &e);
}

struct find_ctx {
    struct pm_arena *arena;
    struct pm_row *row;
    size_t found;
};

static int
find_one(void *arg, const struct pm_row *row)
{
    struct find_ctx *f = arg;

    if (f->found++ == 0)
        pm_row_keep(row, f->arena, f->row);
    return f->found > 1 ? PM_DONE : PM_OK;
}

int
pm_archive_find(struct pressmark_archive *a, const char *id, struct pm_arena *arena, struct pm_row *row,
                struct pm_err *err)
{
    struct pm_query q = PM_QUERY_ALL;
    struct find_ctx f = {arena, row, 0};
    int rc;

    q.id = pm_str_of(id);
    rc = pm_manifest_select(a->manifest, &q, find_one, &f, err);
    if (rc < 0)
        return rc;
    if (f.found == 0)
        return pm_fail(err, PM_ENOTFOUND, "no capture has the id or key '%s'", id);
    if (f.found > 1)
        return pm_fail(err, PM_EINVAL, "'%s' names more than one capture", id);
    return pm_arena_check(arena, err);
}

int
pressmark_bytes(struct pressmark_archive *a, const char *id, enum pressmark_as as, char **bytes, size_t *len,
                struct pressmark_error *err)
{
    struct pm_arena *arena = pm_arena_new(ROW_MEMORY);
    struct pm_buf out = PM_BUF_INIT(BYTES_MAX);
    struct pm_err e = PM_ERR_INIT;
    struct pm_row row;
    int rc;

    if (arena == NULL)
        return pm_archive_give(err, pm_fail(&e, PM_ENOMEM, "out of memory"), &e);
    rc = pm_archive_find(a, id, arena, &row, &e);
    if (rc == PM_OK)
        rc = pm_restore_bytes(a->manifest, a->bundles, &row, (enum pm_restore_as)as, &out, &e);
    if (rc == PM_OK) {
        (void)pm_buf_z(&out);
        rc = pm_buf_check(&out, &e);
    }
    if (rc == PM_OK) {
        *bytes = out.data;
        *len = out.len;
        out = (struct pm_buf)PM_BUF_INIT(0);
    }
    pm_buf_release(&out);
    pm_arena_free(arena);
    return pm_archive_give(err, rc, &e);
}

void
pressmark_bytes_free(char *bytes)
{
    free(bytes);
}

int
pressmark_stats(struct pressmark_archive *a, struct pressmark_stats *dst, struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct pm_totals t = {0};
    int rc = pm_manifest_totals(a->manifest, &t, &e);

    *dst = (struct pressmark_stats){
        .captures = t.captures,
        .revisits = t.revisits,
        .cleaned = t.cleaned,
        .records = t.records,
        .bundles = t.bundles,
        .outlets = t.outlets,
        .stories = t.stories,
        .versions = t.versions,
        .clustered = t.clustered,
        .payload_bytes = t.payload_bytes,
        .record_bytes = t.record_bytes,
        .stored_bytes = t.stored_bytes,
        .first_us = t.first_us,
        .last_us = t.last_us,
    };
    return pm_archive_give(err, rc, &e);
}
