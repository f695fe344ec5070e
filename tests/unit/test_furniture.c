/* Furniture: what is learned of an outlet's captures, what never is, and texts without it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "furniture.h"
#include "ingest.h"
#include "learn.h"
#include "maint.h"
#include "repack.h"
#include "schema.h"
#include "scratch.h"

/* ---- blocks ---- */

static void
test_blocks_come_back(void **state)
{
    struct pm_packed_block v[PM_BLOCKS_MAX];
    struct pm_buf packed = PM_BUF_INIT(1 << 20), text = PM_BUF_INIT(1 << 20);
    uint32_t bytes = 0;

    (void)state;
    pm_buf_cstr(&text, "one\n\ntwo words\n");
    for (int i = 0; i <= PM_BLOCK_BYTES_MAX; i++)
        pm_buf_putc(&text, 'x'); /* too long to be furniture */
    pm_buf_cstr(&text, "\nfour");
    pm_blocks_pack(pm_buf_span(&text), &packed);
    assert_int_equal(pm_blocks_unpack(pm_buf_span(&packed), v, &bytes), 3);
    assert_int_equal(bytes, text.len);
    assert_int_equal(v[0].hash, pm_block_hash(PM_STR("one")));
    assert_int_equal(v[1].hash, pm_block_hash(PM_STR("two words")));
    assert_int_equal(v[2].hash, pm_block_hash(PM_STR("four")));
    assert_int_equal(v[1].bytes, 9);
    assert_true(v[0].first && v[1].first && !v[2].first);
    pm_buf_reset(&packed);
    pm_blocks_pack(PM_STR(""), &packed);
    assert_int_equal(pm_blocks_unpack(pm_buf_span(&packed), v, &bytes), 0);
    pm_buf_release(&packed);
    pm_buf_release(&text);
}

/* Of a text with very many the ones at its ends. */
static void
test_blocks_many(void **state)
{
    struct pm_packed_block v[PM_BLOCKS_MAX];
    struct pm_buf packed = PM_BUF_INIT(1 << 20), text = PM_BUF_INIT(1 << 20);
    uint32_t bytes = 0;

    (void)state;
    for (int i = 0; i < 1000; i++)
        pm_buf_addf(&text, "line %d\n", i);
    pm_blocks_pack(pm_buf_span(&text), &packed);
    assert_int_equal(pm_blocks_unpack(pm_buf_span(&packed), v, &bytes), PM_BLOCKS_MAX);
    assert_int_equal(v[0].hash, pm_block_hash(PM_STR("line 0")));
    assert_int_equal(v[PM_BLOCKS_MAX / 2 - 1].hash, pm_block_hash(PM_STR("line 127")));
    assert_int_equal(v[PM_BLOCKS_MAX / 2].hash, pm_block_hash(PM_STR("line 872")));
    assert_int_equal(v[PM_BLOCKS_MAX - 1].hash, pm_block_hash(PM_STR("line 999")));
    pm_buf_release(&packed);
    pm_buf_release(&text);
}

/* What a manifest that was tampered with may hold. */
static void
test_blocks_bad(void **state)
{
    static char junk[4 + 10 * (PM_BLOCKS_MAX + 1)];
    struct pm_packed_block v[PM_BLOCKS_MAX];
    uint32_t bytes = 0;

    (void)state;
    for (size_t n = 0; n < 40; n++)
        assert_int_equal(pm_blocks_unpack(PM_STRN(junk, n), v, &bytes), n >= 4 && n % 10 == 4 ? n / 10 : 0);
    assert_int_equal(pm_blocks_unpack(PM_STRN(junk, sizeof(junk)), v, &bytes), 0);
    assert_int_equal(pm_blocks_unpack(PM_STRN(NULL, 0), v, &bytes), 0);
}

/* ---- texts ---- */

#define LONG_A "please do subscribe to our daily letter"
#define LONG_B "cookies are used on this very site"

