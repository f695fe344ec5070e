/*
 * warc_own.h - what the files of the warc module share. Only warc*.c include it.
 *
 * Four layers: the source (bytes as stored), the view (bytes as decoded), records, and the mending
 * of records whose length is wrong. A layer gives "at least so many bytes from here, if there are"
 * and moves on only when told.
 */
#ifndef PM_WARC_OWN_H
#define PM_WARC_OWN_H

#include "codec.h"
#include "digest.h"
#include "warc.h"

enum {
    WARC_MARKS = 64,
    WARC_DICT_MAX = 8 << 20, /* as the IIPC's zstd proposal has it */
    WARC_PROBE = 64, /* bytes that tell the start of a record */
};

/* ---- source: a window on the file as stored (warc_source.c) ---- */

struct warc_source {
    pm_warc_read *read; /* NULL over bytes in memory */
    void *ctx;
    int fd;      /* of read_fd() */
    char *owned; /* the window's memory; NULL over bytes in memory */
    size_t cap, ceiling;
    const char *data; /* the window */
    size_t len, pos;
    uint64_t base; /* offset in the file of data[0] */
    uint64_t keep; /* bytes from this offset on stay in the window, within reason */
    bool eof;
};

void pm_source_init(struct warc_source *s, pm_warc_read *read, void *ctx, size_t ceiling);
void pm_source_init_fd(struct warc_source *s, int fd, uint64_t base, size_t ceiling);
void pm_source_init_memory(struct warc_source *s, struct pm_str bytes);
void pm_source_release(struct warc_source *s);
/* What the window has from here on: `want` bytes or more, fewer only at the end of the file. */
int pm_source_peek(struct warc_source *s, size_t want, struct pm_str *have, struct pm_err *err) PM_MUST_USE;
void pm_source_skip(struct warc_source *s, size_t n);
uint64_t pm_source_tell(const struct warc_source *s);
/* Back to `offset`, or as near to it as the window reaches. */
void pm_source_back(struct warc_source *s, uint64_t offset);

/* ---- view: decoded bytes (warc_view.c) ---- */

struct warc_mark { /* a member starts at out.data[at], or goes on there */
    size_t at;
    uint64_t offset;
    bool goes_on;
};

struct pm_warc_reader {
    struct warc_source src;
    struct pm_warc_limits limits;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_dict *dict;
    struct pm_buf dict_raw; /* its bytes */

    bool packed; /* the view is `out`, else the source itself */
    struct pm_buf out;
    size_t out_pos;
    struct warc_mark marks[WARC_MARKS]; /* of the members in `out`, as far as there is room */
    size_t n_marks;
    bool in_member;       /* a stream of the codec is under way */
    uint64_t member;      /* where the member begins that was decoded last */
    bool run_end;         /* no member follows, or it is damaged: */
    struct pm_err damage; /* code 0: none */
    bool damage_told;

    size_t taken;      /* bytes of the view that the last record has, or what was given of it last */
    uint64_t big_left; /* bytes of the last record, a big one, that were not given yet */
    bool in_big;       /* its end was not looked at yet */
    bool started, arc;
    struct pm_buf head; /* heads, and ARC records, that we write */
    struct pm_buf note;
    uint64_t spent; /* bytes hashed or decoded in vain */
};

/* As pm_source_peek(); fewer bytes than wanted at the end of the file or of a run of members. */
int pm_view_peek(struct pm_warc_reader *r, size_t want, struct pm_str *have, struct pm_err *err) PM_MUST_USE;
void pm_view_skip(struct pm_warc_reader *r, size_t n);
/* Offset in the file of the byte, or of the member that has it. */
uint64_t pm_view_tell(const struct pm_warc_reader *r);
/* Offset in the view of the first member boundary behind `from`, SIZE_MAX if there is none yet. */
size_t pm_view_boundary(const struct pm_warc_reader *r, size_t from);
/* True when a member begins right here. */
bool pm_view_at_border(const struct pm_warc_reader *r);
/* Take up the members at the source's position; leave them when they are at their end. */
void pm_view_enter(struct pm_warc_reader *r);
void pm_view_leave(struct pm_warc_reader *r);
/* True when the bytes begin a gzip member or any zstd frame. */
bool pm_view_magic(struct pm_str s);
/* True when a member at `s` decodes to the start of a record. */
bool pm_view_probe(struct pm_warc_reader *r, struct pm_str s);

/* ---- blocks in pieces (warc_big.c) ---- */

enum trailer {
    TRAILER_GOOD,  /* the end, or another record */
    TRAILER_ODD,   /* an empty line, then something that is no record */
    TRAILER_WRONG, /* the block does not end here */
};
/* What `t`, the bytes behind a block, say of its length. */
enum trailer pm_warc_trailer(const struct pm_warc_reader *r, struct pm_str t);
/* True when a block of so many bytes comes in pieces. */
bool pm_warc_is_big(const struct pm_warc_reader *r, uint64_t length);

/* ---- starts of records (warc_find.c) ---- */

/* True at a version line, "WARC/1.1" and all that is like it. */
bool pm_warc_is_start(struct pm_str s);
/* Offset of the first start of a record in `s` at or after `from`, SIZE_MAX if there is none. */
size_t pm_warc_find(struct pm_warc_reader *r, struct pm_str s, size_t from);
/* Move to the next start of a record at or after `from` bytes from here, or to the end of the run.
 */
int pm_warc_resync(struct pm_warc_reader *r, size_t from, struct pm_err *err) PM_MUST_USE;
/* False when what was read in vain is out of proportion to what was read at all: then nothing is
 * read twice. */
bool pm_warc_may_spend(const struct pm_warc_reader *r);
/*
 * The true length of the block that begins `head` bytes from here, where the head claims `claimed`
 * (SIZE_MAX: nothing that makes sense), by the next start of a record and by `digest` where there
 * is one. PM_SKIP: not to be told.
 */
int pm_warc_mend(struct pm_warc_reader *r, size_t head, size_t claimed, struct pm_str digest, size_t *length,
                 struct pm_err *err) PM_MUST_USE;
/* True when the block is an HTTP response as long as its own Content-Length says; then *length is
 * set. */
bool pm_warc_whole_http(struct pm_str block, size_t *length);
/*
 * Give up the record at the view's position: put the place before what *err says, or say what
 * damage there is, and move to the next start at or behind `from` bytes. PM_SKIP.
 */
int pm_warc_give_up(struct pm_warc_reader *r, uint64_t offset, struct pm_str uri, size_t from,
                    struct pm_err *err) PM_MUST_USE;

/* ---- heads (warc_head.c) ---- */

/* Views of the fields of `head` in *rec; the text of Content-Length in *length, absent if there is
 * none. */
void pm_warc_fields(struct pm_str head, struct pm_warc_record *rec, struct pm_str *length);
/* Digits alone, below 2^63. */
bool pm_warc_number(struct pm_str text, uint64_t *n);
/* True when every reader can read such a head. */
bool pm_warc_is_regular(struct pm_str head);
/* Put `head` in a form that every reader can read, with this Content-Length, in r->head; a note
 * tells of what is lost. */
int pm_warc_rehead(struct pm_warc_reader *r, struct pm_str head, size_t length, struct pm_err *err) PM_MUST_USE;

/* ---- ARC (warc_arc.c) ---- */

/* True when `line` is the line that begins an ARC 1 or 2 record. */
bool pm_arc_is_start(struct pm_str line);
/* The ARC record at the view's position. */
int pm_arc_record(struct pm_warc_reader *r, struct pm_warc_record *rec, struct pm_err *err) PM_MUST_USE;

#endif
