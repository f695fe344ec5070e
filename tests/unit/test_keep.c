/* Giving back, verify, rebuild: an archive of a few captures, whole and with each of its bytes flipped. One
 * archive serves them all, and what one gives back the next one checks: so they are in one file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "ingest.h"
#include "maint.h"
#include "repack.h"
#include "restore.h"
#include "restore_name.h"
#include "scratch.h"

enum { PAGES = 6 };

struct bed {
    char dir[SCRATCH_PATH];
    int at, root; /* the test's directory, and the archive in it */
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_err err;
};

static const char *
path_of(const struct bed *b, const char *name)
{
    static char text[256];

    (void)snprintf(text, sizeof(text), "%s/%s", b->dir, name);
    return text;
}

static void
write_file(const struct bed *b, const char *name, struct pm_str bytes)
{
    int fd = openat(b->at, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
    close(fd);
}

static void
make_page(struct pm_buf *page, int i)
{
    pm_buf_addf(page,
                "<!doctype html><html lang=en><head><title>Harbour report %d</title>"
                "<meta property='article:published_time' content='2024-05-0%dT08:00:00Z'></head><body>"
                "<nav><a href=/>Home</a></nav><article><h1>Harbour report %d</h1>",
                i, i + 1, i);
    for (int p = 0; p < 6; p++)
        pm_buf_addf(page,
                    "<p>The harbour master said on day %d that %d ships had come in by noon, %d fewer than a week "
                    "before, and that the crane of pier %d would be mended before the autumn storms.</p>",
                    i, 10 * i + p, p, i + p);
    pm_buf_cstr(page, "</article></body></html>\n");
}

static void
make_warc(struct pm_buf *warc)
{
    struct pm_buf body = PM_BUF_INIT(1 << 20), block = PM_BUF_INIT(1 << 20);

    make_page(&body, 8);
    pm_buf_addf(&block, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%zx\r\n",
                body.len);
    pm_buf_str(&block, pm_buf_span(&body));
    pm_buf_cstr(&block, "\r\n0\r\n\r\n");
    pm_buf_addf(warc,
                "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
                "WARC-Date: 2024-05-09T10:00:00Z\r\nWARC-Target-URI: http://coast.example/a/b?c\r\n"
                "Content-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n",
                block.len);
    pm_buf_str(warc, pm_buf_span(&block));
    pm_buf_cstr(warc,
                "\r\n\r\nWARC/1.1\r\nWARC-Type: request\r\nWARC-Record-ID: "
                "<urn:uuid:00000000-0000-4000-8000-000000000002>\r\nWARC-Date: 2024-05-09T10:00:00Z\r\n"
                "WARC-Target-URI: http://coast.example/a/b?c\r\nContent-Type: application/http; msgtype=request\r\n"
                "Content-Length: 18\r\n\r\nGET /a/b HTTP/1.1\n\r\n\r\n");
    pm_buf_release(&body);
    pm_buf_release(&block);
}

/* pages/0.html to 5.html, pages/sub/again.html with the bytes of 0.html, and a WARC file with a response and its request. */
static void
make_inputs(const struct bed *b)
{
    struct pm_buf page = PM_BUF_INIT(1 << 20);
    char name[32];

    assert_int_equal(mkdirat(b->at, "pages", 0777), 0);
    assert_int_equal(mkdirat(b->at, "pages/sub", 0777), 0);
    for (int i = 0; i < PAGES; i++) {
        pm_buf_reset(&page);
        make_page(&page, i);
        (void)snprintf(name, sizeof(name), "pages/%d.html", i);
        write_file(b, name, pm_buf_span(&page));
        if (i == 0)
            write_file(b, "pages/sub/again.html", pm_buf_span(&page));
    }
    pm_buf_reset(&page);
    make_warc(&page);
    write_file(b, "x.warc", pm_buf_span(&page));
    pm_buf_release(&page);
}

static void
open_manifest(struct bed *b)
{
    assert_int_equal(pm_manifest_open(&b->manifest, path_of(b, "archive/manifest.sqlite"), true, &b->err), PM_OK);
}

static void
take_in(struct bed *b, const char *name, uint64_t bundle_max)
{
    char *path = strdup(path_of(b, name));
    const char *const paths[] = {path};
    struct pm_ingest_options o = {.input = {.date_us = PM_WHEN_NONE}, .bundle_max = bundle_max};
    struct pm_ingest_result r;

    assert_int_equal(pm_ingest(b->manifest, b->root, paths, 1, &o, &r, &b->err), PM_OK);
    assert_int_equal(r.skipped, 0);
    free(path);
}

static int
set_up(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));

    if (!scratch_make(b->dir, "keep"))
        return -1;
    b->at = open(b->dir, O_RDONLY | O_DIRECTORY);
    make_inputs(b);
    assert_int_equal(mkdirat(b->at, "archive", 0777), 0);
    assert_int_equal(mkdirat(b->at, "archive/bundles", 0777), 0);
    b->root = openat(b->at, "archive", O_RDONLY | O_DIRECTORY);
    open_manifest(b);
    take_in(b, "pages", 3000); /* several bundles */
    take_in(b, "x.warc", 1 << 20);
    *state = b;
    return pm_bundle_reader_open(&b->bundles, b->root, &b->err);
}

