/*
 * codec_own.h - what the files of the codec module share. Only codec*.c include it.
 */
#ifndef PM_CODEC_OWN_H
#define PM_CODEC_OWN_H

#define ZLIB_CONST
#include <libdeflate.h>
#include <zlib.h>
/* For dictionaries by reference: every shared libzstd has them, though its header keeps them apart. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include "codec.h"

enum {
    CODEC_STEP = 1 << 16,      /* least room that a streaming call is given */
    CODEC_TRY_FIRST = 1 << 18, /* room of a first try to decode in one call */
    CODEC_TRY_MAX = 16 << 20,  /* what needs more than this is decoded as a stream */
};

/* Contexts are made when first used: most handles use two or three of them. */
struct pm_codec {
    struct libdeflate_decompressor *inflate;
    struct libdeflate_compressor *deflate;
    int deflate_level;
    z_stream z; /* of the stream functions */
    bool z_made;
    z_stream pack; /* of pm_codec_gzip_piece() */
    bool packing;
    ZSTD_CCtx *cctx;
    ZSTD_DCtx *dctx;
    enum pm_coding stream; /* what pm_codec_stream() goes on with */
};

struct pm_dict {
    ZSTD_CDict *c; /* NULL when made for reading only */
    ZSTD_DDict *d;
};

/*
 * Room for a streaming call at the end of `dst`, at least CODEC_STEP unless its ceiling is near.
 * *n is 0 when the ceiling is reached or there is no memory.
 */
char *pm_codec_room(struct pm_buf *dst, size_t *n);

/* A ZSTD_DCtx ready for the next frame, or NULL. */
ZSTD_DCtx *pm_codec_dctx(struct pm_codec *c, const struct pm_dict *dict, unsigned window_log_max);

/* Make c->cctx ready for a frame with checksum, without dictionary. */
int pm_codec_zstd_begin(struct pm_codec *c, int level, struct pm_err *err) PM_MUST_USE;

int pm_codec_zstd_stream(struct pm_codec *c, struct pm_str *src, struct pm_buf *dst, struct pm_err *err);

#endif
