/*
 * names.h - the names in a byline, each apart.
 *
 * Names of writers come in too many languages for lists of names; it is the words around them that
 * are known ("by", "and", "correspondent"), and the shape of what is left. Pure.
 */
#ifndef PM_NAMES_H
#define PM_NAMES_H

#include "buf.h"

enum { PM_NAMES_MAX = 24 };

struct pm_names {
    struct pm_str v[PM_NAMES_MAX];
    size_t n;
};

/* Letters and digits alone, ASCII case folded, are the same. */
bool pm_names_same(struct pm_str a, struct pm_str b);

/* Add `s` unless it is empty or one of them is the same; what does not fit is left out. */
void pm_names_add(struct pm_names *names, struct pm_str s);

/*
 * Add the names of a byline, "By Ann Writer and Bob Maker, Correspondents" or a name alone: plain
 * text with white space squeezed. They are views into it or in `arena`.
 */
void pm_names_split(struct pm_str byline, struct pm_arena *arena, struct pm_names *names);

#endif
