// The vector version of the optimizers' kernels beyond Adam and momentum. Included once a level, by FlatKernels.h.

/// Up to sixteen floats, of which `rest` are left; the other lanes hold 0.
INLINE lanes take(const float *p, ptrdiff_t rest) { return rest >= LANES ? load(p) : load_part(p, rest, 0); }
INLINE void put(float *p, lanes x, ptrdiff_t rest) {
    if (rest >= LANES) store(p, x);
    else store_part(p, x, rest);
}
INLINE lanes sign_of(lanes x) { return choose(x > splat(0), splat(1), choose(x < splat(0), splat(-1), x)); }
INLINE lanes larger_of(lanes x, lanes y) { return choose(x < y, y, x); }

static void LEVEL(amsgrad)(float *parameters, float *first, float *second, float *largest, const float *gradient,
                           ptrdiff_t n, const ck_adam *settings) {
    const ck_adam s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = take(parameters + i, rest), decay = splat(s.weight_decay) * parameter;
        lanes g = splat(s.gradient_scale) * take(gradient + i, rest);
        if (!s.decoupled) g += decay;
        lanes m = take(first + i, rest), v = take(second + i, rest);
        m = m + splat(1 - s.beta1) * (g - m);
        v = splat(s.beta2) * v + splat(1 - s.beta2) * (g * g);
        const lanes most = larger_of(take(largest + i, rest), v);
        lanes step = splat(s.correction1) * m / (square_root_of(most) * splat(s.correction2) + splat(s.epsilon));
        if (s.decoupled) step += decay;
        put(first + i, m, rest);
        put(second + i, v, rest);
        put(largest + i, most, rest);
        put(parameters + i, parameter - splat(s.learning_rate) * step, rest);
    }
}

static void LEVEL(rmsprop)(float *parameters, float *square, float *mean, float *velocity, const float *gradient,
                           ptrdiff_t n, const ck_rmsprop *settings) {
    const ck_rmsprop s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = take(parameters + i, rest);
        const lanes g = splat(s.gradient_scale) * take(gradient + i, rest) + splat(s.weight_decay) * parameter;
        const lanes v = splat(s.smoothing) * take(square + i, rest) + splat(1 - s.smoothing) * (g * g);
        lanes variance = v;
        if (mean) {
            lanes m = take(mean + i, rest);
            m = m + splat(1 - s.smoothing) * (g - m);
            put(mean + i, m, rest);
            variance = larger_of(v - m * m, splat(0));
        }
        lanes step = g / (square_root_of(variance) + splat(s.epsilon));
        if (velocity) {
            step = splat(s.momentum) * take(velocity + i, rest) + step;
            put(velocity + i, step, rest);
        }
        put(square + i, v, rest);
        put(parameters + i, parameter - splat(s.learning_rate) * step, rest);
    }
}

static void LEVEL(adagrad)(float *parameters, float *sum, const float *gradient, ptrdiff_t n,
                           const ck_adagrad *settings) {
    const ck_adagrad s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = take(parameters + i, rest);
        const lanes g = splat(s.gradient_scale) * take(gradient + i, rest) + splat(s.weight_decay) * parameter;
        const lanes squares = take(sum + i, rest) + g * g;
        put(sum + i, squares, rest);
        put(parameters + i,
            parameter - splat(s.learning_rate) * g / (square_root_of(squares) + splat(s.epsilon)), rest);
    }
}

static void LEVEL(lion)(float *parameters, float *momentum, const float *gradient, ptrdiff_t n,
                        const ck_lion *settings) {
    const ck_lion s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes parameter = take(parameters + i, rest), m = take(momentum + i, rest);
        const lanes g = splat(s.gradient_scale) * take(gradient + i, rest);
        const lanes direction = sign_of(splat(s.beta1) * m + splat(1 - s.beta1) * g);
        put(momentum + i, splat(s.beta2) * m + splat(1 - s.beta2) * g, rest);
        put(parameters + i, parameter - splat(s.learning_rate) * (direction + splat(s.weight_decay) * parameter), rest);
    }
}

static void LEVEL(schedule_free)(float *parameters, float *steps, float *average, float *second, const float *gradient,
                                 ptrdiff_t n, const ck_schedule_free *settings) {
    const ck_schedule_free s = *settings;
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes y = take(parameters + i, rest), g = splat(s.gradient_scale) * take(gradient + i, rest);
        lanes z = s.first_step ? y : take(steps + i, rest), x = s.first_step ? y : take(average + i, rest);
        const lanes v = splat(s.beta2) * take(second + i, rest) + splat(1 - s.beta2) * (g * g);
        const lanes direction = g / (square_root_of(v) + splat(s.epsilon)) + splat(s.weight_decay) * y;
        z = z - splat(s.learning_rate) * direction;
        x = x + splat(s.averaging) * (z - x);
        put(second + i, v, rest);
        put(steps + i, z, rest);
        put(average + i, x, rest);
        put(parameters + i, z + splat(s.beta1) * (x - z), rest);
    }
}

static void LEVEL(penalize)(float *gradient, const float *parameters, ptrdiff_t n, float absolute, float square) {
    for (ptrdiff_t i = 0; i < n; i += LANES) {
        const ptrdiff_t rest = n - i;
        const lanes w = take(parameters + i, rest);
        put(gradient + i, take(gradient + i, rest) + (splat(absolute) * sign_of(w) + splat(square) * w), rest);
    }
}

static void LEVEL(bound)(float *x, ptrdiff_t n, float largest) {
    for (ptrdiff_t i = 0; i < n; i += LANES)
        put(x + i, hold(take(x + i, n - i), -largest, largest), n - i);
}

static void LEVEL(combine)(float *out, const float *a, const float *b, ptrdiff_t n, float alpha, float beta) {
    for (ptrdiff_t i = 0; i < n; i += LANES)
        put(out + i, splat(alpha) * take(a + i, n - i) + splat(beta) * take(b + i, n - i), n - i);
}
