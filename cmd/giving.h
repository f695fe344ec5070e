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
    OPT_FLAG("all", 0, s, m.all, "every capture"), \
    OPT_FLAG("one-per-story", '1', s, m.one_per_story, "of each story the first capture alone"), \
    OPT_VALUE("to", 't', TEXT, s, m.to, what, help), \
    OPT_NUMBER("jobs", 'j', s, m.jobs, "N", 1, 256, "read and unpack in N threads; default: one a processor"), \
    OPT_FLAG("json", 0, s, m.json, "the result as JSON Lines")

/* What --help says of each of these commands. */
#define GIVING_ABOUT \
    "Nothing that exists is overwritten. Options that choose captures hold together. An ID of '-'\n" \
    "stands for those on standard input, one a line."
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