static int
tear_down(void **state)
{
    struct bed *b = *state;

    pm_bundle_reader_free(b->bundles);
    pm_manifest_free(b->manifest);
    close(b->root);
    close(b->at);
    scratch_remove(b->dir);
    free(b);
    return 0;
}

/* ---- verify ---- */

struct told {
    int n;
    struct pm_loc loc;
    char url[128], what[128];
};

static void
note_damage(void *ctx, const struct pm_damage *d)
{
    struct told *t = ctx;

    t->n++;
    t->loc = d->loc;
    (void)snprintf(t->url, sizeof(t->url), PM_STR_FMT, PM_STR_ARG(d->url));
    (void)snprintf(t->what, sizeof(t->what), PM_STR_FMT, PM_STR_ARG(d->what));
}

static int
verify(struct bed *b, unsigned jobs, struct told *told, struct pm_verify_result *r)
{
    struct pm_maint_options o = {.jobs = jobs, .damage = note_damage, .ctx = told};

    *told = (struct told){0};
    return pm_verify(b->manifest, b->root, &o, r, &b->err);
}

static void
test_verify_sound(void **state)
{
    struct bed *b = *state;
    struct pm_verify_result r;
    struct told told;

    for (unsigned jobs = 0; jobs < 4; jobs++) {
        assert_int_equal(verify(b, jobs, &told, &r), PM_OK);
        assert_int_equal(told.n, 0);
        assert_true(r.bundles > 1);
        assert_int_equal(r.damaged + r.missing + r.stray, 0);
    }
}

static void
flip(int fd, off_t at, unsigned bit)
{
    unsigned char c;

    assert_int_equal(pread(fd, &c, 1, at), 1);
    c = (unsigned char)(c ^ (1u << bit));
    assert_int_equal(pwrite(fd, &c, 1, at), 1);
}

static void
test_verify_flips(void **state)
{
    struct bed *b = *state;
    int fd = openat(b->root, "bundles/000001.warc.zst", O_RDWR);
    struct pm_verify_result r;
    struct told told;
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    for (off_t at = 0; at < st.st_size; at++) {
        unsigned bit = (unsigned)at % 8;

        flip(fd, at, bit);
        assert_int_equal(verify(b, 0, &told, &r), PM_DONE);
        assert_int_equal(told.n, 1); /* that record, and no other */
        assert_int_equal(told.loc.bundle, 1);
        assert_true(told.loc.offset <= (uint64_t)at);
        assert_true(told.loc.offset + told.loc.length > (uint64_t)at);
        assert_int_equal(r.damaged, 1);
        flip(fd, at, bit);
    }
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
    close(fd);
}

