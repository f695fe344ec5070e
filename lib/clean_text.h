/*
 * clean_text.h - the article of a plain text page: what a browser's "copy all" or "save as text"
 * gives.
 *
 * Lines are scored by their shape, their neighbours, their place and the interface words in them
 * (text_score.h); a chain over them finds the likeliest run of lines that is the story, and what
 * stands between them and is no part of it (promos, captions, dates, share bars); what stands above
 * it gives title, standfirst, byline, date and section. Pure; time and memory are linear in the
 * text.
 */
#ifndef PM_CLEAN_TEXT_H
#define PM_CLEAN_TEXT_H

#include "article.h"
#include "phrases.h"

struct pm_text_weights; /* text_score.h */

/* Lines that name where the text came from ("SOURCE:AFP"), as written, for pm_credit_input. */
struct pm_text_sources {
    const struct pm_str *v;
    size_t n;
};

/*
 * `weights`: pm_text_weights, or what a measurement has made of them; borrowed for the call.
 * `text`: UTF-8, borrowed, must live as long as *dst; `url` may be absent. Fills blocks (all lines,
 * kept or dropped), title, standfirst, byline, published, section and captions of *dst, and
 * *sources, all in `arena`; the other fields of *dst, `text` and `credit` among them, are left
 * empty. PM_SKIP when there is no story in it (blocks are filled), PM_ELIMIT when there are more
 * than PM_LINES_MAX lines.
 */
int pm_clean_text(const struct pm_phrases *phrases, const struct pm_text_weights *weights, struct pm_str text,
                  struct pm_str url, struct pm_arena *arena, struct pm_article *dst, struct pm_text_sources *sources,
                  struct pm_err *err) PM_MUST_USE;

#endif
