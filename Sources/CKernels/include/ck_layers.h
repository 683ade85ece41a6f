// Kernels of whole layers: convolution, pooling, recurrence, attention, and random masks.
//
// They are tensor kernels (`ck_kernel`) whose operands point to `details`, one of the structures below, and to `scratch`
// where they need memory. A row of the batch is one sample; images are stored [height, width, channels].
#pragma once
#include "ckernels.h"

/// The shape of a convolution over one image, or of a pooling.
typedef struct ck_window {
    int32_t input_height, input_width, input_channels;
    int32_t output_height, output_width, output_channels;
    int32_t height, width;                      // of the kernel or window
    int32_t stride_height, stride_width;
    int32_t padding_height, padding_width;      // zeros on either side
    int32_t dilation_height, dilation_width;
    int32_t groups;
    int32_t relu;                               // whether max(x, 0) follows
} ck_window;

/// The floats of scratch memory that the convolution's kernels need.
ptrdiff_t ck_convolution_scratch(const ck_window *window);

/// A recurrent layer over sequences of `steps` steps, `width` wide.
typedef struct ck_recurrence { int32_t steps, width; } ck_recurrence;

/// The floats of scratch memory that a recurrent layer of `gates` gates needs for `rows` sequences.
ptrdiff_t ck_recurrence_scratch(const ck_recurrence *recurrence, int gates, ptrdiff_t rows);

/// Attention of `heads` heads over sequences of `steps` steps, each `width` numbers wide in all heads together.
typedef struct ck_attention { int32_t steps, width, heads, causal; } ck_attention;

ptrdiff_t ck_attention_scratch(const ck_attention *attention);

/// A mask that keeps each element with probability 1 − rate.
typedef struct ck_mask {
    float rate;
    uint32_t stream;        // tells one mask of a program from another
} ck_mask;

/// Tokens `[rows, length]`, each the row of a table `[entries, width]`; below 0 is no token.
typedef struct ck_tokens {
    int32_t length, entries, width;
    int32_t averages;       // of a bag: whether the mean is taken instead of the sum
} ck_tokens;

/// A range of columns.
typedef struct ck_columns { int32_t from, count, width; } ck_columns;

#define CK_LAYER_KERNELS(X)                                                                                            \
    /* out [rows, output] = the convolution of a [rows, input] with weights b [out, in / groups, height, width], */    \
    /* plus the bias c [out] where there is one */                                                                     \
    X(convolution)                                                                                                     \
    /* out [rows, input] = its derivative by the input: a [rows, output] is the gradient, b the weights */             \
    X(convolution_input_gradient)                                                                                      \
    /* out [weights] = its derivative by the weights, summed over the rows: a is the gradient, b the input */          \
    X(convolution_weight_gradient)                                                                                     \
    /* out [rows, output] = the largest element of each window */                                                      \
    X(maximum_pooling)                                                                                                 \
    /* out [rows, input]: the gradient c goes to the first of each window's largest elements; a is the input, */       \
    /* b the output */                                                                                                 \
    X(maximum_pooling_gradient)                                                                                        \
    /* out [rows, output] = A times the sum of each window */                                                          \
    X(sum_pooling)                                                                                                     \
    /* out [rows, input]: A times the gradient a of each window that an element lies in */                             \
    X(sum_pooling_gradient)                                                                                            \
    /* out = a / (1 − rate) where the mask keeps an element, else 0; b is the key, `inner` the first row's number */   \
    X(dropout)                                                                                                         \
    /* out [rows, length, width] = the entries of the table a that the tokens name; zeros for none */                  \
    X(embedding)                                                                                                       \
    /* out [entries, width] = the gradients a [rows, length, width] added up by token */                               \
    X(embedding_gradient)                                                                                              \
    /* out [rows, width] = the sum, or mean, of the tokens' entries of a, each b [rows, length] times where given */   \
    X(embedding_bag)                                                                                                   \
    /* out [entries, width] = its derivative by the table: a [rows, width] is the gradient, b as above */              \
    X(embedding_bag_gradient)                                                                                          \
    /* out [rows, steps, 6 · width] = input, forget, candidate and output gate, cell, hidden state of an LSTM: */      \
    /* a [rows, steps, 4 · width] are the gates' sums over the inputs, b [4 · width, width] the recurrent weights, */  \
    /* `indices` the length of each sequence where given */                                                            \
    X(lstm)                                                                                                            \
    /* out [rows, steps, 4 · width] = the derivative by a: a are the states, b the weights, c the gradient of h */     \
    X(lstm_gradient)                                                                                                   \
    /* out [rows, steps, 5 · width] = reset, update, candidate, the candidate's recurrent sum, hidden state: */        \
    /* as above with three gates, and the recurrent bias c [3 · width] */                                              \
    X(gru)                                                                                                             \
    /* out [rows, steps, 6 · width] = the derivatives by the sums over the inputs, then by the recurrent sums */       \
    X(gru_gradient)                                                                                                    \
    /* out [rows, steps, width] = softmax(q kᵀ / √size) v in each head; a = q, b = k, c = v, lengths as above */       \
    X(attention)                                                                                                       \
    /* out [rows, steps, 3 · width] = its derivatives by q, k and v; d is the gradient */                              \
    X(attention_gradient)                                                                                              \
    /* out [rows, count] = the columns from … from + count of a [rows, width] */                                       \
    X(slice)                                                                                                           \
    /* out [rows, width] = a [rows, count] in these columns, zero in the others */                                     \
    X(pad)                                                                                                             \
    /* out [rows, columns] = 1 in the columns below indices[r], 0 in the others */                                    \
    X(step_mask)                                                                                                       \
    /* what these do stands in NormalizationKernels.h */                                                              \
    X(deviation_sums)                                                                                                  \
    X(normalize)                                                                                                       \
    X(normalize_sums)                                                                                                  \
    X(normalize_gradient)                                                                                              \
    X(standardize_rows)                                                                                                \
    X(standardize_rows_gradient)                                                                                       \
    /* out [rows, width] = `count` columns of a [rows, width] from `inner` on, moved to `from`; zero in the others */   \
    X(shift)                                                                                                           \
    /* out [rows, columns · inner] = each row of a, a matrix [inner, columns], transposed */                           \
    X(transpose_rows)

enum ck_layer_operation {
#define X(name) CK_LAYER_##name,
    CK_LAYER_KERNELS(X)
#undef X
        CK_LAYER_OPERATION_COUNT
};

/// The kernel of `operation` (an `enum ck_layer_operation`) at `level`. Plain loops have none of their own: their oracle
/// is the reference executor, and `CK_REFERENCE` gives the baseline's.
ck_kernel ck_layer_kernel(int operation, int level);
