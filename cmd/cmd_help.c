/* help.c - help made from the tables, and `pressmark help` */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "talk.h"

enum { HELP_COLUMN = 28 };

static void
print_option(FILE *out, const struct option *o)
{
    int n = fprintf(out, o->letter ? "  -%c, " : "      ", o->letter);

    n += fprintf(out, "--%s", o->name);
    if (o->value)
        n += fprintf(out, " %s", o->value);
    if (n > HELP_COLUMN - 2) {
        putc('\n', out);
        n = 0;
    }
    fprintf(out, "%*s%s\n", HELP_COLUMN - n, "", o->help);
}

static void
print_options(FILE *out, const char *title, const struct option *table)
{
    if (!table->name)
        return;
    fprintf(out, "\n%s:\n", title);
    for (const struct option *o = table; o->name; o++)
        print_option(out, o);
}

static void
print_program(FILE *out)
{
    fputs("Usage: pressmark [-a DIR] <command> [options] [arguments]\n\n"
          "Keep captures of news pages, clean them, find syndicated copies, give everything back.\n\n"
          "Commands:\n",
          out);
    for (const struct command *const *c = commands; *c; c++)
        fprintf(out, "  %-14s%s\n", (*c)->name, (*c)->summary);
    print_options(out, "Options of every command", common_options);
    fputs("\n'pressmark help COMMAND' tells about one of them. A first run:\n"
          "  pressmark init coverage\n"
          "  pressmark -a coverage snapshot pages/ crawl.warc.gz\n"
          "  pressmark -a coverage dedupe\n",
          out);
}

void
help_print(FILE *out, const struct command *c)
{
    if (!c) {
        print_program(out);
        return;
    }
    fprintf(out, "Usage: pressmark %s%s%s%s\n\n", c->name, c->options->name ? " [options]" : "",
            c->operands[0] ? " " : "", c->operands);
    fprintf(out, "%c%s.\n", c->summary[0] >= 'a' && c->summary[0] <= 'z' ? c->summary[0] - 'a' + 'A' : c->summary[0],
            c->summary + 1);
    if (c->about)
        fprintf(out, "%s\n", c->about);
    print_options(out, "Options", c->options);
    print_options(out, "Options of every command", common_options);
    fprintf(out, "\nThe manual: man pressmark-%s\n", c->name);
}

static int
run(struct cli *cli, const void *args)
{
    const struct command *c = NULL;
    const char *near;

    (void)args;
    if (cli->n_operands > 0) {
        c = command_find(cli->operands[0]);
        if (!c) {
            near = command_nearest(cli->operands[0]);
            if (near)
                talk("unknown command '%s'; did you mean '%s'?", cli->operands[0], near);
            else
                talk("unknown command '%s'", cli->operands[0]);
            talk_try(NULL);
            return EXIT_USAGE;
        }
    }
    help_print(stdout, c);
    return EXIT_DONE;
}

static const struct option options[] = {OPTION_END};

const struct command command_help = {
    .name = "help",
    .run = run,
    .options = options,
    .operands = "[COMMAND]",
    .most = 1,
    .summary = "tell about the program, or about a command",
};
