/*
 * noise.h - numbers for texts of a test's own making: the same from the same seed.
 */
#ifndef NOISE_H
#define NOISE_H

#include <stdint.h>

static inline uint32_t
next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*state >> 33);
}

#endif