static void
test_verify_missing(void **state)
{
    struct bed *b = *state;
    int fd = openat(b->root, "bundles/000001.warc.zst", O_RDWR);
    struct pm_verify_result r;
    struct told told;
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(ftruncate(fd, st.st_size - 1), 0);
    assert_int_equal(verify(b, 2, &told, &r), PM_DONE);
    assert_int_equal(r.missing, 1);
    assert_int_equal(ftruncate(fd, st.st_size), 0);
    assert_int_equal(ftruncate(fd, st.st_size + 10), 0);
    assert_int_equal(verify(b, 2, &told, &r), PM_DONE);
    assert_int_equal(r.stray, 1);
    assert_int_equal(told.loc.offset, st.st_size);
    assert_int_equal(told.loc.length, 10);
    assert_int_equal(unlinkat(b->root, "bundles/000001.warc.zst", 0), 0);
    assert_int_equal(verify(b, 0, &told, &r), PM_DONE);
    assert_true(r.missing > 1);
    close(fd);
}

/* What a crash leaves is told, and is no damage. */
static void
test_verify_leftover(void **state)
{
    struct bed *b = *state;
    struct pm_bundle_state last;
    struct pm_buf path = PM_BUF_INIT(256);
    struct pm_verify_result r;
    struct told told;
    bool sealed;
    int fd;

    assert_int_equal(pm_manifest_last_bundle(b->manifest, &last, &sealed, &b->err), PM_OK);
    pm_bundle_path(&path, last.bundle);
    fd = openat(b->root, pm_buf_z(&path), O_RDWR);
    assert_int_equal(pwrite(fd, "garbage", 7, (off_t)last.size), 7);
    close(fd);
    pm_buf_reset(&path);
    pm_bundle_path(&path, last.bundle + 1);
    close(openat(b->root, pm_buf_z(&path), O_RDWR | O_CREAT, 0666));
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
    assert_int_equal(told.n, 2);
    assert_int_equal(r.stray, 2);
    pm_buf_release(&path);
}

/* ---- rebuild ---- */

static int
print_row(void *ctx, const struct pm_row *row)
{
    struct pm_buf *out = ctx;
    const struct pm_str texts[] = {row->key, row->url, row->outlet, row->type, row->title, row->standfirst,
                                   row->byline, row->published, row->modified, row->section, row->site,
                                   row->language, row->canonical, row->captions, row->credit, row->credit_words};

    pm_buf_addf(out, "%lld ", (long long)row->capture);
    pm_hex(out, row->uid, sizeof(row->uid));
    pm_hex(out, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        pm_buf_cstr(out, texts[i].ptr ? "|" : "!");
        pm_buf_str(out, texts[i]);
    }
    pm_buf_addf(out, "|%lld %d %d %d %llu %lld %u", (long long)row->when_us, (int)row->when_source, (int)row->media,
                row->status, (unsigned long long)row->payload_size, (long long)row->original, row->words);
    pm_buf_addf(out, " %u@%llu+%llu %u@%llu+%llu %u@%llu+%llu\n", row->page.bundle,
                (unsigned long long)row->page.offset, (unsigned long long)row->page.length, row->text.bundle,
                (unsigned long long)row->text.offset, (unsigned long long)row->text.length, row->meta.bundle,
                (unsigned long long)row->meta.offset, (unsigned long long)row->meta.length);
    return PM_OK;
}

static int
print_text(void *ctx, const struct pm_text_row *row)
{
    struct pm_buf *out = ctx;

    pm_buf_addf(out, "%lld %llx %u\n", (long long)row->capture, (unsigned long long)row->exact, row->words);
    return PM_OK;
}

static int
print_fingerprint(void *ctx, int64_t capture, struct pm_str packed)
{
    struct pm_buf *out = ctx;

    pm_buf_addf(out, "%lld ", (long long)capture);
    pm_hex(out, (const uint8_t *)packed.ptr, packed.len);
    pm_buf_putc(out, '\n');
    return PM_OK;
}

static int
print_record(void *ctx, const struct pm_stored *rec)
{
    struct pm_buf *out = ctx;

    pm_buf_addf(out, "%u@%llu+%llu %llu %llx %lld " PM_STR_FMT " ", rec->loc.bundle,
                (unsigned long long)rec->loc.offset, (unsigned long long)rec->loc.length,
                (unsigned long long)rec->size, (unsigned long long)rec->check, (long long)rec->capture,
                PM_STR_ARG(rec->type));
    pm_hex(out, rec->sha.byte, sizeof(rec->sha.byte));
    pm_buf_putc(out, '\n');
    return PM_OK;
}

