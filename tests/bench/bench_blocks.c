/*
 * bench_blocks.c - what the cleaner sees of HTML pages, for fitting its weights (fit_blocks.py).
 *
 *   bench_blocks [-W WEIGHTS] FILE...
 *   bench_blocks -w
 *
 * -w: print the weights there are, of both rounds, as they lie in memory, and nothing else. -W:
 * with the weights of this file for the first round, the floats of struct pm_clean_weights as they
 * lie in memory. First a line "names" with the name of each feature; per file a line "page" and its
 * path; then a line per block of the page's body: its text, a tab, and its features other than zero
 * as NUMBER:VALUE.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clean_body.h"
#include "clean_facts.h"
#include "clean_html.h"
#include "clean_score_own.h"
#include "fields.h"
#include "slurp.h"
#include "text.h"

struct tools {
    struct pm_html_parser *parser;
    struct pm_vocab *vocab;
    struct pm_phrases *phrases;
    struct pm_arena *arena;
    struct pm_clean_weights first;
};

static void
put_features(const struct pm_features *f)
{
    for (size_t word = 0; word < sizeof(f->on) / sizeof(*f->on); word++)
        for (uint64_t on = f->on[word]; on != 0; on &= on - 1) {
            size_t i = word * 64 + (size_t)__builtin_ctzll(on);

            printf("%zu:%.6g ", i, (double)f->value[i]);
        }
}

static int
dump_blocks(const struct tools *t, struct pm_page *page, uint32_t body,
            const struct pm_article *known, struct pm_err *err)
{
    struct pm_page_facts facts;
    struct pm_scorer *s;
    struct pm_first_round *r;
    struct pm_features f, context;

    pm_page_facts_find(page, known, &facts);
    s = pm_scorer_new(page, body, &facts);
    r = s != NULL ? pm_scorer_first(s, &t->first, &pm_clean_weights_second) : NULL;
    if (r == NULL)
        return pm_arena_check(t->arena, err);
    pm_features_init(&f);
    pm_features_init(&context);
    for (uint32_t i = s->lo; i < s->hi; i++) {
        struct pm_str text = page->blocks[i].line.text;

        for (size_t k = 0; k < text.len; k++)
            putchar(text.ptr[k] == '\t' || text.ptr[k] == '\n' ? ' ' : text.ptr[k]);
        putchar('\t');
        pm_features_of(s, i, &f);
        put_features(&f);
        pm_features_context(s, i, r, &context);
        put_features(&context);
        putchar('\n');
    }
    return PM_OK;
}

static int
dump_page(const struct tools *t, struct pm_str text, struct pm_err *err)
{
    struct pm_html html;
    struct pm_page page;
    struct pm_article known = {.title = PM_STR_NULL};
    struct pm_fields_extra extra = {.n_authors = 0};
    uint32_t body;
    int rc = pm_html_parse(t->parser, text, &html, err);

    if (rc == PM_OK)
        rc = pm_fields_html(&html, PM_STR_NULL, t->arena, &known, &extra, err);
    if (rc == PM_OK)
        rc = pm_page_make(&page, &html, t->vocab, t->phrases, t->arena, err);
    if (rc == PM_OK)
        rc = pm_body_find(&page, &body, err);
    if (rc == PM_OK)
        rc = pm_page_mark(&page, body, 0.5f, err);
    return rc == PM_OK ? dump_blocks(t, &page, body, &known, err) : rc;
}

static int
dump_file(const struct tools *t, const char *path, struct pm_buf *raw, struct pm_buf *utf8,
          struct pm_err *err)
{
    struct pm_str text;
    int rc = PM_OK;

    pm_buf_reset(raw);
    pm_buf_reset(utf8);
    pm_arena_reset(t->arena);
    if (!slurp(path, raw))
        return pm_fail(err, PM_EIO, "cannot read '%s'", path);
    text = pm_buf_span(raw);
    if (!pm_utf8_valid(text)) {
        const char *label = NULL;

        rc = pm_text_sniff(text, PM_STR_NULL, true, &label, err);
        if (rc == PM_OK)
            rc = pm_text_decode(text, label, utf8, err);
        text = pm_buf_span(utf8);
    }
    printf("page\t%s\n", path);
    return rc == PM_OK ? dump_page(t, text, err) : rc;
}

static bool
read_weights(const char *path, struct pm_clean_weights *dst)
{
    struct pm_buf raw = PM_BUF_INIT(1 << 20);
    bool ok = slurp(path, &raw) && raw.len >= sizeof(*dst);

    if (ok)
        memcpy(dst, raw.data, sizeof(*dst));
    pm_buf_release(&raw);
    return ok;
}

int
main(int argc, char **argv)
{
    struct tools t = {.first = pm_clean_weights_first, .arena = pm_arena_new((size_t)1 << 30)};
    struct pm_buf raw = PM_BUF_INIT((size_t)1 << 30), utf8 = PM_BUF_INIT((size_t)1 << 30);
    struct pm_err err = PM_ERR_INIT;
    int opt, rc = 1;

    while ((opt = getopt(argc, argv, "W:w")) != -1) {
        if (opt == 'w') {
            rc = fwrite(&pm_clean_weights_first, sizeof(t.first), 1, stdout) != 1 ||
                 fwrite(&pm_clean_weights_second, sizeof(t.first), 1, stdout) != 1;
            goto out;
        }
        if (opt != 'W' || !read_weights(optarg, &t.first))
            goto out;
    }
    if (t.arena == NULL || pm_html_parser_new(&t.parser, (size_t)1 << 30, &err) != PM_OK ||
        pm_vocab_new(&t.vocab, &err) != PM_OK || pm_phrases_new(&t.phrases, &err) != PM_OK)
        goto out;
    printf("names");
    for (int k = 0; k < PM_FEAT_COUNT; k++)
        printf("\t%s", pm_feature_name((enum pm_feature)k));
    putchar('\n');
    for (rc = 0; optind < argc; optind++)
        if (dump_file(&t, argv[optind], &raw, &utf8, &err) < 0)
            fprintf(stderr, "%s: %s\n", argv[optind], err.text);
out:
    pm_html_parser_free(t.parser);
    pm_vocab_free(t.vocab);
    pm_phrases_free(t.phrases);
    pm_arena_free(t.arena);
    pm_buf_release(&raw);
    pm_buf_release(&utf8);
    return rc;
}
