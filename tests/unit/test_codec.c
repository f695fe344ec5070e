/* Codings of HTTP bodies, gzip members, zstd frames: round trips, damage, ceilings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "codec.h"

enum { TEXT_LEN = 300000 };

struct bed {
    struct pm_codec *codec;
    struct pm_str text; /* compressible, and longer than one streaming step */
    struct pm_buf packed, out;
};

static int
setup(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));
    char *text = malloc(TEXT_LEN);
    uint32_t x = 1;

    assert_non_null(b);
    assert_non_null(text);
    for (size_t i = 0; i < TEXT_LEN; i++) {
        x = x * 1103515245u + 12345u;
        text[i] = (char)('a' + (x >> 16) % 7);
    }
    b->text = PM_STRN(text, TEXT_LEN);
    b->packed = (struct pm_buf)PM_BUF_INIT(1 << 20);
    b->out = (struct pm_buf)PM_BUF_INIT(1 << 20);
    assert_int_equal(pm_codec_new(&b->codec, NULL), PM_OK);
    *state = b;
    return 0;
}

static int
teardown(void **state)
{
    struct bed *b = *state;

    pm_codec_free(b->codec);
    pm_buf_release(&b->packed);
    pm_buf_release(&b->out);
    free((char *)b->text.ptr);
    free(b);
    return 0;
}

static void
test_names(void **state)
{
    (void)state;
    assert_int_equal(pm_coding_of(PM_STR(" X-GZip ")), PM_CODING_GZIP);
    assert_int_equal(pm_coding_of(PM_STR("br")), PM_CODING_BR);
    assert_int_equal(pm_coding_of(PM_STR("zstd")), PM_CODING_ZSTD);
    assert_int_equal(pm_coding_of(PM_STR("deflate")), PM_CODING_DEFLATE);
    assert_int_equal(pm_coding_of(PM_STR("")), PM_CODING_IDENTITY);
    assert_int_equal(pm_coding_of(PM_STR("compress")), PM_CODING_UNKNOWN);
}

static void
check_text(const struct bed *b, const struct pm_buf *out)
{
    assert_int_equal(out->len, b->text.len);
    assert_memory_equal(out->data, b->text.ptr, out->len);
}