struct bundle_print {
    struct pm_manifest *manifest;
    struct pm_buf *out;
};

static int
print_bundle(void *ctx, const struct pm_bundle_state *state)
{
    struct bundle_print *p = ctx;
    struct pm_err err;

    pm_buf_addf(p->out, "bundle %u %llu\n", state->bundle, (unsigned long long)state->size);
    return pm_manifest_each_record(p->manifest, state->bundle, print_record, p->out, &err);
}

static void
print_manifest(struct pm_manifest *m, struct pm_buf *out)
{
    struct pm_query all = PM_QUERY_ALL;
    struct bundle_print p = {m, out};
    struct pm_err err;

    assert_int_equal(pm_manifest_each_bundle(m, print_bundle, &p, &err), PM_OK);
    assert_int_equal(pm_manifest_select(m, &all, print_row, out, &err), PM_OK);
    assert_int_equal(pm_manifest_each_text(m, 0, print_text, out, &err), PM_OK);
    assert_int_equal(pm_manifest_each_fingerprint(m, 0, print_fingerprint, out, &err), PM_OK);
    pm_buf_putc(out, '\0');
    assert_int_equal(out->failed, 0);
}

/* Rebuild into a new manifest, which takes the place of the old one. */
static int
rebuild(struct bed *b, struct told *told, struct pm_verify_result *r)
{
    struct pm_maint_options o = {.damage = note_damage, .ctx = told};
    int rc;

    *told = (struct told){0};
    pm_manifest_free(b->manifest);
    b->manifest = NULL;
    (void)unlinkat(b->root, "manifest.sqlite", 0);
    open_manifest(b);
    rc = pm_rebuild(b->manifest, b->bundles, b->root, &o, r, &b->err);
    return rc;
}

static void
test_rebuild_equal(void **state)
{
    struct bed *b = *state;
    struct pm_buf before = PM_BUF_INIT(1 << 20), after = PM_BUF_INIT(1 << 20);
    struct pm_verify_result r;
    struct told told;

    print_manifest(b->manifest, &before);
    assert_true(before.len > 2000);
    assert_int_equal(rebuild(b, &told, &r), PM_OK);
    print_manifest(b->manifest, &after);
    assert_string_equal(before.data, after.data);
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
    pm_buf_release(&before);
    pm_buf_release(&after);
}

static int
count_row(void *ctx, const struct pm_row *row)
{
    (void)row;
    ++*(int *)ctx;
    return PM_OK;
}

static int
count_captures(struct bed *b)
{
    struct pm_query all = PM_QUERY_ALL;
    int n = 0;

    assert_int_equal(pm_manifest_select(b->manifest, &all, count_row, &n, &b->err), PM_OK);
    return n;
}

static int
keep_row(void *ctx, const struct pm_row *row)
{
    *(struct pm_row *)ctx = *row; /* numbers and places; texts are not used */
    return PM_OK;
}

static struct pm_row
row_of(struct bed *b, const char *url)
{
    struct pm_query q = PM_QUERY_ALL;
    struct pm_row row = {0};

    q.url = pm_str_of(url);
    assert_int_equal(pm_manifest_select(b->manifest, &q, keep_row, &row, &b->err), PM_OK);
    assert_true(row.capture != 0);
    return row;
}

static void
damage(struct bed *b, const struct pm_loc *loc)
{
    struct pm_buf path = PM_BUF_INIT(256);
    int fd;

    pm_bundle_path(&path, loc->bundle);
    fd = openat(b->root, pm_buf_z(&path), O_RDWR);
    flip(fd, (off_t)(loc->offset + loc->length / 2), 3);
    close(fd);
    pm_buf_release(&path);
}

