/*
 * credit_find.h - what the parts of the search for credits share; internal to them.
 */
#ifndef PM_CREDIT_FIND_H
#define PM_CREDIT_FIND_H

#include "credit_match.h"

enum {
    PM_CREDIT_SHORT = 90, /* bytes of a line that is nothing but names */
    PM_CREDIT_LINE = 400, /* longer lines are prose */
};

struct pm_credit_finder {
    const struct pm_agencies *a;
    struct pm_arena *arena;
    struct pm_credit found[PM_CREDIT_MAX];
    uint16_t ids[PM_CREDIT_MAX];
    size_t n;
    unsigned searches; /* for a label in earlier blocks, which take time; they have a ceiling */
};

/* Note an agency and the words that say so, once. */
void pm_credit_take(struct pm_credit_finder *f, unsigned id, struct pm_str words);
/* All agencies of a list; false when there are none. */
bool pm_credit_take_list(struct pm_credit_finder *f, const struct pm_name_list *list, struct pm_str words);

/* The dateline that paragraph `p` starts with: "CITY (AP) -", "(ANSA) - ROMA -",
 * "新华社北京5月3日电". */
void pm_credit_dateline(struct pm_credit_finder *f, struct pm_str p);

/* Forms of a line that say where a text came from; true when one was found and taken. */

/* "Source: AFP", "Quelle: APA/sda/dpa" */
bool pm_credit_labelled(struct pm_credit_finder *f, struct pm_str s);
/* A sentence of it starts with "with inputs from" and the like, and names so many agencies. */
bool pm_credit_led(struct pm_credit_finder *f, struct pm_str s, size_t least);
/* "Associated Press writer A. Writer contributed to this report": claim and name in one sentence.
 */
bool pm_credit_claim(struct pm_credit_finder *f, struct pm_str s);
/* Nothing but an agency that has a site, a year and a mark of copyright: "© 2019 Associated Press. All rights
 * reserved." */
void pm_credit_owned(struct pm_credit_finder *f, struct pm_str line);
/* All of these, and "© 2019 Associated Press". */
bool pm_credit_told(struct pm_credit_finder *f, struct pm_str line);
/* Nothing but names and initials: "(dpa)", "SDA/sep", "AFP". */
bool pm_credit_names_only(struct pm_credit_finder *f, struct pm_str line);
/* The same where a name alone may be a picture's: in brackets, behind dashes, or with initials. */
bool pm_credit_signed(struct pm_credit_finder *f, struct pm_str line);
/* The end of the last paragraph: "... he said. (dpa)", "... he said. — AFP", "... PTI ABC DEF". */
void pm_credit_tail(struct pm_credit_finder *f, struct pm_str p);
/* Without the brackets, dashes and stars at a line's ends. */
struct pm_str pm_credit_bare(struct pm_str s);

/* No small ASCII letter is in it. */
bool pm_credit_no_small(struct pm_str s);

/* A part of `s`. */
static inline struct pm_str
pm_credit_part(struct pm_str s, size_t from, size_t to)
{
    return PM_STRN(s.ptr + from, to - from);
}

#endif
