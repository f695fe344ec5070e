/* Tests of clean.c and the HTML cleaner behind it, on pages made up here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "clean.h"
#include "text.h"

static struct pm_cleaner *cleaner;
static struct pm_article article;

static int
setup(void **state)
{
    (void)state;
    return pm_cleaner_new(&cleaner, 0, NULL, NULL);
}

static int
teardown(void **state)
{
    (void)state;
    pm_cleaner_free(cleaner);
    return 0;
}

static int
clean_bytes(struct pm_str page, const char *type)
{
    struct pm_clean_input in = {.payload = page, .type = pm_str_of(type), .media = PM_MEDIA_HTML};

    return pm_clean(cleaner, &in, &article, NULL);
}

static int
clean(const char *page)
{
    return clean_bytes(pm_str_of(page), NULL);
}

static bool
has(const char *words)
{
    return pm_str_find(article.text, pm_str_of(words), 0) != SIZE_MAX;
}

#define FIRST                                                                                                          \
    "The council voted on Monday to close two of the five bridges, because repairs cost more "                         \
    "than it can pay."
#define SECOND                                                                                                         \
    "Engineers found cracks in both of them last spring, the mayor said, and nobody could say "                        \
    "how long they would hold."
#define THIRD                                                                                                          \
    "Drivers will have to use the ring road until next year, when a new crossing is to be opened "                     \
    "near the harbour."

#define LINK                                                                                                           \
    "<li><a href=/a>Council puts off its vote on the budget again</a>"                                                 \
    "<li><a href=/b>School roof to be mended before winter</a>"                                                        \
    "<li><a href=/c>Harbour festival moves to the first week of August</a>"
#define LINKS LINK LINK LINK

static const char page[] =
    "<!DOCTYPE html><html lang=en><head><title>Two bridges close | The Paper</title>"
    "<meta property=og:type content=article><meta name=description content=\"Repairs cost more "
    "than the city has.\">"
    "<script>var p = '<p>not text</p>';</script><style>p { color: red }</style></head><body>"
    "<nav class=main-menu><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a></ul></nav>"
    "<main><article class=story><header><h1>Two bridges close</h1>"
    "<div class=byline>By Some Body</div><time class=date>3 May 2024</time></header>"
    "<figure><img src=x><figcaption class=caption>The old bridge. Photo: Some "
    "Body</figcaption></figure>"
    "<div class=article-body><p>" FIRST "</p>"
    "<div class=related-articles><h3>Read more</h3><ul><li><a href=/a>Another story about "
    "roads</a></ul></div>"
    "<p>" SECOND "</p><h2>A detour</h2><p>" THIRD "</p></div>"
    "<div class=share-bar><a href=x>Share on a network</a></div></article>"
    "<section class=comments><h2>Comments</h2><p>I do not agree with any of this, and I have lived "
    "here for years.</p>"
    "</section></main><footer><p>All rights reserved. No part of this site may be copied by "
    "anybody.</p></footer>";

static void
body_is_kept_and_the_rest_is_not(void **state)
{
    (void)state;
    assert_int_equal(clean(page), PM_OK);
    assert_true(has(FIRST));
    assert_true(has(SECOND));
    assert_true(has(THIRD));
    assert_true(has("A detour"));
    assert_false(has("Two bridges close"));
    assert_false(has("Some Body"));
    assert_false(has("Another story"));
    assert_false(has("I do not agree"));
    assert_false(has("All rights"));
    assert_false(has("Home"));
    assert_false(has("not text"));
    assert_int_equal(article.words, pm_text_words(article.text));
}

static void
each_block_has_its_rule(void **state)
{
    size_t kept = 0;

    (void)state;
    assert_int_equal(clean(page), PM_OK);
    assert_true(article.n_blocks > 8);
    for (size_t i = 0; i < article.n_blocks; i++) {
        assert_non_null(article.blocks[i].rule);
        assert_true(article.blocks[i].text.len > 0);
        if (article.blocks[i].kept)
            assert_true(article.blocks[i].score > 0);
        kept += article.blocks[i].kept;
    }
    assert_int_equal(kept, 4);
}

static void
text_is_parted_at_blocks_only(void **state)
{
    (void)state;
    assert_int_equal(
        clean("<article><p>" FIRST "</p><p>The <b>bri</b>dge<!-- x --> is<br>old,&nbsp;\n they   say, and it "
              "has <a href=x>not</a> been repaired for thirty years or more.</p><p>" SECOND "</p></article>"),
        PM_OK);
    assert_true(has(FIRST "\nThe bridge is old, they say, and it has not been repaired for thirty "
                          "years or more.\n" SECOND));
}

static void
breaks_make_paragraphs(void **state)
{
    (void)state;
    assert_int_equal(clean("<div class=text>" FIRST "<br><br>" SECOND "<br>\n<br>" THIRD "</div>"), PM_OK);
    assert_true(has(FIRST "\n" SECOND "\n" THIRD));
}

static void
containers_are_joined(void **state)
{
    (void)state;
    assert_int_equal(clean("<main><div class=part><p>" FIRST
                           "</p></div><div class=ad>Advertisement</div><div class=part><p>" SECOND
                           "</p></div><div class=part><p>" THIRD "</p></div></main><footer>Contact</footer>"),
                     PM_OK);
    assert_true(has(FIRST "\n" SECOND "\n" THIRD));
    assert_false(has("Advertisement"));
}

static void
a_brief_is_found_beside_a_long_footer(void **state)
{
    (void)state;
    assert_int_equal(clean("<body><div class=top>The Daily Bridge</div><div class=a><h1>Bridge closed</h1>"
                           "<p class=byline>By our staff</p><div class=b><p>" SECOND "</p><p>" THIRD "</p></div></div>"
                           "<ul>" LINKS LINKS LINKS LINKS "</ul>"
                           "<div class=z><p>" FIRST "</p><p>" FIRST "</p><p>" FIRST "</p><p>" FIRST "</p></div></body>"),
                     PM_OK);
    assert_true(has(SECOND "\n" THIRD));
    assert_false(has(FIRST));
}

static void
charsets_are_decoded(void **state)
{
    struct pm_str latin1 = PM_STR("<p>" FIRST "</p><p>Der M\xFCller und seine T\xF6"
                                  "chter wohnen seit vielen Jahren an der alten "
                                  "Br\xFC"
                                  "cke, sagt er.</p><p>" SECOND "</p>");

    (void)state;
    assert_int_equal(clean_bytes(latin1, "text/html; charset=\"iso-8859-1\""), PM_OK);
    assert_true(has("Der M\xC3\xBCller und seine T\xC3\xB6"
                    "chter"));
    assert_int_equal(clean_bytes(latin1, NULL), PM_OK);
    assert_true(has("Der M\xC3\xBCller"));
    /* saved as UTF-8, but its meta element still says what it was */
    assert_int_equal(clean("<meta charset=gb2312><p>" FIRST "</p><p>Die Br\xC3\xBC"
                           "cke ist alt, sagt er, und sie wird "
                           "nicht mehr lange halten.</p><p>" SECOND "</p>"),
                     PM_OK);
    assert_true(has("Die Br\xC3\xBC"
                    "cke ist alt"));
    assert_int_equal(clean("\xEF\xBB\xBF<p>" FIRST "</p><p>" SECOND "</p>"), PM_OK);
    assert_true(pm_str_starts(article.text, PM_STR("The council")));
}

