/*
 * clean_score.c - features of blocks and their weighted sum.
 *
 * Longer than most: a feature is a line or two, and what they are counted from is shared by nearly all of them.
 */
#include "clean_score.h"

#include "text.h"

enum { ARTICLE_STEPS = 12, PATH_LEVELS = 4 };

/* What the headings before a block say. */
enum section { SECTION_UI = 1, SECTION_SIGN = 2, SECTION_PASSED = 4 };

struct pm_scorer {
    const struct pm_page *page;
    const struct pm_page_facts *facts;
    uint32_t body, lo, hi; /* blocks [lo, hi) are the body's */
    uint32_t main_parent;  /* holds the most prose as its own paragraphs */
    uint32_t main_depth;   /* of those paragraphs */
    uint64_t main_sign;    /* tag and class of most prose */
    uint64_t main_path;    /* the same over more elements */
    uint64_t *sign;        /* of each block, lo first */
    float *linked, *chars; /* prefix sums of characters in links, of all */
    uint8_t *section;      /* of each block: enum section */
    uint32_t *kin;         /* of each block: the first one of its signature, counted from lo */
    uint32_t *repeats;     /* of each block: earlier blocks with the same words, cut off at 1 */
    uint32_t first_good, last_good; /* blocks; hi when there is none */
    uint32_t title, second_title;   /* blocks; hi when there is none */
    uint32_t article; /* element of the first good block that is an article; 0 for none */
    bool thin;        /* little of the text is prose */
    uint32_t lead;    /* block that is the page's description; hi when there is none */
};

static float
size_of(const struct pm_page_block *b)
{
    return (float)b->line.chars + 1.5f * (float)b->line.dense;
}

static uint64_t
mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* Tag and class of the block's element and of those around it. */
static uint64_t
signature(const struct pm_page *page, uint32_t node, int levels)
{
    uint64_t h = 1;

    for (int up = 0; up < levels; up++) {
        const struct pm_node *n = &page->html->nodes[node];
        struct pm_str class = pm_node_attr(n, PM_ATTR_CLASS);

        h = mix(h, n->tag);
        for (size_t i = 0; i < class.len && i < 256; i++)
            h = (h ^ (unsigned char)class.ptr[i]) * UINT64_C(0x100000001b3);
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
            vote(&path, &path_votes, signature(s->page, b->node, PATH_LEVELS), b->good);
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

static bool
is_title(const struct pm_scorer *s, const struct pm_page_block *b)
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

/* The nearest article element around a node, at most some steps up; 0 for none. */
static uint32_t
article_of(const struct pm_page *page, uint32_t node)
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
        if (s->title == s->hi && (b->level == 1 || is_title(s, b)))
            s->title = i;
        else if (b->level == 1 && s->second_title == s->hi && !is_title(s, b) && s->first_good < i)
            s->second_title = i;
        if (s->lead == s->hi && is_lead(s, b))
            s->lead = i;
        chars += (double)size_of(b);
    }
    s->thin = pm_page_good(s->page, s->body) < 0.55 * chars;
    if (s->first_good < s->hi)
        s->article = article_of(s->page, s->page->blocks[s->first_good].node);
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
        bool head = b->kind == PM_BLOCK_HEADING ||
                    (b->line.chars < 60 && b->strong_chars * 5 > b->line.chars * 4);

        s->linked[i - s->lo + 1] = s->linked[i - s->lo] + (float)b->link_chars;
        s->chars[i - s->lo + 1] = s->chars[i - s->lo] + (float)b->line.chars;
        s->section[i - s->lo] = now | passed;
        if (edge & (PM_PHRASE_MORE | PM_PHRASE_LIST | PM_PHRASE_TALK) &&
            (head || b->line.hits.whole) && s->page->good[i] - s->page->good[s->lo] > half)
            passed = SECTION_PASSED;
        if (!head)
            continue;
        now = edge & (PM_PHRASE_MORE | PM_PHRASE_LIST | PM_PHRASE_TALK) ? SECTION_UI : 0;
        if (edge & (PM_PHRASE_SIGN | PM_PHRASE_CONTACT | PM_PHRASE_LEGAL | PM_PHRASE_SHARE))
            now = SECTION_SIGN;
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
    if (slots == NULL || direct == NULL || s->sign == NULL || s->repeats == NULL ||
        s->kin == NULL || s->linked == NULL || s->chars == NULL || s->section == NULL)
        return NULL;
    for (uint32_t i = s->lo; i < s->hi; i++)
        s->sign[i - s->lo] = signature(page, page->blocks[i].node, 2);
    find_kin(s, slots, bits);
    memset(slots, 0, sizeof(*slots) << bits);
    find_main(s, direct);
    find_repeats(s, slots, bits);
    find_landmarks(s);
    find_sections(s);
    return s;
}

