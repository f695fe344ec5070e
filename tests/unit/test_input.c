/* Inputs of every form, made in a scratch directory: a case for each, which are many and short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input.h"

#define PAGE "<!DOCTYPE html><title>x</title><p>The harbour is closed.</p>"

static char root[] = "/tmp/pressmark-input-XXXXXX";

static int
setup(void **state)
{
    (void)state;
    return mkdtemp(root) == NULL || chdir(root) != 0;
}

static int
teardown(void **state)
{
    pid_t child = chdir("/") == 0 ? fork() : -1;
    int status = -1;

    (void)state;
    if (child == 0) {
        execl("/bin/rm", "rm", "-rf", root, (char *)NULL);
        _exit(1);
    }
    return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static void
put(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void
puts_to(const char *path, const char *text)
{
    put(path, text, strlen(text));
}

/*
 * What an input gives, a line a capture: "source key url payload-size media when_source outlet
 * title", and "skip: ..."
 */
static void
list(const char *const *paths, size_t n, const struct pm_input_options *options, struct pm_buf *dst)
{
    struct pm_arena *arena = pm_arena_new((size_t)1 << 30);
    struct pm_input *in;
    struct pm_capture c;
    struct pm_err err = PM_ERR_INIT;
    int rc;

    pm_buf_reset(dst);
    assert_non_null(arena);
    assert_int_equal(pm_input_open(&in, paths, n, options, &err), PM_OK);
    while ((rc = pm_input_next(in, arena, &c, &err)) != PM_DONE) {
        assert_true(rc == PM_OK || rc == PM_SKIP);
        if (rc == PM_SKIP) {
            pm_buf_addf(dst, "skip: %s\n", err.text);
            continue;
        }
        pm_buf_addf(dst, PM_STR_FMT " " PM_STR_FMT " " PM_STR_FMT " %zu %d %s",
                    PM_STR_ARG(c.source), PM_STR_ARG(c.key.ptr ? c.key : PM_STR("-")),
                    PM_STR_ARG(c.url.ptr ? c.url : PM_STR("-")), c.payload.len, (int)c.media,
                    pm_when_source_name(c.when_source));
        if (c.outlet.ptr != NULL || c.title.ptr != NULL)
            pm_buf_addf(dst, " " PM_STR_FMT "/" PM_STR_FMT, PM_STR_ARG(c.outlet),
                        PM_STR_ARG(c.title));
        pm_buf_putc(dst, '\n');
        pm_arena_reset(arena);
    }
    if (pm_input_passed(in) > 0)
        pm_buf_addf(dst, "passed: %llu\n", (unsigned long long)pm_input_passed(in));
    pm_input_free(in);
    pm_arena_free(arena);
}

static void
check(const char *const *paths, size_t n, const struct pm_input_options *options, const char *want)
{
    struct pm_buf have = PM_BUF_INIT(1 << 20);

    list(paths, n, options, &have);
    if (strcmp(pm_buf_z(&have), want) != 0)
        fail_msg("\n%s\ninstead of\n\n%s", pm_buf_z(&have), want);
    pm_buf_release(&have);
}

#define CHECK(want, options, ...)                                                                  \
    check((const char *const[]){__VA_ARGS__},                                                      \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), options, want)

static void
test_files(void **state)
{
    (void)state;
    puts_to("a.html", PAGE);
    puts_to("b.txt", "Only words.\n");
    puts_to("empty.html", "");
    put("image.png", "\x89PNG\r\n\x1a\n\0\0", 10);
    puts_to("data.json", "{\"a\": 1}");
    CHECK("a.html a.html - 60 1 file\n"
          "b.txt b.txt - 12 2 file\n"
          "skip: empty.html: is empty\n"
          "skip: image.png: is no page\n"
          "skip: data.json: is no page: JSON without 'html' or 'text'\n"
          "skip: none.html: cannot open: No such file or directory\n"
          "a.html a.html - 60 1 file\n",
          NULL, "a.html", "b.txt", "empty.html", "image.png", "data.json", "none.html", "a.html");
}

