/* Records, bundles, manifest, metadata: what keeps captures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle.h"
#include "dict.h"
#include "fs.h"
#include "manifest.h"
#include "meta.h"
#include "record.h"
#include "schema.h"
#include "shingle.h"
#include "warc.h"

/* An archive directory for one test. */
struct store {
    char path[64];
    int root;
    struct pm_codec *codec;
    struct pm_err err;
};

static int
set_up(void **state)
{
    struct store *s = calloc(1, sizeof(*s));

    (void)snprintf(s->path, sizeof(s->path), "/tmp/pm-store-XXXXXX");
    if (mkdtemp(s->path) == NULL)
        return -1;
    s->root = open(s->path, O_RDONLY | O_DIRECTORY);
    *state = s;
    return pm_fs_mkdir(s->root, PM_BUNDLE_DIR, &s->err) || pm_codec_new(&s->codec, &s->err);
}

static int
tear_down(void **state)
{
    struct store *s = *state;
    struct pm_arena *arena = pm_arena_new(1 << 20);
    const char *const dirs[] = {PM_BUNDLE_DIR, "."};
    struct pm_str *names;
    size_t n;

    for (int d = 0; d < 2; d++) {
        int fd = openat(s->root, dirs[d], O_RDONLY | O_DIRECTORY);

        if (pm_fs_list(s->root, dirs[d], arena, &names, &n, &s->err) == PM_OK)
            for (size_t i = 0; i < n; i++)
                (void)(unlinkat(fd, names[i].ptr, 0) && unlinkat(fd, names[i].ptr, AT_REMOVEDIR));
        close(fd);
    }
    pm_arena_free(arena);
    pm_codec_free(s->codec);
    close(s->root);
    rmdir(s->path);
    free(s);
    return 0;
}

static int
begin(struct store *s, struct pm_bundle_writer *w, struct pm_str dict)
{
    struct pm_buf packed = PM_BUF_INIT(PM_DICT_MAX);
    struct pm_loc loc;
    uint64_t check;
    int rc;

    if (dict.len > 0)
        assert_int_equal(pm_codec_zstd(s->codec, PM_DICT_LEVEL, NULL, dict, &packed, &s->err), PM_OK);
    rc = pm_bundle_begin(w, pm_buf_span(&packed), &loc, &check, &s->err);
    assert_int_equal(loc.bundle != 0, dict.len > 0);
    pm_buf_release(&packed);
    return rc;
}

/* Append "record N ..." as a frame. */
static struct pm_loc
append(struct store *s, struct pm_bundle_writer *w, const struct pm_dict *dict, int number)
{
    struct pm_buf text = PM_BUF_INIT(1 << 16), frame = PM_BUF_INIT(1 << 16);
    struct pm_loc loc = {0};

    for (int i = 0; i < 50; i++)
        pm_buf_addf(&text, "record %d line %d\n", number, i * number);
    assert_int_equal(pm_codec_zstd(s->codec, 3, dict, pm_buf_span(&text), &frame, &s->err), PM_OK);
    assert_int_equal(pm_bundle_append(w, pm_buf_span(&frame), &loc, &s->err), PM_OK);
    assert_int_equal(loc.length, frame.len);
    pm_buf_release(&text);
    pm_buf_release(&frame);
    return loc;
}

static void
assert_record(struct store *s, struct pm_bundle_reader *r, const struct pm_loc *loc, int number)
{
    struct pm_buf got = PM_BUF_INIT(1 << 16);
    char want[64];

    assert_int_equal(pm_bundle_read(r, loc, &got, &s->err), PM_OK);
    (void)snprintf(want, sizeof(want), "record %d line 0\n", number);
    assert_memory_equal(got.data, want, strlen(want));
    pm_buf_release(&got);
}

