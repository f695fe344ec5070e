/* What two texts are like when lines of them are known from elsewhere: furniture, forms that are filled in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "boilerplate.h"
#include "noise.h"

enum { TEXT_MAX = 1 << 16, LINE_WORDS = 60, KNOWN_MAX = 4096 };

struct fixture {
    struct pm_shingler *shingler;
    struct pm_boilerplate known;
    struct pm_profile a, b;
    struct pm_likeness l;
    struct pm_err err;
};

static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    *state = f;
    return pm_shingler_new(&f->shingler, &f->err);
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    pm_profile_release(&f->a);
    pm_profile_release(&f->b);
    pm_boilerplate_release(&f->known);
    pm_shingler_free(f->shingler);
    free(f);
    return 0;
}

/* A line of words made from a seed. */
static void
add_line(struct pm_buf *out, uint64_t seed, int words)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;

    for (int w = 0; w < words; w++) {
        uint32_t letters = 3 + next_random(&state) % 5;

        while (letters-- > 0)
            pm_buf_putc(out, (char)('a' + next_random(&state) % 26));
        pm_buf_putc(out, w + 1 < words ? ' ' : '\n');
    }
}

/* What a large archive knows of a text: its sampled shingles of words, of characters, or both. */
static void
know(struct fixture *f, const struct pm_buf *text, bool words, bool characters)
{
    uint64_t *hashes = calloc(KNOWN_MAX, sizeof(*hashes)), *scratch = calloc(KNOWN_MAX, sizeof(*scratch));
    struct pm_shingles s;
    size_t n = 0;

    assert_int_equal(pm_shingles(f->shingler, pm_buf_span(text), &s, &f->err), PM_OK);
    for (uint32_t i = 0; words && i < s.n_h5; i++)
        if (pm_h5_sampled(s.h5[i]))
            hashes[n++] = s.h5[i];
    for (uint32_t i = 0; characters && i < s.n_hc; i++)
        if (pm_hc_sampled(s.hc[i]))
            hashes[n++] = s.hc[i] | PM_BOILERPLATE_CHARS;
    assert_true(n > 0 && n < KNOWN_MAX);
    n = pm_hashes_sort(hashes, n, scratch);
    free(scratch);
    assert_int_equal(pm_boilerplate_make(&f->known, hashes, n, &f->err), PM_OK);
}

static enum pm_like
judge(struct fixture *f, const struct pm_buf *a, const struct pm_buf *b, const char **reason)
{
    const struct pm_like_limits limits = PM_LIKE_LIMITS_INIT;

    assert_int_equal(pm_profile_make(f->shingler, pm_buf_span(a), &f->known, &f->a, &f->err), PM_OK);
    assert_int_equal(pm_profile_make(f->shingler, pm_buf_span(b), &f->known, &f->b, &f->err), PM_OK);
    pm_likeness(&f->a, &f->b, &f->l);
    return pm_like_judge(&f->a, &f->b, &f->l, &limits, reason);
}

/* Two words in a row are known from somewhere, five are not: a story, not furniture. */
static void
test_common_words(void **state)
{
    struct fixture *f = *state;
    struct pm_buf text = PM_BUF_INIT(TEXT_MAX);

    add_line(&text, 1, LINE_WORDS);
    know(f, &text, false, true);
    assert_int_equal(pm_profile_make(f->shingler, pm_buf_span(&text), &f->known, &f->a, &f->err), PM_OK);
    assert_int_equal(f->a.words, LINE_WORDS);
    assert_int_equal(f->a.boilerplate, 0);
    pm_buf_release(&text);
}

static void
test_furniture(void **state)
{
    struct fixture *f = *state;
    struct pm_buf text = PM_BUF_INIT(TEXT_MAX), furniture = PM_BUF_INIT(TEXT_MAX);

    add_line(&furniture, 1, LINE_WORDS);
    add_line(&text, 1, LINE_WORDS);
    add_line(&text, 2, LINE_WORDS);
    know(f, &furniture, true, true);
    assert_int_equal(pm_profile_make(f->shingler, pm_buf_span(&text), &f->known, &f->a, &f->err), PM_OK);
    assert_int_equal(f->a.words, LINE_WORDS);
    assert_int_equal(f->a.boilerplate, LINE_WORDS);
    pm_buf_release(&text);
    pm_buf_release(&furniture);
}

/* A form of three long lines, with a number at the end of each. */
static void
fill_in(struct pm_buf *out, int first, int outlet)
{
    for (int i = 0; i < 3; i++) {
        add_line(out, 10 + (uint64_t)i, LINE_WORDS);
        out->len--; /* the line goes on */
        pm_buf_addf(out, " %d %d\n", first + 17 * i, first + 23 * i + 1);
    }
    pm_buf_addf(out, "%d\n", outlet);
}

/*
 * A form whose lines are known, but not what fills them in. Of outlets, the one adds a number, so that not all agree. What the
 * two are like is told by the numbers, as no shingle is left.
 */
static void
test_form(void **state)
{
    struct fixture *f = *state;
    struct pm_buf form = PM_BUF_INIT(TEXT_MAX), a = PM_BUF_INIT(TEXT_MAX), b = PM_BUF_INIT(TEXT_MAX),
                  other = PM_BUF_INIT(TEXT_MAX);
    const char *reason;

    for (int i = 0; i < 3; i++)
        add_line(&form, 10 + (uint64_t)i, LINE_WORDS);
    fill_in(&a, 1100, 1902);
    fill_in(&b, 1100, 1851);
    fill_in(&other, 2300, 1902);
    know(f, &form, true, true);
    assert_int_equal(judge(f, &a, &b, &reason), PM_LIKE_VERSION);
    assert_string_equal(reason, "one form, filled in with the same numbers");
    assert_true(f->l.contain_h5 > 0.8 && f->l.cover_a > 0.8 && f->l.cover_b > 0.8 && f->l.jaccard > 0.6);
    pm_profile_release(&f->a);
    pm_profile_release(&f->b);
    assert_int_equal(judge(f, &a, &other, &reason), PM_LIKE_NOT);
    pm_buf_release(&form);
    pm_buf_release(&a);
    pm_buf_release(&b);
    pm_buf_release(&other);
}

int
main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {CASE(test_common_words), CASE(test_furniture), CASE(test_form)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
