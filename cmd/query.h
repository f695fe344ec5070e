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
    {"url", 'u', OPTION_TEXT, offsetof(struct s, m.url), "GLOB", \
     "captures of this URL; * and ? stand for any characters and for one", 0, 0}, \
    {"outlet", 'o', OPTION_TEXT, offsetof(struct s, m.outlet), "NAME", \
     "captures of this outlet", 0, 0}, \
    {"since", 's', OPTION_SINCE, offsetof(struct s, m.since_us), "DATE", \
     "captures of this date or later", 0, 0}, \
    {"until", 0, OPTION_UNTIL, offsetof(struct s, m.until_us), "DATE", \
     "captures before this time; a day counts whole", 0, 0}, \
    {"cluster", 'c', OPTION_TEXT, offsetof(struct s, m.cluster), "ID", \
     "members of this story or version", 0, 0}, \
    {"where", 'w', OPTION_TEXT, offsetof(struct s, m.where), "FIELD=TEXT", \
     "captures whose field (title, credit, section...) holds TEXT", 0, 0}
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
