/*
 * shingle_own.h - what the parts of shingling share: words and characters as they are found; internal to them.
 */
#ifndef PM_SHINGLE_OWN_H
#define PM_SHINGLE_OWN_H

#include <xxhash.h>

#include "shingle.h"

enum {
    PM_WORD_MAX = 64,       /* bytes of a word that count; longer ones are no words of a language */
    PM_WORD_PAIR = 16,      /* bytes that two loads see */
    PM_STREAM_WORDS = 512,  /* words hashed before they are put into shingles, */
    PM_STREAM_CHARS = 2048, /* and characters; 16 bytes more can be written */
};

struct pm_hash_list {
    uint64_t *v;
    size_t n, cap;
};

struct pm_shingler {
    struct pm_hash_list h5, hc, numbers, scratch;
    struct pm_line_end *lines;
    size_t n_lines, cap_lines;
    uint32_t *at_hc; /* cap_at, at least as many as there is room for in hc while they are asked for */
    size_t cap_at;
    XXH3_state_t *exact;
    uint64_t words[PM_STREAM_WORDS];
    unsigned char chars[PM_STREAM_CHARS + PM_WORD_PAIR];
    uint64_t weight[256]; /* of ASCII letters (both cases alike) and digits; 0 for all else */
};

/*
 * One text on its way through. Both windows are sums of weights, shifted up with each element that comes in: a gear
 * hash (Xia et al. 2016) whose weights have their low 4 bits clear, so that it depends on exactly the last 12
 * characters or 5 words, the oldest by its few bits that are left.
 */
struct pm_shingle_scan {
    struct pm_shingler *s;
    struct pm_str text;
    uint64_t limit_h5, limit_hc;
    uint64_t char_window, word_window;
    uint64_t n_words, n_chars;   /* up to here, */
    size_t new_words, new_chars; /* of which so many, in the handle, are in no shingle yet */
    char word[PM_WORD_MAX + 8];  /* the word under way, folded; 8 bytes more can be read */
    size_t word_len;
    uint32_t unspaced;       /* the character before, in a script without spaces; 0 if none */
    bool with_lines, failed; /* failed: memory did not suffice */
};

/* An odd multiplier with well spread bits, of the golden ratio (Fibonacci hashing). */
#define PM_SHINGLE_MUL 0x9E3779B97F4A7C15ULL

/* The finaliser of MurmurHash3 (Appleby, public domain): every bit of x reaches every bit of the result. */
static inline uint64_t
pm_shingle_mix(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCDULL;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53ULL;
    return x ^ x >> 33;
}

/* Room for so many hashes more; false, and `failed` set, without memory. */
bool pm_shingle_room(struct pm_shingle_scan *t, struct pm_hash_list *h, size_t more);
/* Put into shingles what was gathered of words, of characters. */
void pm_shingle_words(struct pm_shingle_scan *t);
void pm_shingle_chars(struct pm_shingle_scan *t);
/* A character that is no ASCII letter or digit, after those gathered. */
void pm_shingle_wide(struct pm_shingle_scan *t, uint32_t cp);

/* Gather words, characters, numbers and ends of lines of the text, in shingle_scan.c. */
void pm_shingle_scan(struct pm_shingle_scan *t);
/* A line ends here. */
void pm_shingle_end_line(struct pm_shingle_scan *t);

#endif
