/* main.c - find the command, parse its options, open the archive, run, and check that the output
 * arrived */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "talk.h"

const struct option common_options[] = {
    OPT_VALUE("archive", 'a', TEXT, common, archive, "DIR",
              "the archive; else $PRESSMARK_ARCHIVE, else the current directory"),
    OPT_VALUE("color", 0, CHOICE, common, color, "auto|always|never",
              "colours in the output; auto: on a terminal, unless $NO_COLOR is set"),
    OPT_FLAG("quiet", 'q', common, quiet, "no progress and no summary on standard error"),
    OPT_FLAG("help", 'h', common, help, "show this help"),
    OPTION_END,
};

/* Only before the command. */
static const struct option first_options[] = {
    OPT_FLAG("version", 'V', common, version, "show the version"),
    OPTION_END,
};

int
cli_fail(int status, const struct pressmark_error *err)
{
    const char *text = err->text[0] ? err->text : "failed";

    if (status == PRESSMARK_ECANCELED && signals_caught()) {
        talk("stopped");
        return EXIT_SIGNAL + signals_caught();
    }
    talk("%s", text);
    switch (status) {
    case PRESSMARK_NO:
    case PRESSMARK_ENOTFOUND:
        return EXIT_NO;
    case PRESSMARK_SKIP:
        return EXIT_SKIPPED;
    case PRESSMARK_ELOCKED:
        return EXIT_LOCKED;
    case PRESSMARK_EVERSION:
        return EXIT_VERSION;
    default:
        return EXIT_FAILED;
    }
}

int
cli_usage(const struct cli *cli)
{
    talk_try(cli->command ? cli->command->name : NULL);
    return EXIT_USAGE;
}

int
cli_exit(int status, const struct pressmark_error *err)
{
    switch (status) {
    case PRESSMARK_OK:
        return EXIT_DONE;
    case PRESSMARK_NO:
        return EXIT_NO;
    case PRESSMARK_SKIP:
        return EXIT_SKIPPED;
    default:
        return cli_fail(status, err);
    }
}

int
cli_no_archive(void)
{
    talk_line("Name an archive with -a DIR, or make one with 'pressmark init DIR'.");
    return EXIT_NO_ARCHIVE;
}

int
cli_open(struct cli *cli, bool write)
{
    struct pressmark_error err = {0, ""};
    int rc = pressmark_open(&cli->archive, cli->place, write, &err);

    if (rc == PRESSMARK_ENOTFOUND) {
        talk("%s", err.text);
        return cli_no_archive();
    }
    return rc == PRESSMARK_OK ? EXIT_DONE : cli_fail(rc, &err);
}

unsigned
cli_jobs(unsigned asked)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    if (asked)
        return asked;
    return n > 0 && n < 256 ? (unsigned)n : 1;
}

void
cli_put(const struct cli *cli, const char *s, size_t len)
{
    if (cli->tty)
        put_masked_lines(stdout, s, len);
    else
        fwrite(s, 1, len, stdout);
}

/* Which directory is the archive. */
static int
find_place(struct cli *cli)
{
    const char *env = getenv("PRESSMARK_ARCHIVE");
    bool makes = strcmp(cli->command->name, "init") == 0;

    if (cli->common.archive)
        cli->place = cli->common.archive;
    else if (env && *env)
        cli->place = env;
    else if (makes || access("FORMAT", F_OK) == 0)
        cli->place = ".";
    else {
        talk("no archive is named and the current directory is none");
        return cli_no_archive();
    }
    return EXIT_DONE;
}

static int
check_operands(const struct cli *cli)
{
    const struct command *c = cli->command;

    if (cli->n_operands < c->least) {
        talk("'%s' needs %s", c->name, c->operands);
        return cli_usage(cli);
    }
    if (cli->n_operands > c->most) {
        if (c->most == 0)
            talk("'%s' takes no arguments, but got '%s'", c->name, cli->operands[0]);
        else
            talk("'%s' takes %s, but got '%s' too", c->name, c->operands, cli->operands[c->most]);
        return cli_usage(cli);
    }
    return EXIT_DONE;
}

