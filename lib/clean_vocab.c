/* clean_vocab.c - what class, id and the like say of an element. */
#include "clean_vocab.h"

#include <stdlib.h>

#include "ascii.h"

enum { SLOTS = 8192, VALUE_MAX = 2048, FILTER_BITS = 15 };

#define HASH_SEED UINT64_C(0xcbf29ce484222325)

struct pm_vocab {
    uint64_t filter[1 << (FILTER_BITS - 6)]; /* bits of the hashes: most words are none of ours */
    struct vocab_slot {
        uint64_t hash;
        uint32_t marks; /* 0: free */
    } slots[SLOTS];
};

/* One more byte of a word; ASCII letters fold. */
static inline uint64_t
hash_step(uint64_t h, unsigned char c)
{
    return (h ^ (unsigned char)pm_ascii_fold((char)c)) * UINT64_C(0x9E3779B97F4A7C15);
}

static struct vocab_slot *
slot_of(struct pm_vocab *v, uint64_t hash)
{
    size_t i = (hash ^ hash >> 29) % SLOTS;

    while (v->slots[i].marks != 0 && v->slots[i].hash != hash)
        i = (i + 1) % SLOTS;
    return &v->slots[i];
}

static size_t
filter_bit(uint64_t hash)
{
    return hash >> (64 - FILTER_BITS);
}

static inline uint32_t
look_up(const struct pm_vocab *v, uint64_t hash)
{
    size_t bit = filter_bit(hash), i = (hash ^ hash >> 29) % SLOTS;

    if (!(v->filter[bit / 64] >> bit % 64 & 1))
        return 0;
    for (; v->slots[i].marks != 0; i = (i + 1) % SLOTS)
        if (v->slots[i].hash == hash)
            return v->slots[i].marks;
    return 0;
}

int
pm_vocab_new(struct pm_vocab **dst, struct pm_err *err)
{
    struct pm_vocab *v = calloc(1, sizeof(*v));

    if (v == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t r = 0; r < pm_vocab_table_rows; r++) {
        uint64_t h = HASH_SEED;

        for (const char *c = pm_vocab_table[r].words;; c++) {
            if (*c == '|' || *c == '\0') {
                struct vocab_slot *s = slot_of(v, h);

                s->hash = h;
                s->marks |= pm_vocab_table[r].marks;
                v->filter[filter_bit(h) / 64] |= UINT64_C(1) << filter_bit(h) % 64;
                h = HASH_SEED;
                if (*c == '\0')
                    break;
            } else {
                h = hash_step(h, (unsigned char)*c);
            }
        }
    }
    *dst = v;
    return PM_OK;
}

void
pm_vocab_free(struct pm_vocab *v)
{
    free(v);
}

enum char_class { C_SEP, C_LOWER, C_UPPER, C_DIGIT };

static inline enum char_class
class_of(unsigned char c)
{
    if (pm_ascii_lower((char)c) || c >= 0x80)
        return C_LOWER;
    if (pm_ascii_upper((char)c))
        return C_UPPER;
    return pm_ascii_digit((char)c) ? C_DIGIT : C_SEP;
}

/*
 * Marks of all words in a value, and of pairs of words that are joined by less than white space. A
 * hash runs on over a separator: that of the pair "read-more" is that of "readmore".
 */
static uint32_t
value_marks(const struct pm_vocab *v, struct pm_str value)
{
    uint64_t word = HASH_SEED, pair = 0, chunk = HASH_SEED;
    enum char_class prev = C_SEP;
    uint32_t marks = 0;
    size_t len = value.len < VALUE_MAX ? value.len : VALUE_MAX;

    for (size_t i = 0; i <= len; i++) {
        unsigned char c = i < len ? (unsigned char)value.ptr[i] : ' ';
        enum char_class k = class_of(c);
        bool ends =
            prev != C_SEP && (k == C_SEP || (k == C_UPPER && prev != C_UPPER) || (k == C_DIGIT) != (prev == C_DIGIT));

        if (ends) {
            marks |= look_up(v, word);
            if (pair != 0)
                marks |= look_up(v, pair);
            pair = word;
            word = HASH_SEED;
        }
        if (k != C_SEP) {
            word = hash_step(word, c);
            if (pair != 0)
                pair = hash_step(pair, c);
            chunk = hash_step(chunk, c);
            for (; k == C_LOWER && i + 1 < len && pm_ascii_lower(value.ptr[i + 1]); i++) {
                c = (unsigned char)value.ptr[i + 1];
                word = hash_step(word, c);
                chunk = hash_step(chunk, c);
                pair = pair != 0 ? hash_step(pair, c) : 0;
            }
        } else {
            if (prev != C_SEP)
                marks |= look_up(v, chunk);
            chunk = HASH_SEED;
            if (c == ' ' || c == '\n' || c == '\t')
                pair = 0;
        }
        prev = k;
    }
    return marks;
}

