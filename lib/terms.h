/*
 * terms.h - words that come again and again, each kept once and numbered from 0 in the order of its
 * first coming.
 *
 * A set belongs to one thread.
 */
#ifndef PM_TERMS_H
#define PM_TERMS_H

#include "buf.h"

struct pm_terms;

/* A set that holds at most `max` bytes of text. */
int pm_terms_new(struct pm_terms **dst, size_t max, struct pm_err *err) PM_MUST_USE;
void pm_terms_free(struct pm_terms *t);

/* The number of a term, which is added if it is new. On failure the set is as it was. */
int pm_terms_add(struct pm_terms *t, struct pm_str term, uint32_t *number, struct pm_err *err) PM_MUST_USE;

size_t pm_terms_size(const struct pm_terms *t);
/* A term with a NUL behind it; lives as long as the set. */
struct pm_str pm_terms_get(const struct pm_terms *t, uint32_t number);

#endif
