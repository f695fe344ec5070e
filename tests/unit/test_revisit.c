/* Revisit records of a WARC: found when what they repeat is here, kept when not; through ingest,
 * and given back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fs.h"
#include "ingest.h"
#include "restore.h"

#define SHA_A "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SHA_B "sha1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"

struct bed {
    char path[64];
    int root;
    struct pm_manifest *manifest;
    struct pm_agencies *agencies;
    struct pm_ingest_result result;
};

static int
set_up(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));
    struct pm_buf path = PM_BUF_INIT(256);
    int rc;

    (void)snprintf(b->path, sizeof(b->path), "/tmp/pm-revisit-XXXXXX");
    if (mkdtemp(b->path) == NULL)
        return -1;
    b->root = open(b->path, O_RDONLY | O_DIRECTORY);
    pm_buf_addf(&path, "%s/manifest.sqlite", b->path);
    rc = pm_fs_mkdir(b->root, PM_BUNDLE_DIR, NULL) ||
         pm_manifest_open(&b->manifest, pm_buf_z(&path), true, NULL) ||
         pm_agencies_new(&b->agencies, PM_STR_NULL, NULL);
    pm_buf_release(&path);
    *state = b;
    return rc;
}

static int
tear_down(void **state)
{
    struct bed *b = *state;
    pid_t child;
    int status = -1;

    pm_manifest_free(b->manifest);
    pm_agencies_free(b->agencies);
    close(b->root);
    child = fork();
    if (child == 0) {
        execl("/bin/rm", "rm", "-rf", b->path, (char *)NULL);
        _exit(1);
    }
    (void)waitpid(child, &status, 0);
    free(b);
    return status;
}

static void
put_record(struct pm_buf *w, const char *type, const char *id, const char *url, const char *date,
           const char *fields, const char *block)
{
    pm_buf_addf(w,
                "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Target-URI: "
                "%s\r\nWARC-Date: %s\r\n"
                "%sContent-Type: application/http; msgtype=response\r\nContent-Length: "
                "%zu\r\n\r\n%s\r\n\r\n",
                type, id, url, date, fields, strlen(block), block);
}

static void
take(struct bed *b, const struct pm_buf *warc)
{
    const struct pm_ingest_options options = {.input = {.date_us = PM_WHEN_NONE},
                                              .agencies = b->agencies};
    struct pm_buf path = PM_BUF_INIT(256);
    const char *paths[1];
    struct pm_err err = PM_ERR_INIT;
    int fd;

    pm_buf_addf(&path, "%s/in.warc", b->path);
    paths[0] = pm_buf_z(&path);
    fd = open(paths[0], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(fd >= 0);
    assert_int_equal(pm_fs_write(fd, warc->data, warc->len, NULL), PM_OK);
    close(fd);
    if (pm_ingest(b->manifest, b->root, paths, 1, &options, &b->result, &err) != PM_OK)
        fail_msg("%s", err.text);
    pm_buf_release(&path);
}

static int
print_row(void *ctx, const struct pm_row *row)
{
    pm_buf_str(ctx, row->url);
    pm_buf_putc(ctx, ' ');
    pm_when_iso(ctx, row->when_us);
    pm_buf_addf(ctx, " %d %llu of %lld\n", row->status, (unsigned long long)row->payload_size,
                (long long)row->original);
    return PM_OK;
}

static void
check_rows(struct bed *b, const char *want)
{
    struct pm_query all = PM_QUERY_ALL;
    struct pm_buf have = PM_BUF_INIT(1 << 16);

    assert_int_equal(pm_manifest_select(b->manifest, &all, print_row, &have, NULL), PM_OK);
    if (strcmp(pm_buf_z(&have), want) != 0)
        fail_msg("\n%s\ninstead of\n\n%s", pm_buf_z(&have), want);
    pm_buf_release(&have);
}

static const char page[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>The harbour is closed.</p></html>";
static const char head[] = "HTTP/1.1 200 OK\r\nServer: later\r\n\r\n";

/* By URL and date, by digest alone, by record id; and three that lead nowhere. */
static void
test_resolve(void **state)
{
    struct bed *b = *state;
    struct pm_buf w = PM_BUF_INIT(1 << 16);

    put_record(&w, "response", "1", "http://e.example/?a*", "2024-03-01T10:00:00Z",
               "WARC-Payload-Digest: " SHA_A "\r\n", page);
    put_record(&w, "response", "2", "http://e.example/2", "2024-03-01T10:00:01Z", "", page);
    put_record(&w, "revisit", "3", "http://e.example/other", "2024-03-02T10:00:00Z",
               "WARC-Refers-To-Target-URI: <http://e.example/?a*>\r\nWARC-Refers-To-Date: "
               "2024-03-01T10:00:00Z\r\n",
               head);
    put_record(&w, "revisit", "4", "http://e.example/?a*", "2024-03-02T10:00:01Z",
               "WARC-Payload-Digest: " SHA_A "\r\n", head);
    put_record(&w, "revisit", "5", "http://e.example/2", "2024-03-02T10:00:02Z",
               "WARC-Refers-To: <urn:x:2>\r\n", head);
    put_record(&w, "revisit", "6", "http://e.example/?a*", "2024-03-02T10:00:03Z",
               "WARC-Payload-Digest: " SHA_B "\r\n", head);
    put_record(&w, "revisit", "7", "http://e.example/?*", "2024-03-02T10:00:04Z",
               "WARC-Payload-Digest: " SHA_A "\r\n", head);
    put_record(&w, "revisit", "8", "http://e.example/2", "2024-03-02T10:00:05Z", "", head);
    take(b, &w);
    assert_int_equal(b->result.captures, 5);
    assert_int_equal(b->result.revisits, 3);
    check_rows(b, "http://e.example/?a* 2024-03-01T10:00:00Z 200 42 of 0\n"
                  "http://e.example/2 2024-03-01T10:00:01Z 200 42 of 0\n"
                  "http://e.example/other 2024-03-02T10:00:00Z 200 42 of 1\n"
                  "http://e.example/?a* 2024-03-02T10:00:01Z 200 42 of 1\n"
                  "http://e.example/2 2024-03-02T10:00:02Z 200 42 of 2\n");

    /* Taken in again, all is there already, what could not be resolved too. */
    take(b, &w);
    assert_int_equal(b->result.captures, 0);
    assert_int_equal(b->result.held, 5);
    assert_int_equal(b->result.records, 0);
    pm_buf_release(&w);
}

