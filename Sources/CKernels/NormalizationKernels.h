// The vector version of batch and layer normalisation. Included once a level, after VectorMathematics.h. Inputs are seen
// as matrices [rows, columns]: batch normalisation has statistics for each column, layer normalisation for each row.
#include "ck_layers.h"

/// out [columns] = Σ over the rows of (a − b)², b the means.
static void LEVEL(deviation_sums)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t c = 0; c < columns; c += LANES) {
        const lanes mean = load_upto(o->b + c, columns - c, 0);
        lanes sum = splat(0);
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const lanes x = load_upto(o->a + r * columns + c, columns - c, 0) - mean;
            sum += x * x;
        }
        store_upto(o->out + c, sum, columns - c);
    }
}

/// out = d · (a − b) / √(c + A) + e: b the means, c the variances, d and e the scale and shift of each column.
static void LEVEL(normalize)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t c = 0; c < columns; c += LANES) {
        const ptrdiff_t rest = columns - c;
        const lanes mean = load_upto(o->b + c, rest, 0), shift = load_upto(o->e + c, rest, 0);
        const lanes scale =
            load_upto(o->d + c, rest, 0) / square_root_of(load_upto(o->c + c, rest, 1) + splat(o->alpha));
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const lanes x = load_upto(o->a + r * columns + c, rest, 0) - mean;
            store_upto(o->out + r * columns + c, x * scale + shift, rest);
        }
    }
}

/// out [2, columns] = Σ g, and Σ g · (b − c) / √(d + A), over the rows: a is the gradient g, b the input, c the means,
/// d the variances.
static void LEVEL(normalize_sums)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t c = 0; c < columns; c += LANES) {
        const ptrdiff_t rest = columns - c;
        const lanes mean = load_upto(o->c + c, rest, 0);
        const lanes deviation = square_root_of(load_upto(o->d + c, rest, 1) + splat(o->alpha));
        lanes sum = splat(0), product = splat(0);
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const lanes g = load_upto(o->a + r * columns + c, rest, 0);
            sum += g;
            product += g * (load_upto(o->b + r * columns + c, rest, 0) - mean);
        }
        store_upto(o->out + c, sum, rest);
        store_upto(o->out + columns + c, product / deviation, rest);
    }
}

/// out = s · (g − m − x · p), where x is the normalised input and s = scale / deviation: what is left of a gradient g when
/// means and variances follow the input. a is g, b the input; c is [5, columns]: means, variances, scales, and the means
/// of g and of g · x.
static void LEVEL(normalize_gradient)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t c = 0; c < columns; c += LANES) {
        const ptrdiff_t rest = columns - c;
        const float *row = o->c + c;
        const lanes mean = load_upto(row, rest, 0), mean_gradient = load_upto(row + 3 * columns, rest, 0);
        const lanes deviation = square_root_of(load_upto(row + columns, rest, 1) + splat(o->alpha));
        const lanes scale = load_upto(row + 2 * columns, rest, 0) / deviation;
        const lanes slope = load_upto(row + 4 * columns, rest, 0) / deviation;
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            const ptrdiff_t at = r * columns + c;
            const lanes x = load_upto(o->b + at, rest, 0) - mean;
            const lanes g = load_upto(o->a + at, rest, 0);
            store_upto(o->out + at, scale * (g - mean_gradient - x * slope), rest);
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