static int
get_ready(struct cli *cli)
{
    int rc = EXIT_DONE;

    if (cli->command->need >= NEED_PLACE)
        rc = find_place(cli);
    if (rc == EXIT_DONE && cli->command->need >= NEED_READ)
        rc = cli_open(cli, cli->command->need == NEED_WRITE);
    return rc;
}

/* Options behind the name of the command, then the command. */
static int
run_command(struct cli *cli, char **argv, int n)
{
    const struct command *c = cli->command;
    void *args = memset(must_realloc(NULL, c->args_size), 0, c->args_size);
    struct option_set sets[] = {{c->options, args}, {common_options, &cli->common}};
    struct option_parse parse = {c->name, sets, 2, false};
    int rc, operands = 0;

    option_defaults(&sets[0]);
    if (option_parse(&parse, argv, n, &operands) != 0) {
        rc = EXIT_USAGE;
        goto out;
    }
    cli->operands = argv;
    cli->n_operands = (size_t)operands;
    if (cli->common.help) {
        help_print(stdout, c);
        rc = EXIT_DONE;
        goto out;
    }
    if (cli->common.color == 2 || (cli->common.color != 3 && cli->tty && !getenv("NO_COLOR")))
        cli->paint = &paint_ansi;
    rc = check_operands(cli);
    if (rc == EXIT_DONE)
        rc = get_ready(cli);
    if (rc == EXIT_DONE)
        rc = c->run(cli, args);
    pressmark_free(cli->archive);
out:
    option_release(&sets[0]);
    free(args);
    return rc;
}

static int
dispatch(struct cli *cli, char **argv, int n)
{
    struct option_set sets[] = {{common_options, &cli->common}, {first_options, &cli->common}};
    struct option_parse parse = {NULL, sets, 2, true};
    const char *near, *name;
    int rest = 0;

    if (option_parse(&parse, argv, n, &rest) != 0)
        return EXIT_USAGE;
    if (cli->common.version) {
        printf("pressmark %s\n", pressmark_version());
        return EXIT_DONE;
    }
    if (rest == 0) {
        help_print(cli->common.help ? stdout : stderr, NULL);
        return cli->common.help ? EXIT_DONE : EXIT_USAGE;
    }
    name = argv[0];
    cli->command = command_find(name);
    if (!cli->command) {
        near = command_nearest(name);
        if (near)
            talk("unknown command '%s'; did you mean '%s'?", name, near);
        else
            talk("unknown command '%s'", name);
        return cli_usage(cli);
    }
    return run_command(cli, argv + 1, rest - 1);
}

/*
 * A descriptor of ours must never land on 0, 1 or 2 that the caller left closed. They are filled
 * for reading only, so that output to a closed descriptor is the failure that it is.
 */
static void
fill_standard_descriptors(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static bool ended;

/*
 * libarchive without memory ends the program, with exit(1). With us 1 is an answer, and this is none.
 */
static void
at_exit(void)
{
    if (ended)
        return;
    (void)fflush(stdout);
    _exit(EXIT_FAILED);
}

int
main(int argc, char **argv)
{
    struct cli cli = {.paint = &paint_none};
    int rc;

    fill_standard_descriptors();
    (void)atexit(at_exit);
    /* A closed pipe ends us quietly, also under a parent that ignores the signal. */
    signal(SIGPIPE, SIG_DFL);
    /* A file over the limit of the system is a failed write, not a death. */
    signal(SIGXFSZ, SIG_IGN);
    /* Times in zip files are local to whoever writes or reads them; with us that is UTC, wherever we run. */
    (void)setenv("TZ", "UTC0", 1);
    tzset();
    cli.tty = isatty(STDOUT_FILENO);
    rc = dispatch(&cli, argv + 1, argc > 0 ? argc - 1 : 0);
    progress_end();
    if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0) {
        talk("cannot write the output: %s", strerror(errno));
        if (rc < EXIT_FAILED || rc == EXIT_SKIPPED)
            rc = EXIT_FAILED;
    }
    ended = true;
    return rc;
}
