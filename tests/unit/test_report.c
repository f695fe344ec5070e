/* The report page: escaping, the file it becomes, terms, stories, what is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "fs.h"
#include "page.h"
#include "report_page.h"
#include "scratch.h"
#include "story.h"
#include "tally.h"

struct place {
    char dir[SCRATCH_PATH], file[96];
    struct pm_manifest *manifest;
    struct pm_err err;
};

static int
set_up(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    *state = p;
    if (!scratch_make(p->dir, "report"))
        return -1;
    (void)snprintf(p->file, sizeof(p->file), "%s/" PM_MANIFEST_NAME, p->dir);
    if (pm_manifest_open(&p->manifest, p->file, true, &p->err) != PM_OK)
        return -1;
    (void)snprintf(p->file, sizeof(p->file), "%s/page.html", p->dir);
    return 0;
}

static int
tear_down(void **state)
{
    struct place *p = *state;

    pm_manifest_free(p->manifest);
    scratch_remove(p->dir);
    free(p);
    return 0;
}

/* The file as a string; free it. */
static char *
read_file(const char *path)
{
    struct pm_buf text = PM_BUF_INIT(64 << 20);
    struct pm_err err;

    assert_int_equal(pm_fs_read(AT_FDCWD, path, &text, &err), PM_OK);
    (void)pm_buf_z(&text);
    return text.data;
}

/* ---- pages ---- */

/* What `put` writes into the body of a page. */
static char *
body_of(struct place *x, void (*put)(struct pm_page *p))
{
    struct pm_page *p = NULL;
    char *text, *body, *end;

    assert_int_equal(pm_page_open(&p, x->file, -1, PM_STR("t"), false, &x->err), PM_OK);
    put(p);
    assert_int_equal(pm_page_close(p, &x->err), PM_OK);
    pm_page_free(p);
    text = read_file(x->file);
    body = strstr(text, "<body>\n");
    assert_non_null(body);
    body += strlen("<body>\n");
    end = strstr(body, "</body>");
    assert_non_null(end);
    memmove(text, body, (size_t)(end - body));
    text[end - body] = '\0';
    return text;
}

static void
put_texts(struct pm_page *p)
{
    pm_page_text(p, PM_STR("<a href=\"x\" id='y'>&"));
    pm_page_put(p, "|");
    pm_page_text(
        p,
        PM_STR(
            "\0\x01\n\t\x7f\xC2\x9B\xEF\xBF\xBE\xFF\xC3")); /* controls, a noncharacter, no UTF-8 */
    pm_page_put(p, "|");
    pm_page_bdi(p, PM_STR("\xE2\x82\xAC\xE2\x82\xAC"), 4);
    pm_page_put(p, "|");
    pm_page_text_cut(p, PM_STR("1234"), 4);
    pm_page_put(p, "|");
    pm_page_json(p, PM_STR("[\"</script><!--\"]"));
}

static void
test_escaping(void **state)
{
    char *body = body_of(*state, put_texts);

    assert_string_equal(
        body,
        "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;|"
        "\xEF\xBF\xBD\xEF\xBF\xBD\n\t\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|"
        "<bdi>\xE2\x82\xAC\xE2\x80\xA6</bdi>|1234|[\"\\u003c/script>\\u003c!--\"]");
    free(body);
}

static void
put_numbers(struct pm_page *p)
{
    static const uint64_t counts[] = {0, 999, 1000, 1234567, UINT64_MAX};

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        pm_page_count(p, counts[i]);
        pm_page_put(p, "|");
    }
    pm_page_day(p, PM_WHEN_NONE);
    pm_page_put(p, "|");
    pm_page_day(p, -1);
    pm_page_put(p, "|");
    pm_page_when(p, 1714751262LL * PM_SECOND_US);
    pm_page_put(p, "|");
    pm_page_when(p, -60 * (int64_t)PM_SECOND_US);
}

static void
test_numbers(void **state)
{
    char *body = body_of(*state, put_numbers);

    assert_string_equal(body, "0|999|1,000|1,234,567|18,446,744,073,709,551,615|no date|31 "
                              "December 1969|3 May 2024, 15:47 UTC|"
                              "31 December 1969, 23:59 UTC");
    free(body);
}

static void
test_links(void **state)
{
    static const char *const good[] = {"http://a.example/", "HTTPS://a.example/?q=<>\"'"};
    static const char *const bad[] = {
        "javascript:alert(1)", "",   "https:/a", " https://a", "https://a b", "https://a\n",
        "data:text/html,x",    "//a"};
    char *longer = malloc(4096);

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(pm_page_is_link(pm_str_of(good[i])));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(pm_page_is_link(pm_str_of(bad[i])));
    memset(longer, 'x', 4096);
    memcpy(longer, "http://", 7);
    assert_false(pm_page_is_link(PM_STRN(longer, 4096)));
    free(longer);
}

