/*
 * pressmark.h - the public interface of libpressmark: keep captures of news pages, clean
 * them, find syndicated copies, give everything back.
 *
 * Strings are NUL-terminated UTF-8 unless a length stands beside them. Times are microseconds since
 * 1970-01-01T00:00:00Z; PRESSMARK_NO_TIME where there is none. Sizes and offsets are in bytes. Structs that a
 * callback receives, and what they point to, are borrowed for the call. Functions that can fail return an enum
 * pressmark_status: 0 done, above 0 an answer that is no failure, below 0 a failure with its text in *err (which may be
 * NULL). The library never prints, exits, or reads the environment. An archive handle belongs to one thread at a time.
 */
#ifndef PRESSMARK_H
#define PRESSMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PRESSMARK_VERSION "0.1.0"
#define PRESSMARK_NO_TIME INT64_MIN

#if defined(__GNUC__)
#define PRESSMARK_API __attribute__((visibility("default")))
#else
#define PRESSMARK_API
#endif

enum pressmark_status {
    PRESSMARK_OK = 0,
    PRESSMARK_NO = 1,   /* a "no": nothing matched, texts differ, damage was found */
    PRESSMARK_SKIP = 2, /* done, but some inputs were left out, each told to the `skipped` callback */
    PRESSMARK_ENOMEM = -1,
    PRESSMARK_EIO = -2,
    PRESSMARK_ECORRUPT = -3,
    PRESSMARK_EUNSUPPORTED = -4,
    PRESSMARK_ELIMIT = -5,
    PRESSMARK_ENOTFOUND = -6, /* no archive there, no capture or cluster of that name */
    PRESSMARK_ELOCKED = -7,   /* another process writes to the archive */
    PRESSMARK_EVERSION = -8,  /* made by a newer pressmark */
    PRESSMARK_ECANCELED = -9, /* a progress callback asked to stop; what was done is sound */
    PRESSMARK_EINVAL = -10,   /* arguments make no sense, or a target exists already */
};

struct pressmark_error {
    int code;
    char text[480];
};

/* Version of the library in use, "0.1.0". */
PRESSMARK_API const char *pressmark_version(void);

/*
 * Name and version of each format and library it is made of, in a fixed order. A return other than 0 of `each` ends
 * it and is returned.
 */
PRESSMARK_API int pressmark_components(int (*each)(void *ctx, const char *name, const char *version), void *ctx);

/* ---- archives ---- */

struct pressmark_archive;

/* Make an archive in the directory `dir` (made when missing; must be empty otherwise: PRESSMARK_EINVAL). */
PRESSMARK_API int pressmark_init(const char *dir, struct pressmark_error *err);

/* `write`: take the writer's lock too (PRESSMARK_ELOCKED). PRESSMARK_ENOTFOUND when `dir` is no archive. */
PRESSMARK_API int pressmark_open(struct pressmark_archive **dst, const char *dir, bool write,
                                 struct pressmark_error *err);
PRESSMARK_API void pressmark_free(struct pressmark_archive *a);

/* ---- taking in ---- */

struct pressmark_snapshot_options {
    unsigned jobs;        /* worker threads; 0 or 1: all in the calling thread */
    int64_t date_us;      /* of captures whose input gives none; PRESSMARK_NO_TIME: page, then file time */
    int level;            /* zstd level 1 to 22; 0: the default */
    uint64_t bundle_max;  /* bytes of a bundle; 0: 1 GiB */
    uint64_t payload_max; /* bytes of a payload; 0: 16 GiB */
    const char *agencies; /* lines "short name<TAB>alias..." that add to the table of agencies; may be NULL */
    bool mirror;          /* inputs are a mirror of sites (wget -r, HTTrack): URLs come from paths */
    void (*skipped)(void *ctx, const char *text); /* one clear line for each input left out; may be NULL */
    void (*noted)(void *ctx, const char *text); /* the same for what was taken but is odd; may be NULL */
    /* Now and then; other than 0 stops (what came in stays in). `total` bytes of input, 0: not known. May be NULL. */
    int (*progress)(void *ctx, uint64_t captures, uint64_t bytes, uint64_t total);
    void *ctx;
};

