/* cmd_show.c - pressmark show: one capture, its fields or its bytes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article_out.h"
#include "capture_out.h"
#include "lineage.h"
#include "talk.h"

struct show_args {
    bool json, text, raw, http, removed, explain, lineage;
    const char *agencies;
};

static const struct option options[] = {
    OPT_FLAG("text", 't', show_args, text, "the cleaned text"),
    OPT_FLAG("raw", 'r', show_args, raw, "the payload, byte for byte"),
    OPT_FLAG("http", 0, show_args, http, "the payload with its HTTP status line and header, as captured"),
    OPT_FLAG("removed", 0, show_args, removed, "what cleaning took off the page, and why"),
    OPT_FLAG("explain", 'e', show_args, explain, "each block of the page, kept (+) or dropped (-), and by which rule"),
    OPT_FLAG("lineage", 'l', show_args, lineage,
             "which text it follows, up to the first of its story, and which follow it"),
    OPT_FLAG("json", 0, show_args, json, "the fields as JSON Lines"),
    OPTION_END,
};

struct showing {
    const struct cli *cli;
    const struct show_args *args;
    const char *wanted;
    char id[CAPTURE_ID_SIZE];
};

static int
fields(void *ctx, const struct pressmark_capture *c)
{
    const struct showing *s = ctx;

    if (s->args->json)
        capture_json(c);
    else
        capture_fields(s->cli, c);
    return PRESSMARK_OK;
}

static int
show_bytes(struct showing *s, struct pressmark_error *err)
{
    enum pressmark_as as = s->args->text ? PRESSMARK_TEXT : s->args->http ? PRESSMARK_HTTP : PRESSMARK_RAW;
    char *bytes = NULL;
    size_t len = 0;
    int rc = pressmark_bytes(s->cli->archive, s->id, as, &bytes, &len, err);

    if (rc == PRESSMARK_OK) {
        cli_put(s->cli, bytes, len);
        if (as == PRESSMARK_TEXT && len && bytes[len - 1] != '\n')
            putchar('\n');
    }
    pressmark_bytes_free(bytes);
    return rc;
}

static int
show_blocks(struct showing *s, struct pressmark_error *err)
{
    const struct pressmark_article *a = NULL;
    struct pressmark_cleaner *c = NULL;
    int rc = pressmark_cleaner_new(&c, NULL, err);

    if (rc == PRESSMARK_OK)
        rc = pressmark_clean_capture(s->cli->archive, s->id, c, &a, err);
    if (rc == PRESSMARK_OK && s->args->json)
        article_json(s->id, a, true);
    else if (rc == PRESSMARK_OK && s->args->removed)
        article_removed(s->cli, a);
    else if (rc == PRESSMARK_OK)
        article_explain(s->cli, s->id, a);
    pressmark_cleaner_free(c);
    return rc;
}

static int
show_one(struct showing *s)
{
    struct pressmark_query q = PRESSMARK_QUERY_ALL;
    struct pressmark_error err = {0, ""};
    int rc = cli_resolve(s->cli, s->wanted, s->id);

    if (rc != EXIT_DONE)
        return rc;
    if (s->args->lineage)
        return lineage(s->cli, s->id, s->args->json);
    if (s->args->removed || s->args->explain)
        rc = show_blocks(s, &err);
    else if (s->args->text || s->args->raw || s->args->http)
        rc = show_bytes(s, &err);
    else {
        q.id = s->id;
        rc = pressmark_select(s->cli->archive, &q, fields, s, &err);
    }
    if (rc == PRESSMARK_SKIP) {
        talk("'%s' is no page: %s", s->wanted, err.text[0] ? err.text : "it was not cleaned");
        return EXIT_NO;
    }
    return cli_exit(rc, &err);
}

static int
run(struct cli *cli, const void *v)
{
    const struct show_args *args = v;
    int modes = args->text + args->raw + args->http + args->removed + args->explain + args->lineage;
    bool fields_only = modes == 0;
    int worst = EXIT_DONE;

    if (modes > 1) {
        talk("choose one of --text, --raw, --http, --removed, --explain and --lineage");
        return cli_usage(cli);
    }
    if (args->json && (args->text || args->raw || args->http)) {
        talk("--json shows fields; it does not go with --text, --raw or --http");
        return cli_usage(cli);
    }
    if (args->json)
        json_header("show");
    for (size_t i = 0; i < cli->n_operands; i++) {
        struct showing s = {cli, args, cli->operands[i], ""};
        int rc;
        if (i > 0 && fields_only && !args->json)
            putchar('\n');
        rc = show_one(&s);
        if (rc > worst)
            worst = rc;
    }
    return worst;
}

const struct command command_show = {
    .name = "show",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct show_args),
    .operands = "ID...",
    .least = 1,
    .most = MANY,
    .summary = "show a capture: its fields, its text, its bytes",
    .about = "ID: the first digits of an id (4 or more), or a whole key.",
};
