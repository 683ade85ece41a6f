#if defined(__x86_64__)
#include "ck_clustering.h"
#include <immintrin.h>
#include <string.h>

#define LEVEL(name) ck_avx2_##name
#define TARGET __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum { CHUNK = 3 };

/// (Σ a, Σ b, Σ c, Σ d)
TARGET INLINE __m128 add_across(__m256 a, __m256 b, __m256 c, __m256 d) {
    __m256 all = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    return _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
}

TARGET INLINE __m256i add_product_16(__m256i sum, __m256i x, __m256i c) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(x, c));
}
TARGET INLINE __m256i add_square_16(__m256i sum, __m256i x, __m256i c) {
    __m256i difference = _mm256_sub_epi16(x, c);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(difference, difference));
}

/// 16 bytes of a row as 16-bit numbers, with zeros behind the last.
TARGET INLINE __m256i load_bytes(const uint8_t *row, size_t left) {
    if (left >= 16) return _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)row));
    uint8_t tail[16] = {0};
    memcpy(tail, row, left);
    return _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)tail));
}

/// 8 floats of a row, with zeros behind the last.
TARGET INLINE __m256 load_floats(const float *row, size_t left) {
    if (left >= 8) return _mm256_loadu_ps(row);
    float tail[8] = {0};
    memcpy(tail, row, left * sizeof *tail);
    return _mm256_loadu_ps(tail);
}

// A lane takes 2 products of a byte and a 16-bit number for each 16 columns, so the sums of 2032 columns are at most
// 127 · 2 · 255 · 2¹⁵, which fits 32 bits. They are added up as floats.
enum { COLUMN_BLOCK = 2032 };

#define BYTE_TILE(name, accumulate)                                                                                    \
    TARGET INLINE void LEVEL(name)(__m128 * results, const uint8_t *const *row, const uint8_t *const *ahead,           \
                                   const int16_t *values, size_t stride, size_t columns, const int size) {             \
        for (int n = 0; n < size; n++) results[n] = _mm_setzero_ps();                                                  \
        for (size_t start = 0; start < columns; start += COLUMN_BLOCK) {                                               \
            size_t end = columns - start < COLUMN_BLOCK ? columns : start + COLUMN_BLOCK;                              \
            __m256i sums[CHUNK][4];                                                                                    \
            UNROLL for (int n = 0; n < size; n++) {                                                                    \
                UNROLL for (int r = 0; r < 4; r++) sums[n][r] = _mm256_setzero_si256();                                \
            }                                                                                                          \
            for (size_t i = start; i < end; i += 16) {                                                                 \
                UNROLL for (int r = 0; r < 4; r++) {                                                                   \
                    __m256i x = load_bytes(row[r] + i, end - i);                                                       \
                    _mm_prefetch((const char *)(ahead[r] + i), _MM_HINT_T0);                                           \
                    UNROLL for (int n = 0; n < size; n++) {                                                            \
                        __m256i c = _mm256_loadu_si256((const __m256i *)(values + (size_t)n * stride + i));            \
                        sums[n][r] = accumulate(sums[n][r], x, c);                                                     \
                    }                                                                                                  \
                }                                                                                                      \
            }                                                                                                          \
            UNROLL for (int n = 0; n < size; n++) {                                                                    \
                __m128 sum = add_across(_mm256_cvtepi32_ps(sums[n][0]), _mm256_cvtepi32_ps(sums[n][1]),                \
                                        _mm256_cvtepi32_ps(sums[n][2]), _mm256_cvtepi32_ps(sums[n][3]));               \
                results[n] = _mm_add_ps(results[n], sum);                                                              \
            }                                                                                                          \
        }                                                                                                              \
    }

BYTE_TILE(byte_tile, add_product_16)
BYTE_TILE(byte_distance_tile, add_square_16)

TARGET INLINE __m256 add_product(__m256 sum, __m256 x, __m256 c) { return _mm256_fmadd_ps(x, c, sum); }
TARGET INLINE __m256 add_square(__m256 sum, __m256 x, __m256 c) {
    __m256 difference = _mm256_sub_ps(x, c);
    return _mm256_fmadd_ps(difference, difference, sum);
}

#define FLOAT_TILE(name, accumulate)                                                                                   \
    TARGET INLINE void LEVEL(name)(__m128 * results, const float *const *row, const float *const *ahead,               \
                                   const float *values, size_t stride, size_t columns, const int size) {               \
        __m256 sums[CHUNK][4];                                                                                         \
        UNROLL for (int n = 0; n < size; n++) {                                                                        \
            UNROLL for (int r = 0; r < 4; r++) sums[n][r] = _mm256_setzero_ps();                                       \
        }                                                                                                              \
        for (size_t i = 0; i < columns; i += 8) {                                                                      \
            UNROLL for (int r = 0; r < 4; r++) {                                                                       \
                __m256 x = load_floats(row[r] + i, columns - i);                                                       \
                _mm_prefetch((const char *)(ahead[r] + i), _MM_HINT_T0);                                               \
                UNROLL for (int n = 0; n < size; n++) {                                                                \
                    __m256 c = _mm256_loadu_ps(values + (size_t)n * stride + i);                                       \
                    sums[n][r] = accumulate(sums[n][r], x, c);                                                         \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        UNROLL for (int n = 0; n < size; n++) {                                                                        \
            results[n] = add_across(sums[n][0], sums[n][1], sums[n][2], sums[n][3]);                                   \
        }                                                                                                              \
    }

FLOAT_TILE(float_tile, add_product)
FLOAT_TILE(float_distance_tile, add_square)

#include "ClusteringVariants.h"
#endif
