/* cmd_merge.c - pressmark merge: take over what other archives have */
#include <stdio.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct merge_args {
    bool dry_run, json;
    unsigned level;
    uint64_t bundle_max;
};

static const struct option options[] = {
    OPT_FLAG("dry-run", 'n', merge_args, dry_run, "tell what would be taken over, and write nothing"),
    OPT_NUMBER("level", 'l', merge_args, level, "N", 1, 22,
               "zstd level, 1 to 22, of the few records that are packed anew"),
    OPT_VALUE("bundle-size", 0, SIZE, merge_args, bundle_max, "SIZE", "begin another bundle at this size; default 1G"),
    OPT_FLAG("json", 0, merge_args, json, "the result as JSON Lines"),
    OPTION_END,
};

static void
skipped(void *ctx, const char *text)
{
    const struct merge_args *args = ctx;

    tell_skipped(text, args->json);
}

static void
report_json(const struct merge_args *args, const struct pressmark_merge_result *r)
{
    json_begin("summary");
    json_bool("dry_run", args->dry_run);
    json_uint("captures", r->captures);
    json_uint("revisits", r->revisits);
    json_uint("held", r->held);
    json_uint("skipped", r->skipped);
    json_uint("records", r->records);
    json_uint("repacked", r->repacked);
    json_uint("bundles", r->bundles);
    json_uint("bytes", r->bytes);
    json_end();
}

static void
report(const struct merge_args *args, const struct pressmark_merge_result *r)
{
    char captures[64], revisits[64], held[32], skips[32], records[64], repacked[32], bundles[64], bytes[32];

    counted_text(r->captures, "capture", captures);
    counted_text(r->revisits, "revisit", revisits);
    count_text(r->held, held);
    count_text(r->skipped, skips);
    if (args->dry_run)
        talk_line("%s to take over (%s), %s held already; nothing was written", captures, revisits, held);
    else if (r->records == 0)
        talk_line("%s taken over, %s held already, %s skipped", captures, held, skips);
    else
        talk_line("%s taken over (%s), %s held already, %s skipped; %s, %s of them packed anew; %s, %s begun", captures,
                  revisits, held, skips, counted_text(r->records, "record", records), count_text(r->repacked, repacked),
                  bytes_text(r->bytes, bytes), counted_text(r->bundles, "bundle", bundles));
}

static int
run(struct cli *cli, const void *v)
{
    const struct merge_args *args = v;
    struct pressmark_merge_options o = {
        .level = (int)args->level,
        .bundle_max = args->bundle_max,
        .dry_run = args->dry_run,
        .skipped = skipped,
        .progress = progress_plain,
        .ctx = (void *)(uintptr_t)args,
    };
    struct pressmark_merge_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc = cli_open(cli, !args->dry_run);

    if (rc != EXIT_DONE)
        return rc;
    signals_catch();
    if (args->json)
        json_header("merge");
    progress_begin("merge", PROGRESS_BYTES, cli->common.quiet);
    rc = pressmark_merge(cli->archive, (const char *const *)cli->operands, cli->n_operands, &o, &result, &err);
    progress_end();
    if (rc == PRESSMARK_ENOTFOUND) {
        talk("%s", err.text);
        return EXIT_NO_ARCHIVE;
    }
    /* What was taken over before a signal stays: say so as well. */
    if ((rc >= 0 || rc == PRESSMARK_ECANCELED) && args->json)
        report_json(args, &result);
    else if ((rc >= 0 || rc == PRESSMARK_ECANCELED) && !cli->common.quiet)
        report(args, &result);
    return cli_exit(rc, &err);
}

const struct command command_merge = {
    .name = "merge",
    .run = run,
    .need = NEED_PLACE,
    .options = options,
    .args_size = sizeof(struct merge_args),
    .operands = "ARCHIVE...",
    .least = 1,
    .most = MANY,
    .summary = "take over the captures of other archives",
    .about = "Records are copied as they are stored; what is here already is not taken twice. The other\n"
             "archives are only read. Interrupted at any point, the same merge goes on where it was.",
};
