/*
 * clean_feature.c - the features of one block: a line or two for each.
 */
#include "clean_score_own.h"

void
pm_features_init(struct pm_features *f)
{
    memset(f->on, 0, sizeof(f->on));
    for (size_t i = 0; i < PM_FEAT_COUNT; i++)
        f->value[i] = 1;
}

static inline void
set(struct pm_features *f, unsigned at, bool on)
{
    f->on[at / 64] |= (uint64_t)on << at % 64;
}

/* The lowest `n` of `bits`, 64 at most. */
static inline void
set_bits(struct pm_features *f, unsigned at, uint64_t bits, unsigned n)
{
    bits &= ~UINT64_C(0) >> (64 - n);
    f->on[at / 64] |= bits << at % 64;
    if (at % 64 + n > 64)
        f->on[at / 64 + 1] |= bits >> (64 - at % 64);
}

static inline bool
has(const struct pm_features *f, unsigned at)
{
    return f->on[at / 64] >> at % 64 & 1;
}

static inline void
put(struct pm_features *f, unsigned at, float value)
{
    set(f, at, value != 0);
    f->value[at] = value;
}

static void
length_and_element(const struct pm_scorer *s, const struct pm_page_block *b, struct pm_features *f)
{
    float size = pm_block_size(b);
    uint8_t tag = s->page->html->nodes[b->node].tag;

    set(f,
        size < 20    ? PM_FEAT_LEN_20
        : size < 40  ? PM_FEAT_LEN_40
        : size < 80  ? PM_FEAT_LEN_80
        : size < 160 ? PM_FEAT_LEN_160
        : size < 320 ? PM_FEAT_LEN_320
                     : PM_FEAT_LEN_MORE,
        true);
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
shape(const struct pm_scorer *s, const struct pm_page_block *b, struct pm_features *f)
{
    const struct pm_line *l = &b->line;
    float size = pm_block_size(b), chars = l->chars > 0 ? (float)l->chars : 1;
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
links(const struct pm_scorer *s, const struct pm_page_block *b, struct pm_features *f)
{
    float chars = b->line.chars > 0 ? (float)b->line.chars : 1, linked = (float)b->link_chars / chars;
    float strong = (float)b->strong_chars / chars;

    (void)s;
    set(f, PM_FEAT_LINK_ALL, linked > 0.75f);
    set(f, PM_FEAT_LINK_HALF, linked > 0.45f);
    set(f, PM_FEAT_LINK_SOME, b->link_chars > 0 && linked <= 0.45f);
    set(f, PM_FEAT_LINKS_3, b->links > 2 && linked > 0.4f);
    set(f, PM_FEAT_LINK_LONG, linked > 0.75f && pm_block_size(b) > 60);
    set(f, PM_FEAT_LINK_STRONG, linked > 0.3f && strong > 0.3f);
    set(f, PM_FEAT_STRONG, strong > 0.8f && b->level == 0);
    set(f, PM_FEAT_STRONG_START, strong > 0.02f && strong < 0.8f);
    set(f, PM_FEAT_EM, (float)b->em_chars > 0.8f * chars);
    set(f, PM_FEAT_STRONG_STOP, strong > 0.8f && b->level == 0 && b->line.stops > 0);
}

static void
vocabulary(const struct pm_page_block *b, struct pm_features *f)
{
    const struct pm_phrase_hits *h = &b->line.hits;
    uint32_t edge = h->whole | h->start;

    set(f, PM_FEAT_WHOLE, h->whole != 0);
    if (h->tokens > 0 && pm_block_size(b) < 160)
        put(f, PM_FEAT_COVER, (float)h->covered / (float)h->tokens);
    set_bits(f, PM_FEAT_W_MORE, edge, PM_PHRASE_CLASSES);
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
place(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, struct pm_features *f)
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
    set(f, PM_FEAT_BEFORE_LONG, i < s->first_good && pm_block_size(b) > 60);
    set(f, PM_FEAT_BEHIND, i > s->last_good && s->last_good < s->hi);
    set(f, PM_FEAT_LAST, i == s->last_good);
    set(f, PM_FEAT_LAST_3, i + 3 > s->last_good && i < s->last_good);
    set(f, PM_FEAT_LATE, page->good[i] - page->good[s->lo] > 0.95 * all);
    set(f, PM_FEAT_BEFORE_TITLE, s->title < s->hi && i < s->title && s->title < s->first_good);
    set(f, PM_FEAT_NO_TITLE_YET, i < s->title);
    set(f, PM_FEAT_IS_TITLE, pm_scorer_is_title(s, b));
    set(f, PM_FEAT_IS_LEAD, i == s->lead);
    set(f, PM_FEAT_LEAD_BEFORE, s->lead < s->hi && i < s->lead && s->lead <= s->first_good + 1);
    set(f, PM_FEAT_REPEATS, s->repeats[i - s->lo] != 0);
    set(f, PM_FEAT_NEXT_TITLE, i >= s->second_title);
}

static void
author(const struct pm_scorer *s, const struct pm_page_block *b, struct pm_features *f)
{
    if (pm_block_size(b) > 300)
        return;
    for (size_t i = 0; i < s->facts->n_authors; i++)
        if (pm_str_ifind(b->line.text, s->facts->authors[i], 0) != SIZE_MAX)
            set(f, PM_FEAT_AUTHOR_NAME, true);
}

static void
surroundings(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, struct pm_features *f)
{
    const struct pm_node *nodes = s->page->html->nodes;
    uint32_t parent = nodes[b->node].parent, from, to;
    float linked, chars;
    uint8_t section = s->section[i - s->lo];

    set(f, PM_FEAT_SAME_PATH, pm_scorer_sign(s->page, b->node, PM_PATH_LEVELS) == s->main_path);
    set(f, PM_FEAT_SAME_PATH_NOT_SIGN, has(f, PM_FEAT_SAME_SIGN) && !has(f, PM_FEAT_SAME_PATH));
    set(f, PM_FEAT_SECTION_UI, section & PM_SECTION_UI);
    set(f, PM_FEAT_SECTION_SIGN, section & PM_SECTION_SIGN);
    set(f, PM_FEAT_PASSED_UI, section & PM_SECTION_PASSED);
    set(f, PM_FEAT_AFTER_IMG, b->media);
    set(f, PM_FEAT_AFTER_IMG_SHORT, b->media && pm_block_size(b) < 200 && b->kind == PM_BLOCK_PARA);
    parent = parent < s->body ? s->body : parent;
    from = s->page->at[parent] - s->lo;
    to = s->page->at[nodes[parent].end] - s->lo;
    linked = s->linked[to] - s->linked[from];
    chars = s->chars[to] - s->chars[from];
    set(f, PM_FEAT_PARENT_LINKED, linked > 0.5f * chars);
    set(f, PM_FEAT_PARENT_MIXED, linked > 0.2f * chars);
    set(f, PM_FEAT_SHORT_PARENT_LINKED, linked > 0.3f * chars && pm_block_size(b) < 80);
}

/* The eight features of a kind of page, from `at` on. */
static void
kind_features(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, struct pm_features *f, unsigned at)
{
    set(f, at, true);
    set(f, at + 1, has(f, PM_FEAT_IS_LEAD));
    set(f, at + 2, has(f, PM_FEAT_BEFORE));
    set(f, at + 3, has(f, PM_FEAT_ITEM));
    set(f, at + 4, pm_block_size(b) < 60);
    set(f, at + 5, has(f, PM_FEAT_EM));
    set(f, at + 6, b->kind == PM_BLOCK_HEADING);
    set(f, at + 7, i > s->last_good);
}

/* Features that only mean something on some kinds of pages. */
static void
page_kind(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, struct pm_features *f)
{
    bool brief = pm_block_size(b) < 60;
    uint32_t article = pm_scorer_article(s->page, b->node);

    set(f, PM_FEAT_LEAD_SAME, has(f, PM_FEAT_IS_LEAD) && has(f, PM_FEAT_SAME_PARENT) && has(f, PM_FEAT_SAME_SIGN));
    set(f, PM_FEAT_OTHER_ARTICLE, article != s->article && article != 0);
    if (has(f, PM_FEAT_OTHER_ARTICLE) && i > s->first_good) {
        set(f, PM_FEAT_OTHER_LONG, pm_page_good(s->page, article) > 400);
        set(f, PM_FEAT_NEXT_OTHER, has(f, PM_FEAT_NEXT_TITLE));
    }
    if (s->facts->news)
        kind_features(s, i, b, f, PM_FEAT_NEWS);
    if (s->facts->news_article)
        kind_features(s, i, b, f, PM_FEAT_LD);
    if (s->thin) {
        set(f, PM_FEAT_THIN, true);
        set(f, PM_FEAT_THIN_SHORT, brief);
        set(f, PM_FEAT_THIN_ITEM, has(f, PM_FEAT_ITEM));
        set(f, PM_FEAT_THIN_ROW, has(f, PM_FEAT_ROW));
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
neighbours(const struct pm_scorer *s, uint32_t i, const struct pm_page_block *b, struct pm_features *f)
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
    put(f, PM_FEAT_PREV_3, before / 3);
    put(f, PM_FEAT_NEXT_3, behind / 3);
    if (b->kind == PM_BLOCK_HEADING || (b->strong_chars * 5 > b->line.chars * 4 && b->line.chars < 120)) {
        set(f, PM_FEAT_HEAD_PROSE, i + 1 < s->hi && (v[i + 1].good > 0 || (i + 2 < s->hi && v[i + 2].good > 0)));
        set(f, PM_FEAT_HEAD_NONE,
            i + 1 >= s->hi || v[i + 1].kind == PM_BLOCK_HEADING || v[i + 1].link_chars * 2 > v[i + 1].line.chars);
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
marks(const struct pm_scorer *s, const struct pm_page_block *b, struct pm_features *f)
{
    const struct pm_page *page = s->page;
    uint32_t parent = page->html->nodes[b->node].parent, first = page->html->nodes[b->first].parent;
    uint32_t near = b->node > s->body ? page->own[b->node] : 0;

    if (parent > s->body)
        near |= page->own[parent];
    if (first > s->body)
        near |= page->own[first];
    near &= b->marks;
    set_bits(f, PM_FEAT_MARK_0, b->marks, PM_MARK_COUNT);
    set_bits(f, PM_FEAT_NEAR_0, near, PM_MARK_COUNT);
    if (b->good > 160)
        set_bits(f, PM_FEAT_LONG_0, b->marks, PM_MARK_COUNT);
}

void
pm_features_of(const struct pm_scorer *s, uint32_t block, struct pm_features *f)
{
    const struct pm_page_block *b = &s->page->blocks[block];

    memset(f->on, 0, sizeof(f->on));
    set(f, PM_FEAT_BIAS, true);
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
}

void
pm_features_context(const struct pm_scorer *s, uint32_t block, const struct pm_first_round *r, struct pm_features *f)
{
    const struct pm_page *page = s->page;
    const struct pm_node *nodes = page->html->nodes;
    const struct pm_page_block *b = &page->blocks[block];
    uint32_t i = block - s->lo, n = s->hi - s->lo, parent = nodes[b->node].parent, from, to, kin = s->kin[i];
    float before = 0, behind = 0, own = r->score[i];
    double all = r->above[n] > 0 ? r->above[n] : 1;

    memset(f->on, 0, sizeof(f->on));
    put(f, PM_FEAT_S_OWN, own);
    put(f, PM_FEAT_S_PREV, i > 0 ? r->score[i - 1] : -4);
    put(f, PM_FEAT_S_NEXT, i + 1 < n ? r->score[i + 1] : -4);
    for (uint32_t k = 1; k <= 3; k++) {
        before += i >= k ? r->score[i - k] : -4;
        behind += i + k < n ? r->score[i + k] : -4;
    }
    put(f, PM_FEAT_S_PREV_3, before / 3);
    put(f, PM_FEAT_S_NEXT_3, behind / 3);
    put(f, PM_FEAT_S_BEFORE, (float)(r->above[i] / all));
    put(f, PM_FEAT_S_BEHIND, (float)((r->above[n] - r->above[i + 1]) / all));
    parent = parent < s->body ? s->body : parent;
    from = page->at[parent] - s->lo;
    to = page->at[nodes[parent].end] - s->lo;
    if (to - from > 1)
        put(f, PM_FEAT_S_PARENT, (float)((r->sum[to] - r->sum[from] - (double)own) / (double)(to - from - 1)));
    if (r->kin_n[kin] > 1)
        put(f, PM_FEAT_S_SIGN, (r->kin_sum[kin] - own) / (float)(r->kin_n[kin] - 1));
    if (b->kind == PM_BLOCK_HEADING)
        put(f, PM_FEAT_S_HEAD_NEXT, i + 1 < n ? r->score[i + 1] : -4);
}