/* Never 0. */
static uint64_t
value_hash(struct pm_str value)
{
    uint64_t h = value.len, eight;
    size_t i = 0;

    for (; value.len - i >= 8; i += 8) {
        memcpy(&eight, value.ptr + i, 8);
        h = (h ^ eight) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    for (eight = 0; i < value.len; i++)
        eight = eight << 8 | (unsigned char)value.ptr[i];
    h = (h ^ eight) * UINT64_C(0xD6E8FEB86659FD93);
    return (h ^ h >> 32) | 1;
}

static uint32_t
cached_marks(const struct pm_vocab *v, struct pm_vocab_cache *cache, struct pm_str value, uint64_t hash)
{
    struct pm_vocab_seen *s = &cache->seen[hash >> 32 & (PM_VOCAB_CACHE - 1)];

    if (s->hash != hash) {
        s->hash = hash;
        s->marks = value_marks(v, value);
    }
    return s->marks;
}

static uint32_t
tag_marks(uint8_t tag)
{
    switch (tag) {
    case PM_TAG_NAV:
    case PM_TAG_MENU:
        return PM_MARK_NAV;
    case PM_TAG_FOOTER:
        return PM_MARK_FOOTER;
    case PM_TAG_HEADER:
        return PM_MARK_HEADER;
    case PM_TAG_ASIDE:
        return PM_MARK_SIDE;
    case PM_TAG_FIGURE:
    case PM_TAG_PICTURE:
        return PM_MARK_FIGURE;
    case PM_TAG_FIGCAPTION:
        return PM_MARK_CAPTION | PM_MARK_FIGURE;
    case PM_TAG_FORM:
    case PM_TAG_FIELDSET:
        return PM_MARK_FORM;
    case PM_TAG_DIALOG:
        return PM_MARK_CONSENT;
    case PM_TAG_TIME:
        return PM_MARK_DATE;
    case PM_TAG_ARTICLE:
        return PM_MARK_ARTICLE;
    case PM_TAG_BLOCKQUOTE:
        return PM_MARK_QUOTE;
    case PM_TAG_H1:
        return PM_MARK_TITLE;
    default:
        return 0;
    }
}

static uint32_t
role_marks(struct pm_str role)
{
    if (pm_str_ieq(role, PM_STR("navigation")) || pm_str_ieq(role, PM_STR("menu")) ||
        pm_str_ieq(role, PM_STR("menubar")))
        return PM_MARK_NAV;
    if (pm_str_ieq(role, PM_STR("contentinfo")))
        return PM_MARK_FOOTER;
    if (pm_str_ieq(role, PM_STR("complementary")))
        return PM_MARK_SIDE;
    if (pm_str_ieq(role, PM_STR("banner")))
        return PM_MARK_HEADER;
    if (pm_str_ieq(role, PM_STR("search")))
        return PM_MARK_FORM;
    if (pm_str_ieq(role, PM_STR("dialog")) || pm_str_ieq(role, PM_STR("alertdialog")) ||
        pm_str_ieq(role, PM_STR("tooltip")))
        return PM_MARK_CONSENT;
    return 0;
}

static bool
style_hides(struct pm_str style)
{
    size_t at = pm_str_ifind(style, PM_STR("display"), 0);

    if (at == SIZE_MAX)
        return false;
    for (at += 7; at < style.len && (style.ptr[at] == ' ' || style.ptr[at] == ':'); at++)
        ;
    return pm_str_istarts(PM_STRN(style.ptr + at, style.len - at), PM_STR("none"));
}

uint32_t
pm_vocab_marks(const struct pm_vocab *v, struct pm_vocab_cache *cache, const struct pm_node *n, uint64_t *class_hash)
{
    uint32_t marks = tag_marks(n->tag);
    uint64_t hash;

    for (size_t i = 0; i < n->n_attrs; i++) {
        const struct pm_attr *a = &n->attrs[i];

        switch (a->name) {
        case PM_ATTR_CLASS:
            hash = value_hash(a->value);
            marks |= cached_marks(v, cache, a->value, hash);
            if (a->value.len > PM_CLASS_SPAN)
                hash = value_hash(PM_STRN(a->value.ptr, PM_CLASS_SPAN));
            *class_hash = a->value.len > 0 ? hash : 0;
            break;
        case PM_ATTR_ID:
        case PM_ATTR_ITEMPROP:
        case PM_ATTR_REL:
        case PM_ATTR_DATA_BLOCK:
        case PM_ATTR_DATA_COMPONENT:
        case PM_ATTR_DATA_MODULE:
        case PM_ATTR_DATA_NAME:
        case PM_ATTR_DATA_QA:
        case PM_ATTR_DATA_TESTID:
        case PM_ATTR_DATA_TYPE:
            marks |= cached_marks(v, cache, a->value, value_hash(a->value));
            break;
        case PM_ATTR_ROLE:
            marks |= role_marks(a->value);
            break;
        case PM_ATTR_HIDDEN:
            marks |= PM_MARK_HIDDEN;
            break;
        case PM_ATTR_ARIA_HIDDEN:
            if (pm_str_ieq(a->value, PM_STR("true")))
                marks |= PM_MARK_HIDDEN;
            break;
        case PM_ATTR_STYLE:
            if (style_hides(a->value))
                marks |= PM_MARK_HIDDEN;
            break;
        default:
            break;
        }
    }
    return marks;
}

const char *
pm_mark_name(uint32_t marks)
{
    static const char *const names[PM_MARK_COUNT] = {
        "body-class", "nav",    "footer",  "header",   "sidebar", "comments",  "related", "share",
        "sign-up",    "author", "date",    "caption",  "tags",    "ad",        "hidden",  "headline",
        "standfirst", "media",  "consent", "tools",    "teaser",  "meta",      "embed",   "box",
        "figure",     "quote",  "form",    "contents", "article", "paragraph", "paywall",
    };

    for (int i = 0; i < PM_MARK_COUNT; i++)
        if (marks >> i & 1u)
            return names[i];
    return "none";
}
