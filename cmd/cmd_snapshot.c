/* cmd_snapshot.c - pressmark snapshot: take captures in */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct snapshot_args {
    bool json, nul, mirror, verbose;
    unsigned jobs, level;
    int64_t date_us;
    uint64_t bundle_max, payload_max;
    const char *agencies, *files_from;
};

static const struct option options[] = {
    OPT_VALUE("date", 'd', SINCE, snapshot_args, date_us, "DATE",
              "for inputs that give no date; else it is the page's, else the file's"),
    OPT_NUMBER("jobs", 'j', snapshot_args, jobs, "N", 1, 256,
               "work in N threads, to the same bytes; default: one a processor"),
    OPT_NUMBER("level", 'l', snapshot_args, level, "N", 1, 22, "zstd level of the bundles, 1 to 22"),
    OPT_VALUE("files-from", 'T', TEXT, snapshot_args, files_from, "FILE",
              "take the inputs listed in FILE too, one a line ('-': standard input)"),
    OPT_FLAG("null", '0', snapshot_args, nul, "names in the list end with NUL, not with a line end"),
    OPT_FLAG("mirror", 'm', snapshot_args, mirror, "inputs are a mirror (wget -r, HTTrack): URLs come from paths"),
    OPT_VALUE("agencies", 0, TEXT, snapshot_args, agencies, "FILE",
              "more agencies for credits: lines of short name, tab, alias..."),
    OPT_VALUE("bundle-size", 0, SIZE, snapshot_args, bundle_max, "SIZE",
              "begin another bundle at this size; default 1G"),
    OPT_VALUE("max-payload", 0, SIZE, snapshot_args, payload_max, "SIZE",
              "leave out captures over this size; default 16G"),
    OPT_FLAG("json", 0, snapshot_args, json, "the result as JSON Lines"),
    OPTION_END,
};

struct run {
    const struct cli *cli;
    const struct snapshot_args *args;
};

static void
skipped(void *ctx, const char *text)
{
    const struct run *r = ctx;

    tell_skipped(text, r->args->json);
}

static void
noted(void *ctx, const char *text)
{
    const struct run *r = ctx;

    talk("taken, but odd: %s", text);
    if (r->args->json) {
        json_begin("noted");
        json_text("reason", text);
        json_end();
    }
}

static int
progress(void *ctx, uint64_t captures, uint64_t bytes, uint64_t total)
{
    char note[64], n[32];

    (void)ctx;
    snprintf(note, sizeof(note), "%s captures", count_text(captures, n));
    return progress_tell(note, bytes, total);
}

/* The inputs: operands, then the names of a list. The array is the caller's to free, the names
 * point into *list. */
static const char **
gather(const struct cli *cli, char *list, size_t len, bool nul, size_t *n)
{
    size_t room = cli->n_operands, at = 0;
    const char **inputs;
    char end = nul ? '\0' : '\n';

    for (size_t i = 0; i < len; i++)
        room += list[i] == end;
    inputs = must_realloc(NULL, (room + 1) * sizeof(*inputs));
    for (size_t i = 0; i < cli->n_operands; i++)
        inputs[at++] = cli->operands[i];
    for (size_t i = 0; i < len;) {
        size_t from = i;
        while (i < len && list[i] != end)
            i++;
        if (i > from && end == '\n' && list[i - 1] == '\r')
            list[i - 1] = '\0';
        list[i++] = '\0'; /* read_whole() leaves room behind the last byte */
        if (list[from])
            inputs[at++] = list + from;
    }
    *n = at;
    return inputs;
}

static void
report(const struct run *r, const struct pressmark_snapshot_result *s)
{
    char captures[64], revisits[64], held[32], skips[32], in[32], out[32];

    if (r->args->json) {
        json_begin("summary");
        json_uint("captures", s->captures);
        json_uint("revisits", s->revisits);
        json_uint("held", s->held);
        json_uint("skipped", s->skipped);
        json_uint("passed", s->passed);
        json_uint("records", s->records);
        json_uint("payload_bytes", s->payload_bytes);
        json_uint("stored_bytes", s->stored_bytes);
        json_end();
    }
    if (r->cli->common.quiet || r->args->json)
        return;
    counted_text(s->captures, "capture", captures);
    counted_text(s->revisits, "revisit", revisits);
    count_text(s->held, held);
    count_text(s->skipped, skips);
    if (s->payload_bytes && s->captures)
        talk_line("%s stored (%s), %s held already, %s skipped; %s in %s, ratio %.2f", captures, revisits, held, skips,
                  bytes_text(s->payload_bytes, in), bytes_text(s->stored_bytes, out),
                  (double)s->stored_bytes / (double)s->payload_bytes);
    else
        talk_line("%s stored (%s), %s held already, %s skipped", captures, revisits, held, skips);
}

static int
take(struct run *r, const char *const *inputs, size_t n, const char *agencies)
{
    const struct snapshot_args *args = r->args;
    struct pressmark_snapshot_result result = {0};
    struct pressmark_error err = {0, ""};
    struct pressmark_snapshot_options o = {
        .jobs = cli_jobs(args->jobs),
        .date_us = args->date_us,
        .level = (int)args->level,
        .bundle_max = args->bundle_max,
        .payload_max = args->payload_max,
        .agencies = agencies,
        .mirror = args->mirror,
        .skipped = skipped,
        .noted = noted,
        .progress = progress,
        .ctx = r,
    };
    int rc;

    signals_catch();
    if (args->json)
        json_header("snapshot");
    progress_begin("snapshot", PROGRESS_BYTES, r->cli->common.quiet);
    rc = pressmark_snapshot(r->cli->archive, inputs, n, &o, &result, &err);
    progress_end();
    /* What came in before a failure or a signal is in: say so as well. */
    if (rc >= 0 || result.captures > 0)
        report(r, &result);
    return cli_exit(rc, &err);
}

static int
run(struct cli *cli, const void *v)
{
    const struct snapshot_args *args = v;
    struct run r = {cli, args};
    char *list = NULL, *agencies = NULL;
    const char **inputs = NULL, *why = NULL;
    size_t len = 0, n = 0;
    int rc = EXIT_FAILED;

    if (cli->n_operands == 0 && !args->files_from) {
        talk("'snapshot' needs INPUT..., or '--files-from'");
        return cli_usage(cli);
    }
    if (args->files_from && !read_whole(args->files_from, PAGE_MAX, &list, &len, &why)) {
        talk("cannot read '%s': %s", args->files_from, why);
        goto out;
    }
    if (args->agencies && !read_text(args->agencies, &agencies))
        goto out;
    inputs = gather(cli, list, len, args->nul, &n);
    rc = take(&r, inputs, n, agencies);
out:
    free((void *)inputs);
    free(agencies);
    free(list);
    return rc;
}

const struct command command_snapshot = {
    .name = "snapshot",
    .run = run,
    .need = NEED_WRITE,
    .options = options,
    .args_size = sizeof(struct snapshot_args),
    .operands = "INPUT...",
    .most = MANY,
    .summary = "take captures in",
    .about = "INPUT is HTML, plain text, MHTML, a WARC or ARC file, WACZ, zip, tar or 7z of pages, JSON\n"
             "Lines, a directory of these, or '-' for standard input.",
};
