/*
 * giving.h - what the commands share that give captures out: which captures, where to, how it is told.
 */
#ifndef CMD_GIVING_H
#define CMD_GIVING_H

#include "query.h"

struct giving_args {
    struct query_args query;
    bool all, one_per_story, json;
    unsigned jobs;
    const char *to;
};

/* clang-format off */
/* Entries of an option table, for the member `m` of `struct s`; `what` and `help` are of the target. */
#define GIVING_OPTIONS(s, m, what, help) \
    QUERY_OPTIONS(s, m.query), \
    {"all", 0, OPTION_FLAG, offsetof(struct s, m.all), NULL, "every capture", 0, 0}, \
    {"one-per-story", '1', OPTION_FLAG, offsetof(struct s, m.one_per_story), NULL, \
     "of each story the first capture alone", 0, 0}, \
    {"to", 't', OPTION_TEXT, offsetof(struct s, m.to), what, help, 0, 0}, \
    {"jobs", 'j', OPTION_NUMBER, offsetof(struct s, m.jobs), "N", \
     "read and unpack in N threads; default: one a processor", 1, 256}, \
    {"json", 0, OPTION_FLAG, offsetof(struct s, m.json), NULL, "the result as JSON Lines", 0, 0}
/* clang-format on */

/* True when captures go to standard output. */
bool giving_to_stdout(const struct giving_args *args);

/* True when the name of the target ends in `end` and has something before it. */
bool giving_ends(const struct giving_args *args, const char *end);

/* What is wrong with the choice and the target, said; EXIT_DONE when nothing is. */
int giving_check(const struct cli *cli, const struct giving_args *args);

struct giving_result {
    uint64_t captures, records, bytes, skipped;
    bool has_records;
};

/* A kind of giving. `run` hands the captures that any of the queries chooses to the library; `what` is its own. */
struct giving {
    const char *name, *done; /* "restore", "restored" */
    int (*run)(const struct cli *cli, const void *what, const struct pressmark_query *q, size_t n,
               struct giving_result *result, struct pressmark_error *err);
    const void *what;
};

/* Choose, give, tell; the exit code. giving_check() went before. */
int giving_run(struct cli *cli, const struct giving_args *args, const struct giving *g);

/* Callbacks for the library, with a struct giving_args as context. */
void giving_skipped(void *ctx, const char *text);

#endif
