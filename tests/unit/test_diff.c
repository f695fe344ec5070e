/* Differences of texts: what is kept, cut, added. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "diff.h"
#include "sides.h"

/* Runs as "=kept -cut +added", with "/" at the end of a line. */
static void
print(const struct pm_diff *d, struct pm_buf *out)
{
    static const char marks[] = {[PM_DIFF_KEEP] = '=', [PM_DIFF_CUT] = '-', [PM_DIFF_ADD] = '+'};

    for (size_t i = 0; i < d->n_runs; i++) {
        if (i > 0)
            pm_buf_putc(out, ' ');
        pm_buf_putc(out, marks[d->runs[i].op]);
        pm_buf_str(out, d->runs[i].text);
        if (d->runs[i].block_end)
            pm_buf_putc(out, '/');
    }
}

static void
test_runs(void **state)
{
    static const struct {
        const char *old_text, *new_text, *runs;
        uint32_t kept, cut, added;
    } cases[] = {
        {"", "", "", 0, 0, 0},
        {"one two", "", "-one two/", 0, 2, 0},
        {"", "one two", "+one two/", 0, 0, 2},
        {"One two three.", "one two, three", "=One two three./", 3, 0, 0}, /* case and punctuation do not count */
        {"a b c d\ne f g h", "a b c d\nnew line here\ne f g h", "=a b c d/ +new line here/ =e f g h/", 8, 0, 3},
        {"the cat sat on the mat", "the cat lay on the mat", "=the cat -sat +lay =on the mat/", 5, 1, 1},
        {"First part. Second part. Third part.", "First part. Third part.",
         "=First part. -Second part. =Third part./", 4, 2, 0},
        {"x y z", "p q r", "-x y z/ +p q r/", 0, 3, 3},
        {"\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\xBA", "\xE4\xB8\xAD\xE4\xBA\xBA",
         "=\xE4\xB8\xAD -\xE5\x9B\xBD =\xE4\xBA\xBA/", 2, 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pm_arena *arena = pm_arena_new(64 << 20);
        struct pm_buf out = PM_BUF_INIT(4096);
        struct pm_diff d;
        struct pm_err err;

        assert_int_equal(pm_diff(pm_str_of(cases[i].old_text), pm_str_of(cases[i].new_text), PM_DIFF_WORD, arena, &d, &err),
                         PM_OK);
        print(&d, &out);
        assert_string_equal(pm_buf_z(&out), cases[i].runs);
        assert_int_equal(d.kept_words, cases[i].kept);
        assert_int_equal(d.cut_words, cases[i].cut);
        assert_int_equal(d.added_words, cases[i].added);
        pm_buf_release(&out);
        pm_arena_free(arena);
    }
}

/* A few common words amid changes are no common text. */
static void
test_strays(void **state)
{
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_diff d;
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_diff(PM_STR("alpha beta gamma the delta epsilon zeta"), PM_STR("eta theta iota the kappa mu nu"), PM_DIFF_WORD,
                             arena, &d, &err),
                     PM_OK);
    assert_int_equal(d.kept_words, 0);
    assert_int_equal(d.longest_common, 0);
    pm_arena_free(arena);
}

/* Runs by sentences: one is kept whole or not at all. */
static void
test_sentences(void **state)
{
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_buf out = PM_BUF_INIT(4096);
    struct pm_diff d;
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_diff(PM_STR("The cat sat on the mat. It rained all day.\nThe end."),
                             PM_STR("The cat lay on the mat. It rained all day.\nThe end."), PM_DIFF_SENTENCE, arena, &d,
                             &err),
                     PM_OK);
    print(&d, &out);
    assert_string_equal(pm_buf_z(&out), "-The cat sat on the mat. +The cat lay on the mat. =It rained all day./ =The end./");
    assert_int_equal(d.cut_words, 6);
    pm_buf_release(&out);
    pm_arena_free(arena);
}

