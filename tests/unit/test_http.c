/* HTTP heads and bodies as records have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pieces.h"

static void
assert_str(struct pm_str have, const char *want)
{
    if (!pm_str_eq(have, pm_str_of(want)))
        fail_msg("'" PM_STR_FMT "' instead of '%s'", PM_STR_ARG(have), want);
}

static void
test_parse(void **state)
{
    static const struct {
        const char *block;
        int status;
        const char *body;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n", 200, "body\r\n"},
        {"HTTP/1.1 404\nA: b\n\nx", 404, "x"},
        {"HTTP/2 301 \r\r\nA: b\r\r\n\r\r\nx", 301, "x"},
        {"http/1.0 200 ok\r\n\r\n", 200, ""},
        {"HTTP/1.1 OK\r\n\r\nx", 0, "x"},
        {"HTTP/1.1 2000 x\r\n\r\nx", 0, "x"},
        {"HTTP/1.1 099 x\r\n\r\n", 0, ""},
        {"HTTP/1.1 200 OK\r\nA: b\r\n", 200, ""},
        {"HTTP/1.1 200 OK", 200, ""},
        {"HTTP/1.1 200 OK\r\nA: b\r\n \r\n\r\nx", 200,
         "x"}, /* a folded line that is blank is no end */
    };
    struct pm_http http;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(pm_http_parse(pm_str_of(cases[i].block), &http, NULL), PM_OK);
        assert_int_equal(http.status, cases[i].status);
        assert_str(http.body, cases[i].body);
        assert_int_equal(http.head.len + http.body.len, strlen(cases[i].block));
    }
    assert_int_equal(pm_http_parse(PM_STR("<html>"), &http, NULL), PM_SKIP);
    assert_int_equal(pm_http_parse(PM_STR(""), &http, NULL), PM_SKIP);
}

static void
test_fields(void **state)
{
    struct pm_str head =
        PM_STR("HTTP/1.1 200 OK\r\nno colon\r\nContent-Type : text/html;\r\n  charset=\"utf-8\"\r\n"
               "content-type: x\r\nEmpty:\r\n\r\n");
    struct pm_str type = pm_http_field(head, PM_STR("CONTENT-TYPE"));

    (void)state;
    assert_str(pm_http_param(type, PM_STR("Charset")), "utf-8");
    assert_null(pm_http_field(head, PM_STR("HTTP/1.1 200 OK")).ptr);
    assert_non_null(pm_http_field(head, PM_STR("empty")).ptr);
    assert_int_equal(pm_http_field(head, PM_STR("empty")).len, 0);
    assert_null(pm_http_field(PM_STR(""), PM_STR("a")).ptr);
    assert_str(pm_http_field_of(PM_STR("a: 1\nb: 2"), PM_STR("b")), "2");
    assert_str(pm_http_param(PM_STR("text/html; x=\"a;charset=no\"; charset='koi8-r' "),
                             PM_STR("charset")),
               "koi8-r");
    assert_str(pm_http_param(PM_STR("text/html;charset = gbk;"), PM_STR("charset")), "gbk");
    assert_null(pm_http_param(PM_STR("charset=utf-8"), PM_STR("charset")).ptr);
    assert_null(pm_http_param(PM_STR("text/html; charsets=1; x"), PM_STR("charset")).ptr);
    assert_null(pm_http_param(PM_STR_NULL, PM_STR("charset")).ptr);
}

struct decode_case {
    const char *fields, *body, *want, *odd;
};

static void
check_decode(struct pm_codec *codec, const struct decode_case *c)
{
    struct pm_buf block = PM_BUF_INIT(1 << 16), out = PM_BUF_INIT(1 << 16);
    const char *odd = "unset";
    struct pm_http http;

    pm_buf_addf(&block, "HTTP/1.1 200 OK\r\n%s\r\n%s", c->fields, c->body);
    assert_int_equal(pm_http_parse(pm_buf_span(&block), &http, NULL), PM_OK);
    assert_int_equal(pm_http_decode(codec, &http, &out, &odd, NULL), PM_OK);
    assert_str(pm_buf_span(&out), c->want);
    if (c->odd == NULL)
        assert_null(odd);
    else
        assert_string_equal(odd, c->odd);
    pm_buf_release(&block);
    pm_buf_release(&out);
}

