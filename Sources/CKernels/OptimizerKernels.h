// The vector version of the optimizers' kernels beyond Adam and momentum. Included once a level, by FlatKernels.h.
#include "SmallNumbers.h"

INLINE lanes sign_of(lanes x) { return choose(x > splat(0), splat(1), choose(x < splat(0), splat(-1), x)); }
INLINE lanes larger_of(lanes x, lanes y) { return choose(x < y, y, x); }

static void LEVEL(amsgrad)(float *parameters, float *first, float *second, float *largest, const float *gradient,
                           ptrdiff_t n, const ck_adam *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_adam s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = load_upto(parameters + i, rest, 0), decay = splat(s.weight_decay) * parameter;
        lanes g = splat(s.gradient_scale) * load_upto(gradient + i, rest, 0);
        if (!s.decoupled) g += decay;
        lanes m = load_upto(first + i, rest, 0), v = load_upto(second + i, rest, 0);
        m = m + splat(1 - s.beta1) * (g - m);
        v = splat(s.beta2) * v + splat(1 - s.beta2) * (g * g);
        const lanes most = larger_of(load_upto(largest + i, rest, 0), v);
        lanes step = splat(s.correction1) * m / (square_root_of(most) * splat(s.correction2) + splat(s.epsilon));
        if (s.decoupled) step += decay;
        store_upto(first + i, m, rest);
        store_upto(second + i, v, rest);
        store_upto(largest + i, most, rest);
        store_upto(parameters + i, parameter - splat(s.learning_rate) * step, rest);
    }
}

static void LEVEL(rmsprop)(float *parameters, float *square, float *mean, float *velocity, const float *gradient,
                           ptrdiff_t n, const ck_rmsprop *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_rmsprop s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = load_upto(parameters + i, rest, 0);
        const lanes g = splat(s.gradient_scale) * load_upto(gradient + i, rest, 0) + splat(s.weight_decay) * parameter;
        const lanes v = splat(s.smoothing) * load_upto(square + i, rest, 0) + splat(1 - s.smoothing) * (g * g);
        lanes variance = v;
        if (mean) {
            lanes m = load_upto(mean + i, rest, 0);
            m = m + splat(1 - s.smoothing) * (g - m);
            store_upto(mean + i, m, rest);
            variance = larger_of(v - m * m, splat(0));
        }
        lanes step = g / (square_root_of(variance) + splat(s.epsilon));
        if (velocity) {
            step = splat(s.momentum) * load_upto(velocity + i, rest, 0) + step;
            store_upto(velocity + i, step, rest);
        }
        store_upto(square + i, v, rest);
        store_upto(parameters + i, parameter - splat(s.learning_rate) * step, rest);
    }
}

static void LEVEL(adagrad)(float *parameters, float *sum, const float *gradient, ptrdiff_t n,
                           const ck_adagrad *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_adagrad s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = load_upto(parameters + i, rest, 0);
        const lanes g = splat(s.gradient_scale) * load_upto(gradient + i, rest, 0) + splat(s.weight_decay) * parameter;
        const lanes squares = load_upto(sum + i, rest, 0) + g * g;
        store_upto(sum + i, squares, rest);
        store_upto(parameters + i,
                   parameter - splat(s.learning_rate) * g / (square_root_of(squares) + splat(s.epsilon)), rest);
    }
}

static void LEVEL(lion)(float *parameters, float *momentum, const float *gradient, ptrdiff_t n,
                        const ck_lion *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_lion s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = load_upto(parameters + i, rest, 0), m = load_upto(momentum + i, rest, 0);
        const lanes g = splat(s.gradient_scale) * load_upto(gradient + i, rest, 0);
        const lanes direction = sign_of(splat(s.beta1) * m + splat(1 - s.beta1) * g);
        store_upto(momentum + i, splat(s.beta2) * m + splat(1 - s.beta2) * g, rest);
        store_upto(parameters + i,
                   parameter - splat(s.learning_rate) * (direction + splat(s.weight_decay) * parameter), rest);
    }
}

static void LEVEL(schedule_free)(float *parameters, float *steps, float *average, float *second, const float *gradient,
                                 ptrdiff_t n, const ck_schedule_free *settings) {
    SMALL_NUMBERS_ARE_ZERO;
    const ck_schedule_free s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes y = load_upto(parameters + i, rest, 0);
        const lanes g = splat(s.gradient_scale) * load_upto(gradient + i, rest, 0);
        lanes z = s.first_step ? y : load_upto(steps + i, rest, 0);
        lanes x = s.first_step ? y : load_upto(average + i, rest, 0);
        const lanes v = splat(s.beta2) * load_upto(second + i, rest, 0) + splat(1 - s.beta2) * (g * g);
        const lanes direction = g / (square_root_of(v) + splat(s.epsilon)) + splat(s.weight_decay) * y;
        z = z - splat(s.learning_rate) * direction;
        x = x + splat(s.averaging) * (z - x);
        store_upto(second + i, v, rest);
        store_upto(steps + i, z, rest);
        store_upto(average + i, x, rest);
        store_upto(parameters + i, z + splat(s.beta1) * (x - z), rest);
    }
}

static void LEVEL(penalize)(float *gradient, const float *parameters, ptrdiff_t n, float absolute, float square) {
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes w = load_upto(parameters + i, rest, 0);
        const lanes pull = splat(absolute) * sign_of(w) + splat(square) * w;
        store_upto(gradient + i, load_upto(gradient + i, rest, 0) + pull, rest);
    }
}

static void LEVEL(bound)(float *x, ptrdiff_t n, float largest) {
    for (ptrdiff_t i = 0; i < n; i += LANES)
        store_upto(x + i, hold(load_upto(x + i, n - i, 0), -largest, largest), n - i);
}

static void LEVEL(combine)(float *out, const float *a, const float *b, ptrdiff_t n, float alpha, float beta) {
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes x = load_upto(a + i, rest, 0), y = load_upto(b + i, rest, 0);
        store_upto(out + i, splat(alpha) * x + splat(beta) * y, rest);
    }
}
