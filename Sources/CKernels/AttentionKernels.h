// The vector version of scaled dot-product attention: Vaswani et al. (2017), eq. 1. Included once a level, after
// PanelProduct.h and FlatKernels.h.
//
// Head by head: the weights of one head, [steps, steps], stay in the cache, and are computed again for the gradient.
#include "PanelProduct.h"

/// The scratch memory of one head.
typedef struct {
    float *weights, *gradients, *turned;    // [steps, steps] each
    float *panels;
    int32_t *rows, *squares;                // where the rows of a sequence, and of a square, begin
} attention_scratch;

static attention_scratch LEVEL(attention_memory)(const ck_operands *o, const ck_attention *n) {
    attention_scratch m;
    const ptrdiff_t square = (ptrdiff_t)n->steps * n->steps;
    m.weights = o->scratch;
    m.gradients = m.weights + square;
    m.turned = m.gradients + square;
    m.rows = (int32_t *)(m.turned + square);
    m.squares = m.rows + n->steps;
    m.panels = (float *)(m.squares + n->steps);
    LEVEL(row_offsets)(m.rows, n->steps, n->width);
    LEVEL(row_offsets)(m.squares, n->steps, n->steps);
    return m;
}

/// out [steps, channels] = A · B, or added to `out`, from rows A at `offsets`, and B as `strides` finds it.
static void LEVEL(head_product)(float *out, ptrdiff_t stride, const float *a, const int32_t *offsets, ptrdiff_t steps,
                                ptrdiff_t depth, weight_strides strides, ptrdiff_t channels, float *panels) {
    for (ptrdiff_t t = 0; t < steps; t++) memset(out + t * stride, 0, (size_t)channels * sizeof(float));
    LEVEL(pack_panels)(panels, strides, 1, 1, depth, channels);
    LEVEL(dense_product)(out, stride, a, offsets, steps, depth, panels, 0, channels);
}

/// softmax(q kᵀ / √size) of one head, over the steps that each step may look at.
static void LEVEL(attention_weights)(const ck_attention *n, attention_scratch m, const float *q, const float *k,
                                     ptrdiff_t length) {
    const ptrdiff_t steps = n->steps, size = n->width / n->heads;
    const weight_strides turned_keys = {.weights = k, .output = n->width, .input = 1};
    LEVEL(head_product)(m.weights, steps, q, m.rows, steps, size, turned_keys, steps, m.panels);
    const float scale = 1 / __builtin_sqrtf((float)size);
    for (ptrdiff_t t = 0; t < steps; t++) {
        float *row = m.weights + t * steps;
        ptrdiff_t seen = n->causal && t + 1 < length ? t + 1 : length;
        lanes best = splat(-__builtin_inff()), sum = splat(0);
        for (ptrdiff_t j = 0; j < seen; j += LANES) {
            const lanes x = load_upto(row + j, seen - j, -__builtin_inff());
            best = choose((x > best) | (x != x), x, best);
        }
        const float maximum = fold_maximum(best);
        for (ptrdiff_t j = 0; j < seen; j += LANES) {
            const lanes x = load_upto(row + j, seen - j, -__builtin_inff());
            const lanes e = exponential_of((x - splat(maximum)) * splat(scale));
            store_upto(row + j, e, seen - j);
            sum += e;
        }
        const float norm = 1 / fold(sum);
        for (ptrdiff_t j = 0; j < seen; j++) row[j] *= norm;
        for (ptrdiff_t j = seen < 0 ? 0 : seen; j < steps; j++) row[j] = 0;
    }
}

INLINE ptrdiff_t attention_length(const ck_operands *o, const ck_attention *n, ptrdiff_t row) {
    return o->indices && o->indices[row] < n->steps ? o->indices[row] : n->steps;
}

static void LEVEL(attention)(const ck_operands *o) {
    const ck_attention n = *(const ck_attention *)o->details;
    const ptrdiff_t steps = n.steps, width = n.width, size = width / n.heads;
    const attention_scratch m = LEVEL(attention_memory)(o, &n);
    for (ptrdiff_t r = 0; r < o->rows; r++)
        for (ptrdiff_t head = 0; head < n.heads; head++) {
            const ptrdiff_t at = r * steps * width + head * size;
            LEVEL(attention_weights)(&n, m, o->a + at, o->b + at, attention_length(o, &n, r));
            const weight_strides values = {.weights = o->c + at, .output = 1, .input = width};
            LEVEL(head_product)(o->out + at, width, m.weights, m.squares, steps, steps, values, size, m.panels);
        }
}

static void LEVEL(attention_gradient)(const ck_operands *o) {
    const ck_attention n = *(const ck_attention *)o->details;
    const ptrdiff_t steps = n.steps, width = n.width, size = width / n.heads;
    const attention_scratch m = LEVEL(attention_memory)(o, &n);
    const float scale = 1 / __builtin_sqrtf((float)size);
    for (ptrdiff_t r = 0; r < o->rows; r++)
        for (ptrdiff_t head = 0; head < n.heads; head++) {
            const ptrdiff_t at = r * steps * width + head * size;
            const float *q = o->a + at, *k = o->b + at, *v = o->c + at, *gradient = o->d + at;
            float *dq = o->out + r * steps * 3 * width + head * size, *dk = dq + width, *dv = dk + width;
            LEVEL(attention_weights)(&n, m, q, k, attention_length(o, &n, r));
            // dV = Wᵀ · dO, dW = dO · Vᵀ
            LEVEL(transpose)(m.turned, m.weights, steps, steps, steps);
            const weight_strides gradients = {.weights = gradient, .output = 1, .input = width};
            LEVEL(head_product)(dv, 3 * width, m.turned, m.squares, steps, steps, gradients, size, m.panels);
            const weight_strides turned_values = {.weights = v, .output = width, .input = 1};
            LEVEL(head_product)(m.gradients, steps, gradient, m.rows, steps, size, turned_values, steps, m.panels);
            // Through the softmax: dS = W ∘ (dW − Σ dW ∘ W), times the scale.
            for (ptrdiff_t t = 0; t < steps; t++) {
                const float *w = m.weights + t * steps;
                float *g = m.gradients + t * steps;
                lanes sum = splat(0);
                for (ptrdiff_t j = 0; j < steps; j += LANES)
                    sum += load_upto(w + j, steps - j, 0) * load_upto(g + j, steps - j, 0);
                const lanes total = splat(fold(sum));
                for (ptrdiff_t j = 0; j < steps; j += LANES) {
                    const lanes x = load_upto(w + j, steps - j, 0) * (load_upto(g + j, steps - j, 0) - total);
                    store_upto(g + j, x * splat(scale), steps - j);
                }
            }
            // dQ = dS · K, dK = dSᵀ · Q
            const weight_strides keys = {.weights = k, .output = 1, .input = width};
            LEVEL(head_product)(dq, 3 * width, m.gradients, m.squares, steps, steps, keys, size, m.panels);
            LEVEL(transpose)(m.turned, m.gradients, steps, steps, steps);
            const weight_strides queries = {.weights = q, .output = 1, .input = width};
            LEVEL(head_product)(dk, 3 * width, m.turned, m.squares, steps, steps, queries, size, m.panels);
        }
}
