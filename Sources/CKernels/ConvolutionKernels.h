// The vector version of the kernels of convolution. Included once a level, after PanelProduct.h.
#include "PanelProduct.h"

/// The image with zeros around it: element (y, x) of the image goes to (y · stride + top, x · stride + left) of the
/// padded image, and out of it where that is outside.
static void LEVEL(pad_image)(float *padded, const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels,
                             ptrdiff_t padded_height, ptrdiff_t padded_width, ptrdiff_t top, ptrdiff_t left,
                             ptrdiff_t stride_height, ptrdiff_t stride_width) {
    for (ptrdiff_t y = 0; y < height; y++) {
        const ptrdiff_t to = y * stride_height + top;
        if (to < 0 || to >= padded_height) continue;
        if (stride_width == 1 && left >= 0 && left + width <= padded_width) {
            memcpy(padded + (to * padded_width + left) * channels, image + y * width * channels,
                   (size_t)(width * channels) * sizeof(float));
            continue;
        }
        for (ptrdiff_t x = 0; x < width; x++) {
            const ptrdiff_t column = x * stride_width + left;
            if (column < 0 || column >= padded_width) continue;
            memcpy(padded + (to * padded_width + column) * channels, image + (y * width + x) * channels,
                   (size_t)channels * sizeof(float));
        }
    }
}

static void LEVEL(convolution)(const ck_operands *o) {
    const ck_window w = *(const ck_window *)o->details;
    const ptrdiff_t padded_height = w.input_height + 2 * w.padding_height;
    const ptrdiff_t padded_width = w.input_width + 2 * w.padding_width;
    const ptrdiff_t channels = w.input_channels, input_group = channels / w.groups;
    const ptrdiff_t output_group = w.output_channels / w.groups;
    const ptrdiff_t input = w.input_height * w.input_width * channels;
    const ptrdiff_t output = (ptrdiff_t)w.output_height * w.output_width * w.output_channels;
    const ptrdiff_t area = w.height * w.width;

    float *padded = o->scratch;
    int32_t *offsets = (int32_t *)(padded + padded_height * padded_width * channels);
    float *bias = (float *)(offsets + w.output_height * w.output_width);
    float *panels = bias + w.groups * panel_columns(output_group);
    float *next_panel = panels, *next_bias = bias;
    for (ptrdiff_t g = 0; g < w.groups; g++) {
        const weight_strides s = {.weights = o->b, .output = input_group * area, .input = area, .row = w.width,
                                  .column = 1, .start = g * output_group * input_group * area};
        float *end = LEVEL(pack_panels)(next_panel, s, w.height, w.width, input_group, output_group);
        const ptrdiff_t wide = panel_columns(output_group);
        for (ptrdiff_t lane = 0; lane < wide; lane++)
            next_bias[lane] = o->c && lane < output_group ? o->c[g * output_group + lane] : 0;
        next_panel = end;
        next_bias += wide;
    }
    for (ptrdiff_t y = 0; y < w.output_height; y++)
        for (ptrdiff_t x = 0; x < w.output_width; x++)
            offsets[y * w.output_width + x] =
                (int32_t)((y * w.stride_height * padded_width + x * w.stride_width) * channels);

    const plane p = {.window = walk_of(&w, padded_width, channels), .height = w.height,
                     .pixels = (ptrdiff_t)w.output_height * w.output_width, .offsets = offsets,
                     .depth = input_group * area, .output_stride = w.output_channels};
    const int is_padded = w.padding_height > 0 || w.padding_width > 0;
    if (is_padded) memset(padded, 0, (size_t)(padded_height * padded_width * channels) * sizeof(float));
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *image = o->a + r * input;
        if (is_padded) {
            LEVEL(pad_image)(padded, image, w.input_height, w.input_width, channels, padded_height, padded_width,
                             w.padding_height, w.padding_width, 1, 1);
            image = padded;
        }
        LEVEL(panel_product)(o->out + r * output, image, panels, bias, &p, input_group, output_group, w.groups,
                              w.relu);
    }
}

