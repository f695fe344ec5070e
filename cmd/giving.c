/* giving.c - the run of the commands that give captures out */
#include "giving.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "talk.h"

bool
giving_to_stdout(const struct giving_args *args)
{
    return !args->to || strcmp(args->to, "-") == 0;
}

bool
giving_ends(const struct giving_args *args, const char *end)
{
    size_t n = args->to ? strlen(args->to) : 0, m = strlen(end);

    return n > m && strcmp(args->to + n - m, end) == 0;
}

int
giving_check(const struct cli *cli, const struct giving_args *args)
{
    bool chosen = query_given(&args->query) || cli->n_operands > 0;

    if (!chosen && !args->all)
        talk("choose captures by ID or by an option, or take them with --all");
    else if (chosen && args->all)
        talk("--all does not go with a choice of captures");
    else if (args->json && giving_to_stdout(args))
        talk("--json needs --to: standard output holds the captures");
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

void
giving_skipped(void *ctx, const char *text)
{
    const struct giving_args *args = ctx;

    tell_skipped(text, args->json);
}

static void
report(const struct cli *cli, const struct giving_args *args, const struct giving *g, const struct giving_result *r)
{
    char captures[64], bytes[32];

    if (args->json) {
        json_begin("summary");
        json_uint("captures", r->captures);
        if (r->has_records)
            json_uint("records", r->records);
        json_uint("bytes", r->bytes);
        json_uint("skipped", r->skipped);
        json_end();
    } else if (!cli->common.quiet && !giving_to_stdout(args)) {
        talk_line("%s %s to '%s', %s", counted_text(r->captures, "capture", captures), g->done, args->to,
                  bytes_text(r->bytes, bytes));
    }
}

static int
give(const struct cli *cli, const struct giving_args *args, const struct giving *g, const struct pressmark_query *q,
     size_t n)
{
    struct giving_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    if (args->json)
        json_header(g->name);
    progress_begin(g->name, PROGRESS_BYTES, cli->common.quiet);
    rc = g->run(cli, g->what, q, n, &result, &err);
    progress_end();
    if (rc == PRESSMARK_NO) {
        talk("no capture matches");
        return EXIT_NO;
    }
    if (rc >= 0)
        report(cli, args, g, &result);
    return cli_exit(rc, &err);
}

int
giving_run(struct cli *cli, const struct giving_args *args, const struct giving *g)
{
    struct pressmark_query *queries = NULL;
    struct query q;
    size_t n = 0;
    int rc = query_init(cli, &q, &args->query);

    if (rc == EXIT_DONE)
        rc = query_each(cli, &q, &queries, &n);
    if (rc == EXIT_DONE)
        rc = give(cli, args, g, queries, n);
    free(queries);
    query_release(&q);
    return rc;
}
