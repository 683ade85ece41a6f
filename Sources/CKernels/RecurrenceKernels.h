// The vector version of recurrent layers over sequences. Included once a level, after PanelProduct.h.
//
// The recurrent weights are prepared once a call; a step is one product with them and one pass over the cells. Rows are
// sequences; step t of row r stands at (r · steps + t) · fields · width. Past a sequence's length the state stays.
#include "PanelProduct.h"

INLINE int is_past(const int32_t *lengths, ptrdiff_t row, ptrdiff_t t) { return lengths && t >= lengths[row]; }

/// Where row r's state stands, in floats from the first row's.
static void LEVEL(row_offsets)(int32_t *offsets, ptrdiff_t rows, ptrdiff_t stride) {
    for (ptrdiff_t r = 0; r < rows; r++) offsets[r] = (int32_t)(r * stride);
}

/// Long short-term memory: Hochreiter and Schmidhuber (1997), with forget gates.
static void LEVEL(lstm)(const ck_operands *o) {
    const ck_recurrence n = *(const ck_recurrence *)o->details;
    const ptrdiff_t width = n.width, fields = 6 * width, stride = n.steps * fields;
    int32_t *offsets = (int32_t *)o->scratch;
    float *panels = (float *)(offsets + o->rows);
    const weight_strides s = {.weights = o->b, .output = width, .input = 1};
    LEVEL(pack_panels)(panels, s, 1, 1, width, 4 * width);
    LEVEL(row_offsets)(offsets, o->rows, stride);

    for (ptrdiff_t t = 0; t < n.steps; t++) {
        for (ptrdiff_t r = 0; r < o->rows; r++)
            memcpy(o->out + r * stride + t * fields, o->a + (r * n.steps + t) * 4 * width,
                   (size_t)(4 * width) * sizeof(float));
        if (t > 0)
            LEVEL(dense_product)(o->out + t * fields, stride, o->out + (t - 1) * fields + 5 * width, offsets, o->rows,
                                 width, panels, 0, 4 * width);
        for (ptrdiff_t r = 0; r < o->rows; r++) {
            float *now = o->out + r * stride + t * fields;
            const float *before = now - fields;
            if (is_past(o->indices, r, t)) {
                memset(now, 0, (size_t)fields * sizeof(float));
                if (t > 0) memcpy(now + 4 * width, before + 4 * width, (size_t)(2 * width) * sizeof(float));
                continue;
            }
            for (ptrdiff_t j = 0; j < width; j += LANES) {
                const ptrdiff_t rest = width - j;
                const lanes input = sigmoid_of(load_upto(now + j, rest, 0));
                const lanes forget = sigmoid_of(load_upto(now + width + j, rest, 0));
                const lanes candidate = tanh_of(load_upto(now + 2 * width + j, rest, 0));
                const lanes output = sigmoid_of(load_upto(now + 3 * width + j, rest, 0));
                lanes cell = input * candidate;
                if (t > 0) cell += forget * load_upto(before + 4 * width + j, rest, 0);
                store_upto(now + j, input, rest);
                store_upto(now + width + j, forget, rest);
                store_upto(now + 2 * width + j, candidate, rest);
                store_upto(now + 3 * width + j, output, rest);
                store_upto(now + 4 * width + j, cell, rest);
                store_upto(now + 5 * width + j, output * tanh_of(cell), rest);
            }
        }
    }
}