uint64_t
pm_scorer_sign(const struct pm_scorer *s, uint32_t block)
{
    return s->sign[block - s->lo];
}

/* ---- features ---- */

static void
set(float *f, enum pm_feature at, bool on)
{
    f[at] = on ? 1.0f : 0.0f;
}

static void
length_and_element(const struct pm_scorer *s, const struct pm_page_block *b, float *f)
{
    float size = size_of(b);
    uint8_t tag = s->page->html->nodes[b->node].tag;

    f[size < 20    ? PM_FEAT_LEN_20
      : size < 40  ? PM_FEAT_LEN_40
      : size < 80  ? PM_FEAT_LEN_80
      : size < 160 ? PM_FEAT_LEN_160
      : size < 320 ? PM_FEAT_LEN_320
                   : PM_FEAT_LEN_MORE] = 1;
    set(f, PM_FEAT_P, tag == PM_TAG_P);
    set(f, PM_FEAT_DIV, tag == PM_TAG_DIV);
    set(f, PM_FEAT_ITEM, b->kind == PM_BLOCK_ITEM);
    set(f, PM_FEAT_H1, b->level == 1);
    set(f, PM_FEAT_H2, b->level == 2);
    set(f, PM_FEAT_H3, b->level == 3);
    set(f, PM_FEAT_H4, b->level > 3);
    set(f, PM_FEAT_QUOTE_TAG, b->kind == PM_BLOCK_QUOTE);
    set(f, PM_FEAT_ROW, b->kind == PM_BLOCK_ROW);
    set(f, PM_FEAT_PRE, b->kind == PM_BLOCK_PRE);
}

static void
shape(const struct pm_scorer *s, const struct pm_page_block *b, float *f)
{
    const struct pm_line *l = &b->line;
    float size = size_of(b), chars = l->chars > 0 ? (float)l->chars : 1;
    const char *end = l->text.ptr + l->text.len;

    (void)s;
    set(f, PM_FEAT_END_STOP, l->end == PM_END_STOP);
    set(f, PM_FEAT_END_DOTS, l->end == PM_END_DOTS);
    set(f, PM_FEAT_END_COLON, l->end == PM_END_COLON);
    set(f, PM_FEAT_END_WORD, l->end == PM_END_WORD);
    set(f, PM_FEAT_END_OTHER, l->end == PM_END_OTHER || l->end == PM_END_COMMA);
    set(f, PM_FEAT_STOPS_2, l->stops > 1);
    set(f, PM_FEAT_SHORT_STOP, size < 60 && l->end == PM_END_STOP);
    set(f, PM_FEAT_SHORT_COLON, size < 60 && l->end == PM_END_COLON);
    set(f, PM_FEAT_COMMAS, l->commas > 0);
    set(f, PM_FEAT_QUOTED, l->quoted);
    set(f, PM_FEAT_LOW, l->low);
    set(f, PM_FEAT_DIGITS, (float)l->digits > 0.2f * chars);
    set(f, PM_FEAT_CAPS, l->cased > 2 && l->caps * 4 > l->cased * 3);
    set(f, PM_FEAT_UPPER, l->upper > 3 && l->upper * 2 > l->letters);
    set(f, PM_FEAT_BARS, l->bars > 0 && size < 120);
    set(f, PM_FEAT_BULLET, l->bullet);
    set(f, PM_FEAT_PAREN, l->text.len > 1 && (end[-1] == ')' || end[-1] == ']') && size < 160);
    set(f, PM_FEAT_NO_LETTERS, l->letters == 0);
}

