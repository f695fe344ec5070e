/*
 * corpus.h - the captures that have text, as clustering sees them.
 *
 * Texts are numbered by (date, uid), so nothing depends on the order in which they came in. Fingerprints, texts and
 * profiles are loaded when asked for, and kept as memory allows. One thread.
 */
#ifndef PM_CORPUS_H
#define PM_CORPUS_H

#include "boilerplate.h"
#include "sketch.h"

enum { PM_TEXT_UID = 8 };

struct pm_text {
    int64_t capture, when_us; /* PM_WHEN_NONE: not known */
    uint8_t uid[PM_TEXT_UID];
    uint64_t exact;     /* hash of the words */
    uint32_t outlet;    /* hash of its name */
    uint32_t page;      /* hash of its URL, or of its uid when it has none */
    int32_t day;        /* days since 1970 */
    uint32_t words;
    uint32_t left_out;  /* hash of what its source leaves out of the text, as far as that can change */
    uint32_t same;      /* the first text with the same words: itself if there is none before */
    bool dated;         /* by the page, the record or the user; the time of a file says little */
    uint32_t hashes;    /* in its fingerprint, if no text before has its words, */
    uint32_t furniture; /* of them: furniture, */
    uint32_t phrases;   /* and phrases that come again everywhere */
    bool changed;       /* since the last run: it, or what is compared of it; true at first */
    bool was_first;     /* in that run it was `same` as itself, */
    uint32_t was;       /* and this was its number; PM_NO_PLACE: it is new */
};

/* Where texts come from: an archive (source.h), or memory. What is borrowed is valid until the next call. */
struct pm_source {
    void *ctx;
    /* Each text in order of `capture`; `same` and what comes behind `dated` are not looked at. Ends when `take` says so. */
    int (*texts)(void *ctx, int (*take)(void *arg, const struct pm_text *t), void *arg, struct pm_err *err);
    /* Each fingerprint in the same order. */
    int (*fingerprints)(void *ctx, int (*take)(void *arg, int64_t capture, const struct pm_fingerprint *f), void *arg,
                        struct pm_err *err);
    int (*fingerprint)(void *ctx, int64_t capture, struct pm_fingerprint *dst, struct pm_err *err);
    int (*read)(void *ctx, int64_t capture, struct pm_str *text, struct pm_err *err);
};

struct pm_corpus;

/* `source` is borrowed as long as the corpus lives. `memory`: bytes for what is kept. */
int pm_corpus_load(struct pm_corpus **dst, const struct pm_source *source, size_t memory,
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

/* The fingerprint of one; valid until the next call of this kind. */
int pm_corpus_fingerprint(struct pm_corpus *c, uint32_t number, struct pm_fingerprint *dst,
                          struct pm_err *err) PM_MUST_USE;

/*
 * A text that is made of phrases for a good part is a form, and what fills it in is what it is known by. Of another text they are
 * a part as good as any.
 */
bool pm_is_form(uint32_t hashes, uint32_t furniture, uint32_t phrases);
bool pm_text_is_form(const struct pm_text *t);

/* What counts as boilerplate from now on (borrowed); texts hold how much of it they have. Forgets what is kept. */
void pm_corpus_set_known(struct pm_corpus *c, const struct pm_known *known);

/* The sketch, the profile of a text. Of either, the last two handed out stay valid. */
int pm_corpus_sketch(struct pm_corpus *c, uint32_t number, const struct pm_sketch **dst,
                     struct pm_err *err) PM_MUST_USE;
int pm_corpus_profile(struct pm_corpus *c, uint32_t number, const struct pm_profile **dst,
                      struct pm_err *err) PM_MUST_USE;

#endif