/// Backpropagation through time: Werbos (1990).
static void LEVEL(lstm_gradient)(const ck_operands *o) {
    const ck_recurrence n = *(const ck_recurrence *)o->details;
    const ptrdiff_t width = n.width, fields = 6 * width, rows = o->rows;
    int32_t *offsets = (int32_t *)o->scratch;
    float *hidden = (float *)(offsets + rows), *cells = hidden + rows * width, *panels = cells + rows * width;
    const weight_strides s = {.weights = o->b, .output = 1, .input = width};
    LEVEL(pack_panels)(panels, s, 1, 1, 4 * width, width);
    LEVEL(row_offsets)(offsets, rows, n.steps * 4 * width);
    // The derivatives by the hidden state and the cell that the next step hands back.
    memset(hidden, 0, (size_t)(2 * rows * width) * sizeof(float));

    for (ptrdiff_t t = n.steps - 1; t >= 0; t--) {
        for (ptrdiff_t r = 0; r < rows; r++) {
            const float *now = o->a + (r * n.steps + t) * fields, *before = now - fields;
            const float *gradient = o->c + (r * n.steps + t) * width;
            float *out = o->out + (r * n.steps + t) * 4 * width, *h = hidden + r * width, *c = cells + r * width;
            if (is_past(o->indices, r, t)) {
                for (ptrdiff_t j = 0; j < width; j++) h[j] += gradient[j];
                memset(out, 0, (size_t)(4 * width) * sizeof(float));
                continue;
            }
            for (ptrdiff_t j = 0; j < width; j += LANES) {
                const ptrdiff_t rest = width - j;
                const lanes input = load_upto(now + j, rest, 0), forget = load_upto(now + width + j, rest, 0);
                const lanes candidate = load_upto(now + 2 * width + j, rest, 0);
                const lanes output = load_upto(now + 3 * width + j, rest, 0);
                const lanes held = tanh_of(load_upto(now + 4 * width + j, rest, 0));
                const lanes dh = load_upto(h + j, rest, 0) + load_upto(gradient + j, rest, 0);
                const lanes dc = load_upto(c + j, rest, 0) + dh * output * (splat(1) - held * held);
                const lanes previous = t > 0 ? load_upto(before + 4 * width + j, rest, 0) : splat(0);
                store_upto(out + j, dc * candidate * input * (splat(1) - input), rest);
                store_upto(out + width + j, dc * previous * forget * (splat(1) - forget), rest);
                store_upto(out + 2 * width + j, dc * input * (splat(1) - candidate * candidate), rest);
                store_upto(out + 3 * width + j, dh * held * output * (splat(1) - output), rest);
                store_upto(c + j, dc * forget, rest);
                store_upto(h + j, splat(0), rest);
            }
        }
        LEVEL(dense_product)(hidden, width, o->out + t * 4 * width, offsets, rows, 4 * width, panels, 0, width);
    }
}

/// The gated recurrent unit: Cho et al. (2014), with the reset gate after the recurrent product as in cuDNN and PyTorch.
static void LEVEL(gru)(const ck_operands *o) {
    const ck_recurrence n = *(const ck_recurrence *)o->details;
    const ptrdiff_t width = n.width, fields = 5 * width, stride = n.steps * fields, rows = o->rows;
    int32_t *offsets = (int32_t *)o->scratch;
    float *sums = (float *)(offsets + rows), *panels = sums + rows * 3 * width;
    const weight_strides s = {.weights = o->b, .output = width, .input = 1};
    LEVEL(pack_panels)(panels, s, 1, 1, width, 3 * width);
    LEVEL(row_offsets)(offsets, rows, stride);

    for (ptrdiff_t t = 0; t < n.steps; t++) {
        for (ptrdiff_t r = 0; r < rows; r++)
            memcpy(sums + r * 3 * width, o->c, (size_t)(3 * width) * sizeof(float));
        if (t > 0)
            LEVEL(dense_product)(sums, 3 * width, o->out + (t - 1) * fields + 4 * width, offsets, rows, width, panels,
                                 0, 3 * width);
        for (ptrdiff_t r = 0; r < rows; r++) {
            float *now = o->out + r * stride + t * fields;
            const float *before = now - fields, *inputs = o->a + (r * n.steps + t) * 3 * width;
            const float *recurrent = sums + r * 3 * width;
            if (is_past(o->indices, r, t)) {
                memset(now, 0, (size_t)fields * sizeof(float));
                if (t > 0) memcpy(now + 4 * width, before + 4 * width, (size_t)width * sizeof(float));
                continue;
            }
            for (ptrdiff_t j = 0; j < width; j += LANES) {
                const ptrdiff_t rest = width - j;
                const lanes reset = sigmoid_of(load_upto(inputs + j, rest, 0) + load_upto(recurrent + j, rest, 0));
                const lanes update =
                    sigmoid_of(load_upto(inputs + width + j, rest, 0) + load_upto(recurrent + width + j, rest, 0));
                const lanes sum = load_upto(recurrent + 2 * width + j, rest, 0);
                const lanes candidate = tanh_of(load_upto(inputs + 2 * width + j, rest, 0) + reset * sum);
                const lanes previous = t > 0 ? load_upto(before + 4 * width + j, rest, 0) : splat(0);
                store_upto(now + j, reset, rest);
                store_upto(now + width + j, update, rest);
                store_upto(now + 2 * width + j, candidate, rest);
                store_upto(now + 3 * width + j, sum, rest);
                store_upto(now + 4 * width + j, (splat(1) - update) * candidate + update * previous, rest);
            }
        }
    }
}