static void
test_bundle(void **state)
{
    struct store *s = *state;
    struct pm_buf small = PM_BUF_INIT(9);
    struct pm_bundle_state none = {0}, at;
    struct pm_bundle_writer *w;
    struct pm_bundle_reader *r;
    struct pm_loc loc[4];
    struct stat st;

    assert_int_equal(pm_bundle_writer_open(&w, s->root, &none, 1 << 20, &s->err), PM_OK);
    assert_true(pm_bundle_writer_full(w, 1));
    assert_int_equal(begin(s, w, PM_STR_NULL), PM_OK);
    assert_false(pm_bundle_writer_full(w, 1));
    loc[1] = append(s, w, NULL, 1);
    loc[2] = append(s, w, NULL, 2);
    assert_int_equal(pm_bundle_sync(w, &s->err), PM_OK);
    at = pm_bundle_writer_state(w);
    assert_int_equal(at.bundle, 1);
    assert_int_equal(at.size, loc[1].length + loc[2].length);
    (void)append(s, w, NULL, 3); /* lost, since nobody committed it */
    assert_int_equal(begin(s, w, PM_STR_NULL), PM_OK);
    pm_bundle_writer_free(w);

    assert_int_equal(pm_bundle_writer_open(&w, s->root, &at, 1 << 20, &s->err), PM_OK);
    assert_int_equal(fstatat(s->root, "bundles/000001.warc.zst", &st, 0), 0);
    assert_int_equal(st.st_size, at.size);
    assert_int_not_equal(fstatat(s->root, "bundles/000002.warc.zst", &st, 0), 0);
    loc[3] = append(s, w, NULL, 4);
    pm_bundle_writer_free(w);

    assert_int_equal(pm_bundle_reader_open(&r, s->root, &s->err), PM_OK);
    assert_record(s, r, &loc[2], 2);
    assert_record(s, r, &loc[1], 1);
    assert_record(s, r, &loc[3], 4);
    loc[1].length++;
    assert_int_equal(pm_bundle_read(r, &loc[1], &small, &s->err), PM_ELIMIT);
    loc[1].bundle = 7;
    assert_int_equal(pm_bundle_read(r, &loc[1], &small, &s->err), PM_ENOTFOUND);
    pm_buf_release(&small);
    pm_bundle_reader_free(r);
    pm_bundle_reader_free(NULL);
}

/* Bundles that the manifest cannot explain are never touched. */
static void
test_bundle_unknown(void **state)
{
    struct store *s = *state;
    struct pm_bundle_state none = {0}, short_of = {1, 10};
    struct pm_bundle_writer *w;
    struct stat st;

    assert_int_equal(pm_fs_replace(s->root, "t", "bundles/000001.warc.zst", PM_STR("abc"), &s->err), PM_OK);
    assert_int_equal(pm_bundle_writer_open(&w, s->root, &short_of, 1 << 20, &s->err), PM_ECORRUPT);
    assert_int_equal(pm_fs_replace(s->root, "t", "bundles/000002.warc.zst", PM_STR("abc"), &s->err), PM_OK);
    assert_int_equal(pm_bundle_writer_open(&w, s->root, &none, 1 << 20, &s->err), PM_ECORRUPT);
    assert_int_equal(fstatat(s->root, "bundles/000001.warc.zst", &st, 0), 0);
    assert_int_equal(fstatat(s->root, "bundles/000002.warc.zst", &st, 0), 0);
}

/* Pages that share a template, as a site's do. */
static void
make_pages(struct pm_buf *text, struct pm_str *pages, int n)
{
    size_t start[128];

    assert_true(n < 128);
    for (int i = 0; i < n; i++) {
        start[i] = text->len;
        for (int k = 0; k < 3000; k++)
            pm_buf_addf(text, "<li class=\"menu-item-%d\"><a href=\"/section/%d\">Item</a>%d\n", k, k * 7,
                        (k * k * (i + 3)) % 1009);
    }
    start[n] = text->len;
    for (int i = 0; i < n; i++)
        pages[i] = PM_STRN(text->data + start[i], start[i + 1] - start[i]);
}

