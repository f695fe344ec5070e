#include "likeness.h"

#include <stdlib.h>

enum {
    SHARED_MIN = 12,       /* clean shingles that two texts must share */
    BRIEF_WORDS = 100,     /* a text this short may be a quotation that others hold too */
    WORDS_PER_NUMBER = 25, /* a template has more numbers than this */
    GAP_CHARS = 60,        /* damage that a run passes over */
    SHIFT_CHARS = 12,      /* by how much a run may be out of step after it */
    RUN_CHARS = 36,        /* a run shorter than this is a phrase */
};
static const double GREY_MAX = 0.60;   /* with less, how a text runs along the other counts */
static const double FORM_AGREE = 0.85; /* of the numbers of the form with fewer, that the other has too, */
static const double FORM_MOST = 0.60;  /* and of those of the other, among which are some of its outlet's */
static const double FURNITURE = 0.6;   /* share of a line's sampled shingles that makes it no story's */
static const double ALIGNED_MIN = 0.50;
static const double BRIEF_MIN = 0.60;
static const double SHORT_MIN = 0.90; /* of both texts, when one has less than PM_SHORT_WORDS */

/* ---- profiles ---- */

enum line_kind { LINE_STORY, LINE_TEMPLATE, LINE_BOILERPLATE };

/* The shingles, characters and numbers of one line: from, up to. */
struct line {
    struct pm_line_end from, to;
};

static struct line
line_of(const struct pm_shingles *f, uint32_t i)
{
    return (struct line){.from = i > 0 ? f->lines[i - 1] : (struct pm_line_end){0, 0, 0, 0}, .to = f->lines[i]};
}

/*
 * What the sampled shingles of a line say of it: they stand for all of them. Where most but not all are known from
 * elsewhere, the line is one of a form that is filled in. Twelve letters are two words, which a large archive holds
 * again and again: they say nothing against longer shingles.
 */
static enum line_kind
judge_line(const struct pm_shingles *f, const struct line *l, const struct pm_boilerplate *b)
{
    size_t words = 0, all_words = 0, hits, all;

    for (uint32_t i = l->from.word; i + PM_SHINGLE_WORDS <= l->to.word; i++)
        if (pm_h5_sampled(f->h5[i])) {
            all_words++;
            words += pm_is_boilerplate(b, f->h5[i]);
        }
    if (2 * words < all_words)
        return LINE_STORY;
    hits = words;
    all = all_words;
    for (uint32_t i = l->from.hc; i < l->to.hc && f->at_hc[i] + PM_SHINGLE_CHARS <= l->to.character; i++)
        if (pm_hc_sampled(f->hc[i])) {
            all++;
            hits += pm_is_boilerplate(b, f->hc[i] | PM_BOILERPLATE_CHARS);
        }
    return hits == 0 || (double)hits < FURNITURE * (double)all ? LINE_STORY
           : hits == all                                       ? LINE_BOILERPLATE
                                                               : LINE_TEMPLATE;
}

/* Up to where the shingles go that lie before `end` whole, of `n`. */
static uint32_t
whole_before(uint32_t n, uint32_t end, uint32_t window)
{
    uint32_t last = end < window ? 0 : end - window + 1;

    return last < n ? last : n;
}

/*
 * Take the shingles of a run of lines that are kept. What reaches into a line that is left out is no
 * shingle of the story.
 */
static void
take_lines(const struct pm_shingles *f, const struct line *run, struct pm_profile *dst)
{
    uint32_t end_h5 = whole_before(f->n_h5, run->to.word, PM_SHINGLE_WORDS);
    uint32_t moved = dst->characters - run->from.character; /* wraps round */

    if (end_h5 > run->from.word) {
        memcpy(dst->h5 + dst->n_h5, f->h5 + run->from.word, (end_h5 - run->from.word) * sizeof(*dst->h5));
        dst->n_h5 += end_h5 - run->from.word;
    }
    for (uint32_t i = run->from.hc; i < run->to.hc && f->at_hc[i] + PM_SHINGLE_CHARS <= run->to.character; i++) {
        dst->hc[dst->n_hc] = f->hc[i];
        dst->at_hc[dst->n_hc++] = f->at_hc[i] + moved;
    }
    dst->characters += run->to.character - run->from.character;
    dst->words += run->to.word - run->from.word;
}

