/* article_out.c - a cleaned page on standard output */
#include "article_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "talk.h"

void
article_text(const struct cli *cli, const struct pressmark_article *a)
{
    if (a->text_len == 0)
        return;
    cli_put(cli, a->text, a->text_len);
    putchar('\n');
}

static void
name_line(const struct cli *cli, const char *name)
{
    static bool again;

    if (again)
        putchar('\n');
    again = true;
    printf("%s==> ", cli->paint->head);
    put_text(stdout, name);
    printf(" <==%s\n", cli->paint->off);
}

void
article_named_text(const struct cli *cli, const char *name, const struct pressmark_article *a)
{
    name_line(cli, name);
    article_text(cli, a);
}

void
field_line(const struct cli *cli, const char *name, const char *value)
{
    int pad = 13 - (int)strlen(name);

    if (!value || !*value)
        return;
    printf("%s%s:%s%*s", cli->paint->dim, name, cli->paint->off, pad > 0 ? pad : 1, "");
    put_text(stdout, value);
    putchar('\n');
}

static void
print_fields(const struct cli *cli, const struct pressmark_article *a)
{
    char *byline = joined(a->byline, a->n_byline);

    field_line(cli, "title", a->title);
    field_line(cli, "standfirst", a->standfirst);
    field_line(cli, "byline", byline);
    field_line(cli, "published", a->published);
    field_line(cli, "modified", a->modified);
    field_line(cli, "credit", a->credit);
    field_line(cli, "credit words", a->credit_words);
    field_line(cli, "section", a->section);
    field_line(cli, "site", a->site);
    field_line(cli, "language", a->language);
    field_line(cli, "canonical", a->canonical);
    for (size_t i = 0; i < a->n_captions; i++)
        field_line(cli, "caption", a->captions[i]);
    free(byline);
}

static void
print_block(const struct cli *cli, const struct pressmark_block *b, size_t width)
{
    const struct paint *p = cli->paint;
    /* "+ heading  a-rule-name              0.92  " */
    enum { RULE = 24, LEAD = 2 + 9 + RULE + 8 };
    const char *rule = b->rule ? b->rule : "";
    size_t lead = strlen(rule) > RULE ? LEAD - RULE + strlen(rule) : LEAD;

    printf("%s%c %-9s", b->kept ? p->good : p->cut, b->kept ? '+' : '-', b->kind);
    put_text(stdout, rule);
    printf("%*s%6.2f  ", strlen(rule) < RULE ? (int)(RULE - strlen(rule)) : 0, "", b->score);
    put_cut(stdout, b->text, width > lead + 20 ? width - lead : 0);
    printf("%s\n", p->off);
}

void
article_explain(const struct cli *cli, const char *name, const struct pressmark_article *a)
{
    size_t width = cli->tty ? (size_t)term_columns(1) : 0, kept = 0;
    char words[32];

    name_line(cli, name);
    print_fields(cli, a);
    if (a->n_blocks)
        putchar('\n');
    for (size_t i = 0; i < a->n_blocks; i++) {
        print_block(cli, &a->blocks[i], width);
        kept += a->blocks[i].kept;
    }
    printf("\n%zu of %zu blocks kept, %s words\n", kept, a->n_blocks, count_text(a->words, words));
}

void
article_removed(const struct cli *cli, const struct pressmark_article *a)
{
    size_t width = cli->tty ? (size_t)term_columns(1) : 0;

    for (size_t i = 0; i < a->n_blocks; i++)
        if (!a->blocks[i].kept)
            print_block(cli, &a->blocks[i], width);
}

static void
blocks_json(const struct pressmark_article *a)
{
    json_list("blocks");
    for (size_t i = 0; i < a->n_blocks; i++) {
        json_item();
        json_text("kind", a->blocks[i].kind);
        json_bool("kept", a->blocks[i].kept);
        json_text("rule", a->blocks[i].rule);
        json_number("score", a->blocks[i].score);
        json_text("text", a->blocks[i].text);
        json_close();
    }
    json_list_end();
}

void
article_json(const char *name, const struct pressmark_article *a, bool blocks)
{
    json_begin("page");
    json_text("file", name);
    json_text("title", a->title);
    json_strings("byline", a->byline, a->n_byline);
    json_text("published", a->published);
    json_text("language", a->language);
    json_text("credit", a->credit);
    json_bytes("text", a->text ? a->text : "", a->text_len);
    json_text("standfirst", a->standfirst);
    json_text("modified", a->modified);
    json_text("section", a->section);
    json_text("site", a->site);
    json_text("canonical", a->canonical);
    json_strings("captions", a->captions, a->n_captions);
    json_text("credit_words", a->credit_words);
    json_uint("words", a->words);
    if (blocks)
        blocks_json(a);
    json_end();
}
