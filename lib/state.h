/*
 * state.h - what a search for near copies found, kept so that the next one need look at what is new alone.
 *
 * A file beside the manifest. It is a cache: lost, damaged, of another version, of other parameters or of another run
 * than the one whose clusters the manifest holds, it is as if it were not there. Numbers in it are of the machine that
 * wrote it. One thread.
 */
#ifndef PM_STATE_H
#define PM_STATE_H

#include "graph.h"
#include "posting.h"

#define PM_STATE_NAME "dedupe.state"

/* A text of that run, by its number there. */
struct pm_state_text {
    int64_t capture;
    uint32_t first; /* of those with its words: what is said of it is said of all */
    uint32_t left_out;
    uint32_t hashes, furniture, phrases, unused;
};

/* A story as the manifest holds it. */
struct pm_state_story {
    uint8_t uid[PM_TEXT_UID]; /* of its first text, which names it */
    uint64_t mark;            /* hash of all that its rows were made from */
    uint32_t versions;        /* clusters of versions in it */
    uint32_t stale;           /* for the report alone, else 0 */
};

/* Arrays are ascending: texts by number, hashes, pairs, keys, uids. */
struct pm_state {
    struct pm_state_text *texts;
    uint64_t *furniture;   /* hashes, */
    uint64_t *boilerplate; /* and with phrases */
    struct pm_link *links; /* numbers are those of that run */
    struct pm_graph_memo *memos;
    struct pm_state_story *stories;
    struct pm_phrase_limits limits;
    size_t n_texts, n_furniture, n_boilerplate, n_links, n_memos, n_stories;
};

struct pm_state_file;

/*
 * Open the state of the run that the manifest calls `id`, made with these parameters. PM_DONE, and *err untouched, when
 * there is none to be used. Arrays live as long as the file is open; the caller may free and clear one of them before.
 */
int pm_state_open(struct pm_state_file **dst, struct pm_state **state, int root, uint64_t id, uint64_t parameters,
                  struct pm_err *err) PM_MUST_USE;
void pm_state_free(struct pm_state_file *f);

/* The captures that hold a hash, packed. */
struct pm_state_list {
    uint64_t key;
    struct pm_str packed; /* valid until the next call, */
    struct pm_str raw;    /* as this: all of it as it stands in the file, */
    uint64_t before;      /* behind the list of this number; raw is absent in one that was not read */
};

/* Lists in order of key, PM_DONE at the end. PM_ECORRUPT when the file is damaged: at the end at the latest. */
int pm_state_next(struct pm_state_file *f, struct pm_state_list *dst, struct pm_err *err) PM_MUST_USE;
/* Start over with the lists. */
void pm_state_rewind(struct pm_state_file *f);
/* How many captures a list holds. */
size_t pm_state_captures(struct pm_str packed);
/* The captures of a list, ascending, one after the other from *packed; PM_DONE when there is none left. */
int pm_state_capture(struct pm_str *packed, int64_t *capture);

struct pm_state_writer;

/* A new state grows in tmp/; nothing is seen of it before pm_state_commit(). */
int pm_state_writer_new(struct pm_state_writer **dst, int root, struct pm_err *err) PM_MUST_USE;
void pm_state_writer_free(struct pm_state_writer *w);
/* In order of key; captures ascending. */
int pm_state_put(struct pm_state_writer *w, const struct pm_state_list *list, struct pm_err *err) PM_MUST_USE;
void pm_state_pack(struct pm_buf *dst, const int64_t *captures, size_t n);
/* All lists were put: make it one that can be opened to read them again. The writer goes on. */
int pm_state_reopen(struct pm_state_writer *w, struct pm_state_file **dst, struct pm_err *err) PM_MUST_USE;
/* Write the rest, and put it in the place of the old one; *id is what the manifest must call it. */
int pm_state_commit(struct pm_state_writer *w, const struct pm_state *state, uint64_t parameters, uint64_t *id,
                    struct pm_err *err) PM_MUST_USE;

#endif