/// The derivative by the input is itself a convolution: of the gradient, spread by the stride and padded, with the
/// weights turned by half a turn and input and output channels exchanged.
static void LEVEL(convolution_input_gradient)(const ck_operands *o) {
    const ck_window w = *(const ck_window *)o->details;
    const ptrdiff_t reach_height = (w.height - 1) * w.dilation_height, reach_width = (w.width - 1) * w.dilation_width;
    const ptrdiff_t padded_height = w.input_height + reach_height, padded_width = w.input_width + reach_width;
    const ptrdiff_t channels = w.output_channels, gradient_group = channels / w.groups;
    const ptrdiff_t input_group = w.input_channels / w.groups;
    const ptrdiff_t area = w.height * w.width;
    const ptrdiff_t gradient = (ptrdiff_t)w.output_height * w.output_width * channels;
    const ptrdiff_t input = (ptrdiff_t)w.input_height * w.input_width * w.input_channels;

    float *padded = o->scratch;
    int32_t *offsets = (int32_t *)(padded + padded_height * padded_width * channels);
    float *bias = (float *)(offsets + w.input_height * w.input_width);
    float *panels = bias + w.groups * panel_columns(input_group);
    memset(bias, 0, (size_t)(panels - bias) * sizeof(float));
    float *next_panel = panels;
    for (ptrdiff_t g = 0; g < w.groups; g++) {
        const weight_strides s = {.weights = o->b, .output = area, .input = input_group * area, .row = -w.width,
                                  .column = -1,
                                  .start = g * gradient_group * input_group * area + area - 1};
        next_panel = LEVEL(pack_panels)(next_panel, s, w.height, w.width, gradient_group, input_group);
    }
    for (ptrdiff_t y = 0; y < w.input_height; y++)
        for (ptrdiff_t x = 0; x < w.input_width; x++)
            offsets[y * w.input_width + x] = (int32_t)((y * padded_width + x) * channels);

    const plane p = {.window = walk_of(&w, padded_width, channels), .height = w.height,
                     .pixels = (ptrdiff_t)w.input_height * w.input_width, .offsets = offsets,
                     .depth = gradient_group * area, .output_stride = w.input_channels};
    memset(padded, 0, (size_t)(padded_height * padded_width * channels) * sizeof(float));
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        LEVEL(pad_image)(padded, o->a + r * gradient, w.output_height, w.output_width, channels, padded_height,
                         padded_width, reach_height - w.padding_height, reach_width - w.padding_width,
                         w.stride_height, w.stride_width);
        LEVEL(panel_product)(o->out + r * input, padded, panels, bias, &p, gradient_group, input_group, w.groups, 0);
    }
}

/// A tile of the weights' gradient: `count` consecutive elements of the window from `from` on, `blocks` blocks of output
/// channels, summed over the pixels of one image.
INLINE void LEVEL(weight_tile)(float *panel, const float *from, const float *gradient, const plane *p,
                               ptrdiff_t channels, int count, int blocks) {
    lanes sums[TILE_PIXELS][TILE_BLOCKS];
    EACH(i, count)
        EACH(b, blocks) sums[i][b] = load(panel + (i * blocks + b) * LANES);
    for (ptrdiff_t pixel = 0; pixel < p->pixels; pixel++) {
        const float *x = from + p->offsets[pixel], *g = gradient + pixel * p->output_stride;
        lanes gradients[TILE_BLOCKS];
        EACH(b, blocks)
            gradients[b] = load_upto(g + b * LANES, channels - b * LANES, 0);
        EACH(i, count)
            EACH(b, blocks) sums[i][b] += splat(x[i]) * gradients[b];
    }
    EACH(i, count)
        EACH(b, blocks) store(panel + (i * blocks + b) * LANES, sums[i][b]);
}

