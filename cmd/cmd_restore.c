/* cmd_restore.c - pressmark restore: give captures back */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "query.h"
#include "talk.h"

struct restore_args {
    struct query_args query;
    bool all, json;
    int as, form;
    const char *to;
};

static const struct option options[] = {
    QUERY_OPTIONS(restore_args, query),
    {"all", 0, OPTION_FLAG, offsetof(struct restore_args, all), NULL, "every capture", 0, 0},
    {"to", 't', OPTION_TEXT, offsetof(struct restore_args, to), "TARGET",
     "a directory, FILE.tar, FILE.zip, or '-', standard output (the default)", 0, 0},
    {"as", 0, OPTION_CHOICE, offsetof(struct restore_args, as), "raw|http|text",
     "the payload, the payload with its HTTP header, or the cleaned text", 0, 0},
    {"form", 'f', OPTION_CHOICE, offsetof(struct restore_args, form), "dir|tar|zip|stream",
     "what TARGET is, when its name does not tell", 0, 0},
    {"json", 0, OPTION_FLAG, offsetof(struct restore_args, json), NULL, "the result as JSON Lines",
     0, 0},
    OPTION_END,
};

static void
skipped(void *ctx, const char *text)
{
    const struct restore_args *args = ctx;

    talk("skipped %s", text);
    if (args->json) {
        json_begin("skipped");
        json_text("reason", text);
        json_end();
    }
}

static int
progress(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    return progress_tell(NULL, done, total);
}

static bool
ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);

    return n > m && strcmp(s + n - m, end) == 0;
}

static enum pressmark_form
form_of(const struct restore_args *args)
{
    static const enum pressmark_form forms[] = {PRESSMARK_DIR, PRESSMARK_TAR, PRESSMARK_ZIP,
                                                PRESSMARK_STREAM};

    if (args->form)
        return forms[args->form - 1];
    if (!args->to || strcmp(args->to, "-") == 0)
        return PRESSMARK_STREAM;
    if (ends_with(args->to, ".tar"))
        return PRESSMARK_TAR;
    return ends_with(args->to, ".zip") ? PRESSMARK_ZIP : PRESSMARK_DIR;
}

static void
report(const struct cli *cli, const struct restore_args *args,
       const struct pressmark_restore_result *r)
{
    char a[64], b[32];

    if (args->json) {
        json_begin("summary");
        json_uint("captures", r->captures);
        json_uint("bytes", r->bytes);
        json_uint("skipped", r->skipped);
        json_end();
    } else if (!cli->common.quiet && args->to && strcmp(args->to, "-") != 0) {
        talk_line("%s restored to '%s', %s", counted_text(r->captures, "capture", a), args->to,
                  bytes_text(r->bytes, b));
    }
}

static int
check(const struct cli *cli, const struct restore_args *args)
{
    bool chosen = query_given(&args->query) || cli->n_operands > 0;
    bool out = !args->to || strcmp(args->to, "-") == 0;

    if (!chosen && !args->all)
        talk("choose captures by ID or by an option, or take them with --all");
    else if (chosen && args->all)
        talk("--all does not go with a choice of captures");
    else if (args->form == 1 && out)
        talk("a directory needs --to DIR");
    else if (out && args->json)
        talk("--json needs --to: standard output holds the captures");
    else if (out && cli->tty)
        talk("captures are not written to a terminal; use --to, a pipe, or 'pressmark show'");
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

static int
restore(const struct cli *cli, const struct restore_args *args, const struct pressmark_query *q,
        size_t n)
{
    static const enum pressmark_as as[] = {PRESSMARK_RAW, PRESSMARK_RAW, PRESSMARK_HTTP,
                                           PRESSMARK_TEXT};
    struct pressmark_restore_options o = {
        .as = as[args->as],
        .form = form_of(args),
        .target = args->to ? args->to : "-",
        .out_fd = STDOUT_FILENO,
        .skipped = skipped,
        .progress = progress,
        .ctx = (void *)(uintptr_t)args,
    };
    struct pressmark_restore_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    if (args->json)
        json_header("restore");
    progress_begin("restore", PROGRESS_BYTES, cli->common.quiet);
    rc = pressmark_restore(cli->archive, q, n, &o, &result, &err);
    progress_end();
    if (rc == PRESSMARK_NO) {
        talk("no capture matches");
        return EXIT_NO;
    }
    if (rc >= 0)
        report(cli, args, &result);
    return cli_exit(rc, &err);
}

static int
run(struct cli *cli, const void *v)
{
    const struct restore_args *args = v;
    struct pressmark_query *queries = NULL;
    struct query q;
    size_t n;
    int rc = check(cli, args);

    if (rc != EXIT_DONE)
        return rc;
    rc = query_init(cli, &q, &args->query);
    if (rc == EXIT_DONE) {
        queries = query_each(cli, &q, &n);
        rc = restore(cli, args, queries, n);
    }
    free(queries);
    query_release(&q);
    return rc;
}

const struct command command_restore = {
    "restore",
    run,
    NEED_READ,
    options,
    sizeof(struct restore_args),
    "[ID...]",
    0,
    MANY,
    "give captures back, byte for byte",
    "Nothing that exists is overwritten. Options that choose captures hold together.",
};
