/* Near copies, end to end: what comes together, what stays apart, whatever the order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "buf.h"
#include "noise.h"
#include "pressmark.h"
#include "scratch.h"

enum { PARA_WORDS = 45, CAPTURES_MAX = 512, ID_MAX = 32 };

/* ---- texts of our own making: words of syllables, each paragraph made from a seed ---- */

enum script { LATIN, CYRILLIC, ARABIC, HAN, THAI };

static void
add_letter(struct pm_buf *out, enum script script, uint64_t *state)
{
    static const uint32_t first[] = {'a', 0x430, 0x627, 0x4e00, 0xe01}, count[] = {26, 32, 26, 3000, 40};
    uint32_t cp = first[script] + next_random(state) % count[script];

    if (cp < 0x80) {
        pm_buf_putc(out, (char)cp);
    } else if (cp < 0x800) {
        pm_buf_putc(out, (char)(0xC0 | cp >> 6));
        pm_buf_putc(out, (char)(0x80 | (cp & 63)));
    } else {
        pm_buf_putc(out, (char)(0xE0 | cp >> 12));
        pm_buf_putc(out, (char)(0x80 | (cp >> 6 & 63)));
        pm_buf_putc(out, (char)(0x80 | (cp & 63)));
    }
}

/* `words` words of one paragraph. */
static void
add_words(struct pm_buf *out, enum script script, uint64_t seed, int words)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;

    if (out->len > 0)
        pm_buf_putc(out, '\n');
    for (int w = 0; w < words; w++) {
        uint32_t letters = 2 + next_random(&state) % 6;

        if (w > 0 && script < HAN)
            pm_buf_putc(out, ' ');
        while (letters-- > 0)
            add_letter(out, script, &state);
    }
    pm_buf_putc(out, '.');
}

static void
add_paras(struct pm_buf *out, enum script script, uint64_t first, uint64_t last)
{
    for (uint64_t p = first; p <= last; p++)
        add_words(out, script, p, PARA_WORDS);
}

/* ---- an archive of them ---- */

struct row {
    char id[ID_MAX];
    const char *outlet;
    int minute; /* after the first of May 2024; < 0: no date */
    struct pm_buf text;
};

struct fixture {
    char dir[SCRATCH_PATH];
    struct row *rows;
    int n;
    struct pressmark_archive *archive;
    struct pressmark_dedupe_result result;
    /* What dedupe said. */
    char cluster[CAPTURES_MAX][40], source[CAPTURES_MAX][40];
    int members[CAPTURES_MAX];
};

static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    f->rows = calloc(CAPTURES_MAX, sizeof(*f->rows));
    *state = f;
    return !scratch_make(f->dir, "cluster");
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    pressmark_free(f->archive);
    scratch_remove(f->dir);
    for (int i = 0; i < f->n; i++)
        pm_buf_release(&f->rows[i].text);
    free(f->rows);
    free(f);
    return 0;
}

static struct pm_buf *
add(struct fixture *f, const char *id, const char *outlet, int minute)
{
    struct row *r = &f->rows[f->n++];

    assert_true(f->n <= CAPTURES_MAX);
    (void)snprintf(r->id, sizeof(r->id), "%s", id);
    r->outlet = outlet;
    r->minute = minute;
    r->text = (struct pm_buf)PM_BUF_INIT(1 << 22);
    return &r->text;
}

static void
print_row(FILE *out, const struct row *r)
{
    (void)fprintf(out, "{\"id\":\"%s\",\"url\":\"https://%s.example/%s\",\"outlet\":\"%s\",", r->id, r->outlet,
                  r->id, r->outlet);
    if (r->minute >= 0)
        (void)fprintf(out, "\"date\":\"2024-05-%02dT%02d:%02d:00Z\",", 1 + r->minute / 1440,
                      r->minute / 60 % 24, r->minute % 60);
    (void)fprintf(out, "\"title\":\"%s\",\"text\":\"", r->id);
    for (size_t i = 0; i < r->text.len; i++)
        if (r->text.data[i] == '\n')
            (void)fputs("\\n", out);
        else
            (void)fputc(r->text.data[i], out);
    (void)fputs("\"}\n", out);
}

static int
find(const struct fixture *f, const char *id)
{
    for (int i = 0; i < f->n; i++)
        if (strcmp(f->rows[i].id, id) == 0)
            return i;
    fail_msg("no row '%s'", id);
    return -1;
}

static int
take_cluster(void *ctx, const struct pressmark_cluster *c)
{
    struct fixture *f = ctx;

    for (size_t i = 0; i < c->n_members; i++) {
        int at = find(f, c->members[i].capture->key);

        (void)snprintf(f->cluster[at], sizeof(f->cluster[at]), "%s", c->id);
        f->members[at] = (int)c->n_members;
        if (strcmp(c->source, c->members[i].capture->id) == 0)
            for (size_t k = 0; k < c->n_members; k++)
                (void)snprintf(f->source[find(f, c->members[k].capture->key)], sizeof(f->source[0]), "%s",
                               c->members[i].capture->key);
    }
    return 0;
}

