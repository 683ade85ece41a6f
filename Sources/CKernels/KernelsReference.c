// The plain version of every kernel: one scalar loop each, the C library's mathematics. The oracle of the tests, and what
// FLEDGE_CPU_LEVEL=reference runs.
#include "SmallNumbers.h"
#include "ckernels.h"
#include <math.h>
#include <string.h>

#define AT(x) (o->x[r * o->x##_row + c * o->x##_column])

#define BINARY(name, expression)                                                                                       \
    static void name##_reference(const ck_operands *o) {                                                               \
        for (ptrdiff_t r = 0; r < o->rows; r++)                                                                        \
            for (ptrdiff_t c = 0; c < o->columns; c++) {                                                               \
                const float x = AT(a), y = AT(b);                                                                      \
                o->out[r * o->columns + c] = expression;                                                               \
            }                                                                                                          \
    }
BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x *y)
BINARY(divide, x / y)
BINARY(minimum, y < x || isnan(y) ? y : x)
BINARY(maximum, y > x || isnan(y) ? y : x)
BINARY(less_or_equal, x <= y ? 1 : 0)
BINARY(tanh_derivative, y *(1 - x * x))
BINARY(sigmoid_derivative, y *x *(1 - x))
BINARY(relu_derivative, x > 0 ? y : 0)
BINARY(add_tanh, tanhf(x + y))
BINARY(add_sigmoid, 1 / (1 + expf(-(x + y))))
BINARY(add_relu, x + y < 0 ? 0 : x + y)

/// Φ(x), the normal distribution function.
static double normal_distribution(double x) { return 0.5 * erfc(-x * M_SQRT1_2); }
/// φ(x), its density.
static double normal_density(double x) { return exp(-0.5 * x * x) * 0.3989422804014327; }
/// tanh of GELU's approximation, and the slope of what is inside.
static double gelu_tanh_inner(double x, double *slope) {
    const double c = 0.7978845608028654;
    *slope = c * (1 + 3 * 0.044715 * x * x);
    return tanh(c * x * (1 + 0.044715 * x * x));
}
static double gelu_tanh_slope(double x) {
    double slope;
    const double t = gelu_tanh_inner(x, &slope);
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope;
}
static double gelu_tanh_value(double x) {
    double slope;
    return 0.5 * x * (1 + gelu_tanh_inner(x, &slope));
}
static double logistic(double x) { return 1 / (1 + exp(-x)); }

BINARY(leaky_relu_derivative, x > 0 ? y : 0.01f * y)
BINARY(elu_derivative, x > 0 ? y : y *(x + 1))
BINARY(gelu_derivative, (float)(y * (normal_distribution(x) + x * normal_density(x))))
BINARY(gelu_tanh_derivative, (float)(y * gelu_tanh_slope(x)))
BINARY(silu_derivative, (float)(y * logistic(x) * (1 + x * (1 - logistic(x)))))
BINARY(softplus_derivative, (float)(y * logistic(x)))

#define UNARY(name, expression)                                                                                        \
    static void name##_reference(const ck_operands *o) {                                                               \
        const float A = o->alpha, B = o->beta;                                                                         \
        (void)A;                                                                                                       \
        (void)B;                                                                                                       \
        for (ptrdiff_t r = 0; r < o->rows; r++)                                                                        \
            for (ptrdiff_t c = 0; c < o->columns; c++) {                                                               \
                const float x = AT(a);                                                                                 \
                o->out[r * o->columns + c] = expression;                                                               \
            }                                                                                                          \
    }
