// The vector version of a product of matrices with a prepared right one, and the seam on which convolutions, recurrent
// layers and attention stand. Included once a level, after VectorMathematics.h, with TILE_PIXELS and TILE_BLOCKS giving
// the tile that fits the level's registers.
//
// A convolution is a product of matrices whose left one is never written down: the row of an output pixel is the window
// of the image around it, and where channels are stored last, a row of the window is one run of memory. A dense product
// is the case of a window of one run. Output channels are the lanes. A tile of output pixels × blocks of sixteen channels
// stays in registers while the window is walked; each step of the walk broadcasts one number a pixel.
#pragma once
#include "ck_layers.h"

/// A loop over a tile, which has to be unrolled for its elements to stay in registers.
#define EACH(i, count) _Pragma("clang loop unroll(full)") for (int i = 0; i < (count); i++)

/// The longest runs of consecutive memory in a window: `run` floats at each of `height` × `steps` places.
typedef struct {
    ptrdiff_t run, steps;
    ptrdiff_t row_stride, step_stride;  // from run to run in the padded image
} walk;

INLINE walk walk_of(const ck_window *w, ptrdiff_t padded_width, ptrdiff_t channels) {
    const ptrdiff_t group = channels / w->groups;
    walk k = {.run = group, .steps = w->width, .row_stride = w->dilation_height * padded_width * channels,
              .step_stride = w->dilation_width * channels};
    if (w->groups == 1 && w->dilation_width == 1) {
        k.run = w->width * channels;
        k.steps = 1;
    }
    return k;
}

/// What a convolution of stride 1 or more does to one padded image.
typedef struct {
    walk window;
    ptrdiff_t height;                   // of the window
    ptrdiff_t pixels;                   // of the output
    const int32_t *offsets;             // [pixels], where the window of each begins in the padded image
    ptrdiff_t depth;                    // the elements of a window in one group
    ptrdiff_t output_stride;            // floats from one output pixel to the next
    int accumulates;                    // whether the output holds what is added to; else it starts from the bias
} plane;

/// One tile: `pixels` output pixels from `pixel` on, `blocks` blocks of channels, of which `channels` are stored.
INLINE void LEVEL(panel_tile)(float *out, const float *image, const float *panel, const float *bias, const plane *p,
                                 ptrdiff_t pixel, ptrdiff_t channels, int relu, int pixels, int blocks) {
    lanes sums[TILE_PIXELS][TILE_BLOCKS];
    const float *from[TILE_PIXELS];
    EACH(i, pixels) {
        from[i] = image + p->offsets[pixel + i];
        const float *at = out + (pixel + i) * p->output_stride;
        EACH(b, blocks) sums[i][b] = p->accumulates ? load_upto(at + b * LANES, channels - b * LANES, 0)
                                                    : load(bias + b * LANES);
    }
    for (ptrdiff_t y = 0; y < p->height; y++)
        for (ptrdiff_t x = 0; x < p->window.steps; x++) {
            const ptrdiff_t start = y * p->window.row_stride + x * p->window.step_stride;
            for (ptrdiff_t j = start; j < start + p->window.run; j++) {
                lanes weights[TILE_BLOCKS];
                EACH(b, blocks) weights[b] = load(panel + b * LANES);
                EACH(i, pixels)
                    EACH(b, blocks) sums[i][b] += splat(from[i][j]) * weights[b];
                panel += blocks * LANES;
            }
        }
    EACH(i, pixels)
        EACH(b, blocks) {
            const lanes y = relu ? relu_of(sums[i][b]) : sums[i][b];
            store_upto(out + (pixel + i) * p->output_stride + b * LANES, y, channels - b * LANES);
        }
}