static void
test_dict(void **state)
{
    struct store *s = *state;
    struct pm_buf text = PM_BUF_INIT(64 << 20), raw = PM_BUF_INIT(1 << 20), back = PM_BUF_INIT(1 << 20);
    struct pm_bundle_state none = {0};
    struct pm_bundle_writer *w;
    struct pm_bundle_reader *r;
    struct pm_dict *dict;
    struct pm_str pages[40];
    struct pm_loc loc;

    make_pages(&text, pages, 40);
    assert_int_equal(pm_dict_make(pages, 3, 1 << 20, 0, PM_STR_NULL, 3, &raw, &s->err), PM_SKIP);
    assert_int_equal(pm_dict_make(pages, 40, 1 << 20, 32 << 10, PM_STR("tail"), 3, &raw, &s->err), PM_OK);
    assert_true(raw.len > 64 << 10 && raw.len <= 1 << 20);
    assert_int_equal(pm_dict_new(&dict, pm_buf_span(&raw), 3, &s->err), PM_OK);
    assert_int_equal(pm_bundle_writer_open(&w, s->root, &none, 1 << 20, &s->err), PM_OK);
    assert_int_equal(begin(s, w, pm_buf_span(&raw)), PM_OK);
    loc = append(s, w, dict, 5);
    pm_bundle_writer_free(w);
    pm_dict_free(dict);

    assert_int_equal(pm_bundle_reader_open(&r, s->root, &s->err), PM_OK);
    assert_record(s, r, &loc, 5);
    assert_int_equal(pm_bundle_dict(r, 1, &back, &s->err), PM_OK);
    assert_true(pm_str_eq(pm_buf_span(&back), pm_buf_span(&raw)));
    pm_bundle_reader_free(r);
    pm_buf_release(&text);
    pm_buf_release(&raw);
    pm_buf_release(&back);
}

/* A walk over a damaged bundle names the damage and goes on behind it. */
static void
test_walk(void **state)
{
    struct store *s = *state;
    struct pm_buf got = PM_BUF_INIT(1 << 20);
    struct pm_bundle_state none = {0};
    struct pm_bundle_writer *w;
    struct pm_bundle_reader *r;
    struct pm_loc loc[5], at = {1, 0, 0};
    int fd, whole = 0, damaged = 0, rc;
    char flip;

    assert_int_equal(pm_bundle_writer_open(&w, s->root, &none, 1 << 20, &s->err), PM_OK);
    assert_int_equal(begin(s, w, PM_STR_NULL), PM_OK);
    for (int i = 0; i < 5; i++)
        loc[i] = append(s, w, NULL, i + 1);
    pm_bundle_writer_free(w);
    fd = openat(s->root, "bundles/000001.warc.zst", O_RDWR);
    /* The last byte belongs to the checksum; a bit elsewhere may be one that changes nothing. */
    assert_int_equal(pm_fs_pread(fd, &flip, 1, loc[2].offset + loc[2].length - 1, &s->err), PM_OK);
    flip ^= 0x10;
    assert_int_equal(pm_fs_pwrite(fd, &flip, 1, loc[2].offset + loc[2].length - 1, &s->err), PM_OK);
    close(fd);
    assert_int_equal(pm_bundle_reader_open(&r, s->root, &s->err), PM_OK);
    while ((rc = pm_bundle_walk(r, &at, UINT64_MAX, &got, &s->err)) == PM_OK || rc == PM_SKIP) {
        if (rc == PM_OK) {
            whole++;
        } else {
            damaged++;
            assert_int_equal(at.offset, loc[2].offset);
            assert_int_equal(at.length, loc[2].length);
        }
    }
    assert_int_equal(rc, PM_DONE);
    assert_int_equal(whole, 4);
    assert_int_equal(damaged, 1);
    pm_bundle_reader_free(r);
    pm_buf_release(&got);
}

