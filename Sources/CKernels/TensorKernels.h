// The vector version of every tensor kernel. Included once a level, with LEVEL(name) giving the level's own name.
#include "VectorMathematics.h"

// --- Elementwise, two inputs -----------------------------------------------------------------------------------------

/// Defines a kernel over [rows, columns] from an expression in the lanes x (of a) and y (of b). Contiguous inputs are
/// walked as one row; a broadcast input is splat once a row, or read again for each row. Rows narrower than the lanes
/// are walked sixteen elements at a time.
#define BINARY(name, expression)                                                                                       \
    INLINE lanes name##_lanes(lanes x, lanes y) { return expression; }                                                 \
    static void LEVEL(name##_narrow)(const ck_operands *o) {                                                           \
        const ptrdiff_t count = o->rows * o->columns;                                                                  \
        ptrdiff_t r = 0, c = 0;                                                                                        \
        for (ptrdiff_t i = 0; i < count; i += LANES) {                                                                 \
            const ptrdiff_t n = count - i < LANES ? count - i : LANES;                                                 \
            lanes x = splat(1), y = splat(1);                                                                          \
            for (ptrdiff_t lane = 0; lane < n; lane++) {                                                               \
                x[lane] = o->a[r * o->a_row + c * o->a_column];                                                        \
                y[lane] = o->b[r * o->b_row + c * o->b_column];                                                        \
                if (++c == o->columns) c = 0, r++;                                                                     \
            }                                                                                                          \
            if (n == LANES) store(o->out + i, name##_lanes(x, y));                                                     \
            else store_part(o->out + i, name##_lanes(x, y), n);                                                        \
        }                                                                                                              \
    }                                                                                                                  \
    static void LEVEL(name)(const ck_operands *o) {                                                                    \
        ptrdiff_t rows = o->rows, columns = o->columns;                                                                \
        if (o->a_column == 1 && o->b_column == 1 && o->a_row == columns && o->b_row == columns) {                      \
            columns *= rows;                                                                                           \
            rows = 1;                                                                                                  \
        } else if (columns == 1 && (o->a_row <= 1) && (o->b_row <= 1)) {                                               \
            /* a column of scalars: walk it as a row */                                                                \
            const ck_operands turned = {.out = o->out, .a = o->a, .b = o->b, .rows = 1, .columns = rows,               \
                                        .a_column = o->a_row, .b_column = o->b_row};                                   \
            if (rows > 1) {                                                                                            \
                LEVEL(name)(&turned);                                                                                  \
                return;                                                                                                \
            }                                                                                                          \
        }                                                                                                              \
        if (columns < LANES && rows > 1) {                                                                             \
            LEVEL(name##_narrow)(o);                                                                                   \
            return;                                                                                                    \
        }                                                                                                              \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                                         \
            const float *a = o->a + r * o->a_row, *b = o->b + r * o->b_row;                                            \
            float *out = o->out + r * columns;                                                                         \
            ptrdiff_t c = 0;                                                                                           \
            if (o->a_column && o->b_column) {                                                                          \
                for (; c + LANES <= columns; c += LANES) store(out + c, name##_lanes(load(a + c), load(b + c)));       \
                if (c < columns)                                                                                       \
                    store_part(out + c,                                                                                \
                               name##_lanes(load_part(a + c, columns - c, 1), load_part(b + c, columns - c, 1)),       \
                               columns - c);                                                                           \
            } else if (o->a_column) {                                                                                  \
                const lanes y = splat(*b);                                                                             \
                for (; c + LANES <= columns; c += LANES) store(out + c, name##_lanes(load(a + c), y));                 \
                if (c < columns) store_part(out + c, name##_lanes(load_part(a + c, columns - c, 1), y), columns - c);  \
            } else {                                                                                                   \
                const lanes x = splat(*a);                                                                             \
                for (; c + LANES <= columns; c += LANES)                                                               \
                    store(out + c, name##_lanes(x, o->b_column ? load(b + c) : splat(*b)));                            \
                if (c < columns)                                                                                       \
                    store_part(out + c,                                                                                \
                               name##_lanes(x, o->b_column ? load_part(b + c, columns - c, 1) : splat(*b)),            \
                               columns - c);                                                                           \
            }                                                                                                          \
        }                                                                                                              \
    }

BINARY(add, x + y)
BINARY(subtract, x - y)
BINARY(multiply, x *y)
BINARY(divide, x / y)
BINARY(minimum, choose((y < x) | (y != y), y, x))
BINARY(maximum, choose((y > x) | (y != y), y, x))
BINARY(less_or_equal, choose(x <= y, splat(1), splat(0)))
BINARY(tanh_derivative, y *(splat(1) - x * x))
BINARY(sigmoid_derivative, y *(x *(splat(1) - x)))
BINARY(relu_derivative, choose(x > splat(0), y, splat(0)))
BINARY(add_tanh, tanh_of(x + y))
BINARY(add_sigmoid, sigmoid_of(x + y))
BINARY(add_relu, relu_of(x + y))
BINARY(leaky_relu_derivative, choose(x > splat(0), y, splat(0.01f) * y))
BINARY(elu_derivative, choose(x > splat(0), y, y *(x + splat(1))))
BINARY(gelu_derivative, y *gelu_slope_of(x))
BINARY(gelu_tanh_derivative, y *gelu_tanh_slope_of(x))
BINARY(silu_derivative, y *silu_slope_of(x))
BINARY(softplus_derivative, y *sigmoid_of(x))

// --- Elementwise, one input ------------------------------------------------------------------------------------------

/// As BINARY, from an expression in the lanes x and the scalars A and B. A broadcast input is copied out by its strides.
#define UNARY(name, expression)                                                                                        \
    INLINE lanes name##_lanes(lanes x, float A, float B) {                                                             \
        (void)A;                                                                                                       \
        (void)B;                                                                                                       \
        return expression;                                                                                             \
    }                                                                                                                  \
    static void LEVEL(name)(const ck_operands *o) {                                                                    \
        ptrdiff_t rows = o->rows, columns = o->columns;                                                                \
        if (o->a_column == 1 && o->a_row == columns) {                                                                 \
            columns *= rows;                                                                                           \
            rows = 1;                                                                                                  \
        }                                                                                                              \
        const float A = o->alpha, B = o->beta;                                                                         \
        for (ptrdiff_t r = 0; r < rows; r++) {                                                                         \
            const float *a = o->a + r * o->a_row;                                                                      \
            float *out = o->out + r * columns;                                                                         \
            ptrdiff_t c = 0;                                                                                           \
            for (; c + LANES <= columns; c += LANES)                                                                   \
                store(out + c, name##_lanes(o->a_column ? load(a + c) : splat(*a), A, B));                             \
            if (c < columns)                                                                                           \
                store_part(out + c,                                                                                    \
                           name##_lanes(o->a_column ? load_part(a + c, columns - c, 1) : splat(*a), A, B),             \
                           columns - c);                                                                               \
        }                                                                                                              \
    }

UNARY(affine, splat(A) * x + splat(B))
UNARY(exponential, exponential_of(x))
UNARY(logarithm, logarithm_of(x))
UNARY(tanh, tanh_of(x))
UNARY(sigmoid, sigmoid_of(x))
UNARY(relu, relu_of(x))
UNARY(square, x *x)
UNARY(square_root, square_root_of(x))
UNARY(absolute, (lanes)((integer_lanes)x & 0x7fffffff))
UNARY(sign, choose(x > splat(0), splat(1), choose(x < splat(0), splat(-1), x)))
UNARY(clamp, hold(x, A, B))
UNARY(within, choose((x >= splat(A)) & (x <= splat(B)), splat(1), splat(0)))
UNARY(leaky_relu, choose(x > splat(0), x, splat(0.01f) * x))
UNARY(elu, choose(x > splat(0), x, exponential_less_one_of(x)))
UNARY(gelu, gelu_of(x))
UNARY(gelu_tanh, gelu_tanh_of(x))
UNARY(silu, x *sigmoid_of(x))
UNARY(softplus, softplus_of(x))

// --- Reductions ------------------------------------------------------------------------------------------------------

static float LEVEL(sum)(const float *a, ptrdiff_t n) {
    lanes s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    ptrdiff_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        s0 += load(a + i);
        s1 += load(a + i + LANES);
        s2 += load(a + i + 2 * LANES);
        s3 += load(a + i + 3 * LANES);
    }
    for (; i + LANES <= n; i += LANES) s0 += load(a + i);
    if (i < n) s1 += load_part(a + i, n - i, 0);
    return fold((s0 + s1) + (s2 + s3));
}

static void LEVEL(sum_all)(const ck_operands *o) { o->out[0] = LEVEL(sum)(o->a, o->rows * o->columns); }

static void LEVEL(sum_columns)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * columns;
        if (columns >= LANES) {
            o->out[r] = LEVEL(sum)(a, columns);
        } else {
            float s = 0;
            for (ptrdiff_t c = 0; c < columns; c++) s += a[c];
            o->out[r] = s;
        }
    }
}

static void LEVEL(sum_rows)(const ck_operands *o) {
    const ptrdiff_t rows = o->rows, columns = o->columns;
    if (columns == 1) {
        o->out[0] = LEVEL(sum)(o->a, rows);
        return;
    }
    ptrdiff_t c = 0;
    for (; c + 4 * LANES <= columns; c += 4 * LANES) {
        lanes s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
        for (ptrdiff_t r = 0; r < rows; r++) {
            const float *a = o->a + r * columns + c;
            s0 += load(a);
            s1 += load(a + LANES);
            s2 += load(a + 2 * LANES);
            s3 += load(a + 3 * LANES);
        }
        store(o->out + c, s0);
        store(o->out + c + LANES, s1);
        store(o->out + c + 2 * LANES, s2);
        store(o->out + c + 3 * LANES, s3);
    }
    for (; c + LANES <= columns; c += LANES) {
        lanes s = splat(0);
        for (ptrdiff_t r = 0; r < rows; r++) s += load(o->a + r * columns + c);
        store(o->out + c, s);
    }
    for (; c < columns; c++) {
        float s = 0;
        for (ptrdiff_t r = 0; r < rows; r++) s += o->a[r * columns + c];
        o->out[c] = s;
    }
}

// --- Softmax ---------------------------------------------------------------------------------------------------------

/// Writes e^(a − maximum) of one row to `out`, and gives the maximum and the sum of what it wrote.
INLINE float exponentials(float *out, const float *a, ptrdiff_t columns, float *maximum) {
    lanes best = splat(-__builtin_inff());
    ptrdiff_t c = 0;
    for (; c + LANES <= columns; c += LANES) {
        const lanes x = load(a + c);
        best = choose(x > best, x, best);
    }
    if (c < columns) {
        const lanes x = load_part(a + c, columns - c, -__builtin_inff());
        best = choose(x > best, x, best);
    }
    *maximum = fold_maximum(best);
    lanes sum = splat(0);
    for (c = 0; c + LANES <= columns; c += LANES) {
        const lanes e = exponential_of(load(a + c) - splat(*maximum));
        store(out + c, e);
        sum += e;
    }
    if (c < columns) {
        const lanes e = exponential_of(load_part(a + c, columns - c, -__builtin_inff()) - splat(*maximum));
        store_part(out + c, e, columns - c);
        sum += load_part(out + c, columns - c, 0);
    }
    return fold(sum);
}

INLINE float scalar_logarithm(float x) { return logarithm_of(splat(x))[0]; }

/// Column c of up to sixteen rows, in the lanes.
INLINE lanes load_column(const float *a, ptrdiff_t rows, ptrdiff_t columns) {
    float lane[LANES];
    for (int i = 0; i < LANES; i++) lane[i] = i < rows ? a[i * columns] : 0;
    return load(lane);
}

/// For a few columns, as the choices of a policy are: sixteen rows at a time, one in each lane.
INLINE void log_softmax_of_narrow_rows(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r += LANES) {
        const ptrdiff_t rows = o->rows - r < LANES ? o->rows - r : LANES;
        const float *a = o->a + r * columns;
        float *out = o->out + r * columns;
        lanes maximum = load_column(a, rows, columns), sum = splat(0);
        for (ptrdiff_t c = 1; c < columns; c++) {
            const lanes x = load_column(a + c, rows, columns);
            maximum = choose((x > maximum) | (x != x), x, maximum);
        }
        for (ptrdiff_t c = 0; c < columns; c++) sum += exponential_of(load_column(a + c, rows, columns) - maximum);
        const lanes shift = logarithm_of(sum) + maximum;
        for (ptrdiff_t c = 0; c < columns; c++) {
            const lanes y = load_column(a + c, rows, columns) - shift;
            for (int i = 0; i < rows; i++) out[i * columns + c] = y[i];
        }
    }
}

static void LEVEL(log_softmax)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    if (columns <= LANES / 2) {
        log_softmax_of_narrow_rows(o);
        return;
    }
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * columns;
        float *out = o->out + r * columns;
        float maximum;
        const float shift = scalar_logarithm(exponentials(out, a, columns, &maximum)) + maximum;
        for (ptrdiff_t c = 0; c < columns; c++) out[c] = a[c] - shift;
    }
}

