// The plain version of the optimizers' kernels beyond Adam and momentum, for KernelsReference.c.

static float sign_of(float x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

static void amsgrad_reference(float *parameters, float *first, float *second, float *largest, const float *gradient,
                              ptrdiff_t n, const ck_adam *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float decay = s->weight_decay * parameters[i];
        const float g = s->gradient_scale * gradient[i] + (s->decoupled ? 0 : decay);
        first[i] = s->beta1 * first[i] + (1 - s->beta1) * g;
        second[i] = s->beta2 * second[i] + (1 - s->beta2) * g * g;
        if (largest[i] < second[i]) largest[i] = second[i];
        const float step = s->correction1 * first[i] / (sqrtf(largest[i]) * s->correction2 + s->epsilon);
        parameters[i] -= s->learning_rate * (step + (s->decoupled ? decay : 0));
    }
}
static void rmsprop_reference(float *parameters, float *square, float *mean, float *velocity, const float *gradient,
                              ptrdiff_t n, const ck_rmsprop *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float g = s->gradient_scale * gradient[i] + s->weight_decay * parameters[i];
        square[i] = s->smoothing * square[i] + (1 - s->smoothing) * g * g;
        float variance = square[i];
        if (mean) {
            mean[i] = s->smoothing * mean[i] + (1 - s->smoothing) * g;
            variance = fmaxf(variance - mean[i] * mean[i], 0);
        }
        float step = g / (sqrtf(variance) + s->epsilon);
        if (velocity) step = velocity[i] = s->momentum * velocity[i] + step;
        parameters[i] -= s->learning_rate * step;
    }
}
static void adagrad_reference(float *parameters, float *sum, const float *gradient, ptrdiff_t n, const ck_adagrad *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float g = s->gradient_scale * gradient[i] + s->weight_decay * parameters[i];
        sum[i] += g * g;
        parameters[i] -= s->learning_rate * g / (sqrtf(sum[i]) + s->epsilon);
    }
}
static void lion_reference(float *parameters, float *momentum, const float *gradient, ptrdiff_t n, const ck_lion *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float g = s->gradient_scale * gradient[i];
        const float direction = sign_of(s->beta1 * momentum[i] + (1 - s->beta1) * g);
        momentum[i] = s->beta2 * momentum[i] + (1 - s->beta2) * g;
        parameters[i] -= s->learning_rate * (direction + s->weight_decay * parameters[i]);
    }
}
static void schedule_free_reference(float *parameters, float *steps, float *average, float *second,
                                    const float *gradient, ptrdiff_t n, const ck_schedule_free *s) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float y = parameters[i], g = s->gradient_scale * gradient[i];
        if (s->first_step) steps[i] = average[i] = y;
        second[i] = s->beta2 * second[i] + (1 - s->beta2) * g * g;
        steps[i] -= s->learning_rate * (g / (sqrtf(second[i]) + s->epsilon) + s->weight_decay * y);
        average[i] = (1 - s->averaging) * average[i] + s->averaging * steps[i];
        parameters[i] = (1 - s->beta1) * steps[i] + s->beta1 * average[i];
    }
}
static void penalize_reference(float *gradient, const float *parameters, ptrdiff_t n, float absolute, float square) {
    for (ptrdiff_t i = 0; i < n; i++) gradient[i] += absolute * sign_of(parameters[i]) + square * parameters[i];
}
static void bound_reference(float *x, ptrdiff_t n, float largest) {
    for (ptrdiff_t i = 0; i < n; i++) x[i] = x[i] < -largest ? -largest : x[i] > largest ? largest : x[i];
}
static void combine_reference(float *out, const float *a, const float *b, ptrdiff_t n, float alpha, float beta) {
    for (ptrdiff_t i = 0; i < n; i++) out[i] = alpha * a[i] + beta * b[i];
}
