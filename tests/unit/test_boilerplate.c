/* The list of furniture: stored and read again, and what is no such list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "boilerplate.h"

static void
make(struct pm_boilerplate *b, const uint64_t *hashes, size_t n)
{
    uint64_t *copy = malloc((n + 1) * sizeof(*copy));
    struct pm_err err = PM_ERR_INIT;

    memcpy(copy, hashes, n * sizeof(*copy));
    assert_int_equal(pm_boilerplate_make(b, copy, n, &err), PM_OK);
}

static void
test_there_and_back(void **state)
{
    /* A word shingle and a character shingle of one hash, the least and the largest. */
    static const uint64_t one = (uint64_t)1 << PM_HASH_FREE;
    const uint64_t all[] = {0, one, one | 1, 5 * one | 1, 7 * one, (UINT64_MAX / PM_HC_FRACTION & -one) | 1,
                            UINT64_MAX / PM_H5_FRACTION & -one};
    struct pm_err err = PM_ERR_INIT;

    (void)state;
    for (size_t n = 0; n <= 7; n++) {
        struct pm_buf packed = PM_BUF_INIT(4096);
        struct pm_known k = PM_KNOWN_INIT, back;

        make(&k.furniture, all, n / 2);
        make(&k.all, all, n);
        assert_int_equal(pm_known_pack(&k, &packed, &err), PM_OK);
        assert_int_equal(pm_known_unpack(pm_buf_span(&packed), &back, &err), PM_OK);
        assert_int_equal(back.furniture.n, n / 2);
        assert_int_equal(back.all.n, n);
        for (size_t i = 0; i < 7; i++) {
            assert_int_equal(pm_is_boilerplate(&back.furniture, all[i]), i < n / 2);
            assert_int_equal(pm_is_boilerplate(&back.all, all[i]), i < n);
            assert_true(i >= n || back.all.hashes[i] == all[i]);
        }
        pm_known_release(&k);
        pm_known_release(&back);
        pm_known_release(&back);
        pm_buf_release(&packed);
    }
}

static void
test_damaged(void **state)
{
    struct pm_err err = PM_ERR_INIT;
    struct pm_buf packed = PM_BUF_INIT(4096);
    struct pm_known k = PM_KNOWN_INIT;

    (void)state;
    assert_int_equal(pm_known_unpack(PM_STR(""), &k, &err), PM_ECORRUPT);
    assert_int_equal(pm_known_unpack(PM_STR("\xff\xff\xff\xff\xff"), &k, &err), PM_ECORRUPT);
    assert_int_equal(pm_known_pack(&k, &packed, &err), PM_OK);
    for (size_t cut = 0; cut < packed.len; cut++) {
        struct pm_known back;

        assert_int_equal(pm_known_unpack(PM_STRN(packed.data, cut), &back, &err), PM_ECORRUPT);
        assert_null(back.furniture.hashes);
    }
    pm_buf_release(&packed);
}

static void
test_full(void **state)
{
    struct pm_err err = PM_ERR_INIT;
    struct pm_buf packed = PM_BUF_INIT(4);
    struct pm_known k = PM_KNOWN_INIT;

    (void)state;
    assert_int_equal(pm_known_pack(&k, &packed, &err), PM_ELIMIT);
    pm_buf_release(&packed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
