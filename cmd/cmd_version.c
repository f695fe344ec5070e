/* cmd_version.c - pressmark version */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "output.h"

struct version_args {
    bool json;
};

static const struct option options[] = {
    {"json", 0, OPTION_FLAG, offsetof(struct version_args, json), NULL, "as JSON Lines", 0, 0},
    OPTION_END,
};

static int
run(struct cli *cli, const void *args)
{
    const struct version_args *v = args;
    const char *parts = pressmark_components();

    (void)cli;
    if (!v->json) {
        printf("pressmark %s\n%s", pressmark_version(), parts);
        return EXIT_DONE;
    }
    json_header("version");
    json_begin("version");
    json_text("name", "pressmark");
    json_text("version", pressmark_version());
    json_end();
    /* Lines "name version". */
    for (size_t n; *parts; parts += n + (parts[n] == '\n')) {
        size_t name = strcspn(parts, " \n");
        n = strcspn(parts, "\n");
        json_begin("version");
        json_bytes("name", parts, name);
        json_bytes("version", parts + name + (name < n), n - name - (name < n));
        json_end();
    }
    return EXIT_DONE;
}

const struct command command_version = {
    "version", run, NEED_NOTHING, options, sizeof(struct version_args), "", 0, 0,
    "print the version, and those of the parts it is made of", NULL,
};
