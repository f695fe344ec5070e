#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jsonld.h"

static struct pm_arena *arena;

static int
setup(void **state)
{
    (void)state;
    arena = pm_arena_new(8 << 20);
    return arena ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    pm_arena_free(arena);
    return 0;
}

static struct pm_jsonld
read_text(struct pm_str text)
{
    struct pm_jsonld j;

    pm_arena_reset(arena);
    assert_int_equal(pm_jsonld_read(text, arena, &j, NULL), PM_OK);
    return j;
}

static void
expect_member(const struct pm_jsonld *j, size_t at, const char *key, const char *want)
{
    size_t m = pm_jsonld_member(j, at, pm_str_of(key));
    struct pm_str s;

    if (want == NULL) {
        assert_true(m == SIZE_MAX);
        return;
    }
    assert_true(m < j->n);
    s = pm_jsonld_string(&j->values[m], arena);
    assert_int_equal(s.len, strlen(want));
    assert_memory_equal(s.ptr, want, s.len);
}

static void
test_strict(void **state)
{
    struct pm_jsonld j =
        read_text(PM_STR("{\"a\":\"x\",\"b\":{\"a\":\"y\",\"c\":[1,true,\"z\"]},\"d\":\"w\"}"));
    size_t b = pm_jsonld_member(&j, 0, PM_STR("b")), c = pm_jsonld_member(&j, b, PM_STR("c"));

    (void)state;
    assert_int_equal(j.n, 9);
    expect_member(&j, 0, "a", "x");
    expect_member(&j, b, "a", "y");
    expect_member(&j, 0, "d", "w");
    expect_member(&j, 0, "c", NULL);
    expect_member(&j, c, "a", NULL);
    assert_int_equal(j.values[c].kind, PM_JSONLD_ARRAY);
    assert_int_equal(j.values[c].end, c + 4);
    assert_int_equal(j.values[c + 1].kind, PM_JSONLD_OTHER);
    assert_int_equal(j.values[c + 3].parent, c);
}

static void
test_broken(void **state)
{
    static const char *const texts[] = {
        "{\"a\":\"x\",}",
        "<!-- {\"a\":\"x\"} -->",
        "//<![CDATA[\n{\"a\":\"x\"}\n//]]>",
        "/* c */ {\"a\":\"x\"} /* d */",
        "{\"b\":\"line\nbreak\",\"a\":\"x\"}",
        "{\"a\":\"x\"",
        "{\"a\":\"x\",\"b\":\"never ends",
        "{\"a\":\"x\",\"b\":{\"c\":[",
        "{\"stray\" \"a\":\"x\"}",
        "}]{\"a\":\"x\"}",
        "\xEF\xBB\xBF{\"a\":\"x\"};",
        "{\"q\":\"a \\\" b\",\"a\":\"x\"}",
        "{\"q\":\"a \\\\\",\"a\":\"x\"}",
        "{\"a\" : \"x\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct pm_jsonld j = read_text(pm_str_of(texts[i]));

        if (j.n == 0)
            fail_msg("\"%s\": nothing read", texts[i]);
        expect_member(&j, 0, "a", "x");
    }
}

static void
test_nothing(void **state)
{
    static const char *const texts[] = {"",   "   ", "}",    "words only", "\"a",
                                        "//", "/*",  "<!--", "\\"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_int_equal(read_text(pm_str_of(texts[i])).n, 0);
}

static void
test_strings(void **state)
{
    static const struct {
        const char *json, *want;
    } rows[] = {
        {"plain", "plain"},
        {"a\\\"b\\\\c\\/d", "a\"b\\c/d"},
        {"a\\nb\\tc", "a b c"},
        {"caf\\u00e9", "caf\xC3\xA9"},
        {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
        {"\\ud83d", "\xEF\xBF\xBD"},
        {"\\ude00x", "\xEF\xBF\xBDx"},
        {"\\u0000", "\xEF\xBF\xBD"},
        {"\\u12", "12"},
        {"\\uzzzz", "zzzz"},
        {"A &amp; B", "A & B"},
        {"A &amp;#8217; B", "A \xE2\x80\x99 B"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pm_buf text = PM_BUF_INIT(1000);
        struct pm_jsonld j;

        pm_buf_addf(&text, "{\"a\":\"%s\"}", rows[i].json);
        j = read_text(pm_buf_span(&text));
        expect_member(&j, 0, "a", rows[i].want);
        pm_buf_release(&text);
    }
}

static void
test_limits(void **state)
{
    struct pm_buf text = PM_BUF_INIT(4 << 20);
    struct pm_arena *small = pm_arena_new(4096);
    struct pm_err err = PM_ERR_INIT;
    struct pm_jsonld j;

    (void)state;
    for (int i = 0; i < 200000; i++)
        pm_buf_putc(&text, '[');
    j = read_text(pm_buf_span(&text));
    assert_true(j.n > 0 && j.n <= PM_JSONLD_VALUES_MAX + 4);
    assert_int_equal(j.values[0].end, j.n);
    assert_true(pm_jsonld_read(pm_buf_span(&text), small, &j, &err) < 0);
    pm_arena_free(small);
    pm_buf_release(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strict),  cmocka_unit_test(test_broken),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_strings),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
