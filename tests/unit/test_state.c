/* A search for near copies that goes on from the last one finds what a search of everything finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "noise.h"
#include "pressmark.h"
#include "scratch.h"

enum { ROWS_MAX = 1024, PARA_WORDS = 40, STEPS = 4, DUMP_MAX = 1 << 26 };

struct row {
    int step;   /* at which it comes in */
    int minute; /* after the first of May 2024 */
    char outlet[16];
    struct pm_buf text;
};

struct fixture {
    char dir[SCRATCH_PATH];
    struct row *rows;
    int n;
    struct pm_buf grown, whole; /* dumps */
};

static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    f->rows = calloc(ROWS_MAX, sizeof(*f->rows));
    f->grown = f->whole = (struct pm_buf)PM_BUF_INIT(DUMP_MAX);
    *state = f;
    return !scratch_make(f->dir, "state");
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;

    scratch_remove(f->dir);
    for (int i = 0; i < f->n; i++)
        pm_buf_release(&f->rows[i].text);
    pm_buf_release(&f->grown);
    pm_buf_release(&f->whole);
    free(f->rows);
    free(f);
    return 0;
}

/* ---- texts ---- */

static void
add_para(struct pm_buf *out, uint64_t seed, int words)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;

    if (out->len > 0)
        pm_buf_cstr(out, "\\n");
    for (int w = 0; w < words; w++) {
        if (w > 0)
            pm_buf_putc(out, ' ');
        for (uint32_t k = 2 + next_random(&state) % 6; k > 0; k--)
            pm_buf_putc(out, (char)('a' + next_random(&state) % 26));
    }
    pm_buf_putc(out, '.');
}

static struct pm_buf *
add(struct fixture *f, int step, const char *outlet, int number, int minute)
{
    struct row *r = &f->rows[f->n++];

    assert_true(f->n <= ROWS_MAX);
    r->step = step;
    r->minute = minute;
    (void)snprintf(r->outlet, sizeof(r->outlet), "%s%d", outlet, number);
    r->text = (struct pm_buf)PM_BUF_INIT(1 << 22);
    return &r->text;
}

/* Stories in the versions of many outlets; lines of their own that most outlets put below. */
static void
add_stories(struct fixture *f, uint64_t *random)
{
    for (int s = 0; s < 24; s++)
        for (int o = 0; o < 7; o++) {
            int outlet = (int)(next_random(random) % 9), step = (int)(next_random(random) % STEPS);
            struct pm_buf *t = add(f, step, "paper", outlet, 700 * s + (int)(next_random(random) % 4000));
            uint64_t first = (uint64_t)(50 * s), kept = 2 + next_random(random) % 6;

            for (uint64_t p = 0; p < kept; p++)
                add_para(t, first + p, PARA_WORDS);
            if (next_random(random) % 4 == 0)
                add_para(t, 7000 + next_random(random), PARA_WORDS);
            if (next_random(random) % 5 == 0) /* a passage that other stories have too */
                add_para(t, 9000 + next_random(random) % 3, PARA_WORDS);
            if (outlet % 3 != 0)
                add_para(t, (uint64_t)(8000 + outlet), 25);
        }
}

/* The same words again, some of them earlier than what is there. */
static void
add_twins(struct fixture *f, uint64_t *random)
{
    for (int i = 0; i < 40; i++) {
        const struct row *r = &f->rows[next_random(random) % 100];
        struct pm_buf *t = add(f, (int)(next_random(random) % STEPS), "twin", i % 5,
                               r->minute + (int)(next_random(random) % 600) - 300);

        pm_buf_str(t, pm_buf_span(&r->text));
    }
}

/* So many near copies that not each is paired with each; a round-up of two stories. */
static void
add_crowd(struct fixture *f, uint64_t *random)
{
    struct pm_buf *t;

    for (int i = 0; i < 60; i++) {
        t = add(f, (int)(next_random(random) % STEPS), "crowd", i, 30000 + (int)(next_random(random) % 2000));
        for (uint64_t p = 0; p < 5; p++)
            add_para(t, 5000 + p, PARA_WORDS);
        add_para(t, 6000 + (uint64_t)i, 12);
    }
    t = add(f, 1, "digest", 1, 9000);
    for (uint64_t s = 2; s < 4; s++)
        for (uint64_t p = 0; p < 3; p++)
            add_para(t, 50 * s + p, PARA_WORDS);
}

