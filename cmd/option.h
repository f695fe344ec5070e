/*
 * option.h - tables of options, and the parser that they drive.
 *
 * A table is an array of struct option that ends with an entry without a name. Values go into a
 * struct of the command at the offset that the entry gives. Tables drive parsing, `-h`, shell
 * completion and the test that the manual agrees with them; nothing else lists options.
 */
#ifndef CMD_OPTION_H
#define CMD_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_type {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char *, points into argv; the last one given counts */
    OPTION_LIST,   /* struct option_list; may be given again and again */
    OPTION_NUMBER, /* unsigned, from `min` to `max` */
    OPTION_SIZE,   /* uint64_t, bytes; K, M, G, T behind it are powers of 1024 */
    OPTION_RATIO,  /* double, over 0, at most 1 */
    OPTION_SINCE,  /* int64_t, microseconds since 1970; PRESSMARK_NO_TIME when not given */
    OPTION_UNTIL,  /* the same; a day without a time means its end */
    OPTION_CHOICE, /* int: place in `value` ("raw|http|text"), from 1; 0 when not given */
};

struct option_list {
    const char **item; /* owned; the strings are argv's */
    size_t n;
};

struct option {
    const char *name; /* long, without dashes */
    char letter;      /* short, 0 for none */
    enum option_type type;
    size_t at;         /* offset of the value in the struct of the command */
    const char *value; /* what it is called in help, NULL for a flag; choices with "|" between */
    const char *help;  /* a line, lower case, no full stop */
    unsigned min, max; /* of OPTION_NUMBER */
};

/* clang-format off */
/*
 * Entries of a table: an option that sets `member` of `struct s`. OPT_VALUE takes a value of one of the kinds above, TEXT
 * say; OPT_NUMBER one from `min` to `max`.
 */
#define OPT_FLAG(name, letter, s, member, help) \
    {name, letter, OPTION_FLAG, offsetof(struct s, member), NULL, help, 0, 0}
#define OPT_VALUE(name, letter, kind, s, member, value, help) \
    {name, letter, OPTION_##kind, offsetof(struct s, member), value, help, 0, 0}
#define OPT_NUMBER(name, letter, s, member, value, min, max, help) \
    {name, letter, OPTION_NUMBER, offsetof(struct s, member), value, help, min, max}
#define OPTION_END {NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0}
/* clang-format on */

/* One table and the struct that it fills. */
struct option_set {
    const struct option *table;
    void *dst;
};

struct option_parse {
    const char *command; /* for messages; NULL before the command is known */
    const struct option_set *sets;
    size_t n_sets;
    bool stop_at_operand; /* for the options before the command */
};

/* Set what an option that is not given leaves behind. */
void option_defaults(const struct option_set *set);
/* Free the lists of a set. */
void option_release(const struct option_set *set);

/*
 * Parse argv[0..n-1]. Operands are moved to the front of argv in their order and *n_operands is
 * their number; with stop_at_operand the first operand and all behind it are left alone. 0, or -1
 * with the reason and a hint said on stderr.
 */
int option_parse(const struct option_parse *p, char **argv, int n, int *n_operands);

/* True when `word` of `len` bytes is one of the choices in `value`; *place counts from 1. */
bool option_choice(const char *value, const char *word, size_t len, int *place);

/* The entry of a table most like `name`, for "did you mean"; NULL when none is near. */
const char *option_nearest(const char *name, size_t len, const char *(*nth)(const void *ctx, size_t i),
                           const void *ctx);

#endif
