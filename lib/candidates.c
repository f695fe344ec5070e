#include "candidates.h"

#include <stdlib.h>

#include "posting.h"
#include "sorter.h"

enum {
    NEAR_LINKS = 32,           /* a text of a long list is paired with so many before it, */
    FIRST_LINKS = 8,           /* and with so many at its start */
    PROGRESS_STEP = 1 << 16,
    FILTER_PART = 16,          /* of the memory, one part in so many is for the filter of pairs */
    CAPTURES_MAX = 1 << 30,    /* bytes of a list's captures, packed */
};
/* Character hashes are many: a quarter of those kept is enough to propose a pair. */
static const uint64_t HC_PROPOSES = PM_HC_LIMIT / 4;
static const uint64_t FILTER_MUL = 0x9E3779B97F4A7C15ULL;
static const char TMP[] = "tmp";

/*
 * The lists of the last run, merged with the hashes of what has changed since: texts that are new, and texts that no longer
 * stand for their kind because an earlier one came in. A list that none of these is in is as it was: so are its verdict
 * on boilerplate and the pairs it proposes, and it is passed on unread.
 *
 * A list that turns into boilerplate or out of it changes what is compared of all its texts, and a long one pairs its texts by
 * their order; then all its texts count as changed. What is left are texts whose own words, boilerplate and lists are as they
 * were but for changed texts that came into them: pairs of two such texts are proposed, and judged, as in the last run,
 * so nothing is said of them. All pairs with a changed text are proposed anew from all lists that it is in. So
 * the last run's links without a changed end, and the links made of the pairs told, are those of a run on all.
 */
struct finder {
    struct pm_corpus *corpus;
    const struct pm_candidate_options *options;
    struct pm_sorter *postings; /* key, number of the text << 1 | 1 when it leaves the list */
    struct pm_sorter *pairs;
    struct pm_posting list;
    int64_t *captures;          /* of the list, ascending */
    size_t cap_captures;
    struct pm_buf packed;
    uint64_t *filter; /* pairs proposed lately, each in its place of mask + 1; 0: none */
    uint64_t filter_mask;
    uint64_t *boilerplate;
    size_t n_boilerplate, cap_boilerplate;
    size_t at_was;    /* in the last run's boilerplate */
    uint64_t done;
    bool spread;      /* texts were found changed whose other lists have been passed on */
    struct pm_err *err;
};

static int
tell(struct finder *f, const char *stage, uint64_t done, uint64_t total)
{
    if (f->options->progress == NULL || done % PROGRESS_STEP != 0)
        return PM_OK;
    return f->options->progress(f->options->ctx, stage, done, total) == 0
               ? PM_OK
               : pm_fail(f->err, PM_ECANCELED, "stopped on request");
}

/* ---- boilerplate ---- */

static int
note_boilerplate(struct finder *f, uint64_t key)
{
    uint64_t *grown = pm_grow(f->boilerplate, &f->cap_boilerplate, f->n_boilerplate + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    f->boilerplate = grown;
    f->boilerplate[f->n_boilerplate++] = key; /* keys come in order, so the list is sorted */
    return PM_OK;
}

/* Was it in the last run? Asked in order of key. */
static bool
was_boilerplate(struct finder *f, uint64_t key)
{
    const struct pm_state *was = f->options->was;

    while (was != NULL && f->at_was < was->n_boilerplate && was->boilerplate[f->at_was] < key)
        f->at_was++;
    return was != NULL && f->at_was < was->n_boilerplate && was->boilerplate[f->at_was] == key;
}

/* ---- postings ---- */

static int
add_hashes(struct finder *f, uint64_t value, const struct pm_fingerprint *fp)
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
    struct finder *f = ctx;
    const struct pm_text *t = pm_corpus_text(f->corpus, number);
    int rc = tell(f, "reading fingerprints", f->done++, pm_corpus_size(f->corpus));

    /* The first of its kind stands for it. */
    if (rc != PM_OK || (t->same == number) == t->was_first)
        return rc;
    return add_hashes(f, (uint64_t)number << 1 | (t->same != number), fp);
}