/* One form, filled in with other numbers, again and again on many days: furniture, once there are enough of them. */
static void
add_forms(struct fixture *f, uint64_t *random)
{
    for (int i = 0; i < 24; i++) {
        struct pm_buf *t = add(f, i % STEPS, "paper", i % 4, 1440 * i);

        for (uint64_t p = 0; p < 4; p++) {
            add_para(t, 4000 + p, 18);
            pm_buf_addf(t, " closed at %u.%u, up %u points, or %u per cent.", 1000 + next_random(random) % 9000,
                        10 + next_random(random) % 90, 10 + next_random(random) % 90, 10 + next_random(random) % 90);
        }
    }
}

/* ---- archives ---- */

static struct pressmark_archive *
open_archive(const struct fixture *f, const char *name)
{
    struct pressmark_archive *a = NULL;
    struct pressmark_error err;
    char path[128];
    struct stat st;

    (void)snprintf(path, sizeof(path), "%s/%s", f->dir, name);
    if (stat(path, &st) != 0)
        assert_int_equal(pressmark_init(path, &err), PRESSMARK_OK);
    assert_int_equal(pressmark_open(&a, path, true, &err), PRESSMARK_OK);
    return a;
}

/* Take in the rows of the steps given. */
static void
take_in(const struct fixture *f, struct pressmark_archive *a, const int *steps, int n)
{
    const struct pressmark_snapshot_options in = {.date_us = PRESSMARK_NO_TIME};
    struct pressmark_snapshot_result taken;
    struct pressmark_error err;
    char path[128];
    const char *input = path;
    FILE *out;

    (void)snprintf(path, sizeof(path), "%s/rows.jsonl", f->dir);
    out = fopen(path, "w");
    assert_non_null(out);
    for (int s = 0; s < n; s++)
        for (int i = 0; i < f->n; i++) {
            const struct row *r = &f->rows[i];

            if (r->step != steps[s])
                continue;
            (void)fprintf(out, "{\"id\":\"r%d\",\"url\":\"https://%s.example/%d\",\"outlet\":\"%s\",", i, r->outlet, i,
                          r->outlet);
            (void)fprintf(out, "\"date\":\"2024-05-%02dT%02d:%02d:00Z\",\"title\":\"t\",\"text\":\"" PM_STR_FMT "\"}\n",
                          1 + (r->minute + 1440) / 1440, (r->minute + 1440) / 60 % 24, (r->minute + 1440) % 60,
                          PM_STR_ARG(pm_buf_span(&r->text)));
        }
    assert_int_equal(fclose(out), 0);
    assert_int_equal(pressmark_snapshot(a, &input, 1, &in, &taken, &err), PRESSMARK_OK);
}

static int
dump_cluster(void *ctx, const struct pressmark_cluster *c)
{
    struct pm_buf *out = ctx;

    pm_buf_addf(out, "%s %s %s %s %.17g %s %lld %lld\n", c->id, c->level, c->story ? c->story : "-", c->source,
                c->confidence, c->reasons, (long long)c->first_us, (long long)c->last_us);
    for (size_t i = 0; i < c->n_members; i++) {
        const struct pressmark_member *m = &c->members[i];

        pm_buf_addf(out, "  %s %.17g %.17g %u %u %u %s %s\n", m->capture->id, m->containment, m->jaccard,
                    m->shared_words, m->cut_words, m->added_words, m->previous ? m->previous : "-",
                    m->version ? m->version : "-");
    }
    return 0;
}

