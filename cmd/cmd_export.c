/* cmd_export.c - pressmark export: captures in the forms that other programs read */
#include <unistd.h>

#include "giving.h"
#include "talk.h"

struct export_args {
    struct giving_args giving;
    bool whole;
    int form;
};

static const struct option options[] = {
    GIVING_OPTIONS(export_args, giving, "FILE", "the file to make, or '-' for standard output (the default)"),
    OPT_VALUE("form", 'f', CHOICE, export_args, form, "warc.gz|warc.zst|wacz|jsonl|csv|cdxj|tar|zip",
              "what to make, when the name of FILE does not tell"),
    OPT_FLAG("whole", 0, export_args, whole, "write captures of the same payload whole, not as revisits"),
    OPTION_END,
};

/* In the order of the choice above. */
static const struct form {
    const char *end;
    enum pressmark_export_form form;
    bool binary; /* not for a terminal */
    bool needs_file;
} forms[] = {
    /* clang-format off */
    {".warc.gz",  PRESSMARK_EXPORT_WARC_GZ,  true,  false},
    {".warc.zst", PRESSMARK_EXPORT_WARC_ZST, true,  false},
    {".wacz",     PRESSMARK_EXPORT_WACZ,     true,  true},
    {".jsonl",    PRESSMARK_EXPORT_JSONL,    false, false},
    {".csv",      PRESSMARK_EXPORT_CSV,      false, false},
    {".cdxj",     PRESSMARK_EXPORT_CDXJ,     false, false},
    {".tar",      PRESSMARK_EXPORT_TAR,      true,  false},
    {".zip",      PRESSMARK_EXPORT_ZIP,      true,  false},
    /* clang-format on */
};
enum { N_FORMS = sizeof(forms) / sizeof(forms[0]) };

/* The form that was asked for or that the name tells; NULL: neither. */
static const struct form *
form_of(const struct export_args *args)
{
    if (args->form)
        return &forms[args->form - 1];
    for (size_t i = 0; i < N_FORMS; i++)
        if (giving_ends(&args->giving, forms[i].end))
            return &forms[i];
    return NULL;
}

static int
check(const struct cli *cli, const struct export_args *args)
{
    const struct form *form = form_of(args);
    bool out = giving_to_stdout(&args->giving);
    int rc = giving_check(cli, &args->giving);

    if (rc != EXIT_DONE)
        return rc;
    if (form == NULL)
        talk("what to make? Use --form, or a FILE that ends in .warc.gz, .warc.zst, .wacz, .jsonl, "
             ".csv, .cdxj, .tar or .zip");
    else if (out && form->needs_file)
        talk("a WACZ needs --to FILE");
    else if (out && cli->tty && form->binary)
        talk("'%s' is nothing for a terminal; use --to or a pipe", form->end + 1);
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

static int export(const struct cli *cli, const void *what, const struct pressmark_query *q, size_t n,
                  struct giving_result *result, struct pressmark_error *err)
{
    const struct export_args *args = what;
    struct pressmark_export_options o = {
        .form = form_of(args)->form,
        .target = args->giving.to ? args->giving.to : "-",
        .out_fd = STDOUT_FILENO,
        .jobs = cli_jobs(args->giving.jobs),
        .whole = args->whole,
        .one_per_story = args->giving.one_per_story,
        .skipped = giving_skipped,
        .progress = progress_plain,
        .ctx = (void *)(uintptr_t)&args->giving,
    };
    struct pressmark_export_result r = {0};
    int rc = pressmark_export(cli->archive, q, n, &o, &r, err);

    *result = (struct giving_result){r.captures, r.records, r.bytes, r.skipped, true};
    return rc;
}

static int
run(struct cli *cli, const void *v)
{
    const struct export_args *args = v;
    const struct giving g = {"export", "exported", export, args};
    int rc = check(cli, args);

    return rc == EXIT_DONE ? giving_run(cli, &args->giving, &g) : rc;
}

const struct command command_export = {
    .name = "export",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct export_args),
    .operands = "[ID...]",
    .most = MANY,
    .summary = "captures in the forms that other programs read: WARC, WACZ, JSON Lines, CSV, CDXJ, tar, zip",
    .about = GIVING_ABOUT,
};
