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

enum { PM_NAME_BITS = 9, PM_NAME_SLOTS = 1 << PM_NAME_BITS, PM_NAME_MAX = 16 };

/* A name of at most PM_NAME_MAX bytes, letters in lower case, as two numbers. */
struct pm_name_key {
    uint64_t low, high;
};

struct pm_name_table {
    struct pm_name_slot {
        struct pm_name_key key;
        uint8_t value; /* number + 1; 0: free */
    } tags[PM_NAME_SLOTS], attrs[PM_NAME_SLOTS];
};

void pm_name_table_init(struct pm_name_table *t);

/* What a byte means to the tokenizer in a tag. */
enum pm_byte_class {
    PM_BYTE_SPACE = 1u << 0,
    PM_BYTE_ENDS_TAG = 1u << 1,   /* the name of a tag */
    PM_BYTE_ENDS_ATTR = 1u << 2,  /* that of an attribute */
    PM_BYTE_ENDS_VALUE = 1u << 3, /* a value without quotes */
    PM_BYTE_BETWEEN = 1u << 4,    /* nothing, between attributes */
};

extern const uint8_t pm_byte_class[256];

static inline bool
pm_byte_is(char c, unsigned classes)
{
    return (pm_byte_class[(unsigned char)c] & classes) != 0;
}

/* The key of the `len` bytes at `p`, 1 to PM_NAME_MAX; [p, end) may be read. */
static inline struct pm_name_key
pm_name_key(const char *p, size_t len, const char *end)
{
    const uint64_t fold = UINT64_C(0x2020202020202020), all = ~UINT64_C(0);
    struct pm_name_key k = {0, 0};

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (end - p >= PM_NAME_MAX) {
        memcpy(&k.low, p, 8);
        memcpy(&k.high, p + 8, 8);
        k.low = (k.low | fold) & all >> (len < 8 ? 64 - 8 * len : 0);
        k.high = len > 8 ? (k.high | fold) & all >> (128 - 8 * len) : 0;
        return k;
    }
#endif
    (void)end;
    (void)fold;
    (void)all;
    for (size_t i = 0; i < len; i++)
        *(i < 8 ? &k.low : &k.high) |= (uint64_t)(unsigned char)(p[i] | 0x20) << i % 8 * 8;
    return k;
}

static inline size_t
pm_name_slot(struct pm_name_key k)
{
    return (k.low * UINT64_C(0x9E3779B97F4A7C15) ^ k.high * UINT64_C(0xD6E8FEB86659FD93)) >> (64 - PM_NAME_BITS);
}

/* The number of the name at `p`, or -1. */
static inline int
pm_name_find(const struct pm_name_slot *slots, const char *p, size_t len, const char *end)
{
    struct pm_name_key k;

    if (len - 1 >= PM_NAME_MAX)
        return -1;
    k = pm_name_key(p, len, end);
    for (size_t i = pm_name_slot(k); slots[i].value != 0; i = (i + 1) % PM_NAME_SLOTS)
        if (slots[i].key.low == k.low && slots[i].key.high == k.high)
            return slots[i].value - 1;
    return -1;
}

#endif