static void
links(const struct pm_scorer *s, const struct pm_page_block *b, float *f)
{
    float chars = b->line.chars > 0 ? (float)b->line.chars : 1,
          linked = (float)b->link_chars / chars;
    float strong = (float)b->strong_chars / chars;

    (void)s;
    set(f, PM_FEAT_LINK_ALL, linked > 0.75f);
    set(f, PM_FEAT_LINK_HALF, linked > 0.45f);
    set(f, PM_FEAT_LINK_SOME, b->link_chars > 0 && linked <= 0.45f);
    set(f, PM_FEAT_LINKS_3, b->links > 2 && linked > 0.4f);
    set(f, PM_FEAT_LINK_LONG, linked > 0.75f && size_of(b) > 60);
    set(f, PM_FEAT_LINK_STRONG, linked > 0.3f && strong > 0.3f);
    set(f, PM_FEAT_STRONG, strong > 0.8f && b->level == 0);
    set(f, PM_FEAT_STRONG_START, strong > 0.02f && strong < 0.8f);
    set(f, PM_FEAT_EM, (float)b->em_chars > 0.8f * chars);
    set(f, PM_FEAT_STRONG_STOP, strong > 0.8f && b->level == 0 && b->line.stops > 0);
}

static void
vocabulary(const struct pm_page_block *b, float *f)
{
    const struct pm_phrase_hits *h = &b->line.hits;
    uint32_t edge = h->whole | h->start;

    set(f, PM_FEAT_WHOLE, h->whole != 0);
    f[PM_FEAT_COVER] = h->tokens > 0 && size_of(b) < 160 ? (float)h->covered / (float)h->tokens : 0;
    for (uint32_t i = 0; i < PM_PHRASE_CLASSES; i++)
        set(f, (enum pm_feature)(PM_FEAT_W_MORE + i), edge >> i & 1u);
    set(f, PM_FEAT_I_MORE, h->inside & PM_PHRASE_MORE);
    set(f, PM_FEAT_I_SIGN, h->inside & PM_PHRASE_SIGN);
    set(f, PM_FEAT_I_LEGAL, h->inside & PM_PHRASE_LEGAL);
    set(f, PM_FEAT_I_PHOTO, h->inside & PM_PHRASE_PHOTO);
    set(f, PM_FEAT_I_TALK, h->inside & PM_PHRASE_TALK);
    set(f, PM_FEAT_I_BY, h->inside & PM_PHRASE_BY);
    set(f, PM_FEAT_MORE_LINK, (edge & PM_PHRASE_MORE) && b->link_chars > 0);
    set(f, PM_FEAT_E_PHOTO, h->end & PM_PHRASE_PHOTO);
}

static void
place(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, float *f)
{
    const struct pm_page *page = s->page;
    const struct pm_node *nodes = page->html->nodes;
    uint32_t parent = nodes[b->node].parent, depth = nodes[b->node].depth;
    double all = pm_page_good(page, s->body), here;

    parent = parent < s->body ? s->body : parent;
    here = pm_page_good(page, parent);
    set(f, PM_FEAT_SAME_PARENT, parent == s->main_parent);
    set(f, PM_FEAT_SAME_SIGN, s->sign[i - s->lo] == s->main_sign);
    set(f, PM_FEAT_DEEPER, depth > s->main_depth);
    set(f, PM_FEAT_DEEPER_3, depth > s->main_depth + 2);
    set(f, PM_FEAT_SHALLOWER, depth < s->main_depth);
    set(f, PM_FEAT_PARENT_GOOD, here > 0.3 * all);
    set(f, PM_FEAT_PARENT_POOR, here < 0.02 * all);
    set(f, PM_FEAT_ALONE, page->at[nodes[parent].end] - page->at[parent] == 1);
    set(f, PM_FEAT_FIRST, i == s->first_good);
    set(f, PM_FEAT_BEFORE, i < s->first_good);
    set(f, PM_FEAT_BEFORE_LONG, i < s->first_good && size_of(b) > 60);
    set(f, PM_FEAT_BEHIND, i > s->last_good && s->last_good < s->hi);
    set(f, PM_FEAT_LAST, i == s->last_good);
    set(f, PM_FEAT_LAST_3, i + 3 > s->last_good && i < s->last_good);
    set(f, PM_FEAT_LATE, page->good[i] - page->good[s->lo] > 0.95 * all);
    set(f, PM_FEAT_BEFORE_TITLE, s->title < s->hi && i < s->title && s->title < s->first_good);
    set(f, PM_FEAT_NO_TITLE_YET, i < s->title);
    set(f, PM_FEAT_IS_TITLE, is_title(s, b));
    set(f, PM_FEAT_IS_LEAD, i == s->lead);
    set(f, PM_FEAT_LEAD_BEFORE, s->lead < s->hi && i < s->lead && s->lead <= s->first_good + 1);
    set(f, PM_FEAT_REPEATS, s->repeats[i - s->lo] != 0);
    set(f, PM_FEAT_NEXT_TITLE, i >= s->second_title);
}

