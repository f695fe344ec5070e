/*
 * credit_find.h - what the parts of the search for credits share; internal to them.
 */
#ifndef PM_CREDIT_FIND_H
#define PM_CREDIT_FIND_H

#include "credit_match.h"

enum { PM_CREDIT_SHORT = 90 }; /* bytes of a line that is nothing but names */

struct pm_credit_finder {
    const struct pm_agencies *a;
    struct pm_arena *arena;
    struct pm_credit found[PM_CREDIT_MAX];
    uint16_t ids[PM_CREDIT_MAX];
    size_t n;
};

/* Note an agency and the words that say so, once. */
void pm_credit_take(struct pm_credit_finder *f, unsigned id, struct pm_str words);
/* All agencies of a list; false when there are none. */
bool pm_credit_take_list(struct pm_credit_finder *f, const struct pm_name_list *list,
                         struct pm_str words);

/* The dateline that paragraph `p` starts with: "CITY (AP) -", "(ANSA) - ROMA -",
 * "新华社北京5月3日电". */
void pm_credit_dateline(struct pm_credit_finder *f, struct pm_str p);

/* No small ASCII letter is in it. */
bool pm_credit_no_small(struct pm_str s);

/* A part of `s`. */
static inline struct pm_str
pm_credit_part(struct pm_str s, size_t from, size_t to)
{
    return PM_STRN(s.ptr + from, to - from);
}

#endif
