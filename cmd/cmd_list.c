/* cmd_list.c - pressmark list: captures in order of date */
#include <stdio.h>
#include <string.h>

#include "capture_out.h"
#include "query.h"
#include "talk.h"

struct list_args {
    struct query_args query;
    bool json, csv, tsv, ids, nul;
};

static const struct option options[] = {
    QUERY_OPTIONS(list_args, query),
    OPT_FLAG("ids", 'i', list_args, ids, "print ids alone, one a line"),
    OPT_FLAG("null", '0', list_args, nul, "with --ids: end each with NUL"),
    OPT_FLAG("json", 0, list_args, json, "as JSON Lines, all fields"),
    OPT_FLAG("csv", 0, list_args, csv, "as CSV, for spreadsheets"),
    OPT_FLAG("tsv", 0, list_args, tsv, "as tab-separated lines"),
    OPTION_END,
};

struct listing {
    const struct cli *cli;
    const struct list_args *args;
    struct table table;
    size_t width;
    uint64_t n;
};

/* A line for people: id, date, outlet, title. */
static void
print_line(const struct listing *l, const struct pressmark_capture *c)
{
    enum { OUTLET = 22, LEAD = 16 + 2 + 16 + 2 + OUTLET + 2 };
    const struct paint *p = l->cli->paint;
    const char *title = c->title ? c->title : c->url ? c->url : c->key ? c->key : "";
    char when[32];

    printf("%s%s%s  %-16s  ", p->id, c->id, p->off, when_text(c->when_us, when));
    put_column(stdout, c->outlet ? c->outlet : "-", OUTLET);
    fputs("  ", stdout);
    put_cut(stdout, title, l->width > LEAD + 10 ? l->width - LEAD : 0);
    putchar('\n');
}

static int
each(void *ctx, const struct pressmark_capture *c)
{
    struct listing *l = ctx;

    l->n++;
    if (l->args->ids)
        printf("%s%c", c->id, l->args->nul ? '\0' : '\n');
    else if (l->args->json)
        capture_json(c);
    else if (l->args->csv || l->args->tsv)
        capture_cells(&l->table, c);
    else
        print_line(l, c);
    /* Output that nobody takes any more ends it; the program finds out why. */
    return ferror(stdout) ? PRESSMARK_ECANCELED : PRESSMARK_OK;
}

static int
run(struct cli *cli, const void *v)
{
    const struct list_args *args = v;
    struct listing l = {cli, args, {args->tsv, cli->tty, false}, cli->tty ? (size_t)term_columns(1) : 0, 0};
    struct pressmark_error err = {0, ""};
    struct query q;
    int rc;

    if (args->ids + args->json + args->csv + args->tsv > 1) {
        talk("choose one of --ids, --json, --csv and --tsv");
        return cli_usage(cli);
    }
    rc = query_init(cli, &q, &args->query);
    if (rc != EXIT_DONE)
        goto out;
    if (cli->n_operands)
        q.q.id = cli->operands[0];
    if (args->json)
        json_header("list");
    else if (args->csv || args->tsv)
        capture_names(&l.table);
    rc = pressmark_select(cli->archive, &q.q, each, &l, &err);
    if (rc == PRESSMARK_EINVAL) {
        talk("%s", err.text);
        rc = cli_usage(cli);
        goto out;
    }
    if (args->json && rc >= 0) {
        json_begin("summary");
        json_uint("captures", l.n);
        json_end();
    }
    if (rc == PRESSMARK_NO && !cli->common.quiet)
        talk("no capture matches");
    rc = ferror(stdout) ? EXIT_FAILED : cli_exit(rc, &err);
out:
    query_release(&q);
    return rc;
}

const struct command command_list = {
    .name = "list",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct list_args),
    .operands = "[ID]",
    .most = 1,
    .summary = "list captures, in order of date",
    .about = "Options that choose captures hold together. ID: the first digits of an id (4 or more), or a\n"
             "whole key.",
};
