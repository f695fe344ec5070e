/*
 * html_name.h - names of tags and attributes to numbers, and what is known of each tag.
 *
 * Internal to the HTML parser. A table is read-only once made.
 */
#ifndef PM_HTML_NAME_H
#define PM_HTML_NAME_H

#include "html.h"

enum pm_tag_flag {
    PM_TAGF_VOID = 1u << 0,     /* has no content */
    PM_TAGF_SPECIAL = 1u << 1,  /* "special" in the HTML standard: inline end tags do not reach through it */
    PM_TAGF_CLOSES_P = 1u << 2, /* its start ends an open p */
    PM_TAGF_FORMAT = 1u << 3,   /* formatting element */
    PM_TAGF_BLOCK = 1u << 4,    /* white space beside it is not shown */
    PM_TAGF_RAW = 1u << 5,      /* its content is raw text that nobody reads */
    PM_TAGF_RCDATA = 1u << 6,   /* its content is text with entities */
    PM_TAGF_TABLE = 1u << 7,    /* stands in a table only */
    PM_TAGF_HEAD = 1u << 8,     /* may stand in head */
};

extern const uint16_t pm_tag_flags[PM_TAG_COUNT];

enum { PM_NAME_SLOTS = 512 };

struct pm_name_table {
    struct pm_name_slot {
        uint64_t hash;
        uint8_t value; /* number + 1; 0: free */
    } tags[PM_NAME_SLOTS], attrs[PM_NAME_SLOTS];
};

void pm_name_table_init(struct pm_name_table *t);

#define PM_NAME_SEED UINT64_C(0xcbf29ce484222325)

/* One more byte of a name; ASCII letters fold. */
static inline uint64_t
pm_name_step(uint64_t h, unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (unsigned char)(c | 0x20);
    return (h ^ c) * UINT64_C(0x100000001b3);
}

/* The number of a hashed name, or -1. Two names of one hash in 2^64 are one name to us: harmless. */
static inline int
pm_name_find(const struct pm_name_slot *slots, uint64_t hash)
{
    size_t i = (hash ^ hash >> 32) % PM_NAME_SLOTS;

    while (slots[i].value != 0) {
        if (slots[i].hash == hash)
            return slots[i].value - 1;
        i = (i + 1) % PM_NAME_SLOTS;
    }
    return -1;
}

#endif
