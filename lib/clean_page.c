/*
 * clean_page.c - from the flat page to blocks: three passes over the nodes, one over the text.
 */
#include "clean_page.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ascii.h"
#include "html_name.h"
#include "text.h"

enum { BLOCKS_FIRST = 256, PHRASES_WHOLE = 300, PHRASES_PART = 120 };

/* ---- what each node is ---- */

/* What a tag says of the text in it: enum pm_node_state, and a block kind + 1. Whether it parts text
 * html_name.h knows. */
static const struct tag_says {
    uint8_t state, kind;
} tag_says[PM_TAG_COUNT] = {
    [PM_TAG_A] = {PM_ST_LINK, 0},
    [PM_TAG_B] = {PM_ST_STRONG, 0},
    [PM_TAG_STRONG] = {PM_ST_STRONG, 0},
    [PM_TAG_I] = {PM_ST_EM, 0},
    [PM_TAG_EM] = {PM_ST_EM, 0},
    [PM_TAG_CITE] = {PM_ST_EM, 0},
    [PM_TAG_H1] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_H2] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_H3] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_H4] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_H5] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_H6] = {PM_ST_STRONG, PM_BLOCK_HEADING + 1},
    [PM_TAG_LI] = {0, PM_BLOCK_ITEM + 1},
    [PM_TAG_DD] = {0, PM_BLOCK_ITEM + 1},
    [PM_TAG_DT] = {0, PM_BLOCK_ITEM + 1},
    [PM_TAG_BLOCKQUOTE] = {0, PM_BLOCK_QUOTE + 1},
    [PM_TAG_PRE] = {PM_ST_PRE, PM_BLOCK_PRE + 1},
    [PM_TAG_TABLE] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_TD] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_TH] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_ARTICLE] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_SECTION] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_ASIDE] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_FIGURE] = {0, PM_BLOCK_PARA + 1},
    [PM_TAG_SCRIPT] = {PM_ST_SKIP, 0},
    [PM_TAG_STYLE] = {PM_ST_SKIP, 0},
    [PM_TAG_HEAD] = {PM_ST_SKIP, 0},
    [PM_TAG_TITLE] = {PM_ST_SKIP, 0},
    [PM_TAG_TEXTAREA] = {PM_ST_SKIP, 0},
    [PM_TAG_SELECT] = {PM_ST_SKIP, 0},
    [PM_TAG_OPTION] = {PM_ST_SKIP, 0},
    [PM_TAG_DATALIST] = {PM_ST_SKIP, 0},
    [PM_TAG_BUTTON] = {PM_ST_SKIP, 0},
    [PM_TAG_OBJECT] = {PM_ST_SKIP, 0},
    [PM_TAG_CANVAS] = {PM_ST_SKIP, 0},
    [PM_TAG_VIDEO] = {PM_ST_SKIP, 0},
    [PM_TAG_AUDIO] = {PM_ST_SKIP, 0},
    [PM_TAG_IFRAME] = {PM_ST_SKIP, 0},
    [PM_TAG_NOSCRIPT] = {PM_ST_SKIP, 0},
    [PM_TAG_RP] = {PM_ST_SKIP, 0},
    [PM_TAG_PROGRESS] = {PM_ST_SKIP, 0},
};

static uint8_t
own_state(const struct pm_node *n)
{
    uint8_t s = tag_says[n->tag].state;

    /* A declarative shadow root is shown, any other template is not. */
    if (n->tag == PM_TAG_TEMPLATE && pm_node_attr(n, PM_ATTR_SHADOWROOTMODE).ptr == NULL)
        s |= PM_ST_SKIP;
    if (pm_tag_flags[n->tag] & PM_TAGF_BLOCK && n->tag != PM_TAG_BR)
        s |= PM_ST_BLOCK;
    return s;
}

