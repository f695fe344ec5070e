/*
 * clean_vocab.h - the words that templates use in class, id and the like, and what they say of an element.
 *
 * A closed vocabulary in the languages in which templates are written; no names of sites. Read-only once made.
 */
#ifndef PM_CLEAN_VOCAB_H
#define PM_CLEAN_VOCAB_H

#include "html.h"

enum pm_mark {
    PM_MARK_BODY = 1u << 0,
    PM_MARK_NAV = 1u << 1,
    PM_MARK_FOOTER = 1u << 2,
    PM_MARK_HEADER = 1u << 3,
    PM_MARK_SIDE = 1u << 4,
    PM_MARK_COMMENT = 1u << 5,
    PM_MARK_RELATED = 1u << 6,
    PM_MARK_SHARE = 1u << 7,
    PM_MARK_SIGN = 1u << 8,
    PM_MARK_AUTHOR = 1u << 9,
    PM_MARK_DATE = 1u << 10,
    PM_MARK_CAPTION = 1u << 11,
    PM_MARK_TAGS = 1u << 12,
    PM_MARK_AD = 1u << 13,
    PM_MARK_HIDDEN = 1u << 14,
    PM_MARK_TITLE = 1u << 15,
    PM_MARK_LEAD = 1u << 16,
    PM_MARK_MEDIA = 1u << 17,
    PM_MARK_CONSENT = 1u << 18,
    PM_MARK_TOOLS = 1u << 19,
    PM_MARK_TEASER = 1u << 20,
    PM_MARK_META = 1u << 21,
    PM_MARK_EMBED = 1u << 22,
    PM_MARK_BOX = 1u << 23,
    PM_MARK_FIGURE = 1u << 24,
    PM_MARK_QUOTE = 1u << 25,
    PM_MARK_FORM = 1u << 26,
    PM_MARK_TOC = 1u << 27,
    PM_MARK_ARTICLE = 1u << 28, /* the element is an article, or is called one */
    PM_MARK_PARA = 1u << 29,    /* called a paragraph or plain text */
    PM_MARK_GATE = 1u << 30,    /* paywalls: around what is sold, and around the offer */
    PM_MARK_COUNT = 31,
};

struct pm_vocab;

int pm_vocab_new(struct pm_vocab **dst, struct pm_err *err) PM_MUST_USE;
void pm_vocab_free(struct pm_vocab *v);

/* Values met on a page and what they said: templates repeat theirs. To be zero at the start. */
enum { PM_VOCAB_CACHE = 512 };
struct pm_vocab_cache {
    struct pm_vocab_seen {
        uint64_t hash;
        uint32_t marks;
    } seen[PM_VOCAB_CACHE];
};

/*
 * What a node's tag, class, id, role, itemprop, rel and data attributes say: bits of enum pm_mark. *class_hash is set
 * to one of the class (its first PM_CLASS_SPAN bytes) if it has one.
 */
enum { PM_CLASS_SPAN = 256 };
uint32_t pm_vocab_marks(const struct pm_vocab *v, struct pm_vocab_cache *cache, const struct pm_node *n,
                        uint64_t *class_hash);

/* Short name of the lowest of `marks`. */
const char *pm_mark_name(uint32_t marks);

struct pm_vocab_row {
    uint32_t marks;
    const char *words; /* lower case, "|" between them; two words that stand side by side are written as one */
};
extern const struct pm_vocab_row pm_vocab_table[];
extern const size_t pm_vocab_table_rows;

#endif
