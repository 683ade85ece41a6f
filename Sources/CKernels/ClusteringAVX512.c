#if defined(__x86_64__)
#include "ck_clustering.h"
#include <immintrin.h>

#define LEVEL(name) ck_avx512_##name
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma")))
#define INLINE static inline __attribute__((always_inline))

TARGET INLINE __m512i multiply_add_16(__m512i sum, __m512i a, __m512i b) {
    return _mm512_add_epi32(sum, _mm512_madd_epi16(a, b));
}

#include "ClusteringAVX512.h"
#endif
