/* Fingerprints: what counts as the same words, and their stored form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "noise.h"
#include "shingle.h"

static struct pm_shingler *shingler;

static struct pm_fingerprint
fingerprint(const char *text)
{
    struct pm_fingerprint f;
    struct pm_err err;

    assert_int_equal(pm_fingerprint(shingler, pm_str_of(text), &f, &err), PM_OK);
    return f;
}

/* Every shingle, in order. */
static struct pm_shingles
shingles(const char *text)
{
    struct pm_shingles f;
    struct pm_err err;

    assert_int_equal(pm_shingles(shingler, pm_str_of(text), &f, &err), PM_OK);
    return f;
}

static void
test_same(void **state)
{
    static const char *const pairs[][2] = {
        {"Don't say \"twelve\" - or 1,234.5 words.", "DONT say \xE2\x80\x9Ctwelve\xE2\x80\x9D \xE2\x80\x94 or 1234.5 words"},
        {"Caf\xC3\x89 \xC3\x80 la carte", "caf\xC3\xA9 \xC3\xA0 la carte"},
        {"co\xC2\xADoperate now", "cooperate now"}, /* soft hyphen */
        {"\xD0\x9C\xD0\x9E\xD0\xA1\xD0\x9A\xD0\x92\xD0\x90 it is", "\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0, it is"},
    };
    static const char *const apart[][2] = {
        {"rose 1.5 percent today", "rose 15 percent today"},
        {"one two three", "one two four"},
        {"", "word"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        assert_true(fingerprint(pairs[i][0]).exact == fingerprint(pairs[i][1]).exact);
    for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
        assert_false(fingerprint(apart[i][0]).exact == fingerprint(apart[i][1]).exact);
}

static void
test_counts(void **state)
{
    struct pm_shingles f;

    (void)state;
    f = shingles("one two three four five six");
    assert_int_equal(f.words, 6);
    assert_int_equal(f.n_h5, 2);
    assert_true(f.n_hc < 22 - 11);
    for (uint32_t i = 0; i < f.n_hc; i++)
        assert_true(f.at_hc[i] < 22 - 11 && (i == 0 || f.at_hc[i] > f.at_hc[i - 1]));
    f = shingles("one two three four");
    assert_int_equal(f.n_h5, 0);
    f = shingles("a b c d e a b c d e a b c d e");
    assert_int_equal(f.n_h5, 11);
    assert_true(f.h5[0] == f.h5[5] && f.h5[0] != f.h5[1]);
    /* Six characters of a script without spaces: five pairs, one shingle. */
    f = shingles("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x96\x87\xE7\xAB\xA0\xE4\xB8\x8A");
    assert_int_equal(f.words, 5);
    assert_int_equal(f.n_h5, 1);
}

/* Capitals, buffers' ends, places where room is made: the same words give the same hashes wherever they stand. */
static void
test_places(void **state)
{
    static const char tail[] = "Nine Internationalisation-ready words of VARIOUS length, e\xCC\x81tude 1,234.5 don't x";
    struct pm_buf text = PM_BUF_INIT(1 << 20);
    uint64_t h5[64], hc[256];
    uint32_t at_hc[256];
    struct pm_shingles f = shingles(tail);
    uint32_t n_h5 = f.n_h5, n_hc = f.n_hc, words = f.words;

    (void)state;
    assert_true(n_h5 > 4 && n_h5 <= 64 && n_hc > 4 && n_hc <= 256);
    memcpy(h5, f.h5, n_h5 * sizeof(*h5));
    memcpy(hc, f.hc, n_hc * sizeof(*hc));
    memcpy(at_hc, f.at_hc, n_hc * sizeof(*at_hc));
    for (unsigned shift = 0; shift < 2200; shift++) {
        pm_buf_reset(&text);
        for (unsigned i = 0; i < shift; i++)
            pm_buf_putc(&text, i % 7 ? 'A' : ' ');
        pm_buf_putc(&text, '\n');
        pm_buf_cstr(&text, tail);
        f = shingles(pm_buf_z(&text));
        assert_int_equal(f.n_lines, 2);
        assert_int_equal(f.lines[1].word - f.lines[0].word, words);
        assert_int_equal(f.n_numbers, 1);
        assert_memory_equal(f.h5 + f.n_h5 - n_h5, h5, n_h5 * sizeof(*h5));
        assert_memory_equal(f.hc + f.n_hc - n_hc, hc, n_hc * sizeof(*hc));
        assert_int_equal(f.lines[1].hc, f.n_hc);
        for (uint32_t i = 0; i < n_hc; i++)
            assert_int_equal(f.at_hc[f.n_hc - n_hc + i], f.lines[0].character + at_hc[i]);
    }
    pm_buf_release(&text);
}

/* Texts of odd pieces, read many bytes at a time, and character by character where soft hyphens come in between. */
static void
test_slowly(void **state)
{
    static const char *const pieces[] = {
        "a", "Of", "thing", "Seventeen", "sixteenletterswd", "incomprehensibilities", "7", "1,234.5", "x2", "9th", " ", " ", " ", "  ",
        ".", ",", "'", "\n", "-", "\xE2\x80\x99", "\xE2\x80\x9D", "\xC3\xA9", "\xE6\x97\xA5", "\x01", "\x7F",
    };
    struct pm_buf text = PM_BUF_INIT(1 << 16), slow = PM_BUF_INIT(1 << 18);
    uint64_t seed = 11, h5[4096], hc[4096];
    struct pm_line_end last;

    (void)state;
    for (unsigned round = 0; round < 3000; round++) {
        struct pm_shingles f;
        uint32_t n_h5, n_hc, n_numbers;
        uint64_t exact;

        pm_buf_reset(&text);
        pm_buf_reset(&slow);
        for (unsigned i = next_random(&seed) % 400; i > 0; i--)
            pm_buf_cstr(&text, pieces[next_random(&seed) % (sizeof(pieces) / sizeof(pieces[0]))]);
        for (size_t i = 0; i < text.len; i++) {
            if ((text.data[i] | 0x20) >= 'a' && (text.data[i] | 0x20) <= 'z')
                pm_buf_cstr(&slow, "\xC2\xAD");
            pm_buf_putc(&slow, text.data[i]);
        }
        exact = fingerprint(pm_buf_z(&text)).exact;
        assert_true(fingerprint(pm_buf_z(&slow)).exact == exact);
        f = shingles(pm_buf_z(&text));
        n_h5 = f.n_h5;
        n_hc = f.n_hc;
        n_numbers = f.n_numbers;
        last = f.lines[f.n_lines - 1];
        assert_true(n_h5 <= 4096 && n_hc <= 4096);
        memcpy(h5, f.h5, n_h5 * sizeof(*h5));
        memcpy(hc, f.hc, n_hc * sizeof(*hc));
        f = shingles(pm_buf_z(&slow));
        assert_int_equal(f.n_h5, n_h5);
        assert_int_equal(f.n_hc, n_hc);
        assert_int_equal(f.n_numbers, n_numbers);
        assert_memory_equal(f.h5, h5, n_h5 * sizeof(*h5));
        assert_memory_equal(f.hc, hc, n_hc * sizeof(*hc));
        assert_memory_equal(&f.lines[f.n_lines - 1], &last, sizeof(last));
    }
    pm_buf_release(&text);
    pm_buf_release(&slow);
}

/* Words that differ in one character of any script differ, and numbers count from two digits on. */
static void
test_words(void **state)
{
    static const char *const apart[][2] = {
        {"\xEA\xB0\x80\xEA\xB0\x80", "\xEA\x90\x80\xEA\xB0\x80"},
        {"\xD1\x80\xD1\x81", "\xD1\xA0\xD1\x81"},
        {"abcdefgh", "abcdefgi"},
        {"abcdefghijklmnop", "abcdefghijklmnoq"},
        {"abcdefghijklmnopq", "abcdefghijklmnopr"},
        {"ab cd", "abc d"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
        assert_false(fingerprint(apart[i][0]).exact == fingerprint(apart[i][1]).exact);
    assert_int_equal(fingerprint("7 of 12, 1,234 and 12 of 1234; $15bn in 1.5 hours, a15").n_numbers, 4);
}

/* A text of so many different words, some of them numbers, and its word shingles in order. */
static uint64_t *
make_text(unsigned words, struct pm_buf *text, struct pm_arena *arena, size_t *n)
{
    struct pm_shingles all;
    uint64_t *sorted;

    for (unsigned i = 0; i < words; i++)
        pm_buf_addf(text, i % 40 ? "w%u " : "%u ", i * 2654435761u);
    all = shingles(pm_buf_z(text));
    assert_int_equal(all.n_h5, words - 4);
    sorted = pm_arena_array(arena, 2 * (size_t)all.n_h5, sizeof(*sorted));
    memcpy(sorted, all.h5, all.n_h5 * sizeof(*sorted));
    *n = pm_hashes_sort(sorted, all.n_h5, sorted + all.n_h5);
    return sorted;
}

/* Every sampled hash is one of the full ones. */
static void
test_sample_and_pack(void **state)
{
    struct pm_buf text = PM_BUF_INIT(1 << 20), packed = PM_BUF_INIT(1 << 20);
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_fingerprint f, back;
    struct pm_err err;
    uint64_t *full;
    size_t n_full, at = 0;

    (void)state;
    full = make_text(1600, &text, arena, &n_full);
    assert_int_equal(n_full, 1596);
    f = fingerprint(pm_buf_z(&text));
    assert_in_range(f.n_h5, 1596 / PM_H5_FRACTION * 8 / 10, 1596 / PM_H5_FRACTION * 12 / 10);
    for (size_t i = 0; i < f.n_h5; i++) {
        while (at < n_full && full[at] < f.h5[i])
            at++;
        assert_true(at < n_full && full[at] == f.h5[i]);
    }
    pm_fingerprint_pack(&f, &packed);
    assert_int_equal(pm_fingerprint_unpack(pm_buf_span(&packed), arena, &back, &err), PM_OK);
    assert_int_equal(back.n_h5, f.n_h5);
    assert_int_equal(back.n_hc, f.n_hc);
    assert_memory_equal(back.h5, f.h5, f.n_h5 * sizeof(*f.h5));
    assert_memory_equal(back.hc, f.hc, f.n_hc * sizeof(*f.hc));
    assert_int_equal(back.words, f.words);
    assert_int_equal(back.n_numbers, f.n_numbers);
    assert_memory_equal(back.numbers, f.numbers, f.n_numbers * sizeof(*f.numbers));
    for (size_t cut = 0; cut < packed.len; cut++) {
        pm_arena_reset(arena);
        assert_int_equal(pm_fingerprint_unpack(PM_STRN(packed.data, cut), arena, &back, &err), PM_ECORRUPT);
    }
    pm_arena_free(arena);
    pm_buf_release(&text);
    pm_buf_release(&packed);
}

/* Of a long text the least hashes are kept, and are packed in a smaller range. */
static void
test_long(void **state)
{
    struct pm_buf text = PM_BUF_INIT(1 << 20), packed = PM_BUF_INIT(1 << 20);
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_fingerprint f, back;
    struct pm_err err;
    uint64_t *full;
    size_t n_full;

    (void)state;
    full = make_text(40000, &text, arena, &n_full);
    assert_in_range(n_full, PM_H5_KEPT, 40000 - 4);
    f = fingerprint(pm_buf_z(&text));
    assert_int_equal(f.n_h5, PM_H5_KEPT);
    assert_int_equal(f.n_hc, PM_HC_KEPT);
    assert_int_equal(f.n_numbers, PM_NUMBERS_KEPT);
    assert_memory_equal(f.h5, full, PM_H5_KEPT * sizeof(*full));
    pm_fingerprint_pack(&f, &packed);
    assert_true(packed.len < 1500);
    assert_int_equal(pm_fingerprint_unpack(pm_buf_span(&packed), arena, &back, &err), PM_OK);
    assert_int_equal(back.n_h5, PM_H5_KEPT);
    assert_memory_equal(back.h5, f.h5, PM_H5_KEPT * sizeof(*full));
    assert_memory_equal(back.hc, f.hc, PM_HC_KEPT * sizeof(*full));
    pm_arena_free(arena);
    pm_buf_release(&text);
    pm_buf_release(&packed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same), cmocka_unit_test(test_counts), cmocka_unit_test(test_places),
        cmocka_unit_test(test_words), cmocka_unit_test(test_slowly), cmocka_unit_test(test_sample_and_pack), cmocka_unit_test(test_long),
    };
    struct pm_err err;
    int failed;

    if (pm_shingler_new(&shingler, &err) != PM_OK)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    pm_shingler_free(shingler);
    return failed;
}
