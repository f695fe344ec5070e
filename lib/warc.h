/*
 * warc.h - reading WARC 1.0/1.1 (ISO 28500) and ARC 1 files: plain, gzip, zstd.
 *
 * The reader takes records one by one from a file or pipe, never more than one in memory (and of one that is
 * larger than its caller wants there, only pieces), resumes
 * at the next good record after a damaged one, and says what was wrong and where. Offsets are in
 * bytes of the file as stored. A handle belongs to one thread.
 */
#ifndef PM_WARC_H
#define PM_WARC_H

#include "buf.h"

struct pm_warc_reader; /* opaque */

struct pm_warc_limits {
    size_t header_max;         /* bytes of a record's header block; 0: 1 MiB */
    size_t block_max;          /* bytes of a record's block; 0: 1 GiB */
    uint32_t window_log_max;   /* of zstd frames; 0: 27 (128 MiB) */
    uint64_t big_min, big_max; /* blocks of more bytes than big_min and at most big_max come in pieces; 0: none do */
    uint64_t base;             /* offset of the first byte, where what is read is a part of a file; not from memory */
    bool check_digests;        /* compare WARC-Block-Digest with the block; a note says when it differs */
};

struct pm_warc_record {
    /* Version line to empty line, both included; as stored, unless other readers could not read it. */
    struct pm_str head;
    struct pm_str block;                                                           /* Content-Length bytes */
    struct pm_str type, id, uri, date, content_type, block_digest, payload_digest; /* views, trimmed; uri without <> */
    struct pm_str refers_to;                                                       /* WARC-Refers-To */
    bool arc;           /* made from an ARC record: head is a WARC/1.1 head that we wrote for it */
    bool mended;        /* its Content-Length was wrong, and head is the stored one with the right one put
                           in */
    bool big;           /* the block is absent here: it comes from pm_warc_piece(), and its digest is not checked */
    uint64_t length;    /* of the block */
    struct pm_str note; /* what is odd about a record that is good nevertheless, for a warning;
                           absent if nothing */
    uint64_t offset;    /* where it starts in the file; of a compressed one, where its member does */
};

/* Borrow `fd` (a file or pipe) until free. `limits` may be NULL. */
int pm_warc_open(struct pm_warc_reader **dst, int fd, const struct pm_warc_limits *limits,
                 struct pm_err *err) PM_MUST_USE;
/* The same over bytes in memory, borrowed. */
int pm_warc_open_memory(struct pm_warc_reader **dst, struct pm_str bytes, const struct pm_warc_limits *limits,
                        struct pm_err *err) PM_MUST_USE;
/*
 * The same over a function that puts up to `n` bytes in `dst`, and in *got how many they are: 0 at
 * the end. A failure of it ends the reading.
 */
typedef int pm_warc_read(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err);
int pm_warc_open_read(struct pm_warc_reader **dst, pm_warc_read *read, void *ctx, const struct pm_warc_limits *limits,
                      struct pm_err *err) PM_MUST_USE;
void pm_warc_free(struct pm_warc_reader *r);

/*
 * Next record; views are valid until the next call. PM_DONE at the end. PM_SKIP: something was
 * damaged, *err says what and at which offset, and the next call goes on behind it. < 0: reading
 * ends.
 */
int pm_warc_next(struct pm_warc_reader *r, struct pm_warc_record *rec, struct pm_err *err) PM_MUST_USE;

/*
 * The next bytes of the block of the big record that came last, valid until the next call; those that are not asked for
 * are passed over. PM_DONE at its end. PM_SKIP: it is damaged or its length is wrong, as *err says; the next record
 * comes from behind the damage, or from behind what was given.
 */
int pm_warc_piece(struct pm_warc_reader *r, struct pm_str *piece, struct pm_err *err) PM_MUST_USE;

/* Bytes of the file consumed so far, for progress. */
uint64_t pm_warc_tell(const struct pm_warc_reader *r);

/* Value of field `name` (any case) of a WARC head, trimmed, folded lines included; absent if none.
 */
struct pm_str pm_warc_field(struct pm_str head, struct pm_str name);

/* WARC-Target-URI, without the angle brackets that some versions of Wget put around it. */
struct pm_str pm_warc_uri(struct pm_str head);

/* `uri` itself if it is UTF-8, else with the bytes that are not ASCII percent-encoded, in `arena`.
 */
struct pm_str pm_warc_uri_text(struct pm_str uri, struct pm_arena *arena);

/*
 * True when a record of this type and target is a capture, of a page or file. Resources with other
 * targets are what crawlers note down beside them: "dns:", "metadata:" (Wget's own log),
 * "urn:pageinfo:", "screenshot:" and the like.
 */
bool pm_warc_is_capture(struct pm_str type, struct pm_str uri);

/* True when bytes that begin like this are WARC or ARC in any of the forms above. */
bool pm_warc_sniff(struct pm_str start);

#endif
