/* cmd_init.c - pressmark init: make an archive */
#include "cli.h"
#include "talk.h"

static int
run(struct cli *cli, const void *args)
{
    const char *dir = cli->n_operands ? cli->operands[0] : cli->place;
    struct pressmark_error err = {0, ""};
    int rc;

    (void)args;
    if (cli->n_operands && cli->common.archive) {
        talk("two places are named: '%s' and '%s'", cli->common.archive, dir);
        return cli_usage(cli);
    }
    rc = pressmark_init(dir, &err);
    if (rc != PRESSMARK_OK)
        return cli_fail(rc, &err);
    if (!cli->common.quiet)
        talk_line("Made an empty archive in '%s'.", dir);
    return EXIT_DONE;
}

static const struct option options[] = {OPTION_END};

const struct command command_init = {
    .name = "init",
    .run = run,
    .need = NEED_PLACE,
    .options = options,
    .operands = "[DIR]",
    .most = 1,
    .summary = "make an archive",
    .about = "DIR is made when it is missing; it must be empty otherwise.",
};