static void
small_pages_are_kept_whole(void **state)
{
    (void)state;
    assert_int_equal(clean("<nav>Home</nav><a href=x><p>abc</p>def</a>"), PM_OK);
    assert_true(has("abc\ndef"));
    assert_false(has("Home"));
}

static void
nul_never_reaches_text(void **state)
{
    static const char bytes[] = "<p>" FIRST " \0 And &#0; more.\0</p><p>" SECOND "</p>";

    (void)state;
    assert_int_equal(clean_bytes(PM_STRN(bytes, sizeof(bytes) - 1), NULL), PM_OK);
    assert_true(has("The council"));
    assert_null(memchr(article.text.ptr, 0, article.text.len));
}

static void
odd_pages_give_a_result(void **state)
{
    static const char *const pages[] = {"",
                                        " ",
                                        "<",
                                        "<p>",
                                        "x",
                                        "<html><head><title>x</title>",
                                        "<p hidden>x",
                                        "\xFF\xFE",
                                        "%PDF-1.4",
                                        "\x80",
                                        "<table><tr><td>a<td>b"};

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
        assert_true(clean(pages[i]) >= 0);
    assert_int_equal(clean(""), PM_OK);
    assert_int_equal(article.text.len, 0);
}

static void
results_do_not_depend_on_what_came_before(void **state)
{
    struct pm_buf first = PM_BUF_INIT(1 << 20);

    (void)state;
    assert_int_equal(clean(page), PM_OK);
    pm_buf_str(&first, article.text);
    assert_true(clean("<p>" THIRD "</p><script>") >= 0);
    assert_int_equal(clean(page), PM_OK);
    assert_true(pm_str_eq(article.text, pm_buf_span(&first)));
    pm_buf_release(&first);
}

static void
memory_has_a_ceiling(void **state)
{
    struct pm_cleaner *small;
    struct pm_buf big = PM_BUF_INIT(1 << 24);
    struct pm_clean_input in = {.media = PM_MEDIA_HTML};
    struct pm_err err = PM_ERR_INIT;

    (void)state;
    assert_int_equal(pm_cleaner_new(&small, 4 << 20, NULL, NULL), PM_OK);
    for (int i = 0; i < 60000; i++)
        pm_buf_cstr(&big, "<p>Some words, and more.</p>");
    in.payload = pm_buf_span(&big);
    assert_int_equal(pm_clean(small, &in, &article, &err), PM_ELIMIT);
    in.payload = pm_str_of(page);
    assert_int_equal(pm_clean(small, &in, &article, &err), PM_OK);
    pm_cleaner_free(small);
    pm_buf_release(&big);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_is_kept_and_the_rest_is_not),
        cmocka_unit_test(each_block_has_its_rule),
        cmocka_unit_test(text_is_parted_at_blocks_only),
        cmocka_unit_test(breaks_make_paragraphs),
        cmocka_unit_test(containers_are_joined),
        cmocka_unit_test(a_brief_is_found_beside_a_long_footer),
        cmocka_unit_test(charsets_are_decoded),
        cmocka_unit_test(small_pages_are_kept_whole),
        cmocka_unit_test(nul_never_reaches_text),
        cmocka_unit_test(odd_pages_give_a_result),
        cmocka_unit_test(results_do_not_depend_on_what_came_before),
        cmocka_unit_test(memory_has_a_ceiling),
    };

    pm_cleaner_free(NULL);
    return cmocka_run_group_tests(tests, setup, teardown);
}