/* A row becomes one block when no cell of it holds blocks of its own. */
static bool
is_plain_row(const struct pm_page *page, uint32_t row)
{
    const struct pm_node *nodes = page->html->nodes;
    uint32_t cells = 0;

    for (uint32_t i = row + 1; i < nodes[row].end; i = nodes[i].end) {
        if (page->state[i] & PM_ST_HAS_BLOCK)
            return false;
        cells += nodes[i].tag == PM_TAG_TD || nodes[i].tag == PM_TAG_TH;
    }
    return cells > 1;
}

static void
inherit(struct pm_page *page)
{
    const struct pm_node *nodes = page->html->nodes;
    const uint8_t down = PM_ST_SKIP | PM_ST_LINK | PM_ST_STRONG | PM_ST_EM | PM_ST_PRE | PM_ST_CELLS;

    page->block_of[0] = page->kind[0] = 0;
    for (size_t i = 0; i < page->html->n_nodes; i++)
        page->state[i] = own_state(&nodes[i]);
    for (size_t i = page->html->n_nodes; i-- > 1;)
        if (page->state[i] & (PM_ST_BLOCK | PM_ST_HAS_BLOCK))
            page->state[nodes[i].parent] |= PM_ST_HAS_BLOCK;
    for (uint32_t i = 1; i < page->html->n_nodes; i++) {
        uint32_t up = nodes[i].parent;

        page->state[i] |= page->state[up] & down;
        if (page->state[i] & PM_ST_CELLS)
            page->state[i] &= (uint8_t)~PM_ST_BLOCK;
        else if (nodes[i].tag == PM_TAG_TR && is_plain_row(page, i))
            page->state[i] |= PM_ST_CELLS;
        page->block_of[i] = page->state[i] & PM_ST_BLOCK ? i : page->block_of[up];
        page->kind[i] = tag_says[nodes[i].tag].kind;
        if (nodes[i].tag == PM_TAG_TR && page->state[i] & PM_ST_CELLS)
            page->kind[i] = PM_BLOCK_ROW + 1;
        /* A quote or an item stays one in the paragraphs inside it. */
        if (page->kind[i] == 0 || page->state[i] & PM_ST_CELLS)
            page->kind[i] = page->kind[i] > 0 && !(page->state[up] & PM_ST_CELLS) ? page->kind[i] : page->kind[up];
    }
}

/* ---- text ---- */

/* The block that is being built. */
struct run {
    struct pm_page_block *block; /* NULL: none */
    char *start, *dst;           /* its text so far */
    bool space;                  /* white space waits to be written */
    char gap;                    /* as this: ' ' or, between cells, a tab */
    uint8_t breaks;              /* line breaks since the last text */
    uint32_t link;               /* the link that the last text was in */
    bool media;                  /* seen since the last text */
};

/* Bytes of the white space of more than one byte at `p`: U+00A0, U+1680, U+2000-200A, 2028, 2029,
 * 202F, 205F, 3000, 0085; 0 if none. */
static size_t
wide_space(const unsigned char *p, size_t left)
{
    if (p[0] == 0xC2 && left > 1)
        return p[1] == 0xA0 || p[1] == 0x85 ? 2 : 0;
    if (left < 3)
        return 0;
    if (p[0] == 0xE2 && p[1] == 0x80)
        return (p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
    if (p[0] == 0xE2 && p[1] == 0x81)
        return p[2] == 0x9F ? 3 : 0;
    if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)
        return 3;
    return p[0] == 0xE1 && p[1] == 0x9A && p[2] == 0x80 ? 3 : 0;
}

/* A byte that append() looks at: white space, control characters, what may begin wide spaces. */
static inline bool
is_odd(unsigned char c)
{
    return c <= ' ' || c == 0xC2 || c - 0xE1u < 3;
}

#ifdef __SSE2__
/*
 * Copy bytes from p on as long as nothing is to squeeze, single spaces included; the bytes copied,
 * *chars grows by the characters that are no spaces. Up to 16 bytes behind them may be written.
 */
