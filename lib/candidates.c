#include "candidates_own.h"

#include <stdlib.h>

enum {
    PROGRESS_STEP = 1 << 16,
    FILTER_PART = 16,       /* of the memory, one part in so many is for the filter of pairs */
    CAPTURES_MAX = 1 << 30, /* bytes of a list's captures, packed */
};
/* Character hashes are many: a quarter of those kept is enough to propose a pair. */
static const uint64_t HC_PROPOSES = PM_HC_LIMIT / 4;
static const uint64_t FILTER_MUL = 0x9E3779B97F4A7C15ULL;
static const uint64_t TWICE = (uint64_t)1 << 63; /* in the filter; texts are not so many */
static const char TMP[] = "tmp";

/*
 * The lists of the last run, merged with the hashes of what has changed since: texts that are new, and texts that no
 * longer stand for their kind because an earlier one came in. A list that none of these is in is as it was: so are its
 * kind and the pairs it proposes, and it is passed on unread. Of the others, the pairs with a new text are proposed.
 * What else comes of it is found once all lists are known (candidates_again.c): texts that are compared otherwise
 * because hashes of theirs have become boilerplate or no longer are, pairs that are proposed no more, and pairs of old
 * texts that are proposed now. So the last run's links without a changed end, and the links made of the pairs told, are
 * those of a run on all.
 */

static int
tell(struct pm_finder *f, const char *stage, uint64_t done, uint64_t total)
{
    if (f->options->progress == NULL || done % PROGRESS_STEP != 0)
        return PM_OK;
    return f->options->progress(f->options->ctx, stage, done, total) == 0
               ? PM_OK
               : pm_fail(f->err, PM_ECANCELED, "stopped on request");
}

/* ---- boilerplate ---- */

int
pm_keys_add(struct pm_keys *k, uint64_t key, struct pm_err *err)
{
    uint64_t *grown = pm_grow(k->v, &k->cap, k->n + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    k->v = grown;
    k->v[k->n++] = key;
    return PM_OK;
}

bool
pm_keys_next_is(struct pm_keys *k, uint64_t key)
{
    while (k->at < k->n && k->v[k->at] < key)
        k->at++;
    return k->at < k->n && k->v[k->at] == key;
}

static enum pm_posting_kind
kind_before(struct pm_finder *f, uint64_t key)
{
    return pm_keys_next_is(&f->was_furniture, key) ? PM_POSTING_FURNITURE
           : pm_keys_next_is(&f->was_all, key)     ? PM_POSTING_PHRASE
                                                   : PM_POSTING_STORY;
}

/* Lists come in order of key. */
static int
note_kind(struct pm_finder *f, uint64_t key, enum pm_posting_kind kind)
{
    int rc = kind == PM_POSTING_FURNITURE ? pm_keys_add(&f->furniture, key, f->err) : PM_OK;

    return rc == PM_OK && kind != PM_POSTING_STORY ? pm_keys_add(&f->all, key, f->err) : rc;
}

/* ---- postings ---- */

int
pm_finder_add_hashes(struct pm_finder *f, uint64_t value, const struct pm_fingerprint *fp)
{
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < fp->n_h5; i++)
        rc = pm_sorter_add(f->postings, fp->h5[i], value, f->err);
    for (size_t i = 0; rc == PM_OK && i < fp->n_hc; i++)
        rc = pm_sorter_add(f->postings, fp->hc[i] | PM_BOILERPLATE_CHARS, value, f->err);
    return rc;
}

static int
add_fingerprint(void *ctx, uint32_t number, const struct pm_fingerprint *fp)
{
    struct pm_finder *f = ctx;
    struct pm_text *t = pm_corpus_text(f->corpus, number);
    int rc = tell(f, "reading fingerprints", f->done++, pm_corpus_size(f->corpus));

    /* The first of its kind stands for it. */
    if (rc != PM_OK || (t->same == number) == t->was_first)
        return rc;
    t->hashes = t->same == number ? (uint32_t)(fp->n_h5 + fp->n_hc) : 0;
    t->furniture = t->phrases = 0;
    return pm_finder_add_hashes(f, (uint64_t)number << 1 | (t->same != number), fp);
}

bool
pm_candidates_near(const struct pm_text *a, const struct pm_text *b, uint32_t days_max)
{
    int64_t days = (int64_t)b->day - a->day;

    if (!a->dated || !b->dated)
        return true;
    return (days < 0 ? -days : days) <= (int64_t)days_max;
}

static bool
is_late(const struct pm_finder *f, uint32_t number)
{
    return f->flips != NULL && (f->flips[number] & PM_FLIP_LATE);
}

/*
 * What two texts share in one list is a phrase as a rule: two must propose a pair. Two copies share many hashes, most
 * of them soon after each other: the filter lets few repeats through after the second.
 */
