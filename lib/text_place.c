/*
 * text_place.c - where a line stands among the paragraphs of its page.
 *
 * What tells a standfirst from a first paragraph is little: how long it is beside those that
 * follow, what stands between it and them, how many came before. So is what tells a last one.
 */
#include <math.h>

#include "lines.h"
#include "text_score.h"

enum { FAR = 99, AHEAD = 5, WORDS_MOST = 255, WORDS_LEAST = 7 };

static bool
is_paragraph(const struct pm_text_line *t)
{
    return t->prose >= 0.4f && t->line->words >= WORDS_LEAST;
}

static float
words_of(const struct pm_text_line *t)
{
    return t->line->words < WORDS_MOST ? (float)t->line->words : WORDS_MOST;
}

/* The median of the words of long paragraphs. */
static float
usual_words(const struct pm_text_page *p)
{
    size_t by_words[WORDS_MOST + 1] = {0}, n = 0, seen = 0;

    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].prose >= 0.6f) {
            by_words[(size_t)words_of(&p->v[i])]++;
            n++;
        }
    for (size_t k = 0; k <= WORDS_MOST; k++) {
        seen += by_words[k];
        if (n > 0 && seen * 2 > n)
            return k > 8 ? (float)k : 8;
    }
    return 20;
}

void
pm_text_place_find(struct pm_text_page *p)
{
    uint8_t gap = FAR, nth = 0;
    float ahead[AHEAD] = {0}, next = 0, sum = 0;
    size_t n = 0, title = p->title == SIZE_MAX ? 0 : p->title + 1;

    for (size_t i = 0; i < p->n; i++) {
        struct pm_text_line *t = &p->v[i];

        nth = i == title ? 0 : nth;
        t->nth = nth;
        t->gap_above = gap;
        if (is_paragraph(t)) {
            gap = 0;
            nth = nth < 3 ? (uint8_t)(nth + 1) : nth;
        } else if (gap < FAR) {
            gap++;
        }
    }
    gap = FAR;
    for (size_t i = p->n; i-- > 0;) {
        struct pm_text_line *t = &p->v[i];

        t->gap_below = gap;
        t->next_words = next;
        t->mean_words = n > 0 ? sum / (float)(n < AHEAD ? n : AHEAD) : 0;
        if (is_paragraph(t)) {
            gap = 0;
            next = words_of(t);
            sum += next - ahead[n % AHEAD];
            ahead[n++ % AHEAD] = next;
        } else if (gap < FAR) {
            gap++;
        }
    }
    p->usual_words = usual_words(p);
}

/* Which of the stretches that `ends` part x falls into. */
static unsigned
stretch(float x, const float *ends, unsigned n)
{
    unsigned k = 0;

    while (k < n && x >= ends[k])
        k++;
    return k;
}

static void
set_mass(const struct pm_text_page *p, size_t i, float *f)
{
    float all = p->sums[p->n], above = p->sums[i], below = all - p->sums[i + 1];
    float share = all > 1 ? 1 / all : 1;

    f[PM_F_MASS_ABOVE] = above * share;
    f[PM_F_MASS_BELOW] = below * share;
    f[PM_F_NONE_ABOVE] = above * share < 0.02f;
    f[PM_F_LITTLE_ABOVE] = above * share < 0.1f;
    f[PM_F_NONE_BELOW] = below * share < 0.02f;
    f[PM_F_LITTLE_BELOW] = below * share < 0.1f;
    f[PM_F_SUM_ABOVE] = (above < 8 ? above : 8) / 8;
    f[PM_F_SUM_BELOW] = (below < 8 ? below : 8) / 8;
}

void
pm_text_place_set(const struct pm_text_page *p, size_t i, float f[PM_F_COUNT])
{
    static const float usual[] = {0.35f, 0.7f, 1.4f, 2.5f}, ratio[] = {0.4f, 0.7f, 1.3f}, above[] = {1, 2, 5},
                       below[] = {1, 2, 3, 6}, lead[] = {0.6f, 1};
    const struct pm_text_line *t = &p->v[i];
    float words = words_of(t), mean;
    unsigned k;

    set_mass(p, i, f);
    if (t->line->words > 5)
        f[PM_F_USUAL + stretch(words / p->usual_words, usual, 4)] = 1;
    if (!is_paragraph(t))
        return;
    mean = words / (t->mean_words > 5 ? t->mean_words : 5);
    f[PM_F_NTH + t->nth] = 1;
    f[PM_F_GAP_ABOVE + stretch(t->gap_above, above, 3)] = 1;
    f[PM_F_GAP_BELOW + stretch(t->gap_below, below, 4)] = 1;
    f[PM_F_TO_NEXT + stretch(words / (t->next_words > 5 ? t->next_words : 5), ratio, 3)] = 1;
    f[PM_F_TO_MEAN + stretch(mean, ratio, 3)] = 1;
    if (t->nth == 0) {
        f[PM_F_LEAD_NEAR] = t->gap_below == 0;
        f[PM_F_LEAD_APART] = t->gap_below > 0 && t->gap_below < 6;
        k = stretch(mean, lead, 2);
        if (k < 2)
            f[PM_F_LEAD_BRIEF + k] = 1;
    }
    if (t->nth == 1) {
        f[PM_F_AFTER_LEAD_APART] = t->gap_above > 0;
        f[PM_F_AFTER_LEAD_NEAR] = t->gap_above == 0;
    }
}
