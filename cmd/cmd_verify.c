/* cmd_verify.c - pressmark verify and pressmark rebuild: upkeep that reads every bundle */
#include <stdio.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct upkeep_args {
    bool json;
    unsigned jobs;
};

static const struct option options[] = {
    OPT_NUMBER("jobs", 'j', upkeep_args, jobs, "N", 1, 256, "work in N threads; default: one a processor"),
    OPT_FLAG("json", 0, upkeep_args, json, "as JSON Lines"),
    OPTION_END,
};

struct upkeep {
    const struct cli *cli;
    const struct upkeep_args *args;
};

static void
damage(void *ctx, const struct pressmark_damage *d)
{
    const struct upkeep *u = ctx;

    if (u->args->json) {
        json_begin("damage");
        json_text("bundle", d->bundle);
        json_uint("offset", d->offset);
        json_uint("length", d->length);
        json_text("url", d->url);
        json_text("what", d->what);
        json_end();
        return;
    }
    progress_clear();
    put_text(stdout, d->bundle);
    printf(" at %llu, %llu bytes: ", (unsigned long long)d->offset, (unsigned long long)d->length);
    put_text(stdout, d->what);
    if (d->url) {
        fputs(": ", stdout);
        put_text(stdout, d->url);
    }
    putchar('\n');
}

static void
report(const struct upkeep *u, const struct pressmark_verify_result *r, const char *what)
{
    char records[64], bundles[64], bytes[32], damaged[32], missing[32], stray[32];

    if (u->args->json) {
        json_begin("summary");
        json_uint("bundles", r->bundles);
        json_uint("records", r->records);
        json_uint("bytes", r->bytes);
        json_uint("damaged", r->damaged);
        json_uint("missing", r->missing);
        json_uint("stray", r->stray);
        json_end();
        return;
    }
    if (!u->cli->common.quiet)
        talk_line("%s: %s in %s, %s; %s damaged, %s missing, %s unknown", what,
                  counted_text(r->records, "record", records), counted_text(r->bundles, "bundle", bundles),
                  bytes_text(r->bytes, bytes), count_text(r->damaged, damaged), count_text(r->missing, missing),
                  count_text(r->stray, stray));
}

static int
upkeep(const struct cli *cli, const struct upkeep_args *args, bool rebuild)
{
    const char *name = rebuild ? "rebuild" : "verify";
    struct upkeep u = {cli, args};
    struct pressmark_maint_options o = {
        .jobs = cli_jobs(args->jobs),
        .damage = damage,
        .progress = progress_plain,
        .ctx = &u,
    };
    struct pressmark_verify_result result = {0};
    struct pressmark_error err = {0, ""};
    int rc;

    signals_catch();
    if (args->json)
        json_header(name);
    progress_begin(name, PROGRESS_BYTES, cli->common.quiet);
    rc = rebuild ? pressmark_rebuild(cli->place, &o, &result, &err) : pressmark_verify(cli->archive, &o, &result, &err);
    progress_end();
    if (rc >= 0)
        report(&u, &result, rebuild ? "rebuilt" : rc == PRESSMARK_OK ? "sound" : "DAMAGED");
    if (rc == PRESSMARK_ENOTFOUND && rebuild) {
        talk("%s", err.text);
        return cli_no_archive();
    }
    return cli_exit(rc, &err);
}

static int
verify(struct cli *cli, const void *args)
{
    return upkeep(cli, args, false);
}

static int
rebuild(struct cli *cli, const void *args)
{
    return upkeep(cli, args, true);
}

const struct command command_verify = {
    .name = "verify",
    .run = verify,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct upkeep_args),
    .operands = "",
    .summary = "check every byte of the archive, and name what is damaged",
};

const struct command command_rebuild = {
    .name = "rebuild",
    .run = rebuild,
    .need = NEED_PLACE,
    .options = options,
    .args_size = sizeof(struct upkeep_args),
    .operands = "",
    .summary = "make the manifest again from the bundles",
};
