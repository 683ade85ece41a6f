// The vector version of batch and layer normalisation. Included once a level, after VectorMathematics.h. Inputs are seen
// as matrices [rows, columns]: batch normalisation has statistics for each column, layer normalisation for each row.
#include "ck_layers.h"

/// Batch normalisation walks the rows once for every so many blocks of sixteen columns, whose statistics stay in registers.
enum { NORMAL_BLOCKS = 4 };

/// Calls the body for every group of columns: `from` is its first, `blocks` its blocks of sixteen, of which the last may
/// be part of one: `rest` columns are left from `from` on.
#define FOR_EACH_COLUMN_GROUP                                                                                          \
    const ptrdiff_t columns = o->columns;                                                                              \
    for (ptrdiff_t from = 0, rest = columns; rest > 0; from += NORMAL_BLOCKS * LANES, rest -= NORMAL_BLOCKS * LANES)    \
        for (ptrdiff_t blocks = rest >= NORMAL_BLOCKS * LANES ? NORMAL_BLOCKS : (rest + LANES - 1) / LANES; blocks;    \
             blocks = 0)
#define FOR_EACH_BLOCK for (ptrdiff_t b = 0, left = rest; b < blocks; b++, left -= LANES)

/// out [columns] = Σ over the rows of (a − b)², b the means.
static void LEVEL(deviation_sums)(const ck_operands *o) {
    FOR_EACH_COLUMN_GROUP {
        lanes mean[NORMAL_BLOCKS], sum[NORMAL_BLOCKS];
        FOR_EACH_BLOCK {
            mean[b] = load_upto(o->b + from + b * LANES, left, 0);
            sum[b] = splat(0);
        }
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const float *a = o->a + r * columns + from;
            FOR_EACH_BLOCK {
                const lanes x = load_upto(a + b * LANES, left, 0) - mean[b];
                sum[b] += x * x;
            }
        }
        FOR_EACH_BLOCK store_upto(o->out + from + b * LANES, sum[b], left);
    }
}

/// out = d · (a − b) / √(c + A) + e: b the means, c the variances, d and e the scale and shift of each column.
static void LEVEL(normalize)(const ck_operands *o) {
    FOR_EACH_COLUMN_GROUP {
        lanes mean[NORMAL_BLOCKS], scale[NORMAL_BLOCKS], shift[NORMAL_BLOCKS];
        FOR_EACH_BLOCK {
            const ptrdiff_t at = from + b * LANES;
            mean[b] = load_upto(o->b + at, left, 0);
            shift[b] = load_upto(o->e + at, left, 0);
            scale[b] =
                load_upto(o->d + at, left, 0) / square_root_of(load_upto(o->c + at, left, 1) + splat(o->alpha));
        }
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const ptrdiff_t at = r * columns + from;
            FOR_EACH_BLOCK {
                const lanes x = load_upto(o->a + at + b * LANES, left, 0) - mean[b];
                store_upto(o->out + at + b * LANES, x * scale[b] + shift[b], left);
            }
        }
    }
}

/// out [2, columns] = Σ g, and Σ g · (b − c) / √(d + A), over the rows: a is the gradient g, b the input, c the means,
/// d the variances.
static void LEVEL(normalize_sums)(const ck_operands *o) {
    FOR_EACH_COLUMN_GROUP {
        lanes mean[NORMAL_BLOCKS], sum[NORMAL_BLOCKS], product[NORMAL_BLOCKS];
        FOR_EACH_BLOCK {
            mean[b] = load_upto(o->c + from + b * LANES, left, 0);
            sum[b] = product[b] = splat(0);
        }
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const ptrdiff_t at = r * columns + from;
            FOR_EACH_BLOCK {
                const lanes g = load_upto(o->a + at + b * LANES, left, 0);
                sum[b] += g;
                product[b] += g * (load_upto(o->b + at + b * LANES, left, 0) - mean[b]);
            }
        }
        FOR_EACH_BLOCK {
            const ptrdiff_t at = from + b * LANES;
            const lanes deviation = square_root_of(load_upto(o->d + at, left, 1) + splat(o->alpha));
            store_upto(o->out + at, sum[b], left);
            store_upto(o->out + columns + at, product[b] / deviation, left);
        }
    }
}

