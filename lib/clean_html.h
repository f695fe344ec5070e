/*
 * clean_html.h - the body of an HTML page.
 *
 * The page is cut into blocks of text; one element of it is found to be the body; each block in it gets a score from its shape,
 * its markup, its neighbours and its place, and those above 0 are kept. Pure; time and memory are linear in the page.
 */
#ifndef PM_CLEAN_HTML_H
#define PM_CLEAN_HTML_H

#include "article.h"
#include "html.h"

struct pm_phrases;

struct pm_html_cleaner; /* tables, read-only once made */

int pm_html_cleaner_new(struct pm_html_cleaner **dst, struct pm_err *err) PM_MUST_USE;
void pm_html_cleaner_free(struct pm_html_cleaner *c);
/* The interface phrases that it uses, borrowed. */
const struct pm_phrases *pm_html_cleaner_phrases(const struct pm_html_cleaner *c);

/*
 * Fill dst->blocks, all blocks of the page in document order, kept or dropped; other fields of *dst are untouched. PM_SKIP when the
 * page has no text.
 */
int pm_clean_html(const struct pm_html_cleaner *c, const struct pm_html *html, struct pm_arena *arena,
                  struct pm_article *dst, struct pm_err *err) PM_MUST_USE;

#endif
