/* lineage.c - which text follows which */
#include "lineage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture_out.h"
#include "output.h"
#include "talk.h"

enum { NONE = -1, INDENT_MAX = 12, OUTLET_MAX = 24, CREDIT_MAX = 16 };

/* A member on the line, and where it stands there. */
struct step {
    size_t member;
    int depth;            /* texts between it and the first of the line */
    const char *relation; /* "before", "this", "after" */
};

struct line {
    const struct cli *cli;
    const char *id; /* of the capture asked for */
    bool json;
    const struct pressmark_cluster *story;
    long *previous; /* member that each follows, or NONE */
    struct step *steps;
    size_t n;
};

/* ---- the line ---- */

static int
by_id(const void *a, const void *b, void *ctx)
{
    const struct pressmark_member *m = ((const struct pressmark_cluster *)ctx)->members;

    return strcmp(m[*(const size_t *)a].capture->id, m[*(const size_t *)b].capture->id);
}

static long
find(const struct pressmark_cluster *story, const size_t *sorted, const char *id)
{
    size_t low = 0, high = id ? story->n_members : 0;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(story->members[sorted[mid]].capture->id, id);

        if (order == 0)
            return (long)sorted[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NONE;
}

/* What each member follows, and the place of the capture asked for. */
static long
link_members(struct line *l)
{
    size_t n = l->story->n_members;
    size_t *sorted = must_realloc(NULL, (n + 1) * sizeof(*sorted));
    long this;

    for (size_t i = 0; i < n; i++)
        sorted[i] = i;
    qsort_r(sorted, n, sizeof(*sorted), by_id, (void *)(uintptr_t)l->story);
    for (size_t i = 0; i < n; i++) {
        l->previous[i] = find(l->story, sorted, l->story->members[i].previous);
        if (l->previous[i] >= (long)i)
            l->previous[i] = NONE; /* texts follow earlier ones: no circle, whatever the manifest says */
    }
    this = find(l->story, sorted, l->id);
    free(sorted);
    return this;
}

/* From the first of the line down to `this`. */
static void
add_before(struct line *l, long this)
{
    int depth = 0;

    for (long i = this; l->previous[i] != NONE; i = l->previous[i])
        depth++;
    l->n = (size_t)depth + 1;
    for (long i = this; i != NONE; i = l->previous[i], depth--)
        l->steps[depth] = (struct step){(size_t)i, depth, i == this ? "this" : "before"};
}

/* What follows `this`, each under the text it follows, in order of date. */
static void
add_after(struct line *l, long this)
{
    size_t n = l->story->n_members, top = 0;
    long *first = must_realloc(NULL, (n + 1) * sizeof(*first)); /* of those that follow a member */
    long *next = must_realloc(NULL, (n + 1) * sizeof(*next));   /* of those that follow the same */
    struct step *stack = must_realloc(NULL, (n + 1) * sizeof(*stack));
    int depth = l->steps[l->n - 1].depth;

    for (size_t i = 0; i < n; i++)
        first[i] = NONE;
    for (size_t i = n; i-- > 0;)
        if (l->previous[i] != NONE) {
            next[i] = first[l->previous[i]];
            first[l->previous[i]] = (long)i;
        }
    if (first[this] != NONE)
        stack[top++] = (struct step){(size_t)first[this], depth + 1, "after"};
    while (top > 0) {
        struct step s = stack[--top];

        l->steps[l->n++] = s;
        if (next[s.member] != NONE)
            stack[top++] = (struct step){(size_t)next[s.member], s.depth, "after"};
        if (first[s.member] != NONE)
            stack[top++] = (struct step){(size_t)first[s.member], s.depth + 1, "after"};
    }
    free(first);
    free(next);
    free(stack);
}

/* ---- output ---- */

static void
step_json(const struct line *l, const struct step *s)
{
    const struct pressmark_member *m = &l->story->members[s->member];
    const struct pressmark_capture *c = m->capture;

    json_begin("lineage");
    json_text("story", l->story->id);
    json_text("relation", s->relation);
    json_int("depth", s->depth);
    capture_which(c);
    json_bool("source", strcmp(c->id, l->story->source) == 0);
    json_text("previous", m->previous);
    if (m->previous)
        json_number("follows", m->follows);
    else
        json_text("follows", NULL);
    json_number("containment", m->containment);
    json_uint("cut_words", m->cut_words);
    json_uint("added_words", m->added_words);
    json_text("version", m->version);
    json_end();
}

/* Under the text it follows; from a depth on no further in. */
static int
indent(const struct step *s)
{
    return 2 * (s->depth < INDENT_MAX ? s->depth : INDENT_MAX);
}

static void
step_text(const struct line *l, const struct step *s, size_t outlet, size_t credit, int deepest)
{
    const struct pressmark_member *m = &l->story->members[s->member];
    const struct pressmark_capture *c = m->capture;
    const struct paint *p = l->cli->paint;
    bool is_this = strcmp(s->relation, "this") == 0;
    size_t width = (size_t)term_columns(STDOUT_FILENO);
    size_t used = 2 + (size_t)deepest + 16 + 2 + outlet + 2 + credit + 2 + 5 + 2;
    char when[32], share[16] = "-";

    when_text(c->when_us, when);
    if (m->previous)
        snprintf(share, sizeof(share), "%.0f %%", 100 * m->follows);
    printf("%c %*s%s%s%s%*s  ", strcmp(c->id, l->story->source) == 0 ? '*' : ' ', indent(s), "", is_this ? p->head : "",
           when, is_this ? p->off : "", deepest - indent(s) + 16 - (int)strlen(when), "");
    put_column(stdout, c->outlet ? c->outlet : "-", outlet);
    fputs("  ", stdout);
    put_column(stdout, c->credit ? c->credit : "-", credit);
    printf("  %5s  %s", share, is_this ? p->head : "");
    put_cut(stdout, c->title ? c->title : c->url ? c->url : "", width > used + 12 ? width - used : width ? 12 : 0);
    printf("%s\n", is_this ? p->off : "");
}

static size_t
wider(size_t now, const char *text, size_t max)
{
    size_t n = text ? columns_of(text, strlen(text)) : 1;

    return n > max ? max : n > now ? n : now;
}

static void
as_text(const struct line *l)
{
    const struct paint *p = l->cli->paint;
    size_t outlet = strlen("outlet"), credit = strlen("credit");
    int deepest = 0;

    for (size_t i = 0; i < l->n; i++) {
        const struct pressmark_capture *c = l->story->members[l->steps[i].member].capture;

        outlet = wider(outlet, c->outlet, OUTLET_MAX);
        credit = wider(credit, c->credit, CREDIT_MAX);
        deepest = indent(&l->steps[i]) > deepest ? indent(&l->steps[i]) : deepest;
    }
    if (!l->cli->common.quiet)
        printf("%s%s%s  story %s, %zu of its %zu captures are on the line of this one\n", p->id, l->id, p->off,
               l->story->id, l->n, l->story->n_members);
    printf("%s  %*s%-16s  %-*s  %-*s  %5s  headline%s\n", p->dim, deepest, "", "date (UTC)", (int)outlet, "outlet",
           (int)credit, "credit", "of it", p->off);
    for (size_t i = 0; i < l->n; i++)
        step_text(l, &l->steps[i], outlet, credit, deepest);
}

static int
show(void *ctx, const struct pressmark_cluster *story)
{
    struct line *l = ctx;
    long this;

    l->story = story;
    l->previous = must_realloc(NULL, (story->n_members + 1) * sizeof(*l->previous));
    l->steps = must_realloc(NULL, (story->n_members + 1) * sizeof(*l->steps));
    this = link_members(l);
    if (this != NONE) {
        add_before(l, this);
        add_after(l, this);
    }
    if (!l->json)
        as_text(l);
    for (size_t i = 0; l->json && i < l->n; i++)
        step_json(l, &l->steps[i]);
    free(l->previous);
    free(l->steps);
    return PRESSMARK_OK;
}

int
lineage(const struct cli *cli, const char *id, bool json)
{
    struct line l = {.cli = cli, .id = id, .json = json};
    struct pressmark_error err = {0, ""};
    int rc = pressmark_cluster_of(cli->archive, id, "story", show, &l, &err);

    if (rc == PRESSMARK_NO) {
        if (cli_deduped(cli))
            talk("%s", err.text);
        return EXIT_NO;
    }
    return cli_exit(rc, &err);
}
