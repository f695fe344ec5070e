/* Records too large for memory: split, read in pieces from a WARC, put into a bundle and taken out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "big.h"
#include "bundle.h"
#include "fs.h"
#include "warc.h"

#define DATA "testdata/warc/"

/* Handles to take for this test, and a directory with bundles/. */
struct place {
    char path[64];
    int root;
    struct pm_err err;
};

static int
set_up(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    (void)snprintf(p->path, sizeof(p->path), "/tmp/pressmark-big.XXXXXX");
    assert_non_null(mkdtemp(p->path));
    p->root = open(p->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(pm_fs_mkdir(p->root, PM_BUNDLE_DIR, &p->err), PM_OK);
    *state = p;
    return 0;
}

static int
tear_down(void **state)
{
    struct place *p = *state;

    (void)unlinkat(p->root, PM_BUNDLE_DIR "/000001.warc.zst", 0);
    (void)unlinkat(p->root, PM_BUNDLE_DIR, AT_REMOVEDIR);
    close(p->root);
    (void)rmdir(p->path);
    free(p);
    return 0;
}

static int
append(void *ctx, struct pm_str piece, struct pm_err *err)
{
    struct pm_buf *dst = ctx;

    pm_buf_str(dst, piece);
    return pm_buf_check(dst, err);
}

/* ---- splitting ---- */

#define HEAD "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 49\r\n\r\n"
#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"

static int
split(struct pm_str record, uint64_t payload_size, size_t step, struct pm_buf *payload, struct pm_big_facts *facts,
      struct pm_big **big)
{
    int rc = pm_big_new(big, payload_size, append, payload, NULL);

    for (size_t at = 0; rc == PM_OK && at < record.len; at += step)
        rc = pm_big_add(*big, PM_STRN(record.ptr + at, record.len - at < step ? record.len - at : step), NULL);
    return rc == PM_OK ? pm_big_end(*big, facts, NULL) : rc;
}

static void
test_split(void **state)
{
    const struct {
        uint64_t payload_size;
        struct pm_str http, payload;
    } ways[] = {
        {PM_BIG_UNKNOWN, PM_STR(HTTP), PM_STR("four")},
        {4, PM_STR(HTTP), PM_STR("four")},
        {49, {NULL, 0}, PM_STR(HTTP "four")}, /* a file that begins like a response */
    };
    const struct pm_str record = PM_STR(HEAD HTTP "four\r\n\r\n");
    struct pm_digester *d;
    struct pm_sha256 sha;

    (void)state;
    assert_int_equal(pm_digester_new(&d, NULL), PM_OK);
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        for (size_t step = 1; step < record.len + 7; step += 6) {
            struct pm_buf payload = PM_BUF_INIT(1 << 10);
            struct pm_big_facts facts;
            struct pm_big *big;

            assert_int_equal(split(record, ways[i].payload_size, step, &payload, &facts, &big), PM_OK);
            assert_true(pm_str_eq(facts.head, PM_STR(HEAD)));
            assert_true(pm_str_eq(facts.http, ways[i].http));
            assert_true(pm_str_eq(pm_buf_span(&payload), ways[i].payload));
            assert_true(pm_str_eq(facts.start, ways[i].payload));
            assert_int_equal(facts.size, record.len);
            assert_int_equal(facts.payload_size, ways[i].payload.len);
            assert_int_equal(pm_digest_sha256(d, &record, 1, &sha, NULL), PM_OK);
            assert_memory_equal(&sha, &facts.sha, sizeof(sha));
            assert_int_equal(pm_digest_sha256(d, &ways[i].payload, 1, &sha, NULL), PM_OK);
            assert_memory_equal(&sha, &facts.payload_sha, sizeof(sha));
            pm_big_free(big);
            pm_buf_release(&payload);
        }
    pm_digester_free(d);
}

static void
test_split_wrong(void **state)
{
    const struct {
        struct pm_str record;
        uint64_t payload_size;
    } wrong[] = {
        {PM_STR(HEAD HTTP "four\r\n\r"), PM_BIG_UNKNOWN},       /* cut off */
        {PM_STR(HEAD HTTP "four\r\n\r\nand"), PM_BIG_UNKNOWN}, /* too long */
        {PM_STR(HEAD HTTP "four\r\n\r\n"), 50},                 /* shorter than its payload */
        {PM_STR(HEAD), PM_BIG_UNKNOWN},
        {PM_STR("GET / HTTP/1.1\r\n\r\n"), PM_BIG_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct pm_buf payload = PM_BUF_INIT(1 << 10), small = PM_BUF_INIT(2);
        struct pm_big_facts facts;
        struct pm_big *big;

        assert_int_equal(split(wrong[i].record, wrong[i].payload_size, 5, &payload, &facts, &big), PM_ECORRUPT);
        pm_big_free(big);
        if (i == 0) { /* what takes the payload may fail */
            assert_int_equal(split(PM_STR(HEAD HTTP "four\r\n\r\n"), 4, 5, &small, &facts, &big), PM_ELIMIT);
            pm_big_free(big);
        }
        pm_buf_release(&payload);
        pm_buf_release(&small);
    }
}

/* ---- WARC ---- */

/* Every record in pieces gives the bytes that it gives in one. */
static void
test_pieces(void **state)
{
    static const char *const files[] = {DATA "ok.warc", DATA "ok.warc.gz", DATA "ok.warc.zst", DATA "dict.warc.zst",
                                        DATA "whole.warc.gz", DATA "split.warc.gz"};
    const struct pm_warc_limits limits = {.big_min = 3, .big_max = 1 << 30};

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct pm_buf file = PM_BUF_INIT(1 << 20), block = PM_BUF_INIT(1 << 20);
        struct pm_warc_reader *whole, *cut;
        struct pm_warc_record a, b;
        struct pm_str piece;
        unsigned big = 0;
        int rc;

        assert_int_equal(pm_fs_read(AT_FDCWD, files[i], &file, NULL), PM_OK);
        assert_int_equal(pm_warc_open_memory(&whole, pm_buf_span(&file), NULL, NULL), PM_OK);
        assert_int_equal(pm_warc_open_memory(&cut, pm_buf_span(&file), &limits, NULL), PM_OK);
        while ((rc = pm_warc_next(whole, &a, NULL)) == PM_OK) {
            assert_int_equal(pm_warc_next(cut, &b, NULL), PM_OK);
            assert_true(pm_str_eq(a.head, b.head));
            assert_int_equal(a.offset, b.offset);
            assert_int_equal(b.length, a.block.len);
            if (!b.big) {
                assert_true(pm_str_eq(a.block, b.block));
                continue;
            }
            if (++big % 3 == 0)
                continue; /* what is not asked for is passed over */
            pm_buf_reset(&block);
            while ((rc = pm_warc_piece(cut, &piece, NULL)) == PM_OK)
                pm_buf_str(&block, piece);
            assert_int_equal(rc, PM_DONE);
            assert_true(pm_str_eq(a.block, pm_buf_span(&block)));
        }
        assert_int_equal(rc, PM_DONE);
        assert_int_equal(pm_warc_next(cut, &b, NULL), PM_DONE);
        assert_true(big > 0);
        pm_warc_free(whole);
        pm_warc_free(cut);
        pm_buf_release(&file);
        pm_buf_release(&block);
    }
}

/* A block that is not as long as it says ends with PM_SKIP, and the next member is not taken for a part of it. */
static void
test_pieces_wrong(void **state)
{
    static const char lying[] = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 900\r\n\r\nfew\r\n\r\n",
                      good[] = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\nmany\r\n\r\n";
    const struct pm_warc_limits limits = {.big_min = 100, .big_max = 1 << 30};
    struct pm_buf file = PM_BUF_INIT(1 << 20);
    struct pm_codec *codec;
    struct pm_warc_reader *r;
    struct pm_warc_record rec;
    struct pm_str piece;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    assert_int_equal(pm_codec_gzip(codec, 6, pm_str_of(lying), &file, NULL), PM_OK);
    assert_int_equal(pm_codec_gzip(codec, 6, pm_str_of(good), &file, NULL), PM_OK);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&file), &limits, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_true(rec.big);
    assert_int_equal(pm_warc_piece(r, &piece, NULL), PM_OK);
    assert_true(pm_str_eq(piece, PM_STR("few\r\n\r\n")));
    assert_int_equal(pm_warc_piece(r, &piece, NULL), PM_SKIP);
    assert_int_equal(pm_warc_piece(r, &piece, NULL), PM_DONE);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_true(pm_str_eq(rec.block, PM_STR("many")));
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_DONE);
    pm_warc_free(r);

    assert_int_equal(pm_warc_open_memory(&r, pm_str_of(lying), &limits, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_SKIP); /* not asked for, and told all the same */
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_DONE);
    pm_warc_free(r);
    pm_codec_free(codec);
    pm_buf_release(&file);
}