static void
test_record(void **state)
{
    struct store *s = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 16);
    struct pm_digester *d;
    struct pm_record r = {.type = PM_STR("resource"),
                          .id = PM_STR("<urn:uuid:1>"),
                          .when_us = 1663804800000000,
                          .uri = PM_STR("https://example.org/a b\xC3\xA9>\r\nEvil: 1"),
                          .content_type = PM_STR("text/html\r\nEvil: 2"),
                          .block = {PM_STR("one "), PM_STR("two")}};
    struct pm_warc_reader *reader;
    struct pm_warc_record rec;

    assert_int_equal(pm_digester_new(&d, &s->err), PM_OK);
    assert_int_equal(pm_record_write(&r, d, &out, &s->err), PM_OK);
    assert_int_equal(pm_warc_open_memory(&reader, pm_buf_span(&out), NULL, &s->err), PM_OK);
    assert_int_equal(pm_warc_next(reader, &rec, &s->err), PM_OK);
    assert_true(pm_str_eq(rec.uri, PM_STR("https://example.org/a%20b%C3%A9%3E%0D%0AEvil:%201")));
    assert_true(pm_str_eq(rec.block, PM_STR("one two")));
    assert_true(pm_str_eq(rec.date, PM_STR("2022-09-22T00:00:00Z")));
    assert_null(pm_warc_field(rec.head, PM_STR("Evil")).ptr);
    assert_int_equal(pm_digest_verify(d, rec.block_digest, rec.block, &s->err), PM_OK);
    assert_int_equal(pm_warc_next(reader, &rec, &s->err), PM_DONE);
    pm_warc_free(reader);
    pm_digester_free(d);
    pm_buf_release(&out);
}

/* ---- manifest ---- */

static struct pm_row
make_row(int n)
{
    struct pm_row row = {.key = PM_STR("k"),
                         .url = PM_STR("https://example.org/a?b"),
                         .outlet = PM_STR("Example"),
                         .type = PM_STR("text/html"),
                         .when_us = 1000000LL * n,
                         .when_source = PM_WHEN_FROM_PAGE,
                         .media = PM_MEDIA_HTML,
                         .payload_size = 100,
                         .page = {1, (uint64_t)n * 100, 50},
                         .title = PM_STR("A Title"),
                         .byline = PM_STR("[\"A \\\"B\\\"\",\"C\"]"),
                         .credit = PM_STR("AFP, AP"),
                         .words = 7};

    row.uid[0] = (uint8_t)n;
    row.uid[7] = 0xAB;
    row.payload_sha.byte[0] = (uint8_t)n;
    return row;
}

struct seen {
    int n;
    int64_t captures[16];
};

static int
see(void *ctx, const struct pm_row *row)
{
    struct seen *s = ctx;

    s->captures[s->n++] = row->capture;
    return PM_OK;
}

static int
count(struct pm_manifest *m, struct pm_query q)
{
    struct seen seen = {0};
    struct pm_err err;

    assert_int_equal(pm_manifest_select(m, &q, see, &seen, &err), PM_OK);
    return seen.n;
}

static struct pm_manifest *
open_manifest(struct store *s, bool write)
{
    struct pm_manifest *m = NULL;
    char path[128];

    (void)snprintf(path, sizeof(path), "%s/%s", s->path, PM_MANIFEST_NAME);
    assert_int_equal(pm_manifest_open(&m, path, write, &s->err), PM_OK);
    return m;
}