static void
without(const struct pm_furniture *set, const char *text, const char *expected)
{
    struct pm_buf out = PM_BUF_INIT(1 << 16);

    pm_unfurnish(set, pm_str_of(text), &out);
    assert_string_equal(pm_buf_z(&out), expected);
    pm_buf_release(&out);
}

static int
by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct pm_piece *)a)->hash, y = ((const struct pm_piece *)b)->hash;

    return x < y ? -1 : x > y;
}

static void
test_unfurnish(void **state)
{
    struct pm_piece pieces[] = {
        {pm_block_hash(PM_STR(LONG_A)), 9, 10, false},
        {pm_block_hash(PM_STR(LONG_B)), 9, 10, true},
        {pm_block_hash(PM_STR("Share")), 9, 10, true},
    };
    struct pm_furniture set = {pieces, 3}, none = {NULL, 0};

    (void)state;
    qsort(pieces, 3, sizeof(pieces[0]), by_hash);
    without(&set, "a\nb\nc\nd", "a\nb\nc\nd");
    without(&set, "", "");
    without(&none, "a\n" LONG_A "\n", "a\n" LONG_A "\n");
    /* Anywhere, */
    without(&set, "a\nb\nc\n" LONG_A "\nd", "a\nb\nc\nd");
    without(&set, "a\nb\nc\n" LONG_A, "a\nb\nc");
    without(&set, "a\nb\nc\n" LONG_A "\n", "a\nb\nc");
    without(&set, LONG_B "\na\n" LONG_B "\nb", "a\nb");
    /* but what does not open texts stays among the first blocks, furniture before them aside, */
    without(&set, LONG_A "\na\nb", LONG_A "\na\nb");
    without(&set, "a\nb\n" LONG_A, "a\nb\n" LONG_A);
    without(&set, LONG_B "\n" LONG_A "\na\nb\n" LONG_A, LONG_A "\na\nb");
    /* and what is short, as a heading is, comes off the ends only. */
    without(&set, "Share\na\nShare\nb\nShare\n" LONG_B "\nShare", "a\nShare\nb");
    /* Something stays, always. */
    without(&set, LONG_B "\nShare\n" LONG_B, LONG_B "\nShare\n" LONG_B);
    without(&set, LONG_A, LONG_A);
    without(&set, LONG_A "\n" LONG_B "\n", LONG_A);
}

/* ---- learning ---- */

struct bed {
    char dir[SCRATCH_PATH];
    int at;
    struct pm_buf rows; /* JSON Lines under way */
    struct pm_err err;
};

static int
set_up(void **state)
{
    struct bed *b = calloc(1, sizeof(*b));

    if (!scratch_make(b->dir, "furniture"))
        return -1;
    b->at = open(b->dir, O_RDONLY | O_DIRECTORY);
    b->rows = (struct pm_buf)PM_BUF_INIT(64 << 20);
    *state = b;
    return 0;
}

static int
tear_down(void **state)
{
    struct bed *b = *state;

    close(b->at);
    scratch_remove(b->dir);
    pm_buf_release(&b->rows);
    free(b);
    return 0;
}

/* A paragraph that its seed makes, in words that no other seed's has. */
static void
paragraph(struct pm_buf *out, uint64_t seed)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;

    for (int w = 0; w < 40; w++) {
        if (w > 0)
            pm_buf_putc(out, ' ');
        for (int c = 0; c < 7; c++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            pm_buf_putc(out, (char)('a' + (state >> 40) % 26));
        }
    }
}

