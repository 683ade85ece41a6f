// The vector version of embeddings and of what moves columns about. Included once a level, after FlatKernels.h.
#include "ck_layers.h"

INLINE void add_scaled(float *out, const float *row, float scale, ptrdiff_t width) {
    for (ptrdiff_t j = 0; j < width; j += LANES)
        store_upto(out + j, load_upto(out + j, width - j, 0) + splat(scale) * load_upto(row + j, width - j, 0),
                   width - j);
}

static void LEVEL(embedding)(const ck_operands *o) {
    const ck_tokens n = *(const ck_tokens *)o->details;
    const size_t bytes = (size_t)n.width * sizeof(float);
    for (ptrdiff_t i = 0; i < o->rows * n.length; i++) {
        const int32_t token = o->indices[i];
        if (token < 0) memset(o->out + i * n.width, 0, bytes);
        else memcpy(o->out + i * n.width, o->a + (ptrdiff_t)token * n.width, bytes);
    }
}

static void LEVEL(embedding_gradient)(const ck_operands *o) {
    const ck_tokens n = *(const ck_tokens *)o->details;
    memset(o->out, 0, (size_t)n.entries * (size_t)n.width * sizeof(float));
    for (ptrdiff_t i = 0; i < o->rows * n.length; i++)
        if (o->indices[i] >= 0)
            add_scaled(o->out + (ptrdiff_t)o->indices[i] * n.width, o->a + i * n.width, 1, n.width);
}

/// What a bag's tokens are multiplied by besides their weights.
INLINE float bag_scale(const ck_tokens *n, const int32_t *tokens) {
    if (!n->averages) return 1;
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < n->length; i++) count += tokens[i] >= 0;
    return count > 0 ? 1 / (float)count : 0;
}

static void LEVEL(embedding_bag)(const ck_operands *o) {
    const ck_tokens n = *(const ck_tokens *)o->details;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const int32_t *tokens = o->indices + r * n.length;
        float *out = o->out + r * n.width;
        const float scale = bag_scale(&n, tokens);
        memset(out, 0, (size_t)n.width * sizeof(float));
        for (ptrdiff_t i = 0; i < n.length; i++)
            if (tokens[i] >= 0)
                add_scaled(out, o->a + (ptrdiff_t)tokens[i] * n.width, o->b ? scale * o->b[r * n.length + i] : scale,
                           n.width);
    }
}

static void LEVEL(embedding_bag_gradient)(const ck_operands *o) {
    const ck_tokens n = *(const ck_tokens *)o->details;
    memset(o->out, 0, (size_t)n.entries * (size_t)n.width * sizeof(float));
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const int32_t *tokens = o->indices + r * n.length;
        const float scale = bag_scale(&n, tokens);
        for (ptrdiff_t i = 0; i < n.length; i++)
            if (tokens[i] >= 0)
                add_scaled(o->out + (ptrdiff_t)tokens[i] * n.width, o->a + r * n.width,
                           o->b ? scale * o->b[r * n.length + i] : scale, n.width);
    }
}

static void LEVEL(step_mask)(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++)
        for (ptrdiff_t c = 0; c < o->columns; c++) o->out[r * o->columns + c] = c < o->indices[r] ? 1 : 0;
}

static void LEVEL(slice)(const ck_operands *o) {
    const ck_columns n = *(const ck_columns *)o->details;
    for (ptrdiff_t r = 0; r < o->rows; r++)
        memcpy(o->out + r * n.count, o->a + r * n.width + n.from, (size_t)n.count * sizeof(float));
}

static void LEVEL(pad)(const ck_operands *o) {
    const ck_columns n = *(const ck_columns *)o->details;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        float *out = o->out + r * n.width;
        memset(out, 0, (size_t)n.from * sizeof(float));
        memcpy(out + n.from, o->a + r * n.count, (size_t)n.count * sizeof(float));
        memset(out + n.from + n.count, 0, (size_t)(n.width - n.from - n.count) * sizeof(float));
    }
}

static void LEVEL(shift)(const ck_operands *o) {
    const ck_columns n = *(const ck_columns *)o->details;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        float *out = o->out + r * n.width;
        memset(out, 0, (size_t)n.width * sizeof(float));
        memcpy(out + n.from, o->a + r * n.width + o->inner, (size_t)n.count * sizeof(float));
    }
}

static void LEVEL(transpose_rows)(const ck_operands *o) {
    const ptrdiff_t count = o->inner * o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++)
        LEVEL(transpose)(o->out + r * count, o->a + r * count, o->inner, o->columns, o->columns);
}
