#include "ck_clustering.h"
#include "ckernels.h"
#include <math.h>

// MARK: Plain C, the reference of the variants

#define LEVEL(name) ck_plain_##name
#define TARGET

static void rank(ck_nearest *nearest, float score, int32_t index) {
    if (score < nearest->best_score) {
        nearest->third_score = nearest->second_score;
        nearest->second_score = nearest->best_score;
        nearest->second = nearest->best;
        nearest->best_score = score;
        nearest->best = index;
    } else if (score < nearest->second_score) {
        nearest->third_score = nearest->second_score;
        nearest->second_score = score;
        nearest->second = index;
    } else if (score < nearest->third_score) {
        nearest->third_score = score;
    }
}

static float byte_dot(const uint8_t *row, const int16_t *values, size_t columns) {
    int64_t sum = 0;
    for (size_t start = 0; start < columns; start += 256) {
        size_t end = columns - start < 256 ? columns : start + 256;
        int32_t block = 0; // at most 256 · 255 · 2¹⁵, which fits
        for (size_t i = start; i < end; i++) block += row[i] * values[i];
        sum += block;
    }
    return (float)sum;
}

enum { LANES = 8 };

static float float_dot(const float *row, const float *values, size_t columns) {
    float sums[LANES] = {0}, sum = 0;
    size_t i = 0;
    for (; i + LANES <= columns; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) sums[lane] += row[i + lane] * values[i + lane];
    }
    for (; i < columns; i++) sums[i % LANES] += row[i] * values[i];
    for (size_t lane = 0; lane < LANES; lane++) sum += sums[lane];
    return sum;
}

#define NEAREST(name, dot, Element, Centroids)                                                                         \
    static void LEVEL(name)(ck_nearest * nearest, const Element *rows, size_t columns, const int32_t *index,           \
                            size_t count, size_t available, const Centroids *centroids) {                              \
        (void)available;                                                                                               \
        for (size_t r = 0; r < count; r++) {                                                                           \
            const Element *row = rows + (index ? (size_t)index[r] : r) * columns;                                      \
            nearest[r] = (ck_nearest){INFINITY, INFINITY, INFINITY, -1, -1};                                           \
            for (size_t j = 0; j < centroids->count; j++) {                                                            \
                float product = dot(row, centroids->values + j * centroids->stride, columns);                          \
                rank(&nearest[r], centroids->offsets[j] - centroids->factor * product, (int32_t)j);                    \
            }                                                                                                          \
        }                                                                                                              \
    }

NEAREST(nearest_bytes, byte_dot, uint8_t, ck_byte_centroids)
NEAREST(nearest_floats, float_dot, float, ck_float_centroids)

#define SQUARED_DISTANCES(name, Element, Value)                                                                        \
    static void LEVEL(name)(float *distances, const Element *rows, size_t columns, const int32_t *index, size_t count, \
                            const Value *values, size_t stride, size_t points) {                                       \
        for (size_t r = 0; r < count; r++) {                                                                           \
            const Element *row = rows + (index ? (size_t)index[r] : r) * columns;                                      \
            for (size_t j = 0; j < points; j++) {                                                                      \
                float sums[LANES] = {0}, sum = 0;                                                                      \
                for (size_t i = 0; i < columns; i++) {                                                                 \
                    float difference = (float)row[i] - (float)values[j * stride + i];                                  \
                    sums[i % LANES] += difference * difference;                                                        \
                }                                                                                                      \
                for (size_t lane = 0; lane < LANES; lane++) sum += sums[lane];                                         \
                distances[r * points + j] = sum;                                                                       \
            }                                                                                                          \
        }                                                                                                              \
    }

SQUARED_DISTANCES(squared_distances_bytes, uint8_t, int16_t)
SQUARED_DISTANCES(squared_distances_floats, float, float)

#include "ClusteringSums.h"

// MARK: One function for every level

#define PACK(name, Value, scale, round)                                                                                \
    void name(Value *values, ck_packed_centroid *packed, const float *centroid, const float *origin, size_t columns) { \
        double offset = 0, value_norm = 0, error_norm = 0;                                                             \
        for (size_t i = 0; i < columns; i++) {                                                                         \
            double centred = (double)centroid[i] - (double)origin[i];                                                  \
            values[i] = round(centred * scale);                                                                        \
            double value = (double)values[i] / scale, error = centred - value;                                         \
            offset += centred * centred + 2 * (double)origin[i] * value;                                               \
            value_norm += value * value;                                                                               \
            error_norm += error * error;                                                                               \
        }                                                                                                              \
        *packed = (ck_packed_centroid){offset, sqrt(value_norm), sqrt(error_norm)};                                    \
    }