/* A row whose text is `before`, the paragraphs of a story from `first` on, and `behind`. */
static void
row(struct bed *b, int id, const char *outlet, const char *before, uint64_t first, int paragraphs, const char *behind)
{
    pm_buf_addf(&b->rows, "{\"id\":\"r%d\",\"outlet\":\"%s\",\"date\":\"2024-05-%02dT00:00:00Z\",\"title\":\"T %d\",\"text\":\"", id,
                outlet, 1 + id % 28, id);
    if (*before)
        pm_buf_addf(&b->rows, "%s\\n\\n", before);
    for (int p = 0; p < paragraphs; p++) {
        paragraph(&b->rows, first + (uint64_t)p);
        if (p + 1 < paragraphs || *behind)
            pm_buf_cstr(&b->rows, "\\n\\n");
    }
    pm_buf_addf(&b->rows, "%s\"}\n", behind);
}

/* Take the rows in, as one input, and forget them. */
static void
take_in(struct bed *b, const char *archive, unsigned jobs)
{
    struct pm_buf path = PM_BUF_INIT(256), rows = PM_BUF_INIT(256);
    const char *inputs[1];
    struct pm_ingest_options o = {.input = {.date_us = PM_WHEN_NONE}, .jobs = jobs};
    struct pm_ingest_result r;
    struct pm_manifest *m;
    int fd, root;

    fd = openat(b->at, "rows.jsonl", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_int_equal(write(fd, b->rows.data, b->rows.len), (ssize_t)b->rows.len);
    close(fd);
    pm_buf_reset(&b->rows);
    (void)mkdirat(b->at, archive, 0777);
    root = openat(b->at, archive, O_RDONLY | O_DIRECTORY);
    (void)mkdirat(root, "bundles", 0777);
    pm_buf_addf(&path, "%s/%s/manifest.sqlite", b->dir, archive);
    pm_buf_addf(&rows, "%s/rows.jsonl", b->dir);
    inputs[0] = pm_buf_z(&rows);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), true, &b->err), PM_OK);
    assert_int_equal(pm_ingest(m, root, inputs, 1, &o, &r, &b->err), PM_OK);
    assert_int_equal(r.skipped, 0);
    pm_manifest_free(m);
    close(root);
    pm_buf_release(&path);
    pm_buf_release(&rows);
}

static int
print_piece(void *ctx, const struct pm_furniture_row *f)
{
    pm_buf_addf(ctx, "%016llx %u/%u %d " PM_STR_FMT "\n", (unsigned long long)f->hash, f->captures, f->of, f->opens,
                PM_STR_ARG(f->text));
    return PM_OK;
}

/* What an archive learned of an outlet. */
static void
learned(struct bed *b, const char *archive, const char *outlet, struct pm_buf *out)
{
    struct pm_buf path = PM_BUF_INIT(256);
    struct pm_manifest *m;

    pm_buf_addf(&path, "%s/%s/manifest.sqlite", b->dir, archive);
    pm_buf_reset(out);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), false, &b->err), PM_OK);
    assert_int_equal(pm_manifest_each_furniture(m, pm_str_of(outlet), print_piece, out, &b->err), PM_OK);
    assert_int_equal(pm_buf_check(out, &b->err), PM_OK);
    pm_manifest_free(m);
    pm_buf_release(&path);
}

static bool
has(const struct pm_buf *out, const char *text)
{
    return pm_str_find(pm_buf_span(out), pm_str_of(text), 0) != SIZE_MAX;
}

#define SIGN_UP "Sign up here for the letter that we send each morning to all our readers."
#define COOKIES "This site sets cookies, which you can refuse on the page about them."

static void
test_learn(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20);

    for (int i = 0; i < 10; i++)
        row(b, i, "Herald", i % 2 ? COOKIES : "", 100u * (unsigned)i, 4, i % 3 ? SIGN_UP : "");
    for (int i = 10; i < 20; i++) /* in another outlet it is only once */
        row(b, i, "Echo", "", 100u * (unsigned)i, 4, i == 10 ? SIGN_UP : "");
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_true(has(&out, "6/10 0 " SIGN_UP "\n"));
    assert_true(has(&out, "5/10 1 " COOKIES "\n"));
    assert_int_equal(pm_str_find(pm_buf_span(&out), PM_STR("\n"), 0) + 1 +
                         pm_str_find(PM_STRN(out.data + pm_str_find(pm_buf_span(&out), PM_STR("\n"), 0) + 1,
                                             out.len - pm_str_find(pm_buf_span(&out), PM_STR("\n"), 0) - 1),
                                     PM_STR("\n"), 0) + 1,
                     out.len); /* two lines */
    learned(b, "a", "Echo", &out);
    assert_int_equal(out.len, 0);
    pm_buf_release(&out);
}

