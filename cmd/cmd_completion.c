/* cmd_completion.c - completion scripts for shells, made from the tables */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "talk.h"

static const char shells[] = "bash|zsh|fish";

/* What a value is, by the name that the table gives it. */
enum kind { KIND_NONE, KIND_FILE, KIND_DIR, KIND_WORDS };

static enum kind
kind_of(const char *value)
{
    if (!value)
        return KIND_NONE;
    if (strchr(value, '|') && value[0] >= 'a' && value[0] <= 'z')
        return KIND_WORDS;
    if (strcmp(value, "DIR") == 0)
        return KIND_DIR;
    return strstr(value, "FILE") || strstr(value, "INPUT") ? KIND_FILE : KIND_NONE;
}

/* `value` with its bars as spaces. */
static void
put_words(const char *value)
{
    for (; *value; value++)
        putchar(*value == '|' ? ' ' : *value);
}

/* ---- bash ---- */

static void
bash_values(const char *command, const struct option *table)
{
    for (const struct option *o = table; o->name; o++) {
        enum kind k = kind_of(o->value);
        if (!o->value)
            continue;
        printf("    %s:--%s", command, o->name);
        if (o->letter)
            printf(" | %s:-%c", command, o->letter);
        if (k == KIND_WORDS) {
            fputs(") _pressmark_words \"", stdout);
            put_words(o->value);
            fputs("\"; return ;;\n", stdout);
        } else {
            printf(") %s; return ;;\n", k == KIND_DIR    ? "_pressmark_files -d"
                                        : k == KIND_FILE ? "_pressmark_files -f"
                                                         : ":");
        }
    }
}

static void
bash_names(const struct option *table)
{
    for (const struct option *o = table; o->name; o++)
        printf(" --%s", o->name);
}

static void
put_commands(void)
{
    for (const struct command *const *c = commands; *c; c++)
        printf("%s%s", c == commands ? "" : " ", (*c)->name);
}

static void
bash(void)
{
    fputs("# bash completion for pressmark\n"
          "_pressmark_words()\n{\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
          "_pressmark_files()\n{\n    compopt -o filenames\n"
          "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
          "_pressmark()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        -a | --archive | --color) ((i++)) ;;\n"
          "        -*) ;;\n"
          "        *) command=${COMP_WORDS[i]}; break ;;\n"
          "        esac\n    done\n"
          "    case $command:$prev in\n",
          stdout);
    bash_values("*", common_options);
    for (const struct command *const *c = commands; *c; c++)
        bash_values((*c)->name, (*c)->options);
    fputs("    esac\n    case $command:$cur in\n    :-*) _pressmark_words \"--version", stdout);
    bash_names(common_options);
    fputs("\" ;;\n    :*) _pressmark_words \"", stdout);
    put_commands();
    fputs("\" ;;\n", stdout);
    for (const struct command *const *c = commands; *c; c++) {
        printf("    %s:-*) _pressmark_words \"", (*c)->name);
        bash_names((*c)->options);
        bash_names(common_options);
        fputs("\" ;;\n", stdout);
    }
    fputs("    help:*) _pressmark_words \"", stdout);
    put_commands();
    fputs("\" ;;\n    completion:*) _pressmark_words \"", stdout);
    put_words(shells);
    fputs("\" ;;\n    *) _pressmark_files -f ;;\n    esac\n}\ncomplete -F _pressmark pressmark\n", stdout);
}

/* ---- zsh ---- */

/* Inside '...[...]' of _arguments: brackets and colons would end the description. */
static void
zsh_text(const char *s)
{
    for (; *s; s++) {
        if (*s == '\'')
            fputs("'\\''", stdout);
        else if (strchr("[]:\\", *s))
            printf("\\%c", *s);
        else
            putchar(*s);
    }
}

static void
zsh_action(const char *value)
{
    enum kind k = kind_of(value);

    if (k == KIND_WORDS) {
        putchar('(');
        put_words(value);
        putchar(')');
    } else if (k != KIND_NONE) {
        fputs(k == KIND_DIR ? "_files -/" : "_files", stdout);
    }
}