/// out = s · (g − m − x · p), where x is the normalised input and s = scale / deviation: what is left of a gradient g when
/// means and variances follow the input. a is g, b the input; c is [5, columns]: means, variances, scales, and the means
/// of g and of g · x.
static void LEVEL(normalize_gradient)(const ck_operands *o) {
    FOR_EACH_COLUMN_GROUP {
        lanes mean[NORMAL_BLOCKS], mean_gradient[NORMAL_BLOCKS], scale[NORMAL_BLOCKS], slope[NORMAL_BLOCKS];
        FOR_EACH_BLOCK {
            const float *row = o->c + from + b * LANES;
            const lanes deviation = square_root_of(load_upto(row + columns, left, 1) + splat(o->alpha));
            mean[b] = load_upto(row, left, 0);
            mean_gradient[b] = load_upto(row + 3 * columns, left, 0);
            scale[b] = load_upto(row + 2 * columns, left, 0) / deviation;
            slope[b] = load_upto(row + 4 * columns, left, 0) / deviation;
        }
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const ptrdiff_t at = r * columns + from;
            FOR_EACH_BLOCK {
                const lanes x = load_upto(o->b + at + b * LANES, left, 0) - mean[b];
                const lanes g = load_upto(o->a + at + b * LANES, left, 0);
                store_upto(o->out + at + b * LANES, scale[b] * (g - mean_gradient[b] - x * slope[b]), left);
            }
        }
    }
}

/// The mean of a row, and 1 / √(variance + A).
INLINE float row_moments(const float *a, ptrdiff_t columns, float epsilon, float *inverse) {
    lanes sum = splat(0), squares = splat(0);
    for (ptrdiff_t c = 0; c < columns; c += LANES) sum += load_upto(a + c, columns - c, 0);
    const float mean = fold(sum) / (float)columns;
    for (ptrdiff_t c = 0; c < columns; c += LANES) {
        const lanes x = load_upto(a + c, columns - c, mean) - splat(mean);
        squares += x * x;
    }
    *inverse = 1 / __builtin_sqrtf(fold(squares) / (float)columns + epsilon);
    return mean;
}

/// out = (a − mean) / √(variance + A), each row by its own.
static void LEVEL(standardize_rows)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * columns;
        float inverse;
        const float mean = row_moments(a, columns, o->alpha, &inverse);
        for (ptrdiff_t c = 0; c < columns; c += LANES) {
            const lanes x = load_upto(a + c, columns - c, 0) - splat(mean);
            store_upto(o->out + r * columns + c, x * splat(inverse), columns - c);
        }
    }
}

/// out = (g − mean of g − y · mean of g y) / √(variance + A): a is the input, b the output y, c the gradient g.
static void LEVEL(standardize_rows_gradient)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *y = o->b + r * columns, *g = o->c + r * columns;
        float inverse;
        row_moments(o->a + r * columns, columns, o->alpha, &inverse);
        lanes sum = splat(0), products = splat(0);
        for (ptrdiff_t c = 0; c < columns; c += LANES) {
            const lanes gradient = load_upto(g + c, columns - c, 0);
            sum += gradient;
            products += gradient * load_upto(y + c, columns - c, 0);
        }
        const lanes mean = splat(fold(sum) / (float)columns), slope = splat(fold(products) / (float)columns);
        for (ptrdiff_t c = 0; c < columns; c += LANES) {
            const lanes x = load_upto(g + c, columns - c, 0) - mean - load_upto(y + c, columns - c, 0) * slope;
            store_upto(o->out + r * columns + c, x * splat(inverse), columns - c);
        }
    }
}
