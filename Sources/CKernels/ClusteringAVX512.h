// The tiles of the clustering kernels with 512-bit vectors. The including file defines LEVEL, TARGET and
// multiply_add_16: a 32-bit sum plus the products of two pairs of 16-bit numbers, in each lane.
#define UNROLL _Pragma("clang loop unroll(full)")

enum { CHUNK = 6 };

/// (Σ a, Σ b, Σ c, Σ d)
TARGET INLINE __m128 add_across(__m512 a, __m512 b, __m512 c, __m512 d) {
    __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
    __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
    __m512 all = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd))),
                               _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd))));
    __m256 half = _mm256_add_ps(_mm512_castps512_ps256(all), _mm512_extractf32x8_ps(all, 1));
    return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
}

TARGET INLINE __m512i add_product_16(__m512i sum, __m512i x, __m512i c) { return multiply_add_16(sum, x, c); }
TARGET INLINE __m512i add_square_16(__m512i sum, __m512i x, __m512i c) {
    __m512i difference = _mm512_sub_epi16(x, c);
    return multiply_add_16(sum, difference, difference);
}

// A lane takes 2 products of a byte and a 16-bit number for each 32 columns, so the sums of 2048 columns are at most
// 64 · 2 · 255 · 2¹⁵, which fits 32 bits. They are added up as floats.
enum { COLUMN_BLOCK = 2048 };

#define BYTE_TILE(name, accumulate)                                                                                    \
    TARGET INLINE void LEVEL(name)(__m128 * results, const uint8_t *const *row, const uint8_t *const *ahead,           \
                                   const int16_t *values, size_t stride, size_t columns, const int size) {             \
        for (int n = 0; n < size; n++) results[n] = _mm_setzero_ps();                                                  \
        for (size_t start = 0; start < columns; start += COLUMN_BLOCK) {                                               \
            size_t end = columns - start < COLUMN_BLOCK ? columns : start + COLUMN_BLOCK;                              \
            __m512i sums[CHUNK][4];                                                                                    \
            UNROLL for (int n = 0; n < size; n++) {                                                                    \
                UNROLL for (int r = 0; r < 4; r++) sums[n][r] = _mm512_setzero_si512();                                \
            }                                                                                                          \
            for (size_t i = start; i < end; i += 32) {                                                                 \
                __mmask32 mask = end - i < 32 ? (1u << (end - i)) - 1 : ~0u;                                           \
                __m512i x[4];                                                                                          \
                UNROLL for (int r = 0; r < 4; r++) {                                                                   \
                    x[r] = _mm512_cvtepu8_epi16(_mm256_maskz_loadu_epi8(mask, row[r] + i));                            \
                    _mm_prefetch((const char *)(ahead[r] + i), _MM_HINT_T0);                                           \
                }                                                                                                      \
                UNROLL for (int n = 0; n < size; n++) {                                                                \
                    __m512i c = _mm512_loadu_si512(values + (size_t)n * stride + i);                                   \
                    UNROLL for (int r = 0; r < 4; r++) sums[n][r] = accumulate(sums[n][r], x[r], c);                   \
                }                                                                                                      \
            }                                                                                                          \
            UNROLL for (int n = 0; n < size; n++) {                                                                    \
                __m128 sum = add_across(_mm512_cvtepi32_ps(sums[n][0]), _mm512_cvtepi32_ps(sums[n][1]),                \
                                        _mm512_cvtepi32_ps(sums[n][2]), _mm512_cvtepi32_ps(sums[n][3]));               \
                results[n] = _mm_add_ps(results[n], sum);                                                              \
            }                                                                                                          \
        }                                                                                                              \
    }

BYTE_TILE(byte_tile, add_product_16)
BYTE_TILE(byte_distance_tile, add_square_16)

#ifndef BYTES_ONLY
TARGET INLINE __m512 add_product(__m512 sum, __m512 x, __m512 c) { return _mm512_fmadd_ps(x, c, sum); }
TARGET INLINE __m512 add_square(__m512 sum, __m512 x, __m512 c) {
    __m512 difference = _mm512_sub_ps(x, c);
    return _mm512_fmadd_ps(difference, difference, sum);
}

#define FLOAT_TILE(name, accumulate)                                                                                   \
    TARGET INLINE void LEVEL(name)(__m128 * results, const float *const *row, const float *const *ahead,               \
                                   const float *values, size_t stride, size_t columns, const int size) {               \
        __m512 sums[CHUNK][4];                                                                                         \
        UNROLL for (int n = 0; n < size; n++) {                                                                        \
            UNROLL for (int r = 0; r < 4; r++) sums[n][r] = _mm512_setzero_ps();                                       \
        }                                                                                                              \
        for (size_t i = 0; i < columns; i += 16) {                                                                     \
            __mmask16 mask = (__mmask16)(columns - i < 16 ? (1u << (columns - i)) - 1 : ~0u);                          \
            __m512 x[4];                                                                                               \
            UNROLL for (int r = 0; r < 4; r++) {                                                                       \
                x[r] = _mm512_maskz_loadu_ps(mask, row[r] + i);                                                        \
                _mm_prefetch((const char *)(ahead[r] + i), _MM_HINT_T0);                                               \
            }                                                                                                          \
            UNROLL for (int n = 0; n < size; n++) {                                                                    \
                __m512 c = _mm512_loadu_ps(values + (size_t)n * stride + i);                                           \
                UNROLL for (int r = 0; r < 4; r++) sums[n][r] = accumulate(sums[n][r], x[r], c);                       \
            }                                                                                                          \
        }                                                                                                              \
        UNROLL for (int n = 0; n < size; n++) {                                                                        \
            results[n] = add_across(sums[n][0], sums[n][1], sums[n][2], sums[n][3]);                                   \
        }                                                                                                              \
    }

FLOAT_TILE(float_tile, add_product)
FLOAT_TILE(float_distance_tile, add_square)
#endif

#include "ClusteringVariants.h"
