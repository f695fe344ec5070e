#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "clean_text.h"
#include "text_score.h"
#include "lines.h"

static const char page[] =
    "Harbour Times\n  Home\n  News\n  Sport\n  Log in\n"
    "2024-05-03 REGION\n2 MIN READ\n"
    "Town votes for a new bridge after the flood\n"
    "A year after the flood the council agrees on who pays.\n"
    "By Jane Doe and John Roe\n"
    "Town votes for a new bridge after the flood\n"
    "The old bridge before the flood took it away. / AP Archive\n"
    "May 3, 2024\n\n"
    "The town council voted on Monday for a new bridge over the river, a year after the flood took "
    "the old one "
    "away and cut the northern quarter off from the market.\n\n"
    "\"We have waited long enough for this bridge,\" the mayor said after the vote, adding that "
    "the work on it "
    "should begin in June at the latest.\n\n"
    "READ MORE: Flood leaves three villages without power\n\n"
    "Who pays for it\n\n"
    "The province will pay for two thirds of the bridge, according to the plan that the council "
    "saw. The rest "
    "comes from a loan that the town will pay back over twenty years.\n\n"
    "Nobody on the council voted against the plan, but two members from the northern quarter said "
    "that it came "
    "too late for the shops that have closed since the flood.\n\n"
    "SOURCE:AFP\n"
    "Explore\nMayor of the capital resigns over letters\nRain expected until the end of the "
    "week\nBy Ann Other\n"
    "Five ways to cook a hare\nSubscribe to our newsletter\nContact us\n© Harbour Times 2024\n";

struct fix {
    struct pm_phrases *phrases;
    struct pm_arena *arena;
    struct pm_err err;
    struct pm_article a;
    struct pm_text_sources sources;
    struct pm_line *lines;
    size_t n;
};

static int
setup(void **state)
{
    struct fix *x = calloc(1, sizeof(*x));

    assert_non_null(x);
    assert_int_equal(pm_phrases_new(&x->phrases, &x->err), PM_OK);
    x->arena = pm_arena_new((size_t)256 << 20);
    *state = x;
    return 0;
}

static int
teardown(void **state)
{
    struct fix *x = *state;

    pm_phrases_free(x->phrases);
    pm_phrases_free(NULL);
    pm_arena_free(x->arena);
    free(x);
    return 0;
}

static void
assert_str(struct pm_str s, const char *want)
{
    assert_int_equal(s.len, strlen(want));
    assert_memory_equal(s.ptr, want, s.len);
}

static void
split(struct fix *x, struct pm_str text)
{
    pm_arena_reset(x->arena);
    assert_int_equal(pm_lines_split(text, x->phrases, x->arena, &x->lines, &x->n, &x->err), PM_OK);
}

static int
clean(struct fix *x, struct pm_str text)
{
    pm_arena_reset(x->arena);
    return pm_clean_text(x->phrases, &pm_text_weights, text, PM_STR_NULL, x->arena, &x->a,
                         &x->sources, &x->err);
}

/* ---- lines ---- */

static void
test_breaks(void **state)
{
    struct fix *x = *state;
    static const char *const want[] = {"one", "two", "three", "four five", "six", "seven"};

    split(x, PM_STR("one\r\ntwo\rthree\n\n\tfour\xC2\xA0 \tfive \f six\xE2\x80\xA9seven\n"));
    assert_int_equal(x->n, 6);
    for (size_t i = 0; i < x->n; i++)
        assert_str(x->lines[i].text, want[i]);
    assert_true(x->lines[0].gap && !x->lines[1].gap && x->lines[3].gap);
    assert_int_equal(x->lines[3].indent, 4);
    assert_true(x->lines[3].tabs && !x->lines[0].tabs);
}

static void
test_empty(void **state)
{
    struct fix *x = *state;

    split(x, PM_STR(""));
    assert_int_equal(x->n, 0);
    split(x, PM_STR(" \n\t\r\n\xE3\x80\x80\n"));
    assert_int_equal(x->n, 0);
    assert_int_equal(clean(x, PM_STR("")), PM_SKIP);
    assert_int_equal(clean(x, PM_STR("\xFF\xFE\x80")), PM_SKIP);
    assert_int_equal(clean(x, PM_STR("Home\nNews\nSport\nContact us")), PM_SKIP);
    assert_int_equal(x->a.n_blocks, 4);
}

/* Each group has weights of its own, each feature a name. */
static void
test_groups(void **state)
{
    struct pm_text_weights w;
    size_t taken = 0;

    (void)state;
    for (int g = PM_TEXT_GROUP_NONE + 1; g < PM_TEXT_GROUP_COUNT; g++) {
        size_t now = 0;

        w = pm_text_weights;
        pm_text_weights_without(&w, (enum pm_text_group)g);
        for (size_t k = 0; k < PM_F_COUNT; k++)
            now += memcmp(w.w[k], pm_text_weights.w[k], sizeof(w.w[k])) != 0;
        assert_true(now > 0);
        taken += g == PM_TEXT_GROUP_EDGES ? 0 : now;
        for (size_t k = 0; k < PM_F_COUNT; k++)
            assert_non_null(pm_text_feature_name((enum pm_text_feature)k));
    }
    assert_true(taken < PM_F_COUNT); /* no feature is in two, and the bias in none */
}