/* Take the rows in, from the last one on if `backwards`, and cluster them. */
static void
run(struct fixture *f, bool backwards)
{
    const struct pressmark_snapshot_options in = {.date_us = PRESSMARK_NO_TIME};
    const struct pressmark_dedupe_options how = {0};
    struct pressmark_snapshot_result taken;
    struct pressmark_error err;
    char path[128], archive[128];
    const char *input = path;
    FILE *out;
    int rc;

    (void)snprintf(path, sizeof(path), "%s/%s.jsonl", f->dir, backwards ? "back" : "rows");
    (void)snprintf(archive, sizeof(archive), "%s/%s", f->dir, backwards ? "back" : "there");
    out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < f->n; i++)
        print_row(out, &f->rows[backwards ? f->n - 1 - i : i]);
    assert_int_equal(fclose(out), 0);
    pressmark_free(f->archive);
    f->archive = NULL;
    memset(f->cluster, 0, sizeof(f->cluster));
    memset(f->members, 0, sizeof(f->members));
    assert_int_equal(pressmark_init(archive, &err), PRESSMARK_OK);
    assert_int_equal(pressmark_open(&f->archive, archive, true, &err), PRESSMARK_OK);
    rc = pressmark_snapshot(f->archive, &input, 1, &in, &taken, &err);
    if (rc != PRESSMARK_OK)
        fail_msg("%s", err.text);
    assert_int_equal(taken.captures, f->n);
    rc = pressmark_dedupe(f->archive, &how, &f->result, &err);
    if (rc != PRESSMARK_OK)
        fail_msg("%s", err.text);
    assert_true(pressmark_clusters(f->archive, "story", take_cluster, f, &err) >= 0);
}

static void
assert_together(const struct fixture *f, const char *a, const char *b)
{
    const char *x = f->cluster[find(f, a)], *y = f->cluster[find(f, b)];

    if (x[0] == '\0' || strcmp(x, y) != 0)
        fail_msg("'%s' and '%s' should be one story", a, b);
}

static void
assert_apart(const struct fixture *f, const char *a, const char *b)
{
    const char *x = f->cluster[find(f, a)], *y = f->cluster[find(f, b)];

    if (x[0] != '\0' && strcmp(x, y) == 0)
        fail_msg("'%s' and '%s' should not be one story", a, b);
}

/* ---- what comes together ---- */

static void
test_copies(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;

    add_paras(add(f, "wire", "agency", 0), LATIN, 1, 9);
    add_paras(add(f, "third", "herald", 60), LATIN, 1, 3); /* cut to a third */
    t = add(f, "local", "gazette", 90);                    /* with paragraphs of its own */
    add_paras(t, LATIN, 1, 5);
    add_paras(t, LATIN, 101, 104);
    add_paras(add(f, "other", "herald", 30), LATIN, 201, 209);
    t = add(f, "topic", "tribune", 100); /* another story with one paragraph of background of the first */
    add_paras(t, LATIN, 301, 305);
    add_paras(t, LATIN, 7, 7);
    run(f, false);
    assert_together(f, "wire", "third");
    assert_together(f, "wire", "local");
    assert_apart(f, "wire", "other");
    assert_apart(f, "wire", "topic");
    assert_string_equal(f->source[find(f, "third")], "wire");
    assert_int_equal(f->result.stories, 1);
}

static void
test_scripts(void **state)
{
    static const char *const names[][3] = {{"ru", "ru-cut", "ru-other"}, {"ar", "ar-cut", "ar-other"},
                                           {"zh", "zh-cut", "zh-other"}, {"th", "th-cut", "th-other"}};
    struct fixture *f = *state;

    for (int i = 0; i < 4; i++) {
        enum script script = (enum script)(CYRILLIC + i);

        add_paras(add(f, names[i][0], "one", 10 * i), script, 1, 6);
        add_paras(add(f, names[i][1], "two", 10 * i + 5), script, 1, 3);
        add_paras(add(f, names[i][2], "three", 10 * i + 6), script, 21, 26);
    }
    run(f, false);
    for (int i = 0; i < 4; i++) {
        assert_together(f, names[i][0], names[i][1]);
        assert_apart(f, names[i][0], names[i][2]);
    }
}

/* A lead story is rewritten through the day: each version is mostly the one before, the last shares little with the first. */
static void
test_running_story(void **state)
{
    struct fixture *f = *state;
    char id[ID_MAX];

    for (int v = 0; v < 6; v++) {
        (void)snprintf(id, sizeof(id), "v%d", v);
        add_paras(add(f, id, "herald", 120 * v), LATIN, (uint64_t)(1 + v), (uint64_t)(7 + v));
    }
    run(f, false);
    assert_together(f, "v0", "v5");
}