UNARY(affine, A *x + B)
UNARY(exponential, expf(x))
UNARY(logarithm, logf(x))
UNARY(tanh, tanhf(x))
UNARY(sigmoid, 1 / (1 + expf(-x)))
UNARY(relu, x < 0 ? 0 : x)
UNARY(square, x *x)
UNARY(square_root, sqrtf(x))
UNARY(absolute, fabsf(x))
UNARY(sign, x > 0 ? 1 : x < 0 ? -1 : x)
UNARY(clamp, x < A ? A : x > B ? B : x)
UNARY(within, x >= A && x <= B ? 1 : 0)
UNARY(leaky_relu, x > 0 ? x : 0.01f * x)
UNARY(elu, x > 0 ? x : expm1f(x))
UNARY(gelu, (float)(x * normal_distribution(x)))
UNARY(gelu_tanh, (float)gelu_tanh_value(x))
UNARY(silu, (float)(x * logistic(x)))
UNARY(softplus, (float)((x > 0 ? x : 0) + log1p(exp(-fabs((double)x)))))

static void sum_all_reference(const ck_operands *o) {
    double s = 0;
    for (ptrdiff_t i = 0; i < o->rows * o->columns; i++) s += o->a[i];
    o->out[0] = (float)s;
}
static void sum_columns_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        double s = 0;
        for (ptrdiff_t c = 0; c < o->columns; c++) s += o->a[r * o->columns + c];
        o->out[r] = (float)s;
    }
}
static void sum_rows_reference(const ck_operands *o) {
    for (ptrdiff_t c = 0; c < o->columns; c++) {
        double s = 0;
        for (ptrdiff_t r = 0; r < o->rows; r++) s += o->a[r * o->columns + c];
        o->out[c] = (float)s;
    }
}

/// ln Σ e^a of one row.
static double log_sum(const float *a, ptrdiff_t columns) {
    double maximum = a[0], sum = 0;
    for (ptrdiff_t c = 1; c < columns; c++) maximum = fmax(maximum, a[c]);
    for (ptrdiff_t c = 0; c < columns; c++) sum += exp(a[c] - maximum);
    return maximum + log(sum);
}
static void log_softmax_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns;
        const double shift = log_sum(a, o->columns);
        for (ptrdiff_t c = 0; c < o->columns; c++) o->out[r * o->columns + c] = (float)(a[c] - shift);
    }
}
static void select_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) o->out[r] = o->a[r * o->columns + o->indices[r]];
}
static void scatter_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++)
        for (ptrdiff_t c = 0; c < o->columns; c++)
            o->out[r * o->columns + c] = c == o->indices[r] ? o->a[r * o->a_row] : 0;
}
static void cross_entropy_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns;
        o->out[r] = (float)(log_sum(a, o->columns) - a[o->indices[r]]);
    }
}
static void cross_entropy_derivative_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns;
        const double shift = log_sum(a, o->columns), weight = o->b[r * o->b_row];
        for (ptrdiff_t c = 0; c < o->columns; c++)
            o->out[r * o->columns + c] = (float)((exp(a[c] - shift) - (c == o->indices[r])) * weight);
    }
}

static void softmax_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns;
        const double shift = log_sum(a, o->columns);
        for (ptrdiff_t c = 0; c < o->columns; c++) o->out[r * o->columns + c] = (float)exp(a[c] - shift);
    }
}
static void softmax_derivative_reference(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns, *b = o->b + r * o->columns;
        double sum = 0;
        for (ptrdiff_t c = 0; c < o->columns; c++) sum += (double)a[c] * b[c];
        for (ptrdiff_t c = 0; c < o->columns; c++) o->out[r * o->columns + c] = (float)(a[c] * (b[c] - sum));
    }
}

static const ck_kernel tensor_kernels_reference[CK_OPERATION_COUNT] = {
#define X(name) [CK_##name] = name##_reference,
    CK_BINARY_KERNELS(X) CK_UNARY_KERNELS(X) CK_ROW_KERNELS(X)
#undef X
};

