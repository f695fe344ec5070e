#include "corpus.h"

#include <stdlib.h>

#include "sorter.h"
#include "when.h"

enum {
    TWIN_WORDS_MIN = 16, /* fewer words may be the same by chance: a paywall's notice */
    PROFILE_TEXT_MAX = 8 << 20, /* bytes of a text that are looked at, its fingerprint aside */
    FORM_SHARE = 4,      /* one phrase in so many shingles that are no furniture makes a form */
    SKETCH_SHARE = 4,    /* of the memory for what is kept, one part in so many is for sketches */
};
#define NONE UINT32_MAX

/* A sketch or a profile that is kept, in a list from the most to the least recently used. */
struct kept {
    union {
        struct pm_sketch sketch;
        struct pm_profile profile;
    } is;
    size_t bytes;
    uint32_t number;
    struct kept *newer, *older;
};

struct shelf {
    struct kept **of; /* by number of the text */
    struct kept *newest, *oldest;
    size_t bytes, max;
    bool profiles;
};

struct pm_corpus {
    const struct pm_source *source;
    struct pm_shingler *shingler;
    struct pm_text *texts;     /* by (date, uid) */
    uint32_t *by_capture;      /* numbers of the texts, in order of capture */
    size_t n, cap;
    struct shelf sketches, profiles;
    const struct pm_known *known;
    struct pm_err *err; /* of the load under way */
};

/* ---- loading ---- */

static int
add_text(void *ctx, const struct pm_text *t)
{
    struct pm_corpus *c = ctx;
    struct pm_text *grown = pm_grow(c->texts, &c->cap, c->n + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(c->err, PM_ENOMEM, "out of memory");
    c->texts = grown;
    if (c->n == NONE - 1)
        return pm_fail(c->err, PM_ELIMIT, "too many captures");
    c->texts[c->n] = *t;
    c->texts[c->n].hashes = c->texts[c->n].furniture = c->texts[c->n].phrases = 0;
    c->texts[c->n].was_first = false;
    c->texts[c->n].was = PM_NO_PLACE;
    c->texts[c->n].changed = true;
    c->n++;
    return PM_OK;
}

static int
by_uid(const void *a, const void *b, void *ctx)
{
    const struct pm_text *texts = ctx;

    return memcmp(texts[((const struct pm_pair *)a)->value].uid, texts[((const struct pm_pair *)b)->value].uid, PM_TEXT_UID);
}

/* From the order of captures, which they came in, to that of (date, uid). */
static void
number_texts(struct pm_corpus *c, struct pm_pair *v, struct pm_pair *scratch)
{
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct pm_pair){(uint64_t)c->texts[i].when_us ^ (uint64_t)1 << 63, i}; /* so that earlier is less */
    v = pm_pairs_sort(v, scratch, c->n);
    for (size_t from = 0, to; from < c->n; from = to) {
        for (to = from + 1; to < c->n && v[to].key == v[from].key;)
            to++;
        if (to - from > 1)
            qsort_r(v + from, to - from, sizeof(*v), by_uid, c->texts);
    }
    for (size_t i = 0; i < c->n; i++)
        c->by_capture[v[i].value] = (uint32_t)i;
    for (size_t i = 0; i < c->n; i++) { /* each text to its place, along the cycles of the permutation */
        struct pm_text first = c->texts[i];
        size_t at = i, from;

        for (; (from = v[at].value) != i; at = from) {
            c->texts[at] = c->texts[from];
            v[at].value = at;
        }
        c->texts[at] = first;
        v[at].value = at;
    }
}

/* Tell each text the first one with the same words, so that a thousand copies cost as much as one. */
static void
find_twins(struct pm_corpus *c, struct pm_pair *v, struct pm_pair *scratch)
{
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct pm_pair){c->texts[i].exact, i};
    v = pm_pairs_sort(v, scratch, c->n);
    for (size_t i = 0; i < c->n; i++) {
        struct pm_text *t = &c->texts[v[i].value];
        const struct pm_text *before = i > 0 ? &c->texts[v[i - 1].value] : NULL;

        t->same = before != NULL && t->words >= TWIN_WORDS_MIN && before->exact == t->exact ? before->same
                                                                                           : (uint32_t)v[i].value;
    }
}

