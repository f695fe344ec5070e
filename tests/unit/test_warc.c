/* The WARC reader: single functions, limits, failing reads, and every file of tests/warc-files.tsv.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"
#include "warc.h"

#define DATA "testdata/warc/"

struct counts {
    unsigned records, skipped, notes;
    char first[sizeof(((struct pm_err *)0)->text)]; /* the first thing said */
    int rc;
};

static const struct pm_warc_limits checked = {.check_digests = true};

/* Read to the end, free the reader. */
static struct counts
drain(struct pm_warc_reader *r)
{
    struct counts n = {0};
    struct pm_err err = PM_ERR_INIT;
    struct pm_warc_record rec;

    while ((n.rc = pm_warc_next(r, &rec, &err)) >= 0 && n.rc != PM_DONE) {
        struct pm_str said = n.rc == PM_SKIP ? pm_str_of(err.text) : rec.note;

        if (n.rc == PM_OK) { /* heads are such as every reader reads */
            assert_true(pm_str_starts(rec.head, PM_STR("WARC/")));
            assert_true(pm_str_ends(rec.head, PM_STR("\r\n\r\n")));
            for (size_t i = 0; i < rec.head.len; i++)
                assert_true(rec.head.ptr[i] != '\0' &&
                            (rec.head.ptr[i] != '\n' || rec.head.ptr[i - 1] == '\r'));
        }
        n.records += n.rc == PM_OK;
        n.skipped += n.rc == PM_SKIP;
        n.notes += n.rc == PM_OK && rec.note.ptr != NULL;
        if (n.first[0] == '\0' && said.len > 0)
            (void)snprintf(n.first, sizeof(n.first), PM_STR_FMT, PM_STR_ARG(said));
    }
    pm_warc_free(r);
    return n;
}

static struct counts
drain_memory(struct pm_str bytes)
{
    struct pm_warc_reader *r;

    assert_int_equal(pm_warc_open_memory(&r, bytes, &checked, NULL), PM_OK);
    return drain(r);
}

static void
load(const char *path, struct pm_buf *dst)
{
    pm_buf_reset(dst);
    assert_int_equal(pm_fs_read(AT_FDCWD, path, dst, NULL), PM_OK);
}

/* ---- parts ---- */

static void
test_field(void **state)
{
    struct pm_str head =
        PM_STR("WARC/1.1\r\nWARC-Type:  response \r\nX-Long: one\r\n\ttwo\r\nX-Empty:\r\n\r\n");

    (void)state;
    assert_true(pm_str_eq(pm_warc_field(head, PM_STR("warc-type")), PM_STR("response")));
    assert_true(pm_str_eq(pm_warc_field(head, PM_STR("X-LONG")), PM_STR("one\r\n\ttwo")));
    assert_int_equal(pm_warc_field(head, PM_STR("X-Empty")).len, 0);
    assert_non_null(pm_warc_field(head, PM_STR("X-Empty")).ptr);
    assert_null(pm_warc_field(head, PM_STR("WARC")).ptr);
    assert_null(pm_warc_field(PM_STR("WARC/1.1\r\n"), PM_STR("a")).ptr);
}

static void
test_sniff(void **state)
{
    static const char *const files[] = {
        "ok.warc",  "ok.warc.gz", "ok.warc.zst", "dict.warc.zst",  "whole.warc.gz", "split.warc.gz",
        "bom.warc", "ok.arc",     "ok.arc.gz",   "solid.warc.zst", "lf-only.warc",
    };
    struct pm_buf buf = PM_BUF_INIT(1 << 20), path = PM_BUF_INIT(1 << 10);

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        pm_buf_reset(&path);
        pm_buf_addf(&path, DATA "%s", files[i]);
        load(pm_buf_z(&path), &buf);
        if (!pm_warc_sniff(pm_buf_span(&buf)))
            fail_msg("'%s' is not told", files[i]);
    }
    assert_false(pm_warc_sniff(PM_STR("")));
    assert_false(pm_warc_sniff(PM_STR("WARC is a format\n")));
    assert_false(pm_warc_sniff(PM_STR("http://example.org/ is a page of 2024\n")));
    assert_false(pm_warc_sniff(PM_STR("\x1f\x8b\x08\0 not really gzip")));
    pm_buf_release(&buf);
    pm_buf_release(&path);
}

