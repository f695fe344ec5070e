/* cmd_diff.c - pressmark diff: two captures, word by word */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "output.h"
#include "talk.h"

struct diff_args {
    bool json, all, stat, sentences, html;
    const char *to;
};

static const struct option options[] = {
    OPT_FLAG("all", 0, diff_args, all, "show paragraphs that are alike as well"),
    OPT_FLAG("sentences", 's', diff_args, sentences, "whole sentences instead of words"),
    OPT_FLAG("stat", 0, diff_args, stat, "only how many words are kept, cut and added"),
    OPT_FLAG("html", 0, diff_args, html, "as one page for a browser, side by side, which needs nothing else"),
    OPT_VALUE("to", 't', TEXT, diff_args, to, "FILE", "where to write that page; '-' is standard output (the default)"),
    OPT_FLAG("json", 0, diff_args, json, "as JSON Lines"),
    OPTION_END,
};

struct side {
    char id[CAPTURE_ID_SIZE];
    char *text;
    size_t len;
};

static const char *const op_names[] = {"keep", "cut", "add"};

/* The text of a run with the space before it, so that the texts of runs put together read well. */
static void
run_json(const struct pressmark_diff_run *r)
{
    char *text = must_realloc(NULL, r->len + 1);

    text[0] = ' ';
    memcpy(text + 1, r->text, r->len);
    json_bytes("text", text + !r->space_before, r->len + r->space_before);
    free(text);
}

static void
as_json(const struct side *a, const struct side *b, const struct pressmark_diff *d)
{
    json_header("diff");
    for (size_t i = 0; i < d->n_runs; i++) {
        json_begin(op_names[d->runs[i].op]);
        run_json(&d->runs[i]);
        json_bool("block_end", d->runs[i].block_end);
        json_end();
    }
    json_begin("summary");
    json_text("old", a->id);
    json_text("new", b->id);
    json_uint("kept_words", d->kept_words);
    json_uint("cut_words", d->cut_words);
    json_uint("added_words", d->added_words);
    json_uint("longest_common", d->longest_common);
    json_end();
}

static void
put_run(const struct cli *cli, const struct pressmark_diff_run *r)
{
    const struct paint *p = cli->paint;
    bool colour = p->off[0] != '\0';
    size_t len = r->len;

    /* The line end is ours. */
    while (len && (r->text[len - 1] == '\n' || r->text[len - 1] == '\r'))
        len--;
    if (r->op != PRESSMARK_KEEP && len)
        fputs(colour ? (r->op == PRESSMARK_CUT ? p->cut : p->add) : (r->op == PRESSMARK_CUT ? "[-" : "{+"), stdout);
    cli_put(cli, r->text, len);
    if (r->op != PRESSMARK_KEEP && len)
        fputs(colour ? p->off : r->op == PRESSMARK_CUT ? "-]" : "+}", stdout);
}

static void
alike(const struct cli *cli, size_t *n)
{
    if (*n)
        printf("%s... %zu paragraph%s alike%s\n", cli->paint->dim, *n, *n == 1 ? "" : "s", cli->paint->off);
    *n = 0;
}

/* Lines that hold a change; of the others how many there are. */
static void
as_text(const struct cli *cli, const struct diff_args *args, const struct pressmark_diff *d)
{
    size_t same = 0, next;

    for (size_t i = 0; i < d->n_runs; i = next) {
        bool changed = false;
        for (next = i; next < d->n_runs; next++) {
            changed = changed || d->runs[next].op != PRESSMARK_KEEP;
            if (d->runs[next].block_end) {
                next++;
                break;
            }
        }
        if (!changed && !args->all) {
            same++;
            continue;
        }
        alike(cli, &same);
        for (size_t k = i; k < next; k++) {
            bool replaces = k > i && d->runs[k].op == PRESSMARK_ADD && d->runs[k - 1].op == PRESSMARK_CUT;
            if (!replaces && d->runs[k].space_before)
                putchar(' ');
            put_run(cli, &d->runs[k]);
        }
        putchar('\n');
    }
    alike(cli, &same);
}

static void
head(const struct cli *cli, const struct side *a, const struct side *b, const struct pressmark_diff *d)
{
    char n[3][32];

    printf("%s%s -> %s: %s words kept, %s cut, %s added%s\n", cli->paint->head, a->id, b->id,
           count_text(d->kept_words, n[0]), count_text(d->cut_words, n[1]), count_text(d->added_words, n[2]),
           cli->paint->off);
}

static int
load(const struct cli *cli, const char *wanted, struct side *s)
{
    struct pressmark_error err = {0, ""};
    int rc = cli_resolve(cli, wanted, s->id);

    if (rc != EXIT_DONE)
        return rc;
    return cli_exit(pressmark_bytes(cli->archive, s->id, PRESSMARK_TEXT, &s->text, &s->len, &err), &err);
}

static int
run(struct cli *cli, const void *v)
{
    const struct diff_args *args = v;
    struct side a = {"", NULL, 0}, b = {"", NULL, 0};
    struct pressmark_diff *d = NULL;
    struct pressmark_error err = {0, ""};
    int rc;

    if (args->html && (args->json || args->all || args->stat || args->sentences)) {
        talk("'--html' shows words and sentences; it goes with --to only");
        return cli_usage(cli);
    }
    if (args->to && !args->html) {
        talk("'--to' is for '--html'");
        return cli_usage(cli);
    }
    rc = load(cli, cli->operands[0], &a);
    if (rc == EXIT_DONE)
        rc = load(cli, cli->operands[1], &b);
    if (rc != EXIT_DONE)
        goto out;
    rc = pressmark_diff(a.text, a.len, b.text, b.len, args->sentences ? PRESSMARK_SENTENCE : PRESSMARK_WORD, &d, &err);
    if (rc != PRESSMARK_OK) {
        rc = cli_fail(rc, &err);
        goto out;
    }
    if (args->html) {
        rc = pressmark_diff_page(cli->archive, a.id, b.id, args->to ? args->to : "-", STDOUT_FILENO, &err);
        if (rc != PRESSMARK_OK) {
            rc = cli_fail(rc, &err);
            goto out;
        }
    } else if (args->json) {
        as_json(&a, &b, d);
    } else {
        if (!cli->common.quiet)
            head(cli, &a, &b, d);
        if (!args->stat)
            as_text(cli, args, d);
    }
    rc = d->cut_words || d->added_words ? EXIT_NO : EXIT_DONE;
out:
    pressmark_diff_free(d);
    pressmark_bytes_free(a.text);
    pressmark_bytes_free(b.text);
    return rc;
}

const struct command command_diff = {
    .name = "diff",
    .run = run,
    .need = NEED_READ,
    .options = options,
    .args_size = sizeof(struct diff_args),
    .operands = "A B",
    .least = 2,
    .most = 2,
    .summary = "show what a capture cut from another and added to it, word by word",
    .about = "A and B: the first digits of ids (4 or more), or whole keys. Exit code 1 when they differ.",
};