static int
add_pair(struct pm_finder *f, uint32_t a, uint32_t b)
{
    uint64_t pair = (uint64_t)a << 32 | b; /* not 0, for a < b */
    uint64_t *place = &f->filter[pair * FILTER_MUL >> 32 & f->filter_mask];
    const struct pm_text *x, *y;
    bool fresh;

    if (*place == (pair | TWICE))
        return PM_OK;
    x = pm_corpus_text(f->corpus, a);
    y = pm_corpus_text(f->corpus, b);
    fresh = (x->changed && !is_late(f, a)) || (y->changed && !is_late(f, b));
    if ((f->again && fresh) || !pm_finder_near(f, x, y, f->list.key & PM_BOILERPLATE_CHARS))
        return PM_OK;
    *place = *place == pair ? pair | TWICE : pair;
    return pm_sorter_add(f->pairs, pair, 0, f->err);
}

int
pm_finder_propose_pair(struct pm_finder *f, uint32_t a, uint32_t b)
{
    int rc = PM_OK;

    for (int i = 0; rc == PM_OK && i < PM_PROPOSALS; i++)
        rc = pm_sorter_add(f->pairs, (uint64_t)a << 32 | b, 0, f->err);
    return rc;
}

bool
pm_finder_proposes(uint64_t key)
{
    return !(key & PM_BOILERPLATE_CHARS) || key <= HC_PROPOSES;
}

/* A text whose pairs are proposed now: a new one, or a late one. */
static bool
is_active(const struct pm_finder *f, uint32_t number)
{
    return f->again ? is_late(f, number) : pm_corpus_text(f->corpus, number)->changed && !is_late(f, number);
}

/* Pair the text at place `k` with those before it: in a long list, with enough to hang together. */
static int
pair_before(struct pm_finder *f, size_t k)
{
    const struct pm_posting *p = &f->list;
    size_t near = k > PM_NEAR_LINKS ? k - PM_NEAR_LINKS : 0;
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < near && i < PM_FIRST_LINKS; i++)
        rc = add_pair(f, p->texts[i], p->texts[k]);
    for (size_t i = near; rc == PM_OK && i < k; i++)
        rc = add_pair(f, p->texts[i], p->texts[k]);
    return rc;
}

/* And with those behind it that are not active, so that each pair is told once. */
static int
pair_behind(struct pm_finder *f, size_t i)
{
    const struct pm_posting *p = &f->list;
    size_t end = i < PM_FIRST_LINKS || p->n - i <= PM_NEAR_LINKS ? p->n : i + PM_NEAR_LINKS + 1;
    int rc = PM_OK;

    for (size_t k = i + 1; rc == PM_OK && k < end; k++)
        if (!is_active(f, p->texts[k]))
            rc = add_pair(f, p->texts[i], p->texts[k]);
    return rc;
}

int
pm_finder_propose(struct pm_finder *f)
{
    const struct pm_posting *p = &f->list;
    int rc = PM_OK;

    for (size_t k = 0; rc == PM_OK && k < p->n; k++)
        if (is_active(f, p->texts[k])) {
            rc = pair_before(f, k);
            if (rc == PM_OK)
                rc = pair_behind(f, k);
        }
    return rc;
}

/* ---- merging ---- */

int
pm_finder_take(struct pm_finder *f, const struct pm_state_list *l, struct pm_posting *dst)
{
    struct pm_str packed = l->packed;
    int64_t capture = 0, last = -1;
    uint32_t number;
    int rc = PM_OK;

    dst->n = 0;
    dst->key = l->key;
    for (; rc == PM_OK && pm_state_capture(&packed, &capture) == PM_OK; last = capture) {
        if (capture <= last || pm_corpus_find(f->corpus, capture, &number) != PM_OK)
            return pm_fail(f->err, PM_ECORRUPT, "'%s' is of another archive", PM_STATE_NAME);
        rc = pm_posting_add(dst, number, f->err);
    }
    return rc;
}

static void
drop(struct pm_posting *p, uint32_t text)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        if (p->texts[i] != text)
            p->texts[n++] = p->texts[i];
    p->n = n;
}