static int
order_texts(struct pm_corpus *c)
{
    struct pm_pair *v = malloc((c->n + 1) * sizeof(*v)), *scratch = malloc((c->n + 1) * sizeof(*scratch));
    int rc = v != NULL && scratch != NULL ? PM_OK : pm_fail(c->err, PM_ENOMEM, "out of memory");

    if (rc == PM_OK) {
        number_texts(c, v, scratch);
        find_twins(c, v, scratch);
    }
    free(v);
    free(scratch);
    return rc;
}

int
pm_corpus_load(struct pm_corpus **dst, const struct pm_source *source, size_t memory, struct pm_err *err)
{
    struct pm_corpus *c = calloc(1, sizeof(*c));
    int rc;

    if (c == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    *c = (struct pm_corpus){.source = source,
                            .sketches = {.max = memory / SKETCH_SHARE},
                            .profiles = {.max = memory - memory / SKETCH_SHARE, .profiles = true},
                            .err = err};
    rc = pm_shingler_new(&c->shingler, err);
    if (rc == PM_OK)
        rc = source->texts(source->ctx, add_text, c, err);
    if (rc == PM_OK) {
        c->by_capture = calloc(c->n + 1, sizeof(*c->by_capture));
        c->sketches.of = calloc(c->n + 1, sizeof(struct kept *));
        c->profiles.of = calloc(c->n + 1, sizeof(struct kept *));
        if (c->by_capture == NULL || c->sketches.of == NULL || c->profiles.of == NULL)
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
    }
    if (rc == PM_OK)
        rc = order_texts(c);
    if (rc == PM_OK)
        *dst = c;
    else
        pm_corpus_free(c);
    return rc;
}

/* ---- what is kept ---- */

static void
forget(struct shelf *s, struct kept *k)
{
    if (k->newer != NULL)
        k->newer->older = k->older;
    else
        s->newest = k->older;
    if (k->older != NULL)
        k->older->newer = k->newer;
    else
        s->oldest = k->newer;
    s->of[k->number] = NULL;
    s->bytes -= k->bytes;
    if (s->profiles)
        pm_profile_release(&k->is.profile);
    else
        pm_sketch_release(&k->is.sketch);
    free(k);
}

static void
forget_all(struct shelf *s)
{
    while (s->newest != NULL)
        forget(s, s->newest);
}

static void
put_first(struct shelf *s, struct kept *k)
{
    k->newer = NULL;
    k->older = s->newest;
    if (s->newest != NULL)
        s->newest->newer = k;
    else
        s->oldest = k;
    s->newest = k;
}

static void
touch(struct shelf *s, struct kept *k)
{
    if (s->newest == k)
        return;
    k->newer->older = k->older;
    if (k->older != NULL)
        k->older->newer = k->newer;
    else
        s->oldest = k->newer;
    put_first(s, k);
}

static struct kept *
keep(struct shelf *s, uint32_t number, const struct kept *like, struct pm_err *err)
{
    struct kept *k = malloc(sizeof(*k));

    if (k == NULL) {
        (void)pm_fail(err, PM_ENOMEM, "out of memory");
        return NULL;
    }
    *k = *like;
    k->number = number;
    k->bytes += sizeof(*k);
    put_first(s, k);
    s->of[number] = k;
    s->bytes += k->bytes;
    while (s->bytes > s->max && s->oldest != k && s->oldest != k->older)
        forget(s, s->oldest);
    return k;
}

void
pm_corpus_free(struct pm_corpus *c)
{
    if (c == NULL)
        return;
    forget_all(&c->sketches);
    forget_all(&c->profiles);
    free(c->sketches.of);
    free(c->profiles.of);
    free(c->by_capture);
    free(c->texts);
    pm_shingler_free(c->shingler);
    free(c);
}

void
pm_corpus_set_known(struct pm_corpus *c, const struct pm_known *known)
{
    forget_all(&c->sketches);
    forget_all(&c->profiles);
    c->known = known;
}

bool
pm_is_form(uint32_t hashes, uint32_t furniture, uint32_t phrases)
{
    return (uint64_t)phrases * FORM_SHARE > hashes - furniture;
}

bool
pm_text_is_form(const struct pm_text *t)
{
    return pm_is_form(t->hashes, t->furniture, t->phrases);
}

/* What is left out of a text; NULL: nothing. */
static const struct pm_boilerplate *
boilerplate_of(const struct pm_corpus *c, uint32_t number)
{
    const struct pm_text *t = &c->texts[number];

    if (c->known == NULL)
        return NULL;
    return pm_text_is_form(t) ? &c->known->all : t->furniture > 0 ? &c->known->furniture : NULL;
}

int
pm_corpus_sketch(struct pm_corpus *c, uint32_t number, const struct pm_sketch **dst, struct pm_err *err)
{
    struct kept *k = c->sketches.of[number], fresh = {.bytes = 0};
    struct pm_fingerprint f;
    int rc;

    if (k == NULL) {
        rc = pm_corpus_fingerprint(c, number, &f, err);
        if (rc == PM_OK)
            rc = pm_sketch_make(&f, boilerplate_of(c, number), &fresh.is.sketch, err);
        if (rc != PM_OK)
            return rc;
        fresh.bytes = fresh.is.sketch.bytes;
        k = keep(&c->sketches, number, &fresh, err);
        if (k == NULL) {
            pm_sketch_release(&fresh.is.sketch);
            return err->code;
        }
    }
    touch(&c->sketches, k);
    *dst = &k->is.sketch;
    return PM_OK;
}

/* A profile takes many times the memory of its text, whose end tells nothing that a million words before it do not. */
static struct pm_str
start_of(struct pm_str text)
{
    if (text.len <= PROFILE_TEXT_MAX)
        return text;
    text.len = PROFILE_TEXT_MAX;
    while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80) /* not inside a character */
        text.len--;
    return text;
}