/* A letter in twenty is misread. */
static void
test_damage(void **state)
{
    struct fixture *f = *state;
    uint64_t random = 7;
    struct pm_buf *t;

    add_paras(add(f, "clean", "agency", 0), LATIN, 1, 6);
    t = add(f, "scan", "archive", 60);
    add_paras(t, LATIN, 1, 6);
    for (size_t i = 0; i < t->len; i++)
        if (t->data[i] != ' ' && t->data[i] != '\n' && next_random(&random) % 20 == 0)
            t->data[i] = (char)('a' + next_random(&random) % 26);
    run(f, false);
    assert_together(f, "clean", "scan");
}

/* ---- what stays apart ---- */

static void
test_round_up(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;

    add_paras(add(f, "a", "agency", 0), LATIN, 1, 6);
    add_paras(add(f, "a-copy", "herald", 9), LATIN, 1, 6);
    add_paras(add(f, "b", "agency", 10), LATIN, 11, 16);
    add_paras(add(f, "b-copy", "gazette", 12), LATIN, 11, 16);
    t = add(f, "both", "tribune", 60);
    add_paras(t, LATIN, 1, 3);
    add_paras(t, LATIN, 11, 13);
    run(f, false);
    assert_together(f, "a", "a-copy");
    assert_together(f, "b", "b-copy");
    assert_apart(f, "a", "b");
    assert_apart(f, "both", "a");
    assert_apart(f, "both", "b");
    assert_int_equal(f->result.composites, 1);
}

/* A page of parts is known by a part that is too old to be of one story with it. */
static void
test_late_round_up(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;

    add_paras(add(f, "a", "agency", 0), LATIN, 1, 6);
    add_paras(add(f, "b", "agency", 29 * 1440), LATIN, 11, 16);
    add_paras(add(f, "b-copy", "gazette", 29 * 1440 + 60), LATIN, 11, 16);
    t = add(f, "both", "tribune", 29 * 1440 + 90);
    add_paras(t, LATIN, 1, 3);
    add_paras(t, LATIN, 11, 13);
    run(f, false);
    assert_together(f, "b", "b-copy");
    assert_apart(f, "both", "a");
    assert_apart(f, "both", "b");
}

/* The one whole telling is no page of parts because it ends with background that another story had too. */
static void
test_background(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;

    t = add(f, "old", "herald", 0);
    add_paras(t, LATIN, 11, 15);
    add_paras(t, LATIN, 500, 501);
    t = add(f, "whole", "agency", 60);
    add_paras(t, LATIN, 1, 6);
    add_paras(t, LATIN, 500, 501);
    add_paras(add(f, "cut", "gazette", 90), LATIN, 1, 4);
    t = add(f, "other-old", "herald", 30); /* of which it has more than of the only copy */
    add_paras(t, LATIN, 31, 36);
    add_paras(t, LATIN, 510, 512);
    t = add(f, "other-whole", "agency", 120);
    add_paras(t, LATIN, 21, 24);
    add_paras(t, LATIN, 510, 512);
    add_paras(add(f, "other-cut", "gazette", 150), LATIN, 21, 22);
    run(f, false);
    assert_together(f, "whole", "cut");
    assert_apart(f, "whole", "old");
    assert_together(f, "other-whole", "other-cut");
    assert_apart(f, "other-whole", "other-old");
    assert_int_equal(f->result.composites, 0);
}

/* A start of a story that another outlet ran with lines of its own is most like that one, and still a start of the story. */
static void
test_start(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;

    add_paras(add(f, "whole", "agency", 0), LATIN, 1, 6);
    add_paras(add(f, "start", "gazette", 60), LATIN, 1, 1);
    t = add(f, "local", "herald", 90);
    add_paras(t, LATIN, 1, 1);
    add_paras(t, LATIN, 101, 101);
    run(f, false);
    assert_together(f, "whole", "start");
    assert_together(f, "whole", "local");
}

/* A page of many briefs, each of which others ran by itself. */
static void
test_the_latest(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;
    char id[ID_MAX];

    for (int i = 0; i < 5; i++)
        for (int o = 0; o < 2; o++) {
            (void)snprintf(id, sizeof(id), "brief%d%c", i, 'a' + o);
            add_paras(add(f, id, o ? "herald" : "gazette", 10 * i + o), LATIN, (uint64_t)(10 * i + 1),
                      (uint64_t)(10 * i + 2));
        }
    t = add(f, "latest", "agency", 100);
    for (int i = 0; i < 5; i++)
        add_paras(t, LATIN, (uint64_t)(10 * i + 1), (uint64_t)(10 * i + 2));
    run(f, false);
    for (int i = 1; i < 5; i++) {
        (void)snprintf(id, sizeof(id), "brief%da", i);
        assert_apart(f, "brief0a", id);
    }
    assert_together(f, "brief0a", "brief0b");
    assert_apart(f, "latest", "brief0a");
}

