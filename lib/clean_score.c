/*
 * clean_score.c - the body as a whole, and two rounds of weighted sums over its blocks.
 */
#include "clean_score.h"

#include "clean_score_own.h"
#include "text.h"

enum { ARTICLE_STEPS = 12 };

static uint64_t
mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

uint64_t
pm_scorer_sign(const struct pm_page *page, uint32_t node, int levels)
{
    uint64_t h = 1;

    for (int up = 0; up < levels; up++) {
        const struct pm_node *n = &page->html->nodes[node];

        h = mix(mix(h, n->tag), page->class_hash[node]);
        node = n->parent;
    }
    return h;
}

/* ---- the body as a whole ---- */

/* Weighted vote: what has more than half of the weight wins. */
static void
vote(uint64_t *candidate, float *votes, uint64_t sign, float weight)
{
    if (sign == *candidate) {
        *votes += weight;
    } else if (weight > *votes) {
        *votes = weight - *votes;
        *candidate = sign;
    } else {
        *votes -= weight;
    }
}

static void
find_main(struct pm_scorer *s, float *direct)
{
    const struct pm_node *nodes = s->page->html->nodes;
    uint64_t candidate = 0, path = 0;
    float best = 0, votes = 0, path_votes = 0;

    s->main_parent = s->body;
    for (uint32_t i = s->lo; i < s->hi; i++) {
        const struct pm_page_block *b = &s->page->blocks[i];
        uint32_t parent = nodes[b->node].parent;
        uint64_t sign = s->sign[i - s->lo];

        if (parent >= s->body) {
            direct[parent - s->body] += b->good;
            if (direct[parent - s->body] > best) {
                best = direct[parent - s->body];
                s->main_parent = parent;
            }
        }
        vote(&candidate, &votes, sign, b->good);
        if (b->good > 0)
            vote(&path, &path_votes, pm_scorer_sign(s->page, b->node, PM_PATH_LEVELS), b->good);
    }
    s->main_sign = candidate;
    s->main_path = path;
    s->main_depth = nodes[s->main_parent].depth + 1;
}

/* Mark blocks whose words came before in the page. `slots`: 2^bits of zero. */
static void
find_repeats(struct pm_scorer *s, uint64_t *slots, uint32_t bits)
{
    for (uint32_t i = 0; i < s->hi; i++) {
        uint64_t h = s->page->blocks[i].line.hits.hash | 1;
        size_t at = h * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits);

        while (slots[at] != 0 && slots[at] != h)
            at = (at + 1) & ((UINT64_C(1) << bits) - 1);
        if (i >= s->lo)
            s->repeats[i - s->lo] = slots[at] == h;
        slots[at] = h;
    }
}

/* The first block of each signature, for all blocks that have it. `slots`: 2^bits of zero. */
static void
find_kin(struct pm_scorer *s, uint64_t *slots, uint32_t bits)
{
    for (uint32_t i = 0; i < s->hi - s->lo; i++) {
        size_t at = s->sign[i] * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits);

        while (slots[at] != 0 && s->sign[slots[at] - 1] != s->sign[i])
            at = (at + 1) & ((UINT64_C(1) << bits) - 1);
        if (slots[at] == 0)
            slots[at] = i + 1;
        s->kin[i] = (uint32_t)(slots[at] - 1);
    }
}

bool
pm_scorer_is_title(const struct pm_scorer *s, const struct pm_page_block *b)
{
    for (size_t i = 0; i < s->facts->n_titles; i++)
        if (s->facts->titles[i] == b->line.hits.hash && b->line.hits.tokens > 1)
            return true;
    return false;
}

static bool
is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* True when two texts agree, punctuation and space aside, up to the end of the shorter, which has
 * 25 bytes or more. */
