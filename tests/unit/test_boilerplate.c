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
        struct pm_boilerplate b, back;
        uint64_t *hashes = malloc(sizeof(all));

        memcpy(hashes, all, sizeof(all));
        assert_int_equal(pm_boilerplate_make(&b, hashes, n, &err), PM_OK);
        assert_int_equal(pm_boilerplate_pack(&b, &packed, &err), PM_OK);
        assert_int_equal(pm_boilerplate_unpack(pm_buf_span(&packed), &back, &err), PM_OK);
        assert_int_equal(back.n, n);
        for (size_t i = 0; i < 7; i++) {
            assert_int_equal(pm_is_boilerplate(&back, all[i]), i < n);
            assert_true(i >= n || back.hashes[i] == all[i]);
        }
        pm_boilerplate_release(&b);
        pm_boilerplate_release(&back);
        pm_boilerplate_release(&back);
        pm_buf_release(&packed);
    }
}

static void
test_damaged(void **state)
{
    struct pm_err err = PM_ERR_INIT;
    struct pm_boilerplate b;

    (void)state;
    assert_int_equal(pm_boilerplate_unpack(PM_STR(""), &b, &err), PM_ECORRUPT);
    assert_int_equal(pm_boilerplate_unpack(PM_STR("\xff\xff\xff\xff\xff"), &b, &err), PM_ECORRUPT);
    assert_null(b.hashes);
}

static void
test_full(void **state)
{
    struct pm_err err = PM_ERR_INIT;
    struct pm_buf packed = PM_BUF_INIT(4);
    struct pm_boilerplate b;
    uint64_t *hashes = calloc(1, sizeof(*hashes));

    (void)state;
    assert_int_equal(pm_boilerplate_make(&b, hashes, 1, &err), PM_OK);
    assert_int_equal(pm_boilerplate_pack(&b, &packed, &err), PM_ELIMIT);
    pm_boilerplate_release(&b);
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
