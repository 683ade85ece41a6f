// The clustering kernels of one CPU level. A level's file defines
//     LEVEL(name)      the name of a function on this level
//     TARGET           the attribute that compiles for it
//     CHUNK            how many centroids a tile holds in registers at once
//     byte_tile, byte_distance_tile, and unless BYTES_ONLY, float_tile, float_distance_tile
// and includes this. A tile is 4 rows by up to CHUNK centroids: each row is read once, and the results for the 4 rows
// of one centroid lie in one register.
#include "ck_clustering.h"
#include <immintrin.h>
#include <math.h>

// A block of rows goes through one chunk of centroids after the other. Few centroids stay in L1 beside a small block;
// of many, a chunk stays in L1 while a large block streams past from L2.
enum { TILE = 4, SMALL_BLOCK = 16, BLOCK = 48 };

// Rows this far ahead are fetched while a tile is worked on.
enum { BYTES_AHEAD = 12 * 1024 };

/// The running three lowest scores of 4 rows.
typedef struct {
    __m128 best_score, second_score, third_score;
    __m128i best, second;
} LEVEL(ranking);

TARGET static inline __attribute__((always_inline)) void LEVEL(rank)(LEVEL(ranking) *ranking, __m128 score,
                                                                     int32_t index) {
    __m128i candidate = _mm_set1_epi32(index);
    __m128i first = _mm_castps_si128(_mm_cmplt_ps(score, ranking->best_score));
    __m128i below_second = _mm_castps_si128(_mm_cmplt_ps(score, ranking->second_score));
    ranking->third_score = _mm_min_ps(ranking->third_score, _mm_max_ps(ranking->second_score, score));
    ranking->second_score = _mm_min_ps(ranking->second_score, _mm_max_ps(ranking->best_score, score));
    ranking->best_score = _mm_min_ps(ranking->best_score, score);
    ranking->second = _mm_blendv_epi8(_mm_blendv_epi8(ranking->second, candidate, below_second), ranking->best, first);
    ranking->best = _mm_blendv_epi8(ranking->best, candidate, first);
}

TARGET static inline void LEVEL(unpack)(ck_nearest *nearest, const LEVEL(ranking) *ranking, size_t rows) {
    float best_score[TILE], second_score[TILE], third_score[TILE];
    int32_t best[TILE], second[TILE];
    _mm_storeu_ps(best_score, ranking->best_score);
    _mm_storeu_ps(second_score, ranking->second_score);
    _mm_storeu_ps(third_score, ranking->third_score);
    _mm_storeu_si128((__m128i *)best, ranking->best);
    _mm_storeu_si128((__m128i *)second, ranking->second);
    for (size_t r = 0; r < rows; r++) {
        nearest[r] = (ck_nearest){best_score[r], second_score[r], third_score[r], best[r], second[r]};
    }
}

static inline size_t LEVEL(smaller)(size_t a, size_t b) { return a < b ? a : b; }

// Centroids are taken in chunks as even as possible: 10 centroids are 5 and 5, not 6 and 4.
#define CHUNKS(count) (((count) + CHUNK - 1) / CHUNK)
#define CHUNK_SIZE(chunk, chunks, count) ((count) / (chunks) + ((chunk) < (count) % (chunks)))

// One tile with a constant number of centroids, so that its sums live in registers.
#define TILE_OF(tile, size, ...)                                                                                       \
    switch (size) {                                                                                                    \
    case 1: tile(__VA_ARGS__, 1); break;                                                                               \
    case 2: tile(__VA_ARGS__, 2); break;                                                                               \
    case 3: tile(__VA_ARGS__, 3); break;                                                                               \
    case 4: tile(__VA_ARGS__, CHUNK < 4 ? CHUNK : 4); break;                                                           \
    case 5: tile(__VA_ARGS__, CHUNK < 5 ? CHUNK : 5); break;                                                           \
    default: tile(__VA_ARGS__, CHUNK); break;                                                                          \
    }

// A tile that lacks rows repeats the last one. Rows are fetched ahead once, with the first chunk.
#define ROW_POINTERS(Element)                                                                                          \
    const Element *row[TILE], *ahead[TILE];                                                                            \
    for (size_t r = 0; r < TILE; r++) {                                                                                \
        size_t place = LEVEL(smaller)(start + t * TILE + r, count - 1);                                                \
        row[r] = rows + (index ? (size_t)index[place] : place) * columns;                                              \
        size_t later = place + rows_ahead;                                                                             \
        ahead[r] = chunk == 0 && later < available ? rows + (index ? (size_t)index[later] : later) * columns : row[r]; \
    }

