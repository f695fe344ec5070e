/* UTF-8, encodings, squeezing, words; URLs; JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "json.h"
#include "text.h"
#include "url.h"
#include "when.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_utf8(void **state)
{
    const struct {
        struct pm_str bytes;
        bool valid;
        uint32_t first;
    } cases[] = {
        {PM_STR("a"), true, 'a'},
        {PM_STR("\xC3\xA9"), true, 0xE9},
        {PM_STR("\xE2\x82\xAC"), true, 0x20AC},
        {PM_STR("\xF0\x9F\x98\x80"), true, 0x1F600},
        {PM_STR("\xC0\xAF"), false, 0xFFFD},             /* overlong */
        {PM_STR("\xE0\x80\x80"), false, 0xFFFD},
        {PM_STR("\xED\xA0\x80"), false, 0xFFFD},         /* surrogate */
        {PM_STR("\xF4\x90\x80\x80"), false, 0xFFFD},     /* over U+10FFFF */
        {PM_STR("\xE2\x82"), false, 0xFFFD},             /* cut off */
        {PM_STR("\x80"), false, 0xFFFD},
        {PM_STR("twelve ascii\xFF"), false, 't'},
    };
    struct pm_buf out = PM_BUF_INIT(16);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 0;

        assert_int_equal(pm_utf8_valid(cases[i].bytes), cases[i].valid);
        assert_int_equal(pm_utf8_next(cases[i].bytes, &at), cases[i].first);
        if (cases[i].valid && at == cases[i].bytes.len) {
            pm_buf_reset(&out);
            pm_utf8_put(&out, cases[i].first);
            assert_true(pm_str_eq(pm_buf_span(&out), cases[i].bytes));
        }
    }
    assert_true(pm_utf8_valid(PM_STR("")));
    pm_buf_reset(&out);
    pm_utf8_put(&out, 0xD800);
    assert_string_equal(pm_buf_z(&out), "\xEF\xBF\xBD");
    pm_buf_release(&out);
}

static void
test_decode(void **state)
{
    const struct {
        struct pm_str bytes;
        const char *label;
        const char *want;
    } cases[] = {
        {PM_STR("caf\xE9 \x80"), "windows-1252", "caf\xC3\xA9 \xE2\x82\xAC"},
        {PM_STR("caf\xE9"), "latin1", "caf\xC3\xA9"},
        {PM_STR("\xEF\xBB\xBFok"), "utf-8", "ok"},
        {PM_STR("a\xFFz"), "utf-8", "a\xEF\xBF\xBDz"},
        {PM_STR("a\0z"), "utf-8", "a\xEF\xBF\xBDz"},
        {PM_STR("cut\xE2\x82"), "utf-8", "cut\xEF\xBF\xBD"},
        {PM_STR("\xFF\xFEh\0i\0"), "utf-16le", "hi"},
        {PM_STR("\x93\xFA\x96\x7B"), "shift_jis", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {PM_STR("\xC4\xE3"), "gbk", "\xE4\xBD\xA0"},
        {PM_STR("\xCF\xF0"), "windows-1251", "\xD0\x9F\xD1\x80"},
        {PM_STR(""), "utf-8", ""},
    };
    struct pm_buf out = PM_BUF_INIT(64);
    struct pm_err err;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        pm_buf_reset(&out);
        assert_int_equal(pm_text_decode(cases[i].bytes, cases[i].label, &out, &err), PM_OK);
        assert_string_equal(pm_buf_z(&out), cases[i].want);
    }
    assert_int_equal(pm_text_decode(PM_STR("x"), "klingon", &out, &err), PM_EUNSUPPORTED);
    out.max = out.len + 2;
    assert_int_equal(pm_text_decode(PM_STR("\xE9\xE9"), "latin1", &out, &err), PM_ELIMIT);
    pm_buf_release(&out);
}

static void
test_decode_long(void **state)
{
    struct pm_buf in = PM_BUF_INIT(1 << 20), out = PM_BUF_INIT(1 << 20);
    struct pm_err err;

    (void)state;
    for (int i = 0; i < 50001; i++)
        pm_buf_cstr(&in, i % 3 ? "\xE9" : "x");
    assert_int_equal(pm_text_decode(pm_buf_span(&in), "latin1", &out, &err), PM_OK);
    assert_int_equal(out.len, 50001 + 33334);
    assert_true(pm_utf8_valid(pm_buf_span(&out)));
    pm_buf_release(&in);
    pm_buf_release(&out);
}