struct pressmark_snapshot_result {
    uint64_t captures; /* stored, revisits included */
    uint64_t revisits; /* of them: identical payload was there already */
    uint64_t held;     /* not stored: the same capture was there already */
    uint64_t skipped;  /* inputs left out */
    uint64_t passed;   /* files of directories and archives that are no pages: images, style sheets, ... */
    uint64_t records;  /* records written */
    uint64_t payload_bytes, stored_bytes;
};

/* Take `n` inputs (files, directories, "-") in. PRESSMARK_SKIP when some were left out. */
PRESSMARK_API int pressmark_snapshot(struct pressmark_archive *a, const char *const *inputs, size_t n,
                                     const struct pressmark_snapshot_options *options,
                                     struct pressmark_snapshot_result *result, struct pressmark_error *err);

/* ---- finding and looking ---- */

/* All conditions hold together; NULL ones do not count. */
struct pressmark_query {
    const char *id;  /* hex prefix (4 digits or more) of an id, or a whole key */
    const char *url; /* exact, or a glob when it has "*" or "?" */
    const char *outlet;
    int64_t from_us, to_us; /* from inclusive, to exclusive; PRESSMARK_NO_TIME: open */
    const char *cluster;    /* id of a cluster */
    const char *field, *value; /* a field ("title", "credit", ...) contains a value, ASCII case folded */
};

#define PRESSMARK_QUERY_ALL {.from_us = PRESSMARK_NO_TIME, .to_us = PRESSMARK_NO_TIME}

struct pressmark_capture {
    const char *id;  /* 16 hex digits */
    const char *key; /* id of a JSON Lines row or path of a file; NULL if none */
    const char *url;
    const char *outlet; /* as the input gave it, else the host */
    int64_t when_us;
    const char *when_source; /* "record", "option", "page", "file", "none" */
    const char *type;        /* Content-Type as claimed; NULL if none */
    int status;              /* HTTP status, 0 if none */
    uint64_t payload_size;
    const char *payload_sha256; /* hex */
    const char *original;       /* id of the capture whose payload this one repeats, NULL if it has its own */
    uint64_t stored_size;       /* of its records in the bundle */
    const char *bundle;         /* "bundles/000001.warc.zst" */
    uint64_t offset;            /* of its record there */
    const char *title, *standfirst, *published, *modified, *section, *site, *language, *canonical; /* NULL if none */
    const char *byline, *captions;     /* JSON arrays of strings */
    const char *credit, *credit_words; /* "AFP, Reuters"; NULL if none */
    uint32_t words;                    /* of the cleaned text */
};

/* In order of date. A return other than 0 of `each` ends it and is returned. PRESSMARK_NO when nothing matched. */
PRESSMARK_API int pressmark_select(struct pressmark_archive *a, const struct pressmark_query *q,
                                   int (*each)(void *ctx, const struct pressmark_capture *c), void *ctx,
                                   struct pressmark_error *err);

enum pressmark_as { PRESSMARK_RAW, PRESSMARK_HTTP, PRESSMARK_TEXT };

/*
 * The bytes of one capture (free them with pressmark_bytes_free). RAW: the payload, codings of HTTP undone; HTTP: with
 * status line and header fields, as captured; TEXT: the cleaned text.
 */
PRESSMARK_API int pressmark_bytes(struct pressmark_archive *a, const char *id, enum pressmark_as as, char **bytes,
                                  size_t *len, struct pressmark_error *err);
PRESSMARK_API void pressmark_bytes_free(char *bytes);

struct pressmark_stats {
    uint64_t captures, revisits, cleaned, records, bundles, outlets, stories, versions, clustered;
    uint64_t payload_bytes, record_bytes, stored_bytes;
    int64_t first_us, last_us;
};
PRESSMARK_API int pressmark_stats(struct pressmark_archive *a, struct pressmark_stats *dst,
                                  struct pressmark_error *err);

/* ---- cleaning ---- */

struct pressmark_block {
    const char *text;
    const char *kind; /* "para", "heading", "quote", "item", "row", "pre" */
    bool kept;
    const char *rule; /* that decided */
    double score;     /* of that rule */
};

struct pressmark_article {
    const char *title, *standfirst, *published, *modified, *section, *site, *language, *canonical; /* NULL if none */
    const char *const *byline;
    size_t n_byline;
    const char *const *captions;
    size_t n_captions;
    const char *credit, *credit_words; /* NULL if none */
    const char *text;
    size_t text_len;
    uint32_t words;
    const struct pressmark_block *blocks; /* all considered, in document order */
    size_t n_blocks;
};

