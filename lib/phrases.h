/*
 * phrases.h - words of the interface of news sites, in the main languages of news.
 *
 * "read more", "share", "all rights reserved", ...: a closed vocabulary, no stop words and no names
 * of sites. A set is read-only once made; threads may share it.
 */
#ifndef PM_PHRASES_H
#define PM_PHRASES_H

#include "buf.h"

enum {
    PM_PHRASE_MORE = 1u << 0,    /* "read more", "related": points to another article */
    PM_PHRASE_LIST = 1u << 1,    /* "most read", "latest": heads a list of other articles */
    PM_PHRASE_SHARE = 1u << 2,   /* "share", and the networks to share with */
    PM_PHRASE_SIGN = 1u << 3,    /* "subscribe", "log in", "newsletter" */
    PM_PHRASE_TALK = 1u << 4,    /* "comments", "reply" */
    PM_PHRASE_LEGAL = 1u << 5,   /* "all rights reserved", "cookies" */
    PM_PHRASE_CONTACT = 1u << 6, /* "contact us", "careers" */
    PM_PHRASE_AD = 1u << 7,      /* "advertisement" */
    PM_PHRASE_PHOTO = 1u << 8,   /* "photo:", "file photo" */
    PM_PHRASE_SOURCE = 1u << 9,  /* "source:", "with inputs from" */
    PM_PHRASE_BY = 1u << 10,     /* "by", "written by", "reporter" */
    PM_PHRASE_WHEN = 1u << 11,   /* "published", "min read", "ago" */
    PM_PHRASE_NAV = 1u << 12,    /* "home", "menu", "search" */
    PM_PHRASE_CLASSES = 13,
};

struct pm_phrases;

int pm_phrases_new(struct pm_phrases **dst, struct pm_err *err) PM_MUST_USE;
void pm_phrases_free(struct pm_phrases *p);

/* What a line has of them: bits of classes by place. */
struct pm_phrase_hits {
    uint32_t whole;           /* the line is one phrase, numbers aside */
    uint32_t start;           /* it begins with a phrase */
    uint32_t end;             /* it ends with one */
    uint32_t inside;          /* it has a phrase of two or more words anywhere */
    uint32_t covering;        /* all classes that cover words of it */
    uint32_t start_len;       /* bytes of the line that the first phrase takes, with the punctuation
                                 behind it */
    uint32_t tokens, covered; /* words in it; how many belong to a phrase or are numbers */
    uint64_t hash;            /* of its words in lower case: equal lines, whatever their punctuation */
};

/* Only the first PM_PHRASE_SPAN bytes of a longer line are looked at for phrases, and a longer line
 * has no `end`. */
enum { PM_PHRASE_SPAN = 640 };

/* `line` is UTF-8. Time is linear in it. */
void pm_phrases_scan(const struct pm_phrases *p, struct pm_str line, struct pm_phrase_hits *dst);

/* The rows of the table (phrase_table.c): phrases of one class, "|" between them. */
struct pm_phrase_row {
    uint32_t classes;
    const char *phrases;
};
extern const struct pm_phrase_row pm_phrase_table[];
extern const size_t pm_phrase_table_rows;

#endif
