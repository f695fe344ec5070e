#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "chars.h"
#include "words.h"

/* The table and the ranges of chars.h say what utf8proc says, of every code point that it knows. */
static void
test_kinds(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        enum pm_char_kind k = pm_char_kind(cp);

        if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_CN)
            continue;
        if (k != pm_char_kind_far(cp))
            fail_msg("U+%04X is '%c', not '%c'", (unsigned)cp, pm_char_kind_far(cp), k);
        if (pm_char_lower_of(cp, k) != pm_char_lower_far(cp))
            fail_msg("U+%04X has another small letter", (unsigned)cp);
    }
}

static void
test_chars(void **state)
{
    size_t len;

    (void)state;
    assert_int_equal(pm_char_at(PM_STR("a"), 0, &len), 'a');
    assert_int_equal(len, 1);
    assert_int_equal(pm_char_at(PM_STR("é"), 0, &len), 0xE9);
    assert_int_equal(len, 2);
    assert_int_equal(pm_char_at(PM_STRN("\xC3", 1), 0, &len), 0xFFFD);
    assert_int_equal(len, 1);
    assert_int_equal(pm_char_at(PM_STR(""), 0, &len), 0);
    assert_int_equal(len, 0);
    assert_int_equal(pm_char_before(PM_STR("aé"), 3), 1);
    assert_int_equal(pm_char_before(PM_STR("aé"), 1), 0);
    assert_int_equal(pm_char_before(PM_STR("aé"), 0), 0);
    assert_int_equal(pm_char_before(PM_STRN("\x80\x80\x80\x80\x80\x80", 6), 6), 2);
    assert_int_equal(pm_char_lower('A'), 'a');
    assert_int_equal(pm_char_lower(0xC9), 0xE9);
    assert_int_equal(pm_char_lower(0x130), 'i');
    assert_true(pm_char_is_space(0xA0) && pm_char_is_space(0x200B) && !pm_char_is_space('a'));
    assert_true(pm_char_is_letter(0x915) && pm_char_is_letter(0x93E) && !pm_char_is_letter('1'));
    assert_true(pm_char_is_word('1') && pm_char_is_word(0x661) && !pm_char_is_word('-') &&
                !pm_char_is_word(0xA0));
    assert_true(pm_char_is_unspaced(0x65B0) && pm_char_is_unspaced(0xE01) &&
                !pm_char_is_unspaced('a'));
}

static void
test_lists(void **state)
{
    static const char list[] = "by|written by|von|d'après|par|记者";
    size_t n = 0;

    (void)state;
    assert_true(pm_words_start(list, PM_STR("By Ann"), &n));
    assert_int_equal(n, 2);
    assert_true(pm_words_start(list,
                               PM_STR("WRITTEN\xC2\xA0"
                                      "BY: Ann"),
                               &n));
    assert_int_equal(n, 11);
    assert_true(pm_words_start(list, PM_STR("D’APRÈS Ann"), &n));
    assert_true(pm_words_start(list, PM_STR("记者王小明"), &n));
    assert_int_equal(n, 6);
    assert_false(pm_words_start(list, PM_STR("Byron"), &n));
    assert_false(pm_words_start(list, PM_STR(""), &n));
    assert_false(pm_words_start("", PM_STR("by"), &n));
    assert_false(pm_words_start("|", PM_STR("by"), &n));
    assert_true(pm_words_is(list, PM_STR("Par")));
    assert_false(pm_words_is(list, PM_STR("Part")));
    assert_false(pm_words_is(list, PM_STR_NULL));
    assert_true(pm_words_within(list, PM_STR("(written by Ann)"), true, &n));
    assert_int_equal(n, 1);
    assert_true(pm_words_within(list, PM_STR("a party"), false, &n));
    assert_false(pm_words_within(list, PM_STR("a party"), true, &n));
    assert_false(pm_words_within(list, PM_STR("lobby"), false, &n));
    assert_false(pm_words_within(list, PM_STR_NULL, false, &n));
}

static void
test_sets(void **state)
{
    struct pm_arena *arena = pm_arena_new(1 << 16), *small = pm_arena_new(16);
    struct pm_err err = PM_ERR_INIT;
    struct pm_word_set set;
    size_t n = 0;

    (void)state;
    assert_int_equal(pm_word_set_make(&set, "by|written by|y|d'après|par||记者|élan", arena, &err),
                     PM_OK);
    assert_true(pm_word_set_start(&set, PM_STR("By Ann"), &n));
    assert_int_equal(n, 2);
    assert_true(pm_word_set_start(&set, PM_STR("WRITTEN BY: Ann"), &n));
    assert_int_equal(n, 10);
    assert_true(pm_word_set_start(&set, PM_STR("D’APRÈS Ann"), &n));
    assert_true(pm_word_set_start(&set, PM_STR("记者王小明"), &n));
    assert_false(pm_word_set_start(&set, PM_STR("Byron"), &n));
    assert_false(pm_word_set_start(&set, PM_STR_NULL, &n));
    assert_true(pm_word_set_has(&set, PM_STR("Y")));
    assert_true(pm_word_set_has(&set, PM_STR("ÉLAN")));
    assert_false(pm_word_set_has(&set, PM_STR("yes")));
    assert_false(pm_word_set_has(&set, PM_STR_NULL));
    assert_true(pm_word_set_within(&set, PM_STR("(written by Ann)"), true, &n));
    assert_int_equal(n, 1);
    assert_true(pm_word_set_within(&set, PM_STR("a party"), false, &n));
    assert_false(pm_word_set_within(&set, PM_STR("a party"), true, &n));
    assert_false(pm_word_set_within(&set, PM_STR("lobby"), false, &n));
    assert_int_equal(pm_word_set_make(&set, "", arena, &err), PM_OK);
    assert_false(pm_word_set_has(&set, PM_STR("by")));
    assert_true(pm_word_set_make(&set, "a|b|c|d", small, &err) < 0);
    pm_arena_free(arena);
    pm_arena_free(small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_chars),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_sets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