/// All pixels of a block column: whole tiles, then one pixel at a time.
INLINE void LEVEL(panel_blocks)(float *out, const float *image, const float *panel, const float *bias,
                                   const plane *p, ptrdiff_t channels, int relu, int blocks) {
    ptrdiff_t pixel = 0;
    for (; pixel + TILE_PIXELS <= p->pixels; pixel += TILE_PIXELS)
        LEVEL(panel_tile)(out, image, panel, bias, p, pixel, channels, relu, TILE_PIXELS, blocks);
    for (; pixel + 4 <= p->pixels && TILE_PIXELS > 4; pixel += 4)
        LEVEL(panel_tile)(out, image, panel, bias, p, pixel, channels, relu, TILE_PIXELS > 4 ? 4 : 1, blocks);
    for (; pixel < p->pixels; pixel++)
        LEVEL(panel_tile)(out, image, panel, bias, p, pixel, channels, relu, 1, blocks);
}

/// One image: for each group, block column by block column. `panels` holds, for each of them in turn, the weights
/// [depth, blocks · 16]; `bias` the biases, padded alike.
static void LEVEL(panel_product)(float *out, const float *image, const float *panels, const float *bias,
                                  const plane *p, ptrdiff_t input_group, ptrdiff_t output_group, ptrdiff_t groups,
                                  int relu) {
    for (ptrdiff_t g = 0; g < groups; g++)
        for (ptrdiff_t channel = 0; channel < output_group;) {
            const ptrdiff_t rest = output_group - channel;
            const int blocks = TILE_BLOCKS > 1 && rest > LANES ? TILE_BLOCKS : 1;
            float *to = out + g * output_group + channel;
            const float *from = image + g * input_group;
            if (blocks == 1) LEVEL(panel_blocks)(to, from, panels, bias, p, rest, relu, 1);
            else LEVEL(panel_blocks)(to, from, panels, bias, p, rest, relu, TILE_BLOCKS);
            panels += p->depth * blocks * LANES;
            if (bias) bias += blocks * LANES;
            channel += blocks * LANES;
        }
}

/// Where the weight of (output channel, input channel, row, column) stands in memory.
typedef struct {
    const float *weights;
    ptrdiff_t output, input, row, column;   // strides
    ptrdiff_t start;
} weight_strides;

/// The channels of the block column that begins `rest` channels before the end.
INLINE ptrdiff_t panel_width(ptrdiff_t rest) { return (TILE_BLOCKS > 1 && rest > LANES ? TILE_BLOCKS : 1) * LANES; }

/// The channels of all block columns of a group.
INLINE ptrdiff_t panel_columns(ptrdiff_t channels) {
    ptrdiff_t columns = 0;
    while (columns < channels) columns += panel_width(channels - columns);
    return columns;
}

/// Writes the panels of one group, in the order in which `panel_product` walks them; gives the end.
static float *LEVEL(pack_panels)(float *panels, weight_strides s, ptrdiff_t height, ptrdiff_t width,
                                 ptrdiff_t input_group, ptrdiff_t output_group) {
    for (ptrdiff_t channel = 0; channel < output_group;) {
        const ptrdiff_t rest = output_group - channel;
        const ptrdiff_t lanes_wide = panel_width(rest);
        for (ptrdiff_t y = 0; y < height; y++)
            for (ptrdiff_t x = 0; x < width; x++)
                for (ptrdiff_t i = 0; i < input_group; i++)
                    for (ptrdiff_t lane = 0; lane < lanes_wide; lane++)
                        *panels++ = lane < rest ? s.weights[s.start + (channel + lane) * s.output + i * s.input +
                                                            y * s.row + x * s.column]
                                                : 0;
        channel += lanes_wide;
    }
    return panels;
}

/// A dense product out = (out or bias) + A · B with the panels of B `[depth, channels]`: row r of A stands at
/// a + offsets[r], row r of out at out + r · stride.
static void LEVEL(dense_product)(float *out, ptrdiff_t stride, const float *a, const int32_t *offsets, ptrdiff_t rows,
                                 ptrdiff_t depth, const float *panels, const float *bias, ptrdiff_t channels) {
    const plane p = {.window = {.run = depth, .steps = 1}, .height = 1, .pixels = rows, .offsets = offsets,
                     .depth = depth, .output_stride = stride, .accumulates = bias == 0};
    LEVEL(panel_product)(out, a, panels, bias, &p, depth, channels, 1, 0);
}