static void
zsh_options(const struct option *table, const char *indent)
{
    for (const struct option *o = table; o->name; o++) {
        printf("%s%s", indent, o->type == OPTION_LIST ? "'*'" : "");
        if (o->letter)
            printf("{-%c,--%s}'[", o->letter, o->name);
        else
            printf("'--%s[", o->name);
        zsh_text(o->help);
        putchar(']');
        if (o->value) {
            fputs(":value:", stdout);
            zsh_action(o->value);
        }
        fputs("' \\\n", stdout);
    }
}

static void
zsh(void)
{
    fputs("#compdef pressmark\n_pressmark()\n{\n    local state line\n    _arguments -C \\\n", stdout);
    zsh_options(common_options, "        ");
    fputs("        '1:command:->command' '*::argument:->argument'\n"
          "    case $state in\n    command)\n        local -a names\n        names=(\n",
          stdout);
    for (const struct command *const *c = commands; *c; c++) {
        printf("            '%s:", (*c)->name);
        zsh_text((*c)->summary);
        fputs("'\n", stdout);
    }
    fputs("        )\n        _describe command names ;;\n    argument)\n        case $line[1] in\n", stdout);
    for (const struct command *const *c = commands; *c; c++) {
        printf("        %s)\n            _arguments \\\n", (*c)->name);
        zsh_options((*c)->options, "                ");
        zsh_options(common_options, "                ");
        if (strcmp((*c)->name, "help") == 0 || strcmp((*c)->name, "completion") == 0) {
            fputs("                '1:word:(", stdout);
            if ((*c)->name[0] == 'h')
                put_commands();
            else
                put_words(shells);
            fputs(")' ;;\n", stdout);
        } else {
            fputs("                '*:file:_files' ;;\n", stdout);
        }
    }
    fputs("        esac ;;\n    esac\n}\n_pressmark \"$@\"\n", stdout);
}

/* ---- fish ---- */

static void
fish_text(const char *s)
{
    putchar('\'');
    for (; *s; s++) {
        if (*s == '\'' || *s == '\\')
            putchar('\\');
        putchar(*s);
    }
    putchar('\'');
}

static void
fish_options(const struct option *table, const char *command)
{
    for (const struct option *o = table; o->name; o++) {
        enum kind k = kind_of(o->value);
        fputs("complete -c pressmark", stdout);
        if (command)
            printf(" -n '__fish_seen_subcommand_from %s'", command);
        if (o->letter)
            printf(" -s %c", o->letter);
        printf(" -l %s", o->name);
        if (k == KIND_WORDS) {
            fputs(" -xa '", stdout);
            put_words(o->value);
            putchar('\'');
        } else if (o->value) {
            fputs(k == KIND_DIR ? " -xa '(__fish_complete_directories)'" : k == KIND_FILE ? " -rF" : " -x", stdout);
        }
        fputs(" -d ", stdout);
        fish_text(o->help);
        putchar('\n');
    }
}

static void
fish(void)
{
    fputs("# fish completion for pressmark\n", stdout);
    fish_options(common_options, NULL);
    for (const struct command *const *c = commands; *c; c++) {
        printf("complete -c pressmark -f -n __fish_use_subcommand -a %s -d ", (*c)->name);
        fish_text((*c)->summary);
        putchar('\n');
        fish_options((*c)->options, (*c)->name);
    }
    fputs("complete -c pressmark -f -n '__fish_seen_subcommand_from help' -a '", stdout);
    put_commands();
    fputs("'\ncomplete -c pressmark -f -n '__fish_seen_subcommand_from completion' -a '", stdout);
    put_words(shells);
    fputs("'\n", stdout);
}

static int
run(struct cli *cli, const void *args)
{
    int place = 0;

    (void)args;
    if (!option_choice(shells, cli->operands[0], strlen(cli->operands[0]), &place)) {
        talk("'%s' is no shell of %s", cli->operands[0], shells);
        return cli_usage(cli);
    }
    if (place == 1)
        bash();
    else if (place == 2)
        zsh();
    else
        fish();
    return EXIT_DONE;
}

static const struct option options[] = {OPTION_END};

const struct command command_completion = {
    .name = "completion",
    .run = run,
    .options = options,
    .operands = "bash|zsh|fish",
    .least = 1,
    .most = 1,
    .summary = "print a completion script for a shell",
    .about = "For bash: source <(pressmark completion bash)",
};