/* A quotation that many hold does not tie their stories together, nor does a brief made of little else. */
static void
test_bridges(void **state)
{
    struct fixture *f = *state;
    struct pm_buf *t;
    char id[ID_MAX];

    for (int i = 0; i < 3; i++)
        for (int o = 0; o < 2; o++) {
            (void)snprintf(id, sizeof(id), "s%d%c", i, 'a' + o);
            t = add(f, id, o ? "herald" : "gazette", 10 * i + o);
            add_paras(t, LATIN, (uint64_t)(20 * i + 1), (uint64_t)(20 * i + 5));
            add_paras(t, LATIN, 500, 500);
        }
    add_paras(add(f, "quote", "tribune", 200), LATIN, 500, 500);
    run(f, false);
    assert_together(f, "s0a", "s0b");
    assert_apart(f, "s0a", "s1a");
    assert_apart(f, "s1a", "s2a");
}

static void
test_forms(void **state)
{
    struct fixture *f = *state;
    char id[ID_MAX];

    for (int i = 0; i < 4; i++) {
        struct pm_buf *t;

        (void)snprintf(id, sizeof(id), "market%d", i);
        t = add(f, id, i % 2 ? "herald" : "gazette", 1440 * i);
        for (int k = 0; k < 5; k++) {
            add_words(t, LATIN, (uint64_t)(40 + k), 9);
            pm_buf_addf(t, " closed at %d.%d, up %d points, or 1.%d per cent.", 1000 + 137 * i + k, 11 + i * 3 + k,
                        20 + 7 * i + k, 10 + 5 * i + k);
        }
    }
    run(f, false);
    assert_apart(f, "market0", "market1");
    assert_apart(f, "market1", "market2");
    assert_apart(f, "market2", "market3");
}

static void
test_short_texts(void **state)
{
    struct fixture *f = *state;

    add_words(add(f, "flash", "agency", 0), LATIN, 1, 20);
    add_words(add(f, "flash-copy", "herald", 1), LATIN, 1, 20);
    add_words(add(f, "flash-start", "gazette", 2), LATIN, 1, 10);
    add_words(add(f, "empty", "gazette", 3), LATIN, 1, 0);
    run(f, false);
    assert_together(f, "flash", "flash-copy");
    assert_apart(f, "flash", "flash-start");
    assert_apart(f, "flash", "empty");
}

/* ---- what must not matter ---- */

static void
test_order(void **state)
{
    struct fixture *f = *state;
    char before[CAPTURES_MAX][40];
    char id[ID_MAX];

    for (int s = 0; s < 6; s++)
        for (int o = 0; o < 4; o++) {
            (void)snprintf(id, sizeof(id), "s%d-%d", s, o);
            add_paras(add(f, id, o % 2 ? "herald" : "gazette", 60 * s + 7 * o), LATIN, (uint64_t)(20 * s + 1),
                      (uint64_t)(20 * s + 8 - o));
        }
    run(f, false);
    memcpy(before, f->cluster, sizeof(before));
    run(f, true);
    for (int i = 0; i < f->n; i++) {
        assert_true(before[i][0] == 's');
        assert_string_equal(before[i], f->cluster[i]);
    }
}

/* Hundreds of identical pages are one story, found without comparing each with each; days apart or not. */
static void
test_identical(void **state)
{
    struct fixture *f = *state;
    char id[ID_MAX];

    for (int i = 0; i < 300; i++) {
        (void)snprintf(id, sizeof(id), "p%03d", i);
        add_paras(add(f, id, "herald", 100 * i), LATIN, 1, 4);
    }
    run(f, false);
    assert_int_equal(f->members[0], 300);
    assert_int_equal(f->result.candidates, 0);
}

static void
test_dates(void **state)
{
    struct fixture *f = *state;

    add_paras(add(f, "dated", "agency", 0), LATIN, 1, 6);
    add_paras(add(f, "undated", "herald", -1), LATIN, 1, 4);
    add_paras(add(f, "month", "gazette", 30 * 1440), LATIN, 2, 6); /* more than 28 days later */
    run(f, false);
    assert_together(f, "dated", "undated");
    assert_string_equal(f->source[find(f, "undated")], "dated");
}

int
main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_copies),     CASE(test_scripts),     CASE(test_running_story), CASE(test_damage),
        CASE(test_round_up),   CASE(test_the_latest),  CASE(test_bridges),       CASE(test_forms),
        CASE(test_short_texts), CASE(test_order),      CASE(test_identical),     CASE(test_dates),
        CASE(test_late_round_up), CASE(test_background), CASE(test_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
