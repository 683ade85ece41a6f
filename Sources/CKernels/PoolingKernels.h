// The vector version of the kernels of pooling. Included once a level, after VectorMathematics.h.
#include "ck_layers.h"

/// The part of a window that lies inside the image, for one output pixel.
typedef struct { ptrdiff_t top, bottom, left, right; } window_part;

INLINE window_part window_at(const ck_window *w, ptrdiff_t y, ptrdiff_t x) {
    const ptrdiff_t top = y * w->stride_height - w->padding_height, left = x * w->stride_width - w->padding_width;
    const ptrdiff_t bottom = top + w->height, right = left + w->width;
    return (window_part){top < 0 ? 0 : top, bottom > w->input_height ? w->input_height : bottom, left < 0 ? 0 : left,
                         right > w->input_width ? w->input_width : right};
}

/// Calls BODY for every output pixel and block of channels: `in` and `out` are the element of the image and of the
/// output in channel c, `n` the number of channels from there on, `part` the window.
#define FOR_EACH_WINDOW(...)                                                                                           \
    const ck_window w = *(const ck_window *)o->details;                                                                \
    const ptrdiff_t channels = w.input_channels;                                                                       \
    const ptrdiff_t input = (ptrdiff_t)w.input_height * w.input_width * channels;                                      \
    const ptrdiff_t output = (ptrdiff_t)w.output_height * w.output_width * channels;                                   \
    for (ptrdiff_t r = 0; r < o->rows; r++)                                                                            \
        for (ptrdiff_t y = 0; y < w.output_height; y++)                                                                \
            for (ptrdiff_t x = 0; x < w.output_width; x++) {                                                           \
                const window_part part = window_at(&w, y, x);                                                          \
                for (ptrdiff_t c = 0; c < channels; c += LANES) {                                                      \
                    const ptrdiff_t n = channels - c, in = r * input + c;                                              \
                    const ptrdiff_t out = r * output + (y * w.output_width + x) * channels + c;                        \
                    __VA_ARGS__                                                                                        \
                }                                                                                                      \
            }

#define FOR_EACH_PLACE                                                                                                 \
    for (ptrdiff_t row = part.top; row < part.bottom; row++)                                                           \
        for (ptrdiff_t column = part.left; column < part.right; column++)
#define PLACE (in + (row * w.input_width + column) * channels)

static void LEVEL(maximum_pooling)(const ck_operands *o) {
    FOR_EACH_WINDOW({
        lanes best = splat(-__builtin_inff());
        FOR_EACH_PLACE {
            const lanes value = load_upto(o->a + PLACE, n, 0);
            best = choose((value > best) | (value != value), value, best);
        }
        store_upto(o->out + out, best, n);
    })
}

static void LEVEL(maximum_pooling_gradient)(const ck_operands *o) {
    {
        const ck_window *w = o->details;
        memset(o->out, 0, (size_t)(o->rows * w->input_height * w->input_width * w->input_channels) * sizeof(float));
    }
    FOR_EACH_WINDOW({
        const lanes best = load_upto(o->b + out, n, 0), gradient = load_upto(o->c + out, n, 0);
        integer_lanes free = ~(integer_lanes){0};
        FOR_EACH_PLACE {
            const integer_lanes hit = (load_upto(o->a + PLACE, n, 0) == best) & free;
            free &= ~hit;
            const lanes part_of_it = (lanes)(hit & (integer_lanes)gradient);
            store_upto(o->out + PLACE, load_upto(o->out + PLACE, n, 0) + part_of_it, n);
        }
    })
}

static void LEVEL(sum_pooling)(const ck_operands *o) {
    FOR_EACH_WINDOW({
        lanes sum = splat(0);
        FOR_EACH_PLACE { sum += load_upto(o->a + PLACE, n, 0); }
        store_upto(o->out + out, sum * splat(o->alpha), n);
    })
}

static void LEVEL(sum_pooling_gradient)(const ck_operands *o) {
    {
        const ck_window *w = o->details;
        memset(o->out, 0, (size_t)(o->rows * w->input_height * w->input_width * w->input_channels) * sizeof(float));
    }
    FOR_EACH_WINDOW({
        const lanes gradient = load_upto(o->a + out, n, 0) * splat(o->alpha);
        FOR_EACH_PLACE { store_upto(o->out + PLACE, load_upto(o->out + PLACE, n, 0) + gradient, n); }
    })
}