INLINE void LEVEL(weight_blocks)(float *panel, const float *image, const float *gradient, const plane *p,
                                 ptrdiff_t channels, int blocks) {
    for (ptrdiff_t y = 0; y < p->height; y++)
        for (ptrdiff_t x = 0; x < p->window.steps; x++) {
            const float *from = image + y * p->window.row_stride + x * p->window.step_stride;
            ptrdiff_t j = 0;
            for (; j + TILE_PIXELS <= p->window.run; j += TILE_PIXELS, panel += TILE_PIXELS * blocks * LANES)
                LEVEL(weight_tile)(panel, from + j, gradient, p, channels, TILE_PIXELS, blocks);
            for (; j + 3 <= p->window.run; j += 3, panel += 3 * blocks * LANES)
                LEVEL(weight_tile)(panel, from + j, gradient, p, channels, 3, blocks);
            for (; j < p->window.run; j++, panel += blocks * LANES)
                LEVEL(weight_tile)(panel, from + j, gradient, p, channels, 1, blocks);
        }
}

static void LEVEL(convolution_weight_gradient)(const ck_operands *o) {
    const ck_window w = *(const ck_window *)o->details;
    const ptrdiff_t padded_height = w.input_height + 2 * w.padding_height;
    const ptrdiff_t padded_width = w.input_width + 2 * w.padding_width;
    const ptrdiff_t channels = w.input_channels, input_group = channels / w.groups;
    const ptrdiff_t output_group = w.output_channels / w.groups;
    const ptrdiff_t input = (ptrdiff_t)w.input_height * w.input_width * channels;
    const ptrdiff_t output = (ptrdiff_t)w.output_height * w.output_width * w.output_channels;
    const ptrdiff_t area = w.height * w.width, depth = input_group * area;

    float *padded = o->scratch;
    int32_t *offsets = (int32_t *)(padded + padded_height * padded_width * channels);
    float *panels = (float *)(offsets + w.output_height * w.output_width);
    for (ptrdiff_t y = 0; y < w.output_height; y++)
        for (ptrdiff_t x = 0; x < w.output_width; x++)
            offsets[y * w.output_width + x] =
                (int32_t)((y * w.stride_height * padded_width + x * w.stride_width) * channels);
    const plane p = {.window = walk_of(&w, padded_width, channels), .height = w.height,
                     .pixels = (ptrdiff_t)w.output_height * w.output_width, .offsets = offsets, .depth = depth,
                     .output_stride = w.output_channels};

    const ptrdiff_t wide = panel_columns(output_group);
    memset(panels, 0, (size_t)(w.groups * depth * wide) * sizeof(float));
    const int is_padded = w.padding_height > 0 || w.padding_width > 0;
    if (is_padded) memset(padded, 0, (size_t)(padded_height * padded_width * channels) * sizeof(float));
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *image = o->b + r * input;
        if (is_padded) {
            LEVEL(pad_image)(padded, image, w.input_height, w.input_width, channels, padded_height, padded_width,
                             w.padding_height, w.padding_width, 1, 1);
            image = padded;
        }
        for (ptrdiff_t g = 0; g < w.groups; g++) {
            float *panel = panels + g * depth * wide;
            for (ptrdiff_t channel = 0; channel < output_group;) {
                const ptrdiff_t rest = output_group - channel;
                const int blocks = TILE_BLOCKS > 1 && rest > LANES ? TILE_BLOCKS : 1;
                const float *gradient = o->a + r * output + g * output_group + channel;
                if (blocks == 1)
                    LEVEL(weight_blocks)(panel, image + g * input_group, gradient, &p, rest, 1);
                else
                    LEVEL(weight_blocks)(panel, image + g * input_group, gradient, &p, rest, TILE_BLOCKS);
                panel += depth * blocks * LANES;
                channel += blocks * LANES;
            }
        }
    }

    for (ptrdiff_t g = 0; g < w.groups; g++) {
        const float *panel = panels + g * depth * wide;
        for (ptrdiff_t channel = 0; channel < output_group;) {
            const ptrdiff_t rest = output_group - channel;
            const ptrdiff_t lanes_wide = panel_width(rest);
            for (ptrdiff_t place = 0; place < area; place++)
                for (ptrdiff_t i = 0; i < input_group; i++, panel += lanes_wide)
                    for (ptrdiff_t lane = 0; lane < lanes_wide && lane < rest; lane++)
                        o->out[((g * output_group + channel + lane) * input_group + i) * area + place] = panel[lane];
            channel += lanes_wide;
        }
    }
}
