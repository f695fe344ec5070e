/*
 * credit.h - the agency a text came from, and the words that say so.
 *
 * A mention ("told AFP") is no credit, nor is a photo's.
 */
#ifndef PM_CREDIT_H
#define PM_CREDIT_H

#include "article.h"

/* The table of agencies: the one built in, with what a user adds. Read-only once made; threads may
 * share it. */
struct pm_agencies;

/*
 * `extra`: lines "short name<TAB>alias<TAB>alias..." that add to the table (may be absent); an
 * alias with a "." and no space is a domain of the agency's own sites too. "#" starts a line to be
 * skipped. PM_EINVAL, with the line, when one has no name or bytes that are no UTF-8.
 */
int pm_agencies_new(struct pm_agencies **dst, struct pm_str extra, struct pm_err *err) PM_MUST_USE;
void pm_agencies_free(struct pm_agencies *a);

/* Where a page may say where its text came from. */
struct pm_credit_input {
    struct pm_str url, site;      /* an agency's own site counts as its text */
    struct pm_str publisher;      /* as the page's metadata name it */
    const struct pm_str *authors; /* bylines, authors and sources of the metadata, as written; URLs too */
    size_t n_authors;
    const struct pm_str *sources; /* lines that cleaning took off the body's ends, "SOURCE:AFP",
                                     "(With inputs from PTI)" */
    size_t n_sources;
    const struct pm_block *blocks; /* the article's blocks, for datelines and closing lines */
    size_t n_blocks;
};

/* Credits found, in `arena`, best evidence first, each agency once. n = 0 is an answer. */
int pm_credit_find(const struct pm_agencies *a, const struct pm_credit_input *in, struct pm_arena *arena,
                   struct pm_credit **dst, size_t *n, struct pm_err *err) PM_MUST_USE;

/* Append the short names ("AFP, Reuters"), or the words that say so, joined by "; ". Nothing when n is 0. */
void pm_credit_join(const struct pm_credit *credit, size_t n, bool words, struct pm_buf *dst);

#endif