static size_t
copy_plain(char *dst, const unsigned char *p, const unsigned char *end, uint32_t *chars)
{
    static const uint8_t keep[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    const unsigned char *start = p;
    __m128i zero = _mm_setzero_si128(), one = _mm_set1_epi8(1);

    while (end - p >= 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), count, sum;
        __m128i space = _mm_cmpeq_epi8(v, _mm_set1_epi8(' '));
        /* Signed: 0x80 to 0xBF, which go on with a character, are the least. */
        __m128i on = _mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0));
        __m128i control = _mm_andnot_si128(_mm_cmplt_epi8(v, zero), _mm_cmplt_epi8(v, _mm_set1_epi8(' ')));
        __m128i wide =
            _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xE0)), _mm_cmplt_epi8(v, _mm_set1_epi8((char)0xE4)));
        unsigned spaces = (unsigned)_mm_movemask_epi8(space), odd, n;

        wide = _mm_or_si128(wide, _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)));
        odd = (unsigned)_mm_movemask_epi8(_mm_or_si128(control, wide));
        /* A space stops too when what follows is one, odd, or not yet seen. */
        odd |= spaces & ((spaces | odd) >> 1 | 0x8000);
        n = (unsigned)__builtin_ctz(odd | 0x10000);
        if (n == 0)
            break;
        _mm_storeu_si128((__m128i *)(void *)(dst + (p - start)), v);
        count = _mm_andnot_si128(_mm_or_si128(space, on), one);
        count = _mm_and_si128(count, _mm_loadu_si128((const __m128i *)(const void *)(keep + 16 - n)));
        sum = _mm_sad_epu8(count, zero);
        *chars += (uint32_t)(_mm_cvtsi128_si32(sum) + _mm_extract_epi16(sum, 4));
        p += n;
    }
    return (size_t)(p - start);
}
#endif

/* Append `s`, white space squeezed; the characters written, spaces aside. */
static uint32_t
append(struct run *r, struct pm_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr, *end = p + s.len;
    uint32_t chars = 0;

    while (p < end) {
        size_t wide = 0;

        if (pm_ascii_space((char)*p) || (*p >= 0xC2 && (wide = wide_space(p, (size_t)(end - p))) > 0)) {
            r->space = true;
            p += wide > 0 ? wide : 1;
            continue;
        }
        if (r->space && r->dst > r->start)
            *r->dst++ = r->gap;
        r->space = false;
        r->gap = ' ';
        /* The first byte may be one that begins wide spaces; it is none here. */
        do {
            chars += (*p & 0xC0) != 0x80;
            *r->dst++ = (char)*p++;
#ifdef __SSE2__
            size_t n = copy_plain(r->dst, p, end, &chars);

            p += n;
            r->dst += n;
#endif
        } while (p < end && !is_odd(*p));
    }
    return chars;
}

static void
flush(struct pm_page *page, struct run *r)
{
    if (r->block != NULL) {
        r->block->line.text = PM_STRN(r->start, (size_t)(r->dst - r->start));
        page->n_blocks++;
    }
    r->block = NULL;
    r->start = r->dst;
    r->space = false;
    r->gap = ' ';
    r->breaks = 0;
    r->link = 0;
}

static bool
is_blank(struct pm_str s)
{
    for (size_t i = 0; i < s.len;) {
        const unsigned char *p = (const unsigned char *)s.ptr + i;
        size_t wide = *p >= 0xC2 ? wide_space(p, s.len - i) : 0;

        if (wide == 0 && !pm_ascii_space((char)*p))
            return false;
        i += wide > 0 ? wide : 1;
    }
    return true;
}