static int16_t round_to_16(double number) { return (int16_t)rint(fmin(fmax(number, INT16_MIN), INT16_MAX)); }
static float round_to_float(double number) { return (float)number; }

PACK(ck_pack_centroid_bytes, int16_t, 256.0, round_to_16)
PACK(ck_pack_centroid_floats, float, 1.0, round_to_float)

// MARK: The choice of a level

#if defined(__x86_64__)
#define FLOAT_VARIANTS(name) {ck_plain_##name, ck_avx2_##name, ck_avx512_##name, ck_avx512_##name}
#define BYTE_VARIANTS(name) {ck_plain_##name, ck_avx2_##name, ck_avx512_##name, ck_vnni_##name}
#define DECLARE(name, parameters)                                                                                      \
    void ck_avx2_##name parameters;                                                                                    \
    void ck_avx512_##name parameters;                                                                                  \
    void ck_vnni_##name parameters;
enum { LEVELS = 4 };

int ck_clustering_level(void) {
    int level = ck_level();
    return level == CK_AVX512 && __builtin_cpu_supports("avx512vnni") ? LEVELS - 1 : level;
}
#else
#define FLOAT_VARIANTS(name) {ck_plain_##name}
#define BYTE_VARIANTS(name) {ck_plain_##name}
#define DECLARE(name, parameters)
enum { LEVELS = 1 };

int ck_clustering_level(void) { return 0; }
#endif

#define KERNEL(name, table, arguments, ...)                                                                            \
    DECLARE(name, (__VA_ARGS__))                                                                                       \
    void ck_##name(int level, __VA_ARGS__) {                                                                           \
        static void (*const variants[LEVELS])(__VA_ARGS__) = table(name);                                              \
        variants[level < 0 ? 0 : level < LEVELS ? level : LEVELS - 1] arguments;                                       \
    }

#define SQUARED_DISTANCE_KERNEL(name, Element)                                                                         \
    double ck_avx2_##name(const Element *row, const float *point, size_t columns);                                     \
    double ck_avx512_##name(const Element *row, const float *point, size_t columns);                                   \
    double ck_##name(int level, const Element *row, const float *point, size_t columns) {                              \
        static double (*const variants[LEVELS])(const Element *, const float *, size_t) = FLOAT_VARIANTS(name);        \
        return variants[level < 0 ? 0 : level < LEVELS ? level : LEVELS - 1](row, point, columns);                     \
    }

SQUARED_DISTANCE_KERNEL(squared_distance_bytes, uint8_t)
SQUARED_DISTANCE_KERNEL(squared_distance_floats, float)

KERNEL(nearest_bytes, BYTE_VARIANTS, (nearest, rows, columns, index, count, available, centroids), ck_nearest *nearest,
       const uint8_t *rows, size_t columns, const int32_t *index, size_t count, size_t available,
       const ck_byte_centroids *centroids)
KERNEL(nearest_floats, FLOAT_VARIANTS, (nearest, rows, columns, index, count, available, centroids),
       ck_nearest *nearest, const float *rows, size_t columns, const int32_t *index, size_t count, size_t available,
       const ck_float_centroids *centroids)
KERNEL(squared_distances_bytes, BYTE_VARIANTS, (distances, rows, columns, index, count, values, stride, points),
       float *distances, const uint8_t *rows, size_t columns, const int32_t *index, size_t count,
       const int16_t *values, size_t stride, size_t points)
KERNEL(squared_distances_floats, FLOAT_VARIANTS, (distances, rows, columns, index, count, values, stride, points),
       float *distances, const float *rows, size_t columns, const int32_t *index, size_t count, const float *values,
       size_t stride, size_t points)
KERNEL(add_rows_bytes, FLOAT_VARIANTS, (sums, rows, columns, index, count), double *sums, const uint8_t *rows,
       size_t columns, const int32_t *index, size_t count)
KERNEL(subtract_rows_bytes, FLOAT_VARIANTS, (sums, rows, columns, index, count), double *sums, const uint8_t *rows,
       size_t columns, const int32_t *index, size_t count)
KERNEL(add_rows_floats, FLOAT_VARIANTS, (sums, rows, columns, index, count), double *sums, const float *rows,
       size_t columns, const int32_t *index, size_t count)
KERNEL(subtract_rows_floats, FLOAT_VARIANTS, (sums, rows, columns, index, count), double *sums, const float *rows,
       size_t columns, const int32_t *index, size_t count)
