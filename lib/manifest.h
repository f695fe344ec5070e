/*
 * manifest.h - the SQLite index of the bundles.
 *
 * The only file that knows SQL. Whatever is in here, but the clusters, can be made again from the bundles alone.
 * Schema: pressmark-format(5). A handle belongs to one thread. Views that a call returns live until the
 * next call on the handle.
 */
#ifndef PM_MANIFEST_H
#define PM_MANIFEST_H

#include "article.h"
#include "bundle.h"
#include "capture.h"
#include "digest.h"
#include "text_record.h"

#define PM_MANIFEST_NAME    "manifest.sqlite"
#define PM_MANIFEST_VERSION 3

enum { PM_UID_LEN = 8 }; /* bytes; shown as 16 hex digits */

struct pm_manifest;

/* A capture as the manifest has it. */
struct pm_row {
    int64_t capture; /* internal number, ascending in order of storage; never shown */
    uint8_t uid[PM_UID_LEN];
    struct pm_str key, url, outlet, type; /* key, outlet: absent if none */
    int64_t when_us;
    enum pm_when_source when_source;
    enum pm_media media;
    int status;            /* HTTP status, 0 if none */
    uint64_t payload_size; /* bytes */
    struct pm_sha256 payload_sha;
    int64_t original;      /* capture whose payload this one repeats (a revisit), 0 if none */
    struct pm_loc page, text, meta; /* its records; bundle 0 where there is none. A revisit's text is its original's */
    struct pm_str title, standfirst, byline, published, modified, section, site, language, canonical, captions,
        credit, credit_words; /* byline, captions: JSON arrays; credit: short names joined by ", " */
    uint32_t words;        /* of the cleaned text; 0: not cleaned or nothing found */
};

/* A copy of a row with its texts in `arena`, whose failure sticks. */
void pm_row_keep(const struct pm_row *row, struct pm_arena *arena, struct pm_row *dst);

/* A record of a bundle, for fixity. */
struct pm_stored {
    struct pm_loc loc;
    uint64_t size;   /* uncompressed */
    struct pm_sha256 sha; /* of the uncompressed record */
    uint64_t check;       /* of the frame: pm_frame_check() */
    struct pm_str type;   /* WARC-Type; "dictionary" for the frame that holds one, with size and sha of the raw one */
    int64_t capture; /* 0 if it belongs to none */
};

/* `write`: make it if missing and set it up for one writer. PM_EVERSION for a format newer than ours. */
int pm_manifest_open(struct pm_manifest **dst, const char *path, bool write, struct pm_err *err) PM_MUST_USE;
void pm_manifest_free(struct pm_manifest *m);

/* Version of the SQLite in use, "3.40.1". */
const char *pm_manifest_sqlite_version(void);

