// The vector kernels of Fledge.
//
// Every kernel exists as a plain reference (scalar loops over the C library's mathematics: the oracle of the tests) and
// as a vector version that is compiled once for each CPU level. One table a level; the level is probed once, or forced
// by the environment variable FLEDGE_CPU_LEVEL = reference | baseline | avx2 | avx512.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum ck_level {
    CK_REFERENCE = -1,  // plain loops
    CK_BASELINE = 0,    // SSE2, what every x86-64 has
    CK_AVX2 = 1,        // with fused multiply-add
    CK_AVX512 = 2,      // F, BW, DQ, VL
};

/// The best level of this machine.
int ck_machine_level(void);
/// The level in use: FLEDGE_CPU_LEVEL where it names one that this machine has, else the best. Probed once.
int ck_level(void);
/// "reference", "baseline", "avx2", "avx512".
const char *ck_level_name(int level);

/// Tells the core that this is a spinning wait.
void ck_pause(void);

// ---------------------------------------------------------------------------------------------------------------------
// Tensor kernels: what an instruction of a tensor program runs.

/// What a tensor kernel reads and writes. Arrays are row-major. `out` is [rows, columns], contiguous unless a kernel
/// says otherwise. Element (r, c) of input x stands at x[r * x_row + c * x_column]; the column stride is 1, or 0 where a
/// column is broadcast; the row stride is 0 where a row is broadcast.
typedef struct ck_operands {
    float *out;
    const float *a;
    const float *b;
    const float *c, *d, *e;     // further inputs, for kernels of whole layers
    const int32_t *indices;     // [rows], for kernels that select
    ptrdiff_t rows, columns, inner;
    ptrdiff_t a_row, a_column, b_row, b_column;
    float alpha, beta;
    int32_t transpose_a, transpose_b;
    const void *details;        // what a kernel of a whole layer needs besides
    float *scratch;             // memory for this kernel while it runs
} ck_operands;

typedef void (*ck_kernel)(const ck_operands *);

typedef struct ck_instruction {
    ck_kernel run;
    ck_operands operands;
} ck_instruction;

/// Runs `count` instructions, one after the other.
void ck_run(const ck_instruction *instructions, ptrdiff_t count);

// name, what `out` becomes. A = alpha, B = beta.
#define CK_BINARY_KERNELS(X)                                                                                           \
    X(add)                    /* a + b */                                                                              \
    X(subtract)               /* a − b */                                                                              \
    X(multiply)               /* a · b */                                                                              \
    X(divide)                 /* a / b */                                                                              \
    X(minimum)                /* the smaller */                                                                        \
    X(maximum)                /* the larger */                                                                         \
    X(less_or_equal)          /* 1 where a ≤ b, else 0 */                                                              \
    X(tanh_derivative)        /* b · (1 − a²), a = tanh */                                                             \
    X(sigmoid_derivative)     /* b · a · (1 − a), a = sigmoid */                                                       \
    X(relu_derivative)        /* b where a > 0, else 0 */                                                              \
    X(add_tanh)               /* tanh(a + b) */                                                                        \
    X(add_sigmoid)            /* sigmoid(a + b) */                                                                     \
    X(add_relu)               /* max(a + b, 0) */                                                                      \
    X(leaky_relu_derivative)  /* b where a > 0, else b / 100, a = leaky relu */                                        \
    X(elu_derivative)         /* b where a > 0, else b · (a + 1), a = elu */                                           \
    X(gelu_derivative)        /* b · the slope at a; so the following */                                               \
    X(gelu_tanh_derivative)                                                                                            \
    X(silu_derivative)                                                                                                 \
    X(softplus_derivative)

#define CK_UNARY_KERNELS(X)                                                                                            \
    X(affine)                 /* A · a + B */                                                                          \
    X(exponential)            /* e^a */                                                                                \
    X(logarithm)              /* ln a */                                                                               \
    X(tanh)                                                                                                            \
    X(sigmoid)                /* 1 / (1 + e^−a) */                                                                     \
    X(relu)                   /* max(a, 0) */                                                                          \
    X(square)                                                                                                          \
    X(square_root)                                                                                                     \
    X(absolute)                                                                                                        \
    X(sign)                   /* −1, 0, 1 */                                                                           \
    X(clamp)                  /* a held within A … B */                                                                \
    X(within)                 /* 1 where A ≤ a ≤ B, else 0 */                                                          \
    X(leaky_relu)             /* a where a > 0, else a / 100 */                                                        \
    X(elu)                    /* a where a > 0, else e^a − 1 */                                                        \
    X(gelu)                   /* a · Φ(a), Φ the normal distribution function */                                       \
    X(gelu_tanh)              /* its approximation by tanh */                                                          \
    X(silu)                   /* a · sigmoid(a) */                                                                     \
    X(softplus)               /* ln(1 + e^a) */

#define CK_ROW_KERNELS(X)                                                                                              \
    X(sum_all)                /* out[0] = Σ a */                                                                       \
    X(sum_columns)            /* out[rows] = Σ over the columns */                                                     \
    X(sum_rows)               /* out[columns] = Σ over the rows */                                                     \
    X(log_softmax)            /* out = a − ln Σ e^a, each row */                                                       \
    X(select)                 /* out[rows] = a[r, indices[r]] */                                                       \
    X(scatter)                /* out[rows, columns] = a[r] at column indices[r], else 0 */                             \
    X(cross_entropy)          /* out[rows] = −log_softmax(a)[r, indices[r]] */                                         \
    X(cross_entropy_derivative) /* out = (softmax(a) − onehot(indices)) · b[r] */                                      \
    X(softmax)                /* out = e^a / Σ e^a, each row */                                                        \
    X(softmax_derivative)     /* out = a · (b − Σ a b), each row; a = softmax */

