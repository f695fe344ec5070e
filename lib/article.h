/*
 * article.h - what cleaning found in a capture.
 *
 * Data only. Everything lives in the arena that the cleaner was given.
 */
#ifndef PM_ARTICLE_H
#define PM_ARTICLE_H

#include "buf.h"
#include "when.h"

enum pm_block_kind {
    PM_BLOCK_PARA,
    PM_BLOCK_HEADING,
    PM_BLOCK_QUOTE,
    PM_BLOCK_ITEM, /* of a list */
    PM_BLOCK_ROW,  /* of a table, cells joined by a tab */
    PM_BLOCK_PRE,
};

/* One block of the page in document order, kept or dropped, and why. */
struct pm_block {
    struct pm_str text; /* UTF-8, white space squeezed, no line break */
    enum pm_block_kind kind;
    bool kept;
    const char *rule; /* static: short name of the rule that decided, "body", "link-list", ... */
    float score;      /* of that rule; its meaning is the rule's */
};

struct pm_credit {
    struct pm_str agency; /* short name: "AFP", "AP", "agencies" for unnamed ones */
    struct pm_str words;  /* the words of the page that say so */
};

struct pm_article {
    struct pm_str title, standfirst;
    struct pm_str *byline; /* names apart, in their order */
    size_t n_byline;
    struct pm_str published, modified;                /* ISO 8601 as the page gives it (offset kept), or a day */
    struct pm_str section, site, language, canonical; /* language: BCP 47; canonical: absolute URL */
    struct pm_str *captions;
    size_t n_captions;
    struct pm_credit *credit;
    size_t n_credit;
    struct pm_block *blocks; /* all blocks considered */
    size_t n_blocks;
    struct pm_str text; /* the kept blocks, one a line, "\n" between them, none at the end */
    uint32_t words;     /* of text */
};

#endif
