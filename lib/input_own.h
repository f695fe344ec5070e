/*
 * input_own.h - what the files of the input module share. Only input*.c include it.
 *
 * A stream is bytes of a file or of a member of an archive, with a start that can be looked at. A
 * stage (an archive, WARC records, rows of JSON) takes what a stream gives and hands out captures
 * one by one.
 */
#ifndef PM_INPUT_OWN_H
#define PM_INPUT_OWN_H

#include <locale.h>
#include <sys/stat.h>

#include "big.h"
#include "input.h"

enum { INPUT_PEEK = 1 << 16 };

/* ---- streams (input_stream.c) ---- */

struct input_stream {
    pm_warc_read *read;
    void *ctx;
    struct pm_buf head; /* read and not yet taken: head.data[at..] */
    size_t at;
    uint64_t taken; /* bytes that read() gave so far */
    bool eof;
};

void pm_stream_init(struct input_stream *s, pm_warc_read *read, void *ctx, size_t max);
void pm_stream_release(struct input_stream *s);
/* `want` bytes from here, fewer only at the end; valid until the next call. */
int pm_stream_peek(struct input_stream *s, size_t want, struct pm_str *have, struct pm_err *err) PM_MUST_USE;
void pm_stream_skip(struct input_stream *s, size_t n);
/* A pm_warc_read over a stream. */
int pm_stream_read(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err);
/* All that is left, in `arena`; PM_ELIMIT when it is more than `max`. */
int pm_stream_all(struct input_stream *s, size_t max, struct pm_arena *arena, struct pm_str *dst,
                  struct pm_err *err) PM_MUST_USE;

/* ---- one file or member ---- */

enum input_form {
    FORM_PAGE,
    FORM_WARC,
    FORM_JSONL,
    FORM_HAR,
    FORM_ARCHIVE,
    FORM_PACKED, /* one compressed file */
    FORM_EMPTY
};

/* *yes when the first lines have an object with "html" or "text"; `whole`: there is no more than
 * `start`. */
int pm_input_is_rows(struct pm_str start, bool whole, bool *yes, struct pm_err *err) PM_MUST_USE;

/* ---- what is known of pages beside them (input_table.c) ---- */

struct table_row { /* absent where the table says nothing */
    struct pm_str file, url, date, outlet, title, id, type;
};

struct input_table {
    struct pm_arena *arena;
    struct table_row *rows; /* by file */
    size_t n, cap;
    bool failed;
};

/* True for the path of an urls.tsv or urls.csv. */
bool pm_input_is_table(struct pm_str path);
/* From the text of the table at `path`, whose directory is put before the names of its files. */
int pm_input_table_new(struct input_table **dst, struct pm_str text, struct pm_str path,
                       struct pm_err *err) PM_MUST_USE;
/* From a file; names are relative to its directory. */
int pm_input_table_read(struct input_table **dst, const char *path, struct pm_err *err) PM_MUST_USE;
void pm_input_table_free(struct input_table *t);
/* NULL when the table (which may be NULL) does not have it. */
const struct table_row *pm_input_table_find(const struct input_table *t, struct pm_str file);

/* ---- where a page came from (input_origin.c) ---- */

/* URL, and date, from the comment that SingleFile, HTTrack or a browser put into a page that it
 * saved. */
void pm_input_origin_comment(struct pm_str page, struct pm_arena *arena, struct pm_capture *dst);
/* The URL of a file in a mirror made by wget -r or HTTrack; absent when no directory of its path is
 * a host. `named`: so many bytes of the path were given by the user. */
struct pm_str pm_input_mirror_url(struct pm_str path, size_t named, struct pm_arena *arena);

struct input_file {
    struct pm_str path;          /* as given */
    struct pm_str name;          /* whose suffix may say what it is */
    struct pm_str label;         /* in messages: path, or "path:member" */
    int64_t mtime_us;            /* PM_WHEN_NONE when not known */
    const struct table_row *row; /* of the table beside it, NULL if none */
    bool named;                  /* on the command line, so that it must be a page */
};

struct input_rows { /* JSON Lines */
    uint64_t line;
};

struct json_t;

struct input_har {
    struct json_t *root; /* owned; NULL before the first entry is asked for */
    struct json_t *entries;
    size_t next;
};

