/* cmd_version.c - pressmark version */
#include <stdio.h>

#include "cli.h"
#include "output.h"

struct version_args {
    bool json;
};

static const struct option options[] = {
    OPT_FLAG("json", 0, version_args, json, "as JSON Lines"),
    OPTION_END,
};

static int
print_part(void *ctx, const char *name, const char *version)
{
    const struct version_args *v = ctx;

    if (!v->json) {
        printf("%s %s\n", name, version);
        return 0;
    }
    json_begin("version");
    json_text("name", name);
    json_text("version", version);
    json_end();
    return 0;
}

static int
run(struct cli *cli, const void *args)
{
    struct version_args v = *(const struct version_args *)args;

    (void)cli;
    if (v.json)
        json_header("version");
    (void)print_part(&v, "pressmark", pressmark_version());
    (void)pressmark_components(print_part, &v);
    return EXIT_DONE;
}

const struct command command_version = {
    .name = "version",
    .run = run,
    .options = options,
    .args_size = sizeof(struct version_args),
    .operands = "",
    .summary = "print the version, and those of the parts it is made of",
};