/* Whichever record of a capture is lost, the capture stays with what is left. */
static void
test_rebuild_damaged(void **state)
{
    struct bed *b = *state;
    int all = count_captures(b);
    struct pm_row row = row_of(b, "*/2.html");
    struct pm_buf bytes = PM_BUF_INIT(1 << 20);
    struct pm_verify_result r;
    struct told told;

    damage(b, &row.page);
    assert_int_equal(rebuild(b, &told, &r), PM_DONE);
    assert_int_equal(count_captures(b), all);
    row = row_of(b, "*/2.html");
    assert_int_equal(row.page.bundle, 0);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_RAW, &bytes, &b->err), PM_SKIP);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_TEXT, &bytes, &b->err),
                     PM_ECORRUPT); /* its text leans on it */

    row = row_of(b, "*/3.html");
    damage(b, &row.meta);
    assert_int_equal(rebuild(b, &told, &r), PM_DONE);
    assert_int_equal(count_captures(b), all);
    row = row_of(b, "*/3.html");
    pm_buf_reset(&bytes);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_RAW, &bytes, &b->err), PM_OK);
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR("Harbour report 3"), 0) != SIZE_MAX);

    row = row_of(b, "*/4.html");
    damage(b, &row.text);
    assert_int_equal(rebuild(b, &told, &r), PM_DONE);
    assert_int_equal(count_captures(b), all);
    row = row_of(b, "*/4.html");
    assert_int_equal(row.text.bundle, 0);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_TEXT, &bytes, &b->err), PM_SKIP);
    pm_buf_release(&bytes);
}

/* Without its original a revisit must not pass for a capture that has the payload. */
static void
test_rebuild_orphan(void **state)
{
    struct bed *b = *state;
    struct pm_row row = row_of(b, "*/pages/0.html"), again;
    struct pm_buf bytes = PM_BUF_INIT(1 << 20);
    struct pm_verify_result r;
    struct told told;

    damage(b, &row.page);
    damage(b, &row.meta);
    assert_int_equal(rebuild(b, &told, &r), PM_DONE);
    again = row_of(b, "*/again.html");
    assert_int_equal(again.page.bundle, 0);
    assert_int_equal(pm_manifest_find_payload(b->manifest, &again.payload_sha, again.payload_size, &row, &b->err),
                     PM_DONE);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &again, PM_RESTORE_RAW, &bytes, &b->err), PM_SKIP);
    pm_buf_release(&bytes);
}

/* ---- repack ---- */

static int
restore(struct bed *b, enum pm_restore_form form, enum pm_restore_as as, const char *target,
        struct pm_restore_result *r)
{
    struct pm_query all = PM_QUERY_ALL;
    char *path = strdup(path_of(b, target));
    const struct pm_chosen chosen = {b->manifest, &all, 1, false};
    struct pm_restore_options o = {.as = as, .form = form, .target = path, .out_fd = -1, .jobs = 3};
    int rc = pm_restore(&chosen, b->root, &o, r, &b->err);

    free(path);
    return rc;
}

static int
repack(struct bed *b)
{
    struct pm_repack_options o = {.jobs = 2};
    struct pm_repack_result r;

    return pm_repack_write(b->manifest, b->root, path_of(b, "archive"), &o, &r, &b->err);
}

/* What a process that stopped after pm_repack_commit() leaves to the next. */
static void
finish_repack(struct bed *b)
{
    pm_manifest_free(b->manifest);
    b->manifest = NULL;
    pm_bundle_reader_free(b->bundles);
    assert_int_equal(pm_repack_recover(b->root, &b->err), PM_OK);
    open_manifest(b);
    assert_int_equal(pm_bundle_reader_open(&b->bundles, b->root, &b->err), PM_OK);
}

static int
count_files(struct bed *b, const char *dir)
{
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_str *names;
    size_t n;

    assert_int_equal(pm_fs_list(b->root, dir, arena, &names, &n, &b->err), PM_OK);
    pm_arena_free(arena);
    return (int)n;
}

static void
test_repack(void **state)
{
    struct bed *b = *state;
    int before = count_files(b, "bundles"), captures = count_captures(b);
    struct pm_verify_result r;
    struct pm_restore_result out;
    struct told told;

    assert_int_equal(repack(b), PM_OK);
    assert_int_equal(count_files(b, "bundles"), before); /* not yet */
    assert_int_equal(pm_repack_commit(b->root, b->manifest, &b->err), PM_OK);
    finish_repack(b);
    assert_int_equal(count_files(b, "tmp"), 0);
    assert_true(count_files(b, "bundles") < before);
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
    assert_int_equal(told.n, 0);
    assert_int_equal(count_captures(b), captures);
    assert_int_equal(restore(b, PM_RESTORE_DIR, PM_RESTORE_RAW, "out", &out), PM_OK);
    assert_int_equal(out.captures, captures);
    assert_int_equal(rebuild(b, &told, &r), PM_OK);
    assert_int_equal(count_captures(b), captures);
    take_in(b, "pages", 1 << 20); /* all held */
    assert_int_equal(count_captures(b), captures);
}

