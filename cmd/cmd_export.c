/* cmd_export.c - pressmark export: captures in the forms that other programs read */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "query.h"
#include "talk.h"

struct export_args {
    struct query_args query;
    bool all, whole, one_per_story, json;
    int form;
    const char *to;
};

static const struct option options[] = {
    QUERY_OPTIONS(export_args, query),
    {"all", 0, OPTION_FLAG, offsetof(struct export_args, all), NULL, "every capture", 0, 0},
    {"to", 't', OPTION_TEXT, offsetof(struct export_args, to), "FILE",
     "the file to make, or '-' for standard output (the default)", 0, 0},
    {"form", 'f', OPTION_CHOICE, offsetof(struct export_args, form),
     "warc.gz|warc.zst|wacz|jsonl|csv|cdxj", "what to make, when the name of FILE does not tell", 0,
     0},
    {"whole", 0, OPTION_FLAG, offsetof(struct export_args, whole), NULL,
     "write captures of the same payload whole, not as revisits", 0, 0},
    {"one-per-story", '1', OPTION_FLAG, offsetof(struct export_args, one_per_story), NULL,
     "of each story the first capture alone", 0, 0},
    {"json", 0, OPTION_FLAG, offsetof(struct export_args, json), NULL, "the result as JSON Lines",
     0, 0},
    OPTION_END,
};

static void
skipped(void *ctx, const char *text)
{
    const struct export_args *args = ctx;

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

static const struct {
    const char *end;
    enum pressmark_export_form form;
} forms[] = {
    {".warc.gz", PRESSMARK_EXPORT_WARC_GZ}, {".warc.zst", PRESSMARK_EXPORT_WARC_ZST},
    {".wacz", PRESSMARK_EXPORT_WACZ},       {".jsonl", PRESSMARK_EXPORT_JSONL},
    {".csv", PRESSMARK_EXPORT_CSV},         {".cdxj", PRESSMARK_EXPORT_CDXJ},
};
enum { N_FORMS = sizeof(forms) / sizeof(forms[0]) };

/* The form that was asked for or that the name tells, 1 and up as in the option; 0: neither. */
static int
form_of(const struct export_args *args)
{
    size_t n = args->to ? strlen(args->to) : 0;

    for (int i = 0; args->form == 0 && i < N_FORMS; i++) {
        size_t m = strlen(forms[i].end);

        if (n > m && strcmp(args->to + n - m, forms[i].end) == 0)
            return i + 1;
    }
    return args->form;
}

static int
check(const struct cli *cli, const struct export_args *args)
{
    bool chosen = query_given(&args->query) || cli->n_operands > 0;
    bool out = !args->to || strcmp(args->to, "-") == 0;
    int form = form_of(args);

    if (!chosen && !args->all)
        talk("choose captures by ID or by an option, or take them with --all");
    else if (chosen && args->all)
        talk("--all does not go with a choice of captures");
    else if (form == 0)
        talk("what to make? Use --form, or a FILE that ends in .warc.gz, .warc.zst, .wacz, .jsonl, "
             ".csv or .cdxj");
    else if (out && args->json)
        talk("--json needs --to: standard output holds the captures");
    else if (out && form == 3)
        talk("a WACZ needs --to FILE");
    else if (out && cli->tty && form <= 3)
        talk("WARC files are not written to a terminal; use --to or a pipe");
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

static void
report(const struct cli *cli, const struct export_args *args,
       const struct pressmark_export_result *r)
{
    char a[32], b[32];

    if (args->json) {
        json_begin("summary");
        json_uint("captures", r->captures);
        json_uint("records", r->records);
        json_uint("bytes", r->bytes);
        json_uint("skipped", r->skipped);
        json_end();
    } else if (!cli->common.quiet && args->to && strcmp(args->to, "-") != 0) {
        talk_line("%s captures exported to '%s', %s", count_text(r->captures, a), args->to,
                  bytes_text(r->bytes, b));
    }
}

static int export(const struct cli *cli, const struct export_args *args,
                  const struct pressmark_query *q, size_t n)
{
    struct pressmark_export_options o = {
        .form = forms[form_of(args) - 1].form,
        .target = args->to ? args->to : "-",
        .out_fd = STDOUT_FILENO,
        .whole = args->whole,
        .one_per_story = args->one_per_story,
        .skipped = skipped,
        .progress = progress,
        .ctx = (void *)(uintptr_t)args,
    };
    struct pressmark_export_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    if (args->json)
        json_header("export");
    progress_begin("export", PROGRESS_BYTES, cli->common.quiet);
    rc = pressmark_export(cli->archive, q, n, &o, &result, &err);
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
    const struct export_args *args = v;
    struct pressmark_query *queries = NULL;
    struct query q;
    size_t n;
    int rc = check(cli, args);

    if (rc != EXIT_DONE)
        return rc;
    rc = query_init(cli, &q, &args->query);
    if (rc == EXIT_DONE) {
        queries = query_each(cli, &q, &n);
        rc = export(cli, args, queries, n);
    }
    free(queries);
    query_release(&q);
    return rc;
}

const struct command command_export = {
    "export",
    run,
    NEED_READ,
    options,
    sizeof(struct export_args),
    "[ID...]",
    0,
    MANY,
    "captures in the forms that other programs read: WARC, WACZ, JSON Lines, CSV, CDXJ",
    "Nothing that exists is overwritten. Options that choose captures hold together.",
};