static void
test_date(void **state)
{
    struct pm_input_options options = {.date_us = 1000};

    (void)state;
    puts_to("a.html", PAGE);
    CHECK("a.html a.html - 60 1 option\n", &options, "a.html");
}

static void
test_directory(void **state)
{
    (void)state;
    assert_int_equal(mkdir("site", 0777), 0);
    assert_int_equal(mkdir("site/B", 0777), 0);
    assert_int_equal(mkdir("site/a", 0777), 0);
    puts_to("site/B/2.html", PAGE);
    puts_to("site/a.html", PAGE);
    puts_to("site/a/1.html", PAGE);
    puts_to("site/style.css", "p { color: red }");
    put("site/logo.gif", "GIF89a\0", 7);
    puts_to("site/none.html", "");
    assert_int_equal(symlink("..", "site/loop"), 0);
    assert_int_equal(symlink("a.html", "site/z.html"), 0);
    assert_int_equal(mkfifo("site/pipe", 0666), 0);
    CHECK("site/B/2.html site/B/2.html - 60 1 file\n"
          "site/a/1.html site/a/1.html - 60 1 file\n"
          "site/a.html site/a.html - 60 1 file\n"
          "skip: site/none.html: is empty\n"
          "site/z.html site/z.html - 60 1 file\n"
          "passed: 4\n",
          NULL, "site");
    CHECK("site/B/2.html site/B/2.html - 60 1 file\n", NULL, "site/B/");
}

static void
test_jsonl(void **state)
{
    (void)state;
    puts_to("rows.jsonl", "{\"id\": \"k1\", \"url\": \"http://e.example/1\", \"outlet\": \"The "
                          "Ellery\", \"date\": \"2024-03-01\", "
                          "\"title\": \"T\", \"html\": \"<p>caf\\u00e9\"}\r\n"
                          "\n"
                          "{\"id\": 7, \"text\": \"words\", \"html\": null}\n"
                          "{\"id\": \"k3\", \"text\": [1]}\n"
                          "{\"url\": \"http://e.example/4\"}\n"
                          "no json\n"
                          "[1]\n"
                          "{\"text\": \"last, without an end of line\", \"date\": \"some day\"}");
    CHECK("rows.jsonl:1 k1 http://e.example/1 8 1 record The Ellery/T\n"
          "rows.jsonl:3 7 - 5 2 file\n"
          "skip: rows.jsonl: line 4: 'text' is no string\n"
          "skip: rows.jsonl: line 5: neither 'html' nor 'text'\n"
          "skip: rows.jsonl: line 6: no JSON: '[' or '{' expected near 'no'\n"
          "skip: rows.jsonl: line 7: no JSON object\n"
          "rows.jsonl:8 - - 28 2 file\n",
          NULL, "rows.jsonl");
}

/* A row that is longer than the start that is looked at, and one over the limit. */
static void
test_jsonl_long(void **state)
{
    struct pm_buf rows = PM_BUF_INIT(1 << 22);
    struct pm_input_options options = {.date_us = PM_WHEN_NONE, .payload_max = 150000};

    (void)state;
    for (size_t n = 100000; n <= 200000; n += 100000) {
        pm_buf_cstr(&rows, "{\"text\": \"");
        for (size_t i = 0; i < n; i++)
            pm_buf_putc(&rows, 'x');
        pm_buf_cstr(&rows, "\"}\n");
    }
    pm_buf_cstr(&rows, "{\"text\": \"behind\"}\n");
    put("long.jsonl", rows.data, rows.len);
    CHECK("long.jsonl:1 - - 100000 2 file\n"
          "skip: long.jsonl: line 2: page is over the limit of 150000 bytes\n"
          "long.jsonl:3 - - 6 2 file\n",
          &options, "long.jsonl");
    pm_buf_release(&rows);
}