static void
test_repack_dropped(void **state)
{
    struct bed *b = *state;
    int before = count_files(b, "bundles");
    struct pm_verify_result r;
    struct told told;

    assert_int_equal(repack(b), PM_OK);
    finish_repack(b); /* without a commit it was for nothing */
    assert_int_equal(count_files(b, "tmp"), 0);
    assert_int_equal(count_files(b, "bundles"), before);
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
}

/* Stopped in the middle of the switch: some bundles moved, the old manifest gone. */
static void
test_repack_interrupted(void **state)
{
    struct bed *b = *state;
    int captures = count_captures(b);
    struct pm_verify_result r;
    struct pm_bundle_state last;
    struct pm_buf from = PM_BUF_INIT(256), to = PM_BUF_INIT(256);
    struct told told;
    bool sealed;

    assert_int_equal(repack(b), PM_OK);
    assert_int_equal(pm_manifest_last_bundle(b->manifest, &last, &sealed, &b->err), PM_OK);
    assert_int_equal(pm_repack_commit(b->root, b->manifest, &b->err), PM_OK);
    pm_buf_cstr(&from, PM_REPACK_DIR "/");
    pm_bundle_path(&from, last.bundle + 1);
    pm_bundle_path(&to, last.bundle + 1);
    assert_int_equal(renameat(b->root, pm_buf_z(&from), b->root, pm_buf_z(&to)), 0);
    assert_int_equal(renameat(b->root, "manifest.sqlite", b->root, PM_REPACK_DIR "/replaced.sqlite"), 0);
    finish_repack(b);
    assert_int_equal(count_files(b, "tmp"), 0);
    assert_int_equal(verify(b, 0, &told, &r), PM_OK);
    assert_int_equal(told.n, 0);
    assert_int_equal(count_captures(b), captures);
    pm_buf_release(&from);
    pm_buf_release(&to);
}

static void
test_repack_damaged(void **state)
{
    struct bed *b = *state;
    struct pm_row row = row_of(b, "*/2.html");
    int before = count_files(b, "bundles");

    damage(b, &row.text);
    assert_int_equal(repack(b), PM_ECORRUPT);
    assert_int_equal(count_files(b, "tmp"), 0);
    assert_int_equal(count_files(b, "bundles"), before);
}

/* ---- restore ---- */