static void
test_bullets(void **state)
{
    struct fix *x = *state;

    split(x, PM_STR("• First item\n* Second item\n– Said no one.\n*emphasis*\n"));
    assert_int_equal(x->n, 4);
    assert_str(x->lines[0].text, "First item");
    assert_str(x->lines[1].text, "Second item");
    assert_str(x->lines[2].text, "– Said no one.");
    assert_str(x->lines[3].text, "*emphasis*");
    assert_true(x->lines[0].bullet && x->lines[1].bullet && !x->lines[2].bullet &&
                !x->lines[3].bullet);
}

static void
test_wrapped(void **state)
{
    struct fix *x = *state;

    split(x, PM_STR("The council met on Monday evening to talk about the bridge that the\n"
                    "flood of last spring took away, and about who should pay for a new one\n"
                    "in a year in which the town has less to spend than it ever had before.\n"
                    "\n"
                    "Nobody spoke against it. The engineers say that the work could begin as\n"
                    "early as next month if the weather holds and the steel arrives in time\n"
                    "from the mill, which has promised to send it down the river on barges as\n"
                    "it did in the days when the first bridge was built by the grandparents\n"
                    "of those who sat in the hall.\n"));
    assert_int_equal(x->n, 2);
    assert_int_equal(x->lines[0].stops, 1);
    assert_true(pm_str_ends(x->lines[1].text, PM_STR("who sat in the hall.")));
    /* Lines of a list are not joined. */
    split(x,
          PM_STR("Mayor resigns\nA bridge for the town at last\nSchool closed\nRain until Friday, "
                 "then sun\nFootball\nHow to cook a hare\nObituary\nLetters to the editor of this "
                 "paper\n"));
    assert_int_equal(x->n, 8);
}

static void
test_shape(void **state)
{
    struct fix *x = *state;

    split(
        x,
        PM_STR("\"It is 3.5 km,\" said J. Smith. \"Why?\"\nLoginPrivacy Policy\nنفى المتحدث ذلك؟\n"
               "気象庁は13日、地震があったと発表した。\nNo stop\nlower:\n"));
    assert_int_equal(x->lines[0].end, PM_END_STOP);
    assert_true(x->lines[0].quoted);
    assert_int_equal(x->lines[0].stops, 2);
    assert_int_equal(x->lines[1].glued, 1);
    assert_int_equal(x->lines[2].end, PM_END_STOP);
    assert_int_equal(x->lines[3].end, PM_END_STOP);
    assert_true(x->lines[3].dense > 10 && x->lines[3].words > 5);
    assert_int_equal(x->lines[4].end, PM_END_WORD);
    assert_int_equal(x->lines[5].end, PM_END_COLON);
    assert_true(x->lines[5].low);
}

static void
test_roles(void **state)
{
    static const struct {
        const char *line;
        enum pm_line_role role;
    } cases[] = {
        {"3 MIN READ", PM_ROLE_DATE},
        {"Veröffentlicht am 27.04.24 um 07:39 Uhr", PM_ROLE_DATE},
        {"12:43", PM_ROLE_DATE},
        {"By Jane Doe", PM_ROLE_BYLINE},
        {"Von Erika Musterfrau", PM_ROLE_BYLINE},
        {"Jane Q. Doe", PM_ROLE_NAME},
        {"A man looks at the harbour. / AP Archive", PM_ROLE_CAPTION},
        {"A man looks at the harbour (Photo: Jane Doe)", PM_ROLE_CAPTION},
        {"A man looks at the harbour [AFP]", PM_ROLE_CAPTION},
        {"The harbour on Monday. REUTERS/Jane Doe", PM_ROLE_CAPTION},
        {"SOURCE:AFP", PM_ROLE_SOURCE},
        {"Fuente: EFE", PM_ROLE_SOURCE},
        {"READ MORE: Harbour to close", PM_ROLE_PROMO},
        {"Lesen Sie auch: Hafen schließt", PM_ROLE_PROMO},
        {"Читайте также", PM_ROLE_PROMO},
        {"関連記事", PM_ROLE_PROMO},
        {"Facebook Twitter WhatsApp", PM_ROLE_INTERFACE},
        {"Contact us", PM_ROLE_INTERFACE},
        {"All rights reserved", PM_ROLE_INTERFACE},
        {"The harbour will close at the end of the year.", PM_ROLE_NONE},
        {"He said he would read more books in 2025.", PM_ROLE_NONE},
    };
    struct fix *x = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        split(x, pm_str_of(cases[i].line));
        assert_int_equal(x->n, 1);
        if (x->lines[0].role != cases[i].role)
            fail_msg("'%s': role %d, not %d", cases[i].line, (int)x->lines[0].role,
                     (int)cases[i].role);
    }
}