static void
test_sniff(void **state)
{
    const struct {
        struct pm_str bytes, http;
        bool html;
        const char *want;
    } cases[] = {
        {PM_STR("\xEF\xBB\xBF<html>"), PM_STR("latin1"), true, "utf-8"},
        {PM_STR("\xFF\xFE<\0"), PM_STR_NULL, true, "utf-16le"},
        {PM_STR("<p>"), PM_STR("ISO-8859-2"), true, "iso-8859-2"},
        {PM_STR("<meta charset=koi8-r>"), PM_STR_NULL, true, "koi8-r"},
        {PM_STR("<meta http-equiv=content-type content='text/html; charset=euc-kr'>"), PM_STR_NULL, true, "euc-kr"},
        {PM_STR("<meta charset=utf-16>"), PM_STR_NULL, true, "utf-8"},
        {PM_STR("<meta charset=koi8-r>"), PM_STR_NULL, false, "utf-8"},
        {PM_STR("<meta charset=nonsense>"), PM_STR("nonsense"), true, "utf-8"},
        {PM_STR("caf\xC3\xA9"), PM_STR_NULL, true, "utf-8"},
        {PM_STR("caf\xE9"), PM_STR_NULL, true, "windows-1252"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got;

        assert_int_equal(pm_text_sniff(cases[i].bytes, cases[i].http, cases[i].html, &got, NULL), PM_OK);
        if (!pm_str_ieq(pm_str_of(got), pm_str_of(cases[i].want)))
            fail_msg("case %zu: %s, not %s", i, got, cases[i].want);
    }
}

static void
test_squeeze_and_words(void **state)
{
    struct pm_buf out = PM_BUF_INIT(64);

    (void)state;
    pm_text_squeeze(&out, PM_STR(" \t a \xC2\xA0\n b\xE3\x80\x80"));
    assert_string_equal(pm_buf_z(&out), "a b");
    pm_buf_reset(&out);
    pm_text_squeeze(&out, PM_STR(" \n "));
    assert_int_equal(out.len, 0);
    assert_int_equal(pm_text_words(PM_STR("Two words, 3 caf\xC3\xA9s - \xE2\x80\x9Cno\xE2\x80\x9D")), 5);
    assert_int_equal(pm_text_words(PM_STR("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E")), 2);
    assert_int_equal(pm_text_words(PM_STR(" -- ")), 0);
    pm_buf_release(&out);
}

static void
test_url(void **state)
{
    const struct {
        const char *url, *host, *site;
    } hosts[] = {
        {"https://www.example.org/a?b#c", "www.example.org", "example.org"},
        {"http://user:pw@m.example.org:8080", "m.example.org", "example.org"},
        {"HTTP://[::1]:80/x", "[::1]", "[::1]"},
        {"https://www.com/", "www.com", "www.com"},
        {"https://?q", NULL, NULL},
        {"file:///a", NULL, NULL},
        {"http:/one", NULL, NULL},
    };
    const struct {
        const char *glob, *url;
        bool want;
    } globs[] = {
        {"*", "", true},
        {"*example.org/news/*", "https://EXAMPLE.org/news/1", true},
        {"https://example.org/?", "https://example.org/", false},
        {"https://example.org/?", "https://example.org/x", true},
        {"a*b*c", "aXbXbXc", true},
        {"a*b*c", "aXbXbX", false},
        {"", "x", false},
    };
    struct pm_buf out = PM_BUF_INIT(64);

    (void)state;
    for (size_t i = 0; i < COUNT(hosts); i++) {
        assert_true(pm_str_eq(pm_url_host(pm_str_of(hosts[i].url)), pm_str_of(hosts[i].host)));
        assert_true(pm_str_eq(pm_url_site(pm_str_of(hosts[i].url)), pm_str_of(hosts[i].site)));
    }
    for (size_t i = 0; i < COUNT(globs); i++)
        assert_int_equal(pm_url_glob(pm_str_of(globs[i].glob), pm_str_of(globs[i].url)), globs[i].want);
    pm_url_from_path(&out, PM_STR("/a b/\xC3\xA9?.html"));
    assert_string_equal(pm_buf_z(&out), "file:///a%20b/%C3%A9%3F.html");
    pm_buf_release(&out);
}

static void
test_json(void **state)
{
    struct pm_buf out = PM_BUF_INIT(1 << 10);

    (void)state;
    pm_buf_putc(&out, '{');
    pm_json_member(&out, "a", PM_STR("q\"\\\n\x01\x7F\xC3\xA9\xFF"));
    pm_json_member(&out, "none", PM_STR_NULL);
    pm_json_member_int(&out, "i", INT64_MIN);
    pm_json_member_real(&out, "r0", 0.98125);
    pm_json_member_real(&out, "r1", -12.5);
    pm_json_member_real(&out, "r2", 0.0);
    pm_json_member_real(&out, "r3", 0.0042);
    pm_json_member_real(&out, "r4", 1.0 / 0.0);
    pm_json_member_real(&out, "r5", 100.0);
    pm_json_member_hex(&out, "h", (const uint8_t *)"\x0A\xFF", 2);
    pm_json_member_when(&out, "t", 0);
    pm_json_member_when(&out, "no time", PM_WHEN_NONE);
    pm_json_member_raw(&out, "l", PM_STR("[]"));
    pm_json_member_raw(&out, "no list", PM_STR_NULL);
    pm_buf_putc(&out, '}');
    assert_string_equal(pm_buf_z(&out),
                        "{\"a\":\"q\\\"\\\\\\n\\u0001\\u007f\xC3\xA9\xEF\xBF\xBD\",\"none\":null,"
                        "\"i\":-9223372036854775808,\"r0\":0.9813,\"r1\":-12.5,\"r2\":0,\"r3\":0.0042,"
                        "\"r4\":null,\"r5\":100,\"h\":\"0aff\",\"t\":\"1970-01-01T00:00:00Z\",\"l\":[]}");
    pm_buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),  cmocka_unit_test(test_decode), cmocka_unit_test(test_decode_long),
        cmocka_unit_test(test_sniff), cmocka_unit_test(test_squeeze_and_words),
        cmocka_unit_test(test_url),   cmocka_unit_test(test_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