static void
take_numbers(const struct pm_shingles *f, const struct line *l, struct pm_profile *dst)
{
    for (uint32_t i = l->from.number; i < l->to.number; i++)
        dst->numbers[dst->n_numbers++] = f->numbers[i];
}

/* A text that is a form for the greater part: what tells it from others is what it is filled in with. */
static bool
is_form(const struct pm_profile *p)
{
    return 2 * p->template > p->words;
}

/*
 * The lines of the story; of the others, the words are counted and the numbers of forms kept. What fills in a line of a
 * form may have gone by the samples: there, all numbers count.
 */
static void
take_story(const struct pm_shingles *f, const struct pm_boilerplate *b, struct pm_profile *dst)
{
    struct line run = {{0, 0, 0, 0}, {0, 0, 0, 0}};
    uint32_t spare = f->n_numbers; /* from here on, the numbers of lines that are known */

    for (uint32_t i = 0; i < f->n_lines; i++) {
        struct line l = line_of(f, i);
        enum line_kind kind = b != NULL && b->n > 0 ? judge_line(f, &l, b) : LINE_STORY;

        if (kind != LINE_BOILERPLATE)
            take_numbers(f, &l, dst);
        for (uint32_t k = l.from.number; kind == LINE_BOILERPLATE && k < l.to.number; k++)
            dst->numbers[--spare] = f->numbers[k];
        if (kind == LINE_STORY) {
            run.to = l.to;
            continue;
        }
        take_lines(f, &run, dst);
        run = (struct line){l.to, l.to};
        dst->boilerplate += l.to.word - l.from.word;
        dst->template += kind == LINE_TEMPLATE ? l.to.word - l.from.word : 0;
    }
    take_lines(f, &run, dst);
    while (is_form(dst) && spare < f->n_numbers)
        dst->numbers[dst->n_numbers++] = dst->numbers[spare++];
}

/* One block for all arrays, as large as the whole text would take. */
static int
make_room(const struct pm_shingles *f, struct pm_profile *dst, struct pm_err *err)
{
    size_t n_hc = f->n_hc, words, chars;

    words = pm_places_size(f->n_h5);
    chars = pm_places_size(f->n_hc);
    dst->bytes = ((size_t)f->n_h5 + n_hc + f->n_numbers) * sizeof(uint64_t) +
                 (words + chars + n_hc) * sizeof(uint32_t) + f->n_h5 + n_hc;
    dst->memory = malloc(dst->bytes);
    if (dst->memory == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    dst->h5 = dst->memory;
    dst->hc = dst->h5 + f->n_h5;
    dst->numbers = dst->hc + n_hc;
    dst->in_h5.table = (uint32_t *)(dst->numbers + f->n_numbers);
    dst->in_hc.table = dst->in_h5.table + words;
    dst->at_hc = dst->in_hc.table + chars;
    dst->first_h5 = (bool *)(dst->at_hc + n_hc);
    dst->first_hc = dst->first_h5 + f->n_h5;
    return PM_OK;
}

int
pm_profile_make(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *boilerplate,
                struct pm_profile *dst, struct pm_err *err)
{
    struct pm_shingles f;
    int rc = pm_shingles(s, text, &f, err);

    *dst = (struct pm_profile){0};
    if (rc == PM_OK)
        rc = make_room(&f, dst, err);
    if (rc != PM_OK)
        return rc;
    take_story(&f, boilerplate, dst);
    dst->n_numbers = (uint32_t)pm_hashes_sort(dst->numbers, dst->n_numbers, f.numbers);
    dst->distinct_h5 = pm_places_make(&dst->in_h5, dst->h5, dst->n_h5, dst->in_h5.table, dst->first_h5);
    dst->distinct_hc = pm_places_make(&dst->in_hc, dst->hc, dst->n_hc, dst->in_hc.table, dst->first_hc);
    return PM_OK;
}

void
pm_profile_release(struct pm_profile *p)
{
    free(p->memory);
    *p = (struct pm_profile){0};
}

/* ---- comparing ---- */

static double
share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0.0;
}