/* Cluster, and tell all that is known of the clusters. */
static struct pressmark_dedupe_result
cluster(struct pressmark_archive *a, bool full, struct pm_buf *dst)
{
    const struct pressmark_dedupe_options how = {.full = full};
    struct pressmark_dedupe_result r;
    struct pressmark_error err;
    int rc = pressmark_dedupe(a, &how, &r, &err);

    if (rc != PRESSMARK_OK)
        fail_msg("%s", err.text);
    pm_buf_reset(dst);
    pm_buf_addf(dst, "%llu %llu %llu %llu %llu %llu\n", (unsigned long long)r.captures, (unsigned long long)r.edges,
                (unsigned long long)r.partial, (unsigned long long)r.stories, (unsigned long long)r.versions,
                (unsigned long long)r.composites);
    assert_true(pressmark_clusters(a, "story", dump_cluster, dst, &err) >= 0);
    assert_true(pressmark_clusters(a, "version", dump_cluster, dst, &err) >= 0);
    assert_int_equal(dst->failed, 0);
    return r;
}

static void
make_rows(struct fixture *f)
{
    uint64_t random = 11;

    add_stories(f, &random);
    add_forms(f, &random);
    add_twins(f, &random);
    add_crowd(f, &random);
}

/* ---- the tests ---- */

/* Half, then the rest in steps, in several orders: after each step the same as from scratch. */
static void
test_goes_on(void **state)
{
    static const int orders[][STEPS] = {{0, 1, 2, 3}, {3, 1, 0, 2}, {2, 0, 3, 1}};
    struct fixture *f = *state;
    uint64_t pairs = 0, all_pairs = 0;

    make_rows(f);
    for (int o = 0; o < 3; o++) {
        struct pressmark_archive *a;
        char name[32];

        (void)snprintf(name, sizeof(name), "grown%d", o);
        a = open_archive(f, name);
        for (int s = 0; s < STEPS; s++) {
            struct pressmark_archive *b;

            take_in(f, a, &orders[o][s], 1);
            pairs = cluster(a, false, &f->grown).candidates;
            (void)snprintf(name, sizeof(name), "whole%d-%d", o, s);
            b = open_archive(f, name);
            take_in(f, b, orders[o], s + 1);
            all_pairs = cluster(b, false, &f->whole).candidates;
            pressmark_free(b);
            assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole));
        }
        assert_true(pairs < all_pairs); /* or nothing was remembered */
        (void)cluster(a, false, &f->grown);
        assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole)); /* nothing new */
        pairs = cluster(a, true, &f->grown).candidates;
        assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole));
        assert_int_equal(pairs, all_pairs);
        pressmark_free(a);
    }
}

static void
change_byte(const char *path, long from_end, bool cut)
{
    int fd = open(path, O_RDWR);
    struct stat st;
    char c;

    assert_true(fd >= 0 && fstat(fd, &st) == 0 && st.st_size > from_end);
    if (cut) {
        assert_int_equal(ftruncate(fd, st.st_size - from_end), 0);
    } else {
        assert_int_equal(pread(fd, &c, 1, st.st_size - from_end), 1);
        c ^= 0x10;
        assert_int_equal(pwrite(fd, &c, 1, st.st_size - from_end), 1);
    }
    assert_int_equal(close(fd), 0);
}

/* Lost, of another run or damaged anywhere, what was remembered does no harm. */
static void
test_state_lost(void **state)
{
    struct fixture *f = *state;
    const int steps[] = {0, 1};
    char path[128], old[128];
    struct stat st;

    make_rows(f);
    for (int how = 0; how < 9; how++) {
        struct pressmark_archive *a;
        uint64_t all_pairs;
        char name[32];

        (void)snprintf(name, sizeof(name), "lost%d", how);
        a = open_archive(f, name);
        (void)snprintf(path, sizeof(path), "%s/%s/dedupe.state", f->dir, name);
        (void)snprintf(old, sizeof(old), "%s/old", f->dir);
        take_in(f, a, &steps[0], 1);
        (void)cluster(a, false, &f->grown);
        assert_int_equal(stat(path, &st), 0);
        if (how == 0)
            assert_int_equal(unlink(path), 0);
        else if (how == 1) /* the state of an archive with other captures */
            assert_int_equal(rename(old, path), 0);
        else if (how == 2)
            change_byte(path, 40, true);
        else
            change_byte(path, how == 3 ? 1 : how == 4 ? 90 : how == 5 ? 200 : st.st_size * (how - 5) / 5, false);
        take_in(f, a, &steps[1], 1);
        (void)cluster(a, false, &f->grown);
        all_pairs = cluster(a, true, &f->whole).candidates;
        assert_true(all_pairs > 0);
        assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole));
        pressmark_free(a);
        if (how == 0)
            assert_int_equal(rename(path, old), 0);
    }
}