static void LEVEL(gru_gradient)(const ck_operands *o) {
    const ck_recurrence n = *(const ck_recurrence *)o->details;
    const ptrdiff_t width = n.width, fields = 5 * width, rows = o->rows;
    int32_t *offsets = (int32_t *)o->scratch;
    float *hidden = (float *)(offsets + rows), *panels = hidden + rows * width;
    const weight_strides s = {.weights = o->b, .output = 1, .input = width};
    LEVEL(pack_panels)(panels, s, 1, 1, 3 * width, width);
    LEVEL(row_offsets)(offsets, rows, n.steps * 6 * width);
    memset(hidden, 0, (size_t)(rows * width) * sizeof(float));

    for (ptrdiff_t t = n.steps - 1; t >= 0; t--) {
        for (ptrdiff_t r = 0; r < rows; r++) {
            const float *now = o->a + (r * n.steps + t) * fields, *before = now - fields;
            const float *gradient = o->c + (r * n.steps + t) * width;
            float *out = o->out + (r * n.steps + t) * 6 * width, *h = hidden + r * width;
            if (is_past(o->indices, r, t)) {
                for (ptrdiff_t j = 0; j < width; j++) h[j] += gradient[j];
                memset(out, 0, (size_t)(6 * width) * sizeof(float));
                continue;
            }
            for (ptrdiff_t j = 0; j < width; j += LANES) {
                const ptrdiff_t rest = width - j;
                const lanes reset = load_upto(now + j, rest, 0), update = load_upto(now + width + j, rest, 0);
                const lanes candidate = load_upto(now + 2 * width + j, rest, 0);
                const lanes sum = load_upto(now + 3 * width + j, rest, 0);
                const lanes previous = t > 0 ? load_upto(before + 4 * width + j, rest, 0) : splat(0);
                const lanes dh = load_upto(h + j, rest, 0) + load_upto(gradient + j, rest, 0);
                const lanes dn = dh * (splat(1) - update) * (splat(1) - candidate * candidate);
                const lanes dr = dn * sum * reset * (splat(1) - reset);
                const lanes dz = dh * (previous - candidate) * update * (splat(1) - update);
                store_upto(out + j, dr, rest);
                store_upto(out + width + j, dz, rest);
                store_upto(out + 2 * width + j, dn, rest);
                store_upto(out + 3 * width + j, dr, rest);
                store_upto(out + 4 * width + j, dz, rest);
                store_upto(out + 5 * width + j, dn * reset, rest);
                store_upto(h + j, dh * update, rest);
            }
        }
        LEVEL(dense_product)(hidden, width, o->out + t * 6 * width + 3 * width, offsets, rows, 3 * width, panels, 0,
                             width);
    }
}
