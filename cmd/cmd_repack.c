/* cmd_repack.c - pressmark repack: the same records in smaller bundles */
#include <stdio.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct repack_args {
    bool json;
    unsigned jobs, level;
    uint64_t bundle_max;
};

static const struct option options[] = {
    OPT_NUMBER("jobs", 'j', repack_args, jobs, "N", 1, 256, "compress in N threads; default: one a processor"),
    OPT_NUMBER("level", 'l', repack_args, level, "N", 1, 22, "zstd level, 1 to 22; higher is smaller and slower"),
    OPT_VALUE("bundle-size", 0, SIZE, repack_args, bundle_max, "SIZE", "begin another bundle at this size; default 1G"),
    OPT_FLAG("json", 0, repack_args, json, "the result as JSON Lines"),
    OPTION_END,
};

static void
report(const struct cli *cli, const struct repack_args *args, const struct pressmark_repack_result *r)
{
    char records[64], bundles[64], now[32], before[32];

    if (args->json) {
        json_begin("summary");
        json_uint("bundles", r->bundles);
        json_uint("records", r->records);
        json_uint("old_bytes", r->old_bytes);
        json_uint("new_bytes", r->new_bytes);
        json_end();
    } else if (!cli->common.quiet) {
        talk_line("%s in %s, %s; they took %s before", counted_text(r->records, "record", records),
                  counted_text(r->bundles, "bundle", bundles), bytes_text(r->new_bytes, now),
                  bytes_text(r->old_bytes, before));
    }
}

static int
run(struct cli *cli, const void *v)
{
    const struct repack_args *args = v;
    struct pressmark_repack_options o = {
        .jobs = cli_jobs(args->jobs),
        .level = (int)args->level,
        .bundle_max = args->bundle_max,
        .progress = progress_plain,
    };
    struct pressmark_repack_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    if (args->json)
        json_header("repack");
    progress_begin("repack", PROGRESS_BYTES, cli->common.quiet);
    rc = pressmark_repack(cli->place, &o, &result, &err);
    progress_end();
    if (rc == PRESSMARK_ENOTFOUND) {
        talk("%s", err.text);
        return EXIT_NO_ARCHIVE;
    }
    if (rc == PRESSMARK_OK)
        report(cli, args, &result);
    return cli_exit(rc, &err);
}

const struct command command_repack = {
    .name = "repack",
    .run = run,
    .need = NEED_PLACE,
    .options = options,
    .args_size = sizeof(struct repack_args),
    .operands = "",
    .summary = "put the records into new, smaller bundles",
    .about = "Interrupted at any point, the archive stays whole.",
};
