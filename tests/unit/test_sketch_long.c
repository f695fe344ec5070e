/* What fingerprints say of texts of which one is so long that it keeps fewer of its hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "noise.h"
#include "sketch.h"

enum { LONG = 12000, PART = 2000 }; /* words */

static void
add_words(struct pm_buf *dst, uint64_t seed, int n)
{
    uint64_t state = seed;

    for (int i = 0; i < n; i++) {
        for (uint32_t k = 2 + next_random(&state) % 6; k > 0; k--)
            pm_buf_putc(dst, (char)('a' + next_random(&state) % 26));
        pm_buf_putc(dst, ' ');
    }
}

static void
make_sketch(struct pm_shingler *s, const struct pm_buf *text, struct pm_sketch *dst)
{
    struct pm_fingerprint f;
    struct pm_err err;

    assert_int_equal(pm_fingerprint(s, pm_buf_span(text), &f, &err), PM_OK);
    assert_int_equal(pm_sketch_make(&f, NULL, dst, &err), PM_OK);
}

static void
test_part_of_long(void **state)
{
    const struct pm_like_limits limits = PM_LIKE_LIMITS_INIT;
    struct pm_buf text = PM_BUF_INIT(1 << 20), part = PM_BUF_INIT(1 << 20), other = PM_BUF_INIT(1 << 20);
    struct pm_sketch a, b, c;
    struct pm_shingler *s;
    struct pm_likeness l;
    enum pm_like like;
    const char *reason;
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_shingler_new(&s, &err), PM_OK);
    add_words(&text, 1, LONG / 2);
    add_words(&text, 2, PART);
    add_words(&text, 3, LONG / 2);
    add_words(&part, 2, PART);
    add_words(&other, 4, PART);
    make_sketch(s, &text, &a);
    make_sketch(s, &part, &b);
    make_sketch(s, &other, &c);
    assert_int_equal(a.n_h5, PM_H5_KEPT);
    assert_int_equal(pm_sketch_judge(&a, &b, &limits, &l, &like, &reason), PM_SKETCH_CLEAR);
    assert_int_equal(like, PM_LIKE_VERSION);
    assert_true(l.contain_h5 > 0.95 && l.contain_hc > 0.9);
    assert_in_range(l.shared_h5, PART / 2, PART * 3 / 2);
    assert_true(l.cover_a < 0.3 && l.cover_b > 0.95 && l.jaccard < 0.3);
    assert_int_equal(pm_sketch_judge(&b, &a, &limits, &l, &like, &reason), PM_SKETCH_CLEAR);
    assert_true(l.cover_b < 0.3 && l.cover_a > 0.95);
    assert_int_equal(pm_sketch_judge(&a, &c, &limits, &l, &like, &reason), PM_SKETCH_NO_PAIR);
    pm_sketch_release(&a);
    pm_sketch_release(&b);
    pm_sketch_release(&c);
    pm_shingler_free(s);
    pm_buf_release(&text);
    pm_buf_release(&part);
    pm_buf_release(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_part_of_long)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