/* Views of one record, and of an ARC record that became one. */
static void
test_record(void **state)
{
    struct pm_buf buf = PM_BUF_INIT(1 << 20);
    struct pm_warc_reader *r;
    struct pm_warc_record rec;

    (void)state;
    load(DATA "ok.warc.gz", &buf);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &checked, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_true(pm_str_eq(rec.type, PM_STR("response")));
    assert_true(pm_str_eq(rec.uri, PM_STR("http://port-ellery.example/2")));
    assert_true(pm_str_eq(rec.id, PM_STR("<urn:uuid:00000000-0000-0000-0000-000000000002>")));
    assert_true(pm_str_eq(rec.date, PM_STR("2024-03-02T10:00:00Z")));
    assert_true(pm_str_starts(rec.head, PM_STR("WARC/1.1\r\n")));
    assert_true(pm_str_ends(rec.head, PM_STR("\r\n\r\n")));
    assert_true(pm_str_starts(rec.block, PM_STR("HTTP/1.1 200 OK\r\n")));
    assert_true(pm_str_ends(rec.block, PM_STR("on day 2.</p></html>\n")));
    assert_true(rec.offset > 0);
    pm_warc_free(r);

    load(DATA "ok.arc", &buf);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &checked, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_true(pm_str_eq(rec.type, PM_STR("warcinfo")));
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_true(rec.arc);
    assert_true(pm_str_eq(rec.type, PM_STR("response")));
    assert_true(pm_str_eq(rec.uri, PM_STR("http://port-ellery.example/1")));
    assert_true(pm_str_eq(pm_warc_field(rec.head, PM_STR("WARC-IP-Address")), PM_STR("192.0.2.1")));
    assert_true(pm_str_eq(rec.date, PM_STR("2004-03-01T10:00:00Z")));
    assert_true(pm_str_ends(rec.block, PM_STR("</html>\n")));
    pm_warc_free(r);
    pm_buf_release(&buf);
}

/* A mended record reads as a good one when it is written out and read again. */
static void
test_mended(void **state)
{
    struct pm_buf buf = PM_BUF_INIT(1 << 20), again = PM_BUF_INIT(1 << 20);
    struct pm_warc_reader *r;
    struct pm_warc_record rec;
    struct counts n;

    (void)state;
    load(DATA "cl-twice.warc", &buf);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &checked, NULL), PM_OK);
    while (pm_warc_next(r, &rec, NULL) == PM_OK) {
        assert_true(rec.mended == (rec.note.ptr != NULL));
        pm_buf_str(&again, rec.head);
        pm_buf_str(&again, rec.block);
        pm_buf_cstr(&again, "\r\n\r\n");
    }
    pm_warc_free(r);
    n = drain_memory(pm_buf_span(&again));
    assert_int_equal(n.records, 3);
    assert_int_equal(n.notes + n.skipped, 0);
    pm_buf_release(&buf);
    pm_buf_release(&again);
}

/* ---- limits ---- */