static void
author(const struct pm_scorer *s, const struct pm_page_block *b, float *f)
{
    if (size_of(b) > 300)
        return;
    for (size_t i = 0; i < s->facts->n_authors; i++)
        if (pm_str_ifind(b->line.text, s->facts->authors[i], 0) != SIZE_MAX)
            f[PM_FEAT_AUTHOR_NAME] = 1;
}

static void
surroundings(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, float *f)
{
    const struct pm_node *nodes = s->page->html->nodes;
    uint32_t parent = nodes[b->node].parent, from, to;
    float linked, chars;
    uint8_t section = s->section[i - s->lo];

    set(f, PM_FEAT_SAME_PATH, signature(s->page, b->node, PATH_LEVELS) == s->main_path);
    set(f, PM_FEAT_SAME_PATH_NOT_SIGN, f[PM_FEAT_SAME_SIGN] > 0 && f[PM_FEAT_SAME_PATH] <= 0);
    set(f, PM_FEAT_SECTION_UI, section & SECTION_UI);
    set(f, PM_FEAT_SECTION_SIGN, section & SECTION_SIGN);
    set(f, PM_FEAT_PASSED_UI, section & SECTION_PASSED);
    set(f, PM_FEAT_AFTER_IMG, b->media);
    set(f, PM_FEAT_AFTER_IMG_SHORT, b->media && size_of(b) < 200 && b->kind == PM_BLOCK_PARA);
    parent = parent < s->body ? s->body : parent;
    from = s->page->at[parent] - s->lo;
    to = s->page->at[nodes[parent].end] - s->lo;
    linked = s->linked[to] - s->linked[from];
    chars = s->chars[to] - s->chars[from];
    set(f, PM_FEAT_PARENT_LINKED, linked > 0.5f * chars);
    set(f, PM_FEAT_PARENT_MIXED, linked > 0.2f * chars);
    set(f, PM_FEAT_SHORT_PARENT_LINKED, linked > 0.3f * chars && size_of(b) < 80);
}

/* The eight features of a kind of page, from `at` on. */
static void
kind_features(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, float *f,
              enum pm_feature at)
{
    f[at] = 1;
    f[at + 1] = f[PM_FEAT_IS_LEAD];
    f[at + 2] = f[PM_FEAT_BEFORE];
    f[at + 3] = f[PM_FEAT_ITEM];
    f[at + 4] = size_of(b) < 60 ? 1 : 0;
    f[at + 5] = f[PM_FEAT_EM];
    f[at + 6] = b->kind == PM_BLOCK_HEADING ? 1 : 0;
    f[at + 7] = i > s->last_good ? 1 : 0;
}

/* Features that only mean something on some kinds of pages. */
static void
page_kind(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, float *f)
{
    bool brief = size_of(b) < 60;
    uint32_t article = article_of(s->page, b->node);

    set(f, PM_FEAT_LEAD_SAME,
        f[PM_FEAT_IS_LEAD] > 0 && f[PM_FEAT_SAME_PARENT] > 0 && f[PM_FEAT_SAME_SIGN] > 0);
    set(f, PM_FEAT_OTHER_ARTICLE, article != s->article && article != 0);
    if (f[PM_FEAT_OTHER_ARTICLE] > 0 && i > s->first_good) {
        set(f, PM_FEAT_OTHER_LONG, pm_page_good(s->page, article) > 400);
        f[PM_FEAT_NEXT_OTHER] = f[PM_FEAT_NEXT_TITLE];
    }
    if (s->facts->news)
        kind_features(s, i, b, f, PM_FEAT_NEWS);
    if (s->facts->news_article)
        kind_features(s, i, b, f, PM_FEAT_LD);
    if (s->thin) {
        f[PM_FEAT_THIN] = 1;
        set(f, PM_FEAT_THIN_SHORT, brief);
        f[PM_FEAT_THIN_ITEM] = f[PM_FEAT_ITEM];
        f[PM_FEAT_THIN_ROW] = f[PM_FEAT_ROW];
        set(f, PM_FEAT_THIN_HEAD, b->kind == PM_BLOCK_HEADING);
        set(f, PM_FEAT_THIN_BEHIND, i > s->last_good);
    }
}