int
pm_corpus_profile(struct pm_corpus *c, uint32_t number, const struct pm_profile **dst, struct pm_err *err)
{
    struct kept *k = c->profiles.of[number], fresh = {.bytes = 0};
    struct pm_str text;
    int rc;

    if (k == NULL) {
        rc = c->source->read(c->source->ctx, c->texts[number].capture, &text, err);
        if (rc == PM_OK)
            rc = pm_profile_make(c->shingler, start_of(text), boilerplate_of(c, number), &fresh.is.profile, err);
        if (rc != PM_OK)
            return rc;
        fresh.bytes = fresh.is.profile.bytes;
        k = keep(&c->profiles, number, &fresh, err);
        if (k == NULL) {
            pm_profile_release(&fresh.is.profile);
            return err->code;
        }
    }
    touch(&c->profiles, k);
    *dst = &k->is.profile;
    return PM_OK;
}

/* ---- texts and fingerprints ---- */

uint32_t
pm_corpus_size(const struct pm_corpus *c)
{
    return (uint32_t)c->n;
}

struct pm_text *
pm_corpus_text(struct pm_corpus *c, uint32_t number)
{
    return &c->texts[number];
}

int
pm_corpus_find(const struct pm_corpus *c, int64_t capture, uint32_t *number)
{
    size_t low = 0, high = c->n, guess = SIZE_MAX;

    /* Nearly all captures have text, so this is the place, or a little beyond it. */
    if (c->n > 0 && capture >= c->texts[c->by_capture[0]].capture)
        guess = (size_t)(capture - c->texts[c->by_capture[0]].capture);
    if (guess < c->n && c->texts[c->by_capture[guess]].capture == capture) {
        *number = c->by_capture[guess];
        return PM_OK;
    }
    if (guess < c->n)
        high = guess;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (c->texts[c->by_capture[mid]].capture < capture)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == c->n || c->texts[c->by_capture[low]].capture != capture)
        return PM_DONE;
    *number = c->by_capture[low];
    return PM_OK;
}

int
pm_corpus_fingerprint(struct pm_corpus *c, uint32_t number, struct pm_fingerprint *dst, struct pm_err *err)
{
    return c->source->fingerprint(c->source->ctx, c->texts[number].capture, dst, err);
}

struct walk {
    struct pm_corpus *corpus;
    size_t at; /* in by_capture */
    int (*each)(void *ctx, uint32_t number, const struct pm_fingerprint *f);
    void *ctx;
};

static int
walk_one(void *arg, int64_t capture, const struct pm_fingerprint *f)
{
    struct walk *w = arg;
    struct pm_corpus *c = w->corpus;

    while (w->at < c->n && c->texts[c->by_capture[w->at]].capture < capture)
        w->at++;
    return w->at < c->n ? w->each(w->ctx, c->by_capture[w->at], f) : PM_OK;
}

int
pm_corpus_fingerprints(struct pm_corpus *c,
                       int (*each)(void *ctx, uint32_t number, const struct pm_fingerprint *f), void *ctx,
                       struct pm_err *err)
{
    struct walk w = {c, 0, each, ctx};

    return c->source->fingerprints(c->source->ctx, walk_one, &w, err);
}