/* An outlet that ran one story in many versions, with a lead of its own each time: all that they share is the story's. */
static void
test_never_near_copies(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20), lead = PM_BUF_INIT(1 << 12);

    for (int i = 0; i < 8; i++) {
        pm_buf_reset(&lead);
        paragraph(&lead, 5000u + (unsigned)i);
        row(b, i, "Herald", pm_buf_z(&lead), 1, 5, SIGN_UP);
    }
    for (int i = 8; i < 12; i++)
        row(b, i, "Herald", "", 100u * (unsigned)i, 5, "");
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_int_equal(out.len, 0);
    /* Two stories are not enough, three are. */
    row(b, 20, "Herald", "", 2000, 5, SIGN_UP);
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_int_equal(out.len, 0);
    row(b, 21, "Herald", "", 2100, 5, SIGN_UP);
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_true(has(&out, "10/14 0 " SIGN_UP "\n"));
    assert_int_equal(pm_str_find(pm_buf_span(&out), PM_STR("\n"), 0), out.len - 1);
    pm_buf_release(&out);
    pm_buf_release(&lead);
}

/* Texts that are furniture for the greater part are told apart once it is known for what it is. */
static void
test_much_furniture(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20);

    for (int i = 0; i < 12; i++)
        row(b, i, "Herald", COOKIES, 100u * (unsigned)i, i < 4 ? 6 : 1,
            SIGN_UP "\\n\\nCopyright of the Herald and all who write for it, whatever they may write and say."
                    "\\n\\nWrite to us if you know more about this, or think that we have got it wrong.");
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_true(has(&out, "12/12 1 " COOKIES "\n"));
    assert_true(has(&out, " " SIGN_UP "\n"));
    assert_true(has(&out, "12/12 0 Copyright"));
    assert_true(has(&out, "12/12 0 Write to us"));
    pm_buf_release(&out);
}

/* A tenth of the captures, three captures, six captures in all; and what is most of a text stays. */
static void
test_thresholds(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20);

    for (int i = 0; i < 31; i++)
        row(b, i, "Herald", "", 100u * (unsigned)i, 3, i < 3 ? SIGN_UP : "");
    for (int i = 40; i < 45; i++)
        row(b, i, "Echo", "", 100u * (unsigned)i, 3, SIGN_UP);
    for (int i = 50; i < 58; i++)
        row(b, i, "Mail", "", 100u * (unsigned)i, 3, i < 52 ? SIGN_UP : "");
    for (int i = 60; i < 70; i++)
        row(b, i, "Post", "", 100u * (unsigned)i, 0, "To read on, please log in or buy a week of the Post.\\n\\nThank you!");
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out); /* 3 of 31 */
    assert_int_equal(out.len, 0);
    learned(b, "a", "Echo", &out); /* five captures */
    assert_int_equal(out.len, 0);
    learned(b, "a", "Mail", &out); /* in two */
    assert_int_equal(out.len, 0);
    learned(b, "a", "Post", &out);
    assert_int_equal(out.len, 0);
    row(b, 31, "Herald", "", 9000, 3, SIGN_UP);
    row(b, 45, "Echo", "", 9100, 3, SIGN_UP);
    row(b, 58, "Mail", "", 9200, 3, SIGN_UP);
    take_in(b, "a", 0);
    learned(b, "a", "Herald", &out);
    assert_true(has(&out, "4/32 0 " SIGN_UP));
    learned(b, "a", "Echo", &out);
    assert_true(has(&out, "6/6 0 " SIGN_UP));
    learned(b, "a", "Mail", &out);
    assert_true(has(&out, "3/9 0 " SIGN_UP));
    pm_buf_release(&out);
}