static bool
room_for_block(struct pm_page *page)
{
    struct pm_page_block *grown;
    size_t cap = page->cap_blocks > 0 ? page->cap_blocks * 2 : BLOCKS_FIRST;

    if (page->n_blocks < page->cap_blocks)
        return true;
    grown = pm_arena_raw(page->arena, cap, sizeof(*grown));
    if (grown == NULL)
        return false;
    if (page->n_blocks > 0)
        memcpy(grown, page->blocks, page->n_blocks * sizeof(*grown));
    page->blocks = grown;
    page->cap_blocks = cap;
    return true;
}

static void
take_text(struct pm_page *page, struct run *r, uint32_t i)
{
    const struct pm_node *n = &page->html->nodes[i];
    uint32_t block_node = page->block_of[n->parent], chars;
    struct pm_page_block *b;
    uint8_t kind = page->kind[n->parent];

    if (page->state[i] & PM_ST_SKIP)
        return;
    if (r->block != NULL && r->block->node != block_node)
        flush(page, r);
    if (is_blank(n->text)) {
        r->space = true;
        return;
    }
    if (r->breaks > 1)
        flush(page, r);
    if (r->breaks > 0)
        r->space = true;
    r->breaks = 0;
    if (r->block == NULL) {
        if (!room_for_block(page))
            return;
        r->block = &page->blocks[page->n_blocks];
        *r->block = (struct pm_page_block){
            .node = block_node,
            .first = i,
            .media = r->media,
            .kind = kind > 0 ? (uint8_t)(kind - 1) : PM_BLOCK_PARA,
        };
    }
    b = r->block;
    r->media = false;
    b->last = i;
    chars = append(r, n->text);
    if (page->state[i] & PM_ST_LINK) {
        b->link_chars += chars;
        b->links += r->link != n->parent;
        r->link = n->parent;
    }
    b->strong_chars += page->state[i] & PM_ST_STRONG ? chars : 0;
    b->em_chars += page->state[i] & PM_ST_EM ? chars : 0;
}

static void
segment(struct pm_page *page, char *room)
{
    const struct pm_html *html = page->html;
    struct run r = {.start = room, .dst = room, .gap = ' '};

    for (uint32_t i = 0; i < html->n_nodes; i++) {
        const struct pm_node *n = &html->nodes[i];

        r.media |= n->tag == PM_TAG_IMG || n->tag == PM_TAG_IFRAME || n->tag == PM_TAG_VIDEO;
        if (n->tag == PM_TAG_TEXT) {
            take_text(page, &r, i);
        } else if (n->tag == PM_TAG_BR) {
            r.breaks = (uint8_t)(r.breaks < 2 ? r.breaks + 1 : 2);
        } else if (page->state[i] & PM_ST_BLOCK) {
            flush(page, &r);
        } else if (n->tag == PM_TAG_TD || n->tag == PM_TAG_TH) {
            r.space = true;
            r.gap = '\t';
        }
    }
    flush(page, &r);
}

/* ---- what each block is ---- */

static uint8_t
heading_level(const struct pm_page *page, const struct pm_page_block *b)
{
    const struct pm_node *nodes = page->html->nodes;

    if (b->kind != PM_BLOCK_HEADING)
        return 0;
    for (uint32_t i = b->node; i > 0; i = nodes[i].parent)
        if (nodes[i].tag >= PM_TAG_H1 && nodes[i].tag <= PM_TAG_H6)
            return (uint8_t)(nodes[i].tag - PM_TAG_H1 + 1);
    return 0;
}

/*
 * Characters of prose: those outside links of text that has the length of a sentence. Scripts
 * without spaces say in one character what takes others two and a half.
 */
static float
prose(const struct pm_page_block *b)
{
    const struct pm_line *l = &b->line;
    float chars = (float)l->chars + 1.5f * (float)l->dense;
    float linked = l->chars > 0 ? (float)b->link_chars / (float)l->chars : 0;

    if (b->kind == PM_BLOCK_HEADING || b->kind == PM_BLOCK_ROW || linked > 0.5f)
        return 0;
    if (l->stops == 0 && l->end != PM_END_DOTS && l->end != PM_END_COLON && chars < 200)
        return 0;
    if (chars < 60)
        return 0;
    return chars * (1 - linked);
}