bool
pm_candidates_near(const struct pm_text *a, const struct pm_text *b, uint32_t days_max)
{
    int64_t days = (int64_t)b->day - a->day;

    if (!a->dated || !b->dated)
        return true;
    return (days < 0 ? -days : days) <= (int64_t)days_max;
}

/* Two copies share many hashes, most of them soon after each other: the filter lets few repeats through. */
static int
add_pair(struct finder *f, uint32_t a, uint32_t b)
{
    uint64_t pair = (uint64_t)a << 32 | b; /* not 0, for a < b */
    uint64_t *place = &f->filter[pair * FILTER_MUL >> 32 & f->filter_mask];
    const struct pm_text *x, *y;

    if (*place == pair)
        return PM_OK;
    *place = pair;
    x = pm_corpus_text(f->corpus, a);
    y = pm_corpus_text(f->corpus, b);
    if ((!x->changed && !y->changed) || !pm_candidates_near(x, y, f->options->days_max))
        return PM_OK;
    return pm_sorter_add(f->pairs, pair, 0, f->err);
}

static bool
proposes(uint64_t key)
{
    return !(key & PM_BOILERPLATE_CHARS) || key <= HC_PROPOSES;
}

/* Pair the texts of a list: all of them in a short one; in a long one, each with enough to hang together. */
static int
propose(struct finder *f)
{
    const struct pm_posting *p = &f->list;
    int rc = PM_OK;

    if (p->n < 2 || !proposes(p->key))
        return PM_OK;
    for (size_t k = 1; rc == PM_OK && k < p->n; k++) {
        size_t near = k > NEAR_LINKS ? k - NEAR_LINKS : 0;

        for (size_t i = 0; rc == PM_OK && i < near && i < FIRST_LINKS; i++)
            rc = add_pair(f, p->texts[i], p->texts[k]);
        for (size_t i = near; rc == PM_OK && i < k; i++)
            rc = add_pair(f, p->texts[i], p->texts[k]);
    }
    return rc;
}

/* ---- merging ---- */

