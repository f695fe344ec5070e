/* cmd_fingerprint.c - pressmark fingerprint: a line for each text, for pipelines */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct fingerprint_args {
    bool json;
};

static const struct option options[] = {
    OPT_FLAG("json", 0, fingerprint_args, json, "as JSON Lines"),
    OPTION_END,
};

/* `name` is NULL for a line of standard input, the `line`th. */
static int
fingerprint(const struct fingerprint_args *args, struct pressmark_cleaner *c, const char *name, uint64_t line,
            const char *text, size_t len, struct pressmark_error *err)
{
    char *hex = NULL;
    int rc = pressmark_fingerprint_text(c, text, len, &hex, err);

    if (rc != PRESSMARK_OK)
        return rc;
    if (args->json) {
        json_begin("fingerprint");
        if (name)
            json_text("file", name);
        else
            json_uint("line", line);
        json_text("fingerprint", hex);
        json_end();
    } else if (name) {
        printf("%s  ", hex);
        put_text(stdout, name);
        putchar('\n');
    } else {
        printf("%s\n", hex);
    }
    pressmark_bytes_free(hex);
    return PRESSMARK_OK;
}

/* Each line of standard input is a text. */
static int
lines(const struct fingerprint_args *args, struct pressmark_cleaner *c)
{
    struct pressmark_error err = {0, ""};
    char *text = NULL;
    size_t len = 0, room = 0;
    uint64_t line = 0;
    int rc = PRESSMARK_OK, ch = 0;

    while (rc == PRESSMARK_OK && ch != EOF) {
        len = 0;
        while ((ch = getc_unlocked(stdin)) != EOF && ch != '\n') {
            if (len == room)
                text = must_realloc(text, room = room ? 2 * room : 65536);
            if (len >= PAGE_MAX)
                break;
            text[len++] = (char)ch;
        }
        if (ch != EOF && ch != '\n') {
            talk("line %llu of standard input is too long", (unsigned long long)line + 1);
            free(text);
            return EXIT_FAILED;
        }
        if (ch == '\n' || len > 0)
            rc = fingerprint(args, c, NULL, ++line, text ? text : "", len, &err);
        if (line % 256 == 0 && ferror(stdout))
            break;
    }
    free(text);
    if (rc == PRESSMARK_OK && ferror(stdin)) {
        talk("cannot read standard input");
        return EXIT_FAILED;
    }
    return cli_exit(rc, &err);
}

static int
one_file(const struct fingerprint_args *args, struct pressmark_cleaner *c, const char *name,
         struct pressmark_error *err)
{
    const struct pressmark_article *a = NULL;
    const char *why = NULL;
    char *bytes = NULL;
    size_t len = 0;
    int rc = PRESSMARK_SKIP;

    if (read_whole(name, PAGE_MAX, &bytes, &len, &why))
        rc = pressmark_clean(c, bytes, len, NULL, NULL, strcmp(name, "-") ? name : NULL, &a, err);
    else
        snprintf(err->text, sizeof(err->text), "%s", why);
    if (rc == PRESSMARK_OK)
        rc = fingerprint(args, c, name, 0, a->text ? a->text : "", a->text_len, err);
    free(bytes);
    return rc;
}

/* Each file is a page: cleaned, then its text. */
static int
files(const struct cli *cli, const struct fingerprint_args *args, struct pressmark_cleaner *c)
{
    int worst = EXIT_DONE;

    for (size_t i = 0; i < cli->n_operands && !ferror(stdout); i++) {
        struct pressmark_error err = {0, ""};
        int rc = one_file(args, c, cli->operands[i], &err);
        if (rc == PRESSMARK_ENOMEM)
            return cli_fail(rc, &err);
        if (rc != PRESSMARK_OK) {
            talk("skipped %s: %s", input_name(cli->operands[i]), err.text[0] ? err.text : "not a page");
            worst = EXIT_SKIPPED;
        }
    }
    return worst;
}

static int
run(struct cli *cli, const void *v)
{
    const struct fingerprint_args *args = v;
    struct pressmark_cleaner *c = NULL;
    struct pressmark_error err = {0, ""};
    int rc = pressmark_cleaner_new(&c, NULL, &err);

    if (rc != PRESSMARK_OK)
        return cli_fail(rc, &err);
    if (args->json)
        json_header("fingerprint");
    rc = cli->n_operands ? files(cli, args, c) : lines(args, c);
    pressmark_cleaner_free(c);
    return rc;
}

const struct command command_fingerprint = {
    .name = "fingerprint",
    .run = run,
    .options = options,
    .args_size = sizeof(struct fingerprint_args),
    .operands = "[FILE...]",
    .most = MANY,
    .summary = "print fingerprints of texts, without an archive",
    .about = "Each line of standard input is a text. With FILEs, each is a page, cleaned first; a line has\n"
             "the fingerprint and the name.",
};
