/*
 * restore_give.h - stored records turned into the bytes that were captured.
 *
 * Two steps, so that many can be given at once: what a capture needs is looked up in the manifest by the thread that owns
 * it, then any thread with a giver of its own reads and unpacks it.
 */
#ifndef PM_RESTORE_GIVE_H
#define PM_RESTORE_GIVE_H

#include "furniture.h"
#include "restore.h" /* pm_restore_as */

/* What a capture consists of. */
struct pm_wanted {
    struct pm_loc page;    /* the record that has its payload: of a revisit that of its original */
    struct pm_loc revisit; /* of a revisit its own record, else bundle 0 */
    struct pm_loc text;
    const struct pm_furniture *furniture; /* that comes off the text; NULL: none */
    uint64_t payload_size; /* over PM_BIG_MIN: for pm_give_big(), unless the text is wanted */
    struct pm_sha256 payload_sha;
};

/* `f`: where the furniture comes from, which must outlive *dst; NULL: none comes off. */
int pm_wanted_find(struct pm_manifest *m, struct pm_furnisher *f, const struct pm_row *row, struct pm_wanted *dst,
                   struct pm_err *err) PM_MUST_USE;

struct pm_giver;

/* A giver belongs to one thread; `b`, borrowed, too. */
int pm_giver_new(struct pm_giver **dst, struct pm_bundle_reader *b, struct pm_err *err) PM_MUST_USE;
void pm_giver_free(struct pm_giver *g);

/*
 * Append the bytes to `dst`. What is given is what was taken in, or it is not given: PM_ECORRUPT when the payload does
 * not match its digest. PM_SKIP when the record is lost, or there is no text.
 */
int pm_give(struct pm_giver *g, const struct pm_wanted *w, enum pm_restore_as as, struct pm_buf *dst,
            struct pm_err *err) PM_MUST_USE;

/*
 * The block of the record that holds the payload, as two parts in `parts`, for a capture that shall be written whole: the
 * HTTP head (absent if none) and the rest. A revisit has a head of its own if that fits its original's body. Views live
 * until the next call on the giver; *head (may be NULL) is the head of the WARC record that has the payload.
 */
int pm_give_block(struct pm_giver *g, const struct pm_wanted *w, struct pm_str parts[2], struct pm_str *head,
                  struct pm_err *err) PM_MUST_USE;

/*
 * Put the HTTP head of a revisit record's block in the place of its original's, in `head`, if it is one for the same body:
 * it does not say "not modified", and its codings are the same (ISO 28500:2017, 6.7.2).
 */
int pm_give_own_head(struct pm_str block, struct pm_buf *head, struct pm_err *err) PM_MUST_USE;

#endif