static void
assert_same_file(struct bed *b, const char *name, const char *other)
{
    struct pm_buf one = PM_BUF_INIT(1 << 20), two = PM_BUF_INIT(1 << 20);

    assert_int_equal(pm_fs_read(b->at, name, &one, &b->err), PM_OK);
    assert_int_equal(pm_fs_read(b->at, other, &two, &b->err), PM_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    pm_buf_release(&one);
    pm_buf_release(&two);
}

static void
test_restore_directory(void **state)
{
    struct bed *b = *state;
    struct pm_restore_result r;
    char name[128], from[128];
    struct stat st;

    assert_int_equal(restore(b, PM_RESTORE_DIR, PM_RESTORE_RAW, "out", &r), PM_OK);
    assert_int_equal(r.captures, PAGES + 2);
    assert_int_equal(r.skipped, 0);
    for (int i = 0; i < PAGES; i++) {
        (void)snprintf(name, sizeof(name), "out%s/pages/%d.html", b->dir, i);
        (void)snprintf(from, sizeof(from), "pages/%d.html", i);
        assert_same_file(b, name, from);
        assert_int_equal(fstatat(b->at, name, &st, 0), 0);
        assert_int_equal(st.st_mtim.tv_sec, 1714550400 + 86400 * i); /* 2024-05-01T08:00:00Z and on */
    }
    (void)snprintf(name, sizeof(name), "out%s/pages/sub/again.html", b->dir);
    assert_same_file(b, name, "pages/0.html");
    /* Again: everything is there, and stays. */
    assert_int_equal(restore(b, PM_RESTORE_DIR, PM_RESTORE_RAW, "out", &r), PM_OK);
    assert_int_equal(r.captures, 0);
    assert_int_equal(r.skipped, PAGES + 2);
}

static void
test_restore_no_escape(void **state)
{
    struct bed *b = *state;
    struct pm_restore_result r;
    struct stat st;

    /* A link in the target that leads elsewhere is not followed. */
    assert_int_equal(mkdirat(b->at, "out", 0777), 0);
    assert_int_equal(mkdirat(b->at, "elsewhere", 0777), 0);
    assert_int_equal(symlinkat("../elsewhere", b->at, "out/tmp"), 0);
    assert_int_equal(restore(b, PM_RESTORE_DIR, PM_RESTORE_RAW, "out", &r), PM_OK);
    assert_int_equal(r.skipped, PAGES + 1);
    assert_int_equal(r.captures, 1);
    assert_int_not_equal(fstatat(b->at, "elsewhere/tmp", &st, 0), 0);
    assert_int_equal(unlinkat(b->at, "elsewhere", AT_REMOVEDIR), 0); /* it is empty */
}

static void
test_restore_packed(void **state)
{
    static const enum pm_restore_form forms[] = {PM_RESTORE_TAR, PM_RESTORE_ZIP};
    static const char *const names[] = {"out.tar", "out.zip"};
    struct bed *b = *state;
    struct pm_restore_result r;
    struct stat st, again;

    for (int i = 0; i < 2; i++) {
        assert_int_equal(restore(b, forms[i], PM_RESTORE_RAW, names[i], &r), PM_OK);
        assert_int_equal(r.captures, PAGES + 2);
        assert_int_equal(fstatat(b->at, names[i], &st, 0), 0);
        assert_int_equal(restore(b, forms[i], PM_RESTORE_RAW, names[i], &r), PM_EINVAL);
        assert_int_equal(fstatat(b->at, names[i], &again, 0), 0);
        assert_int_equal(st.st_ino, again.st_ino);
    }
    assert_int_equal(restore(b, PM_RESTORE_TAR, PM_RESTORE_RAW, "none/out.tar", &r), PM_EIO);
}

/* RAW undoes the codings of HTTP, HTTP is as it came. */
static void
test_restore_http(void **state)
{
    struct bed *b = *state;
    struct pm_row row = row_of(b, "http://coast.example/a/b?c");
    struct pm_buf raw = PM_BUF_INIT(1 << 20), http = PM_BUF_INIT(1 << 20), want = PM_BUF_INIT(1 << 20);

    make_page(&want, 8);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_RAW, &raw, &b->err), PM_OK);
    assert_int_equal(raw.len, want.len);
    assert_memory_equal(raw.data, want.data, want.len);
    assert_int_equal(pm_restore_bytes(b->manifest, b->bundles, &row, PM_RESTORE_HTTP, &http, &b->err), PM_OK);
    assert_true(pm_str_starts(pm_buf_span(&http), PM_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-")));
    pm_buf_release(&raw);
    pm_buf_release(&http);
    pm_buf_release(&want);
}

static void
test_restore_damaged(void **state)
{
    struct bed *b = *state;
    struct pm_row row = row_of(b, "*/2.html");
    struct pm_restore_result r;

    damage(b, &row.page);
    assert_int_equal(restore(b, PM_RESTORE_DIR, PM_RESTORE_RAW, "out", &r), PM_OK);
    assert_int_equal(r.skipped, 1);
    assert_int_equal(r.captures, PAGES + 1);
}

/* ---- names ---- */

static void
assert_name(const struct pm_row *row, enum pm_restore_as as, const char *want)
{
    struct pm_buf name = PM_BUF_INIT(1 << 12);

    pm_restore_name(row, as, &name);
    assert_string_equal(pm_buf_z(&name), want);
    pm_buf_release(&name);
}

static void
test_names(void **state)
{
    static const struct {
        const char *key, *url, *outlet, *type, *want;
    } cases[] = {
        {NULL, "https://www.coast.example/news/2024/Ships%20come-in.html?a=b", NULL, "text/html",
         "coast.example/2024-05-01/news-2024-ships-come-in-0102030405060708.html"},
        {NULL, "https://coast.example/", "Coast & Harbour", "text/html; charset=utf-8",
         "coast-harbour/2024-05-01/page-0102030405060708.html"},
        {NULL, "https://coast.example/..%2f..%2fetc/passwd", "../..", "image/png",
         "coast.example/2024-05-01/etc-passwd-0102030405060708.png"},
        {NULL, "https://coast.example/%00%0a.hidden", ".", NULL,
         "coast.example/2024-05-01/page-0102030405060708.html"},
        {"dir/a.html", "https://coast.example/x", NULL, "text/html", "dir/a.html"},
        {"/abs//./a.html", "file:///abs/a.html", NULL, NULL, "abs/a.html"},
        {"../../up/a.html", "file:///x", NULL, NULL, "up/a.html"},
        {"row-17", "https://coast.example/x", NULL, "text/html", "row-17.html"},
        {"a/../../b", "https://coast.example/x", NULL, "text/html",
         "coast.example/2024-05-01/x-0102030405060708.html"},
        {"a\\..\\b", "https://coast.example/x", NULL, "text/html",
         "coast.example/2024-05-01/x-0102030405060708.html"},
        {"c:/b", "https://coast.example/x", NULL, "text/html",
         "coast.example/2024-05-01/x-0102030405060708.html"},
        {"a\x1b[2J/b", "https://coast.example/x", NULL, "text/html",
         "coast.example/2024-05-01/x-0102030405060708.html"},
        {"a/", "https://coast.example/x", NULL, "text/html",
         "coast.example/2024-05-01/x-0102030405060708.html"},
        {NULL, "urn:sha256:00ff", NULL, "text/plain", "unknown/2024-05-01/sha256-00ff-0102030405060708.txt"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pm_row row = {.uid = {1, 2, 3, 4, 5, 6, 7, 8},
                             .key = pm_str_of(cases[i].key),
                             .url = pm_str_of(cases[i].url),
                             .outlet = pm_str_of(cases[i].outlet),
                             .type = pm_str_of(cases[i].type),
                             .media = PM_MEDIA_HTML,
                             .when_us = 1714550400LL * PM_SECOND_US};

        assert_name(&row, PM_RESTORE_RAW, cases[i].want);
    }
}

static void
test_name_forms(void **state)
{
    struct pm_row row = {.uid = {1, 2, 3, 4, 5, 6, 7, 8},
                         .key = PM_STR("a/b.html"),
                         .url = PM_STR("https://coast.example/x"),
                         .status = 200,
                         .when_us = PM_WHEN_NONE};
    struct pm_buf name = PM_BUF_INIT(1 << 12);
    char path[3000];

    (void)state;
    assert_name(&row, PM_RESTORE_TEXT, "a/b.html.txt");
    assert_name(&row, PM_RESTORE_HTTP, "a/b.html.http");
    pm_restore_name_unique(&row, PM_RESTORE_RAW, &name);
    assert_string_equal(pm_buf_z(&name), "a/b-0102030405060708.html");
    row.key = PM_STR_NULL;
    assert_name(&row, PM_RESTORE_HTTP, "coast.example/undated/x-0102030405060708.http");
    /* A component stays short enough for any file system. */
    (void)snprintf(path, sizeof(path), "https://coast.example/%02900d", 7);
    row.url = pm_str_of(path);
    pm_buf_reset(&name);
    pm_restore_name(&row, PM_RESTORE_RAW, &name);
    assert_true(name.len < 160);
    row.key = row.url;
    pm_buf_reset(&name);
    pm_restore_name(&row, PM_RESTORE_RAW, &name);
    assert_true(name.len < 160);
    pm_buf_release(&name);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_verify_sound, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_verify_flips, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_verify_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_verify_leftover, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rebuild_equal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rebuild_damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rebuild_orphan, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repack, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repack_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repack_interrupted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repack_damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_no_escape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_packed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_http, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_damaged, set_up, tear_down),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_name_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
