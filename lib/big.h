/*
 * big.h - a record that is too large for memory, seen in pieces.
 *
 * Bytes of the record go in as they come; digests come out, and the payload piece by piece. Only the heads are kept. A
 * handle belongs to one thread.
 */
#ifndef PM_BIG_H
#define PM_BIG_H

#include "digest.h"

/* A record whose block has more bytes than this is never in memory as a whole, and never cleaned. */
#define PM_BIG_MIN ((uint64_t)32 << 20)
/* What a frame of such a record holds: the zstd proposal lets a record have several frames. */
enum { PM_BIG_PIECE = 4 << 20 };
/* More bytes are no HTTP head. */
enum { PM_BIG_HTTP_MAX = 1 << 18 };

/* Takes bytes that follow those it was given before; a failure of it ends the reading. */
typedef int pm_piece(void *ctx, struct pm_str piece, struct pm_err *err);

struct pm_big;

/*
 * `payload_size`: bytes of the payload, which is the end of the block; PM_BIG_UNKNOWN: all of it but for the HTTP head
 * if it begins with one. `payload` (may be NULL) is given the bytes of the payload.
 */
#define PM_BIG_UNKNOWN UINT64_MAX
int pm_big_new(struct pm_big **dst, uint64_t payload_size, pm_piece *payload, void *ctx,
               struct pm_err *err) PM_MUST_USE;
void pm_big_free(struct pm_big *b);

/* The next bytes of the record. PM_ECORRUPT when it is no WARC record. A pm_piece. */
int pm_big_add(void *big, struct pm_str piece, struct pm_err *err) PM_MUST_USE;

struct pm_big_facts {
    struct pm_str head;  /* of the record; a view into the handle */
    struct pm_str http;  /* of the payload, absent if none; a view too */
    struct pm_str start; /* of the payload, as far as it is kept; a view too */
    uint64_t size, payload_size;
    struct pm_sha256 sha, payload_sha;
};

/* After the last byte. PM_ECORRUPT when bytes are missing or left over. */
int pm_big_end(struct pm_big *b, struct pm_big_facts *dst, struct pm_err *err) PM_MUST_USE;

/* A record of such size that an input put into a file, whole and as it will be stored; see pm_capture. */
struct pm_spooled {
    int fd; /* borrowed; read with pread() */
    uint64_t size, payload_size;
    struct pm_sha256 sha, payload_sha;
};

#endif
