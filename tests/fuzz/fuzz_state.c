/*
 * The state file of dedupe, hostile but whole: its numbers, lists and hashes are right, what is in it is the input's. A search that goes
 * on from it comes to an end, and without reading or writing out of bounds; what it finds is then of no use to anybody.
 */
#include <stdlib.h>
#include <unistd.h>

#include "cluster.h"
#include "fuzz_dir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXTS = 6, PARAGRAPHS = 4, WORDS = 30, TEXT_MAX = 1 << 13, PARAMETERS = 7 };

/* ---- texts of our own ---- */

struct texts {
    struct pm_buf text[TEXTS];
    struct pm_shingler *shingler;
};

/* Text `i` has paragraphs i to i + 3, so that neighbours are alike. */
static void
make_texts(struct texts *t)
{
    if (pm_shingler_new(&t->shingler, NULL) != PM_OK)
        abort();
    for (unsigned i = 0; i < TEXTS; i++) {
        t->text[i] = (struct pm_buf)PM_BUF_INIT(TEXT_MAX);
        for (unsigned p = i; p < i + PARAGRAPHS; p++)
            for (unsigned w = 0; w < WORDS; w++)
                pm_buf_addf(&t->text[i], "%cw%u%s", 'a' + (char)(p + w) % 26, p * 7919 + w * 104729, w < WORDS - 1 ? " " : ".\n");
    }
}

static int64_t
number_of(unsigned i)
{
    return (int64_t)i + 1;
}

static int
give_texts(void *ctx, int (*take)(void *arg, const struct pm_text *t), void *arg, struct pm_err *err)
{
    struct texts *all = ctx;
    int rc = PM_OK;

    for (unsigned i = 0; rc == PM_OK && i < TEXTS; i++) {
        struct pm_fingerprint f;
        struct pm_text t = {.capture = number_of(i), .when_us = i * 1000000, .uid = {(uint8_t)i}, .outlet = i, .page = i, .dated = true};

        rc = pm_fingerprint(all->shingler, pm_buf_span(&all->text[i]), &f, err);
        t.exact = f.exact;
        t.words = f.words;
        if (rc == PM_OK)
            rc = take(arg, &t);
    }
    return rc;
}

static int
give_fingerprints(void *ctx, int (*take)(void *arg, int64_t capture, const struct pm_fingerprint *f), void *arg,
                  struct pm_err *err)
{
    struct texts *all = ctx;
    int rc = PM_OK;

    for (unsigned i = 0; rc == PM_OK && i < TEXTS; i++) {
        struct pm_fingerprint f;

        rc = pm_fingerprint(all->shingler, pm_buf_span(&all->text[i]), &f, err);
        if (rc == PM_OK)
            rc = take(arg, number_of(i), &f);
    }
    return rc;
}

static int
give_fingerprint(void *ctx, int64_t capture, struct pm_fingerprint *dst, struct pm_err *err)
{
    struct texts *all = ctx;

    return pm_fingerprint(all->shingler, pm_buf_span(&all->text[capture - 1]), dst, err);
}

static int
give_text(void *ctx, int64_t capture, struct pm_str *text, struct pm_err *err)
{
    (void)err;
    *text = pm_buf_span(&((struct texts *)ctx)->text[capture - 1]);
    return PM_OK;
}

/* ---- a state of the input's making ---- */

struct bytes {
    const uint8_t *at;
    size_t left;
};

static uint8_t
byte(struct bytes *b)
{
    if (b->left == 0)
        return 0;
    b->left--;
    return *b->at++;
}

/* An array of up to seven elements, as the input has them. */
static void *
array(struct bytes *b, size_t size, size_t *n)
{
    uint8_t *v;

    *n = byte(b) & 7;
    v = calloc(*n + 1, size);
    if (v == NULL)
        abort();
    for (size_t i = 0; i < *n * size; i++)
        v[i] = byte(b);
    return v;
}

/* Texts as they are, so that the search goes on behind the first look, but for what the input says of them. */
static struct pm_state_text *
texts(struct bytes *b, size_t *n)
{
    struct pm_state_text *t;

    if (byte(b) & 1)
        return array(b, sizeof(*t), n);
    *n = byte(b) % (TEXTS + 1);
    t = calloc(*n + 1, sizeof(*t));
    if (t == NULL)
        abort();
    for (unsigned i = 0; i < *n; i++)
        t[i] = (struct pm_state_text){.capture = number_of(i), .hashes = byte(b), .furniture = byte(b), .phrases = byte(b), .first = byte(b) & 1 ? byte(b) : i};
    return t;
}

