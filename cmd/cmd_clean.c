/* cmd_clean.c - pressmark clean: the article text of files, without an archive */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "article_out.h"
#include "cli.h"
#include "output.h"
#include "talk.h"

struct clean_args {
    bool json, explain;
    const char *url, *type, *agencies;
};

static const struct option options[] = {
    OPT_FLAG("json", 0, clean_args, json, "as JSON Lines: text and fields of each page"),
    OPT_FLAG("explain", 'e', clean_args, explain,
             "show each block of the page, kept (+) or dropped (-), and by which rule"),
    OPT_VALUE("url", 'u', TEXT, clean_args, url, "URL", "where the page came from; links are resolved against it"),
    OPT_VALUE("type", 't', TEXT, clean_args, type, "TYPE",
              "Content-Type that the page came with, as text/html; charset=utf-8"),
    OPT_VALUE("agencies", 0, TEXT, clean_args, agencies, "FILE",
              "more agencies for credits: lines of short name, tab, alias..."),
    OPTION_END,
};

struct totals {
    uint64_t pages, skipped;
};

/* One page; a status of the library. */
static int
clean_one(const struct cli *cli, const struct clean_args *args, struct pressmark_cleaner *c, const char *name,
          struct pressmark_error *err)
{
    const struct pressmark_article *a = NULL;
    const char *why = NULL;
    char *bytes = NULL;
    size_t len = 0;
    int rc;

    if (!read_whole(name, PAGE_MAX, &bytes, &len, &why)) {
        snprintf(err->text, sizeof(err->text), "%s", why);
        rc = PRESSMARK_SKIP;
        goto out;
    }
    rc = pressmark_clean(c, bytes, len, args->type, args->url, strcmp(name, "-") ? name : NULL, &a, err);
    if (rc != PRESSMARK_OK)
        goto out;
    if (args->json)
        article_json(name, a, args->explain);
    else if (args->explain)
        article_explain(cli, name, a);
    else if (cli->n_operands > 1)
        article_named_text(cli, name, a);
    else
        article_text(cli, a);
out:
    free(bytes);
    return rc;
}

static int
clean_all(const struct cli *cli, const struct clean_args *args, struct pressmark_cleaner *c)
{
    static char standard_input[] = "-";
    char *only[] = {standard_input};
    char **files = cli->n_operands ? cli->operands : only;
    size_t n = cli->n_operands ? cli->n_operands : 1;
    struct totals total = {0, 0};
    struct pressmark_error err;
    int rc;

    if (args->json)
        json_header("clean");
    for (size_t i = 0; i < n && !ferror(stdout); i++) {
        err.text[0] = '\0';
        rc = clean_one(cli, args, c, files[i], &err);
        if (rc == PRESSMARK_ENOMEM)
            return cli_fail(rc, &err);
        if (rc == PRESSMARK_OK) {
            total.pages++;
            continue;
        }
        talk("skipped %s: %s", input_name(files[i]), err.text[0] ? err.text : "not a page");
        total.skipped++;
    }
    if (args->json) {
        json_begin("summary");
        json_uint("pages", total.pages);
        json_uint("skipped", total.skipped);
        json_end();
    }
    return total.skipped ? EXIT_SKIPPED : EXIT_DONE;
}

static int
run(struct cli *cli, const void *v)
{
    const struct clean_args *args = v;
    struct pressmark_cleaner *c = NULL;
    struct pressmark_error err = {0, ""};
    char *agencies = NULL;
    int rc;

    if (cli->n_operands == 0 && isatty(STDIN_FILENO)) {
        talk("'clean' needs FILE..., or a page on standard input");
        return cli_usage(cli);
    }
    if (args->agencies && !read_text(args->agencies, &agencies))
        return EXIT_FAILED;
    rc = pressmark_cleaner_new(&c, agencies, &err);
    rc = rc == PRESSMARK_OK ? clean_all(cli, args, c) : cli_fail(rc, &err);
    pressmark_cleaner_free(c);
    free(agencies);
    return rc;
}

const struct command command_clean = {
    .name = "clean",
    .run = run,
    .options = options,
    .args_size = sizeof(struct clean_args),
    .operands = "[FILE...]",
    .most = MANY,
    .summary = "print the article text of pages, without an archive",
    .about = "Reads standard input when no FILE is named, or for '-'.",
};
