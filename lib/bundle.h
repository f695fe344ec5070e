/*
 * bundle.h - append-only store of captured records.
 *
 * A bundle is bundles/NNNNNN.warc.zst: an optional dictionary in a skippable frame first, then one zstd frame a record
 * (several for one too large for memory, see big.h), so any of them can be read by offset alone. Records are compressed by
 * the workers; this module keeps the files. Sizes and offsets are in bytes. One writer per archive, used by one thread; a reader belongs to one thread, and
 * there may be many.
 */
#ifndef PM_BUNDLE_H
#define PM_BUNDLE_H

#include "big.h"
#include "codec.h"

#define PM_BUNDLE_DIR "bundles"

enum { PM_DICT_MAX = 8 << 20 };
/* How its frame is packed in haste and with patience, and the most that may come of it: FastWARC refuses a larger one. */
enum { PM_DICT_LEVEL = 12, PM_DICT_LEVEL_SMALL = 19, PM_DICT_PACKED_MAX = 1 << 20 };
/* The IIPC's zstd proposal: a skippable frame of this kind, first in the file, holds the dictionary. */
#define PM_DICT_MAGIC 0x184D2A5Du

struct pm_loc {              /* where a stored record lives */
    uint32_t bundle;         /* bundle number, from 1; 0: nowhere */
    uint64_t offset, length; /* of its frame, or frames */
};

/*
 * A check of a frame as stored (XXH3-64). Digests cover what a frame holds, but some bits of a frame can flip and still
 * give the same content; this finds those too.
 */
uint64_t pm_frame_check(struct pm_str frame);

/* "bundles/000001.warc.zst", appended. */
void pm_bundle_path(struct pm_buf *dst, uint32_t bundle);

/* ---- writing ---- */

struct pm_bundle_writer;

struct pm_bundle_state { /* of the bundle that the writer goes on with; from the manifest */
    uint32_t bundle;     /* 0: none yet */
    uint64_t size;       /* committed bytes; what lies behind is cut off. 0: that bundle is not touched */
};

/*
 * `root`: descriptor of the archive directory, borrowed. Cuts what a crash left behind: an uncommitted tail of the
 * bundle, and the bundle after it. PM_ECORRUPT, and nothing is touched, when there are bundles that `state` cannot
 * explain: then the manifest is older than the bundles and must be rebuilt.
 */
int pm_bundle_writer_open(struct pm_bundle_writer **dst, int root, const struct pm_bundle_state *state,
                          uint64_t size_max, struct pm_err *err) PM_MUST_USE;
void pm_bundle_writer_free(struct pm_bundle_writer *w);

/* True when a record of `length` must go to a new bundle (none is open, or it would pass size_max). */
bool pm_bundle_writer_full(const struct pm_bundle_writer *w, uint64_t length);

/*
 * Begin the next bundle, with `dict` (packed as a zstd frame; empty: none) in its first frame, whose place is put in *loc and
 * check in *check (bundle 0: there is none). The number is in pm_bundle_writer_state(). The caller appends its warcinfo first.
 */
int pm_bundle_begin(struct pm_bundle_writer *w, struct pm_str dict, struct pm_loc *loc, uint64_t *check,
                    struct pm_err *err) PM_MUST_USE;

/*
 * Append one frame (borrowed for the call) and fill *loc. Durable only after pm_bundle_sync(). On failure
 * the file is cut back to its old length and *loc is untouched.
 */
int pm_bundle_append(struct pm_bundle_writer *w, struct pm_str frame, struct pm_loc *loc,
                     struct pm_err *err) PM_MUST_USE;
int pm_bundle_sync(struct pm_bundle_writer *w, struct pm_err *err) PM_MUST_USE;

/*
 * Append a record in pieces, as several frames: for one too large for memory. The handle borrows all it is given; nothing
 * else may be appended meanwhile. After a failure what was written is for the caller, or the next writer, to cut.
 */
struct pm_bundle_put;
int pm_bundle_put_new(struct pm_bundle_put **dst, struct pm_bundle_writer *w, struct pm_codec *codec,
                      const struct pm_dict *dict, int level, struct pm_err *err) PM_MUST_USE;
void pm_bundle_put_free(struct pm_bundle_put *p);
int pm_bundle_put_add(void *put, struct pm_str piece, struct pm_err *err) PM_MUST_USE; /* a pm_piece */
/* Where the frames are, and what pm_frame_check() gives of them all. */
int pm_bundle_put_end(struct pm_bundle_put *p, struct pm_loc *loc, uint64_t *check, struct pm_err *err) PM_MUST_USE;

struct pm_bundle_state pm_bundle_writer_state(const struct pm_bundle_writer *w);

/* ---- reading ---- */

struct pm_bundle_reader;

int pm_bundle_reader_open(struct pm_bundle_reader **dst, int root, struct pm_err *err) PM_MUST_USE;
void pm_bundle_reader_free(struct pm_bundle_reader *r);

/*
 * Append the record at *loc, decompressed, to `dst`. PM_ECORRUPT when its frame is damaged, PM_ENOTFOUND when the
 * bundle is not there; the message names bundle and offset.
 */
int pm_bundle_read(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
                   struct pm_err *err) PM_MUST_USE;
/* The frame as stored. */
int pm_bundle_read_frame(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
                         struct pm_err *err) PM_MUST_USE;

/*
 * The record in a frame that pm_bundle_read_frame() gave, decompressed and appended to `dst`: for callers that need
 * both. PM_ECORRUPT when it is damaged or more than one frame.
 */
int pm_bundle_unpack(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_str frame, struct pm_buf *dst,
                     struct pm_err *err) PM_MUST_USE;

/*
 * The record at *loc in pieces, for one too large for memory; `take` must not use the reader. *check (may be NULL): what
 * pm_frame_check() gives of its bytes as stored. Errors as above.
 */
int pm_bundle_stream(struct pm_bundle_reader *r, const struct pm_loc *loc, pm_piece *take, void *ctx, uint64_t *check,
                     struct pm_err *err) PM_MUST_USE;
/* What the first frame of the record has, appended to `dst`: all of most records, the heads of every one. */
int pm_bundle_start(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
                    struct pm_err *err) PM_MUST_USE;

/* The dictionary of a bundle, raw, appended to `dst`; nothing when it has none. */
int pm_bundle_dict(struct pm_bundle_reader *r, uint32_t bundle, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;
/* True when it is damaged on disk and was mended when it was read last. */
bool pm_bundle_dict_mended(struct pm_bundle_reader *r, uint32_t bundle);

/* Sorted numbers of the bundles there are, and the size of each file, in `arena`. */
struct pm_bundle_file {
    uint32_t bundle;
    uint64_t size;
};
int pm_bundle_list(int root, struct pm_arena *arena, struct pm_bundle_file **dst, size_t *n,
                   struct pm_err *err) PM_MUST_USE;

/*
 * Walk a bundle frame by frame, for verify and rebuild: *loc is set to the frame after the previous *loc
 * (start with {bundle, 0, 0}) and its record appended to `dst`. PM_DONE at the end of the file (at `size_max` bytes,
 * UINT64_MAX for all of it). Of a record in several frames *loc spans them all, and `dst` gets what the first one has. PM_SKIP: the frame is damaged, *loc spans the damage up to the next frame that is whole.
 */
int pm_bundle_walk(struct pm_bundle_reader *r, struct pm_loc *loc, uint64_t size_max, struct pm_buf *dst,
                   struct pm_err *err) PM_MUST_USE;

#endif
