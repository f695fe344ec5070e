/* Examples of derived records, and what a dictionary that ends in some makes of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "dict.h"
#include "noise.h"
#include "prepare.h"

enum { PAGES = 40, PAGE_WORDS = 12000, SENTENCE = 12 };

struct bed {
    struct pm_preparer *preparer;
    struct pm_arena *arena;
    struct pm_buf pages[PAGES], out, examples;
    struct pm_err err;
};

static void
make_page(struct pm_buf *dst, unsigned number)
{
    uint64_t state = number + 1;

    *dst = (struct pm_buf)PM_BUF_INIT(1 << 20);
    pm_buf_addf(dst, "<html><head><title>Harbour number %u closes</title></head><body><article>", number);
    for (unsigned w = 0; w < PAGE_WORDS; w++) {
        if (w % (8 * SENTENCE) == 0)
            pm_buf_cstr(dst, w ? "</p><p>" : "<p>");
        for (uint32_t k = 2 + next_random(&state) % 6; k > 0; k--)
            pm_buf_putc(dst, (char)('a' + next_random(&state) % 26));
        pm_buf_cstr(dst, w % SENTENCE == SENTENCE - 1 ? ". " : " ");
    }
    pm_buf_cstr(dst, "</p></article></body></html>");
}

static struct pm_capture
capture_of(const struct bed *b, unsigned number)
{
    return (struct pm_capture){.origin = PM_ORIGIN_FILE,
                               .media = PM_MEDIA_HTML,
                               .url = PM_STR("https://gazette.example/harbour"),
                               .when_us = (int64_t)1714521600 * 1000000 + number,
                               .when_source = PM_WHEN_FROM_RECORD,
                               .payload = pm_buf_span(&b->pages[number])};
}

static int
set_up(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));

    for (unsigned i = 0; i < PAGES; i++)
        make_page(&b->pages[i], i);
    b->out = b->examples = (struct pm_buf)PM_BUF_INIT(1 << 26);
    b->arena = pm_arena_new(1 << 26);
    *state = b;
    return pm_preparer_new(&b->preparer, 1 << 26, NULL, &b->err);
}

static int
tear_down(void **state)
{
    struct bed *b = *state;

    for (unsigned i = 0; i < PAGES; i++)
        pm_buf_release(&b->pages[i]);
    pm_buf_release(&b->out);
    pm_buf_release(&b->examples);
    pm_arena_free(b->arena);
    pm_preparer_free(b->preparer);
    free(b);
    return 0;
}

static bool
has(const struct pm_buf *b, const char *text)
{
    return pm_str_find(pm_buf_span(b), pm_str_of(text), 0) != SIZE_MAX;
}

static void
test_example(void **state)
{
    struct bed *b = *state;
    struct pm_capture cap = capture_of(b, 0);

    assert_int_equal(pm_prepare_example(b->preparer, &cap, b->arena, &b->examples, &b->err), PM_OK);
    assert_true(has(&b->examples, "WARC-Type: conversion\r\n"));
    assert_true(has(&b->examples, "WARC-Type: metadata\r\n"));
    assert_true(has(&b->examples, "\"title\":\"Harbour number 0 closes\""));
    assert_false(has(&b->examples, "WARC-Type: resource\r\n"));
    assert_true(b->examples.len < 4096); /* heads and metadata, no text */
}

/* A record that is passed on whole has nothing derived; a page without text has metadata alone. */
static void
test_example_less(void **state)
{
    struct bed *b = *state;
    struct pm_capture cap = {.origin = PM_ORIGIN_OPAQUE,
                             .record_head = PM_STR("WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 1\r\n\r\n"),
                             .record_block = PM_STR("x"),
                             .record_type = PM_STR("request")};

    assert_int_equal(pm_prepare_example(b->preparer, &cap, b->arena, &b->examples, &b->err), PM_OK);
    assert_int_equal(b->examples.len, 0);
    cap = capture_of(b, 0);
    cap.payload = PM_STR("<p></p>");
    assert_int_equal(pm_prepare_example(b->preparer, &cap, b->arena, &b->examples, &b->err), PM_OK);
    assert_false(has(&b->examples, "conversion"));
    assert_true(has(&b->examples, "WARC-Type: metadata\r\n"));
}

/* Bytes of the metadata record of a capture. */
static size_t
size_with(struct bed *b, struct pm_str tail)
{
    struct pm_buf raw = PM_BUF_INIT(1 << 20);
    struct pm_capture cap = capture_of(b, PAGES - 1);
    struct pm_str samples[PAGES];
    struct pm_prepared p;
    struct pm_dict *dict;

    for (unsigned i = 0; i < PAGES; i++)
        samples[i] = pm_buf_span(&b->pages[i]);
    assert_int_equal(pm_dict_make(samples, PAGES, 1 << 18, 1 << 12, tail, 3, &raw, &b->err), PM_OK);
    assert_true(raw.len <= 1 << 18);
    assert_int_equal(pm_dict_new(&dict, pm_buf_span(&raw), 3, &b->err), PM_OK);
    pm_buf_reset(&b->out);
    assert_int_equal(pm_prepare(b->preparer, &cap, dict, 3, b->arena, &b->out, &p, &b->err), PM_OK);
    pm_dict_free(dict);
    pm_buf_release(&raw);
    return p.meta.length;
}

static void
test_tail(void **state)
{
    struct bed *b = *state;
    struct pm_capture cap = capture_of(b, 0);
    size_t without = size_with(b, PM_STR_NULL);

    assert_int_equal(pm_prepare_example(b->preparer, &cap, b->arena, &b->examples, &b->err), PM_OK);
    assert_in_range(size_with(b, pm_buf_span(&b->examples)), 1, without * 2 / 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_example, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_example_less, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tail, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