/* A run along another text that is under way. */
struct along {
    uint32_t start, last, last_other; /* characters that come before */
    uint32_t covered;
    bool running;
};

static bool
goes_on(const struct along *r, uint32_t at, uint32_t other)
{
    uint32_t gap = at - r->last, step = other - r->last_other;

    return other > r->last_other && gap <= GAP_CHARS && step <= gap + SHIFT_CHARS && gap <= step + SHIFT_CHARS;
}

static void
end_run(struct along *r)
{
    if (r->running && r->last - r->start >= RUN_CHARS)
        r->covered += r->last - r->start + PM_PROFILE_CHARS; /* what is not sampled goes on at either end */
}

static void
add_to_run(struct along *r, uint32_t at, uint32_t other)
{
    if (!r->running || !goes_on(r, at, other)) {
        end_run(r);
        r->start = at;
        r->running = true;
    }
    r->last = at;
    r->last_other = other;
}

/*
 * How many character shingles of `x` are in `y`, and the share of its characters that lie in runs along it. A run
 * passes over damage: misread letters, synonyms, other spellings, which leave few shingles whole and the text the same.
 */
static uint32_t
compare_chars(const struct pm_profile *x, const struct pm_profile *y, double *aligned)
{
    struct along run = {0};
    uint32_t shared = 0;

    for (uint32_t i = 0; i < x->n_hc; i++) {
        uint32_t k = pm_places_find(&y->in_hc, x->hc[i]);

        if (k == PM_NO_PLACE)
            continue;
        shared += x->first_hc[i];
        add_to_run(&run, x->at_hc[i], y->at_hc[k]);
    }
    end_run(&run);
    *aligned = share(run.covered, x->characters);
    return shared;
}

static uint32_t
compare_words(const struct pm_profile *x, const struct pm_profile *y)
{
    uint32_t shared = 0;

    for (uint32_t i = 0; i < x->n_h5; i++)
        shared += x->first_h5[i] && pm_places_find(&y->in_h5, x->h5[i]) != PM_NO_PLACE;
    return shared;
}

/* What two forms are like is not how many shingles of them were left in, but what both are filled in with. */
static void
compare_forms(const struct pm_profile *a, const struct pm_profile *b, size_t shared, struct pm_likeness *dst)
{
    size_t few = pm_least(a->n_numbers, b->n_numbers), all = (size_t)a->n_numbers + b->n_numbers - shared;

    dst->same_form = few >= PM_LIKE_NUMBERS_MIN && (is_form(a) || is_form(b)) && dst->numbers >= FORM_AGREE &&
                     share(shared, (size_t)a->n_numbers + b->n_numbers - few) >= FORM_MOST;
    if (!dst->same_form)
        return;
    dst->contain_h5 = pm_larger(dst->contain_h5, dst->numbers);
    dst->jaccard = pm_larger(dst->jaccard, share(shared, all));
    dst->cover_a = pm_larger(dst->cover_a, share(shared, a->n_numbers));
    dst->cover_b = pm_larger(dst->cover_b, share(shared, b->n_numbers));
}