static void
test_gzip(void **state)
{
    struct bed *b = *state;
    struct pm_err err = PM_ERR_INIT;
    size_t used = 0, member;
    int rc;

    assert_int_equal(pm_codec_gzip(b->codec, 6, b->text, &b->packed, NULL), PM_OK);
    member = b->packed.len;
    pm_buf_cstr(&b->packed, "behind");
    assert_int_equal(pm_codec_gzip_member(b->codec, pm_buf_span(&b->packed), &b->out, &used, &err),
                     PM_OK);
    assert_int_equal(used, member);
    check_text(b, &b->out);

    /* Cut off: what is there is given. */
    pm_buf_reset(&b->out);
    rc = pm_codec_gzip_member(b->codec, PM_STRN(b->packed.data, member / 2), &b->out, &used, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    assert_true(b->out.len > TEXT_LEN / 3 && b->out.len < TEXT_LEN);
    assert_memory_equal(b->out.data, b->text.ptr, b->out.len);
    rc = pm_codec_gzip_try(b->codec, PM_STRN(b->packed.data, member / 2), &b->out, &used, &err);
    assert_int_equal(rc, PM_SKIP);

    /* Two members are one body; a wrong checksum is damage, with all the bytes given. */
    pm_buf_reset(&b->out);
    b->packed.len = member;
    assert_int_equal(pm_codec_gzip(b->codec, 1, PM_STR("tail"), &b->packed, NULL), PM_OK);
    rc = pm_codec_decode(b->codec, PM_CODING_GZIP, pm_buf_span(&b->packed), &b->out, &err);
    assert_int_equal(rc, PM_OK);
    assert_int_equal(b->out.len, TEXT_LEN + 4);
    b->packed.data[b->packed.len - 8] ^= 1;
    pm_buf_reset(&b->out);
    rc = pm_codec_decode(b->codec, PM_CODING_GZIP, pm_buf_span(&b->packed), &b->out, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    assert_int_equal(b->out.len, TEXT_LEN + 4);
}

static void
test_ceiling(void **state)
{
    struct bed *b = *state;
    struct pm_buf small = PM_BUF_INIT(1000), exact = PM_BUF_INIT(TEXT_LEN);
    const enum pm_coding codings[] = {PM_CODING_GZIP, PM_CODING_ZSTD};

    for (size_t i = 0; i < 2; i++) {
        struct pm_str src;
        int rc;

        pm_buf_reset(&b->packed);
        if (codings[i] == PM_CODING_GZIP)
            rc = pm_codec_gzip(b->codec, 6, b->text, &b->packed, NULL);
        else
            rc = pm_codec_zstd(b->codec, 3, NULL, b->text, &b->packed, NULL);
        assert_int_equal(rc, PM_OK);
        src = pm_buf_span(&b->packed);
        pm_buf_reset(&small);
        assert_int_equal(pm_codec_decode(b->codec, codings[i], src, &small, NULL), PM_ELIMIT);
        assert_memory_equal(small.data, b->text.ptr, small.len);
        pm_buf_reset(&exact);
        assert_int_equal(pm_codec_decode(b->codec, codings[i], src, &exact, NULL), PM_OK);
        check_text(b, &exact);
    }
    pm_buf_reset(&small);
    assert_int_equal(pm_codec_gzip(b->codec, 6, b->text, &small, NULL), PM_ELIMIT);
    pm_buf_reset(&small);
    assert_int_equal(pm_codec_zstd(b->codec, 6, NULL, b->text, &small, NULL), PM_ELIMIT);
    pm_buf_release(&small);
    pm_buf_release(&exact);
}

/* Raw deflate and the zlib format both go by the name "deflate". */
static void
test_deflate(void **state)
{
    struct bed *b = *state;
    uLongf n = compressBound(TEXT_LEN);
    char *z = malloc(n);
    int rc;

    assert_non_null(z);
    assert_int_equal(compress((Bytef *)z, &n, (const Bytef *)b->text.ptr, TEXT_LEN), Z_OK);
    rc = pm_codec_decode(b->codec, PM_CODING_DEFLATE, PM_STRN(z, n), &b->out, NULL);
    assert_int_equal(rc, PM_OK);
    check_text(b, &b->out);
    pm_buf_reset(&b->out);
    rc = pm_codec_decode(b->codec, PM_CODING_DEFLATE, PM_STRN(z + 2, n - 6), &b->out, NULL);
    assert_int_equal(rc, PM_OK);
    check_text(b, &b->out);
    pm_buf_reset(&b->out);
    rc = pm_codec_decode(b->codec, PM_CODING_DEFLATE, PM_STRN(z, n / 2), &b->out, NULL);
    assert_int_equal(rc, PM_ECORRUPT);
    assert_true(b->out.len > 1000);
    free(z);
}

static void
test_brotli(void **state)
{
    /* "hello hello hello hello\n" as the brotli library writes it, and a cut. */
    static const char hello[] =
        "\x1b\x17\x00\xf8\x8d\x94\x6e\xde\x44\x55\x86\xd6\x0a\x20\x6c\x6f\x4a\x11"
        "\x79\xe2\x80\xae\x16";
    struct bed *b = *state;
    int rc;

    rc = pm_codec_decode(b->codec, PM_CODING_BR, PM_STRN(hello, sizeof(hello) - 1), &b->out, NULL);
    assert_int_equal(rc, PM_OK);
    assert_true(pm_str_eq(pm_buf_span(&b->out), PM_STR("hello hello hello hello\n")));
    pm_buf_reset(&b->out);
    rc = pm_codec_decode(b->codec, PM_CODING_BR, PM_STRN(hello, 12), &b->out, NULL);
    assert_int_equal(rc, PM_ECORRUPT);
    rc = pm_codec_decode(b->codec, PM_CODING_BR, PM_STR("<html>plain"), &b->out, NULL);
    assert_int_equal(rc, PM_ECORRUPT);
    assert_int_equal(pm_codec_decode(b->codec, PM_CODING_UNKNOWN, PM_STR("x"), &b->out, NULL),
                     PM_EUNSUPPORTED);
}

static void
test_zstd(void **state)
{
    struct bed *b = *state;
    struct pm_buf again = PM_BUF_INIT(1 << 20);
    struct pm_err err = PM_ERR_INIT;
    size_t used, frame;
    int rc;

    assert_int_equal(pm_codec_zstd(b->codec, 3, NULL, b->text, &b->packed, NULL), PM_OK);
    frame = b->packed.len;
    assert_int_equal(ZSTD_getFrameContentSize(b->packed.data, frame), TEXT_LEN);
    pm_buf_cstr(&b->packed, "behind");
    rc = pm_codec_unzstd(b->codec, NULL, pm_buf_span(&b->packed), &b->out, &used, &err);
    assert_int_equal(rc, PM_OK);
    assert_int_equal(used, frame);
    check_text(b, &b->out);
    assert_int_equal(pm_codec_zstd(b->codec, 3, NULL, b->text, &again, NULL), PM_OK);
    assert_true(pm_str_eq(pm_buf_span(&again), PM_STRN(b->packed.data, frame)));

    pm_buf_reset(&b->out);
    rc = pm_codec_unzstd(b->codec, NULL, PM_STRN(b->packed.data, frame - 1), &b->out, &used, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    b->packed.data[frame - 2] ^= 4; /* in the checksum */
    pm_buf_reset(&b->out);
    rc = pm_codec_unzstd(b->codec, NULL, PM_STRN(b->packed.data, frame), &b->out, &used, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    assert_string_equal(err.text, "zstd checksum is wrong");
    assert_int_equal(pm_codec_unzstd(b->codec, NULL, PM_STR("no frame"), &b->out, &used, &err),
                     PM_ECORRUPT);
    /* A skippable frame has no content. */
    pm_buf_reset(&b->out);
    rc = pm_codec_unzstd(b->codec, NULL, PM_STR("\x50\x2a\x4d\x18\x03\0\0\0abc"), &b->out, &used,
                         &err);
    assert_int_equal(rc, PM_OK);
    assert_int_equal(used, 11);
    assert_int_equal(b->out.len, 0);
    pm_buf_release(&again);
}

static void
test_dict(void **state)
{
    struct bed *b = *state;
    struct pm_str raw = PM_STRN(b->text.ptr + 1000, 50000);
    struct pm_dict *dict = NULL, *reader = NULL, *bad = NULL;
    struct pm_err err = PM_ERR_INIT;
    size_t used;
    int rc;

    assert_int_equal(pm_dict_new(&dict, raw, 9, NULL), PM_OK);
    assert_int_equal(pm_dict_new(&reader, raw, 0, NULL), PM_OK);
    rc = pm_codec_zstd(b->codec, 9, dict, PM_STRN(raw.ptr, 20000), &b->packed, NULL);
    assert_int_equal(rc, PM_OK);
    assert_true(b->packed.len < 100);
    rc = pm_codec_unzstd(b->codec, reader, pm_buf_span(&b->packed), &b->out, &used, &err);
    assert_int_equal(rc, PM_OK);
    assert_memory_equal(b->out.data, raw.ptr, 20000);
    pm_buf_reset(&b->out);
    rc = pm_codec_unzstd(b->codec, NULL, pm_buf_span(&b->packed), &b->out, &used, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    /* The handle forgets the dictionary with the next frame. */
    pm_buf_reset(&b->packed);
    pm_buf_reset(&b->out);
    assert_int_equal(pm_codec_zstd(b->codec, 9, NULL, raw, &b->packed, NULL), PM_OK);
    assert_int_equal(pm_codec_unzstd(b->codec, NULL, pm_buf_span(&b->packed), &b->out, &used, &err),
                     PM_OK);

    rc = pm_dict_new(&bad, PM_STR("\x37\xA4\x30\xEC\1\0\0\0not a header of tables"), 3, &err);
    assert_int_equal(rc, PM_ECORRUPT);
    pm_dict_free(dict);
    pm_dict_free(reader);
    pm_dict_free(NULL);
}

/* In pieces of 7 bytes, for both formats; then a frame whose window is over the limit. */
static void
test_stream(void **state)
{
    static const char wide[] =
        "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00"; /* window of 2 GiB, an empty block */
    struct bed *b = *state;
    struct pm_str src;
    int rc;

    for (int i = 0; i < 2; i++) {
        size_t at = 0;

        pm_buf_reset(&b->packed);
        pm_buf_reset(&b->out);
        rc = i == 0 ? pm_codec_gzip(b->codec, 6, b->text, &b->packed, NULL)
                    : pm_codec_zstd(b->codec, 6, NULL, b->text, &b->packed, NULL);
        assert_int_equal(rc, PM_OK);
        rc = pm_codec_stream_begin(b->codec, i == 0 ? PM_CODING_GZIP : PM_CODING_ZSTD, NULL, 0,
                                   NULL);
        assert_int_equal(rc, PM_OK);
        do {
            size_t n = b->packed.len - at < 7 ? b->packed.len - at : 7;

            src = PM_STRN(b->packed.data + at, n);
            rc = pm_codec_stream(b->codec, &src, &b->out, NULL);
            at += n - src.len;
        } while (rc == PM_OK);
        assert_int_equal(rc, PM_DONE);
        assert_int_equal(at, b->packed.len);
        check_text(b, &b->out);
    }
    assert_int_equal(pm_codec_stream_begin(b->codec, PM_CODING_ZSTD, NULL, 23, NULL), PM_OK);
    src = PM_STRN(wide, sizeof(wide) - 1);
    assert_int_equal(pm_codec_stream(b->codec, &src, &b->out, NULL), PM_ELIMIT);
    assert_int_equal(pm_codec_stream_begin(b->codec, PM_CODING_BR, NULL, 0, NULL), PM_EUNSUPPORTED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test_setup_teardown(test_gzip, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ceiling, setup, teardown),
        cmocka_unit_test_setup_teardown(test_deflate, setup, teardown),
        cmocka_unit_test_setup_teardown(test_brotli, setup, teardown),
        cmocka_unit_test_setup_teardown(test_zstd, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dict, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stream, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