static void
test_manifest(void **state)
{
    struct store *s = *state;
    struct pm_manifest *m = open_manifest(s, true);
    struct pm_query q = PM_QUERY_ALL;
    struct pm_row row, got;
    struct pm_totals totals;
    int64_t found;

    assert_int_equal(pm_manifest_begin(m, &s->err), PM_OK);
    for (int i = 1; i <= 3; i++) {
        row = make_row(i);
        if (i == 3)
            row.url = PM_STR("https://other.org/x");
        assert_int_equal(pm_manifest_put_capture(m, &row, &s->err), PM_OK);
        assert_int_equal(row.capture, i);
    }
    assert_int_equal(pm_manifest_put_capture(m, &row, &s->err), PM_SKIP);
    assert_int_equal(pm_manifest_commit(m, &s->err), PM_OK);

    assert_int_equal(count(m, q), 3);
    q.url = PM_STR("https://example.org/a?b"); /* exact, though it could be a glob */
    assert_int_equal(count(m, q), 2);
    q.url = PM_STR("*OTHER.org*");
    assert_int_equal(count(m, q), 1);
    q.url = PM_STR_NULL;
    q.id = PM_STR("02000000000000ab");
    assert_int_equal(count(m, q), 1);
    q.id = PM_STR("0200");
    assert_int_equal(count(m, q), 1);
    q.id = PM_STR("020");
    assert_int_equal(count(m, q), 0);
    q.id = PM_STR("k");
    assert_int_equal(count(m, q), 3);
    q.id = PM_STR_NULL;
    q.from_us = 2000000;
    assert_int_equal(count(m, q), 2);
    q.to_us = 3000000;
    assert_int_equal(count(m, q), 1);
    q.from_us = q.to_us = PM_WHEN_NONE;
    q.field = PM_STR("title");
    q.value = PM_STR("a tit");
    assert_int_equal(count(m, q), 3);
    q.outlet = PM_STR("Nobody");
    assert_int_equal(count(m, q), 0);
    q.field = PM_STR("nonsense");
    assert_int_equal(pm_manifest_select(m, &q, see, &(struct seen){0}, &s->err), PM_EINVAL);

    assert_int_equal(pm_manifest_find_uid(m, row.uid, &found, &s->err), PM_OK);
    assert_int_equal(found, 3);
    assert_int_equal(pm_manifest_find_payload(m, &row.payload_sha, 100, &got, &s->err), PM_OK);
    assert_int_equal(got.capture, 3);
    assert_true(pm_str_eq(got.credit, PM_STR("AFP, AP")));
    assert_null(got.section.ptr);
    assert_int_equal(pm_manifest_find_payload(m, &row.payload_sha, 99, &got, &s->err), PM_DONE);
    assert_int_equal(pm_manifest_get(m, 9, &got, &s->err), PM_ENOTFOUND);
    assert_int_equal(pm_manifest_totals(m, &totals, &s->err), PM_OK);
    assert_int_equal(totals.captures, 3);
    assert_int_equal(totals.payload_bytes, 300);
    assert_int_equal(totals.last_us, 3000000);
    pm_manifest_free(m);

    m = open_manifest(s, false);
    assert_int_equal(count(m, (struct pm_query)PM_QUERY_ALL), 3);
    assert_int_equal(pm_manifest_begin(m, &s->err), PM_OK); /* a reader can, and rolls back */
    pm_manifest_rollback(m);
    pm_manifest_free(m);
}

static void
test_manifest_versions(void **state)
{
    struct store *s = *state;
    struct pm_manifest *m;
    char path[128];

    (void)snprintf(path, sizeof(path), "%s/none", s->path);
    assert_int_equal(pm_manifest_open(&m, path, false, &s->err), PM_EIO);
    assert_int_equal(pm_fs_replace(s->root, "t", "junk", PM_STR("this is no database, but is long enough to be"
                                                              " looked at by one"), &s->err), PM_OK);
    (void)snprintf(path, sizeof(path), "%s/junk", s->path);
    assert_int_equal(pm_manifest_open(&m, path, false, &s->err), PM_ECORRUPT);
    pm_manifest_free(open_manifest(s, true));
}

