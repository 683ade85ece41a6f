#include "ckernels.h"
#include <immintrin.h>
#include <stdlib.h>
#include <string.h>

int ck_machine_level(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return CK_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CK_AVX2;
    return CK_BASELINE;
}

const char *ck_level_name(int level) {
    switch (level) {
        case CK_REFERENCE: return "reference";
        case CK_BASELINE: return "baseline";
        case CK_AVX2: return "avx2";
        default: return "avx512";
    }
}

static int probe(void) {
    const int best = ck_machine_level();
    const char *forced = getenv("FLEDGE_CPU_LEVEL");
    for (int level = CK_REFERENCE; forced && level <= best; level++)
        if (strcmp(forced, ck_level_name(level)) == 0) return level;
    return best;
}

int ck_level(void) {
    // Racing threads store the same value.
    static int level = CK_REFERENCE - 1;
    int known = __atomic_load_n(&level, __ATOMIC_RELAXED);
    if (known < CK_REFERENCE) {
        known = probe();
        __atomic_store_n(&level, known, __ATOMIC_RELAXED);
    }
    return known;
}

void ck_pause(void) { _mm_pause(); }