static void
test_repeats(void **state)
{
    struct fix *x = *state;

    split(x, PM_STR("A headline\nmenu\nA HEADLINE!\nmenu\nMenu\nonce"));
    assert_int_equal(x->lines[0].repeats, 1);
    assert_int_equal(x->lines[2].first, 0);
    assert_int_equal(x->lines[4].repeats, 2);
    assert_int_equal(x->lines[5].repeats, 0);
}

static void
test_too_many_lines(void **state)
{
    struct fix *x = *state;
    size_t n = ((size_t)PM_LINES_MAX + 1) * 2;
    char *text = malloc(n);

    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        text[i] = i % 2 ? '\n' : 'a';
    assert_int_equal(clean(x, PM_STRN(text, n)), PM_ELIMIT);
    free(text);
}

static void
test_no_memory(void **state)
{
    struct fix *x = *state;
    struct pm_arena *small = pm_arena_new(1 << 15);

    assert_int_equal(pm_clean_text(x->phrases, &pm_text_weights, pm_str_of(page), PM_STR_NULL,
                                   small, &x->a, &x->sources, &x->err),
                     PM_ELIMIT);
    pm_arena_free(small);
}

/* ---- pages ---- */

static void
test_page(void **state)
{
    struct fix *x = *state;
    size_t kept = 0;

    assert_int_equal(clean(x, pm_str_of(page)), PM_OK);
    for (size_t i = 0; i < x->a.n_blocks; i++) {
        const struct pm_block *b = &x->a.blocks[i];

        kept += b->kept;
        assert_non_null(b->rule);
        if (pm_str_eq(b->text, PM_STR("Who pays for it")))
            assert_true(b->kept && b->kind == PM_BLOCK_HEADING);
        if (pm_str_starts(b->text, PM_STR("READ MORE")) || pm_str_eq(b->text, PM_STR("Contact us")))
            assert_false(b->kept);
    }
    assert_int_equal(kept, 5);
    assert_str(x->a.title, "Town votes for a new bridge after the flood");
    assert_str(x->a.standfirst, "A year after the flood the council agrees on who pays.");
    assert_str(x->a.published, "2024-05-03");
    assert_str(x->a.section, "REGION");
    assert_int_equal(x->a.n_byline, 2);
    assert_str(x->a.byline[0], "Jane Doe");
    assert_str(x->a.byline[1], "John Roe");
    assert_int_equal(x->a.n_captions, 1);
    assert_int_equal(x->sources.n, 1);
    assert_str(x->sources.v[0], "SOURCE:AFP");
}

/* A text without a page around it stays whole, but for a headline, credits and the like. */
static void
test_bare(void **state)
{
    static const char text[] =
        "Bridge opens after a year\n\n"
        "The new bridge over the river opened on Monday, a year after the flood.\n\n"
        "Thousands walked over it in the first hour.\n\n"
        "Cost: 1.2 mln vs 0.9 mln planned\n\n"
        "\"We waited long enough,\" the mayor said at the opening.\n\n"
        "(With inputs from agencies)\n";
    struct fix *x = *state;
    static const bool kept[] = {false, true, true, true, true, false};

    assert_int_equal(clean(x, pm_str_of(text)), PM_OK);
    assert_int_equal(x->a.n_blocks, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(x->a.blocks[i].kept, kept[i]);
    assert_str(x->a.title, "Bridge opens after a year");
    assert_int_equal(x->sources.n, 1);
    assert_int_equal(
        clean(x, PM_STR("Only one sentence, but one that is as long as a sentence of a brief "
                        "in the news may be, is in this text here, and it stays.")),
        PM_OK);
    assert_int_equal(x->a.n_blocks, 1);
    assert_true(x->a.blocks[0].kept);
}

/* One line as long as a page may be, and a page of many: results, and no stack or memory beyond the
 * ceiling. */
static void
test_long(void **state)
{
    struct fix *x = *state;
    size_t n = (size_t)8 << 20;
    char *text = malloc(n);

    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        text[i] = "The river rose again. "[i % 22];
    assert_int_equal(clean(x, PM_STRN(text, n)), PM_OK);
    assert_int_equal(x->a.n_blocks, 1);
    for (size_t i = 199; i < n; i += 200)
        text[i] = '\n';
    assert_true(clean(x, PM_STRN(text, n)) >= 0);
    assert_int_equal(x->a.n_blocks, (n + 199) / 200);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks),         cmocka_unit_test(test_empty),
        cmocka_unit_test(test_groups),         cmocka_unit_test(test_bullets),
        cmocka_unit_test(test_wrapped),        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_roles),          cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_too_many_lines), cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_page),           cmocka_unit_test(test_bare),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
