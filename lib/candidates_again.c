/* What a run has to find out when the last one is known: which of its texts and pairs are not what they were. */
#include "candidates_own.h"

#include <stdlib.h>

static const char TMP[] = "tmp";

int
pm_again_begin(struct pm_finder *f)
{
    const struct pm_state *was = f->options->was;
    uint32_t n = pm_corpus_size(f->corpus);

    f->was_furniture = (struct pm_keys){.v = was->furniture, .n = was->n_furniture};
    f->was_all = (struct pm_keys){.v = was->boilerplate, .n = was->n_boilerplate};
    f->flips = calloc((size_t)n + 1, sizeof(*f->flips));
    f->links = calloc(was->n_texts + 2, sizeof(*f->links));
    if (f->flips == NULL || f->links == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    for (uint32_t i = 0; i < n; i++) {
        const struct pm_text *t = pm_corpus_text(f->corpus, i);

        f->flips[i] = t->changed && t->was_first && t->same == i ? PM_FLIP_LATE : 0; /* its lists are as they were */
    }
    for (size_t i = 0; i < was->n_links; i++)
        f->links[was->links[i].a + 1] = i + 1;
    for (size_t i = 1; i <= was->n_texts; i++)
        if (f->links[i] == 0)
            f->links[i] = f->links[i - 1];
    return PM_OK;
}

void
pm_again_release(struct pm_finder *f)
{
    free(f->longer.v);
    free(f->turned.v);
    free(f->old_places);
    free(f->new_places);
    free(f->flips);
    free(f->links);
    pm_posting_release(&f->before);
}

/* ---- one list ---- */

/* Had a pair of texts a link? */
static bool
had_link(const struct pm_finder *f, uint32_t a, uint32_t b)
{
    const struct pm_state *was = f->options->was;
    uint32_t x = pm_corpus_text(f->corpus, a)->was, y = pm_corpus_text(f->corpus, b)->was;

    for (size_t i = x < was->n_texts ? f->links[x] : 0; x < was->n_texts && i < f->links[x + 1]; i++)
        if (was->links[i].b == y)
            return true;
    return false;
}

/* Where the texts of either list are in the other; how many of `before` have left. */
static int
find_places(struct pm_finder *f, size_t *left)
{
    const struct pm_posting *old = &f->before, *new = &f->list;
    uint32_t *x = pm_grow(f->old_places, &f->cap_old, new->n + 1, sizeof(*x));
    uint32_t *y = pm_grow(f->new_places, &f->cap_new, old->n + 1, sizeof(*y));

    if (x != NULL)
        f->old_places = x;
    if (y != NULL)
        f->new_places = y;
    if (x == NULL || y == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    memset(x, 0xFF, new->n * sizeof(*x));
    memset(y, 0xFF, old->n * sizeof(*y));
    *left = old->n;
    for (size_t i = 0, k = 0; i < old->n && k < new->n;) {
        uint32_t a = old->texts[i], b = new->texts[k];

        if (a == b) {
            x[k] = (uint32_t)i;
            y[i] = (uint32_t)k;
            --*left;
        }
        i += a <= b;
        k += b <= a;
    }
    return PM_OK;
}

/* A pair at two places of a list, of stories, that the other one does not propose though it has both texts: noted if
 * `linked` is what it was. */
static int
note_turned(struct pm_finder *f, uint32_t a, uint32_t b, bool linked)
{
    if (!pm_finder_near(f, pm_corpus_text(f->corpus, a), pm_corpus_text(f->corpus, b),
                        f->list.key & PM_BOILERPLATE_CHARS) ||
        had_link(f, a, b) != linked)
        return PM_OK;
    return pm_keys_add(&f->turned, (uint64_t)a << 32 | b, f->err);
}

/* The pairs of `from` with places in the other list, which is of stories or is not, that are not paired there. */
static int
compare_pairs(struct pm_finder *f, const struct pm_posting *from, const uint32_t *places, bool story, bool linked)
{
    int rc = PM_OK;

    for (size_t k = 1; rc == PM_OK && k < from->n; k++)
        for (size_t i = 0; rc == PM_OK && i < k; i++) {
            uint32_t x = places[i], y = places[k];

            if (!pm_places_paired(i, k))
                i = k - PM_NEAR_LINKS - 1;
            else if (x != PM_NO_PLACE && y != PM_NO_PLACE && (!story || !pm_places_paired(x, y)))
                rc = note_turned(f, from->texts[i], from->texts[k], linked);
        }
    return rc;
}

/* The same for the list as it was when texts came in alone: only pairs that were barely paired can have been turned
 * away. */
static int
compare_grown(struct pm_finder *f, size_t grown)
{
    const struct pm_posting *old = &f->before;
    size_t first = grown < PM_FIRST_LINKS ? PM_FIRST_LINKS - grown : 0;
    int rc = PM_OK;

    for (size_t k = PM_NEAR_LINKS + 1 > grown ? PM_NEAR_LINKS + 1 - grown : 1; rc == PM_OK && k < old->n; k++) {
        size_t near = k > PM_NEAR_LINKS ? k - PM_NEAR_LINKS : 0;

        for (size_t i = first; rc == PM_OK && i < PM_FIRST_LINKS && i < near; i++)
            if (!pm_places_paired(f->new_places[i], f->new_places[k]))
                rc = note_turned(f, old->texts[i], old->texts[k], true);
        for (size_t i = near; rc == PM_OK && i < k && i < near + grown; i++)
            if (!pm_places_paired(f->new_places[i], f->new_places[k]))
                rc = note_turned(f, old->texts[i], old->texts[k], true);
    }
    return rc;
}

int
pm_again_compare(struct pm_finder *f, enum pm_posting_kind was, enum pm_posting_kind is)
{
    uint8_t flips = was == is ? 0
                              : (was == PM_POSTING_FURNITURE || is == PM_POSTING_FURNITURE ? PM_FLIP_FURNITURE : 0) |
                                    (was == PM_POSTING_PHRASE || is == PM_POSTING_PHRASE ? PM_FLIP_PHRASE : 0);
    bool was_story = was == PM_POSTING_STORY, story = is == PM_POSTING_STORY;
    size_t left = 0;
    int rc;

    for (size_t i = 0; i < f->before.n; i++)
        f->flips[f->before.texts[i]] |= flips;
    if (!pm_finder_proposes(f->list.key))
        return PM_OK;
    pm_posting_sort(&f->before);
    rc = find_places(f, &left);
    if (rc == PM_OK && was_story && story && left == 0)
        return compare_grown(f, f->list.n - f->before.n);
    if (rc == PM_OK && was_story)
        rc = compare_pairs(f, &f->before, f->new_places, story, true);
    if (rc == PM_OK && story)
        rc = compare_pairs(f, &f->list, f->old_places, was_story, false);
    return rc;
}

/* ---- all lists ---- */

static void
change(struct pm_finder *f, uint32_t number)
{
    pm_corpus_text(f->corpus, number)->changed = true;
    f->flips[number] |= PM_FLIP_LATE;
}

/* Texts that something else is left out of now. */
static void
change_flipped(struct pm_finder *f)
{
    for (uint32_t i = 0; i < pm_corpus_size(f->corpus); i++) {
        const struct pm_text *t = pm_corpus_text(f->corpus, i);
        const struct pm_state_text *old;
        bool form = pm_text_is_form(t);

        if (f->flips[i] == 0 || t->changed)
            continue;
        old = &f->options->was->texts[t->was];
        if ((f->flips[i] & PM_FLIP_FURNITURE) || (form && (f->flips[i] & PM_FLIP_PHRASE)) ||
            form != pm_is_form(old->hashes, old->furniture, old->phrases))
            change(f, i);
    }
}

static bool
is_among(const struct pm_keys *k, uint64_t key)
{
    size_t low = 0, high = k->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (k->v[mid] < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low < k->n && k->v[low] == key;
}

/* The hashes of a text, of words and of characters. */
struct hashes {
    uint64_t *v;
    size_t cap, n_h5, n_hc;
    uint32_t text;
};

static int
take_hashes(struct pm_finder *f, uint32_t text, struct hashes *dst)
{
    struct pm_fingerprint fp;
    uint64_t *grown;
    int rc = pm_corpus_fingerprint(f->corpus, text, &fp, f->err);

    if (rc != PM_OK)
        return rc;
    grown = pm_grow(dst->v, &dst->cap, fp.n_h5 + fp.n_hc + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    *dst = (struct hashes){.v = grown, .cap = dst->cap, .n_h5 = fp.n_h5, .n_hc = fp.n_hc, .text = text};
    memcpy(grown, fp.h5, fp.n_h5 * sizeof(*grown));
    memcpy(grown + fp.n_h5, fp.hc, fp.n_hc * sizeof(*grown));
    return PM_OK;
}

/*
 * Lists that two texts are in and that propose pairs: short ones, which propose this pair, and longer ones, which may.
 */
struct shared {
    size_t firm, longer;
};

static void
count_shared(const struct pm_finder *f, const struct pm_known *known, const uint64_t *a, size_t n_a, const uint64_t *b,
             size_t n_b, uint64_t kind, struct shared *dst)
{
    for (size_t i = 0, k = 0; i < n_a && k < n_b && dst->firm < PM_PROPOSALS;) {
        uint64_t x = a[i], y = b[k];

        if (x == y && pm_finder_proposes(x | kind) && !pm_is_boilerplate(&known->all, x | kind)) {
            bool longer = is_among(&f->longer, x | kind);

            dst->firm += !longer;
            dst->longer += longer;
        }
        i += x <= y;
        k += y <= x;
    }
}

/*
 * Pairs of which something has been noted: those that are proposed for sure stay, or are proposed; where it depends on
 * places in longer lists, or a link goes, the two are compared anew.
 */
static int
settle_turned(struct pm_finder *f, const struct pm_known *known)
{
    uint64_t *scratch = calloc(f->turned.n + 1, sizeof(*scratch));
    struct hashes x = {.text = PM_NO_PLACE};
    struct pm_fingerprint y;
    int rc = scratch ? PM_OK : pm_fail(f->err, PM_ENOMEM, "out of memory");

    if (rc == PM_OK)
        f->turned.n = pm_hashes_sort(f->turned.v, f->turned.n, scratch);
    for (size_t i = 0; rc == PM_OK && i < f->turned.n; i++) {
        uint32_t a = (uint32_t)(f->turned.v[i] >> 32), b = (uint32_t)f->turned.v[i];
        struct shared shared = {0};
        bool linked = had_link(f, a, b);

        if (pm_corpus_text(f->corpus, a)->changed || pm_corpus_text(f->corpus, b)->changed)
            continue;
        if (x.text != a)
            rc = take_hashes(f, a, &x);
        if (rc == PM_OK)
            rc = pm_corpus_fingerprint(f->corpus, b, &y, f->err);
        if (rc != PM_OK)
            break;
        if (pm_finder_near(f, pm_corpus_text(f->corpus, a), pm_corpus_text(f->corpus, b), false))
            count_shared(f, known, x.v, x.n_h5, y.h5, y.n_h5, 0, &shared);
        if (pm_finder_near(f, pm_corpus_text(f->corpus, a), pm_corpus_text(f->corpus, b), true))
            count_shared(f, known, x.v + x.n_h5, x.n_hc, y.hc, y.n_hc, PM_BOILERPLATE_CHARS, &shared);
        if (shared.firm >= PM_PROPOSALS) {
            rc = linked ? PM_OK : pm_finder_propose_pair(f, a, b);
        } else if (linked || shared.firm + shared.longer >= PM_PROPOSALS) {
            change(f, a);
            change(f, b);
        }
    }
    free(x.v);
    free(scratch);
    return rc;
}

/* The hashes of texts whose lists were passed on while they did not count as changed. */
static int
gather_late(struct pm_finder *f, size_t *n)
{
    struct pm_fingerprint fp;
    int rc;

    *n = 0;
    pm_sorter_free(f->postings);
    f->postings = NULL;
    rc = pm_sorter_new(&f->postings, f->options->root, TMP, f->options->memory / 4, f->err);
    for (uint32_t i = 0; rc == PM_OK && i < pm_corpus_size(f->corpus); i++) {
        if (!(f->flips[i] & PM_FLIP_LATE))
            continue;
        ++*n;
        rc = pm_corpus_fingerprint(f->corpus, i, &fp, f->err);
        if (rc == PM_OK)
            rc = pm_finder_add_hashes(f, i, &fp);
    }
    return rc == PM_OK ? pm_sorter_finish(f->postings, f->err) : rc;
}

/* A list of this run with such texts in it. */
static int
propose_again(struct pm_finder *f, const struct pm_known *known, const struct pm_state_list *list)
{
    int rc;

    if (!pm_finder_proposes(list->key) || pm_is_boilerplate(&known->all, list->key))
        return PM_OK;
    rc = pm_finder_take(f, list, &f->list);
    pm_posting_sort(&f->list);
    return rc == PM_OK ? pm_finder_propose(f) : rc;
}

int
pm_again_spread(struct pm_finder *f, const struct pm_known *known)
{
    struct pm_state_file *lists = NULL;
    struct pm_list_merge m;
    size_t n;
    int rc;

    change_flipped(f);
    rc = settle_turned(f, known);
    if (rc == PM_OK)
        rc = gather_late(f, &n);
    if (rc != PM_OK || n == 0)
        return rc;
    f->again = true;
    rc = pm_state_reopen(f->options->writer, &lists, f->err);
    if (rc == PM_OK)
        rc = pm_list_merge_begin(f, &m, lists);
    while (rc == PM_OK && m.rc_list == PM_OK && m.rc_pair == PM_OK) {
        if (m.list.key > m.pair.key) {
            m.rc_pair = pm_sorter_next(f->postings, &m.pair, f->err);
        } else {
            if (m.list.key == m.pair.key)
                rc = propose_again(f, known, &m.list);
            pm_list_merge_next(&m, f->err);
        }
        if (rc == PM_OK && (m.rc_list < 0 || m.rc_pair < 0))
            rc = m.rc_list < 0 ? m.rc_list : m.rc_pair;
    }
    pm_state_free(lists);
    return rc;
}
