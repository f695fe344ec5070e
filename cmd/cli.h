/*
 * cli.h - the program: its table of commands, what each of them is handed, and how it ends.
 */
#ifndef CMD_CLI_H
#define CMD_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "option.h"
#include "pressmark.h"
#include "term.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_NO = 1,      /* no match, differs, damage found */
    EXIT_FAILED = 2,  /* nothing half-done is visible */
    EXIT_SKIPPED = 3, /* done, some inputs left out, each named */
    EXIT_NO_ARCHIVE = 10,
    EXIT_LOCKED = 11,
    EXIT_VERSION = 12, /* the archive is of a newer format */
    EXIT_USAGE = 64,
    EXIT_SIGNAL = 128, /* plus the number of the signal */
};

/* What of the archive the dispatcher gets ready before a command runs. */
enum need {
    NEED_NOTHING,
    NEED_PLACE, /* which directory it is: cli->place */
    NEED_READ,  /* cli->archive, opened for reading */
    NEED_WRITE, /* cli->archive, with the writer's lock */
};

struct cli;

struct command {
    const char *name;
    int (*run)(struct cli *cli, const void *args); /* returns an exit code */
    enum need need;
    const struct option *options; /* of its own; the common ones are common_options */
    size_t args_size;             /* of the struct that they fill, zeroed first */
    const char *operands;         /* for help: "<input>..." */
    size_t least, most;           /* number of operands */
    const char *summary;          /* a line for the list of commands */
    const char *about;            /* a few lines more for `-h`; may be NULL */
};

/* Operands without a limit. */
#define MANY SIZE_MAX

/*
 * Each command stands in cmd_<name>.c: its struct of arguments, its options, what it does, and its
 * entry, command_<name>. The table lists them in the order of help; NULL ends it.
 */
extern const struct command *const commands[];
extern const struct option common_options[];

/* Options that every command knows, before or behind its name. */
struct common {
    const char *archive;
    bool quiet, help, version;
    int color; /* 0 or 1: auto, 2: always, 3: never */
};

struct cli {
    const struct command *command;
    struct common common;
    char **operands;
    size_t n_operands;
    const char *place;                 /* NEED_PLACE and above */
    struct pressmark_archive *archive; /* NEED_READ and NEED_WRITE */
    bool tty;                          /* standard output is a terminal */
    const struct paint *paint;         /* for standard output */
};

const struct command *command_find(const char *name);
/* "did you mean" for the name of a command; NULL when none is near. */
const char *command_nearest(const char *name);

/* Say what failed, and the exit code that belongs to a negative status. */
int cli_fail(int status, const struct pressmark_error *err);
/* The same for a usage error: the message was said; adds the hint. */
int cli_usage(const struct cli *cli);
/* The exit code of a run that went well or not: OK, NO, SKIP, or a failure, which is said. */
int cli_exit(int status, const struct pressmark_error *err);

/* The same when there is no archive. */
int cli_no_archive(void);

/* Open cli->place; EXIT_DONE or the exit code of the failure, which was said. */
int cli_open(struct cli *cli, bool write);

/* Room for the id of a capture. */
enum { CAPTURE_ID_SIZE = 17 };

/*
 * The one capture that `wanted` (start of an id, or a key) names. EXIT_DONE, or an exit code with
 * the reason said: no such capture, or several.
 */
int cli_resolve(const struct cli *cli, const char *wanted, char id[CAPTURE_ID_SIZE]);

/* Whether near copies were looked for; when not, that is said. */
bool cli_deduped(const struct cli *cli);

/* How many threads to work in: as many as asked for, else (0) one a processor. */
unsigned cli_jobs(unsigned asked);

/* Text of pages to standard output: as it is, or on a terminal with control bytes masked. */
void cli_put(const struct cli *cli, const char *s, size_t len);

/* Help of one command, or of the program (NULL), on `out`. */
void help_print(FILE *out, const struct command *c);

/*
 * Read a whole file ("-": standard input) of at most `max` bytes. *bytes is the caller's to free.
 * False with the reason in *why, a static text.
 */
bool read_whole(const char *path, size_t max, char **bytes, size_t *len, const char **why);

/* What an input is called in messages: "-" is "(standard input)". */
const char *input_name(const char *path);

/* A small file of options (agencies, lists of names) as a text with a NUL behind it. False: the
 * reason was said. */
bool read_text(const char *path, char **text);

/* Bytes of one page that a command reads into memory. */
#define PAGE_MAX ((size_t)1 << 30)

#endif
