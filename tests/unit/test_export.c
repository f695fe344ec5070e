/* Export: keys and lines of an index, and an archive in each form. */
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

#include "cdxj.h"
#include "export.h"
#include "fs.h"
#include "ingest.h"
#include "scratch.h"
#include "warc.h"

/* ---- index ---- */

static void
test_keys(void **state)
{
    static const struct {
        const char *url, *key;
    } cases[] = {
        {"http://www.Example.com/", "com,example)/"},
        {"https://example.com", "com,example)/"},
        {"https://www2.example.co.uk:443/A/b/?z=1&a=2#frag", "uk,co,example)/a/b?a=2&z=1"},
        {"http://example.com:8080/x", "com,example:8080)/x"},
        {"http://user:pw@example.com/x?", "com,example)/x"},
        {"http://wwww.example.com/a b", "com,example,wwww)/a%20b"},
        {"urn:sha256:AB", "urn:sha256:ab"},
        {"file:///a/B c.html#x", "file:/a/b%20c.html"},
        {"file:///a/b?z=1&a=2", "file:/a/b?a=2&z=1"},
        {"urn:text:https://www.Example.com/A?b=1", "urn:text:https://www.example.com/a?b=1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pm_buf key = PM_BUF_INIT(1 << 12);

        pm_cdxj_key(pm_str_of(cases[i].url), &key);
        assert_string_equal(pm_buf_z(&key), cases[i].key);
        pm_buf_release(&key);
    }
}

static void
test_line(void **state)
{
    const struct pm_str record =
        PM_STR("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x\r\n"
               "WARC-Date: 2024-05-09T10:11:12Z\r\nWARC-Payload-Digest: sha1:AAAA\r\nContent-Length: 53\r\n\r\n"
               "HTTP/1.1 404 Not Found\r\nContent-Type: text/html;x\r\n\r\n\r\n\r\n");
    const struct pm_str request = PM_STR("WARC/1.1\r\nWARC-Type: request\r\nWARC-Target-URI: http://a.example/x\r\n"
                                         "Content-Length: 0\r\n\r\n\r\n\r\n");
    const struct pm_cdxj_place place = {PM_STR("a.warc.gz"), 7, 9};
    struct pm_buf line = PM_BUF_INIT(1 << 12);
    struct pm_digester *d;
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_digester_new(&d, &err), PM_OK);
    assert_int_equal(pm_cdxj_line(d, record, &place, &line, &err), PM_OK);
    assert_string_equal(pm_buf_z(&line),
                        "example,a)/x 20240509101112 {\"url\":\"http://a.example/x\",\"mime\":\"text/html\","
                        "\"status\":\"404\",\"digest\":\"AAAA\",\"length\":\"9\",\"offset\":\"7\","
                        "\"filename\":\"a.warc.gz\"}\n");
    assert_int_equal(pm_cdxj_line(d, request, &place, &line, &err), PM_SKIP);
    assert_int_equal(pm_cdxj_line(d, PM_STR("no record"), &place, &line, &err), PM_SKIP);
    pm_digester_free(d);
    pm_buf_release(&line);
}

static void
test_sort(void **state)
{
    struct pm_buf text = PM_BUF_INIT(1 << 12);
    struct pm_err err;

    (void)state;
    pm_buf_cstr(&text, "b 2\nb 1\na\nab\n");
    assert_int_equal(pm_cdxj_sort(&text, &err), PM_OK);
    assert_string_equal(pm_buf_z(&text), "a\nab\nb 1\nb 2\n");
    pm_buf_release(&text);
}

/* ---- an archive ---- */

struct bed {
    char dir[SCRATCH_PATH];
    int at, root;
    struct pm_manifest *manifest;
    struct pm_err err;
};

static char *
path_of(const struct bed *b, const char *name)
{
    char *text = malloc(256);

    (void)snprintf(text, 256, "%s/%s", b->dir, name);
    return text;
}