/* ---- bundles ---- */

static void
fill(struct pm_buf *dst, size_t block)
{
    uint32_t x = 1;

    pm_buf_addf(dst, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %zu\r\n\r\n", block);
    for (size_t i = 0; i < block; i++) {
        x = x * 1664525 + 1013904223;
        pm_buf_putc(dst, (char)(x >> 24));
    }
    pm_buf_cstr(dst, "\r\n\r\n");
}

static void
test_bundle(void **state)
{
    struct place *p = *state;
    struct pm_buf record = PM_BUF_INIT(64 << 20), got = PM_BUF_INIT(64 << 20), frames = PM_BUF_INIT(64 << 20);
    const struct pm_bundle_state none = {0};
    struct pm_bundle_writer *w;
    struct pm_bundle_reader *r;
    struct pm_bundle_put *put;
    struct pm_codec *codec;
    struct pm_loc unused, loc, walk = {1, 0, 0};
    uint64_t check, again;
    char flipped;
    int fd;

    fill(&record, 9 << 20);
    assert_int_equal(pm_codec_new(&codec, &p->err), PM_OK);
    assert_int_equal(pm_bundle_writer_open(&w, p->root, &none, 1 << 30, &p->err), PM_OK);
    assert_int_equal(pm_bundle_begin(w, PM_STR_NULL, &unused, &check, &p->err), PM_OK);
    assert_int_equal(pm_bundle_put_new(&put, w, codec, NULL, 1, &p->err), PM_OK);
    for (size_t at = 0; at < record.len; at += 1000003)
        assert_int_equal(pm_bundle_put_add(put, PM_STRN(record.data + at, record.len - at < 1000003 ? record.len - at : 1000003),
                                           &p->err),
                         PM_OK);
    assert_int_equal(pm_bundle_put_end(put, &loc, &check, &p->err), PM_OK);
    pm_bundle_put_free(put);
    pm_bundle_writer_free(w);

    assert_int_equal(pm_bundle_reader_open(&r, p->root, &p->err), PM_OK);
    assert_int_equal(pm_bundle_read(r, &loc, &got, &p->err), PM_OK); /* at once, as it fits */
    assert_true(pm_str_eq(pm_buf_span(&got), pm_buf_span(&record)));
    pm_buf_reset(&got);
    assert_int_equal(pm_bundle_stream(r, &loc, append, &got, &again, &p->err), PM_OK);
    assert_true(pm_str_eq(pm_buf_span(&got), pm_buf_span(&record)));
    assert_int_equal(check, again);
    assert_int_equal(pm_bundle_read_frame(r, &loc, &frames, &p->err), PM_OK);
    assert_int_equal(check, pm_frame_check(pm_buf_span(&frames)));
    pm_buf_reset(&got);
    assert_int_equal(pm_bundle_start(r, &loc, &got, &p->err), PM_OK);
    assert_int_equal(got.len, PM_BIG_PIECE);
    assert_memory_equal(got.data, record.data, got.len);
    pm_buf_reset(&got);
    assert_int_equal(pm_bundle_walk(r, &walk, UINT64_MAX, &got, &p->err), PM_OK);
    assert_int_equal(walk.length, loc.length);
    assert_int_equal(got.len, PM_BIG_PIECE);
    assert_int_equal(pm_bundle_walk(r, &walk, UINT64_MAX, &got, &p->err), PM_DONE);

    /* A flipped bit, and a file that ends too early. */
    fd = openat(p->root, PM_BUNDLE_DIR "/000001.warc.zst", O_RDWR | O_CLOEXEC);
    flipped = (char)(frames.data[frames.len / 2] ^ 1);
    assert_int_equal(pm_fs_pwrite(fd, &flipped, 1, frames.len / 2, &p->err), PM_OK);
    pm_buf_reset(&got);
    assert_int_equal(pm_bundle_stream(r, &loc, append, &got, &again, &p->err), PM_ECORRUPT);
    assert_int_equal(pm_fs_pwrite(fd, frames.data, frames.len, 0, &p->err), PM_OK);
    assert_int_equal(ftruncate(fd, (off_t)frames.len - 100), 0);
    walk = (struct pm_loc){1, 0, 0};
    pm_bundle_reader_free(r); /* which remembers what it read */
    assert_int_equal(pm_bundle_reader_open(&r, p->root, &p->err), PM_OK);
    assert_int_equal(pm_bundle_walk(r, &walk, UINT64_MAX, &got, &p->err), PM_SKIP);
    loc.length -= 100;
    assert_int_equal(pm_bundle_stream(r, &loc, append, &got, &again, &p->err), PM_ECORRUPT);
    close(fd);
    pm_bundle_reader_free(r);
    pm_codec_free(codec);
    pm_buf_release(&record);
    pm_buf_release(&got);
    pm_buf_release(&frames);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_split_wrong),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_pieces_wrong),
        cmocka_unit_test_setup_teardown(test_bundle, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
