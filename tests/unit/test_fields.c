#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fields.h"
#include "fields_own.h"

struct fixture {
    struct pm_html_parser *parser;
    struct pm_arena *arena;
    struct pm_article article;
    struct pm_fields_extra extra;
};

static int
setup(void **state)
{
    static struct fixture f;

    assert_int_equal(pm_html_parser_new(&f.parser, 0, NULL), PM_OK);
    f.arena = pm_arena_new(16 << 20);
    assert_non_null(f.arena);
    *state = &f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;

    pm_html_parser_free(f->parser);
    pm_arena_free(f->arena);
    return 0;
}

static void
read_page(struct fixture *f, const char *page, const char *url)
{
    struct pm_html html;

    pm_arena_reset(f->arena);
    memset(&f->article, 0, sizeof(f->article));
    assert_int_equal(pm_html_parse(f->parser, pm_str_of(page), &html, NULL), PM_OK);
    assert_int_equal(pm_fields_html(&html, pm_str_of(url), f->arena, &f->article, &f->extra, NULL),
                     PM_OK);
}

static void
expect(struct pm_str got, const char *want)
{
    struct pm_str w = pm_str_of(want);

    if (!pm_str_eq(got, w))
        fail_msg("got \"" PM_STR_FMT "\", want \"%s\"", PM_STR_ARG(got), want ? want : "(absent)");
}

/* Items with "|" between them. */
static void
expect_list(const struct pm_str *v, size_t n, const char *want)
{
    struct pm_buf b = PM_BUF_INIT(8192);

    for (size_t i = 0; i < n; i++) {
        pm_buf_cstr(&b, i ? "|" : "");
        pm_buf_str(&b, v[i]);
    }
    if (strcmp(pm_buf_z(&b), want) != 0)
        fail_msg("got \"%s\", want \"%s\"", pm_buf_z(&b), want);
    pm_buf_release(&b);
}