static void
test_chunks(void **state)
{
    static const struct decode_case cases[] = {
        {"", "plain", "plain", NULL},
        {"Transfer-Encoding: identity\r\n", "plain", "plain", NULL},
        {"Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n6;x=\"1\"\r\n world\r\n0\r\nT: 1\r\n\r\n",
         "hello world", NULL},
        {"TRANSFER-ENCODING: Chunked\r\n", "5 \nhello\n0\n\n", "hello", NULL},
        {"Transfer-Encoding: chunked\r\n", "", "", NULL},
        {"Transfer-Encoding: chunked\r\n", "<html>", "<html>",
         "body is not chunked as its header says"},
        {"Transfer-Encoding: chunked\r\n", "5\r\nhello\r\nzz\r\nrest", "hellozz\r\nrest",
         "damaged chunk in the body"},
        {"Transfer-Encoding: chunked\r\n", "5\r\nhello\r\nff\r\nrest", "hellorest",
         "chunked body is cut off"},
        {"Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", "hello", "chunked body is cut off"},
        {"Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nx", "fffffffffffffffff\r\nx",
         "body is not chunked as its header says"},
        {"Content-Encoding: gzip\r\n", "<html>plain", "<html>plain",
         "body is not compressed as its header says"},
        {"Content-Encoding: gzip\r\n", "", "", NULL},
        {"Content-Encoding: sdch\r\n", "x", "x", "body has a coding that is not known"},
        {"Content-Encoding: gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip,gzip\r\n", "x", "x",
         "body has too many codings"},
    };
    struct pm_codec *codec;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_decode(codec, &cases[i]);
    pm_codec_free(codec);
}

