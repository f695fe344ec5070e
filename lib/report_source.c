#include "report_source.h"

#include <stdlib.h>

#include "tally.h"

enum {
    REASONS_MAX = 1024,
    AGENCIES_MAX = 1 << 20, /* bytes of their names */
    MINUTE_US = 60 * PM_SECOND_US,
};

/* What speaks for a member as the source of the others; the weights add up to 1. */
static const double W_HOLDS = 0.45, W_EARLY = 0.35, W_LENGTH = 0.10, W_OWN_AGENCY = 0.10;
/* A lead of so many minutes in date halves what the later one gets for it. */
static const double EARLY_HALF_MINUTES = 60.0;
static const double EARLY_UNKNOWN = 0.5; /* what one without a date gets beside others that have one */
static const double MARGIN_FULL = 0.25;  /* a lead in score that leaves no doubt */
static const double SOURCE_ELSEWHERE =
    0.25;                                 /* of the confidence, lost when all name an agency whose text is not there */
static const char UNNAMED[] = "agencies"; /* what a credit that names none in particular is kept as */

int
pm_source_finder_init(struct pm_source_finder *f, struct pm_manifest *m, struct pm_corpus *c, const double *holds,
                      const uint32_t *same, struct pm_err *err)
{
    *f = (struct pm_source_finder){
        .manifest = m, .corpus = c, .holds = holds, .same = same, .reasons = PM_BUF_INIT(REASONS_MAX), .err = err};
    return pm_terms_new(&f->agencies, AGENCIES_MAX, err);
}

void
pm_source_finder_release(struct pm_source_finder *f)
{
    pm_terms_free(f->agencies);
    free(f->members);
    free(f->named);
    pm_buf_release(&f->reasons);
    *f = (struct pm_source_finder){.manifest = NULL};
}

/* ---- agencies ---- */

static int
count_agency(void *ctx, struct pm_str name)
{
    struct pm_source_finder *f = ctx;
    uint32_t number, *named;
    int rc;

    if (pm_str_ieq(name, pm_str_of(UNNAMED)))
        return PM_OK;
    rc = pm_terms_add(f->agencies, name, &number, f->err);
    if (rc != PM_OK)
        return rc;
    named = pm_grow(f->named, &f->cap_named, (size_t)number + 1, sizeof(*named));
    if (named == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    f->named = named;
    while (f->n_named <= number)
        named[f->n_named++] = 0;
    named[number]++;
    return PM_OK;
}

/* The agency that most members name, of several the first by name; how many do. */
static uint32_t
most_named(const struct pm_source_finder *f, struct pm_str *name)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < f->n_named; i++) {
        struct pm_str other = pm_terms_get(f->agencies, i);

        if (f->named[i] > most || (f->named[i] == most && most > 0 && pm_str_cmp(other, *name) < 0)) {
            most = f->named[i];
            *name = other;
        }
    }
    return most;
}

/*
 * The agency's own site, whose host is the words that say so, or a text that comes from its own outlet by its credit.
 */
static bool
is_own_agency(const struct pm_row *row)
{
    size_t end = pm_str_find(row->credit_words, PM_STR(";"), 0);
    struct pm_str words = PM_STRN(row->credit_words.ptr, end == SIZE_MAX ? row->credit_words.len : end);

    if (row->credit.len == 0)
        return false;
    if (row->outlet.len > 0 && pm_str_ieq(row->credit, row->outlet))
        return true;
    return pm_str_find(words, PM_STR("."), 0) != SIZE_MAX && pm_str_find(words, PM_STR(" "), 0) == SIZE_MAX &&
           pm_str_find(row->url, words, 0) != SIZE_MAX;
}

/* ---- members ---- */

static int
score_member(struct pm_source_finder *f, struct pm_source_member *m, size_t n, const struct pm_text *first,
             uint32_t most_words)
{
    struct pm_text *t = pm_corpus_text(f->corpus, m->text);
    double early = first != NULL ? EARLY_UNKNOWN : 0.0;
    struct pm_row row;
    int rc = pm_manifest_get(f->manifest, t->capture, &row, f->err);

    if (rc == PM_OK)
        rc = pm_tally_each_agency(row.credit, count_agency, f);
    if (rc != PM_OK)
        return rc;
    m->own_agency = is_own_agency(&row);
    m->credits_other = row.credit.len > 0 && !m->own_agency;
    m->holds = n > 1 ? (f->holds[t->same] + f->same[t->same] - 1.0) / (double)(n - 1) : 1.0;
    if (m->holds > 1.0)
        m->holds = 1.0;
    if (t->dated && first != NULL)
        early = EARLY_HALF_MINUTES / (EARLY_HALF_MINUTES + (double)(t->when_us - first->when_us) / (double)MINUTE_US);
    m->score = W_HOLDS * m->holds + W_EARLY * early + (m->own_agency ? W_OWN_AGENCY : 0.0) +
               (most_words ? W_LENGTH * (double)t->words / most_words : 0.0);
    return PM_OK;
}