/* Rows of two outlets in an order: 0 as they are, 1 backwards. */
static void
put_rows(struct bed *b, int from, int to, bool backwards)
{
    for (int k = from; k < to; k++) {
        int i = backwards ? from + to - 1 - k : k;

        row(b, i, i % 3 ? "Herald" : "Echo", i % 4 ? "" : COOKIES, i % 7 ? 100u * (unsigned)i : 7, 3 + i % 3,
            i % 2 ? SIGN_UP : "");
    }
}

static void
rebuild(struct bed *b, const char *archive)
{
    struct pm_buf path = PM_BUF_INIT(256);
    struct pm_maint_options o = {.jobs = 0};
    struct pm_bundle_reader *bundles = NULL;
    struct pm_verify_result r;
    struct pm_manifest *m;
    int root = openat(b->at, archive, O_RDONLY | O_DIRECTORY);

    assert_int_equal(unlinkat(root, "manifest.sqlite", 0), 0);
    pm_buf_addf(&path, "%s/%s/manifest.sqlite", b->dir, archive);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), true, &b->err), PM_OK);
    assert_int_equal(pm_bundle_reader_open(&bundles, root, &b->err), PM_OK);
    assert_int_equal(pm_rebuild(m, bundles, root, &o, &r, &b->err), PM_OK);
    pm_bundle_reader_free(bundles);
    pm_manifest_free(m);
    close(root);
    pm_buf_release(&path);
}

/* The same rows are learned whatever the order, the threads, the number of runs, and from the bundles alone. */
static void
test_order(void **state)
{
    static const char *const outlets[] = {"Herald", "Echo"};
    struct bed *b = *state;
    struct pm_buf first = PM_BUF_INIT(1 << 20), other = PM_BUF_INIT(1 << 20);

    put_rows(b, 0, 60, false);
    take_in(b, "a", 0);
    put_rows(b, 0, 60, true);
    take_in(b, "b", 4);
    put_rows(b, 40, 60, true);
    take_in(b, "c", 2);
    put_rows(b, 0, 13, false);
    take_in(b, "c", 0);
    put_rows(b, 13, 40, true);
    take_in(b, "c", 3);
    for (int i = 0; i < 2; i++) {
        learned(b, "a", outlets[i], &first);
        assert_true(first.len > 0);
        for (const char *name = "b"; name != NULL; name = *name == 'b' ? "c" : NULL) {
            learned(b, name, outlets[i], &other);
            assert_true(pm_str_eq(pm_buf_span(&first), pm_buf_span(&other)));
        }
    }
    rebuild(b, "c");
    for (int i = 0; i < 2; i++) {
        learned(b, "a", outlets[i], &first);
        learned(b, "c", outlets[i], &other);
        assert_true(pm_str_eq(pm_buf_span(&first), pm_buf_span(&other)));
    }
    pm_buf_release(&first);
    pm_buf_release(&other);
}