struct input_big { /* a record too large for memory (input_big.c) */
    bool there;
    struct pm_spooled spooled; /* fd owned */
    struct pm_buf head, http;
    struct pm_buf note;
};

struct input_records { /* WARC */
    struct pm_warc_reader *reader;
    struct input_big big, held_big; /* of the record read last, and of the one that waits */
    /* Over what was put into a file of a record whose length is wrong: there may be records in it. */
    struct pm_warc_reader *inner;
    int inner_fd;
    bool inner_told;
    uint64_t told; /* records and damage so far */
    bool own;      /* the file is a bundle of ours */
    /* A capture of it that waits for its metadata record: head, block, and where it was. */
    struct pm_buf head, block;
    uint64_t offset;
    bool held;
};

struct pm_input {
    struct pm_input_options options;
    const char *const *paths;
    size_t n_paths, next_path;
    uint64_t passed, done, total;

    struct input_dir *dirs; /* directories under way, the innermost last */
    size_t n_dirs, dirs_cap;

    int fd;                 /* of the file under way, -1: none */
    struct pm_arena *names; /* of it and its member */
    struct input_file file;
    struct input_stream stream;
    enum input_form form; /* of what gives captures now */
    struct input_rows rows;
    struct input_records records;
    struct input_har har;

    struct input_table *table; /* of the archive under way */
    locale_t utf8;             /* for names in archives; 0: the system has none */
    struct archive *archive;   /* when the file is one */
    struct input_file member;
    struct input_stream member_stream;
    bool in_member;
    size_t given;        /* bytes of the stream that libarchive looks at */
    uint64_t members;    /* files in it so far */
    uint64_t unpacked;   /* bytes of its members so far, since the last bomb */
    unsigned bombs;      /* members that were too large, so far */
    bool spoiled;        /* nothing more can come of it */
    bool archive_packed; /* one compressed file: its member stands for the file */
};

/* The file or member that gives captures. */
struct input_file *pm_input_current(struct pm_input *in);
struct input_stream *pm_input_stream(struct pm_input *in);
/* Date of a capture that has none of its own. */
void pm_input_date(const struct pm_input *in, struct pm_capture *dst);

/* Each: PM_OK a capture, PM_DONE the stage is at its end, PM_SKIP or < 0 with a message that the
 * caller puts the label before. */
int pm_input_page(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err) PM_MUST_USE;
int pm_input_row(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err) PM_MUST_USE;
int pm_input_record(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst,
                    struct pm_err *err) PM_MUST_USE;

int pm_input_har(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err) PM_MUST_USE;
bool pm_input_is_har(struct pm_str start);
void pm_input_har_end(struct input_har *h);
void pm_input_records_end(struct input_records *r);

/* The next record; a big one is in r->big, and *rec views its head there. As pm_warc_next(). */
int pm_input_next_record(struct pm_input *in, struct pm_warc_record *rec, struct pm_err *err) PM_MUST_USE;
void pm_input_big_release(struct input_big *b);
/* *rec as views of `head`; its block stays absent. */
void pm_input_view_head(struct pm_str head, struct pm_warc_record *rec);

/* Make the next member of the archive current: PM_OK, PM_DONE, PM_SKIP, or < 0 when the archive is
 * of no more use. */
int pm_input_archive_open(struct pm_input *in, struct pm_err *err) PM_MUST_USE;
int pm_input_archive_next(struct pm_input *in, struct pm_err *err) PM_MUST_USE;
/* The member is a table: keep it for the members that follow. PM_OK: there is no capture in it. */
int pm_input_archive_table(struct pm_input *in, struct pm_err *err) PM_MUST_USE;
void pm_input_archive_close(struct pm_input *in);

/* ---- files by name (input_walk.c) ---- */

/* The next file, open, in *fd, and what is known of it; names in `arena`. PM_DONE, or PM_SKIP as in
 * pm_input_next(). */
int pm_input_walk(struct pm_input *in, struct pm_arena *arena, int *fd, struct input_file *dst,
                  struct pm_err *err) PM_MUST_USE;
/* Set in->total to the bytes of all inputs, or leave it 0 when that is not to be known, or only by
 * much work. */
void pm_input_measure(struct pm_input *in);
void pm_input_walk_free(struct pm_input *in);

#endif