struct pressmark_cleaner;

/* `agencies` as in struct pressmark_snapshot_options. One thread a cleaner. */
PRESSMARK_API int pressmark_cleaner_new(struct pressmark_cleaner **dst, const char *agencies,
                                        struct pressmark_error *err);
PRESSMARK_API void pressmark_cleaner_free(struct pressmark_cleaner *c);

/*
 * Clean a page. `type` (a Content-Type), `url` and `name` (of a file) may be NULL. *dst lives until the next call.
 * PRESSMARK_SKIP when the bytes are no page.
 */
PRESSMARK_API int pressmark_clean(struct pressmark_cleaner *c, const char *bytes, size_t len, const char *type,
                                  const char *url, const char *name, const struct pressmark_article **dst,
                                  struct pressmark_error *err);

/* Clean a capture of an archive again, for its blocks and rules. */
PRESSMARK_API int pressmark_clean_capture(struct pressmark_archive *a, const char *id, struct pressmark_cleaner *c,
                                          const struct pressmark_article **dst, struct pressmark_error *err);

/* A line for pipelines: packed fingerprint of a text in hex. Free with pressmark_bytes_free. */
PRESSMARK_API int pressmark_fingerprint_text(struct pressmark_cleaner *c, const char *text, size_t len, char **hex,
                                             struct pressmark_error *err);

/* ---- near copies ---- */

struct pressmark_dedupe_options {
    double story_min, version_min; /* least containment; 0: 0.45 and 0.70 */
    uint32_t days_max;             /* 0: 28 */
    size_t memory_max;             /* bytes; 0: 256 MiB */
    bool full;                     /* from scratch */
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_dedupe_result {
    uint64_t captures, short_texts, candidates, edges, partial, stories, versions, composites;
};

/* Cluster all captures and keep the result in the manifest. */
PRESSMARK_API int pressmark_dedupe(struct pressmark_archive *a, const struct pressmark_dedupe_options *options,
                                   struct pressmark_dedupe_result *result, struct pressmark_error *err);

struct pressmark_member {
    const struct pressmark_capture *capture;
    double containment, jaccard;                   /* against the source */
    uint32_t shared_words, cut_words, added_words; /* against the source's text */
    const char *previous;                          /* id of the capture whose text it follows, NULL if none */
    double follows;                                /* containment with that one's text */
    const char *version;                           /* id of its version cluster, NULL if it is alone in it */
};

struct pressmark_cluster {
    const char *id;
    const char *level;   /* "story", "version" */
    const char *story;   /* of a version: its story */
    const char *source;  /* id of the capture that is the likely source */
    double confidence;   /* of that, 0 to 1 */
    const char *reasons; /* of that: one line */
    int64_t first_us, last_us;
    const struct pressmark_member *members; /* in order of date */
    size_t n_members;
};

/* Clusters of one level ("story" or "version"), largest first. PRESSMARK_NO when there are none. */
PRESSMARK_API int pressmark_clusters(struct pressmark_archive *a, const char *level,
                                     int (*each)(void *ctx, const struct pressmark_cluster *c), void *ctx,
                                     struct pressmark_error *err);

/* The cluster of one level that the capture `id` (as in a query) is in. PRESSMARK_NO when it is in none. */
PRESSMARK_API int pressmark_cluster_of(struct pressmark_archive *a, const char *id, const char *level,
                                       int (*each)(void *ctx, const struct pressmark_cluster *c), void *ctx,
                                       struct pressmark_error *err);

/* Parameters of the run that made the clusters: JSON. Free with pressmark_bytes_free. PRESSMARK_NO: no run yet. */
PRESSMARK_API int pressmark_dedupe_parameters(struct pressmark_archive *a, char **json, struct pressmark_error *err);

struct pressmark_verdict {
    uint32_t words_a, words_b, h5_a, h5_b, h5_shared, hc_a, hc_b, hc_shared, boilerplate, longest;
    double contain_h5, contain_hc, jaccard, numbers, days;
    bool story, version, partial; /* the edge between them */
    const char *reason;           /* the rule that decided */
};
PRESSMARK_API int pressmark_explain(struct pressmark_archive *a, const char *id_a, const char *id_b,
                                    const struct pressmark_dedupe_options *options, struct pressmark_verdict *dst,
                                    struct pressmark_error *err);

enum pressmark_op { PRESSMARK_KEEP, PRESSMARK_CUT, PRESSMARK_ADD };

struct pressmark_diff_run {
    enum pressmark_op op;
    const char *text; /* not NUL-terminated */
    size_t len;
    bool block_end;    /* a block of the text ends behind this run */
    bool space_before; /* a space parts it from the word before it */
};

struct pressmark_diff {
    const struct pressmark_diff_run *runs;
    size_t n_runs;
    uint32_t kept_words, cut_words, added_words, longest_common;
};

/* Word by word, or sentence by sentence: a sentence is kept whole or not at all. */
enum pressmark_diff_by { PRESSMARK_WORD, PRESSMARK_SENTENCE };

/* Between two texts. Free with pressmark_diff_free. */
PRESSMARK_API int pressmark_diff(const char *old_text, size_t old_len, const char *new_text, size_t new_len,
                                 enum pressmark_diff_by by, struct pressmark_diff **dst, struct pressmark_error *err);
PRESSMARK_API void pressmark_diff_free(struct pressmark_diff *d);

/* ---- pages for a browser ---- */

struct pressmark_report_page_options {
    const char *target;   /* a file, which is replaced when the page is whole, or "-" */
    int out_fd;           /* for "-" */
    const char *title;    /* NULL: one of our own */
    uint64_t stories_max; /* the largest that are shown; 0: 10,000 */
    uint64_t members_min; /* captures of a story that is shown; 0: 2 */
    size_t texts_max;     /* bytes of texts side by side; 0: 32 MiB */
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total); /* other than 0 stops; may be NULL */
    void *ctx;
};

