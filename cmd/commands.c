/* commands.c - the table of commands, and how to find one */
#include <string.h>

#include "cli.h"

extern const struct command command_clean, command_completion, command_dedupe, command_diff, command_export,
    command_fingerprint, command_help, command_init, command_list, command_merge, command_rebuild, command_repack,
    command_restore, command_show, command_snapshot, command_stats, command_verify, command_version;

const struct command *const commands[] = {
    &command_init,  &command_snapshot, &command_dedupe,      &command_restore, &command_export,     &command_list,
    &command_show,  &command_diff,     &command_stats,       &command_verify,  &command_rebuild,    &command_repack,
    &command_merge, &command_clean,    &command_fingerprint, &command_version, &command_completion, &command_help,
    NULL,
};

const struct command *
command_find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

static const char *
nth_command(const void *ctx, size_t i)
{
    (void)ctx;
    /* option_nearest() stops at the first NULL. */
    return commands[i] ? commands[i]->name : NULL;
}

const char *
command_nearest(const char *name)
{
    return option_nearest(name, strlen(name), nth_command, NULL);
}
