/* cmd_restore.c - pressmark restore: give captures back */
#include <unistd.h>

#include "giving.h"
#include "talk.h"

struct restore_args {
    struct giving_args giving;
    int as, form;
};

static const struct option options[] = {
    GIVING_OPTIONS(restore_args, giving, "TARGET",
                   "a directory, FILE.tar, FILE.zip, or '-', standard output (the default)"),
    OPT_VALUE("as", 0, CHOICE, restore_args, as, "raw|http|text",
              "the payload, the payload with its HTTP header, or the cleaned text"),
    OPT_VALUE("form", 'f', CHOICE, restore_args, form, "dir|tar|zip|stream",
              "what TARGET is, when its name does not tell"),
    OPTION_END,
};

static enum pressmark_form
form_of(const struct restore_args *args)
{
    static const enum pressmark_form forms[] = {PRESSMARK_DIR, PRESSMARK_TAR, PRESSMARK_ZIP, PRESSMARK_STREAM};

    if (args->form)
        return forms[args->form - 1];
    if (giving_to_stdout(&args->giving))
        return PRESSMARK_STREAM;
    if (giving_ends(&args->giving, ".tar"))
        return PRESSMARK_TAR;
    return giving_ends(&args->giving, ".zip") ? PRESSMARK_ZIP : PRESSMARK_DIR;
}

static int
check(const struct cli *cli, const struct restore_args *args)
{
    bool out = giving_to_stdout(&args->giving);
    int rc = giving_check(cli, &args->giving);

    if (rc != EXIT_DONE)
        return rc;
    if (out && form_of(args) == PRESSMARK_DIR)
        talk("a directory needs --to DIR");
    else if (out && cli->tty)
        talk("captures are not written to a terminal; use --to, a pipe, or 'pressmark show'");
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

static int
restore(const struct cli *cli, const void *what, const struct pressmark_query *q, size_t n,
        struct giving_result *result, struct pressmark_error *err)
{
    static const enum pressmark_as as[] = {PRESSMARK_RAW, PRESSMARK_RAW, PRESSMARK_HTTP, PRESSMARK_TEXT};
    const struct restore_args *args = what;
    struct pressmark_restore_options o = {
        .as = as[args->as],
        .form = form_of(args),
        .target = args->giving.to ? args->giving.to : "-",
        .out_fd = STDOUT_FILENO,
        .jobs = cli_jobs(args->giving.jobs),
        .one_per_story = args->giving.one_per_story,
        .skipped = giving_skipped,
        .progress = progress_plain,
        .ctx = (void *)(uintptr_t)&args->giving,
    };
    struct pressmark_restore_result r = {0};
    int rc = pressmark_restore(cli->archive, q, n, &o, &r, err);

    *result = (struct giving_result){r.captures, 0, r.bytes, r.skipped, false};
    return rc;
}

static int
run(struct cli *cli, const void *v)
{
    const struct restore_args *args = v;
    const struct giving g = {"restore", "restored", restore, args};
    int rc = check(cli, args);

    return rc == EXIT_DONE ? giving_run(cli, &args->giving, &g) : rc;
}

const struct command command_restore = {
    .name = "restore",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct restore_args),
    .operands = "[ID...]",
    .most = MANY,
    .summary = "give captures back, byte for byte",
    .about = GIVING_ABOUT,
};
