// Kernels of clustering: nearest centroids, squared distances and sums of rows. Rows are row-major, `columns` numbers
// each, one behind the other; where `index` is given (it may be null), row i is rows[index[i]].
//
// `level` picks the variant: 0 plain C, the reference; 1 AVX2 and FMA; 2 AVX-512; 3 AVX-512 with VNNI. A level above
// what was compiled in means the highest; the caller makes sure that the machine has it.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The centroids that a row is nearest to, by score: the lower, the nearer. Of equal scores the lower index is first.
typedef struct {
    float best_score, second_score, third_score; // infinite where there are fewer centroids
    int32_t best, second;                        // −1 where there is none
} ck_nearest;

/// Centroids as 16-bit fixed-point numbers, for rows of bytes:
/// score(row, j) = offsets[j] − factor · Σ row[i] · values[j, i].
typedef struct {
    const int16_t *values; // [count, stride], zero behind the columns
    size_t stride;         // a multiple of 32, at least the number of columns
    const float *offsets;  // [count]
    float factor;
    size_t count;
} ck_byte_centroids;

/// The same for rows of floats.
typedef struct {
    const float *values; // [count, stride], zero behind the columns
    size_t stride;       // a multiple of 32, at least the number of columns
    const float *offsets;
    float factor;
    size_t count;
} ck_float_centroids;

/// The level of these kernels that goes with `ck_level()` on this machine.
int ck_clustering_level(void);

/// nearest [count]: the nearest centroids of `count` rows. There are `available` rows, of which those behind `count`
/// will be asked for next and are fetched ahead.
void ck_nearest_bytes(int level, ck_nearest *nearest, const uint8_t *rows, size_t columns, const int32_t *index,
                      size_t count, size_t available, const ck_byte_centroids *centroids);
void ck_nearest_floats(int level, ck_nearest *nearest, const float *rows, size_t columns, const int32_t *index,
                       size_t count, size_t available, const ck_float_centroids *centroids);

/// distances [count, points]: Σ (row[i] − point[i])², summed directly, so that equal rows are 0 apart. `values` is
/// [points, stride], zero behind the columns, stride a multiple of 32.
void ck_squared_distances_bytes(int level, float *distances, const uint8_t *rows, size_t columns,
                                const int32_t *index, size_t count, const int16_t *values, size_t stride,
                                size_t points);
void ck_squared_distances_floats(int level, float *distances, const float *rows, size_t columns,
                                 const int32_t *index, size_t count, const float *values, size_t stride,
                                 size_t points);

/// Σ (row[i] − point[i])² in double precision; the same bits on every level.
double ck_squared_distance_bytes(int level, const uint8_t *row, const float *point, size_t columns);
double ck_squared_distance_floats(int level, const float *row, const float *point, size_t columns);

/// sums[i] += or −= Σ rows[r][i] over the rows, in their order; the same bits on every level. Sums of bytes are exact
/// below 2⁵³.
void ck_add_rows_bytes(int level, double *sums, const uint8_t *rows, size_t columns, const int32_t *index,
                       size_t count);
void ck_subtract_rows_bytes(int level, double *sums, const uint8_t *rows, size_t columns, const int32_t *index,
                            size_t count);
void ck_add_rows_floats(int level, double *sums, const float *rows, size_t columns, const int32_t *index,
                        size_t count);
void ck_subtract_rows_floats(int level, double *sums, const float *rows, size_t columns, const int32_t *index,
                             size_t count);

/// What rounding made of a centroid: value_norm = ‖values‖ and error_norm = ‖centroid − origin − values‖, both in the
/// centroid's units, and the offset of its score, ‖centroid − origin‖² + 2 origin · values.
typedef struct {
    double offset, value_norm, error_norm;
} ck_packed_centroid;

/// values [columns] = centroid − origin, as fixed-point numbers with 8 binary places (factor 2/256); what does not fit
/// is clamped, which error_norm tells. For floats the factor is 2.
void ck_pack_centroid_bytes(int16_t *values, ck_packed_centroid *packed, const float *centroid, const float *origin,
                            size_t columns);
void ck_pack_centroid_floats(float *values, ck_packed_centroid *packed, const float *centroid, const float *origin,
                             size_t columns);