#define BLOCKS(Element)                                                                                                \
    size_t block_size = chunks <= 2 ? SMALL_BLOCK : BLOCK;                                                             \
    size_t rows_ahead = BYTES_AHEAD / (columns * sizeof(Element)) + TILE;

#define NEAREST(name, tile, Element, Centroids)                                                                        \
    TARGET void LEVEL(name)(ck_nearest * nearest, const Element *rows, size_t columns, const int32_t *index,           \
                            size_t count, size_t available, const Centroids *centroids) {                              \
        size_t chunks = CHUNKS(centroids->count);                                                                      \
        BLOCKS(Element)                                                                                                \
        __m128 factor = _mm_set1_ps(centroids->factor);                                                                \
        for (size_t start = 0; start < count; start += block_size) {                                                   \
            LEVEL(ranking) rankings[BLOCK / TILE];                                                                     \
            size_t block = LEVEL(smaller)(count - start, block_size), tiles = (block + TILE - 1) / TILE;               \
            for (size_t t = 0; t < tiles; t++) {                                                                       \
                __m128 none = _mm_set1_ps(INFINITY);                                                                   \
                rankings[t] = (LEVEL(ranking)){none, none, none, _mm_set1_epi32(-1), _mm_set1_epi32(-1)};              \
            }                                                                                                          \
            for (size_t chunk = 0, j = 0; chunk < chunks; chunk++) {                                                   \
                size_t size = CHUNK_SIZE(chunk, chunks, centroids->count);                                             \
                for (size_t t = 0; t < tiles; t++) {                                                                   \
                    ROW_POINTERS(Element)                                                                              \
                    __m128 dots[CHUNK];                                                                                \
                    TILE_OF(tile, size, dots, row, ahead, centroids->values + j * centroids->stride,                   \
                            centroids->stride, columns)                                                                \
                    LEVEL(ranking) ranking = rankings[t];                                                              \
                    for (size_t n = 0; n < size; n++) {                                                                \
                        __m128 score =                                                                                 \
                            _mm_sub_ps(_mm_set1_ps(centroids->offsets[j + n]), _mm_mul_ps(factor, dots[n]));           \
                        LEVEL(rank)(&ranking, score, (int32_t)(j + n));                                                \
                    }                                                                                                  \
                    rankings[t] = ranking;                                                                             \
                }                                                                                                      \
                j += size;                                                                                             \
            }                                                                                                          \
            for (size_t t = 0; t < tiles; t++) {                                                                       \
                LEVEL(unpack)(nearest + start + t * TILE, &rankings[t], LEVEL(smaller)(block - t * TILE, TILE));       \
            }                                                                                                          \
        }                                                                                                              \
    }

#define SQUARED_DISTANCES(name, tile, Element, Value)                                                                  \
    TARGET void LEVEL(name)(float *distances, const Element *rows, size_t columns, const int32_t *index, size_t count, \
                            const Value *values, size_t stride, size_t points) {                                       \
        size_t chunks = CHUNKS(points), available = count;                                                             \
        BLOCKS(Element)                                                                                                \
        for (size_t start = 0; start < count; start += block_size) {                                                   \
            size_t block = LEVEL(smaller)(count - start, block_size), tiles = (block + TILE - 1) / TILE;               \
            for (size_t chunk = 0, j = 0; chunk < chunks; chunk++) {                                                   \
                size_t size = CHUNK_SIZE(chunk, chunks, points);                                                       \
                for (size_t t = 0; t < tiles; t++) {                                                                   \
                    ROW_POINTERS(Element)                                                                              \
                    __m128 sums[CHUNK];                                                                                \
                    TILE_OF(tile, size, sums, row, ahead, values + j * stride, stride, columns)                        \
                    size_t rows_left = LEVEL(smaller)(block - t * TILE, TILE);                                         \
                    for (size_t n = 0; n < size; n++) {                                                                \
                        float four[TILE];                                                                              \
                        _mm_storeu_ps(four, sums[n]);                                                                  \
                        for (size_t r = 0; r < rows_left; r++) {                                                       \
                            distances[(start + t * TILE + r) * points + j + n] = four[r];                              \
                        }                                                                                              \
                    }                                                                                                  \
                }                                                                                                      \
                j += size;                                                                                             \
            }                                                                                                          \
        }                                                                                                              \
    }

NEAREST(nearest_bytes, LEVEL(byte_tile), uint8_t, ck_byte_centroids)
SQUARED_DISTANCES(squared_distances_bytes, LEVEL(byte_distance_tile), uint8_t, int16_t)

#ifndef BYTES_ONLY
NEAREST(nearest_floats, LEVEL(float_tile), float, ck_float_centroids)
SQUARED_DISTANCES(squared_distances_floats, LEVEL(float_distance_tile), float, float)
#include "ClusteringSums.h"
#endif