static void
measure(struct pm_page *page)
{
    for (size_t i = 0; i < page->n_blocks; i++) {
        struct pm_page_block *b = &page->blocks[i];

        pm_line_measure(&b->line);
        /* Of a paragraph the beginning: interface lines are short, and this is the dearest step. */
        pm_phrases_scan(page->phrases,
                        PM_STRN(b->line.text.ptr, b->line.text.len > PHRASES_WHOLE ? PHRASES_PART : b->line.text.len),
                        &b->line.hits);
        b->level = heading_level(page, b);
        b->good = prose(b);
        page->good[i + 1] = page->good[i] + (double)b->good;
    }
}

static void
index_blocks(struct pm_page *page)
{
    size_t b = 0;

    for (uint32_t i = 0; i <= page->html->n_nodes; i++) {
        while (b < page->n_blocks && page->blocks[b].first < i)
            b++;
        page->at[i] = (uint32_t)b;
    }
}

int
pm_page_make(struct pm_page *page, const struct pm_html *html, const struct pm_vocab *vocab,
             const struct pm_phrases *phrases, struct pm_arena *arena, struct pm_err *err)
{
    struct pm_vocab_cache *cache = pm_arena_alloc(arena, sizeof(*cache));
    size_t n = html->n_nodes, bytes = 16; /* copy_plain() writes beyond */
    char *room;

    *page = (struct pm_page){.html = html, .arena = arena, .vocab = vocab, .phrases = phrases};
    for (size_t i = 0; i < n; i++)
        if (html->nodes[i].tag == PM_TAG_TEXT)
            bytes += html->nodes[i].text.len + 1;
    page->state = pm_arena_raw(arena, n, sizeof(*page->state));
    page->kind = pm_arena_raw(arena, n, sizeof(*page->kind));
    page->block_of = pm_arena_raw(arena, n, sizeof(*page->block_of));
    page->own = pm_arena_array(arena, n, sizeof(*page->own));
    page->class_hash = pm_arena_array(arena, n, sizeof(*page->class_hash));
    page->at = pm_arena_raw(arena, n + 1, sizeof(*page->at));
    room = pm_arena_raw(arena, bytes, 1);
    if (pm_arena_check(arena, err) != PM_OK)
        return pm_arena_check(arena, err);
    inherit(page);
    segment(page, room);
    page->good = pm_arena_array(arena, page->n_blocks + 1, sizeof(*page->good));
    if (pm_arena_check(arena, err) != PM_OK)
        return pm_arena_check(arena, err);
    measure(page);
    index_blocks(page);
    for (uint32_t i = 0; i < n; i++)
        if (html->nodes[i].tag != PM_TAG_TEXT && page->at[html->nodes[i].end] > page->at[i])
            page->own[i] = pm_vocab_marks(vocab, cache, &html->nodes[i], &page->class_hash[i]);
    return PM_OK;
}

int
pm_page_mark(struct pm_page *page, uint32_t root, float most, struct pm_err *err)
{
    const struct pm_node *nodes = page->html->nodes;
    double all = pm_page_good(page, root);
    uint32_t *sum = pm_arena_array(page->arena, nodes[root].end - root, sizeof(*sum));

    if (sum == NULL)
        return pm_arena_check(page->arena, err);
    for (uint32_t i = root + 1; i < nodes[root].end; i++) {
        uint32_t own = page->own[i];

        if (own != 0 && pm_page_good(page, i) > (double)most * all)
            own &= PM_MARK_BODY | PM_MARK_ARTICLE | PM_MARK_PARA;
        sum[i - root] = sum[nodes[i].parent - root] | own;
    }
    for (uint32_t b = page->at[root]; b < page->at[nodes[root].end]; b++)
        page->blocks[b].marks = sum[nodes[page->blocks[b].first].parent - root];
    return PM_OK;
}
