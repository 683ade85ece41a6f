#if defined(__x86_64__)
#include "ck_clustering.h"
#include <immintrin.h>

// Only the kernels for bytes: one instruction multiplies and adds.
#define BYTES_ONLY
#define LEVEL(name) ck_vnni_##name
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")))
#define INLINE static inline __attribute__((always_inline))

TARGET INLINE __m512i multiply_add_16(__m512i sum, __m512i a, __m512i b) { return _mm512_dpwssd_epi32(sum, a, b); }

#include "ClusteringAVX512.h"
#endif
