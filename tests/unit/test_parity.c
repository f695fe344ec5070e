/* What mends a dictionary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "bundle_parity.h"

enum { FRAME = 500 * 1024 + 77 };

struct file {
    struct pm_buf bytes; /* frame, parity, and what follows */
    char *frame;         /* as it should be */
};

static int
set_up(void **state)
{
    struct file *f = calloc(1, sizeof(*f));
    struct pm_buf parity = PM_BUF_INIT(1 << 20);
    uint32_t x = 7;

    f->frame = malloc(FRAME);
    assert_non_null(f->frame);
    for (size_t i = 0; i < FRAME; i++) {
        x = x * 1664525 + 1013904223;
        f->frame[i] = (char)(x >> 24);
    }
    f->bytes = (struct pm_buf)PM_BUF_INIT(1 << 20);
    assert_int_equal(pm_parity_write(PM_STRN(f->frame, FRAME), &parity, NULL), PM_OK);
    assert_true(parity.len < FRAME / 60);
    pm_buf_add(&f->bytes, f->frame, FRAME);
    pm_buf_str(&f->bytes, pm_buf_span(&parity));
    pm_buf_cstr(&f->bytes, "and the first record");
    pm_buf_release(&parity);
    *state = f;
    return 0;
}

static int
tear_down(void **state)
{
    struct file *f = *state;

    pm_buf_release(&f->bytes);
    free(f->frame);
    free(f);
    return 0;
}

static int
mend(struct file *f)
{
    size_t length = 0;
    int rc = pm_parity_mend(f->bytes.data, f->bytes.len, &length, NULL);

    if (rc == PM_OK) {
        assert_int_equal(length, FRAME);
        assert_memory_equal(f->bytes.data, f->frame, FRAME);
    }
    return rc;
}

static void
test_flips(void **state)
{
    struct file *f = *state;

    assert_int_equal(mend(f), PM_OK);
    for (size_t at = 0; at < FRAME; at += 4999) {
        f->bytes.data[at] ^= 0x10;
        assert_int_equal(mend(f), PM_OK);
    }
    f->bytes.data[FRAME - 1] ^= 1; /* of the last block, which is short */
    f->bytes.data[1024 + 3] ^= 1;
    assert_int_equal(mend(f), PM_OK);
    f->bytes.data[3] ^= 1; /* of the header */
    assert_int_equal(mend(f), PM_OK);
}

static void
test_runs(void **state)
{
    struct file *f = *state;

    for (size_t at = 0; at + 4096 < FRAME; at += 30011) { /* a sector, wherever it lies */
        memset(f->bytes.data + at, 0, 4096);
        assert_int_equal(mend(f), PM_OK);
    }
    memset(f->bytes.data + 1000, 0, 20000);
    assert_int_equal(mend(f), PM_ECORRUPT);
}

static void
test_parity_damaged(void **state)
{
    struct file *f = *state;
    size_t length;

    assert_true(pm_parity_is(PM_STRN(f->bytes.data + FRAME, f->bytes.len - FRAME), &length));
    assert_int_equal(FRAME + length + 20, f->bytes.len);
    assert_false(pm_parity_is(PM_STRN(f->bytes.data + FRAME, 15), &length));
    for (size_t at = FRAME; at < FRAME + length; at += 37) { /* then it is none, and nothing is mended by it */
        f->bytes.data[at] ^= 4;
        assert_int_equal(pm_parity_mend(f->bytes.data, f->bytes.len, &length, NULL), PM_DONE);
        f->bytes.data[at] ^= 4;
    }
    length = 0;
    assert_int_equal(pm_parity_mend(f->bytes.data, FRAME + 100, &length, NULL), PM_DONE); /* cut off */
    assert_int_equal(pm_parity_mend(f->bytes.data + 1, f->bytes.len - 1, &length, NULL), PM_DONE);
    assert_int_equal(mend(f), PM_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_flips, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_parity_damaged, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