static bool
is_poor(const struct pm_page_block *b)
{
    return b->good <= 0 && b->kind != PM_BLOCK_HEADING;
}

static void
neighbours(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, float *f)
{
    const struct pm_page_block *v = s->page->blocks;
    float before = 0, behind = 0;

    set(f, PM_FEAT_PREV_GOOD, i > s->lo && v[i - 1].good > 0);
    set(f, PM_FEAT_NEXT_GOOD, i + 1 < s->hi && v[i + 1].good > 0);
    set(f, PM_FEAT_PREV_SHORT, i > s->lo && is_poor(&v[i - 1]));
    set(f, PM_FEAT_NEXT_SHORT, i + 1 < s->hi && is_poor(&v[i + 1]));
    for (uint32_t k = 1; k <= 3; k++) {
        before += i >= s->lo + k && v[i - k].good > 0;
        behind += i + k < s->hi && v[i + k].good > 0;
    }
    f[PM_FEAT_PREV_3] = before / 3;
    f[PM_FEAT_NEXT_3] = behind / 3;
    if (b->kind == PM_BLOCK_HEADING ||
        (b->strong_chars * 5 > b->line.chars * 4 && b->line.chars < 120)) {
        set(f, PM_FEAT_HEAD_PROSE,
            i + 1 < s->hi && (v[i + 1].good > 0 || (i + 2 < s->hi && v[i + 2].good > 0)));
        set(f, PM_FEAT_HEAD_NONE,
            i + 1 >= s->hi || v[i + 1].kind == PM_BLOCK_HEADING ||
                v[i + 1].link_chars * 2 > v[i + 1].line.chars);
    }
    if (b->kind == PM_BLOCK_ITEM) {
        uint32_t list = s->page->html->nodes[b->node].parent;

        if (list > s->body) {
            set(f, PM_FEAT_ITEM_RICH, pm_page_good(s->page, list) > 100);
            set(f, PM_FEAT_ITEM_POOR, pm_page_good(s->page, list) <= 0);
        }
    }
}

static void
marks(const struct pm_scorer *s, const struct pm_page_block *b, float *f)
{
    const struct pm_page *page = s->page;
    uint32_t parent = page->html->nodes[b->node].parent, first = page->html->nodes[b->first].parent;
    uint32_t near = b->node > s->body ? page->own[b->node] : 0;

    if (parent > s->body)
        near |= page->own[parent];
    if (first > s->body)
        near |= page->own[first];
    near &= b->marks;
    for (uint32_t i = 0; i < PM_MARK_COUNT; i++) {
        f[PM_FEAT_MARK_0 + i] = (float)(b->marks >> i & 1u);
        f[PM_FEAT_NEAR_0 + i] = (float)(near >> i & 1u);
        f[PM_FEAT_LONG_0 + i] = b->good > 160 ? f[PM_FEAT_MARK_0 + i] : 0;
    }
}

static float
clip(float x)
{
    return x > 4 ? 4 : x < -4 ? -4 : x;
}