static void
test_limits(void **state)
{
    struct pm_warc_limits limits = {.header_max = 4096, .block_max = 200};
    struct pm_buf buf = PM_BUF_INIT(1 << 20);
    struct pm_warc_reader *r;
    struct pm_warc_record rec;
    struct counts n;

    (void)state;
    load(DATA "long-header.warc", &buf);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &limits, NULL), PM_OK);
    n = drain(r);
    assert_int_equal(n.records, 0);
    assert_string_equal(n.first, "offset 0: header is over the limit of 4096 bytes");

    load(DATA "nested.warc", &buf);
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &limits, NULL), PM_OK);
    n = drain(r);
    assert_string_equal(
        n.first, "offset 464, 'http://port-ellery.example/2': block of 947 bytes is over the limit "
                 "of 200");
    assert_int_equal(n.rc, PM_DONE);

    /* A length that would be mended to more than the limit is left as it is. */
    pm_buf_reset(&buf);
    pm_buf_cstr(&buf, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 5\r\n\r\n");
    while (buf.len < 400)
        pm_buf_cstr(&buf, "bytes of a block. ");
    pm_buf_cstr(&buf,
                "\r\n\r\nWARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
    assert_int_equal(pm_warc_open_memory(&r, pm_buf_span(&buf), &limits, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_int_equal(rec.block.len, 5);
    assert_true(pm_str_eq(rec.note, PM_STR("bytes that are no record follow it")));
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_SKIP);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_OK);
    assert_int_equal(pm_warc_next(r, &rec, NULL), PM_DONE);
    pm_warc_free(r);
    pm_buf_release(&buf);
}

/* ---- sources ---- */

struct dribble {
    struct pm_str bytes;
    size_t at, step;
    size_t fail_at; /* where reading fails */
};

static int
dribble(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err)
{
    struct dribble *d = ctx;

    if (d->at >= d->fail_at)
        return pm_fail(err, PM_EIO, "the disk is gone");
    *got = d->bytes.len - d->at;
    if (*got > n)
        *got = n;
    if (*got > d->step)
        *got = d->step;
    memcpy(dst, d->bytes.ptr + d->at, *got);
    d->at += *got;
    return PM_OK;
}

static void
test_read_fails(void **state)
{
    struct pm_buf buf = PM_BUF_INIT(1 << 20);
    struct pm_warc_reader *r;
    struct counts n;

    (void)state;
    load(DATA "ok.warc", &buf);
    {
        struct dribble d = {pm_buf_span(&buf), 0, 500, 1000};
        struct pm_err err = PM_ERR_INIT;
        struct pm_warc_record rec;
        int rc;

        assert_int_equal(pm_warc_open_read(&r, dribble, &d, NULL, NULL), PM_OK);
        while ((rc = pm_warc_next(r, &rec, &err)) == PM_OK)
            continue;
        assert_int_equal(rc, PM_EIO);
        assert_string_equal(err.text, "the disk is gone");
        pm_warc_free(r);
    }
    assert_int_equal(pm_warc_open(&r, -1, NULL, NULL), PM_OK);
    n = drain(r);
    assert_int_equal(n.rc, PM_EIO);
    pm_buf_release(&buf);
}

/* ---- all files ---- */

static void
same(const char *file, const char *how, const struct counts *a, const struct counts *b)
{
    if (a->records != b->records || a->skipped != b->skipped || a->notes != b->notes ||
        strcmp(a->first, b->first) != 0 || b->rc != PM_DONE)
        fail_msg("%s, %s: %u records, %u skipped, %u notes, '%s'; it should be %u, %u, %u, '%s'",
                 file, how, b->records, b->skipped, b->notes, b->first, a->records, a->skipped,
                 a->notes, a->first);
}

/* From memory, from a file, and from a pipe that gives a byte at a time. */
static void
check_file(const char *path, const struct counts *want)
{
    struct pm_buf buf = PM_BUF_INIT(1 << 26);
    struct pm_warc_reader *r;
    struct counts n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(pm_warc_open(&r, fd, &checked, NULL), PM_OK);
    n = drain(r);
    close(fd);
    same(path, "from a file", want, &n);
    load(path, &buf);
    n = drain_memory(pm_buf_span(&buf));
    same(path, "from memory", want, &n);
    if (buf.len < 8192) {
        struct dribble d = {pm_buf_span(&buf), 0, 1, SIZE_MAX};

        assert_int_equal(pm_warc_open_read(&r, dribble, &d, &checked, NULL), PM_OK);
        n = drain(r);
        same(path, "by single bytes", want, &n);
    }
    pm_buf_release(&buf);
}

static struct pm_str
next_cell(struct pm_str *line)
{
    size_t tab = pm_str_find(*line, PM_STR("\t"), 0);
    size_t n = tab != SIZE_MAX ? tab : line->len;
    struct pm_str cell = PM_STRN(line->ptr, n);

    n += tab != SIZE_MAX;
    *line = PM_STRN(line->ptr + n, line->len - n);
    return cell;
}

static unsigned
number(struct pm_str cell)
{
    return (unsigned)strtoul(cell.ptr, NULL, 10);
}

static void
test_files(void **state)
{
    struct pm_buf table = PM_BUF_INIT(1 << 20), path = PM_BUF_INIT(1 << 12);
    unsigned files = 0;

    (void)state;
    load("tests/warc-files.tsv", &table);
    for (size_t at = 0; at < table.len;) {
        size_t nl = pm_str_find(pm_buf_span(&table), PM_STR("\n"), at);
        struct pm_str line = PM_STRN(table.data + at, nl - at), cell;
        struct counts want = {.rc = PM_DONE};

        at = nl + 1;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        pm_buf_reset(&path);
        pm_buf_str(&path, next_cell(&line));
        want.records = number(next_cell(&line));
        want.skipped = number(next_cell(&line));
        want.notes = number(next_cell(&line));
        cell = next_cell(&line);
        (void)snprintf(want.first, sizeof(want.first), PM_STR_FMT, PM_STR_ARG(cell));
        if (access(pm_buf_z(&path), R_OK) != 0 && pm_str_starts(pm_buf_span(&path), PM_STR("../")))
            continue;
        check_file(pm_buf_z(&path), &want);
        files++;
    }
    assert_true(files >= 45);
    pm_buf_release(&table);
    pm_buf_release(&path);
}

/* Any one byte changed or all from some byte on lost: what lies elsewhere is still read, and
 * something is said. */
static void
test_damage(void **state)
{
    static const struct {
        const char *file;
        unsigned records;
    } files[] = {
        {DATA "ok.warc", 3}, {DATA "ok.warc.gz", 3}, {DATA "ok.warc.zst", 3}, {DATA "ok.arc", 3}};
    struct pm_buf buf = PM_BUF_INIT(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        load(files[i].file, &buf);
        for (size_t at = 0; at < buf.len; at++) {
            struct counts n;

            buf.data[at] ^= 0x10;
            n = drain_memory(pm_buf_span(&buf));
            buf.data[at] ^= 0x10;
            if (n.rc != PM_DONE || n.records + 1 < files[i].records)
                fail_msg("%s, byte %zu: %u records, '%s'", files[i].file, at, n.records, n.first);
            n = drain_memory(PM_STRN(buf.data, at));
            if (n.rc != PM_DONE || n.records > files[i].records)
                fail_msg("%s, cut at %zu: %u records", files[i].file, at, n.records);
        }
    }
    pm_buf_release(&buf);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_field),  cmocka_unit_test(test_sniff),
        cmocka_unit_test(test_record), cmocka_unit_test(test_mended),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_read_fails),
        cmocka_unit_test(test_files),  cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