static int
keep_row(void *ctx, const struct pm_row *row)
{
    *(int64_t *)ctx = row->capture;
    return PM_OK;
}

/* The payload of the original comes back for the revisit; its record is the one that came. */
static void
test_restore(void **state)
{
    struct bed *b = *state;
    struct pm_buf w = PM_BUF_INIT(1 << 16), out = PM_BUF_INIT(1 << 16);
    struct pm_query last = PM_QUERY_ALL;
    struct pm_bundle_reader *reader;
    struct pm_row row;
    int64_t capture = 0;

    put_record(&w, "response", "1", "http://e.example/1", "2024-03-01T10:00:00Z", "", page);
    put_record(&w, "revisit", "2", "http://e.example/1", "2024-03-02T10:00:00Z",
               "WARC-Refers-To: <urn:x:1>\r\n", head);
    take(b, &w);
    assert_int_equal(pm_manifest_select(b->manifest, &last, keep_row, &capture, NULL), PM_OK);
    assert_int_equal(pm_manifest_get(b->manifest, capture, &row, NULL), PM_OK);
    assert_int_equal(row.original, 1);
    assert_int_equal(pm_bundle_reader_open(&reader, b->root, NULL), PM_OK);
    assert_int_equal(pm_bundle_read(reader, &row.page, &out, NULL), PM_OK);
    assert_true(pm_str_find(pm_buf_span(&out), PM_STR("WARC-Record-ID: <urn:x:2>"), 0) != SIZE_MAX);
    assert_true(pm_str_find(pm_buf_span(&out), PM_STR("Server: later"), 0) != SIZE_MAX);
    pm_buf_reset(&out);
    assert_int_equal(pm_manifest_get(b->manifest, capture, &row, NULL), PM_OK);
    assert_int_equal(pm_restore_bytes(b->manifest, reader, &row, PM_RESTORE_RAW, &out, NULL),
                     PM_OK);
    assert_true(pm_str_eq(pm_buf_span(&out), PM_STR("<html><p>The harbour is closed.</p></html>")));
    pm_bundle_reader_free(reader);
    pm_buf_release(&w);
    pm_buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_resolve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
