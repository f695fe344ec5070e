/*
 * article_out.h - a cleaned page on standard output, in each form that commands offer.
 */
#ifndef CMD_ARTICLE_OUT_H
#define CMD_ARTICLE_OUT_H

#include "cli.h"

/* The text alone, a block a line. */
void article_text(const struct cli *cli, const struct pressmark_article *a);
/* The same under a line "==> name <==". */
void article_named_text(const struct cli *cli, const char *name, const struct pressmark_article *a);
/* Fields, then each block with the rule and score that kept (+) or dropped (-) it. */
void article_explain(const struct cli *cli, const char *name, const struct pressmark_article *a);
/* Only what was dropped. */
void article_removed(const struct cli *cli, const struct pressmark_article *a);
/* A row of type "page"; with `blocks`, those too. */
void article_json(const char *name, const struct pressmark_article *a, bool blocks);

/* "title: ..." with the name in a column; nothing when the value is NULL or empty. */
void field_line(const struct cli *cli, const char *name, const char *value);

#endif
