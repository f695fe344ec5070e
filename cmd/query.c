/* query.c - from options to a query */
#include "query.h"

#include <stdlib.h>
#include <string.h>

#include "talk.h"

int
query_init(const struct cli *cli, struct query *dst, const struct query_args *args)
{
    char *equals;

    *dst = (struct query){.q = PRESSMARK_QUERY_ALL};
    dst->q.url = args->url;
    dst->q.outlet = args->outlet;
    dst->q.cluster = args->cluster;
    dst->q.from_us = args->since_us;
    dst->q.to_us = args->until_us;
    if (args->since_us != PRESSMARK_NO_TIME && args->until_us != PRESSMARK_NO_TIME &&
        args->since_us >= args->until_us) {
        talk("'--since' is not before '--until'");
        return cli_usage(cli);
    }
    if (!args->where)
        return EXIT_DONE;
    dst->field = must_strdup(args->where);
    equals = strchr(dst->field, '=');
    if (!equals || equals == dst->field) {
        talk("'%s' for option '--where': FIELD=TEXT is expected, as in credit=AFP", args->where);
        return cli_usage(cli);
    }
    *equals = '\0';
    dst->q.field = dst->field;
    dst->q.value = equals + 1;
    return EXIT_DONE;
}

void
query_release(struct query *q)
{
    free(q->field);
    q->field = NULL;
}

bool
query_given(const struct query_args *args)
{
    return args->url || args->outlet || args->cluster || args->where ||
           args->since_us != PRESSMARK_NO_TIME || args->until_us != PRESSMARK_NO_TIME;
}

struct pressmark_query *
query_each(const struct cli *cli, const struct query *q, size_t *n)
{
    struct pressmark_query *all;

    *n = cli->n_operands ? cli->n_operands : 1;
    all = must_realloc(NULL, *n * sizeof(*all));
    for (size_t i = 0; i < *n; i++) {
        all[i] = q->q;
        if (cli->n_operands)
            all[i].id = cli->operands[i];
    }
    return all;
}
