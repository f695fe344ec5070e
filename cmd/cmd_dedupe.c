/* cmd_dedupe.c - pressmark dedupe: find near copies, and report them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture_out.h"
#include "cli.h"
#include "explain.h"
#include "output.h"
#include "story_out.h"
#include "talk.h"

struct dedupe_args {
    bool json, csv, tsv, brief, report, full, explain, no_notes;
    int level;
    unsigned jobs, min_size, limit, days;
    double story_min, version_min;
    uint64_t memory_max;
    const char *cluster, *html, *title;
    uint64_t texts_max;
};

enum level { LEVEL_DEFAULT, LEVEL_STORY, LEVEL_VERSION, LEVEL_BOTH };

static const struct option options[] = {
    OPT_VALUE("level", 'l', CHOICE, dedupe_args, level, "story|version|both",
              "report tellings of one story (the default), copies of one text, or both"),
    OPT_NUMBER("min-size", 'm', dedupe_args, min_size, "N", 1, 1000000000, "report clusters of N captures or more"),
    OPT_NUMBER("limit", 'n', dedupe_args, limit, "N", 1, 1000000000, "report the N largest clusters only"),
    OPT_VALUE("cluster", 'c', TEXT, dedupe_args, cluster, "ID", "report this cluster only"),
    OPT_FLAG("brief", 'b', dedupe_args, brief, "report without the table of captures"),
    OPT_FLAG("no-notes", 0, dedupe_args, no_notes, "report without the words that were cut and added"),
    OPT_FLAG("json", 0, dedupe_args, json, "as JSON Lines: a row for each cluster"),
    OPT_FLAG("csv", 0, dedupe_args, csv, "as CSV: a row for each member"),
    OPT_FLAG("tsv", 0, dedupe_args, tsv, "the same as tab-separated lines"),
    OPT_VALUE("html", 0, TEXT, dedupe_args, html, "FILE",
              "as one page for a browser, which needs nothing else; '-': standard output"),
    OPT_VALUE("title", 0, TEXT, dedupe_args, title, "TEXT", "headline of that page"),
    OPT_VALUE("texts", 0, SIZE, dedupe_args, texts_max, "SIZE",
              "most bytes of texts side by side in that page; default 32M"),
    OPT_FLAG("explain", 'e', dedupe_args, explain, "show every number that leads to the verdict on captures A and B"),
    OPT_FLAG("report", 'r', dedupe_args, report, "report the last run again; find nothing anew, write nothing"),
    OPT_FLAG("full", 0, dedupe_args, full, "start over instead of going on from the last run"),
    OPT_VALUE("story-min", 0, RATIO, dedupe_args, story_min, "RATIO",
              "least share of the shorter text in a story; default 0.45"),
    OPT_VALUE("version-min", 0, RATIO, dedupe_args, version_min, "RATIO", "the same in a version; default 0.70"),
    OPT_NUMBER("days", 0, dedupe_args, days, "N", 1, 100000, "most days between copies; default 28"),
    OPT_VALUE("memory", 0, SIZE, dedupe_args, memory_max, "SIZE", "memory to work in; default 256M"),
    OPT_NUMBER("jobs", 'j', dedupe_args, jobs, "N", 1, 256,
               "taken, and changes nothing: the search works in one thread"),
    OPTION_END,
};

struct dedupe {
    struct cli *cli;
    const struct dedupe_args *args;
    struct pressmark_dedupe_result result;
    struct table table;
    struct story_report report;
    uint64_t limit; /* of clusters; 0: none */
    uint64_t shown, members;
    bool cut; /* there are more */
};

/* Clusters that a terminal is shown when no number was asked for. */
enum { TERMINAL_CLUSTERS = 10 };

/* ---- one cluster in each form ---- */

static void
member_json(const struct pressmark_member *m)
{
    const struct pressmark_capture *c = m->capture;

    json_item();
    capture_which(c);
    json_number("containment", m->containment);
    json_number("jaccard", m->jaccard);
    json_uint("words", c->words);
    json_uint("shared_words", m->shared_words);
    json_uint("cut_words", m->cut_words);
    json_uint("added_words", m->added_words);
    json_text("previous", m->previous);
    json_text("version", m->version);
    json_close();
}

static void
cluster_json(const struct pressmark_cluster *c)
{
    json_begin("cluster");
    json_text("level", c->level);
    json_text("id", c->id);
    json_text("story", c->story);
    json_text("source", c->source);
    json_number("confidence", c->confidence);
    json_text("reasons", c->reasons);
    json_when("first", c->first_us);
    json_when("last", c->last_us);
    json_list("members");
    for (size_t i = 0; i < c->n_members; i++)
        member_json(&c->members[i]);
    json_list_end();
    json_end();
}

