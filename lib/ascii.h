/*
 * ascii.h - what a byte is in ASCII, whatever the locale. Bytes over 0x7F are none of these.
 */
#ifndef PM_ASCII_H
#define PM_ASCII_H

#include <stdbool.h>

static inline bool
pm_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
pm_ascii_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool
pm_ascii_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool
pm_ascii_letter(char c)
{
    return pm_ascii_lower((char)(c | 0x20));
}

static inline bool
pm_ascii_alnum(char c)
{
    return pm_ascii_letter(c) || pm_ascii_digit(c);
}

/* Space, tab, line feed, vertical tab, form feed, carriage return. */
static inline bool
pm_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The small letter of a capital; any other byte as it is. */
static inline char
pm_ascii_fold(char c)
{
    return pm_ascii_upper(c) ? (char)(c | 0x20) : c;
}

/* 0 to 15 of a hexadecimal digit, -1 of any other byte. */
static inline int
pm_ascii_hex(char c)
{
    if (pm_ascii_digit(c))
        return c - '0';
    c = pm_ascii_fold(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