/* Where a space stands: on either side for what is kept. */
static void
test_spaces(void **state)
{
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_diff d;
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_diff(PM_STR("storms close\nthe port"), PM_STR("two storms close\nthe old port"), PM_DIFF_WORD, arena,
                             &d, &err),
                     PM_OK);
    assert_int_equal(d.n_runs, 5); /* +two =storms close/ =the +old =port/ */
    assert_false(d.runs[0].space_before);
    assert_true(d.runs[1].space_before);
    assert_false(d.runs[2].space_before);
    assert_true(d.runs[3].space_before);
    assert_true(d.runs[4].space_before);
    pm_arena_free(arena);
}

/* Rows of two columns, as the marks of their kinds: k, c, a, x, each with its number of runs. */
static void
test_sides(void **state)
{
    static const struct {
        const char *old_text, *new_text, *rows;
    } cases[] = {
        {"", "", ""},
        {"one two three", "one two three", "k1"},
        {"one two three\nfour five six", "one two three", "k1 c1"},
        {"one two three", "one two three\nfour five six", "k1 a1"},
        {"the cat sat on the mat\nit rained", "the cat lay on the mat\nit rained", "x4 k1"},
        {"one two three\nfour five six\nseven eight nine", "one two three\nten eleven twelve\nseven eight nine", "k1 x2 k1"},
        {"one two three four five six", "one two three\nnew words\nfour five six", "x3"}, /* a paragraph parted */
        {"one two three\nfour five six", "one two three four five six", "k1 k1"}, /* and two made one */
    };
    static const char kinds[] = {[PM_SIDE_KEPT] = 'k', [PM_SIDE_CUT] = 'c', [PM_SIDE_ADDED] = 'a', [PM_SIDE_CHANGED] = 'x'};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pm_arena *arena = pm_arena_new(64 << 20);
        struct pm_buf out = PM_BUF_INIT(4096);
        struct pm_side_row *rows;
        struct pm_diff d;
        struct pm_err err;
        size_t n;

        assert_int_equal(pm_diff(pm_str_of(cases[i].old_text), pm_str_of(cases[i].new_text), PM_DIFF_WORD, arena, &d, &err),
                         PM_OK);
        assert_int_equal(pm_sides(&d, arena, &rows, &n, &err), PM_OK);
        for (size_t k = 0; k < n; k++)
            pm_buf_addf(&out, "%s%c%zu", k > 0 ? " " : "", kinds[rows[k].kind], rows[k].end - rows[k].first);
        assert_string_equal(pm_buf_z(&out), cases[i].rows);
        assert_int_equal(n > 0 ? rows[n - 1].end : 0, d.n_runs);
        pm_buf_release(&out);
        pm_arena_free(arena);
    }
}

static void
test_long_texts(void **state)
{
    struct pm_arena *arena = pm_arena_new((size_t)512 << 20), *small = pm_arena_new(1 << 20);
    struct pm_buf a = PM_BUF_INIT(1 << 22), b = PM_BUF_INIT(1 << 22);
    struct pm_diff d;
    struct pm_err err;

    (void)state;
    for (int i = 0; i < 100000; i++) { /* one word all over, on one line: nothing to anchor on */
        pm_buf_cstr(&a, i % 3 ? "la " : "li ");
        pm_buf_cstr(&b, i % 5 ? "la " : "li ");
    }
    assert_int_equal(pm_diff(pm_buf_span(&a), pm_buf_span(&b), PM_DIFF_WORD, arena, &d, &err), PM_OK);
    assert_int_equal(d.kept_words + d.cut_words, 100000);
    assert_int_equal(d.kept_words + d.added_words, 100000);
    assert_int_equal(pm_diff(pm_buf_span(&a), pm_buf_span(&b), PM_DIFF_WORD, small, &d, &err), PM_ELIMIT);
    pm_buf_release(&a);
    pm_buf_release(&b);
    pm_arena_free(arena);
    pm_arena_free(small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_strays),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_long_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