static void
table_names(struct table *t)
{
    static const char *const names[] = {
        "capture", "cluster",      "level",     "source",      "id",          "url",
        "outlet",  "date",         "title",     "credit",      "containment", "jaccard",
        "words",   "shared_words", "cut_words", "added_words", "previous",    "version",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        table_text(t, names[i]);
    table_end(t);
}

static void
cluster_table(struct table *t, const struct pressmark_cluster *c)
{
    for (size_t i = 0; i < c->n_members; i++) {
        const struct pressmark_member *m = &c->members[i];
        const struct pressmark_capture *p = m->capture;
        table_text(t, p->key ? p->key : p->id);
        table_text(t, c->id);
        table_text(t, c->level);
        table_text(t, strcmp(p->id, c->source) == 0 ? "yes" : "no");
        table_text(t, p->id);
        table_text(t, p->url);
        table_text(t, p->outlet);
        table_when(t, p->when_us);
        table_text(t, p->title);
        table_text(t, p->credit);
        table_real(t, m->containment);
        table_real(t, m->jaccard);
        table_uint(t, p->words);
        table_uint(t, m->shared_words);
        table_uint(t, m->cut_words);
        table_uint(t, m->added_words);
        table_text(t, m->previous);
        table_text(t, m->version);
        table_end(t);
    }
}

static int
each(void *ctx, const struct pressmark_cluster *c)
{
    struct dedupe *d = ctx;
    const struct dedupe_args *args = d->args;

    if (args->cluster && strcmp(args->cluster, c->id) != 0)
        return PRESSMARK_OK;
    if (c->n_members < args->min_size)
        return PRESSMARK_NO; /* the largest come first */
    if (d->limit && d->shown >= d->limit) {
        d->cut = true;
        return PRESSMARK_NO;
    }
    d->shown++;
    d->members += c->n_members;
    if (args->json)
        cluster_json(c);
    else if (args->csv || args->tsv)
        cluster_table(&d->table, c);
    else
        story_print(&d->report, c);
    if (args->cluster)
        return PRESSMARK_NO;
    return ferror(stdout) ? PRESSMARK_ECANCELED : PRESSMARK_OK;
}

/* ---- the report ---- */

static void
print_header(struct dedupe *d)
{
    char *parameters = NULL;

    if (d->args->csv || d->args->tsv)
        table_names(&d->table);
    if (!d->args->json)
        return;
    json_begin("header");
    json_int("format", 1);
    json_text("command", "dedupe");
    if (pressmark_dedupe_parameters(d->cli->archive, &parameters, NULL) == PRESSMARK_OK)
        json_raw("parameters", parameters);
    json_end();
    pressmark_bytes_free(parameters);
}

static void
print_summary(const struct dedupe *d)
{
    const struct pressmark_dedupe_result *r = &d->result;
    char captures[64], round_ups[64], stories[32], versions[32];

    if (d->args->json) {
        json_begin("summary");
        json_uint("clusters", d->shown);
        json_uint("members", d->members);
        if (!d->args->report) {
            json_uint("captures", r->captures);
            json_uint("short_texts", r->short_texts);
            json_uint("candidates", r->candidates);
            json_uint("edges", r->edges);
            json_uint("partial", r->partial);
            json_uint("stories", r->stories);
            json_uint("versions", r->versions);
            json_uint("composites", r->composites);
        }
        json_end();
        return;
    }
    if (d->cli->common.quiet)
        return;
    if (d->cut)
        talk_line("more not shown; '--limit N' shows the N largest, '--html FILE' all in a page");
    if (!d->args->report)
        talk_line("%s: stories %s, versions %s, %s", counted_text(r->captures, "capture", captures),
                  count_text(r->stories, stories), count_text(r->versions, versions),
                  counted_text(r->composites, "round-up", round_ups));
}

static int
report_level(struct dedupe *d, const char *level)
{
    struct pressmark_error err = {0, ""};
    int rc = pressmark_clusters(d->cli->archive, level, each, d, &err);

    /* That there are no copies is a result. */
    return rc == PRESSMARK_NO ? EXIT_DONE : ferror(stdout) ? EXIT_FAILED : cli_exit(rc, &err);
}

static int
progress(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
    (void)ctx;
    return progress_tell(stage, done, total);
}

static int
report_page(struct dedupe *d)
{
    const struct dedupe_args *args = d->args;
    struct pressmark_report_page_options o = {
        .target = args->html,
        .out_fd = STDOUT_FILENO,
        .title = args->title,
        .stories_max = args->limit,
        .members_min = args->min_size,
        .texts_max = args->texts_max > SIZE_MAX ? SIZE_MAX : (size_t)args->texts_max,
        .progress = progress,
    };
    struct pressmark_report_page_result r;
    struct pressmark_error err = {0, ""};
    char stories[64], size[32], left[64];
    int rc;

    signals_catch();
    progress_begin("report", PROGRESS_COUNT, d->cli->common.quiet);
    rc = pressmark_report_page(d->cli->archive, &o, &r, &err);
    progress_end();
    if (rc != PRESSMARK_OK)
        return cli_exit(rc, &err);
    if (d->cli->common.quiet || strcmp(args->html, "-") == 0)
        return EXIT_DONE;
    talk_line("report on %s written to '%s', %s", counted_text(r.stories, "story", stories), args->html,
              bytes_text(r.bytes, size));
    if (r.stories_left_out)
        talk_line("%s smaller not in it", counted_text(r.stories_left_out, "story", left));
    if (r.texts_left_out)
        talk_line("%s in it without their texts; '--texts SIZE' makes room",
                  counted_text(r.texts_left_out, "story", left));
    return EXIT_DONE;
}

static int
report(struct dedupe *d)
{
    const struct dedupe_args *args = d->args;
    int rc = EXIT_DONE;

    if (args->report && !cli_deduped(d->cli))
        return EXIT_NO;
    if (args->html)
        return report_page(d);
    if (!args->json && !args->csv && !args->tsv && !args->brief && !args->no_notes) {
        struct pressmark_error err = {0, ""};

        rc = pressmark_open(&d->report.texts, d->cli->place, false, &err);
        if (rc != PRESSMARK_OK)
            return cli_fail(rc, &err);
    }
    print_header(d);
    d->limit = args->limit;
    if (!d->limit && d->cli->tty && !args->json && !args->csv && !args->tsv)
        d->limit = TERMINAL_CLUSTERS;
    if (args->level != LEVEL_VERSION)
        rc = report_level(d, "story");
    if (rc == EXIT_DONE && (args->level == LEVEL_VERSION || args->level == LEVEL_BOTH))
        rc = report_level(d, "version");
    pressmark_free(d->report.texts);
    if (rc != EXIT_DONE)
        return rc;
    print_summary(d);
    if (d->shown == 0 && args->cluster) {
        talk("no cluster has the id '%s'", args->cluster);
        return EXIT_NO;
    }
    if (d->shown == 0 && !d->cli->common.quiet && !args->json)
        talk_line("No near copies.");
    return EXIT_DONE;
}

/* ---- the run ---- */

static int
find(struct dedupe *d, const struct pressmark_dedupe_options *o)
{
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    progress_begin("dedupe", PROGRESS_COUNT, d->cli->common.quiet);
    rc = pressmark_dedupe(d->cli->archive, o, &d->result, &err);
    progress_end();
    return cli_exit(rc, &err);
}

static int
check(const struct cli *cli, const struct dedupe_args *args)
{
    if (args->json + args->csv + args->tsv + (args->html != NULL) > 1)
        talk("choose one of --json, --csv, --tsv and --html");
    else if (args->html && (args->cluster || args->level || args->brief || args->no_notes))
        talk("'--html' goes with --limit, --min-size, --title and --texts only");
    else if (!args->html && (args->title || args->texts_max))
        talk("'--title' and '--texts' are for '--html'");
    else if (args->explain && cli->n_operands != 2)
        talk("'--explain' needs two captures, A and B");
    else if (args->explain && (args->csv || args->tsv || args->html || args->report))
        talk("'--explain' goes with --json only");
    else if (!args->explain && cli->n_operands > 0)
        talk("'%s': only '--explain' takes captures", cli->operands[0]);
    else
        return EXIT_DONE;
    return cli_usage(cli);
}

static int
run(struct cli *cli, const void *v)
{
    const struct dedupe_args *args = v;
    struct pressmark_dedupe_options o = {
        .story_min = args->story_min,
        .version_min = args->version_min,
        .days_max = args->days,
        .memory_max = args->memory_max > SIZE_MAX ? SIZE_MAX : (size_t)args->memory_max,
        .full = args->full,
        .progress = progress,
    };
    struct dedupe d = {.cli = cli, .args = args, .table = {args->tsv, cli->tty, false}};
    int rc = check(cli, args);

    if (rc == EXIT_DONE)
        rc = cli_open(cli, !args->explain && !args->report);
    if (rc != EXIT_DONE)
        return rc;
    if (args->explain)
        return explain(cli, cli->operands[0], cli->operands[1], &o, args->json);
    d.report = (struct story_report){.cli = cli, .brief = args->brief, .width = (size_t)term_columns(STDOUT_FILENO)};
    if (!args->report)
        rc = find(&d, &o);
    return rc == EXIT_DONE ? report(&d) : rc;
}

const struct command command_dedupe = {
    .name = "dedupe",
    .run = run,
    .need = NEED_PLACE,
    .options = options,
    .args_size = sizeof(struct dedupe_args),
    .operands = "[--explain A B]",
    .most = MANY,
    .summary = "find near copies and report them; nothing is deleted",
    .about = "A story is what outlets made of one wire text; a version, copies of one text of it.",
};
