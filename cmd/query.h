/*
 * query.h - the options by which commands choose captures.
 */
#ifndef CMD_QUERY_H
#define CMD_QUERY_H

#include "cli.h"

struct query_args {
    const char *url, *outlet, *cluster, *where;
    int64_t since_us, until_us;
};

/* clang-format off */
/* Entries of an option table, for the member `m` of `struct s`. */
#define QUERY_OPTIONS(s, m) \
    OPT_VALUE("url", 'u', TEXT, s, m.url, "GLOB", \
        "captures of this URL; * and ? stand for any characters and for one"), \
    OPT_VALUE("outlet", 'o', TEXT, s, m.outlet, "NAME", "captures of this outlet"), \
    OPT_VALUE("since", 's', SINCE, s, m.since_us, "DATE", "captures of this date or later"), \
    OPT_VALUE("until", 0, UNTIL, s, m.until_us, "DATE", "captures before this time; a day counts whole"), \
    OPT_VALUE("cluster", 'c', TEXT, s, m.cluster, "ID", "members of this story or version"), \
    OPT_VALUE("where", 'w', TEXT, s, m.where, "FIELD=TEXT", \
        "captures whose field (title, credit, section...) holds TEXT")
/* clang-format on */

/* A query and the memory behind it. */
struct query {
    struct pressmark_query q;
    char *field; /* owned */
    char *ids;   /* owned: what came on standard input */
};

/* Fill *dst; EXIT_DONE, or EXIT_USAGE with the reason said. Release it in either case. */
int query_init(const struct cli *cli, struct query *dst, const struct query_args *args);
void query_release(struct query *q);
/* True when some option was given. */
bool query_given(const struct query_args *args);

/*
 * A query for each ID among the operands, each with the conditions of the options; where there is no operand, the one
 * of the options. An operand "-" stands for the IDs on standard input, one a line. EXIT_DONE, or an exit code with the
 * reason said. Free *all with free(3) in either case; its texts live as long as `q`.
 */
int query_each(const struct cli *cli, struct query *q, struct pressmark_query **all, size_t *n);

#endif
