/* resolve.c - from what a user calls a capture to its id */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "talk.h"

struct resolve {
    char *id;
    bool more; /* several captures go by that name */
};

static int
found(void *ctx, const struct pressmark_capture *c)
{
    struct resolve *r = ctx;

    if (r->id[0]) {
        r->more = true;
        return PRESSMARK_SKIP;
    }
    snprintf(r->id, CAPTURE_ID_SIZE, "%s", c->id);
    return PRESSMARK_OK;
}

int
cli_resolve(const struct cli *cli, const char *wanted, char id[CAPTURE_ID_SIZE])
{
    struct pressmark_query q = PRESSMARK_QUERY_ALL;
    struct pressmark_error err = {0, ""};
    struct resolve r = {id, false};
    int rc;

    id[0] = '\0';
    q.id = wanted;
    rc = pressmark_select(cli->archive, &q, found, &r, &err);
    if (r.more) {
        talk("several captures go by '%s'; give more of the id", wanted);
        return EXIT_NO;
    }
    if (rc == PRESSMARK_NO || (rc == PRESSMARK_OK && !id[0])) {
        talk("no capture has the id or key '%s'", wanted);
        return EXIT_NO;
    }
    if (rc == PRESSMARK_EINVAL) {
        talk("%s", err.text);
        return cli_usage(cli);
    }
    return cli_exit(rc, &err);
}

bool
cli_deduped(const struct cli *cli)
{
    char *parameters = NULL;
    int rc = pressmark_dedupe_parameters(cli->archive, &parameters, NULL);

    pressmark_bytes_free(parameters);
    if (rc == PRESSMARK_NO)
        talk("near copies were not looked for yet: run 'pressmark dedupe' first");
    return rc != PRESSMARK_NO;
}