static void
test_json_ld(void **state)
{
    struct fixture *f = *state;

    read_page(f,
              "<html lang='en_GB'><head><title>Cabinet meets | The Daily</title>"
              "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":["
              "{\"@type\":\"WebSite\",\"name\":\"The Daily\"},"
              "{\"@type\":[\"NewsArticle\"],\"headline\":\"Cabinet &amp; crown "
              "meet\",\"description\":\"They met.\","
              "\"datePublished\":\"2024-05-03T15:47:42+02:00\",\"dateModified\":\"2024-05-04\","
              "\"articleSection\":[\"Politics\",\"UK\"],"
              "\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Writer\"},{\"@id\":\"#bob\"},\"By "
              "Cy Third and Di Fourth\"],"
              "\"publisher\":{\"@type\":\"Organization\",\"name\":\"The "
              "Daily\"},\"url\":\"https://daily.example/a\"},"
              "{\"@type\":\"Person\",\"@id\":\"#bob\",\"name\":\"Bob "
              "Maker\"}]}</script></head><body><p>Text</p></body></html>",
              NULL);
    expect(f->article.title, "Cabinet & crown meet");
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer|Bob Maker|Cy Third|Di Fourth");
    expect(f->article.published, "2024-05-03T15:47:42+02:00");
    expect(f->article.modified, "2024-05-04");
    expect(f->article.standfirst, "They met.");
    expect(f->article.section, "Politics");
    expect(f->article.site, "The Daily");
    expect(f->article.language, "en-GB");
    expect(f->article.canonical, "https://daily.example/a");
    expect(f->extra.publisher, "The Daily");
    expect_list(f->extra.authors, f->extra.n_authors,
                "Ann Writer|Bob Maker|By Cy Third and Di Fourth");
}

static void
test_choice_of_article(void **state)
{
    struct fixture *f = *state;

    read_page(f,
              "<link rel=canonical href='https://daily.example/b/?x=1'>"
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Other\",\"url\":\"https://"
              "daily.example/a\","
              "\"datePublished\":\"2024-01-01\",\"author\":\"Other Person\"}</script>"
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\","
              "\"headline\":\"Listed\",\"url\":\"https://daily.example/"
              "b\",\"datePublished\":\"2024-01-02\"}]}</script>"
              "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Own\","
              "\"mainEntityOfPage\":{\"@id\":\"https://daily.example/b\"}, "
              "\"datePublished\":\"2024-01-03\"}</script>",
              NULL);
    expect(f->article.title, "Own");
    expect(f->article.published, "2024-01-03");
    assert_int_equal(f->article.n_byline, 0);
}

static void
test_meta(void **state)
{
    struct fixture *f = *state;

    read_page(f,
              "<html><head><title>Cabinet meets - Daily</title><meta property='og:title' "
              "content='Cabinet meets | Daily'>"
              "<meta property=og:site_name content=Daily><meta name=author content='Ann Writer, "
              "Political Editor'>"
              "<meta property='article:published_time' content='2024-05-03T15:47:42Z'><meta "
              "property='article:section' content=World>"
              "<meta property='og:description' content=' They  met. '><meta property='og:locale' "
              "content='de_AT'>"
              "<link rel='canonical' href='/a/b'></head><body><h1>Cabinet "
              "meets</h1><figure><figcaption>The <b>hall</b>, "
              "Friday</figcaption></figure></body></html>",
              "https://daily.example/x?y");
    expect(f->article.title, "Cabinet meets");
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    expect(f->article.published, "2024-05-03T15:47:42Z");
    expect(f->article.section, "World");
    expect(f->article.standfirst, "They met.");
    expect(f->article.language, "de-AT");
    expect(f->article.canonical, "https://daily.example/a/b");
    expect_list(f->article.captions, f->article.n_captions, "The hall, Friday");
}

static void
test_markup(void **state)
{
    struct fixture *f = *state;

    read_page(f,
              "<title>Cabinet meets : Daily</title><body><h1>The Daily</h1><div itemscope "
              "itemtype='http://schema.org/Article'>"
              "<h1 itemprop='headline'>Cabinet meets in hall</h1><span itemprop='author'>By <b>Ann "
              "Writer</b></span>"
              "<time itemprop=datePublished datetime='2024-05-03 15:47'>3 May</time></div>",
              NULL);
    expect(f->article.title, "Cabinet meets in hall");
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    expect(f->article.published, "2024-05-03T15:47:00");
    read_page(f,
              "<body><h1>Cabinet meets in hall</h1><p class='c-byline x'>By Ann Writer</p><time "
              "datetime='2024-05-03'>x</time>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    expect(f->article.published, "2024-05-03");
    read_page(f, "<p>nothing", NULL);
    expect(f->article.title, NULL);
    expect(f->article.published, NULL);
    expect(f->article.canonical, NULL);
    assert_int_equal(f->article.n_byline, 0);
    assert_int_equal(f->article.n_captions, 0);
}

static void
test_titles(void **state)
{
    static const struct {
        const char *page, *want;
    } rows[] = {
        /* the heading is a box's, the title element names the page */
        {"<title>Cabinet meets in hall</title><h1>Subscribe now, all of you</h1>",
         "Cabinet meets in hall"},
        {"<title>Cabinet meets - Some Site</title><h1>Cabinet meets</h1>", "Cabinet meets"},
        {"<title>x</title><meta property=og:title content='Cabinet meets | CBC News'><meta "
         "property=og:site_name content=CBC>",
         "Cabinet meets"},
        {"<title>y</title><meta property=og:title content='The hall is full'><h1>Cabinet "
         "meets</h1>",
         "The hall is full"},
        {"<title>y</title><meta property=og:title content='He said: '><h1>He said: \"Never\" "
         "again</h1>",
         "He said: \"Never\" again"},
        {"<meta property='x:y dc:title' content='Cabinet meets'><title>z</title>", "Cabinet meets"},
        {"<meta property=og:title content=Daily><meta property=og:site_name "
         "content=Daily><h1>Cabinet meets</h1>"
         "<title>Cabinet meets</title>",
         "Cabinet meets"},
        /* one string in all places but one: the headline of a news article, no description */
        {"<title>Hall news</title><meta property=og:title content='Hall news'><h1>Hall "
         "news</h1><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"headline\":\"Cabinet meets in hall\"}</script>",
         "Cabinet meets in hall"},
        {"<title>Hall</title><meta property=og:title content=Hall><h1>Hall</h1><script "
         "type='application/ld+json'>{\"@type\":\"Article\","
         "\"headline\":\"room of a palace\"}</script>",
         "Hall"},
        {"<title>New Zealand - Wiki</title><h1>New Zealand</h1><script "
         "type='application/ld+json'>{\"@type\":\"Article\","
         "\"headline\":\"country in Oceania\"}</script>",
         "New Zealand"},
        {"<meta property=og:title content='Cabinet&amp;#8217;s hall &amp;amp; crown, AT&T'>",
         "Cabinet\u2019s hall & crown, AT&T"},
        {"<meta property=og:title content='&amp;#0;'>", "\uFFFD"},
        {"<title></title>", NULL},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        read_page(f, rows[i].page, NULL);
        expect(f->article.title, rows[i].want);
    }
}

static void
test_site_as_author(void **state)
{
    struct fixture *f = *state;

    read_page(f,
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"Article\",\"author\":{\"name\":\"Daily\"},\"publisher\":{"
              "\"name\":\"Daily\"}}"
              "</script><meta name=author content='Ann Writer'>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    read_page(f,
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"Article\",\"author\":{\"name\":\"Daily\"},\"publisher\":{"
              "\"name\":\"Daily\"}}"
              "</script>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Daily");
    read_page(f,
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"Article\",\"author\":{\"givenName\":\"Ann\",\"familyName\":"
              "\"Writer\"}}"
              "</script>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    read_page(f, "<meta name=source content=AFP><meta name=author content='Ann Writer'>", NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    expect_list(f->extra.authors, f->extra.n_authors, "Ann Writer|AFP");
    read_page(f, "<h1>x</h1><p class=comment-author>Cy Third says</p>", NULL);
    assert_int_equal(f->article.n_byline, 0);
    read_page(f, "<meta name=author content=admin><h1>x</h1><p class=byline>By Ann Writer</p>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer");
    read_page(f,
              "<h1>x</h1><div class=ArticleAuthors><a>Ann Writer</a><a>Bob Maker</a><a>Follow "
              "us</a></div><p>Do 25.04.24 | 14:07 Uhr</p>",
              NULL);
    expect_list(f->article.byline, f->article.n_byline, "Ann Writer|Bob Maker");
    expect(f->article.published, "2024-04-25T14:07:00");
}

static void
test_hostile(void **state)
{
    struct fixture *f = *state;
    struct pm_buf page = PM_BUF_INIT(4 << 20);

    read_page(f,
              "<link rel=canonical href='https://daily.example/'><script "
              "type='application/ld+json'>{\"@type\":\"Article\"}</script>",
              NULL);
    expect(f->article.title, NULL);

    read_page(f,
              "<meta property='article:published_time' content='0001-01-01T00:00:00Z'><meta "
              "name=date content='2024-05-03'>"
              "<link rel=canonical href='javascript:x'><html lang='<x>'>"
              "<script "
              "type='application/"
              "ld+json'>{\"@type\":\"NewsArticle\",\"headline\":{\"a\":1},\"author\":[[[\"x "
              "y\"]],{\"name\":{}}],"
              "\"datePublished\":12</script>",
              NULL);
    expect(f->article.published, "2024-05-03");
    expect(f->article.canonical, NULL);
    expect(f->article.language, NULL);
    assert_int_equal(f->article.n_byline, 0);
    for (int i = 0; i < 3000; i++)
        pm_buf_cstr(&page, "<figcaption>x</figcaption><h1>y</h1><time datetime=1></time><a "
                           "rel=author>z</a><meta name=author content='A B'>");
    read_page(f, pm_buf_z(&page), NULL);
    expect_list(f->article.captions, f->article.n_captions, "x");
    pm_buf_release(&page);
}

static void
test_names(void **state)
{
    static const struct {
        const char *byline, *want;
    } rows[] = {
        {"By Ann Writer", "Ann Writer"},
        {"by ANN WRITER and BOB MAKER", "ANN WRITER|BOB MAKER"},
        {"Ann Writer, Bob Maker und Cy Third", "Ann Writer|Bob Maker|Cy Third"},
        {"Ann Writer, Senior Correspondent", "Ann Writer"},
        {"Ann Writer (London) and Bob Maker", "Ann Writer|Bob Maker"},
        {"Ann Writer ann@daily.example", "Ann Writer"},
        {"Ann Writer @annwriter", "Ann Writer"},
        {"Von Ann Writer", "Ann Writer"},
        {"Par Ann Writer et Bob Maker", "Ann Writer|Bob Maker"},
        {"Por Ann Writer y Bob Maker", "Ann Writer|Bob Maker"},
        {"Text: Von Ann Writer", "Ann Writer"},
        {"di Luca Monaco", "Luca Monaco"},
        {"De Niro Writer", "De Niro Writer"},
        {"By Ann Writer - May 3, 2024", "Ann Writer"},
        {"Ann Writer & Bob Maker; Cy Third", "Ann Writer|Bob Maker|Cy Third"},
        {"Reuters", "Reuters"},
        {"By", ""},
        {"admin", ""},
        {"View my complete profile", ""},
        {"View all posts by Ann Writer", "Ann Writer"},
        {"Ann Writer for the Daily", "Ann Writer"},
        {"Ann Writer | Bob Maker | 13 hours ago", "Ann Writer|Bob Maker"},
        {"Ann Writer Politische Korrespondentin", "Ann Writer Politische"},
        {"Ann Writer Senior Correspondent", "Ann Writer"},
        {"Ярослав Иванов и Антон Петров", "Ярослав Иванов|Антон Петров"},
        {"山田 太郎、鈴木 花子", "山田 太郎|鈴木 花子"},
        {"https://daily.example/ann", ""},
        {"12345", ""},
        {"@", ""},
        {"", ""},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pm_names names = {.n = 0};

        pm_arena_reset(f->arena);
        pm_names_split(pm_str_of(rows[i].byline), f->arena, &names);
        expect_list(names.v, names.n, rows[i].want);
    }
}

static void
test_no_memory(void **state)
{
    struct fixture *f = *state;
    struct pm_arena *small = pm_arena_new(256);
    struct pm_err err = PM_ERR_INIT;
    struct pm_html html;

    assert_int_equal(
        pm_html_parse(
            f->parser,
            PM_STR(
                "<title>A title of some length</title><h1>A heading of some length that does not "
                "fit</h1>"
                "<script type='application/ld+json'>{\"headline\":[1,2,3,4,5,6,7,8,9]}</script>"),
            &html, NULL),
        PM_OK);
    assert_true(pm_fields_html(&html, PM_STR_NULL, small, &f->article, &f->extra, &err) < 0);
    pm_arena_free(small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_ld),   cmocka_unit_test(test_choice_of_article),
        cmocka_unit_test(test_meta),      cmocka_unit_test(test_markup),
        cmocka_unit_test(test_hostile),   cmocka_unit_test(test_names),
        cmocka_unit_test(test_titles),    cmocka_unit_test(test_site_as_author),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