static void adam_reference(float *parameters, float *first, float *second, const float *gradient, ptrdiff_t n,
                           const ck_adam *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float decay = s->weight_decay * parameters[i];
        const float g = s->gradient_scale * gradient[i] + (s->decoupled ? 0 : decay);
        first[i] = s->beta1 * first[i] + (1 - s->beta1) * g;
        second[i] = s->beta2 * second[i] + (1 - s->beta2) * g * g;
        const float step = s->correction1 * first[i] / (sqrtf(second[i]) * s->correction2 + s->epsilon);
        parameters[i] -= s->learning_rate * (step + (s->decoupled ? decay : 0));
    }
}
static void momentum_reference(float *parameters, float *velocity, const float *gradient, ptrdiff_t n,
                               const ck_momentum *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float g = s->gradient_scale * gradient[i] + s->weight_decay * parameters[i];
        velocity[i] = s->first_step ? g : s->momentum * velocity[i] + g;
        parameters[i] -= s->learning_rate * (s->nesterov ? g + s->momentum * velocity[i] : velocity[i]);
    }
}
#include "OptimizersReference.h"

static double sum_of_squares_reference(const float *x, ptrdiff_t n) {
    double s = 0;
    for (ptrdiff_t i = 0; i < n; i++) s += (double)x[i] * x[i];
    return s;
}
static void add_flat_reference(float *out, const float *a, const float *b, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) out[i] = a[i] + b[i];
}
static void gather_floats_reference(float *out, const float *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d) {
    for (ptrdiff_t i = 0; i < n; i++)
        memcpy(out + i * d, rows + (ptrdiff_t)indices[i] * d, (size_t)d * sizeof(float));
}
static void gather_bytes_reference(float *out, const uint8_t *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d,
                                   float scale) {
    for (ptrdiff_t i = 0; i < n; i++)
        for (ptrdiff_t j = 0; j < d; j++) out[i * d + j] = (float)rows[(ptrdiff_t)indices[i] * d + j] * scale;
}
static void transpose_reference(float *out, const float *a, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride) {
    for (ptrdiff_t i = 0; i < rows; i++)
        for (ptrdiff_t j = 0; j < columns; j++) out[j * rows + i] = a[i * stride + j];
}

static const ck_flat_kernels flat_kernels_reference = {
    .adam = adam_reference,
    .momentum = momentum_reference,
    .amsgrad = amsgrad_reference,
    .rmsprop = rmsprop_reference,
    .adagrad = adagrad_reference,
    .lion = lion_reference,
    .schedule_free = schedule_free_reference,
    .penalize = penalize_reference,
    .bound = bound_reference,
    .combine = combine_reference,
    .sum_of_squares = sum_of_squares_reference,
    .add = add_flat_reference,
    .gather_floats = gather_floats_reference,
    .gather_bytes = gather_bytes_reference,
    .transpose = transpose_reference,
};

// --- The tables ------------------------------------------------------------------------------------------------------

extern const ck_kernel tensor_kernels_baseline[], tensor_kernels_avx2[], tensor_kernels_avx512[];
extern const ck_flat_kernels flat_kernels_baseline, flat_kernels_avx2, flat_kernels_avx512;

ck_kernel ck_tensor_kernel(int operation, int level) {
    switch (level) {
        case CK_AVX512: return tensor_kernels_avx512[operation];
        case CK_AVX2: return tensor_kernels_avx2[operation];
        case CK_BASELINE: return tensor_kernels_baseline[operation];
        default: return tensor_kernels_reference[operation];
    }
}

const ck_flat_kernels *ck_flat(int level) {
    switch (level) {
        case CK_AVX512: return &flat_kernels_avx512;
        case CK_AVX2: return &flat_kernels_avx2;
        case CK_BASELINE: return &flat_kernels_baseline;
        default: return &flat_kernels_reference;
    }
}

void ck_run(const ck_instruction *instructions, ptrdiff_t count) {
    SMALL_NUMBERS_ARE_ZERO;
    for (ptrdiff_t i = 0; i < count; i++) instructions[i].run(&instructions[i].operands);
}