struct pm_first_round *
pm_scorer_first(const struct pm_scorer *s, const struct pm_clean_weights *w)
{
    const struct pm_page *page = s->page;
    struct pm_first_round *r = pm_arena_alloc(page->arena, sizeof(*r));
    uint32_t n = s->hi - s->lo;
    float f[PM_FEAT_COUNT];
    enum pm_feature why;

    if (r == NULL)
        return NULL;
    r->score = pm_arena_array(page->arena, n + 1, sizeof(*r->score));
    r->sum = pm_arena_array(page->arena, n + 1, sizeof(*r->sum));
    r->above = pm_arena_array(page->arena, n + 1, sizeof(*r->above));
    r->kin_sum = pm_arena_array(page->arena, n + 1, sizeof(*r->kin_sum));
    r->kin_n = pm_arena_array(page->arena, n + 1, sizeof(*r->kin_n));
    if (pm_arena_check(page->arena, NULL) != PM_OK)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        float x;

        pm_scorer_features(s, s->lo + i, NULL, f);
        x = clip(pm_scorer_score(w, f, &why));
        r->score[i] = x;
        r->sum[i + 1] = r->sum[i] + (double)x;
        r->above[i + 1] = r->above[i] + (x > 0 ? (double)x : 0);
        r->kin_sum[s->kin[i]] += x;
        r->kin_n[s->kin[i]]++;
    }
    return r;
}

/* What the first round said of the blocks around block lo + i. */
static void
context(const struct pm_scorer *s, uint32_t i, const struct pm_first_round *r, float *f)
{
    const struct pm_page *page = s->page;
    const struct pm_node *nodes = page->html->nodes;
    const struct pm_page_block *b = &page->blocks[s->lo + i];
    uint32_t n = s->hi - s->lo, parent = nodes[b->node].parent, from, to, kin = s->kin[i];
    float before = 0, behind = 0, own = r->score[i];
    double all = r->above[n] > 0 ? r->above[n] : 1;

    f[PM_FEAT_S_OWN] = own;
    f[PM_FEAT_S_PREV] = i > 0 ? r->score[i - 1] : -4;
    f[PM_FEAT_S_NEXT] = i + 1 < n ? r->score[i + 1] : -4;
    for (uint32_t k = 1; k <= 3; k++) {
        before += i >= k ? r->score[i - k] : -4;
        behind += i + k < n ? r->score[i + k] : -4;
    }
    f[PM_FEAT_S_PREV_3] = before / 3;
    f[PM_FEAT_S_NEXT_3] = behind / 3;
    f[PM_FEAT_S_BEFORE] = (float)(r->above[i] / all);
    f[PM_FEAT_S_BEHIND] = (float)((r->above[n] - r->above[i + 1]) / all);
    parent = parent < s->body ? s->body : parent;
    from = page->at[parent] - s->lo;
    to = page->at[nodes[parent].end] - s->lo;
    if (to - from > 1)
        f[PM_FEAT_S_PARENT] =
            (float)((r->sum[to] - r->sum[from] - (double)own) / (double)(to - from - 1));
    if (r->kin_n[kin] > 1)
        f[PM_FEAT_S_SIGN] = (r->kin_sum[kin] - own) / (float)(r->kin_n[kin] - 1);
    if (b->kind == PM_BLOCK_HEADING)
        f[PM_FEAT_S_HEAD_NEXT] = f[PM_FEAT_S_NEXT];
}

void
pm_scorer_features(const struct pm_scorer *s, uint32_t block, const struct pm_first_round *r,
                   float f[PM_FEAT_COUNT])
{
    const struct pm_page_block *b = &s->page->blocks[block];

    memset(f, 0, PM_FEAT_COUNT * sizeof(*f));
    f[PM_FEAT_BIAS] = 1;
    length_and_element(s, b, f);
    shape(s, b, f);
    links(s, b, f);
    vocabulary(b, f);
    place(s, block, b, f);
    author(s, b, f);
    page_kind(s, block, b, f);
    surroundings(s, block, b, f);
    neighbours(s, block, b, f);
    marks(s, b, f);
    if (r != NULL)
        context(s, block - s->lo, r, f);
}

float
pm_scorer_score(const struct pm_clean_weights *w, const float f[PM_FEAT_COUNT],
                enum pm_feature *why)
{
    float sum = 0, most = 0, least = 0;
    enum pm_feature up = PM_FEAT_BIAS, down = PM_FEAT_BIAS;

    for (int i = 0; i < PM_FEAT_COUNT; i++) {
        float x = w->w[i] * f[i];

        sum += x;
        if (x > most) {
            most = x;
            up = (enum pm_feature)i;
        } else if (x < least) {
            least = x;
            down = (enum pm_feature)i;
        }
    }
    *why = sum > 0 ? up : down;
    return sum;
}
