/* cmd_stats.c - pressmark stats: totals of an archive */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct stats_args {
    bool json;
};

static const struct option options[] = {
    OPT_FLAG("json", 0, stats_args, json, "as JSON Lines"),
    OPTION_END,
};

static void
as_json(const struct pressmark_stats *s)
{
    json_header("stats");
    json_begin("stats");
    json_uint("captures", s->captures);
    json_uint("revisits", s->revisits);
    json_uint("cleaned", s->cleaned);
    json_uint("outlets", s->outlets);
    json_when("first", s->first_us);
    json_when("last", s->last_us);
    json_uint("stories", s->stories);
    json_uint("versions", s->versions);
    json_uint("clustered", s->clustered);
    json_uint("bundles", s->bundles);
    json_uint("records", s->records);
    json_uint("payload_bytes", s->payload_bytes);
    json_uint("record_bytes", s->record_bytes);
    json_uint("stored_bytes", s->stored_bytes);
    json_end();
}

static void
line(const struct cli *cli, const char *name, const char *value, const char *note)
{
    printf("%s%-11s%s%s%s\n", cli->paint->dim, name, cli->paint->off, value, note);
}

static double
share(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static void
as_text(const struct cli *cli, const struct pressmark_stats *s)
{
    char n[32], m[32], note[128];

    snprintf(note, sizeof(note), " (%s of them revisits), %s with article text", count_text(s->revisits, n),
             count_text(s->cleaned, m));
    line(cli, "captures", count_text(s->captures, (char[32]){0}), note);
    line(cli, "outlets", count_text(s->outlets, n), "");
    if (s->captures && s->first_us != PRESSMARK_NO_TIME) {
        snprintf(note, sizeof(note), " to %s", when_text(s->last_us, m));
        line(cli, "dates", when_text(s->first_us, n), note);
    }
    snprintf(note, sizeof(note), " in %s versions, %s captures (%.0f %%)", count_text(s->versions, n),
             count_text(s->clustered, m), 100 * share(s->clustered, s->captures));
    line(cli, "stories", count_text(s->stories, (char[32]){0}), s->stories ? note : "");
    snprintf(note, sizeof(note), ", %s records", count_text(s->records, m));
    line(cli, "bundles", count_text(s->bundles, n), note);
    line(cli, "pages", bytes_text(s->payload_bytes, n), "");
    snprintf(note, sizeof(note), ", %.0f %% of the pages", 100 * share(s->stored_bytes, s->payload_bytes));
    line(cli, "stored in", bytes_text(s->stored_bytes, n), s->payload_bytes ? note : "");
}

static int
run(struct cli *cli, const void *v)
{
    const struct stats_args *args = v;
    struct pressmark_error err = {0, ""};
    struct pressmark_stats s;
    int rc;

    memset(&s, 0, sizeof(s));
    rc = pressmark_stats(cli->archive, &s, &err);
    if (rc != PRESSMARK_OK)
        return cli_exit(rc, &err);
    if (args->json)
        as_json(&s);
    else
        as_text(cli, &s);
    return EXIT_DONE;
}

const struct command command_stats = {
    .name = "stats",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct stats_args),
    .operands = "",
    .summary = "print totals of the archive",
};