static void LEVEL(softmax)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        float *out = o->out + r * columns;
        float maximum;
        const float scale = 1 / exponentials(out, o->a + r * columns, columns, &maximum);
        for (ptrdiff_t c = 0; c < columns; c++) out[c] *= scale;
    }
}

static void LEVEL(softmax_derivative)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * columns, *b = o->b + r * columns;
        float *out = o->out + r * columns;
        lanes sum = splat(0);
        ptrdiff_t c = 0;
        for (; c + LANES <= columns; c += LANES) sum += load(a + c) * load(b + c);
        if (c < columns) sum += load_part(a + c, columns - c, 0) * load_part(b + c, columns - c, 0);
        const float shift = fold(sum);
        for (c = 0; c < columns; c++) out[c] = a[c] * (b[c] - shift);
    }
}

static void LEVEL(cross_entropy)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * columns;
        float maximum = a[0];
        for (ptrdiff_t c = 1; c < columns; c++) maximum = a[c] > maximum ? a[c] : maximum;
        lanes sum = splat(0);
        for (ptrdiff_t c = 0; c < columns; c += LANES) {
            const lanes x = columns - c >= LANES ? load(a + c) : load_part(a + c, columns - c, -__builtin_inff());
            sum += exponential_of(x - splat(maximum));
        }
        o->out[r] = scalar_logarithm(fold(sum)) + maximum - a[o->indices[r]];
    }
}

static void LEVEL(cross_entropy_derivative)(const ck_operands *o) {
    const ptrdiff_t columns = o->columns;
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        float *out = o->out + r * columns;
        const float weight = o->b[r * o->b_row];
        float maximum;
        const float scale = weight / exponentials(out, o->a + r * columns, columns, &maximum);
        for (ptrdiff_t c = 0; c < columns; c++) out[c] *= scale;
        out[o->indices[r]] -= weight;
    }
}

static void LEVEL(select)(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) o->out[r] = o->a[r * o->columns + o->indices[r]];
}

static void LEVEL(scatter)(const ck_operands *o) {
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        float *out = o->out + r * o->columns;
        for (ptrdiff_t c = 0; c < o->columns; c++) out[c] = 0;
        out[o->indices[r]] = o->a[r * o->a_row];
    }
}

const ck_kernel LEVEL(tensor_kernels)[CK_OPERATION_COUNT] = {
#define X(name) [CK_##name] = LEVEL(name),
    CK_BINARY_KERNELS(X) CK_UNARY_KERNELS(X) CK_ROW_KERNELS(X)
#undef X
};