/* Links between texts that there are, for the same reason. */
static struct pm_link *
links(struct bytes *b, size_t *n)
{
    bool as_is = byte(b) & 1;
    struct pm_link *l = array(b, sizeof(*l), n);

    for (size_t i = 0; !as_is && i < *n; i++) {
        l[i].a %= TEXTS;
        l[i].b %= TEXTS;
        l[i].like &= 3;
    }
    return l;
}

static int
put_lists(struct pm_state_writer *w, struct bytes *b)
{
    uint64_t key = 0;
    int rc = PM_OK;

    for (unsigned n = byte(b) & 15; rc == PM_OK && n > 0; n--) {
        size_t len = byte(b) & 15;
        uint64_t kind = byte(b) & 1;

        for (int i = 0; i < 4; i++)
            key += (uint64_t)byte(b) << (16 + 12 * i);
        len = len < b->left ? len : b->left;
        rc = pm_state_put(w, &(struct pm_state_list){.key = key | kind, .packed = PM_STRN((const char *)b->at, len)}, NULL);
        b->at += len;
        b->left -= len;
    }
    return rc;
}

static uint64_t
make_state(int root, struct bytes *b)
{
    struct pm_state_writer *w = NULL;
    struct pm_state s;
    uint64_t id = 0;

    s.texts = texts(b, &s.n_texts);
    s.furniture = array(b, sizeof(*s.furniture), &s.n_furniture);
    s.boilerplate = array(b, sizeof(*s.boilerplate), &s.n_boilerplate);
    s.links = links(b, &s.n_links);
    s.memos = array(b, sizeof(*s.memos), &s.n_memos);
    s.stories = array(b, sizeof(*s.stories), &s.n_stories);
    if (pm_state_writer_new(&w, root, NULL) != PM_OK || put_lists(w, b) != PM_OK ||
        pm_state_commit(w, &s, PARAMETERS, &id, NULL) != PM_OK)
        abort();
    pm_state_writer_free(w);
    free(s.texts);
    free(s.furniture);
    free(s.boilerplate);
    free(s.links);
    free(s.memos);
    free(s.stories);
    return id;
}

/* One byte of the file is another: then it is none, or its lists end in an error. */
static void
damage(int root, struct bytes *b, uint64_t id)
{
    int fd = openat(root, PM_STATE_NAME, O_RDWR | O_CLOEXEC);
    struct pm_state_file *f = NULL;
    struct pm_state_list list;
    struct pm_state *s;
    struct stat st;
    off_t at;
    char was;
    int rc;

    if (fd < 0 || fstat(fd, &st) != 0)
        abort();
    at = (off_t)(byte(b) | byte(b) << 8) % st.st_size;
    if (pread(fd, &was, 1, at) != 1 || pwrite(fd, &(char){(char)(was ^ (byte(b) | 1))}, 1, at) != 1)
        abort();
    if (pm_state_open(&f, &s, root, id, PARAMETERS, NULL) == PM_OK) {
        while ((rc = pm_state_next(f, &list, NULL)) == PM_OK)
            ;
        if (rc == PM_DONE)
            abort();
    }
    pm_state_free(f);
    close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct texts all;
    const struct pm_source source = {&all, give_texts, give_fingerprints, give_fingerprint, give_text};
    const struct pm_cluster_options options = {.days_max = 28, .memory_max = 1 << 20, .story_min = 0.45, .version_min = 0.7};
    struct pm_clustering found = PM_CLUSTERING_INIT;
    struct pm_cluster_result result;
    struct bytes b = {data, size};
    int root = fuzz_dir(), rc;
    uint64_t id;

    (void)mkdirat(root, "tmp", 0777);
    if (all.shingler == NULL)
        make_texts(&all);
    id = make_state(root, &b);
    if (pm_state_open(&found.file, &found.was, root, id, PARAMETERS, NULL) != PM_OK ||
        pm_state_writer_new(&found.writer, root, NULL) != PM_OK)
        abort();
    rc = pm_cluster_texts(&found, &source, root, &options, &result, NULL);
    if (rc != PM_OK && rc != PM_ECORRUPT)
        abort();
    pm_clustering_release(&found);
    damage(root, &b, id);
    return 0;
}
