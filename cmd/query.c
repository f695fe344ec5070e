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
    free(q->ids);
    q->field = q->ids = NULL;
}

bool
query_given(const struct query_args *args)
{
    return args->url || args->outlet || args->cluster || args->where || args->since_us != PRESSMARK_NO_TIME ||
           args->until_us != PRESSMARK_NO_TIME;
}

/* The queries so far; those that chose by ID have the conditions of `base` too. */
struct list {
    const struct pressmark_query *base;
    struct pressmark_query *all;
    size_t n, cap;
};

static void
add_id(struct list *l, const char *id)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 16;
        l->all = must_realloc(l->all, l->cap * sizeof(*l->all));
    }
    l->all[l->n] = *l->base;
    l->all[l->n++].id = id;
}

/* Lines of standard input; ends of lines become ends of strings. */
static int
add_lines(struct list *l, char **text)
{
    if (*text) {
        talk("'-' stands for standard input, which can be read once");
        return EXIT_USAGE;
    }
    if (!read_text("-", text))
        return EXIT_FAILED;
    for (char *line = *text, *end; *line; line = end) {
        size_t len = strcspn(line, "\r\n");

        end = line + len + strspn(line + len, "\r\n");
        line[len] = '\0';
        if (len > 0)
            add_id(l, line);
    }
    return EXIT_DONE;
}

int
query_each(const struct cli *cli, struct query *q, struct pressmark_query **all, size_t *n)
{
    struct list l = {&q->q, NULL, 0, 0};
    int rc = EXIT_DONE;

    if (cli->n_operands == 0)
        add_id(&l, NULL);
    for (size_t i = 0; rc == EXIT_DONE && i < cli->n_operands; i++) {
        if (strcmp(cli->operands[i], "-") == 0)
            rc = add_lines(&l, &q->ids);
        else
            add_id(&l, cli->operands[i]);
    }
    *all = l.all;
    *n = l.n;
    return rc;
}