/* gzip, gzip again, in chunks; then cut, and over a ceiling. */
static void
test_layers(void **state)
{
    struct pm_buf once = PM_BUF_INIT(1 << 16), twice = PM_BUF_INIT(1 << 16),
                  block = PM_BUF_INIT(1 << 16);
    struct pm_buf out = PM_BUF_INIT(1 << 16), tiny = PM_BUF_INIT(10);
    struct pm_codec *codec;
    struct pm_http http;
    const char *odd;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    assert_int_equal(pm_codec_gzip(codec, 6, PM_STR("<p>a page of some bytes</p>"), &once, NULL),
                     PM_OK);
    assert_int_equal(pm_codec_gzip(codec, 6, pm_buf_span(&once), &twice, NULL), PM_OK);
    pm_buf_addf(&block,
                "HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\ncontent-encoding: gzip\r\n"
                "Transfer-Encoding: chunked\r\n\r\n%zx\r\n",
                twice.len);
    pm_buf_str(&block, pm_buf_span(&twice));
    pm_buf_cstr(&block, "\r\n0\r\n\r\n");
    assert_int_equal(pm_http_parse(pm_buf_span(&block), &http, NULL), PM_OK);
    assert_int_equal(pm_http_decode(codec, &http, &out, &odd, NULL), PM_OK);
    assert_null(odd);
    assert_str(pm_buf_span(&out), "<p>a page of some bytes</p>");
    assert_int_equal(pm_http_decode(codec, &http, &tiny, NULL, NULL), PM_ELIMIT);

    pm_buf_reset(&block);
    pm_buf_reset(&out);
    pm_buf_cstr(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    pm_buf_add(&block, once.data, once.len - 9);
    assert_int_equal(pm_http_parse(pm_buf_span(&block), &http, NULL), PM_OK);
    assert_int_equal(pm_http_decode(codec, &http, &out, &odd, NULL), PM_OK);
    assert_string_equal(odd, "compressed body is damaged or cut off");
    assert_true(pm_str_starts(pm_buf_span(&out), PM_STR("<p>a page of")));
    pm_buf_release(&once);
    pm_buf_release(&twice);
    pm_buf_release(&block);
    pm_buf_release(&out);
    pm_buf_release(&tiny);
    pm_codec_free(codec);
}

/* ---- bodies in pieces ---- */

enum { PIECES_MAX = 1 << 20 };

/* A body that does not keep to its coding, too, comes out as it does whole: nothing of it is lost. */
static void
test_pieces(void **state)
{
    static const char chunked[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    static const struct {
        const char *start;
        int fill; /* so many letters behind it */
    } bodies[] = {
        {"4;a=b\r\nfour\r\n3\nbye\n0\r\nTrailer: x\r\n\r\nmore", 0},
        {"4\r\nfour\r\n", 0},
        {"9\r\nfour", 0},
        {"4\r\nfour\r\n3", 0},            /* a size line that is cut off */
        {"4\r\nfour\r\r\n3\r\nbye\r\n", 0}, /* one line end too many */
        {"no chunk", 0},
        {"no chunk\nat all\n", 0},
        {"", 100000},                      /* no line end for long */
        {"4\r\nfour\r\n", 100000},
        {"4;", 5000},                      /* an extension beyond measure */
    };
    const size_t steps[] = {1, 3, 4096, 4097, PIECES_MAX};
    struct pm_codec *codec;
    struct pm_http http;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
        for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
            struct pm_buf block = PM_BUF_INIT(PIECES_MAX), whole = PM_BUF_INIT(PIECES_MAX), pieces = PM_BUF_INIT(PIECES_MAX);

            pm_buf_cstr(&block, chunked);
            pm_buf_cstr(&block, bodies[i].start);
            for (int n = 0; n < bodies[i].fill; n++)
                pm_buf_putc(&block, (char)('a' + n % 26));
            pm_buf_cstr(&block, bodies[i].fill > 0 ? "\r\n" : "");
            assert_int_equal(pm_http_parse(pm_buf_span(&block), &http, NULL), PM_OK);
            assert_int_equal(pm_http_decode(codec, &http, &whole, NULL, NULL), PM_OK);
            assert_int_equal(in_pieces(codec, &http, steps[k], &pieces), PM_OK);
            if (!pm_str_eq(pm_buf_span(&whole), pm_buf_span(&pieces)))
                fail_msg("body %zu in pieces of %zu bytes: %zu bytes instead of %zu", i, steps[k], pieces.len, whole.len);
            pm_buf_release(&block);
            pm_buf_release(&whole);
            pm_buf_release(&pieces);
        }
    pm_codec_free(codec);
}

/* Members of a coding, one behind the other, and what is behind them or cut off of them. */
static void
test_coded_pieces(void **state)
{
    static const char *const names[] = {"gzip", "zstd"};
    const struct pm_str first = PM_STR("<p>a page of some words"), second = PM_STR(", and more of it</p>");
    static const struct {
        size_t cut;         /* bytes of the end that are missing */
        const char *behind;
        const char *want;   /* NULL: the body as it is */
    } ways[] = {
        {0, "", "<p>a page of some words, and more of it</p>"},
        {0, "rubbish", "<p>a page of some words, and more of it</p>"}, /* what follows damage is not given */
        {12, "", "<p>a page of some words"},
        {SIZE_MAX, "no such thing", NULL},
    };
    struct pm_codec *codec;
    struct pm_http http;

    (void)state;
    assert_int_equal(pm_codec_new(&codec, NULL), PM_OK);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
            for (size_t step = 1; step < 200; step += 61) {
                struct pm_buf block = PM_BUF_INIT(PIECES_MAX), body = PM_BUF_INIT(PIECES_MAX), out = PM_BUF_INIT(PIECES_MAX);
                struct pm_str want;

                for (int m = 0; m < 2; m++)
                    assert_int_equal(k == 0 ? pm_codec_gzip(codec, 6, m == 0 ? first : second, &body, NULL)
                                            : pm_codec_zstd(codec, 3, NULL, m == 0 ? first : second, &body, NULL),
                                     PM_OK);
                body.len -= ways[i].cut < body.len ? ways[i].cut : body.len;
                pm_buf_cstr(&body, ways[i].behind);
                pm_buf_addf(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n", names[k]);
                pm_buf_str(&block, pm_buf_span(&body));
                assert_int_equal(pm_http_parse(pm_buf_span(&block), &http, NULL), PM_OK);
                assert_int_equal(in_pieces(codec, &http, step, &out), PM_OK);
                want = ways[i].want != NULL ? pm_str_of(ways[i].want) : http.body;
                /* Of the member that is cut, as much as its bytes gave. */
                assert_true(ways[i].cut == 12 ? pm_str_starts(pm_buf_span(&out), want) : pm_str_eq(pm_buf_span(&out), want));
                pm_buf_release(&block);
                pm_buf_release(&body);
                pm_buf_release(&out);
            }
    assert_int_equal(pm_http_parse(PM_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx"), &http, NULL), PM_OK);
    assert_int_equal(in_pieces(codec, &http, 1, &(struct pm_buf)PM_BUF_INIT(1)), PM_SKIP); /* in memory only */
    pm_codec_free(codec);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_coded_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