/* A run that ended before it learned: the next one makes good for it. */
static void
test_made_good(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20), path = PM_BUF_INIT(256);
    struct pm_row owed = {.capture = 77, .uid = {1}, .outlet = PM_STR("Echo")};
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_manifest *m;
    struct pm_str outlet;

    for (int i = 0; i < 8; i++)
        row(b, i, "Herald", "", 100u * (unsigned)i, 4, SIGN_UP);
    take_in(b, "a", 0);
    pm_buf_addf(&path, "%s/a/manifest.sqlite", b->dir);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), true, &b->err), PM_OK);
    assert_int_equal(pm_manifest_unlearned(m, arena, &outlet, &b->err), PM_DONE);
    assert_int_equal(pm_manifest_put_blocks(m, &owed, PM_STR("junk"), &b->err), PM_OK);
    assert_int_equal(pm_manifest_unlearned(m, arena, &outlet, &b->err), PM_OK);
    assert_true(pm_str_eq(outlet, PM_STR("Echo")));
    owed.outlet = PM_STR_NULL; /* without an outlet nothing is learned */
    assert_int_equal(pm_manifest_put_blocks(m, &owed, PM_STR("junk"), &b->err), PM_OK);
    pm_manifest_free(m);
    row(b, 8, "Herald", "", 800, 4, "");
    take_in(b, "a", 0);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), true, &b->err), PM_OK);
    assert_int_equal(pm_manifest_unlearned(m, arena, &outlet, &b->err), PM_DONE);
    pm_manifest_free(m);
    learned(b, "a", "Herald", &out);
    assert_true(has(&out, "8/9 0 " SIGN_UP));
    pm_arena_free(arena);
    pm_buf_release(&out);
    pm_buf_release(&path);
}

/* Bundles that cannot be read: what would need them is not learned, or learning fails and leaves what was there. */
static void
test_bundles_gone(void **state)
{
    struct bed *b = *state;
    struct pm_buf out = PM_BUF_INIT(1 << 20), path = PM_BUF_INIT(256);
    struct pm_row owed = {.capture = 1, .uid = {1}, .outlet = PM_STR("Herald")};
    struct pm_manifest *m;
    int root;

    for (int i = 0; i < 8; i++)
        row(b, i, "Herald", "", 100u * (unsigned)i, 4, SIGN_UP);
    take_in(b, "a", 0);
    root = openat(b->at, "a", O_RDONLY | O_DIRECTORY);
    pm_buf_addf(&path, "%s/a/manifest.sqlite", b->dir);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), true, &b->err), PM_OK);
    assert_int_equal(pm_manifest_put_blocks(m, &owed, PM_STR("junk"), &b->err), PM_OK);
    assert_true(pm_learn(m, -1, &b->err) <= PM_OK);
    assert_int_equal(unlinkat(root, "bundles/000001.warc.zst", 0), 0);
    assert_int_equal(pm_learn(m, root, &b->err), PM_OK);
    pm_manifest_free(m);
    close(root);
    learned(b, "a", "Herald", &out);
    assert_int_equal(out.len, 0);
    pm_buf_release(&out);
    pm_buf_release(&path);
}

/* A manifest of the version before furniture: a reader leaves it alone, a writer brings it up to date. */
static void
test_older_manifest(void **state)
{
    struct bed *b = *state;
    struct pm_buf path = PM_BUF_INIT(256), out = PM_BUF_INIT(1 << 16);
    struct pm_manifest *m = NULL;
    char set[128];
    sqlite3 *db;

    assert_int_equal(mkdirat(b->at, "old", 0777), 0);
    pm_buf_addf(&path, "%s/old/manifest.sqlite", b->dir);
    (void)snprintf(set, sizeof(set), "PRAGMA application_id=%d; PRAGMA user_version=1;", PM_SCHEMA_APPLICATION_ID);
    assert_int_equal(sqlite3_open(pm_buf_z(&path), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, pm_schema_steps[0], NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, set, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(pm_manifest_open(&m, pm_buf_z(&path), false, &b->err), PM_EVERSION);
    for (int i = 0; i < 8; i++)
        row(b, i, "Herald", "", 100u * (unsigned)i, 4, SIGN_UP);
    take_in(b, "old", 0);
    learned(b, "old", "Herald", &out);
    assert_true(has(&out, "8/8 0 " SIGN_UP));
    pm_buf_release(&path);
    pm_buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_come_back),
        cmocka_unit_test(test_blocks_many),
        cmocka_unit_test(test_blocks_bad),
        cmocka_unit_test(test_unfurnish),
        cmocka_unit_test_setup_teardown(test_learn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_never_near_copies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_much_furniture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_thresholds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_made_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bundles_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_older_manifest, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