enum ck_operation {
#define X(name) CK_##name,
    CK_BINARY_KERNELS(X) CK_UNARY_KERNELS(X) CK_ROW_KERNELS(X)
#undef X
        CK_OPERATION_COUNT
};

/// The kernel of `operation` (an `enum ck_operation`) at `level`.
ck_kernel ck_tensor_kernel(int operation, int level);

// ---------------------------------------------------------------------------------------------------------------------
// Kernels over flat buffers: optimizers, norms, minibatches. Their reference and vector versions agree to rounding.

typedef struct ck_adam {
    float learning_rate;    // α
    float beta1, beta2, epsilon;
    float correction1;      // 1 / (1 − β₁ᵗ)
    float correction2;      // 1 / √(1 − β₂ᵗ)
    float weight_decay;     // added to the gradient (L2) or, decoupled, to the step (AdamW)
    int32_t decoupled;
    float gradient_scale;   // the clipping factor
} ck_adam;

typedef struct ck_momentum {
    float learning_rate, momentum, weight_decay, gradient_scale;
    int32_t nesterov, first_step;
} ck_momentum;

typedef struct ck_rmsprop {
    float learning_rate, smoothing, epsilon, momentum, weight_decay, gradient_scale;
} ck_rmsprop;

typedef struct ck_adagrad {
    float learning_rate, epsilon, weight_decay, gradient_scale;
} ck_adagrad;

typedef struct ck_lion {
    float learning_rate, beta1, beta2, weight_decay, gradient_scale;
} ck_lion;

typedef struct ck_schedule_free {
    float learning_rate, beta1, beta2, epsilon, weight_decay, gradient_scale;
    float averaging;        // how far the average goes towards the latest step
    int32_t first_step;
} ck_schedule_free;

typedef struct ck_flat_kernels {
    /// Adam (Kingma and Ba, 2015) over n parameters; first and second moments are updated in place.
    void (*adam)(float *parameters, float *first, float *second, const float *gradient, ptrdiff_t n,
                 const ck_adam *settings);
    /// Stochastic gradient descent with momentum: v ← μ v + g; θ ← θ − α v, or with Nesterov θ − α (g + μ v).
    void (*momentum)(float *parameters, float *velocity, const float *gradient, ptrdiff_t n,
                     const ck_momentum *settings);
    /// Adam whose second moment never shrinks (Reddi, Kale and Kumar, 2018): `largest` is the largest so far.
    void (*amsgrad)(float *parameters, float *first, float *second, float *largest, const float *gradient, ptrdiff_t n,
                    const ck_adam *settings);
    /// v ← α v + (1 − α) g²; θ ← θ − η g / (√v + ε). With `mean` (not null) v is less the squared mean of g; with
    /// `velocity` (not null) the steps have momentum.
    void (*rmsprop)(float *parameters, float *square, float *mean, float *velocity, const float *gradient, ptrdiff_t n,
                    const ck_rmsprop *settings);
    /// s ← s + g²; θ ← θ − η g / (√s + ε).
    void (*adagrad)(float *parameters, float *sum, const float *gradient, ptrdiff_t n, const ck_adagrad *settings);
    /// θ ← θ − η (sign(β₁ m + (1 − β₁) g) + λ θ); m ← β₂ m + (1 − β₂) g.
    void (*lion)(float *parameters, float *momentum, const float *gradient, ptrdiff_t n, const ck_lion *settings);
    /// At y = `parameters`: z ← z − η (g / (√v + ε) + λ y); x ← x + c (z − x); y ← (1 − β₁) z + β₁ x, where z is `steps`
    /// and x is `average`.
    void (*schedule_free)(float *parameters, float *steps, float *average, float *second, const float *gradient,
                          ptrdiff_t n, const ck_schedule_free *settings);
    /// gradient[i] += absolute · sign(w) + square · w, w = parameters[i].
    void (*penalize)(float *gradient, const float *parameters, ptrdiff_t n, float absolute, float square);
    /// x[i] held within −largest … largest.
    void (*bound)(float *x, ptrdiff_t n, float largest);
    /// out[i] = alpha · a[i] + beta · b[i]; out may be a or b.
    void (*combine)(float *out, const float *a, const float *b, ptrdiff_t n, float alpha, float beta);
    /// Σ x², in double precision over sixteen lanes.
    double (*sum_of_squares)(const float *x, ptrdiff_t n);
    /// out[i] = a[i] + b[i]
    void (*add)(float *out, const float *a, const float *b, ptrdiff_t n);
    /// out[i, :] = rows[indices[i], :], n rows of d floats.
    void (*gather_floats)(float *out, const float *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d);
    /// out[i, :] = scale · rows[indices[i], :], n rows of d bytes.
    void (*gather_bytes)(float *out, const uint8_t *rows, const int32_t *indices, ptrdiff_t n, ptrdiff_t d,
                         float scale);
    /// out[j, i] = a[i, j]: a is [rows, columns], with `stride` floats from row to row; out [columns, rows] is contiguous.
    void (*transpose)(float *out, const float *a, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride);
} ck_flat_kernels;

/// The flat kernels at `level`.
const ck_flat_kernels *ck_flat(int level);