static void
take_in(struct bed *b, const char *input)
{
    char *in = path_of(b, input);
    const char *const paths[] = {in};
    struct pm_ingest_options o = {.input = {.date_us = PM_WHEN_NONE}};
    struct pm_ingest_result r;

    assert_int_equal(pm_ingest(b->manifest, b->root, paths, 1, &o, &r, &b->err), PM_OK);
    free(in);
}

/* Make archive `name` and open it in the place of the one that was open. */
static void
open_archive(struct bed *b, const char *name)
{
    char *db;

    pm_manifest_free(b->manifest);
    if (b->root > 0)
        close(b->root);
    assert_int_equal(mkdirat(b->at, name, 0777), 0);
    b->root = openat(b->at, name, O_RDONLY | O_DIRECTORY);
    assert_int_equal(mkdirat(b->root, "bundles", 0777), 0);
    db = malloc(256);
    (void)snprintf(db, 256, "%s/%s/manifest.sqlite", b->dir, name);
    assert_int_equal(pm_manifest_open(&b->manifest, db, true, &b->err), PM_OK);
    free(db);
}

/* Two pages and a third with the payload of the first. */
static int
set_up(void **state)
{
    static const char row[] = "{\"id\":\"%d\",\"url\":\"http://coast.example/%d\",\"date\":\"2024-05-0%dT00:00:00Z\","
                              "\"title\":\"=1+1\",\"text\":\"Line %d of a text that is long enough to be one, they "
                              "said at the harbour on Monday.\\nAnd a second line, which says more of the same "
                              "thing.\"}\n";
    struct bed *b = calloc(1, sizeof(*b));
    struct pm_buf rows = PM_BUF_INIT(1 << 16);
    int fd;

    if (!scratch_make(b->dir, "export"))
        return -1;
    b->at = open(b->dir, O_RDONLY | O_DIRECTORY);
    pm_buf_addf(&rows, row, 1, 1, 1, 1);
    pm_buf_addf(&rows, row, 2, 2, 2, 2);
    pm_buf_addf(&rows, row, 3, 3, 3, 1);
    fd = openat(b->at, "in.jsonl", O_WRONLY | O_CREAT, 0666);
    assert_int_equal(write(fd, rows.data, rows.len), (ssize_t)rows.len);
    close(fd);
    pm_buf_release(&rows);
    open_archive(b, "one");
    take_in(b, "in.jsonl");
    *state = b;
    return 0;
}

static int
tear_down(void **state)
{
    struct bed *b = *state;

    pm_manifest_free(b->manifest);
    close(b->root);
    close(b->at);
    scratch_remove(b->dir);
    free(b);
    return 0;
}

static int
export(struct bed *b, struct pm_export_options o, const char *url, const char *name, struct pm_buf *bytes,
       struct pm_export_result *r)
{
    struct pm_query q = PM_QUERY_ALL;
    const struct pm_chosen chosen = {b->manifest, &q, 1, false};
    char *target = path_of(b, name);
    int rc;

    o.target = target;
    q.url = pm_str_of(url);
    rc = pm_export(&chosen, b->root, &o, r, &b->err);
    pm_buf_reset(bytes);
    if (rc == PM_OK && r->captures > 0)
        assert_int_equal(pm_fs_read(b->at, name, bytes, &b->err), PM_OK);
    free(target);
    return rc;
}

/* Types of the records of a WARC file, a letter each; their bytes, one behind the other, in `all`. */
static void
list_types(struct pm_str file, char *types, struct pm_buf *all)
{
    struct pm_warc_reader *reader;
    struct pm_warc_record rec;
    struct pm_err err;
    int rc;

    assert_int_equal(pm_warc_open_memory(&reader, file, NULL, &err), PM_OK);
    while ((rc = pm_warc_next(reader, &rec, &err)) == PM_OK) {
        *types++ = pm_str_eq(rec.type, PM_STR("revisit")) ? 'v' : rec.type.ptr[0];
        if (all != NULL && rec.type.ptr[0] != 'w') {
            pm_buf_str(all, rec.head);
            pm_buf_str(all, rec.block);
        }
    }
    *types = '\0';
    assert_int_equal(rc, PM_DONE);
    pm_warc_free(reader);
}

