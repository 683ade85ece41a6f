// The choice among the kernels of whole layers, and the memory that they need.
#include "ck_layers.h"

extern const ck_kernel layer_kernels_baseline[], layer_kernels_avx2[], layer_kernels_avx512[];

ck_kernel ck_layer_kernel(int operation, int level) {
    switch (level) {
        case CK_AVX512: return layer_kernels_avx512[operation];
        case CK_AVX2: return layer_kernels_avx2[operation];
        default: return layer_kernels_baseline[operation];
    }
}

// Panels are as wide as the widest level's tile.
enum { WIDEST_PANEL = 32 };

static ptrdiff_t padded(ptrdiff_t channels) { return (channels + WIDEST_PANEL - 1) / WIDEST_PANEL * WIDEST_PANEL; }
static ptrdiff_t larger(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }

ptrdiff_t ck_convolution_scratch(const ck_window *w) {
    const ptrdiff_t area = (ptrdiff_t)w->height * w->width;
    const ptrdiff_t input_group = w->input_channels / w->groups, output_group = w->output_channels / w->groups;
    const ptrdiff_t image = (ptrdiff_t)(w->input_height + 2 * w->padding_height) *
                            (w->input_width + 2 * w->padding_width) * w->input_channels;
    const ptrdiff_t gradient = (ptrdiff_t)(w->input_height + (w->height - 1) * w->dilation_height) *
                               (w->input_width + (w->width - 1) * w->dilation_width) * w->output_channels;
    const ptrdiff_t pixels = larger((ptrdiff_t)w->input_height * w->input_width,
                                    (ptrdiff_t)w->output_height * w->output_width);
    const ptrdiff_t widest = padded(larger(input_group, output_group));
    return larger(image, gradient) + pixels + w->groups * widest +
           w->groups * area * larger(input_group * padded(output_group), output_group * padded(input_group));
}

ptrdiff_t ck_recurrence_scratch(const ck_recurrence *n, int gates, ptrdiff_t rows) {
    const ptrdiff_t width = n->width;
    // Offsets, what is handed from step to step, and the weights.
    return rows * (1 + 3 * width) + larger(width * padded(gates * width), gates * width * padded(width));
}

ptrdiff_t ck_attention_scratch(const ck_attention *n) {
    const ptrdiff_t steps = n->steps, size = n->width / n->heads;
    return 3 * steps * steps + 2 * steps + larger(size * padded(steps), steps * padded(size));
}