static void
test_warc(void **state)
{
    (void)state;
    puts_to("x.warc",
            "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:a>\r\nContent-Length: "
            "2\r\n\r\nab\r\n\r\n"
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.example/\r\nWARC-Date: "
            "2024-03-01T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 58\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Closed.</p>\r\n\r\n"
            "junk\r\n"
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: urn:x:y\r\nWARC-Date: "
            "2024-03-01T10:00:00Z\r\n"
            "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nwords\r\n\r\n");
    puts_to("none.warc", "\r\n\r\n");
    CHECK("x.warc@0 - - 0 0 file\n"
          "x.warc@83 - http://e.example/ 14 1 record\n"
          "skip: x.warc: offset 299: bytes that are no record\n"
          "x.warc@305 - urn:x:y 0 0 record\n"
          "skip: none.warc: holds no record\n",
          NULL, "x.warc", "none.warc");
}

/* ---- archives ---- */

struct member {
    const char *name, *bytes;
};

static void
make_archive(const char *path, int (*format)(struct archive *), bool gzip,
             const struct member *members, size_t n)
{
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();

    assert_int_equal(format(a), ARCHIVE_OK);
    if (gzip)
        assert_int_equal(archive_write_add_filter_gzip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        bool link = members[i].bytes == NULL;

        archive_entry_clear(e);
        archive_entry_set_pathname(e, members[i].name);
        archive_entry_set_filetype(e, link ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_mtime(e, 1700000000, 0);
        if (link)
            archive_entry_set_symlink(e, "/etc/passwd");
        else
            archive_entry_set_size(e, (la_int64_t)strlen(members[i].bytes));
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        if (!link)
            (void)archive_write_data(a, members[i].bytes, strlen(members[i].bytes));
    }
    archive_entry_free(e);
    assert_int_equal(archive_write_free(a), ARCHIVE_OK);
}

static const struct member members[] = {
    {"../../up.html", PAGE},
    {"/etc/abs.html", PAGE},
    {"link.html", NULL},
    {"dup.html", PAGE},
    {"dup.html", PAGE "<p>again"},
    {"style.css", "p {}"},
    {"rows.jsonl", "{\"id\": \"r\", \"text\": \"words\"}\n"},
    {"urls.tsv", "dup.html\thttp://e.example/dup\t2024-03-01\tThe Ellery\n"},
};

static const char *const from_archive =
    ":../../up.html ../../up.html - 60 1 file\n"
    ":/etc/abs.html /etc/abs.html - 60 1 file\n"
    ":dup.html dup.html http://e.example/dup 60 1 record The Ellery/\n"
    ":dup.html dup.html http://e.example/dup 68 1 record The Ellery/\n"
    ":rows.jsonl:1 r - 5 2 file\n"
    "passed: 1\n";

static void
test_archives(void **state)
{
    struct pm_buf want = PM_BUF_INIT(1 << 16);
    const size_t n = sizeof(members) / sizeof(members[0]);

    (void)state;
    make_archive("m.zip", archive_write_set_format_zip, false, members, n);
    make_archive("m.tar", archive_write_set_format_ustar, false, members, n);
    for (int i = 0; i < 2; i++) {
        const char *path = i == 0 ? "m.zip" : "m.tar";

        pm_buf_reset(&want);
        for (const char *p = from_archive; *p != '\0'; p = strchr(p, '\n') + 1)
            pm_buf_addf(&want, "%s%.*s\n", *p == ':' ? path : "", (int)(strchr(p, '\n') - p), p);
        check(&path, 1, NULL, pm_buf_z(&want));
    }
    /* Compressed, the table comes too late for the pages before it. */
    make_archive("m.tgz", archive_write_set_format_ustar, true, members, 4);
    CHECK("m.tgz:../../up.html ../../up.html - 60 1 file\n"
          "m.tgz:/etc/abs.html /etc/abs.html - 60 1 file\n"
          "m.tgz:dup.html dup.html - 60 1 file\n",
          NULL, "m.tgz");
    pm_buf_release(&want);
}

/* The records of a WACZ, and nothing of what lies beside them. */
static void
test_wacz(void **state)
{
    static const struct member wacz[] = {
        {"datapackage.json", "{\"profile\": \"data-package\", \"wacz_version\": \"1.1.1\"}"},
        {"pages/pages.jsonl",
         "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n"
         "{\"url\": \"http://e.example/\", \"text\": \"an extract\"}\n"},
        {"archive/data.warc",
         "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.example/\r\nWARC-Date: "
         "2024-03-01T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 33\r\n\r\n"
         "HTTP/1.1 200 OK\r\n\r\n<p>Closed.</p>\r\n\r\n"},
        {"indexes/index.cdx", "example,e)/ 20240301100000 {\"url\": \"http://e.example/\"}\n"},
    };

    (void)state;
    make_archive("x.wacz", archive_write_set_format_zip, false, wacz, 4);
    CHECK("x.wacz:archive/data.warc@0 - http://e.example/ 14 1 record\n"
          "passed: 3\n",
          NULL, "x.wacz");
}

static void
test_har(void **state)
{
    (void)state;
    puts_to("x.har",
            "{\"log\": {\"version\": \"1.2\", \"creator\": {}, \"entries\": ["
            "{\"startedDateTime\": \"2024-03-01T10:00:00.5Z\", \"request\": {\"url\": "
            "\"http://e.example/1\"}, "
            "\"response\": {\"status\": 200, \"content\": {\"mimeType\": \"text/html\", \"text\": "
            "\"<p>caf\\u00e9\"}}},"
            "{\"request\": {\"url\": \"http://e.example/2\"}, \"response\": {\"status\": 200, "
            "\"content\": "
            "{\"mimeType\": \"text/html\", \"encoding\": \"base64\", \"text\": \"PHA+eA==\"}}},"
            "{\"request\": {\"url\": \"http://e.example/3\"}, \"response\": {\"status\": 404, "
            "\"content\": "
            "{\"mimeType\": \"text/html\", \"text\": \"<p>no\"}}},"
            "{\"request\": {\"url\": \"http://e.example/4\"}, \"response\": {\"status\": 200, "
            "\"content\": "
            "{\"mimeType\": \"text/css\", \"text\": \"p {}\"}}}, 7]}}");
    puts_to("bad.har", "{\"log\": {\"entries\": [");
    CHECK("x.har#1 - http://e.example/1 8 1 record\n"
          "x.har#2 - http://e.example/2 4 1 file\n"
          "skip: bad.har: damaged HAR file: ']' expected near end of file\n"
          "passed: 3\n",
          NULL, "x.har", "bad.har");
}

static void
test_7z(void **state)
{
    (void)state;
    put("none.zip", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
    CHECK("skip: none.zip: is an archive without files\n", NULL, "none.zip");
    make_archive("m.7z", archive_write_set_format_7zip, false, members + 3, 1);
    CHECK("m.7z:dup.html dup.html - 60 1 file\n", NULL, "m.7z");
}

/* One compressed file is that file; an archive in an archive is not opened; a cut one is named. */
static void
test_packed(void **state)
{
    const struct member page[] = {{"x", PAGE}};
    struct pm_buf tar = PM_BUF_INIT(1 << 20);
    char *copy;
    FILE *f;

    (void)state;
    make_archive("a.html.gz", archive_write_set_format_raw, true, page, 1);
    CHECK("a.html.gz a.html.gz - 60 1 file\n", NULL, "a.html.gz");
    make_archive("in.tar", archive_write_set_format_ustar, false, members + 3, 2);
    f = fopen("in.tar", "rb");
    assert_non_null(f);
    copy = pm_buf_room(&tar, 1 << 16);
    tar.len = fread(copy, 1, 1 << 16, f);
    assert_int_equal(fclose(f), 0);
    put("cut.tar", tar.data, 1024 + 600);
    CHECK("cut.tar:dup.html dup.html - 60 1 file\n"
          "skip: cut.tar:dup.html: Truncated input file (needed 444 bytes, only 20 available)\n",
          NULL, "cut.tar");
    pm_buf_release(&tar);
}

static void
test_bomb(void **state)
{
    struct pm_input_options options = {.date_us = PM_WHEN_NONE, .expand_max = 10};
    struct pm_buf zeros = PM_BUF_INIT(100 << 20);
    struct member bomb[] = {{"a.html", PAGE}, {"bomb.html", NULL}, {"c.html", PAGE}};

    (void)state;
    while (zeros.len < 70 << 20)
        pm_buf_cstr(&zeros,
                    "<p>                                                              </p>");
    bomb[1].bytes = pm_buf_z(&zeros);
    make_archive("bomb.tgz", archive_write_set_format_ustar, true, bomb, 3);
    CHECK("bomb.tgz:a.html a.html - 60 1 file\n"
          "skip: bomb.tgz:bomb.html: unpacks to more than 10 times its size\n",
          &options, "bomb.tgz");
    options.payload_max = 1000;
    options.expand_max = 0;
    CHECK("bomb.tgz:a.html a.html - 60 1 file\n"
          "skip: bomb.tgz:bomb.html: is over the limit of 1000 bytes\n"
          "bomb.tgz:c.html c.html - 60 1 file\n",
          &options, "bomb.tgz");
    pm_buf_release(&zeros);
}

/* The same through a pipe. */
static void
test_stdin(void **state)
{
    static const char *const files[] = {"m.tar", "rows.jsonl", "a.html"};
    static const char *const want[] = {
        "(standard input):../../up.html ../../up.html - 60 1 file\n"
        "(standard input):dup.html dup.html - 60 1 file\n",
        "(standard input):1 k - 5 2 none\n",
        "(standard input) - - 60 1 none\n",
    };
    const struct member two[] = {{"../../up.html", PAGE}, {"dup.html", PAGE}};
    int saved = dup(STDIN_FILENO);

    (void)state;
    make_archive("m.tar", archive_write_set_format_ustar, false, two, 2);
    puts_to("rows.jsonl", "{\"id\": \"k\", \"text\": \"words\"}\n");
    puts_to("a.html", PAGE);
    for (size_t i = 0; i < 3; i++) {
        char command[64];
        FILE *p;

        (void)snprintf(command, sizeof(command), "cat %s", files[i]);
        p = popen(command, "r");
        assert_non_null(p);
        assert_int_equal(dup2(fileno(p), STDIN_FILENO), STDIN_FILENO);
        CHECK(want[i], NULL, "-");
        (void)pclose(p);
    }
    (void)dup2(saved, STDIN_FILENO);
    close(saved);
}

/* ---- where pages came from ---- */

static void
test_origin(void **state)
{
    struct pm_input_options mirror = {.date_us = PM_WHEN_NONE, .mirror = true};

    (void)state;
    assert_int_equal(mkdir("saved", 0777), 0);
    puts_to("saved/single.html",
            "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://e.example/s \n "
            "saved date: Mon Jun 01 2020 12:13:14 GMT+0200 (CEST)\n--><p>x");
    puts_to("saved/mark.html",
            "<!DOCTYPE html>\r\n<!-- saved from url=(0019)https://e.example/m -->\r\n<html>");
    puts_to(
        "saved/track.html",
        "<html>\n<!-- Mirrored from e.example/t.html by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Fri, 03 May 2024 15:47:42 GMT -->\n");
    puts_to("saved/whole.mhtml",
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://e.example/w\r\nSubject: W\r\n"
            "Date: Fri, 3 May 2024 15:47:42 -0000\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"x\"\r\n\r\n\r\n--x\r\n"
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            "Content-Location: https://e.example/w\r\n\r\n<p>x=3D\r\n--x--\r\n");
    puts_to("saved/fake.html", "<!-- saved from url=(0019)javascript:alert(1) --><html>");
    CHECK("saved/fake.html saved/fake.html - 55 1 file\n"
          "saved/mark.html saved/mark.html https://e.example/m 74 1 file\n"
          "saved/single.html saved/single.html https://e.example/s 143 1 record\n"
          "saved/track.html saved/track.html http://e.example/t.html 121 1 record\n"
          "saved/whole.mhtml saved/whole.mhtml https://e.example/w 350 1 record\n",
          NULL, "saved");
    assert_int_equal(mkdir("www.ellery.example", 0777), 0);
    assert_int_equal(mkdir("http", 0777), 0);
    assert_int_equal(mkdir("192.0.2.1:8080", 0777), 0);
    assert_int_equal(mkdir("v1.2", 0777), 0);
    puts_to("192.0.2.1:8080/x.html", PAGE);
    puts_to("v1.2/x.html", PAGE);
    assert_int_equal(mkdir("http/ellery.example", 0777), 0);
    puts_to("www.ellery.example/index.html", PAGE);
    puts_to("http/ellery.example/p.html?a=1", PAGE);
    CHECK("www.ellery.example/index.html www.ellery.example/index.html https://www.ellery.example/ "
          "60 1 file\n"
          "http/ellery.example/p.html?a=1 http/ellery.example/p.html?a=1 "
          "http://ellery.example/p.html?a=1 60 1 file\n"
          "a.html a.html - 60 1 file\n"
          "192.0.2.1:8080/x.html 192.0.2.1:8080/x.html https://192.0.2.1:8080/x.html 60 1 file\n"
          "v1.2/x.html v1.2/x.html - 60 1 file\n",
          &mirror, "www.ellery.example", "http", "a.html", "192.0.2.1:8080", "v1.2");
}

/* A mirror under a name that could be a host's; HTTrack's own files in it; ports as programs put them into names. */
static void
test_mirror(void **state)
{
    static const char *const dirs[] = {"my.mirror",           "my.mirror/hts-cache",    "my.mirror/e.example_8080",
                                       "my.mirror/e.example", "my.mirror/e.example/sub", "my.mirror/e.example/sub/o.example",
                                       "my.mirror/e.example+80"};
    struct pm_input_options mirror = {.date_us = PM_WHEN_NONE, .mirror = true};

    (void)state;
    for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
        assert_int_equal(mkdir(dirs[i], 0777), 0);
    puts_to("my.mirror/hts-cache/new.txt", "a list of what was loaded\n");
    puts_to("my.mirror/index.html", PAGE);
    puts_to("my.mirror/other.html", PAGE);
    puts_to("my.mirror/e.example_8080/x.html", PAGE);
    puts_to("my.mirror/e.example+80/index.html", PAGE);
    puts_to("my.mirror/e.example/sub/o.example/x.html", PAGE);
    CHECK("my.mirror/e.example/sub/o.example/x.html my.mirror/e.example/sub/o.example/x.html "
          "https://e.example/sub/o.example/x.html 60 1 file\n"
          "my.mirror/e.example+80/index.html my.mirror/e.example+80/index.html https://e.example:80/ 60 1 file\n"
          "my.mirror/e.example_8080/x.html my.mirror/e.example_8080/x.html https://e.example:8080/x.html 60 1 file\n"
          "my.mirror/other.html my.mirror/other.html https://my.mirror/other.html 60 1 file\n"
          "passed: 2\n",
          &mirror, "my.mirror/");
    CHECK("my.mirror/e.example/sub/o.example/x.html my.mirror/e.example/sub/o.example/x.html "
          "https://e.example/sub/o.example/x.html 60 1 file\n",
          &mirror, "my.mirror/e.example/sub");
}

static void
test_table(void **state)
{
    (void)state;
    assert_int_equal(mkdir("t", 0777), 0);
    assert_int_equal(mkdir("t/sub", 0777), 0);
    puts_to("t/1.html", PAGE);
    puts_to("t/sub/2.html", PAGE);
    puts_to("t/sub/3.html", PAGE);
    puts_to(
        "t/urls.csv",
        "\xef\xbb\xbfTitle,URL,File,id\r\n\"One, \"\"two\"\"\",http://e.example/1,./1.html,k1\r\n"
        "x,http://e.example/2,sub/2.html\r\n,,\r\nonly");
    CHECK("t/1.html k1 http://e.example/1 60 1 file /One, \"two\"\n"
          "t/sub/2.html t/sub/2.html http://e.example/2 60 1 file /x\n"
          "t/sub/3.html t/sub/3.html - 60 1 file\n"
          "passed: 1\n",
          NULL, "t");
}

/* Names in Unicode come as UTF-8 whatever the program's locale is; here it is "C". */
static void
test_unicode(void **state)
{
    static const struct member one[] = {{"caf\xc3\xa9.html", PAGE}};
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before;

    (void)state;
    if (utf8 == (locale_t)0)
        skip();
    before = uselocale(utf8); /* for libarchive to mark the name as Unicode */
    make_archive("u.zip", archive_write_set_format_zip, false, one, 1);
    make_archive("u.7z", archive_write_set_format_7zip, false, one, 1);
    make_archive("u.tar", archive_write_set_format_pax, false, one, 1);
    (void)uselocale(before);
    freelocale(utf8);
    CHECK("u.zip:caf\xc3\xa9.html caf\xc3\xa9.html - 60 1 file\n"
          "u.7z:caf\xc3\xa9.html caf\xc3\xa9.html - 60 1 file\n"
          "u.tar:caf\xc3\xa9.html caf\xc3\xa9.html - 60 1 file\n",
          NULL, "u.zip", "u.7z", "u.tar");
}

/* Latin-1 where UTF-8 should be. */
static void
test_latin1(void **state)
{
    (void)state;
    assert_int_equal(mkdir("l", 0777), 0);
    puts_to("l/caf\xe9.html", PAGE);
    puts_to("l/caf\xc3\xa9.html", PAGE);
    puts_to("l/urls.tsv", "caf\xe9.html\thttp://e.example/\xe9\t\tCaf\xe9\n");
    CHECK("l/caf\xc3\xa9.html l/caf\xc3\xa9.html - 60 1 file\n"
          "l/caf%E9.html l/caf%E9.html http://e.example/%E9 60 1 file Caf\xc3\xa9/\n"
          "passed: 1\n",
          NULL, "l");
}

static void
test_progress(void **state)
{
    const char *const paths[] = {"a.html", "b.txt"};
    struct pm_arena *arena = pm_arena_new(1 << 20);
    uint64_t done, total;
    struct pm_capture c;
    struct pm_input *in;

    (void)state;
    puts_to("a.html", PAGE);
    puts_to("b.txt", "Only words.\n");
    assert_int_equal(pm_input_open(&in, paths, 2, NULL, NULL), PM_OK);
    pm_input_progress(in, &done, &total);
    assert_int_equal(done, 0);
    assert_int_equal(total, 72);
    while (pm_input_next(in, arena, &c, NULL) == PM_OK)
        continue;
    pm_input_progress(in, &done, &total);
    assert_int_equal(done, 72);
    pm_input_free(in);

    /* Of a directory too, though not of a pipe. */
    assert_int_equal(mkdir("p", 0777), 0);
    assert_int_equal(mkdir("p/q", 0777), 0);
    puts_to("p/q/a.html", PAGE);
    puts_to("p/b.css", "p {}");
    assert_int_equal(pm_input_open(&in, (const char *const[]){"p", "a.html"}, 2, NULL, NULL),
                     PM_OK);
    pm_input_progress(in, &done, &total);
    assert_int_equal(total, 124);
    while (pm_input_next(in, arena, &c, NULL) == PM_OK)
        continue;
    pm_input_progress(in, &done, &total);
    assert_int_equal(done, 124);
    pm_input_free(in);
    assert_int_equal(pm_input_open(&in, (const char *const[]){"a.html", "-"}, 2, NULL, NULL),
                     PM_OK);
    pm_input_progress(in, &done, &total);
    assert_int_equal(total, 0);
    pm_input_free(in);
    pm_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),      cmocka_unit_test(test_date),
        cmocka_unit_test(test_directory),  cmocka_unit_test(test_jsonl),
        cmocka_unit_test(test_jsonl_long), cmocka_unit_test(test_warc),
        cmocka_unit_test(test_archives),   cmocka_unit_test(test_7z),
        cmocka_unit_test(test_packed),     cmocka_unit_test(test_wacz),
        cmocka_unit_test(test_har),        cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_stdin),      cmocka_unit_test(test_origin), cmocka_unit_test(test_mirror),
        cmocka_unit_test(test_unicode),    cmocka_unit_test(test_latin1),
        cmocka_unit_test(test_table),      cmocka_unit_test(test_progress),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
