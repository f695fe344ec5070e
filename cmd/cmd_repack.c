/* cmd_repack.c - pressmark repack: the same records in smaller bundles */
#include <stdio.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct repack_args {
    bool json;
    unsigned jobs, level, bundle_size;
};

static const struct option options[] = {
    {"jobs", 'j', OPTION_NUMBER, offsetof(struct repack_args, jobs), "N",
     "compress in N threads. Default: one a processor", 1, 256},
    {"level", 'l', OPTION_NUMBER, offsetof(struct repack_args, level), "N",
     "zstd level, 1 to 22; higher is smaller and slower", 1, 22},
    {"bundle-size", 0, OPTION_NUMBER, offsetof(struct repack_args, bundle_size), "MIB",
     "largest bundle, in MiB. Default: 1024", 1, 1 << 20},
    {"json", 0, OPTION_FLAG, offsetof(struct repack_args, json), NULL, "the result as JSON Lines",
     0, 0},
    OPTION_END,
};

static int
progress(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    return progress_tell(NULL, done, total);
}

static void
report(const struct cli *cli, const struct repack_args *args,
       const struct pressmark_repack_result *r)
{
    char n[4][32];

    if (args->json) {
        json_begin("summary");
        json_uint("bundles", r->bundles);
        json_uint("records", r->records);
        json_uint("old_bytes", r->old_bytes);
        json_uint("new_bytes", r->new_bytes);
        json_end();
    } else if (!cli->common.quiet) {
        talk_line("%s records in %s bundles, %s; they took %s before", count_text(r->records, n[0]),
                  count_text(r->bundles, n[1]), bytes_text(r->new_bytes, n[2]),
                  bytes_text(r->old_bytes, n[3]));
    }
}

static int
run(struct cli *cli, const void *v)
{
    const struct repack_args *args = v;
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    struct pressmark_repack_options o = {
        .jobs = args->jobs               ? args->jobs
                : cpus > 0 && cpus < 256 ? (unsigned)cpus
                                         : 1,
        .level = (int)args->level,
        .bundle_max = (uint64_t)args->bundle_size << 20,
        .progress = progress,
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
    "repack",
    run,
    NEED_PLACE,
    options,
    sizeof(struct repack_args),
    "",
    0,
    0,
    "put the records into new, smaller bundles",
    "Interrupted at any point, the archive stays whole.",
};