static bool
same_start(struct pm_str a, struct pm_str b)
{
    size_t i = 0, j = 0, same = 0;

    for (;;) {
        while (i < a.len && !is_letter((unsigned char)a.ptr[i]))
            i++;
        while (j < b.len && !is_letter((unsigned char)b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return same >= 25;
        if (a.ptr[i++] != b.ptr[j++])
            return same >= 100; /* a description is often cut with an ellipsis */
        same++;
    }
}

static bool
is_lead(const struct pm_scorer *s, const struct pm_page_block *b)
{
    for (size_t i = 0; i < s->facts->n_leads; i++)
        if (same_start(s->facts->leads[i], b->line.text))
            return true;
    return false;
}

uint32_t
pm_scorer_article(const struct pm_page *page, uint32_t node)
{
    const struct pm_node *nodes = page->html->nodes;

    for (int up = 0; up < ARTICLE_STEPS && node > 0; up++, node = nodes[node].parent)
        if (nodes[node].tag == PM_TAG_ARTICLE)
            return node;
    return 0;
}

static void
find_landmarks(struct pm_scorer *s)
{
    double chars = 0;

    s->first_good = s->last_good = s->title = s->second_title = s->lead = s->hi;
    for (uint32_t i = s->lo; i < s->hi; i++) {
        const struct pm_page_block *b = &s->page->blocks[i];

        if (b->good > 0 && !(b->marks & (PM_MARK_CAPTION | PM_MARK_LEAD | PM_MARK_AUTHOR))) {
            s->first_good = s->first_good == s->hi ? i : s->first_good;
            s->last_good = i;
        }
        if (s->title == s->hi && (b->level == 1 || pm_scorer_is_title(s, b)))
            s->title = i;
        else if (b->level == 1 && s->second_title == s->hi && !pm_scorer_is_title(s, b) && s->first_good < i)
            s->second_title = i;
        if (s->lead == s->hi && is_lead(s, b))
            s->lead = i;
        chars += (double)pm_block_size(b);
    }
    s->thin = pm_page_good(s->page, s->body) < 0.55 * chars;
    if (s->first_good < s->hi)
        s->article = pm_scorer_article(s->page, s->page->blocks[s->first_good].node);
}

/* Interface words in a heading speak for all up to the next heading; late in the body, for all that
 * follows. */
static void
find_sections(struct pm_scorer *s)
{
    double half = 0.5 * pm_page_good(s->page, s->body);
    uint8_t now = 0, passed = 0;

    for (uint32_t i = s->lo; i < s->hi; i++) {
        const struct pm_page_block *b = &s->page->blocks[i];
        uint32_t edge = b->line.hits.whole | (b->line.chars < 60 ? b->line.hits.start : 0);
        bool head = b->kind == PM_BLOCK_HEADING || (b->line.chars < 60 && b->strong_chars * 5 > b->line.chars * 4);

        s->linked[i - s->lo + 1] = s->linked[i - s->lo] + (float)b->link_chars;
        s->chars[i - s->lo + 1] = s->chars[i - s->lo] + (float)b->line.chars;
        s->section[i - s->lo] = now | passed;
        if (edge & (PM_PHRASE_MORE | PM_PHRASE_LIST | PM_PHRASE_TALK) && (head || b->line.hits.whole) &&
            s->page->good[i] - s->page->good[s->lo] > half)
            passed = PM_SECTION_PASSED;
        if (!head)
            continue;
        now = edge & (PM_PHRASE_MORE | PM_PHRASE_LIST | PM_PHRASE_TALK) ? PM_SECTION_UI : 0;
        if (edge & (PM_PHRASE_SIGN | PM_PHRASE_CONTACT | PM_PHRASE_LEGAL | PM_PHRASE_SHARE))
            now = PM_SECTION_SIGN;
    }
}

struct pm_scorer *
pm_scorer_new(struct pm_page *page, uint32_t body, const struct pm_page_facts *facts)
{
    const struct pm_node *nodes = page->html->nodes;
    struct pm_scorer *s = pm_arena_alloc(page->arena, sizeof(*s));
    uint64_t *slots;
    float *direct;
    uint32_t bits = 4;

    if (s == NULL)
        return NULL;
    *s = (struct pm_scorer){.page = page, .facts = facts, .body = body};
    s->lo = page->at[body];
    s->hi = page->at[nodes[body].end];
    while (UINT64_C(1) << bits < (uint64_t)s->hi * 2)
        bits++;
    slots = pm_arena_array(page->arena, (size_t)1 << bits, sizeof(*slots));
    direct = pm_arena_array(page->arena, nodes[body].end - body, sizeof(*direct));
    s->sign = pm_arena_array(page->arena, s->hi - s->lo + 1, sizeof(*s->sign));
    s->repeats = pm_arena_array(page->arena, s->hi - s->lo + 1, sizeof(*s->repeats));
    s->linked = pm_arena_array(page->arena, s->hi - s->lo + 2, sizeof(*s->linked));
    s->chars = pm_arena_array(page->arena, s->hi - s->lo + 2, sizeof(*s->chars));
    s->section = pm_arena_array(page->arena, s->hi - s->lo + 1, sizeof(*s->section));
    s->kin = pm_arena_array(page->arena, s->hi - s->lo + 1, sizeof(*s->kin));
    if (slots == NULL || direct == NULL || s->sign == NULL || s->repeats == NULL || s->kin == NULL ||
        s->linked == NULL || s->chars == NULL || s->section == NULL)
        return NULL;
    for (uint32_t i = s->lo; i < s->hi; i++)
        s->sign[i - s->lo] = pm_scorer_sign(page, page->blocks[i].node, 2);
    find_kin(s, slots, bits);
    memset(slots, 0, sizeof(*slots) << bits);
    find_main(s, direct);
    find_repeats(s, slots, bits);
    find_landmarks(s);
    find_sections(s);
    return s;
}

/* ---- the two rounds ---- */

/* Add the features that are on, in the order of their numbers: a sum of floats depends on it. */
static void
add_features(struct pm_score *score, const struct pm_clean_weights *w, const struct pm_features *f)
{
    struct pm_score s = *score;

    for (size_t word = 0; word < sizeof(f->on) / sizeof(*f->on); word++)
        for (uint64_t on = f->on[word]; on != 0; on &= on - 1) {
            size_t i = word * 64 + (size_t)__builtin_ctzll(on);
            float x = w->w[i] * f->value[i];

            s.sum += x;
            if (x > s.most) {
                s.most = x;
                s.up = (enum pm_feature)i;
            } else if (x < s.least) {
                s.least = x;
                s.down = (enum pm_feature)i;
            }
        }
    *score = s;
}

static float
clip(float x)
{
    return x > 4 ? 4 : x < -4 ? -4 : x;
}

static struct pm_first_round *
new_round(const struct pm_scorer *s)
{
    struct pm_arena *arena = s->page->arena;
    struct pm_first_round *r = pm_arena_alloc(arena, sizeof(*r));
    uint32_t n = s->hi - s->lo;

    if (r == NULL)
        return NULL;
    r->score = pm_arena_array(arena, n + 1, sizeof(*r->score));
    r->sum = pm_arena_array(arena, n + 1, sizeof(*r->sum));
    r->above = pm_arena_array(arena, n + 1, sizeof(*r->above));
    r->kin_sum = pm_arena_array(arena, n + 1, sizeof(*r->kin_sum));
    r->kin_n = pm_arena_array(arena, n + 1, sizeof(*r->kin_n));
    r->second = pm_arena_array(arena, n + 1, sizeof(*r->second));
    return pm_arena_check(arena, NULL) == PM_OK ? r : NULL;
}

struct pm_first_round *
pm_scorer_first(const struct pm_scorer *s, const struct pm_clean_weights *first, const struct pm_clean_weights *second)
{
    struct pm_first_round *r = new_round(s);
    struct pm_features f;

    if (r == NULL)
        return NULL;
    pm_features_init(&f);
    for (uint32_t i = 0; i < s->hi - s->lo; i++) {
        struct pm_score score = {.sum = 0};
        float x;

        pm_features_of(s, s->lo + i, &f);
        add_features(&score, first, &f);
        add_features(&r->second[i], second, &f);
        x = clip(score.sum);
        r->score[i] = x;
        r->sum[i + 1] = r->sum[i] + (double)x;
        r->above[i + 1] = r->above[i] + (x > 0 ? (double)x : 0);
        r->kin_sum[s->kin[i]] += x;
        r->kin_n[s->kin[i]]++;
    }
    return r;
}

void
pm_scorer_second(const struct pm_scorer *s, const struct pm_first_round *r, const struct pm_clean_weights *w,
                 struct pm_block *out)
{
    struct pm_features f;

    pm_features_init(&f);
    for (uint32_t i = s->lo; i < s->hi; i++) {
        struct pm_score score = r->second[i - s->lo];

        pm_features_context(s, i, r, &f);
        add_features(&score, w, &f);
        out[i].score = score.sum;
        out[i].kept = score.sum > 0;
        out[i].rule = pm_feature_name(score.sum > 0 ? score.up : score.down);
    }
}
