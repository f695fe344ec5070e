/* What bytes are taken for, and MHTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mime.h"

static void
test_media(void **state)
{
    static const struct {
        struct pm_str payload;
        const char *type, *name;
        enum pm_media want;
    } cases[] = {
#define P(s) {s, sizeof(s) - 1}
        {P("<!DOCTYPE html><p>x"), NULL, NULL, PM_MEDIA_HTML},
        {P("\xef\xbb\xbf \n<HTML>"), NULL, NULL, PM_MEDIA_HTML},
        {P("<!-- saved --><div>x</div>"), NULL, NULL, PM_MEDIA_HTML},
        {P("some words <p>one</p> and <b>two</b>"), NULL, "a.txt", PM_MEDIA_TEXT},
        {P("<p>one</p> and <b>two</b> <i>three</i>"), "text/plain", NULL, PM_MEDIA_HTML},
        {P("words only"), "text/html; charset=utf-8", NULL, PM_MEDIA_HTML},
        {P("words only"), "application/octet-stream", "x.htm?a=b", PM_MEDIA_HTML},
        {P("words only, in no form"), NULL, NULL, PM_MEDIA_TEXT},
        {P("the bug is < p > 3 and <b is odd"), NULL, NULL, PM_MEDIA_TEXT},
        {P("body { color: red }"), "text/css", NULL, PM_MEDIA_OTHER},
        {P("body { color: red }"), NULL, "main.CSS", PM_MEDIA_OTHER},
        {P("<!DOCTYPE html><p>x"), NULL, "page.php", PM_MEDIA_HTML},
        {P("<?php echo 1;"), NULL, "page.php", PM_MEDIA_OTHER},
        {P("var a = '<div><p><b>';"), "application/javascript", NULL, PM_MEDIA_OTHER},
        {P("{\"a\": 1}"), NULL, NULL, PM_MEDIA_OTHER},
        {P("<?xml version=\"1.0\"?><rss>"), NULL, NULL, PM_MEDIA_OTHER},
        {P("<?xml version=\"1.0\"?><!DOCTYPE html><html>"), "application/xhtml+xml", NULL,
         PM_MEDIA_HTML},
        {P("\x89PNG\r\n\x1a\n...."), "text/html", NULL, PM_MEDIA_OTHER},
        {P("%PDF-1.4 text"), NULL, "a.html", PM_MEDIA_OTHER},
        {P("a\0b\0<html>"), "text/html", NULL, PM_MEDIA_OTHER},
        {P("\xff\xfe<\0h\0t\0m\0l\0>\0"), NULL, NULL, PM_MEDIA_HTML},
        {P("\xfe\xff\0w\0o\0r\0d"), NULL, NULL, PM_MEDIA_TEXT},
        {P(""), "text/html", NULL, PM_MEDIA_OTHER},
        {P(" \r\n\t"), NULL, NULL, PM_MEDIA_OTHER},
#undef P
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum pm_media have =
            pm_mime_media(cases[i].payload, pm_str_of(cases[i].type), pm_str_of(cases[i].name));

        if (have != cases[i].want)
            fail_msg("case %zu: %d instead of %d", i, (int)have, (int)cases[i].want);
    }
}

#define CHROME                                                                                     \
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://port-ellery.example/harbour\r\n" \
    "Subject: =?utf-8?Q?Harbour?=\r\nDate: Fri, 3 May 2024 15:47:42 -0000\r\nMIME-Version: "       \
    "1.0\r\n"                                                                                      \
    "Content-Type: "                                                                               \
    "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Part--x----\"\r\n\r\n\r\n"

static void
assert_str(struct pm_str have, const char *want)
{
    if (!pm_str_eq(have, pm_str_of(want)))
        fail_msg("'" PM_STR_FMT "' instead of '%s'", PM_STR_ARG(have), want);
}

static void
test_mhtml(void **state)
{
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_str chrome = PM_STR(
        CHROME
        "------Part--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: "
        "https://ads.example/\r\n\r\n"
        "<p>an advertisement</p>\r\n------Part--x----\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: https://port-ellery.example/harbour\r\n\r\n<p>Caf=C3=A9, =\r\n1=3D1, "
        "50=\t\r\n%=zz</p>\r\n"
        "------Part--x----\r\nContent-Type: image/png\r\n\r\nxx\r\n------Part--x------\r\n");
    struct pm_str firefox = PM_STR(
        "From: <Saved by Mozilla 5.0>\nDate: Sat, 4 May 2024 10:00:00 +0200\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; boundary=abc; start=\"<two>\"\n\n--abc\nContent-Type: "
        "text/html\n"
        "Content-ID: <one>\n\nfirst\n--abc\nContent-Type: text/html; charset=gbk\nContent-ID: "
        "<two>\n"
        "Content-Location: http://port-ellery.example/2\nContent-Transfer-Encoding: "
        "base64\n\nPHA+\nc2Vjb25k\n--abc--\n");
    struct pm_mhtml m;

    (void)state;
    assert_non_null(arena);
    assert_true(pm_mhtml_sniff(chrome));
    assert_int_equal(pm_mhtml_parse(chrome, arena, &m, NULL), PM_OK);
    assert_str(m.url, "https://port-ellery.example/harbour");
    assert_str(m.date, "Fri, 3 May 2024 15:47:42 -0000");
    assert_str(m.html, "<p>Caf\xc3\xa9, 1=1, 50%=zz</p>");
    assert_str(m.type, "text/html; charset=utf-8");
    assert_int_equal(pm_mime_media(chrome, PM_STR_NULL, PM_STR_NULL), PM_MEDIA_HTML);

    assert_true(pm_mhtml_sniff(firefox));
    assert_int_equal(pm_mhtml_parse(firefox, arena, &m, NULL), PM_OK);
    assert_str(m.url, "http://port-ellery.example/2");
    assert_str(m.html, "<p>second");
    assert_str(m.type, "text/html; charset=gbk");
    pm_arena_free(arena);
}

static void
test_mhtml_bad(void **state)
{
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_arena *tiny = pm_arena_new(8);
    struct pm_mhtml m;

    (void)state;
    assert_false(pm_mhtml_sniff(PM_STR("")));
    assert_false(pm_mhtml_sniff(PM_STR("Title: a text\n\nmore")));
    assert_false(pm_mhtml_sniff(PM_STR("MIME-Version: 1.0\nContent-Type: image/png\n\nx")));
    assert_false(pm_mhtml_sniff(PM_STR("<html>MIME-Version: 1.0")));
    assert_int_equal(pm_mhtml_parse(PM_STR(CHROME), arena, &m, NULL), PM_SKIP);
    assert_int_equal(
        pm_mhtml_parse(PM_STR("Content-Type: multipart/related\n\n--\n"), arena, &m, NULL),
        PM_SKIP);
    assert_int_equal(
        pm_mhtml_parse(PM_STR("Content-Type: text/html\n\n<p>a single page"), arena, &m, NULL),
        PM_OK);
    assert_str(m.html, "<p>a single page");
    assert_int_equal(
        pm_mhtml_parse(PM_STR("Content-Type: text/html\n\n<p>a single page"), tiny, &m, NULL),
        PM_ELIMIT);
    pm_arena_free(arena);
    pm_arena_free(tiny);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_media),
        cmocka_unit_test(test_mhtml),
        cmocka_unit_test(test_mhtml_bad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
