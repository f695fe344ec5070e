/* Sketches: what two fingerprints share, whatever their sizes, and what is not kept of long texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "noise.h"
#include "sketch.h"

enum { HASHES_MAX = PM_H5_KEPT };

static const struct pm_like_limits limits = PM_LIKE_LIMITS_INIT;
static uint64_t seed = 5;

/* A random part of the hashes up to the limit, ascending and apart in the bits that sketches keep. */
static size_t
draw(uint64_t *v, size_t n, uint64_t limit)
{
    size_t used = 0;

    for (size_t i = 0; i < HASHES_MAX && used < n; i++)
        if (next_random(&seed) % HASHES_MAX < n)
            v[used++] = limit / HASHES_MAX * i + ((uint64_t)1 << 40);
    return used;
}

static struct pm_sketch
sketch(const struct pm_fingerprint *f)
{
    struct pm_sketch s;
    struct pm_err err;

    assert_int_equal(pm_sketch_make(f, NULL, &s, &err), PM_OK);
    return s;
}

static void
test_shared(void **state)
{
    (void)state;
    for (size_t round = 0; round < 4000; round++) {
        uint64_t h5[2][HASHES_MAX], hc[2][HASHES_MAX];
        struct pm_fingerprint f[2] = {{.words = 1000}, {.words = 1000}};
        struct pm_sketch s[2];
        struct pm_likeness l;
        enum pm_like like;
        const char *reason;
        size_t shared_h5, shared_hc;

        for (int k = 0; k < 2; k++) {
            f[k].n_h5 = draw(h5[k], next_random(&seed) % (HASHES_MAX - 1), PM_H5_LIMIT);
            f[k].n_hc = draw(hc[k], next_random(&seed) % (HASHES_MAX - 1), PM_HC_LIMIT);
            f[k].h5 = h5[k];
            f[k].hc = hc[k];
            s[k] = sketch(&f[k]);
        }
        shared_h5 = pm_hashes_shared(h5[0], f[0].n_h5, h5[1], f[1].n_h5);
        shared_hc = pm_hashes_shared(hc[0], f[0].n_hc, hc[1], f[1].n_hc);
        if (pm_sketch_judge(&s[0], &s[1], &limits, &l, &like, &reason) == PM_SKETCH_NO_PAIR) {
            assert_true(shared_h5 + shared_hc < 2);
        } else {
            assert_int_equal(l.shared_h5, shared_h5 * PM_H5_FRACTION);
            assert_int_equal(l.shared_hc, shared_hc * PM_HC_FRACTION);
        }
        pm_sketch_release(&s[0]);
        pm_sketch_release(&s[1]);
    }
}

/* The whole of a short text is in a long one, of which a part of the hashes is kept: those above say nothing. */
static void
test_part_of_long(void **state)
{
    uint64_t few[64], least[PM_H5_KEPT];
    struct pm_fingerprint part = {.h5 = few, .n_h5 = 64, .words = 512};
    struct pm_fingerprint all = {.h5 = least, .n_h5 = PM_H5_KEPT, .words = 4096};
    struct pm_sketch a, b;
    struct pm_likeness l;
    enum pm_like like;
    const char *reason;

    (void)state;
    for (uint64_t i = 0; i < 64; i++)
        few[i] = (PM_H5_LIMIT / 64) * (i + 1);
    for (uint64_t i = 0; i < PM_H5_KEPT; i++) /* half of the range */
        least[i] = (PM_H5_LIMIT / (2 * PM_H5_KEPT)) * (i + 1);
    a = sketch(&part);
    b = sketch(&all);
    assert_int_equal(pm_sketch_judge(&a, &b, &limits, &l, &like, &reason), PM_SKETCH_UNSURE);
    assert_true(l.contain_h5 > 0.95);
    assert_in_range(l.shared_h5, 500, 516);
    pm_sketch_release(&a);
    pm_sketch_release(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shared), cmocka_unit_test(test_part_of_long)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
