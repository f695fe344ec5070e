/*
 * sum.h - read every byte of a span, so that the sanitizers see it.
 */
#ifndef SUM_H
#define SUM_H

#include "buf.h"

static inline unsigned long
sum(struct pm_str s)
{
    unsigned long n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += (unsigned char)s.ptr[i];
    return n;
}

#endif
