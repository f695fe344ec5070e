/*
 * corpus.h - the captures that have text, as clustering sees them.
 *
 * Texts are numbered by (date, uid), so nothing depends on the order in which they came in. Texts and profiles are
 * loaded when asked for; profiles are kept as memory allows. One thread.
 */
#ifndef PM_CORPUS_H
#define PM_CORPUS_H

#include "likeness.h"
#include "manifest.h"

struct pm_text {
    int64_t capture, when_us;
    uint8_t uid[PM_UID_LEN];
    uint64_t exact;     /* hash of the words */
    struct pm_loc loc;  /* of the conversion record */
    uint32_t outlet;    /* hash of its name */
    uint32_t page;      /* hash of its URL, or of its uid when it has none */
    int32_t day;        /* days since 1970 */
    uint32_t words;
    uint32_t clean_words; /* without boilerplate; once its profile was made */
    uint32_t same;      /* the first text with the same words: itself if there is none before */
    bool dated;         /* by the page, the record or the user; the time of a file says little */
    bool furnished;     /* holds boilerplate shingles */
};

struct pm_corpus;

int pm_corpus_load(struct pm_corpus **dst, struct pm_manifest *m, struct pm_bundle_reader *bundles, size_t memory,
                   struct pm_err *err) PM_MUST_USE;
void pm_corpus_free(struct pm_corpus *c);

uint32_t pm_corpus_size(const struct pm_corpus *c);
struct pm_text *pm_corpus_text(struct pm_corpus *c, uint32_t number);

/* The number of a capture's text; PM_DONE when it has none. */
int pm_corpus_find(const struct pm_corpus *c, int64_t capture, uint32_t *number);

/* Each text's fingerprint, in the order of captures. A return other than PM_OK ends it and is returned. */
int pm_corpus_fingerprints(struct pm_corpus *c,
                           int (*each)(void *ctx, uint32_t number, const struct pm_fingerprint *f), void *ctx,
                           struct pm_err *err) PM_MUST_USE;

/* What counts as boilerplate from now on (borrowed). Forgets the profiles that are kept. */
void pm_corpus_set_boilerplate(struct pm_corpus *c, const struct pm_boilerplate *b);

/* The cleaned text; valid until the next call of this function. */
int pm_corpus_read(struct pm_corpus *c, uint32_t number, struct pm_str *text, struct pm_err *err) PM_MUST_USE;

/* The profile of a text. Of the profiles handed out the last two stay valid. */
int pm_corpus_profile(struct pm_corpus *c, uint32_t number, const struct pm_profile **dst,
                      struct pm_err *err) PM_MUST_USE;

#endif