/* Names in the directory that are not the manifest's. */
static int
count_files(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;

    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.'
                 ? strncmp(e->d_name, PM_MANIFEST_NAME, strlen(PM_MANIFEST_NAME)) != 0
                 : strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

/* The file appears whole or not at all; what stood there stays until then. */
static void
test_file(void **state)
{
    struct place *x = *state;
    struct pm_page *p = NULL;
    char path[160], *text;
    int fd = open(x->file, O_WRONLY | O_CREAT, 0600);

    assert_int_equal(write(fd, "old", 3), 3);
    close(fd);
    assert_int_equal(pm_page_open(&p, x->file, -1, PM_STR("<t>"), true, &x->err), PM_OK);
    pm_page_put(p, "new");
    pm_page_free(p); /* dropped */
    text = read_file(x->file);
    assert_string_equal(text, "old");
    free(text);
    assert_int_equal(count_files(x->dir), 1);

    assert_int_equal(pm_page_open(&p, x->file, -1, PM_STR("<t>"), true, &x->err), PM_OK);
    pm_page_put(p, "new");
    pm_page_script(p);
    assert_int_equal(pm_page_close(p, &x->err), PM_OK);
    text = read_file(x->file);
    assert_int_equal(strlen(text), pm_page_size(p));
    pm_page_free(p);
    assert_non_null(strstr(text, "<title>&lt;t&gt;</title>"));
    assert_non_null(strstr(text, "script-src 'sha256-"));
    free(text);
    assert_int_equal(count_files(x->dir), 1);

    assert_int_equal(pm_page_open(&p, x->dir, -1, PM_STR(""), false, &x->err), PM_EINVAL);
    (void)snprintf(path, sizeof(path), "%s/none/page.html", x->dir);
    assert_int_equal(pm_page_open(&p, path, -1, PM_STR(""), false, &x->err), PM_EIO);
    assert_int_equal(pm_page_open(&p, "/dev/full", -1, PM_STR(""), false, &x->err), PM_OK);
    for (int i = 0; i < 20000; i++)
        pm_page_put(p, "no room ");
    assert_int_equal(pm_page_check(p, &x->err), PM_EIO);
    assert_int_equal(pm_page_close(p, &x->err), PM_EIO);
    pm_page_free(p);
    pm_page_free(NULL);
}

/* ---- terms ---- */

static void
test_terms(void **state)
{
    struct place *x = *state;
    struct pm_terms *t = NULL;
    char name[16];
    uint32_t number;

    assert_int_equal(pm_terms_new(&t, 1 << 20, &x->err), PM_OK);
    for (int again = 0; again < 2; again++)
        for (uint32_t i = 0; i < 5000; i++) {
            struct pm_str s = PM_STRN(name, (size_t)snprintf(name, sizeof(name), "%u", i));

            assert_int_equal(pm_terms_add(t, s, &number, &x->err), PM_OK);
            assert_int_equal(number, i);
            assert_true(pm_str_eq(pm_terms_get(t, number), s));
        }
    assert_int_equal(pm_terms_size(t), 5000);
    assert_int_equal(pm_terms_add(t, PM_STR_NULL, &number, &x->err), PM_OK);
    assert_int_equal(pm_terms_add(t, PM_STR(""), &number, &x->err), PM_OK);
    assert_int_equal(number, 5000);
    pm_terms_free(t);
    pm_terms_free(NULL);
    assert_int_equal(pm_terms_new(&t, 64, &x->err), PM_OK);
    assert_int_equal(pm_terms_add(t, PM_STRN(x->dir, sizeof(*x)), &number, &x->err), PM_ELIMIT);
    assert_int_equal(pm_terms_size(t), 0);
    pm_terms_free(t);
}

/* ---- what is counted ---- */

static void
put_capture(struct place *x, int number, const char *outlet, const char *credit, int64_t day,
            uint32_t words_in)
{
    char url[64];
    struct pm_row row = {
        .uid = {(uint8_t)number, 1},
        .url = PM_STRN(url, (size_t)snprintf(url, sizeof(url), "https://example.org/%d", number)),
        .outlet = pm_str_of(outlet),
        .credit = pm_str_of(credit),
        .when_us = day < 0 ? PM_WHEN_NONE : day * PM_DAY_US + number,
        .words = words_in,
    };

    assert_int_equal(pm_manifest_put_capture(x->manifest, &row, &x->err), PM_OK);
    assert_int_equal(row.capture, number);
}

static void
put_story(struct place *x, const char *id, int first, int n, int source)
{
    struct pm_member_row members[8];
    struct pm_cluster_row c = {.id = pm_str_of(id),
                               .level = PM_LEVEL_STORY,
                               .source = source,
                               .reasons = PM_STR("because")};

    for (int i = 0; i < n; i++)
        members[i] = (struct pm_member_row){
            .capture = first + i, .previous = i > 0 ? first : 0, .containment = 0.5};
    assert_int_equal(pm_manifest_put_cluster(x->manifest, &c, members, (size_t)n, &x->err), PM_OK);
}

/*
 * 1-4: a story of AFP and, once, Reuters, one page without credit and one without a date; 5-6: two
 * outlets, no agency; 7-8: one outlet twice; 9: alone, with a credit; 10: without text; 11: alone,
 * without an outlet.
 */
static void
put_all(struct place *x)
{
    struct pm_edge e = {
        .a = 1, .b = 2, .kind = PM_EDGE_STORY, .contain_h5 = 0.25, .contain_hc = 0.75};

    put_capture(x, 1, "gazette", "AFP", 10, 100);
    put_capture(x, 2, "echo", "AFP, Reuters", 10, 100);
    put_capture(x, 3, "echo", NULL, 11, 100);
    put_capture(x, 4, "courier", NULL, -1, 100);
    put_capture(x, 5, "gazette", NULL, 12, 100);
    put_capture(x, 6, "courier", NULL, 12, 100);
    put_capture(x, 7, "echo", NULL, 13, 100);
    put_capture(x, 8, "echo", NULL, 13, 100);
    put_capture(x, 9, "gazette", "Reuters", 14, 100);
    put_capture(x, 10, "gazette", NULL, 14, 0);
    put_capture(x, 11, NULL, NULL, 20000, 100);
    assert_int_equal(pm_manifest_put_run(x->manifest, PM_STR("{\"x\":\"1,2\",\"y\":3}"), PM_STR(""), 0, &x->err), PM_OK);
    assert_int_equal(pm_manifest_put_edge(x->manifest, &e, &x->err), PM_OK);
    put_story(x, "s1", 1, 4, 2);
    put_story(x, "s2", 5, 2, 5);
    put_story(x, "s3", 7, 2, 7);
}

static uint32_t
number_of(const struct pm_terms *t, const char *name)
{
    for (uint32_t i = 0; i < pm_terms_size(t); i++)
        if (pm_str_eq(pm_terms_get(t, i), pm_str_of(name)))
            return i;
    fail_msg("no term is '%s'", name);
    return 0;
}

static int
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void
test_tally(void **state)
{
    struct place *x = *state;
    struct pm_tally t;
    const struct pm_tally_agency *afp, *reuters;
    uint32_t gazette, echo, courier;

    put_all(x);
    assert_int_equal(pm_tally_make(&t, x->manifest, NULL, NULL, &x->err), PM_OK);
    assert_int_equal(t.captures, 11);
    assert_int_equal(t.all, 10);
    assert_int_equal(t.pages[PM_TALLY_CREDITED], 3);
    assert_int_equal(t.pages[PM_TALLY_SILENT], 2);
    assert_int_equal(t.pages[PM_TALLY_SHARED], 2);
    assert_int_equal(t.pages[PM_TALLY_OWN], 3);
    assert_int_equal(t.undated[PM_TALLY_SILENT], 1);
    assert_int_equal(t.stories, 3);
    assert_int_equal(t.in_stories, 8);
    assert_int_equal(t.n_outlets, 4);
    assert_int_equal(t.n_days, 6);
    assert_int_equal(t.days[2].day, 12);
    assert_int_equal(t.days[2].pages[PM_TALLY_SHARED], 2);
    assert_int_equal(t.first_us, 10 * PM_DAY_US + 1);
    assert_int_equal(t.last_us, 20000 * PM_DAY_US + 11);
    gazette = number_of(t.outlet_names, "gazette");
    echo = number_of(t.outlet_names, "echo");
    courier = number_of(t.outlet_names, "courier");
    assert_int_equal(t.outlets[echo].pages[PM_TALLY_SILENT], 1);
    assert_int_equal(t.outlets[echo].pages[PM_TALLY_OWN], 2);
    assert_int_equal(t.outlets[echo].in_stories, 4);
    afp = &t.agencies[number_of(t.agency_names, "AFP")];
    reuters = &t.agencies[number_of(t.agency_names, "Reuters")];
    assert_int_equal(afp->pages, 2);
    assert_int_equal(afp->outlets, 2);
    assert_int_equal(afp->stories, 1);
    assert_int_equal(afp->silent, 2);
    assert_int_equal(reuters->pages, 2);
    assert_int_equal(reuters->silent, 0);
    assert_int_equal(pm_tally_follows(&t, gazette, echo), 2);
    assert_int_equal(pm_tally_follows(&t, gazette, courier), 2);
    assert_int_equal(pm_tally_follows(&t, echo, echo), 1);
    assert_int_equal(pm_tally_follows(&t, echo, gazette), 0);
    pm_tally_release(&t);
    pm_tally_release(&t);
}

static void
test_story(void **state)
{
    struct place *x = *state;
    struct pm_arena *arena = pm_arena_new(1 << 20), *small = pm_arena_new(256);
    struct pm_cluster_row row;
    struct pm_story s;

    put_all(x);
    assert_int_equal(pm_manifest_get_cluster(x->manifest, PM_STR("s9"), &row, &x->err), PM_DONE);
    assert_int_equal(pm_manifest_get_cluster(x->manifest, PM_STR("s1"), &row, &x->err), PM_OK);
    assert_int_equal(pm_story_load(x->manifest, &row, 0, arena, &s, &x->err), PM_OK);
    assert_int_equal(s.n, 4); /* the one without a date first */
    assert_int_equal(s.members[0].row.capture, 4);
    assert_int_equal(s.members[0].previous, 1);
    assert_int_equal(s.source, 2);
    assert_int_equal(s.members[2].previous, 1);
    assert_float_equal(s.members[2].follows, 0.75, 0.0001);
    assert_float_equal(s.members[3].follows, 1.0, 0.0001); /* no edge: the same words */
    assert_int_equal(s.members[1].previous, SIZE_MAX);
    assert_null(s.members[1].version.ptr);
    assert_int_equal(pm_manifest_get_cluster(x->manifest, PM_STR("s1"), &row, &x->err), PM_OK);
    assert_int_equal(pm_story_load(x->manifest, &row, 2, arena, &s, &x->err), PM_OK);
    assert_int_equal(s.n, 2); /* the earliest, and the source */
    assert_int_equal(s.members[1].row.capture, 2);
    assert_int_equal(s.source, 1);
    assert_int_equal(pm_manifest_get_cluster(x->manifest, PM_STR("s1"), &row, &x->err), PM_OK);
    assert_int_equal(pm_story_load(x->manifest, &row, 0, small, &s, &x->err), PM_ELIMIT);
    assert_int_equal(pm_manifest_get_cluster(x->manifest, PM_STR("s1"), &row, &x->err), PM_OK);
    row.source = 9; /* not one of them */
    assert_int_equal(pm_story_load(x->manifest, &row, 0, arena, &s, &x->err), PM_ECORRUPT);
    pm_arena_free(arena);
    pm_arena_free(small);
}

/* ---- the page ---- */

static void
test_page(void **state)
{
    struct place *x = *state;
    struct pm_report_page_options o = {.target = x->file, .stories_max = 2, .members_min = 2};
    struct pm_report_page_result r;
    struct pm_bundle_reader *bundles = NULL;
    int root = open(x->dir, O_RDONLY | O_DIRECTORY);
    char *text;

    assert_int_equal(pm_bundle_reader_open(&bundles, root, &x->err), PM_OK);
    assert_int_equal(pm_report_page(x->manifest, bundles, &o, &r, &x->err),
                     PM_DONE); /* no run yet */
    assert_int_equal(count_files(x->dir), 0);
    put_all(x);
    assert_int_equal(pm_report_page(x->manifest, bundles, &o, &r, &x->err), PM_OK);
    assert_int_equal(r.stories, 2);
    assert_int_equal(r.stories_left_out, 1);
    text = read_file(x->file);
    assert_int_equal(strlen(text), r.bytes);
    assert_non_null(strstr(text, "50&nbsp;% of 10 pages carry wire copy."));
    assert_non_null(strstr(text, "[\"s1\",2,0,\"because\",4,["));
    assert_null(strstr(text, "[\"s3\""));
    assert_non_null(strstr(text, "{&quot;x&quot;: &quot;1,2&quot;,\n &quot;y&quot;: 3}"));
    assert_non_null(strstr(text, "1 capture without text is not counted"));
    free(text);
    /* Stopped on request: what stood there stays. */
    o.progress = stop;
    (void)unlink(x->file);
    for (int i = 12; i < 12 + (1 << 14); i++) {
        struct pm_row row = {.uid = {(uint8_t)i, (uint8_t)(i >> 8), 2},
                             .url = PM_STR("https://example.org/"),
                             .when_us = i,
                             .words = 1};

        assert_int_equal(pm_manifest_put_capture(x->manifest, &row, &x->err), PM_OK);
    }
    assert_int_equal(pm_report_page(x->manifest, bundles, &o, &r, &x->err), PM_ECANCELED);
    assert_int_equal(count_files(x->dir), 0);
    pm_bundle_reader_free(bundles);
    close(root);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_escaping), TEST(test_numbers), TEST(test_links), TEST(test_file),
        TEST(test_terms),    TEST(test_tally),   TEST(test_story), TEST(test_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