/* From each older version: a reader leaves it alone; a writer brings it up to date, and old fingerprints say so. */
static void
test_manifest_upgrade(void **state)
{
    struct store *s = *state;
    char path[128];

    (void)snprintf(path, sizeof(path), "%s/manifest.sqlite", s->path);
    for (int version = 1; version < PM_MANIFEST_VERSION; version++) {
        struct pm_arena *arena = pm_arena_new(1 << 16);
        struct pm_fingerprint f;
        struct pm_manifest *m;
        struct pm_str packed;
        struct pm_edge e;
        struct pm_row row;
        uint64_t exact;
        char set[128];
        sqlite3 *db;

        (void)snprintf(set, sizeof(set), "PRAGMA application_id=%d; PRAGMA user_version=%d;", PM_SCHEMA_APPLICATION_ID, version);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        for (int i = 0; i < version; i++)
            assert_int_equal(sqlite3_exec(db, pm_schema_steps[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, set, NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, version == 1 ? "INSERT INTO edge VALUES(1, 2, 0, 1, 1, 1, 4, 4, 4)"
                                                       : "INSERT INTO edge VALUES(1, 2, 0, 1, 1, 1, 4, 4)",
                                      NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, "INSERT INTO capture(uid, key, url, when_source, media, status, payload_size,"
                                          " payload_sha256, page_bundle, page_offset, page_length, text_bundle, text_offset,"
                                          " text_length, meta_bundle, meta_offset, meta_length, canonical, words)"
                                          " VALUES(x'0102030405060708', 'k', 'u', 0, 1, 0, 5, zeroblob(32),"
                                          " 1, 1, 1, 0, 0, 0, 0, 0, 0, 'u', 7)", NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, "INSERT INTO fingerprint VALUES(1, -7, x'00070000000000000000')", NULL, NULL, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        assert_int_equal(pm_manifest_open(&m, path, false, &s->err), PM_EVERSION);
        m = open_manifest(s, true);
        assert_int_equal(pm_manifest_get_fingerprint(m, 1, &exact, &packed, &s->err), PM_OK);
        assert_true(exact == (uint64_t)-7);
        assert_int_equal(pm_fingerprint_unpack(packed, arena, &f, &s->err), PM_ECORRUPT);
        assert_non_null(strstr(s->err.text, "pressmark rebuild"));
        assert_int_equal(pm_manifest_edge(m, 1, 2, &e, &s->err), PM_DONE);
        assert_int_equal(count(m, (struct pm_query){.url = PM_STR("u"), .from_us = PM_WHEN_NONE, .to_us = PM_WHEN_NONE}), 1);
        assert_int_equal(count(m, (struct pm_query){.id = PM_STR("k"), .from_us = PM_WHEN_NONE, .to_us = PM_WHEN_NONE}), 1);
        assert_int_equal(pm_manifest_find_payload(m, &(struct pm_sha256){{0}}, 5, &row, &s->err), PM_OK);
        assert_true(pm_str_eq(row.canonical, PM_STR("u")));
        pm_manifest_free(m);
        pm_arena_free(arena);
        assert_int_equal(unlink(path), 0);
    }
}

/* URLs and keys are looked up by hashes: those that share one are told apart, and a canonical URL comes back. */
static void
test_manifest_hashes(void **state)
{
    struct store *s = *state;
    struct pm_row a = make_row(1), b = make_row(2), got;
    struct pm_manifest *m = open_manifest(s, true);
    char path[128];
    sqlite3 *db;

    b.url = a.canonical = PM_STR("https://example.org/other");
    b.canonical = b.url;
    b.key = PM_STR_NULL;
    assert_int_equal(pm_manifest_put_capture(m, &a, &s->err), PM_OK);
    assert_int_equal(pm_manifest_put_capture(m, &b, &s->err), PM_OK);
    (void)snprintf(path, sizeof(path), "%s/%s", s->path, PM_MANIFEST_NAME);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE capture SET url_hash = (SELECT url_hash FROM capture WHERE id = 1), key = 'l',"
                                      " key_hash = (SELECT key_hash FROM capture WHERE id = 1) WHERE id = 2", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(count(m, (struct pm_query){.url = a.url, .from_us = PM_WHEN_NONE, .to_us = PM_WHEN_NONE}), 1);
    assert_int_equal(count(m, (struct pm_query){.id = a.key, .from_us = PM_WHEN_NONE, .to_us = PM_WHEN_NONE}), 1);
    assert_int_equal(count(m, (struct pm_query){.field = PM_STR("canonical"), .value = PM_STR("other"), .from_us = PM_WHEN_NONE,
                                               .to_us = PM_WHEN_NONE}), 2);
    assert_int_equal(pm_manifest_get(m, 1, &got, &s->err), PM_OK);
    assert_true(pm_str_eq(got.canonical, a.canonical));
    assert_int_equal(pm_manifest_get(m, 2, &got, &s->err), PM_OK);
    assert_true(pm_str_eq(got.canonical, b.url));
    pm_manifest_free(m);
}

static void
test_clusters(void **state)
{
    struct store *s = *state;
    struct pm_manifest *m = open_manifest(s, true);
    struct pm_member_row members[] = {{.capture = 1, .containment = 1}, {.capture = 2, .previous = 1}};
    struct pm_cluster_row c = {.id = PM_STR("s01"), .level = PM_LEVEL_STORY, .source = 1,
                               .confidence = 0.5, .first_us = 1, .last_us = 2};
    struct pm_edge e = {.a = 1, .b = 2, .kind = PM_EDGE_VERSION, .contain_h5 = 0.75, .shared_hc = 9}, got;
    struct pm_query q = PM_QUERY_ALL;
    struct pm_str text;

    for (int i = 1; i <= 3; i++) {
        struct pm_row row = make_row(i);

        assert_int_equal(pm_manifest_put_capture(m, &row, &s->err), PM_OK);
    }
    assert_int_equal(pm_manifest_cluster_parameters(m, &text, &s->err), PM_DONE);
    assert_int_equal(pm_manifest_cluster_boilerplate(m, &text, &s->err), PM_DONE);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(pm_manifest_clear_clusters(m, &s->err), PM_OK);
        assert_int_equal(pm_manifest_put_run(m, PM_STR("{\"x\":1}"), PM_STR("a\0b"), 7, &s->err), PM_OK);
        assert_int_equal(pm_manifest_put_edge(m, &e, &s->err), PM_OK);
        assert_int_equal(pm_manifest_put_cluster(m, &c, members, 2, &s->err), PM_OK);
    }
    assert_int_equal(pm_manifest_cluster_parameters(m, &text, &s->err), PM_OK);
    assert_true(pm_str_eq(text, PM_STR("{\"x\":1}")));
    assert_int_equal(pm_manifest_cluster_boilerplate(m, &text, &s->err), PM_OK);
    assert_true(pm_str_eq(text, PM_STR("a\0b")));
    assert_int_equal(pm_manifest_edge(m, 2, 1, &got, &s->err), PM_OK);
    assert_int_equal(got.shared_hc, 9);
    assert_int_equal(pm_manifest_edge(m, 2, 3, &got, &s->err), PM_DONE);
    q.cluster = PM_STR("s01");
    assert_int_equal(count(m, q), 2);
    assert_int_equal(pm_manifest_cluster_of(m, 2, PM_LEVEL_STORY, &text, &s->err), PM_OK);
    assert_true(pm_str_eq(text, PM_STR("s01")));
    assert_int_equal(pm_manifest_cluster_of(m, 2, PM_LEVEL_VERSION, &text, &s->err), PM_DONE);
    pm_manifest_free(m);
}

static void
test_meta(void **state)
{
    struct store *s = *state;
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_buf json = PM_BUF_INIT(1 << 16), again = PM_BUF_INIT(1 << 16);
    struct pm_row row = make_row(3);
    const char *const bad[] = {"", "{}", "[1]", "{\"id\":\"zz\"}", "{\"id\":\"0300000000000000\"}"};
    uint8_t original[PM_UID_LEN] = {1, 2, 3};
    struct pm_meta meta;

    row.when_us = 1663804800123456;
    row.title = PM_STR("Quotes \" and \xE2\x82\xAC");
    pm_meta_print(&row, original, &json);
    assert_int_equal(pm_meta_parse(pm_buf_span(&json), arena, &meta, &s->err), PM_OK);
    assert_true(meta.has_original);
    assert_memory_equal(meta.original, original, PM_UID_LEN);
    assert_int_equal(meta.row.when_us, row.when_us);
    assert_true(pm_str_eq(meta.row.title, row.title));
    pm_meta_print(&meta.row, meta.original, &again);
    assert_true(pm_str_eq(pm_buf_span(&json), pm_buf_span(&again)));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(pm_meta_parse(pm_str_of(bad[i]), arena, &meta, &s->err), PM_ECORRUPT);
    pm_arena_free(arena);
    pm_buf_release(&json);
    pm_buf_release(&again);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bundle),   TEST(test_bundle_unknown), TEST(test_dict),     TEST(test_walk),
        TEST(test_record),   TEST(test_manifest),       TEST(test_manifest_versions),
        TEST(test_manifest_upgrade), TEST(test_manifest_hashes),
        TEST(test_clusters), TEST(test_meta),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
