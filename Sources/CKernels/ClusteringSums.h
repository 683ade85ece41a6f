// Sums of rows and distances in double precision, in C that the compiler vectorises for the level of the including file (LEVEL, TARGET). Whole
// numbers and additions in a fixed order: the same bits on every level.
#include "ck_clustering.h"

#define ROW(r) (rows + (index ? (size_t)index[r] : (r)) * columns)

#define SUM_BYTES(name, operation)                                                                                     \
    TARGET void LEVEL(name)(double *restrict sums, const uint8_t *restrict rows, size_t columns,                       \
                            const int32_t *index, size_t count) {                                                      \
        size_t r = 0;                                                                                                  \
        for (; r + 8 <= count; r += 8) {                                                                               \
            const uint8_t *restrict a = ROW(r), *restrict b = ROW(r + 1), *restrict c = ROW(r + 2),                    \
                                    *restrict d = ROW(r + 3), *restrict e = ROW(r + 4),                                \
                                    *restrict f = ROW(r + 5), *restrict g = ROW(r + 6),                                \
                                    *restrict h = ROW(r + 7);                                                          \
            for (size_t i = 0; i < columns; i++) {                                                                     \
                uint16_t sum = (uint16_t)(a[i] + b[i] + c[i] + d[i] + e[i] + f[i] + g[i] + h[i]);                      \
                sums[i] operation(double) sum;                                                                         \
            }                                                                                                          \
        }                                                                                                              \
        for (; r < count; r++) {                                                                                       \
            const uint8_t *restrict row = ROW(r);                                                                      \
            for (size_t i = 0; i < columns; i++) sums[i] operation(double) row[i];                                     \
        }                                                                                                              \
    }

SUM_BYTES(add_rows_bytes, +=)
SUM_BYTES(subtract_rows_bytes, -=)

#define SUM_FLOATS(name, operator)                                                                                     \
    TARGET void LEVEL(name)(double *restrict sums, const float *restrict rows, size_t columns, const int32_t *index,   \
                            size_t count) {                                                                            \
        size_t r = 0;                                                                                                  \
        for (; r + 4 <= count; r += 4) {                                                                               \
            const float *restrict a = ROW(r), *restrict b = ROW(r + 1), *restrict c = ROW(r + 2),                      \
                                  *restrict d = ROW(r + 3);                                                            \
            for (size_t i = 0; i < columns; i++) {                                                                     \
                sums[i] = (((sums[i] operator (double) a[i]) operator (double) b[i]) operator (double) c[i])           \
                    operator (double) d[i];                                                                            \
            }                                                                                                          \
        }                                                                                                              \
        for (; r < count; r++) {                                                                                       \
            const float *restrict row = ROW(r);                                                                        \
            for (size_t i = 0; i < columns; i++) sums[i] = sums[i] operator (double) row[i];                           \
        }                                                                                                              \
    }

SUM_FLOATS(add_rows_floats, +)
SUM_FLOATS(subtract_rows_floats, -)

// In 8 lanes, of which each adds every eighth column, without fused operations.
#define SQUARED_DISTANCE(name, Element)                                                                                \
    TARGET double LEVEL(name)(const Element *row, const float *point, size_t columns) {                                \
        _Pragma("clang fp contract(off)");                                                                             \
        double sums[8] = {0}, sum = 0;                                                                                 \
        size_t i = 0;                                                                                                  \
        for (; i + 8 <= columns; i += 8) {                                                                             \
            for (size_t lane = 0; lane < 8; lane++) {                                                                  \
                double difference = (double)row[i + lane] - (double)point[i + lane];                                   \
                sums[lane] += difference * difference;                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        for (; i < columns; i++) {                                                                                     \
            double difference = (double)row[i] - (double)point[i];                                                     \
            sums[i % 8] += difference * difference;                                                                    \
        }                                                                                                              \
        for (size_t lane = 0; lane < 8; lane++) sum += sums[lane];                                                     \
        return sum;                                                                                                    \
    }

SQUARED_DISTANCE(squared_distance_bytes, uint8_t)
SQUARED_DISTANCE(squared_distance_floats, float)
