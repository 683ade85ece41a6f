// Numbers below 1.2e-38 count as zero.
//
// Processors take a hundred times as long for them. They are no rarity: the running mean of a gradient that has become
// zero, of a rectified unit that no sample reaches any more, decays to 1e-38 in 850 steps and, rounding upwards, stays
// there.
#pragma once

#if defined(__x86_64__)
#include <xmmintrin.h>

/// Both as operands and as results, until `restore_small_numbers`; gives what that wants.
static inline unsigned flush_small_numbers(void) {
    const unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040);
    return before;
}
static inline void restore_small_numbers(const unsigned *before) { _mm_setcsr(*before); }
#else
static inline unsigned flush_small_numbers(void) { return 0; }
static inline void restore_small_numbers(const unsigned *before) { (void)before; }
#endif

/// To the end of the scope that it stands in.
#define SMALL_NUMBERS_ARE_ZERO                                                                                         \
    const unsigned rounding_before __attribute__((cleanup(restore_small_numbers), unused)) = flush_small_numbers()