static int
by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static int
write_list(struct pm_finder *f)
{
    const struct pm_posting *p = &f->list;
    int64_t *captures;
    bool sorted = true;
    int rc;

    if (f->options->writer == NULL || p->n == 0)
        return PM_OK;
    captures = pm_grow(f->captures, &f->cap_captures, p->n, sizeof(*captures));
    if (captures == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    f->captures = captures;
    for (size_t i = 0; i < p->n; i++) {
        captures[i] = pm_corpus_text(f->corpus, p->texts[i])->capture;
        sorted = sorted && (i == 0 || captures[i] > captures[i - 1]);
    }
    if (!sorted)
        qsort(captures, p->n, sizeof(*captures), by_value);
    pm_buf_reset(&f->packed);
    pm_state_pack(&f->packed, captures, p->n);
    rc = pm_buf_check(&f->packed, f->err);
    return rc == PM_OK ? pm_state_put(f->options->writer,
                                      &(struct pm_state_list){.key = p->key, .packed = pm_buf_span(&f->packed)}, f->err)
                       : rc;
}

/* Texts that were in the list before count it as what it was, the others do not yet. */
static void
count_kinds(struct pm_finder *f, enum pm_posting_kind was, enum pm_posting_kind is)
{
    for (size_t i = 0; i < f->list.n && (was != is || is != PM_POSTING_STORY); i++) {
        struct pm_text *t = pm_corpus_text(f->corpus, f->list.texts[i]);

        if (t->was_first) {
            t->furniture -= was == PM_POSTING_FURNITURE;
            t->phrases -= was == PM_POSTING_PHRASE;
        }
        t->furniture += is == PM_POSTING_FURNITURE;
        t->phrases += is == PM_POSTING_PHRASE;
    }
}

/* A list that changed. */
static int
end_list(struct pm_finder *f)
{
    struct pm_posting *p = &f->list;
    enum pm_posting_kind was = kind_before(f, p->key), is = PM_POSTING_STORY;
    bool proposes = pm_finder_proposes(p->key);
    int rc = write_list(f);

    if (rc != PM_OK || (p->n < 2 && was == PM_POSTING_STORY)) /* most hashes are of one text alone */
        return rc;
    rc = pm_posting_judge(p, f->corpus, &f->limits, &is, f->err);
    if (rc == PM_OK)
        rc = note_kind(f, p->key, is);
    count_kinds(f, was, is);
    if (rc == PM_OK && f->before.n > 0 &&
        (was != is || (is == PM_POSTING_STORY && proposes && (p->n > PM_NEAR_LINKS || f->before.n > PM_NEAR_LINKS))))
        rc = pm_again_compare(f, was, is);
    if (rc == PM_OK && f->options->was != NULL && is == PM_POSTING_STORY && proposes && p->n > PM_NEAR_LINKS)
        rc = pm_keys_add(&f->longer, p->key, f->err);
    return rc == PM_OK && is == PM_POSTING_STORY && proposes ? pm_finder_propose(f) : rc;
}

void
pm_list_merge_next(struct pm_list_merge *m, struct pm_err *err)
{
    m->rc_list = m->file != NULL ? pm_state_next(m->file, &m->list, err) : PM_DONE;
}

int
pm_list_merge_begin(struct pm_finder *f, struct pm_list_merge *m, struct pm_state_file *file)
{
    *m = (struct pm_list_merge){.file = file};
    pm_list_merge_next(m, f->err);
    m->rc_pair = pm_sorter_next(f->postings, &m->pair, f->err);
    return m->rc_list < 0 ? m->rc_list : m->rc_pair < 0 ? m->rc_pair : PM_OK;
}

/* Pass on a list that nothing has changed in. */
static int
keep_list(struct pm_finder *f, struct pm_list_merge *m)
{
    enum pm_posting_kind kind = kind_before(f, m->list.key);
    int rc = note_kind(f, m->list.key, kind);

    if (rc == PM_OK && kind == PM_POSTING_STORY && pm_finder_proposes(m->list.key) &&
        pm_state_captures(m->list.packed) > PM_NEAR_LINKS)
        rc = pm_keys_add(&f->longer, m->list.key, f->err);
    if (rc == PM_OK && f->options->writer != NULL)
        rc = pm_state_put(f->options->writer, &m->list, f->err);
    pm_list_merge_next(m, f->err);
    return rc;
}

/* A list with what has come into it and gone from it. */
static int
change_list(struct pm_finder *f, struct pm_list_merge *m)
{
    uint64_t key = m->pair.key;
    int rc = PM_OK;

    f->list.n = f->before.n = 0;
    f->list.key = key;
    if (m->rc_list == PM_OK && m->list.key == key) {
        rc = pm_finder_take(f, &m->list, &f->before);
        pm_list_merge_next(m, f->err);
    }
    for (size_t i = 0; rc == PM_OK && i < f->before.n; i++)
        rc = pm_posting_add(&f->list, f->before.texts[i], f->err);
    while (rc == PM_OK && m->rc_pair == PM_OK && m->pair.key == key) {
        if (m->pair.value & 1)
            drop(&f->list, (uint32_t)(m->pair.value >> 1));
        else
            rc = pm_posting_add(&f->list, (uint32_t)(m->pair.value >> 1), f->err);
        m->rc_pair = pm_sorter_next(f->postings, &m->pair, f->err);
    }
    if (rc == PM_OK)
        rc = tell(f, "looking for shared passages", f->done++, 0);
    return rc == PM_OK ? end_list(f) : rc;
}

static int
merge_lists(struct pm_finder *f)
{
    struct pm_list_merge m;
    int rc = pm_list_merge_begin(f, &m, f->options->file);

    while (rc == PM_OK && (m.rc_list == PM_OK || m.rc_pair == PM_OK)) {
        rc = m.rc_pair != PM_OK || (m.rc_list == PM_OK && m.list.key < m.pair.key) ? keep_list(f, &m)
                                                                                   : change_list(f, &m);
        if (rc == PM_OK && (m.rc_list < 0 || m.rc_pair < 0))
            rc = m.rc_list < 0 ? m.rc_list : m.rc_pair;
    }
    return rc;
}

/* ---- pairs ---- */

/* Each pair that was proposed often enough, once. */
static int
read_pairs(struct pm_finder *f, int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx)
{
    struct pm_pair pair;
    uint64_t last = 0, times = 0;
    int rc;

    while ((rc = pm_sorter_next(f->pairs, &pair, f->err)) == PM_OK) {
        times = pair.key == last ? times + 1 : 1;
        last = pair.key;
        if (times != PM_PROPOSALS)
            continue;
        rc = each(ctx, (uint32_t)(pair.key >> 32), (uint32_t)pair.key);
        if (rc != PM_OK)
            return rc;
    }
    return rc == PM_DONE ? PM_OK : rc;
}

static int
make_filter(struct pm_finder *f)
{
    size_t n = 1024;

    while (2 * n * sizeof(*f->filter) <= f->options->memory / FILTER_PART)
        n *= 2;
    f->filter = calloc(n, sizeof(*f->filter));
    f->filter_mask = n - 1;
    return f->filter ? PM_OK : pm_fail(f->err, PM_ENOMEM, "out of memory");
}

/* The hashes of what has changed. */
static int
gather(struct pm_finder *f)
{
    struct pm_fingerprint fp;
    int rc = pm_sorter_new(&f->postings, f->options->root, TMP, f->options->memory / 2, f->err);

    if (rc == PM_OK && f->options->was == NULL)
        rc = pm_corpus_fingerprints(f->corpus, add_fingerprint, f, f->err);
    for (uint32_t i = 0; rc == PM_OK && f->options->was != NULL && i < pm_corpus_size(f->corpus); i++) {
        const struct pm_text *t = pm_corpus_text(f->corpus, i);

        if ((t->same == i) == t->was_first)
            continue;
        rc = pm_corpus_fingerprint(f->corpus, i, &fp, f->err);
        if (rc == PM_OK)
            rc = add_fingerprint(f, i, &fp);
    }
    return rc == PM_OK ? pm_sorter_finish(f->postings, f->err) : rc;
}

static int
find_pairs(struct pm_finder *f, struct pm_known *known)
{
    int rc = make_filter(f);

    if (rc == PM_OK && f->options->was != NULL)
        rc = pm_again_begin(f);
    if (rc == PM_OK)
        rc = gather(f);
    if (rc == PM_OK)
        rc = pm_sorter_new(&f->pairs, f->options->root, TMP, f->options->memory / 2, f->err);
    if (rc == PM_OK)
        rc = merge_lists(f);
    if (rc == PM_OK) {
        rc = pm_boilerplate_make(&known->furniture, f->furniture.v, f->furniture.n, f->err);
        f->furniture.v = NULL;
    }
    if (rc == PM_OK) {
        rc = pm_boilerplate_make(&known->all, f->all.v, f->all.n, f->err);
        f->all.v = NULL;
    }
    if (rc == PM_OK && f->options->was != NULL)
        rc = pm_again_spread(f, known);
    return rc;
}

int
pm_candidates(struct pm_corpus *c, const struct pm_candidate_options *o, struct pm_known *known,
              int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx, struct pm_err *err)
{
    struct pm_finder f = {
        .corpus = c, .options = o, .limits = pm_phrase_limits(c), .packed = PM_BUF_INIT(CAPTURES_MAX), .err = err};
    int rc;

    *known = (struct pm_known)PM_KNOWN_INIT;
    rc = find_pairs(&f, known);
    pm_sorter_free(f.postings);
    pm_again_release(&f);
    free(f.filter);
    free(f.captures);
    free(f.furniture.v);
    free(f.all.v);
    pm_buf_release(&f.packed);
    pm_posting_release(&f.list);
    if (rc == PM_OK) {
        pm_corpus_set_known(c, known);
        rc = pm_sorter_finish(f.pairs, err);
    }
    if (rc == PM_OK)
        rc = read_pairs(&f, each, ctx);
    pm_sorter_free(f.pairs);
    return rc;
}