void
pm_likeness(const struct pm_profile *a, const struct pm_profile *b, struct pm_likeness *dst)
{
    bool swap = a->characters > b->characters; /* the shorter one runs along the other */
    size_t numbers = pm_hashes_shared(a->numbers, a->n_numbers, b->numbers, b->n_numbers);
    size_t few = pm_least(a->n_numbers, b->n_numbers), words = pm_least(a->words, b->words);
    double most, aligned;
    uint32_t hc = compare_chars(swap ? b : a, swap ? a : b, &aligned);
    uint32_t h5 = compare_words(swap ? b : a, swap ? a : b);

    *dst = (struct pm_likeness){
        .shared_h5 = h5,
        .shared_hc = hc * PM_PROFILE_CHARS,
        .contain_h5 = share(h5, pm_least(a->distinct_h5, b->distinct_h5)),
        .contain_hc = share(hc, pm_least(a->distinct_hc, b->distinct_hc)),
        .jaccard = share(h5, (size_t)a->distinct_h5 + b->distinct_h5 - h5),
        .cover_a = pm_larger(share(h5, a->distinct_h5), share(hc, a->distinct_hc)),
        .cover_b = pm_larger(share(h5, b->distinct_h5), share(hc, b->distinct_hc)),
        .numbers = few ? share(numbers, few) : -1.0,
    };
    dst->templated =
        few >= PM_LIKE_NUMBERS_MIN && few * WORDS_PER_NUMBER >= words && dst->numbers < PM_LIKE_NUMBERS_AGREE;
    compare_forms(a, b, numbers, dst);
    most = pm_larger(dst->contain_h5, dst->contain_hc);
    if (most < GREY_MAX && (a->template == 0 || b->template == 0))
        dst->aligned = aligned;
}

void
pm_overlap(const struct pm_profile *text, const struct pm_profile *other, struct pm_overlap *dst)
{
    uint32_t covered = 0; /* words up to here are counted already */
    uint32_t run = 0;     /* shingles in a row that are shared */

    *dst = (struct pm_overlap){0};
    for (uint32_t i = 0; i < text->n_h5; i++) {
        uint32_t start = i > covered ? i : covered, end = i + PM_SHINGLE_WORDS;

        if (pm_places_find(&other->in_h5, text->h5[i]) == PM_NO_PLACE) {
            run = 0;
            continue;
        }
        dst->shared += end - start;
        covered = end;
        run++;
        if (run + PM_SHINGLE_WORDS - 1 > dst->longest)
            dst->longest = run + PM_SHINGLE_WORDS - 1;
    }
    dst->own = text->words > dst->shared ? text->words - dst->shared : 0;
}

enum pm_like
pm_like_judge(const struct pm_profile *a, const struct pm_profile *b, const struct pm_likeness *l,
              const struct pm_like_limits *limits, const char **reason)
{
    size_t words = pm_least(a->words, b->words);
    double most = pm_larger(l->contain_h5, l->contain_hc), need = limits->story_min;

    if (l->same_form) {
        *reason = "one form, filled in with the same numbers";
        return PM_LIKE_VERSION;
    }
    if (most < limits->weak_min) {
        *reason = "they share next to nothing";
        return PM_LIKE_NOT;
    }
    if (l->templated) {
        *reason = "one template with other numbers";
        return PM_LIKE_NOT;
    }
    if (l->shared_h5 < SHARED_MIN && l->shared_hc < SHARED_MIN) {
        *reason = "they share too few shingles to tell";
        return PM_LIKE_NOT;
    }
    if (words < PM_SHORT_WORDS) {
        if (l->cover_a >= SHORT_MIN && l->cover_b >= SHORT_MIN) {
            *reason = "short texts, nearly the same";
            return PM_LIKE_VERSION;
        }
        if (a->template > 0 && b->template > 0 && most >= limits->version_min && l->numbers >= FORM_AGREE) {
            *reason = "one form, filled in with the same words and numbers";
            return PM_LIKE_VERSION;
        }
        *reason = "a text under 40 words must be nearly the same";
        return PM_LIKE_NOT;
    }
    if (words < BRIEF_WORDS && need < BRIEF_MIN)
        need = BRIEF_MIN;
    /* A form runs along another too; what fills it in tells. */
    if (most < need && most >= limits->grey_min && l->aligned >= ALIGNED_MIN &&
        (l->numbers < 0 || l->numbers >= PM_LIKE_NUMBERS_AGREE)) {
        *reason = "the shorter text runs along the other for the greater part";
        return PM_LIKE_STORY;
    }
    if (most < need) {
        *reason = words < BRIEF_WORDS ? "a brief must be contained for the greater part"
                                      : "containment is under the limit of a story";
        return PM_LIKE_WEAK;
    }
    *reason = most >= limits->version_min ? "containment reaches the limit of a version"
                                          : "containment reaches the limit of a story";
    return most >= limits->version_min ? PM_LIKE_VERSION : PM_LIKE_STORY;
}
