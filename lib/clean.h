/*
 * clean.h - from the payload of a capture to its article.
 *
 * Decodes the charset, picks the cleaner for HTML or for plain text, fills the fields, finds the
 * credit. Pure: the same bytes, type and options give the same article. Time and memory are linear in the payload:
 * no page takes more than 250 times its bytes (HTML of list items of a letter 140, text of lines of a letter 200, a
 * news page about 2). A cleaner belongs to one thread.
 */
#ifndef PM_CLEAN_H
#define PM_CLEAN_H

#include "article.h"
#include "capture.h"
#include "credit.h"

/* Goes into every warcinfo; grows with every change of what a body is. */
#define PM_CLEAN_VERSION 3

struct pm_cleaner;

struct pm_clean_input {
    struct pm_str payload; /* content codings already undone */
    struct pm_str type;    /* Content-Type as claimed; may be absent */
    struct pm_str url;     /* may be absent */
    enum pm_media media;   /* PM_MEDIA_HTML or PM_MEDIA_TEXT */
};

/*
 * `memory_max`: bytes that one page may need (0: 1 GiB). `agencies`: the credit table, borrowed for the
 * cleaner's life; NULL for the one built in.
 */
int pm_cleaner_new(struct pm_cleaner **dst, size_t memory_max, const struct pm_agencies *agencies,
                   struct pm_err *err) PM_MUST_USE;
void pm_cleaner_free(struct pm_cleaner *c);

/* Clean HTML without one group of features (enum pm_feature_group of clean_html.h): for measuring what it is worth. */
void pm_cleaner_without(struct pm_cleaner *c, unsigned group);

/* Clean text pages with other weights than pm_text_weights, borrowed: for fitting and measuring. */
struct pm_text_weights; /* text_score.h */
void pm_cleaner_weigh(struct pm_cleaner *c, const struct pm_text_weights *weights);

/* Fill *dst, which lives until the next call. PM_SKIP when the page cannot be cleaned. */
int pm_clean(struct pm_cleaner *c, const struct pm_clean_input *in, struct pm_article *dst,
             struct pm_err *err) PM_MUST_USE;

#endif
