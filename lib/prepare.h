/*
 * prepare.h - from a capture to all that the writer stores of it.
 *
 * The work of one worker: decode, clean, fingerprint, digest, build the records, compress them. Pure: the same
 * capture, dictionary and level give the same bytes. A handle belongs to one thread.
 */
#ifndef PM_PREPARE_H
#define PM_PREPARE_H

#include "capture.h"
#include "codec.h"
#include "credit.h"
#include "manifest.h"

struct pm_preparer;

struct pm_frame {
    size_t offset, length; /* of the compressed record in the output buffer; length 0: there is none */
    uint64_t size;         /* of the record */
    struct pm_sha256 sha;  /* of the record */
    struct pm_str type;    /* WARC-Type */
};

struct pm_prepared {
    struct pm_row row; /* complete but for numbers and places; texts live in the arena */
    struct pm_frame page, text, meta;
    struct pm_str packed; /* fingerprint, in the arena; absent when there is no text */
    struct pm_str blocks; /* pm_blocks_pack() of the text, likewise */
    uint64_t exact;
    const char *odd;       /* why the page was not cleaned; static; NULL: it was, or is none */
};

/* `payload_max`: largest payload, in bytes. `agencies` as for pm_cleaner_new(). */
int pm_preparer_new(struct pm_preparer **dst, size_t payload_max, const struct pm_agencies *agencies,
                    struct pm_err *err) PM_MUST_USE;
void pm_preparer_free(struct pm_preparer *p);

/*
 * Prepare a capture; frames are appended to `out`. Of PM_ORIGIN_OPAQUE only `page` is filled. The page of a record too
 * large for memory has no frame (length 0): only size, digest and type. PM_SKIP when it cannot be stored.
 */
int pm_prepare(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_dict *dict, int level,
               struct pm_arena *arena, struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err) PM_MUST_USE;

/*
 * Append the records that pm_prepare() makes of a capture beside the page, not packed, and of the text the head alone: an
 * example for a dictionary. Nothing of PM_ORIGIN_OPAQUE. Statuses are the same.
 */
int pm_prepare_example(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_buf *dst,
                       struct pm_err *err) PM_MUST_USE;

/*
 * Turn what was prepared into a revisit of `original`, whose payload is the same: page and meta are made
 * anew, text is dropped (the original's stands for it). A capture that came as a revisit record keeps that record.
 */
int pm_prepare_revisit(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_row *original,
                       const struct pm_dict *dict, int level, struct pm_buf *out, struct pm_prepared *dst,
                       struct pm_err *err) PM_MUST_USE;

/* The warcinfo record that opens bundle `bundle`, as one frame. */
int pm_prepare_info(struct pm_preparer *p, uint32_t bundle, int64_t when_us, const struct pm_dict *dict, int level,
                    struct pm_buf *out, struct pm_frame *dst, struct pm_err *err) PM_MUST_USE;

#endif
