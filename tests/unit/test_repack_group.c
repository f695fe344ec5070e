/* The records of a bundle, packed together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "repack_group.h"

enum { PAGE = 40000, HEAD = 30000 }; /* bytes of a page, and of what pages have in common */

static uint32_t
noise(uint32_t *x)
{
    *x = *x * 1664525 + 1013904223;
    return *x >> 25;
}

static void
add_page(struct pm_group *g, uint32_t seed, bool model)
{
    const struct pm_stored rec = {.type = PM_STR("response"), .size = PAGE, .capture = seed};
    struct pm_part *part = pm_group_add(g, &rec);
    uint32_t x = 1;

    assert_non_null(part);
    part->model = model;
    part->size = PAGE;
    for (size_t i = 0; i < PAGE; i++) {
        if (i == HEAD)
            x = 1000 + seed;
        pm_buf_putc(&g->raw, (char)noise(&x));
    }
    assert_int_equal(pm_buf_check(&g->raw, NULL), PM_OK);
}

/* Every frame unpacks to its record. */
static void
assert_frames(struct pm_codec *codec, const struct pm_group *g)
{
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    size_t at = 0, frame = 0;

    for (size_t i = 0; i < g->n; i++) {
        size_t used = 0;

        pm_buf_reset(&out);
        if (g->parts[i].packed > 0) {
            assert_int_equal(pm_codec_unzstd(codec, g->ready, PM_STRN(g->frames.data + frame, g->parts[i].packed), &out,
                                             &used, NULL), PM_OK);
            assert_true(pm_str_eq(pm_buf_span(&out), PM_STRN(g->raw.data + at, g->parts[i].size)));
        }
        assert_int_equal(used, g->parts[i].packed);
        at += g->parts[i].size;
        frame += g->parts[i].packed;
    }
    assert_int_equal(frame, g->frames.len);
    pm_buf_release(&out);
}

static void
test_pack(void **state)
{
    const struct pm_stored big = {.type = PM_STR("response"), .size = 1ULL << 33};
    struct pm_group *g = pm_group_new(1 << 24, 3);
    struct pm_codec *codec;

    (void)state;
    assert_non_null(g);
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    for (uint32_t i = 1; i <= 10; i++)
        add_page(g, i, i != 4);
    pm_group_add(g, &big)->big = true;
    add_page(g, 99, true);
    pm_group_drop(g);
    g->raw.len -= PAGE;
    pm_group_pack(codec, g);
    assert_int_equal(g->status, PM_OK);
    assert_int_equal(g->n, 11);
    assert_non_null(g->ready);
    assert_true(g->dict_raw.len > 9 * PAGE && g->dict_raw.len < 10 * PAGE);
    assert_true(g->dict.len < HEAD + 9 * (PAGE - HEAD));     /* what they have in common is there once */
    assert_true(g->parts[0].packed < 200);                   /* it is in the dictionary, whole */
    assert_true(g->parts[3].packed < 2 * (PAGE - HEAD));     /* its like is */
    assert_int_equal(g->parts[10].packed, 0);
    assert_frames(codec, g);

    pm_group_reset(g); /* one page has nothing in common with another */
    add_page(g, 1, true);
    add_page(g, 2, false);
    pm_group_pack(codec, g);
    assert_int_equal(g->status, PM_OK);
    assert_null(g->ready);
    assert_int_equal(g->dict.len, 0);
    assert_frames(codec, g);
    pm_group_free(g);
    pm_group_free(NULL);
    pm_codec_free(codec);
}

/* Pages that do not pack share a dictionary that readers take all the same: as many of them as it holds. */
static void
test_dense(void **state)
{
    struct pm_group *g = pm_group_new(1 << 24, 1);
    struct pm_codec *codec;
    uint32_t x = 5;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    for (uint32_t i = 1; i <= 50; i++) {
        add_page(g, i, true);
        for (size_t k = g->raw.len - PAGE; k < g->raw.len; k++)
            g->raw.data[k] = (char)(noise(&x) ^ noise(&x) << 1);
    }
    pm_group_pack(codec, g);
    assert_int_equal(g->status, PM_OK);
    assert_non_null(g->ready);
    assert_true(g->dict.len <= PM_DICT_PACKED_MAX);
    assert_frames(codec, g);
    pm_group_free(g);
    pm_codec_free(codec);
}

static void
test_weight(void **state)
{
    (void)state;
    assert_true(pm_group_weight(0) > 0); /* its heads */
    assert_true(pm_group_weight(100000) > 100000);
    assert_int_equal(pm_group_weight(UINT64_MAX >> 1), PM_GROUP_MODELS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack),
        cmocka_unit_test(test_dense),
        cmocka_unit_test(test_weight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