int pm_manifest_begin(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
/* A transaction that only reads: what is seen until the commit is of one moment, whoever else writes. */
int pm_manifest_begin_read(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
int pm_manifest_commit(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
void pm_manifest_rollback(struct pm_manifest *m);

/* ---- bundles and records ---- */

int pm_manifest_put_bundle(struct pm_manifest *m, const struct pm_bundle_state *state, bool sealed,
                           struct pm_err *err) PM_MUST_USE;
/* The newest bundle, or {0, 0}. */
int pm_manifest_last_bundle(struct pm_manifest *m, struct pm_bundle_state *state, bool *sealed,
                            struct pm_err *err) PM_MUST_USE;
/* In order of number; the same rule for `each` as below. */
int pm_manifest_each_bundle(struct pm_manifest *m, int (*each)(void *ctx, const struct pm_bundle_state *state), void *ctx,
                            struct pm_err *err) PM_MUST_USE;
int pm_manifest_put_record(struct pm_manifest *m, const struct pm_stored *rec, struct pm_err *err) PM_MUST_USE;
/* The record at a place; PM_DONE when none is there. */
int pm_manifest_get_record(struct pm_manifest *m, uint32_t bundle, uint64_t offset, struct pm_stored *rec,
                           struct pm_err *err) PM_MUST_USE;
/* PM_OK when a record that belongs to no capture and has this digest is stored, else PM_DONE. */
int pm_manifest_has_record(struct pm_manifest *m, const struct pm_sha256 *sha, struct pm_err *err) PM_MUST_USE;
/* Called for each record of a bundle in order of offset; a return other than PM_OK ends it and is returned. */
int pm_manifest_each_record(struct pm_manifest *m, uint32_t bundle,
                            int (*each)(void *ctx, const struct pm_stored *rec), void *ctx,
                            struct pm_err *err) PM_MUST_USE;

/*
 * For repack: a copy of the manifest at `path`, which must not exist (views of rows end), then bundles and records forgotten, captures given
 * new places (bundle 0: none), and at last revisits the text of their originals.
 */
int pm_manifest_copy(struct pm_manifest *m, const char *path, struct pm_err *err) PM_MUST_USE;
int pm_manifest_forget_places(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
int pm_manifest_move(struct pm_manifest *m, int64_t capture, const struct pm_loc *page, const struct pm_loc *text,
                     const struct pm_loc *meta, struct pm_err *err) PM_MUST_USE;
int pm_manifest_share_texts(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;

/* ---- captures ---- */

/* Insert; row->capture is set. A uid that is there already is PM_SKIP, and nothing changes. */
int pm_manifest_put_capture(struct pm_manifest *m, struct pm_row *row, struct pm_err *err) PM_MUST_USE;
/* PM_OK and the number of the capture with this uid, or PM_DONE. */
int pm_manifest_find_uid(struct pm_manifest *m, const uint8_t uid[PM_UID_LEN], int64_t *capture,
                         struct pm_err *err) PM_MUST_USE;
/* The first capture that keeps this payload whole and outside HTTP: its row, or PM_DONE. */
int pm_manifest_find_payload(struct pm_manifest *m, const struct pm_sha256 *sha, uint64_t size, struct pm_row *row,
                             struct pm_err *err) PM_MUST_USE;
int pm_manifest_get(struct pm_manifest *m, int64_t capture, struct pm_row *row, struct pm_err *err) PM_MUST_USE;

/* All captures in the order in which their records lie; the same rule for `each` as of pm_manifest_select(). */
int pm_manifest_each_place(struct pm_manifest *m, int (*each)(void *ctx, int64_t capture), void *ctx,
                           struct pm_err *err) PM_MUST_USE;
/* The same in order of (URL, when, uid). */
int pm_manifest_each_by_url(struct pm_manifest *m, int (*each)(void *ctx, int64_t capture), void *ctx,
                            struct pm_err *err) PM_MUST_USE;

/* The packed fingerprint of a capture (shingle.h). */
int pm_manifest_put_fingerprint(struct pm_manifest *m, int64_t capture, uint64_t exact, struct pm_str packed,
                                struct pm_err *err) PM_MUST_USE;
/* PM_DONE when it has none. */
int pm_manifest_get_fingerprint(struct pm_manifest *m, int64_t capture, uint64_t *exact, struct pm_str *packed,
                                struct pm_err *err) PM_MUST_USE;

/* Which captures: all conditions hold together; absent or 0 ones do not count. */
struct pm_query {
    struct pm_str id;      /* hex prefix of the uid (4 or more digits), or a key */
    struct pm_str url;     /* exact, or a glob when it has "*" or "?" */
    bool url_exact;        /* it is no glob, whatever is in it */
    struct pm_str outlet;
    int64_t from_us, to_us; /* from inclusive, to exclusive; PM_WHEN_NONE: open */
    struct pm_str cluster; /* id of a cluster */
    struct pm_str field, value; /* of "title", "language", "credit", ...: contains `value`, ASCII case folded */
};

#define PM_QUERY_ALL {.from_us = PM_WHEN_NONE, .to_us = PM_WHEN_NONE}

/*
 * In order of (when, uid). A URL that no capture has is taken as a glob if it can be one. A return other than PM_OK
 * of `each` ends it and is returned; `each` must not call pm_manifest_select() itself. PM_EINVAL for an unknown field.
 */
int pm_manifest_select(struct pm_manifest *m, const struct pm_query *q,
                       int (*each)(void *ctx, const struct pm_row *row), void *ctx,
                       struct pm_err *err) PM_MUST_USE;

/* ---- texts, as clustering sees them ---- */

struct pm_text_row {
    int64_t capture, when_us;
    enum pm_when_source when_source;
    uint8_t uid[PM_UID_LEN];
    struct pm_str url, outlet;
    uint64_t exact; /* of its fingerprint */
    uint32_t words;
};

/* Every capture with a fingerprint in order of `capture`, after `after`. Same rule for `each`. */
int pm_manifest_each_text(struct pm_manifest *m, int64_t after, int (*each)(void *ctx, const struct pm_text_row *row),
                          void *ctx, struct pm_err *err) PM_MUST_USE;
int pm_manifest_each_fingerprint(struct pm_manifest *m, int64_t after,
                                 int (*each)(void *ctx, int64_t capture, struct pm_str packed), void *ctx,
                                 struct pm_err *err) PM_MUST_USE;
/* Where the text of a capture is that has one, and whose it is (a view). */
int pm_manifest_text_loc(struct pm_manifest *m, int64_t capture, struct pm_text_loc *dst, struct pm_str *outlet,
                         struct pm_err *err) PM_MUST_USE;

/* ---- clusters ---- */

enum pm_level { PM_LEVEL_STORY, PM_LEVEL_VERSION };

/* Why two captures are, or are not, in one cluster. */
enum pm_edge_kind { PM_EDGE_STORY, PM_EDGE_VERSION, PM_EDGE_PARTIAL };

struct pm_edge {
    int64_t a, b; /* captures, a < b */
    enum pm_edge_kind kind; /* VERSION implies STORY */
    double contain_h5, contain_hc, jaccard; /* of clean shingles */
    uint32_t shared_h5, shared_hc;
};

struct pm_cluster_row {
    struct pm_str id;  /* "s" or "v" and 16 hex digits: the uid of its earliest member */
    enum pm_level level;
    struct pm_str story; /* of a version: the id of its story */
    int64_t source;    /* capture: the likely source */
    double confidence; /* of that, 0 to 1 */
    struct pm_str reasons; /* of that, a line */
    uint32_t members;
    int64_t first_us, last_us;
};

struct pm_member_row {
    int64_t capture;
    double containment, jaccard; /* against the source */
    uint32_t shared_words, cut_words, added_words; /* against the source's text */
    int64_t previous; /* the capture whose text it follows (version chain), 0 if none */
};

/* Empty the cluster tables. */
int pm_manifest_clear_clusters(struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;
/* Note the parameters (a JSON object) of the run that fills them, its furniture, packed, and what it calls its state (state.h). */
int pm_manifest_put_run(struct pm_manifest *m, struct pm_str parameters, struct pm_str boilerplate, uint64_t state,
                        struct pm_err *err) PM_MUST_USE;
/* A story, with its versions and members; an edge. What is not there is no failure. */
int pm_manifest_drop_story(struct pm_manifest *m, struct pm_str id, struct pm_err *err) PM_MUST_USE;
int pm_manifest_drop_edge(struct pm_manifest *m, int64_t a, int64_t b, struct pm_err *err) PM_MUST_USE;
int pm_manifest_put_edge(struct pm_manifest *m, const struct pm_edge *e, struct pm_err *err) PM_MUST_USE;
int pm_manifest_put_cluster(struct pm_manifest *m, const struct pm_cluster_row *c,
                            const struct pm_member_row *members, size_t n, struct pm_err *err) PM_MUST_USE;
/* Parameters of the run that made the clusters; PM_DONE when there was none. */
int pm_manifest_cluster_parameters(struct pm_manifest *m, struct pm_str *json, struct pm_err *err) PM_MUST_USE;
/* The furniture of that run. */
int pm_manifest_cluster_boilerplate(struct pm_manifest *m, struct pm_str *packed, struct pm_err *err) PM_MUST_USE;
int pm_manifest_cluster_state(struct pm_manifest *m, uint64_t *state, struct pm_err *err) PM_MUST_USE;
/* Largest first, then by first date and id. */
int pm_manifest_each_cluster(struct pm_manifest *m, enum pm_level level,
                             int (*each)(void *ctx, const struct pm_cluster_row *c), void *ctx,
                             struct pm_err *err) PM_MUST_USE;
/* In order of date, then uid. */
int pm_manifest_each_member(struct pm_manifest *m, struct pm_str cluster,
                            int (*each)(void *ctx, const struct pm_member_row *mem, const struct pm_row *row), void *ctx,
                            struct pm_err *err) PM_MUST_USE;
/* The cluster of a level that a capture is in; PM_DONE when in none. */
int pm_manifest_cluster_of(struct pm_manifest *m, int64_t capture, enum pm_level level, struct pm_str *id,
                           struct pm_err *err) PM_MUST_USE;
/* A cluster by its id; PM_DONE when there is none. */
int pm_manifest_get_cluster(struct pm_manifest *m, struct pm_str id, struct pm_cluster_row *dst,
                            struct pm_err *err) PM_MUST_USE;
int pm_manifest_edge(struct pm_manifest *m, int64_t a, int64_t b, struct pm_edge *dst, struct pm_err *err) PM_MUST_USE; /* PM_DONE: none */

/* ---- furniture (furniture.h, learn.h) ---- */

/* The blocks of a capture's text, packed. Its outlet is unlearned from now on. One without outlet is passed over. */
int pm_manifest_put_blocks(struct pm_manifest *m, const struct pm_row *row, struct pm_str packed,
                           struct pm_err *err) PM_MUST_USE;
/* PM_DONE when there are none, or they were forgotten. */
int pm_manifest_get_blocks(struct pm_manifest *m, const struct pm_row *row, struct pm_str *packed,
                           struct pm_err *err) PM_MUST_USE;
/* An outlet that got blocks since it was learned from, in `arena`, or PM_DONE. */
int pm_manifest_unlearned(struct pm_manifest *m, struct pm_arena *arena, struct pm_str *outlet,
                          struct pm_err *err) PM_MUST_USE;
/* Of an outlet's captures the `max` with the lowest uids, in that order; the blocks of the others are forgotten. */
int pm_manifest_each_blocks(struct pm_manifest *m, struct pm_str outlet, size_t max,
                            int (*each)(void *ctx, int64_t capture, struct pm_str packed), void *ctx,
                            struct pm_err *err) PM_MUST_USE;

struct pm_furniture_row {
    uint64_t hash;      /* of the block */
    uint32_t captures;  /* of the outlet's that have it, */
    uint32_t of;        /* of so many looked at */
    bool opens;         /* unlike texts begin with it */
    struct pm_str text;
};

/* Replace what was learned from an outlet; it is unlearned no more. */
int pm_manifest_put_furniture(struct pm_manifest *m, struct pm_str outlet, const struct pm_furniture_row *rows,
                              size_t n, struct pm_err *err) PM_MUST_USE;
/* In order of hash (as a signed number). The same rule for `each` as above. */
int pm_manifest_each_furniture(struct pm_manifest *m, struct pm_str outlet,
                               int (*each)(void *ctx, const struct pm_furniture_row *row), void *ctx,
                               struct pm_err *err) PM_MUST_USE;

/* Totals for `stats`. */
struct pm_totals {
    uint64_t captures, revisits, cleaned, records, bundles, outlets, stories, versions, clustered;
    uint64_t payload_bytes, record_bytes, stored_bytes;
    int64_t first_us, last_us;
};
int pm_manifest_totals(struct pm_manifest *m, struct pm_totals *dst, struct pm_err *err) PM_MUST_USE;

#endif