/* The texts of a list of the last run. */
static int
take_list(struct finder *f, const struct pm_state_list *l)
{
    struct pm_str packed = l->packed;
    int64_t capture = 0, last = -1;
    uint32_t number;
    int rc = PM_OK;

    for (; rc == PM_OK && pm_state_capture(&packed, &capture) == PM_OK; last = capture) {
        if (capture <= last || pm_corpus_find(f->corpus, capture, &number) != PM_OK)
            return pm_fail(f->err, PM_ECORRUPT, "'%s' is of another archive", PM_STATE_NAME);
        rc = pm_posting_add(&f->list, number, f->err);
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
write_list(struct finder *f)
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
    return rc == PM_OK
               ? pm_state_put(f->options->writer, &(struct pm_state_list){p->key, pm_buf_span(&f->packed)}, f->err)
               : rc;
}

static void
change_all(struct finder *f)
{
    for (size_t i = 0; i < f->list.n; i++) {
        struct pm_text *t = pm_corpus_text(f->corpus, f->list.texts[i]);

        f->spread |= !t->changed;
        t->changed = true;
    }
}

/* A list that changed: `before` texts were in it. */
static int
end_list(struct finder *f, size_t before)
{
    struct pm_posting *p = &f->list;
    bool was = was_boilerplate(f, p->key), is;
    int rc = write_list(f);

    if (rc != PM_OK || (p->n < 2 && !was)) /* most hashes are of one text alone */
        return rc;
    rc = pm_posting_judge(p, f->corpus, f->err);
    is = rc == PM_DONE;
    if (rc < 0)
        return rc;
    if (is != was || (!is && proposes(p->key) && (before > NEAR_LINKS || p->n > NEAR_LINKS)))
        change_all(f);
    if (!is)
        return propose(f);
    for (size_t i = 0; i < p->n; i++)
        pm_corpus_text(f->corpus, p->texts[i])->furnished = true;
    return note_boilerplate(f, p->key);
}

/* Both streams side by side; PM_DONE of either is kept in its `rc`. */
struct merge {
    struct pm_state_file *file; /* NULL: there is no last run */
    struct pm_state_list list;
    struct pm_pair pair;
    int rc_list, rc_pair;
};

static void
next_list(struct merge *m, struct pm_err *err)
{
    m->rc_list = m->file != NULL ? pm_state_next(m->file, &m->list, err) : PM_DONE;
}

static int
begin_merge(struct finder *f, struct merge *m, struct pm_state_file *file)
{
    *m = (struct merge){.file = file};
    next_list(m, f->err);
    m->rc_pair = pm_sorter_next(f->postings, &m->pair, f->err);
    return m->rc_list < 0 ? m->rc_list : m->rc_pair < 0 ? m->rc_pair : PM_OK;
}

/* Pass on a list that nothing has changed in. */
static int
keep_list(struct finder *f, struct merge *m)
{
    int rc = PM_OK;

    if (was_boilerplate(f, m->list.key))
        rc = note_boilerplate(f, m->list.key);
    if (rc == PM_OK && f->options->writer != NULL)
        rc = pm_state_put(f->options->writer, &m->list, f->err);
    next_list(m, f->err);
    return rc;
}

/* A list with what has come into it and gone from it. */
static int
change_list(struct finder *f, struct merge *m)
{
    uint64_t key = m->pair.key;
    size_t before;
    int rc = PM_OK;

    f->list.n = 0;
    f->list.key = key;
    if (m->rc_list == PM_OK && m->list.key == key) {
        rc = take_list(f, &m->list);
        next_list(m, f->err);
    }
    before = f->list.n;
    while (rc == PM_OK && m->rc_pair == PM_OK && m->pair.key == key) {
        if (m->pair.value & 1)
            drop(&f->list, (uint32_t)(m->pair.value >> 1));
        else
            rc = pm_posting_add(&f->list, (uint32_t)(m->pair.value >> 1), f->err);
        m->rc_pair = pm_sorter_next(f->postings, &m->pair, f->err);
    }
    if (rc == PM_OK)
        rc = tell(f, "looking for shared passages", f->done++, 0);
    return rc == PM_OK ? end_list(f, before) : rc;
}

static int
merge_lists(struct finder *f)
{
    struct merge m;
    int rc = begin_merge(f, &m, f->options->file);

    while (rc == PM_OK && (m.rc_list == PM_OK || m.rc_pair == PM_OK)) {
        rc = m.rc_pair != PM_OK || (m.rc_list == PM_OK && m.list.key < m.pair.key) ? keep_list(f, &m)
                                                                                  : change_list(f, &m);
        if (rc == PM_OK && (m.rc_list < 0 || m.rc_pair < 0))
            rc = m.rc_list < 0 ? m.rc_list : m.rc_pair;
    }
    return rc;
}

/* ---- once more, for texts that were found changed on the way ---- */

/* The hashes of all changed texts; what they hold of boilerplate is found again. */
static int
gather_changed(struct finder *f)
{
    int rc = pm_sorter_new(&f->postings, f->options->root, TMP, f->options->memory / 4, f->err);

    for (uint32_t i = 0; rc == PM_OK && i < pm_corpus_size(f->corpus); i++) {
        struct pm_text *t = pm_corpus_text(f->corpus, i);
        struct pm_fingerprint fp;

        if (!t->changed || t->same != i)
            continue;
        t->furnished = false;
        rc = pm_corpus_fingerprint(f->corpus, i, &fp, f->err);
        if (rc == PM_OK)
            rc = add_hashes(f, i, &fp);
    }
    return rc == PM_OK ? pm_sorter_finish(f->postings, f->err) : rc;
}

/* A list with changed texts in it, as it is now. */
static int
propose_again(struct finder *f, const struct pm_state_list *list)
{
    int rc;

    f->list.n = 0;
    f->list.key = list->key;
    rc = take_list(f, list);
    if (rc == PM_OK)
        rc = pm_posting_judge(&f->list, f->corpus, f->err);
    if (rc == PM_OK)
        return propose(f);
    for (size_t i = 0; rc == PM_DONE && i < f->list.n; i++)
        pm_corpus_text(f->corpus, f->list.texts[i])->furnished = true;
    return rc == PM_DONE ? PM_OK : rc;
}

static int
spread_changes(struct finder *f)
{
    struct pm_state_file *lists = NULL;
    struct merge m;
    int rc;

    memset(f->filter, 0, (f->filter_mask + 1) * sizeof(*f->filter)); /* pairs were left out while an end was not changed */
    pm_sorter_free(f->postings);
    f->postings = NULL;
    rc = gather_changed(f);
    if (rc == PM_OK)
        rc = pm_state_reopen(f->options->writer, &lists, f->err);
    if (rc == PM_OK)
        rc = begin_merge(f, &m, lists);
    while (rc == PM_OK && m.rc_list == PM_OK && m.rc_pair == PM_OK) {
        if (m.list.key > m.pair.key) {
            m.rc_pair = pm_sorter_next(f->postings, &m.pair, f->err);
        } else {
            if (m.list.key == m.pair.key)
                rc = propose_again(f, &m.list);
            next_list(&m, f->err);
        }
        if (rc == PM_OK && (m.rc_list < 0 || m.rc_pair < 0))
            rc = m.rc_list < 0 ? m.rc_list : m.rc_pair;
    }
    pm_state_free(lists);
    return rc;
}

/* ---- pairs ---- */

/* Each pair once. */
static int
read_pairs(struct finder *f, int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx)
{
    struct pm_pair pair;
    uint64_t last = 0;
    int rc;

    while ((rc = pm_sorter_next(f->pairs, &pair, f->err)) == PM_OK) {
        if (pair.key == last)
            continue;
        last = pair.key;
        rc = each(ctx, (uint32_t)(pair.key >> 32), (uint32_t)pair.key);
        if (rc != PM_OK)
            return rc;
    }
    return rc == PM_DONE ? PM_OK : rc;
}

static int
make_filter(struct finder *f)
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
gather(struct finder *f)
{
    struct pm_fingerprint fp;
    int rc = pm_sorter_new(&f->postings, f->options->root, TMP, f->options->memory / 2, f->err);

    if (rc == PM_OK && f->options->was == NULL)
        rc = pm_corpus_fingerprints(f->corpus, add_fingerprint, f, f->err);
    for (uint32_t i = 0; rc == PM_OK && f->options->was != NULL && i < pm_corpus_size(f->corpus); i++) {
        const struct pm_text *t = pm_corpus_text(f->corpus, i);

        f->spread |= t->changed && t->was_first && t->same == i; /* its lists are as they were */
        if ((t->same == i) == t->was_first)
            continue;
        rc = pm_corpus_fingerprint(f->corpus, i, &fp, f->err);
        if (rc == PM_OK)
            rc = add_fingerprint(f, i, &fp);
    }
    return rc == PM_OK ? pm_sorter_finish(f->postings, f->err) : rc;
}

int
pm_candidates(struct pm_corpus *c, const struct pm_candidate_options *o, struct pm_boilerplate *boilerplate,
              int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx, struct pm_err *err)
{
    struct finder f = {.corpus = c,
                       .options = o,
                       .packed = PM_BUF_INIT(CAPTURES_MAX),
                       .err = err};
    int rc;

    *boilerplate = (struct pm_boilerplate){.hashes = NULL};
    rc = make_filter(&f);
    if (rc == PM_OK)
        rc = gather(&f);
    if (rc == PM_OK)
        rc = pm_sorter_new(&f.pairs, o->root, TMP, o->memory / 2, err);
    if (rc == PM_OK)
        rc = merge_lists(&f);
    if (rc == PM_OK && f.spread)
        rc = spread_changes(&f);
    pm_sorter_free(f.postings);
    free(f.filter);
    free(f.captures);
    pm_buf_release(&f.packed);
    if (rc == PM_OK)
        rc = pm_boilerplate_make(boilerplate, f.boilerplate, f.n_boilerplate, err);
    else
        free(f.boilerplate);
    if (rc == PM_OK) {
        pm_corpus_set_boilerplate(c, boilerplate);
        rc = pm_sorter_finish(f.pairs, err);
    }
    if (rc == PM_OK)
        rc = read_pairs(&f, each, ctx);
    pm_sorter_free(f.pairs);
    pm_posting_release(&f.list);
    return rc;
}