struct stopper {
    int calls, at;
};

static int
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    struct stopper *s = ctx;

    (void)stage;
    (void)done;
    (void)total;
    return s->calls++ == s->at;
}

/* Stopped anywhere, a run leaves the last result, and the next one ends as if it had not been. */
static void
test_stopped(void **state)
{
    struct fixture *f = *state;
    struct pressmark_archive *a = open_archive(f, "stopped");
    struct stopper s = {0, 0};
    struct pressmark_dedupe_options how = {.progress = stop, .ctx = &s};
    struct pressmark_dedupe_result r;
    struct pressmark_error err;
    struct pm_buf before = PM_BUF_INIT(DUMP_MAX);
    const int steps[] = {0, 1};
    int stopped = 0;

    make_rows(f);
    take_in(f, a, &steps[0], 1);
    (void)cluster(a, false, &f->grown);
    pm_buf_str(&before, pm_buf_span(&f->grown));
    take_in(f, a, &steps[1], 1);
    for (;; s.at++) {
        s.calls = 0;
        if (pressmark_dedupe(a, &how, &r, &err) == PRESSMARK_OK)
            break;
        stopped++;
        pm_buf_reset(&f->whole);
        assert_true(pressmark_clusters(a, "story", dump_cluster, &f->whole, &err) >= 0);
        assert_non_null(strstr(pm_buf_z(&before), pm_buf_z(&f->whole)));
    }
    assert_true(stopped > 2);
    (void)cluster(a, false, &f->grown);
    (void)cluster(a, true, &f->whole);
    assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole));
    pressmark_free(a);
    pm_buf_release(&before);
}

/* A text with a passage that others have, and a line of its own. */
static void
add_passage(struct fixture *f, int step, int number, int minute)
{
    struct pm_buf *t = add(f, step, "house", number, minute);

    for (uint64_t p = 0; p < 4; p++)
        add_para(t, 3000 + p, PARA_WORDS);
    add_para(t, (uint64_t)(3100 + number), PARA_WORDS);
}

static bool
is_in_a_story(struct fixture *f, struct pressmark_archive *a, int row)
{
    struct pressmark_error err;
    char key[16];
    int rc;

    (void)snprintf(key, sizeof(key), "r%d", row);
    pm_buf_reset(&f->whole);
    rc = pressmark_cluster_of(a, key, "story", dump_cluster, &f->whole, &err);
    assert_true(rc >= 0);
    return rc == PRESSMARK_OK;
}

/*
 * Two texts share a passage, and so are a story; then it comes again and again and is known as a phrase, and they are none;
 * then it comes on one day more often than on all others, and they are one again. The two are there from the start.
 */
static void
test_turns(void **state)
{
    const int steps[] = {0, 1, 2};
    struct fixture *f = *state;
    struct pressmark_archive *a = open_archive(f, "turns");

    add_passage(f, 0, 0, 100);
    add_passage(f, 0, 1, 1600);
    for (int i = 0; i < 12; i++)
        add_passage(f, 1, 2 + i, 4000 + 2880 * i);
    for (int i = 0; i < 40; i++)
        add_passage(f, 2, 14 + i, 9000 + 10 * i);
    for (int s = 0; s < 3; s++) {
        struct pressmark_archive *b;
        char name[32];

        take_in(f, a, &steps[s], 1);
        (void)cluster(a, false, &f->grown);
        assert_int_equal(is_in_a_story(f, a, 0), s != 1);
        assert_int_equal(is_in_a_story(f, a, 1), s != 1);
        (void)snprintf(name, sizeof(name), "turned%d", s);
        b = open_archive(f, name);
        take_in(f, b, steps, s + 1);
        (void)cluster(b, false, &f->whole);
        pressmark_free(b);
        assert_string_equal(pm_buf_z(&f->grown), pm_buf_z(&f->whole));
    }
    pressmark_free(a);
}

int
main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {CASE(test_goes_on), CASE(test_turns), CASE(test_state_lost), CASE(test_stopped)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