/* ---- reasons ---- */

static void
explain_date(struct pm_source_finder *f, const struct pm_text *t, const struct pm_text *first, size_t n)
{
    struct pm_buf *out = &f->reasons;
    size_t as_early = 0, dated = 0;

    for (size_t i = 0; i < n; i++) {
        const struct pm_text *other = pm_corpus_text(f->corpus, f->members[i].text);

        dated += other->dated;
        as_early += other->dated && other->when_us == t->when_us;
    }
    if (!t->dated) {
        pm_buf_cstr(out, "has no date of its own");
        return;
    }
    if (dated == 1) {
        pm_buf_addf(out, "alone of %zu has a date", n);
        return;
    }
    if (t->when_us != first->when_us) {
        int64_t minutes = (t->when_us - first->when_us) / MINUTE_US;

        pm_buf_addf(out, "%lld minute%s after the earliest of %zu", (long long)minutes, minutes == 1 ? "" : "s", dated);
    } else if (as_early > 1) {
        pm_buf_addf(out, "%s of %zu is earlier", dated == 2 ? "neither" : "none", dated);
    } else {
        pm_buf_addf(out, "earliest of %zu", dated);
    }
    if (dated < n)
        pm_buf_cstr(out, " with a date");
}

static void
explain(struct pm_source_finder *f, const struct pm_source_member *best, const struct pm_text *first, size_t n,
        uint32_t most_words)
{
    const struct pm_text *t = pm_corpus_text(f->corpus, best->text);
    struct pm_str agency = PM_STR_NULL;
    uint32_t named = most_named(f, &agency);

    pm_buf_reset(&f->reasons);
    explain_date(f, t, first, n);
    pm_buf_addf(&f->reasons, "; has %.0f %% of the others' text", 100.0 * best->holds);
    if (t->words == most_words)
        pm_buf_addf(&f->reasons, "; none is longer than its %u words", most_words);
    else
        pm_buf_addf(&f->reasons, "; %u words, the longest has %u", t->words, most_words);
    if (best->own_agency)
        pm_buf_cstr(&f->reasons, "; it is the agency's own page");
    else if (named > 0)
        pm_buf_addf(&f->reasons, "; %u of %zu name%s " PM_STR_FMT ", whose own text may not be here", named, n,
                    named == 1 ? "s" : "", PM_STR_ARG(agency));
    else if (best->credits_other)
        pm_buf_cstr(&f->reasons, "; it names agencies itself, whose own text may not be here");
}

/* What is left of the confidence when the text may be that of an agency which is not there. */
static double
is_here(const struct pm_source_finder *f, const struct pm_source_member *best, size_t n)
{
    struct pm_str agency = PM_STR_NULL;

    if (best->own_agency)
        return 1.0;
    if (best->credits_other)
        return 1.0 - SOURCE_ELSEWHERE;
    return 1.0 - SOURCE_ELSEWHERE * most_named(f, &agency) / (double)n;
}

int
pm_source_find(struct pm_source_finder *f, const uint32_t *texts, size_t n, size_t *source, double *confidence)
{
    struct pm_source_member *members = pm_grow(f->members, &f->cap_members, n, sizeof(*members));
    const struct pm_text *first = NULL;
    uint32_t most_words = 0;
    double second = 0.0, margin;
    size_t best = 0;
    int rc = PM_OK;

    if (members == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    f->members = members;
    f->n_named = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pm_text *t = pm_corpus_text(f->corpus, texts[i]);

        members[i] = (struct pm_source_member){.text = texts[i]};
        if (t->words > most_words)
            most_words = t->words;
        if (first == NULL && t->dated)
            first = t;
    }
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = score_member(f, &members[i], n, first, most_words);
    if (rc != PM_OK)
        return rc;
    for (size_t i = 1; i < n; i++)
        if (members[i].score > members[best].score)
            best = i;
    for (size_t i = 0; i < n; i++)
        if (i != best && members[i].score > second)
            second = members[i].score;
    margin = (members[best].score - second) / MARGIN_FULL;
    *source = best;
    *confidence = (0.5 * members[best].score + 0.5 * (margin > 1.0 ? 1.0 : margin)) * is_here(f, &members[best], n);
    explain(f, &members[best], first, n, most_words);
    return pm_buf_check(&f->reasons, f->err);
}