struct pressmark_report_page_result {
    uint64_t stories, stories_left_out; /* in the page; and not, beyond stories_max or under members_min */
    uint64_t texts, texts_left_out;     /* stories of the page with and without their texts */
    uint64_t bytes;
};

/*
 * The report on near copies as one self-contained HTML page. The same archive gives the same bytes. PRESSMARK_NO when
 * near copies were not looked for yet; nothing is made then, or on failure.
 */
PRESSMARK_API int pressmark_report_page(struct pressmark_archive *a,
                                        const struct pressmark_report_page_options *options,
                                        struct pressmark_report_page_result *result, struct pressmark_error *err);

/*
 * Two captures side by side, word by word and sentence by sentence, as one self-contained HTML page in the file
 * `target` ("-": `out_fd`). PRESSMARK_ELIMIT for texts over a MiB.
 */
PRESSMARK_API int pressmark_diff_page(struct pressmark_archive *a, const char *id_a, const char *id_b,
                                      const char *target, int out_fd, struct pressmark_error *err);

/* ---- giving back ---- */

enum pressmark_form { PRESSMARK_DIR, PRESSMARK_TAR, PRESSMARK_ZIP, PRESSMARK_STREAM };

struct pressmark_restore_options {
    enum pressmark_as as;
    enum pressmark_form form;
    const char *target; /* directory or file; for PRESSMARK_STREAM and "-" out_fd is used */
    int out_fd;
    unsigned jobs;      /* threads that read and unpack; 0 or 1: the calling one alone */
    bool one_per_story; /* of each story only the first capture chosen */
    void (*skipped)(void *ctx, const char *text);
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_restore_result {
    uint64_t captures, bytes, skipped;
};

/*
 * All captures that any of the `n` queries selects, each once. Never overwrites, never leaves the target. PRESSMARK_NO
 * when nothing matched, PRESSMARK_SKIP when some failed.
 */
PRESSMARK_API int pressmark_restore(struct pressmark_archive *a, const struct pressmark_query *q, size_t n,
                                    const struct pressmark_restore_options *options,
                                    struct pressmark_restore_result *result, struct pressmark_error *err);

enum pressmark_export_form {
    PRESSMARK_EXPORT_WARC_GZ,  /* records byte for byte, a gzip member each */
    PRESSMARK_EXPORT_WARC_ZST, /* the same, a zstd frame each */
    PRESSMARK_EXPORT_WACZ,     /* 1.1.1 */
    PRESSMARK_EXPORT_JSONL,    /* fields and text */
    PRESSMARK_EXPORT_CSV,      /* fields */
    PRESSMARK_EXPORT_CDXJ,     /* an index of the captures in the bundles */
    PRESSMARK_EXPORT_TAR,      /* the payloads, and urls.tsv, which says what is known of them */
    PRESSMARK_EXPORT_ZIP,      /* the same */
};

struct pressmark_export_options {
    enum pressmark_export_form form;
    const char *target; /* file, which must not exist, or "-" */
    int out_fd;         /* for "-" */
    unsigned jobs;      /* threads, where the form lets them */
    bool whole;         /* revisits become records that hold the payload */
    bool one_per_story; /* of each story only the first capture chosen */
    void (*skipped)(void *ctx, const char *text);
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_export_result {
    uint64_t captures, records, bytes, skipped; /* bytes: written */
};

/*
 * All captures that any of the `n` queries selects, each once. A query without conditions gives a WARC file all records
 * of the archive. PRESSMARK_NO when nothing matched, and nothing is made; PRESSMARK_SKIP: some records were unreadable.
 */
PRESSMARK_API int pressmark_export(struct pressmark_archive *a, const struct pressmark_query *q, size_t n,
                                   const struct pressmark_export_options *options,
                                   struct pressmark_export_result *result, struct pressmark_error *err);

/* ---- upkeep ---- */

struct pressmark_damage {
    const char *bundle;
    uint64_t offset, length;
    const char *url; /* NULL when not known */
    const char *what;
};

struct pressmark_maint_options {
    unsigned jobs;
    void (*damage)(void *ctx, const struct pressmark_damage *d);
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_verify_result {
    uint64_t bundles, records, bytes, damaged, missing, stray;
};

/* Check every byte. PRESSMARK_NO when damage was found. */
PRESSMARK_API int pressmark_verify(struct pressmark_archive *a, const struct pressmark_maint_options *options,
                                   struct pressmark_verify_result *result, struct pressmark_error *err);

/* Make the manifest of the archive in `dir` again from its bundles; the old one, if any, is replaced at the end. */
PRESSMARK_API int pressmark_rebuild(const char *dir, const struct pressmark_maint_options *options,
                                    struct pressmark_verify_result *result, struct pressmark_error *err);

struct pressmark_repack_options {
    unsigned jobs;
    int level;           /* zstd level 1 to 22; 0: the default */
    uint64_t bundle_max; /* bytes of a bundle; 0: 1 GiB */
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_repack_result {
    uint64_t bundles, records, old_bytes, new_bytes;
};

/*
 * Put the records of the archive in `dir` into new, smaller bundles, and these in the place of the old ones once they
 * are verified. PRESSMARK_ECORRUPT, and nothing is changed, when a record is damaged. Interrupted at any point, the
 * archive is the old or the new one, whole; the next writer clears up.
 */
PRESSMARK_API int pressmark_repack(const char *dir, const struct pressmark_repack_options *options,
                                   struct pressmark_repack_result *result, struct pressmark_error *err);

struct pressmark_merge_options {
    int level;                                    /* zstd level of what must be packed again, 1 to 22; 0: the default */
    uint64_t bundle_max;                          /* bytes of a bundle; 0: 1 GiB */
    bool dry_run;                                 /* count, and write nothing */
    void (*skipped)(void *ctx, const char *text); /* a capture or record that is damaged in its source; may be NULL */
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pressmark_merge_result {
    uint64_t captures; /* taken over, revisits included */
    uint64_t revisits;
    uint64_t held;              /* captures that were there already */
    uint64_t skipped;           /* captures and records that could not be read */
    uint64_t records, repacked; /* written; of them, not as they were stored */
    uint64_t bundles, bytes;    /* begun; bytes written */
};

/*
 * Take over what the archives in the directories `sources` have and this one, opened for writing, has not. Records are
 * copied as they are stored wherever dictionaries allow. PRESSMARK_SKIP when some were damaged. Stopped at any point
 * the archive is sound, and the same merge goes on from there.
 */
PRESSMARK_API int pressmark_merge(struct pressmark_archive *a, const char *const *sources, size_t n,
                                  const struct pressmark_merge_options *options, struct pressmark_merge_result *result,
                                  struct pressmark_error *err);

/* ---- small services for programs ---- */

/* Parse a date as people write it in options ("2024-05-03", "2024-05-03T15:47Z"). False when it is none. */
PRESSMARK_API bool pressmark_when_parse(const char *text, int64_t *when_us);
/* ISO 8601 in UTC into dst (at least 32 bytes). */
PRESSMARK_API void pressmark_when_format(int64_t when_us, char dst[32]);

#ifdef __cplusplus
}
#endif

#endif
