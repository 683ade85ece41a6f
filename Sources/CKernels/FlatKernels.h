// The vector version of the kernels over flat buffers. Included once a level, after TensorKernels.h.
#include "OptimizerKernels.h"

INLINE lanes adam_lanes(lanes parameter, lanes *first, lanes *second, lanes gradient, const ck_adam *s) {
    gradient *= splat(s->gradient_scale);
    const lanes decay = splat(s->weight_decay) * parameter;
    if (!s->decoupled) gradient += decay;
    *first = *first + splat(1 - s->beta1) * (gradient - *first);
    *second = splat(s->beta2) * *second + splat(1 - s->beta2) * (gradient * gradient);
    const lanes denominator = square_root_of(*second) * splat(s->correction2) + splat(s->epsilon);
    lanes step = splat(s->correction1) * *first / denominator;
    if (s->decoupled) step += decay;
    return parameter - splat(s->learning_rate) * step;
}

static void LEVEL(adam)(float *parameters, float *first, float *second, const float *gradient, ptrdiff_t n,
                        const ck_adam *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_adam s = *settings;
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        lanes m = load(first + i), v = load(second + i);
        store(parameters + i, adam_lanes(load(parameters + i), &m, &v, load(gradient + i), &s));
        store(first + i, m);
        store(second + i, v);
    }
    if (i < n) {
        const ptrdiff_t rest = n - i;
        lanes m = load_part(first + i, rest, 0), v = load_part(second + i, rest, 0);
        const lanes p = adam_lanes(load_part(parameters + i, rest, 0), &m, &v, load_part(gradient + i, rest, 0), &s);
        store_part(parameters + i, p, rest);
        store_part(first + i, m, rest);
        store_part(second + i, v, rest);
    }
}

INLINE lanes momentum_lanes(lanes parameter, lanes *velocity, lanes gradient, const ck_momentum *s) {
    gradient = gradient * splat(s->gradient_scale) + splat(s->weight_decay) * parameter;
    *velocity = s->first_step ? gradient : splat(s->momentum) * *velocity + gradient;
    const lanes step = s->nesterov ? gradient + splat(s->momentum) * *velocity : *velocity;
    return parameter - splat(s->learning_rate) * step;
}

static void LEVEL(momentum)(float *parameters, float *velocity, const float *gradient, ptrdiff_t n,
                            const ck_momentum *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_momentum s = *settings;
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        lanes v = load(velocity + i);
        store(parameters + i, momentum_lanes(load(parameters + i), &v, load(gradient + i), &s));
        store(velocity + i, v);
    }
    if (i < n) {
        const ptrdiff_t rest = n - i;
        lanes v = load_part(velocity + i, rest, 0);
        const lanes p = momentum_lanes(load_part(parameters + i, rest, 0), &v, load_part(gradient + i, rest, 0), &s);
        store_part(parameters + i, p, rest);
        store_part(velocity + i, v, rest);
    }
}

static double LEVEL(sum_of_squares)(const float *x, ptrdiff_t n) {
    double_lanes sum = {0};
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        const double_lanes wide = __builtin_convertvector(load(x + i), double_lanes);
        sum += wide * wide;
    }
    if (i < n) {
        const double_lanes wide = __builtin_convertvector(load_part(x + i, n - i, 0), double_lanes);
        sum += wide * wide;
    }
    for (int width = LANES / 2; width > 0; width /= 2)
        for (int lane = 0; lane < width; lane++) sum[lane] += sum[lane + width];
    return sum[0];
}

static void LEVEL(flat_add)(float *out, const float *a, const float *b, ptrdiff_t n) {
    ptrdiff_t i = 0;
    for (; i + LANES <= n; i += LANES) store(out + i, load(a + i) + load(b + i));
    for (; i < n; i++) out[i] = a[i] + b[i];
}

static void LEVEL(gather_floats)(float *out, const float *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float *row = rows + (ptrdiff_t)indices[i] * d;
        for (ptrdiff_t j = 0; j < d; j++) out[i * d + j] = row[j];
    }
}

static void LEVEL(gather_bytes)(float *out, const uint8_t *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d,
                                float scale) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const uint8_t *row = rows + (ptrdiff_t)indices[i] * d;
        if (i + 1 < n) {
            // The next row is anywhere in memory: fetch it while this one is converted.
            const uint8_t *next = rows + (ptrdiff_t)indices[i + 1] * d;
            for (ptrdiff_t j = 0; j < d; j += 64) __builtin_prefetch(next + j);
        }
        float *to = out + i * d;
        ptrdiff_t j = 0;
        for (; j + LANES <= d; j += LANES) {
            byte_lanes bytes;
            memcpy(&bytes, row + j, sizeof bytes);
            store(to + j, __builtin_convertvector(bytes, lanes) * splat(scale));
        }
        for (; j < d; j++) to[j] = (float)row[j] * scale;
    }
}

/// Sixteen rows of sixteen floats. Four times, the first half of the rows is interleaved with the second, element by
/// element: each time one more bit of an element's row becomes a bit of its column.
INLINE void LEVEL(transpose_block)(float *out, ptrdiff_t out_stride, const float *a, ptrdiff_t stride) {
    lanes x[LANES], y[LANES];
    for (int i = 0; i < LANES; i++) x[i] = load(a + i * stride);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < LANES / 2; i++) {
            y[2 * i] = __builtin_shufflevector(x[i], x[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            y[2 * i + 1] =
                __builtin_shufflevector(x[i], x[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        }
        for (int i = 0; i < LANES; i++) x[i] = y[i];
    }
    for (int i = 0; i < LANES; i++) store(out + i * out_stride, x[i]);
}

static void LEVEL(transpose)(float *out, const float *a, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride) {
    const ptrdiff_t whole_rows = rows / LANES * LANES, whole_columns = columns / LANES * LANES;
    for (ptrdiff_t j = 0; j < whole_columns; j += LANES)
        for (ptrdiff_t i = 0; i < whole_rows; i += LANES)
            LEVEL(transpose_block)(out + j * rows + i, rows, a + i * stride + j, stride);
    for (ptrdiff_t j = 0; j < columns; j++)
        for (ptrdiff_t i = j < whole_columns ? whole_rows : 0; i < rows; i++) out[j * rows + i] = a[i * stride + j];
}

const ck_flat_kernels LEVEL(flat_kernels) = {
    .adam = LEVEL(adam),
    .momentum = LEVEL(momentum),
    .amsgrad = LEVEL(amsgrad),
    .rmsprop = LEVEL(rmsprop),
    .adagrad = LEVEL(adagrad),
    .lion = LEVEL(lion),
    .schedule_free = LEVEL(schedule_free),
    .penalize = LEVEL(penalize),
    .bound = LEVEL(bound),
    .combine = LEVEL(combine),
    .sum_of_squares = LEVEL(sum_of_squares),
    .add = LEVEL(flat_add),
    .gather_floats = LEVEL(gather_floats),
    .gather_bytes = LEVEL(gather_bytes),
    .transpose = LEVEL(transpose),
};
