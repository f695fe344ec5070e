/*
 * codec.h - compression as our inputs and bundles use it.
 *
 * Functions over whole buffers, and one stream for what is too large or too odd for them. Sizes are
 * in bytes; every output has the ceiling of its pm_buf. A handle belongs to one thread. A function
 * that fails for another reason than damage or a ceiling leaves `dst` as it was.
 */
#ifndef PM_CODEC_H
#define PM_CODEC_H

#include "buf.h"

/* Names of HTTP content codings (RFC 9110, 8.4.1) and "zstd" (RFC 8878). */
enum pm_coding {
    PM_CODING_IDENTITY,
    PM_CODING_GZIP,    /* also x-gzip */
    PM_CODING_DEFLATE, /* zlib format, or raw deflate as many servers send it */
    PM_CODING_BR,
    PM_CODING_ZSTD,
    PM_CODING_UNKNOWN,
};

enum pm_coding pm_coding_of(struct pm_str name);

struct pm_codec;

/* A handle that keeps the libraries' contexts between calls. */
int pm_codec_new(struct pm_codec **dst, struct pm_err *err) PM_MUST_USE;
void pm_codec_free(struct pm_codec *c);

/*
 * Append the decoded form of `src` to `dst`. PM_ECORRUPT keeps in `dst` what could be decoded
 * before the damage (a page cut off in transfer is still a page); PM_ELIMIT when the ceiling of
 * `dst` is reached.
 */
int pm_codec_decode(struct pm_codec *c, enum pm_coding coding, struct pm_str src, struct pm_buf *dst,
                    struct pm_err *err) PM_MUST_USE;

/*
 * One gzip member at the start of `src`: append its content to `dst`, put its compressed length in
 * *used. As above on damage.
 */
int pm_codec_gzip_member(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, size_t *used,
                         struct pm_err *err) PM_MUST_USE;

/*
 * The same in one quick call: PM_SKIP, with `dst` as it was and no message, when the member is
 * damaged, is cut off or unpacks to more than some MiB. The stream below tells which.
 */
int pm_codec_gzip_try(struct pm_codec *c, struct pm_str src, struct pm_buf *dst, size_t *used,
                      struct pm_err *err) PM_MUST_USE;

/* Append `src` to `dst` as one gzip member, level 1 to 12. */
int pm_codec_gzip(struct pm_codec *c, int level, struct pm_str src, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/* The same in pieces: `last` ends the member, and the next piece begins another. Level 1 to 9. */
int pm_codec_gzip_piece(struct pm_codec *c, int level, struct pm_str src, bool last, struct pm_buf *dst,
                        struct pm_err *err) PM_MUST_USE;

/*
 * Append to `dst` what makes `src` of `base`: a zstd frame with content size and checksum that has the start of `base`
 * for its prefix. PM_SKIP, and nothing is appended, when they are too large for one window.
 */
int pm_codec_patch(struct pm_codec *c, struct pm_str base, struct pm_str src, struct pm_buf *dst,
                   struct pm_err *err) PM_MUST_USE;
/* And back. PM_ECORRUPT when it is damaged, or made for another base. */
int pm_codec_unpatch(struct pm_codec *c, struct pm_str base, struct pm_str patch, struct pm_buf *dst,
                     struct pm_err *err) PM_MUST_USE;

/* ---- zstd frames of a bundle ---- */

/* A dictionary ready for use; NULL stands for none. Read-only, so threads may share it. */
struct pm_dict;

/*
 * `level` is for compression; 0: for reading only. `raw` is borrowed for the dictionary's life: a copy of some MiB costs as
 * much as unpacking them.
 */
int pm_dict_new(struct pm_dict **dst, struct pm_str raw, int level, struct pm_err *err) PM_MUST_USE;
void pm_dict_free(struct pm_dict *d);

/*
 * Append `src` to `dst` as one zstd frame with content size, checksum and, with a dictionary, its
 * id. The same input, level and dictionary give the same bytes.
 */
int pm_codec_zstd(struct pm_codec *c, int level, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst,
                  struct pm_err *err) PM_MUST_USE;

/*
 * One frame (data or skippable) at the start of `src`: append its content (none for a skippable
 * one) to `dst`, its compressed length in *used. PM_ECORRUPT on damage or when src ends inside the
 * frame.
 */
int pm_codec_unzstd(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst, size_t *used,
                    struct pm_err *err) PM_MUST_USE;

/*
 * Length of the frame at the start of `src` and of its content, without unpacking it. PM_ECORRUPT when it is none, is
 * cut off or does not say the latter.
 */
int pm_codec_zstd_frame(struct pm_str src, size_t *length, uint64_t *content, struct pm_err *err) PM_MUST_USE;

/* pm_codec_unzstd() in one quick call, as pm_codec_gzip_try(). */
int pm_codec_zstd_try(struct pm_codec *c, const struct pm_dict *dict, struct pm_str src, struct pm_buf *dst,
                      size_t *used, struct pm_err *err) PM_MUST_USE;

/*
 * ---- streams ----
 * One gzip member or one zstd frame in pieces. Begin, then call pm_codec_stream() with more input
 * until it is done. A handle has one stream at a time, and no other function may use the handle
 * meanwhile.
 */

/* `coding` is GZIP or ZSTD. `window_log_max` bounds the memory of a zstd stream; 0: 27 (128 MiB).
 */
int pm_codec_stream_begin(struct pm_codec *c, enum pm_coding coding, const struct pm_dict *dict,
                          uint32_t window_log_max, struct pm_err *err) PM_MUST_USE;
/*
 * Decode from the start of *src, which moves on, to the end of `dst`: PM_OK when it wants more
 * input or `dst` has grown by a step, PM_DONE at the end of the member. PM_ECORRUPT on damage,
 * PM_ELIMIT at the ceiling of `dst` or of the window; what came before stays.
 */
int pm_codec_stream(struct pm_codec *c, struct pm_str *src, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

#endif