static void
test_warc(void **state)
{
    static const enum pm_export_form forms[] = {PM_EXPORT_WARC_GZ, PM_EXPORT_WARC_ZST};
    struct bed *b = *state;
    struct pm_buf bytes = PM_BUF_INIT(1 << 20);
    struct pm_export_result r;
    char types[64];

    for (int i = 0; i < 2; i++) {
        struct pm_export_options o = {.form = forms[i]};
        const char *const names[] = {"1", "2", "3", "4", "5", "6", "7", "8"};

        assert_int_equal(export(b, o, NULL, names[4 * i], &bytes, &r), PM_OK);
        list_types(pm_buf_span(&bytes), types, NULL);
        assert_string_equal(types, "wrcmrcmvm");
        assert_int_equal(r.captures, 3);
        assert_int_equal(r.bytes, bytes.len);
        /* A revisit that was chosen alone comes with what it repeats. */
        assert_int_equal(export(b, o, "http://coast.example/3", names[4 * i + 1], &bytes, &r), PM_OK);
        list_types(pm_buf_span(&bytes), types, NULL);
        assert_string_equal(types, "wrcmvm");
        o.whole = true;
        assert_int_equal(export(b, o, "http://coast.example/3", names[4 * i + 2], &bytes, &r), PM_OK);
        list_types(pm_buf_span(&bytes), types, NULL);
        assert_string_equal(types, "wr");
        assert_int_equal(export(b, o, NULL, names[4 * i + 3], &bytes, &r), PM_OK);
        list_types(pm_buf_span(&bytes), types, NULL);
        assert_string_equal(types, "wrcmrcmr");
        assert_int_equal(export(b, o, NULL, names[4 * i + 3], &bytes, &r), PM_EINVAL);
    }
    pm_buf_release(&bytes);
}

/* Out and in again: the same records. */
static void
test_lossless(void **state)
{
    struct bed *b = *state;
    struct pm_buf first = PM_BUF_INIT(1 << 20), second = PM_BUF_INIT(1 << 20), one = PM_BUF_INIT(1 << 20),
                  two = PM_BUF_INIT(1 << 20);
    struct pm_export_options o = {.form = PM_EXPORT_WARC_GZ};
    struct pm_export_result r;
    char types[64];

    assert_int_equal(export(b, o, NULL, "a.warc.gz", &first, &r), PM_OK);
    list_types(pm_buf_span(&first), types, &one);
    open_archive(b, "two");
    take_in(b, "a.warc.gz");
    assert_int_equal(export(b, o, NULL, "b.warc.gz", &second, &r), PM_OK);
    list_types(pm_buf_span(&second), types, &two);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    pm_buf_release(&first);
    pm_buf_release(&second);
    pm_buf_release(&one);
    pm_buf_release(&two);
}

static void
test_rows(void **state)
{
    struct bed *b = *state;
    struct pm_buf bytes = PM_BUF_INIT(1 << 20);
    struct pm_export_result r;
    size_t lines = 0;

    assert_int_equal(export(b, (struct pm_export_options){.form = PM_EXPORT_JSONL}, NULL, "a", &bytes, &r), PM_OK);
    assert_int_equal(r.captures, 3);
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR("\"text\":\"Line 1 of a text"), 0) != SIZE_MAX);
    assert_int_equal(export(b, (struct pm_export_options){.form = PM_EXPORT_CSV}, "*/2", "b", &bytes, &r), PM_OK);
    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.data[i] == '\n';
    assert_int_equal(lines, 2);
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR(",\"'=1+1\","), 0) != SIZE_MAX); /* no formula */
    assert_int_equal(export(b, (struct pm_export_options){.form = PM_EXPORT_CDXJ}, NULL, "c", &bytes, &r), PM_OK);
    assert_true(pm_str_starts(pm_buf_span(&bytes), PM_STR("example,coast)/1 20240501000000 {")));
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR("\"mime\":\"warc/revisit\""), 0) != SIZE_MAX);
    assert_int_equal(export(b, (struct pm_export_options){.form = PM_EXPORT_CSV}, "none", "d", &bytes, &r), PM_OK);
    assert_int_equal(r.captures, 0);
    assert_int_equal(faccessat(b->at, "d", F_OK, 0), -1); /* nothing chosen, nothing made */
    pm_buf_release(&bytes);
}

static void
test_wacz(void **state)
{
    struct bed *b = *state;
    struct pm_buf bytes = PM_BUF_INIT(1 << 20);
    struct pm_export_options o = {.form = PM_EXPORT_WACZ};
    struct pm_export_result r;

    assert_int_equal(export(b, o, NULL, "a.wacz", &bytes, &r), PM_OK);
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR("\"wacz_version\":\"1.1.1\""), 0) != SIZE_MAX);
    assert_true(pm_str_find(pm_buf_span(&bytes), PM_STR("{\"path\":\"datapackage.json\",\"hash\":\"sha256:"), 0) !=
                SIZE_MAX);
    open_archive(b, "two");
    take_in(b, "a.wacz");
    assert_int_equal(export(b, o, NULL, "b.wacz", &bytes, &r), PM_OK);
    assert_int_equal(r.captures, 3);
    pm_buf_release(&bytes);
}

/* ---- files ---- */

/* A line a capture: what must come through. */
static int
put_line(void *ctx, const struct pm_row *row)
{
    struct pm_buf *dst = ctx;

    pm_hex(dst, row->uid, sizeof(row->uid));
    pm_buf_addf(dst, " %.*s %.*s %.*s %.*s %lld ", PM_STR_ARG(row->url), PM_STR_ARG(row->key), PM_STR_ARG(row->outlet),
                PM_STR_ARG(row->title), (long long)row->when_us);
    pm_hex(dst, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_buf_putc(dst, '\n');
    return PM_OK;
}

static void
list_captures(struct bed *b, struct pm_buf *dst)
{
    const struct pm_query q = PM_QUERY_ALL;
    const struct pm_chosen chosen = {b->manifest, &q, 1, false};

    pm_buf_reset(dst);
    assert_int_equal(pm_chosen_each(&chosen, put_line, dst, &b->err), PM_OK);
    assert_int_equal(pm_buf_check(dst, &b->err), PM_OK);
}

/* A tar or zip file and the table in it say all that an archive of the same captures needs. */
static void
test_files(void **state)
{
    static const struct {
        enum pm_export_form form;
        const char *name, *again, *archive;
    } cases[] = {{PM_EXPORT_TAR, "a.tar", "b.tar", "tar"}, {PM_EXPORT_ZIP, "a.zip", "b.zip", "zip"}};
    struct bed *b = *state;
    struct pm_buf first = PM_BUF_INIT(1 << 20), second = PM_BUF_INIT(1 << 20), before = PM_BUF_INIT(1 << 16),
                  after = PM_BUF_INIT(1 << 16);
    struct pm_export_options o = {.jobs = 3};
    struct pm_export_result r;

    list_captures(b, &before);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        o.form = cases[i].form;
        assert_int_equal(export(b, o, NULL, cases[i].name, &first, &r), PM_OK);
        assert_int_equal(r.captures, 3);
        open_archive(b, cases[i].archive);
        take_in(b, cases[i].name);
        list_captures(b, &after);
        assert_string_equal(pm_buf_z(&before), pm_buf_z(&after));
        assert_int_equal(export(b, o, NULL, cases[i].again, &second, &r), PM_OK);
        assert_int_equal(first.len, second.len);
        assert_memory_equal(first.data, second.data, first.len);
        assert_int_equal(export(b, o, "none", "none", &second, &r), PM_OK);
        assert_int_equal(r.captures, 0);
        assert_int_equal(faccessat(b->at, "none", F_OK, 0), -1);
    }
    pm_buf_release(&first);
    pm_buf_release(&second);
    pm_buf_release(&before);
    pm_buf_release(&after);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_sort),
        cmocka_unit_test_setup_teardown(test_warc, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lossless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wacz, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
