// Sixteen lanes of float, lowered by the compiler to what the level has, and the functions over them that tensor
// programs need. Included once a level, inside that level's target attribute; lane counts are the same on every level.
#pragma once
#include "ckernels.h"
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t integer_lanes __attribute__((vector_size(64)));
typedef double double_lanes __attribute__((vector_size(128)));
typedef uint8_t byte_lanes __attribute__((vector_size(16)));
enum { LANES = 16 };

INLINE lanes splat(float x) { return (lanes){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
INLINE lanes load(const float *p) {
    lanes x;
    memcpy(&x, p, sizeof x);
    return x;
}
INLINE void store(float *p, lanes x) { memcpy(p, &x, sizeof x); }

/// The first n < 16 floats at p; the other lanes hold `filler`.
INLINE lanes load_part(const float *p, ptrdiff_t n, float filler) {
    float lane[LANES];
    for (int i = 0; i < LANES; i++) lane[i] = i < n ? p[i] : filler;
    return load(lane);
}
INLINE void store_part(float *p, lanes x, ptrdiff_t n) {
    for (int i = 0; i < n; i++) p[i] = x[i];
}

/// As many of sixteen floats at p as n says, sixteen or more for all.
INLINE lanes load_upto(const float *p, ptrdiff_t n, float filler) {
    return n >= LANES ? load(p) : load_part(p, n, filler);
}
INLINE void store_upto(float *p, lanes x, ptrdiff_t n) {
    if (n >= LANES) store(p, x);
    else store_part(p, x, n);
}

/// mask ? x : y, lane by lane; a mask lane is all ones or all zeros.
INLINE lanes choose(integer_lanes mask, lanes x, lanes y) {
    return (lanes)((mask & (integer_lanes)x) | (~mask & (integer_lanes)y));
}
/// NaN in x stays NaN.
INLINE lanes hold(lanes x, float low, float high) {
    x = choose(x < splat(low), splat(low), x);
    return choose(x > splat(high), splat(high), x);
}

/// The lanes added in a fixed tree.
INLINE float fold(lanes x) {
    float sum[LANES];
    store(sum, x);
    for (int width = LANES / 2; width > 0; width /= 2)
        for (int i = 0; i < width; i++) sum[i] += sum[i + width];
    return sum[0];
}
INLINE float fold_maximum(lanes x) {
    float best = x[0];
    for (int i = 1; i < LANES; i++) best = x[i] > best ? x[i] : best;
    return best;
}

/// The exponent that e^x is made of: x = n ln 2 + r, |r| ≤ ln 2 / 2, for −87 ≤ x ≤ 88.8. Gives n; writes e^r − 1, by a
/// polynomial of degree 6 in r (the scheme of Moshier's Cephes library, 1989).
INLINE lanes reduced_exponential(lanes x, lanes *less_one) {
    const lanes rounder = splat(12582912.0f);  // 1.5 · 2²³: adding it rounds to an integer
    const lanes n = (x * splat(1.44269504f) + rounder) - rounder;
    lanes r = x - n * splat(0.693359375f);
    r = r - n * splat(-2.12194440e-4f);
    lanes p = splat(1.9875691500e-4f);
    p = p * r + splat(1.3981999507e-3f);
    p = p * r + splat(8.3334519073e-3f);
    p = p * r + splat(4.1665795894e-2f);
    p = p * r + splat(1.6666665459e-1f);
    p = p * r + splat(5.0000001201e-1f);
    *less_one = p * (r * r) + r;
    return n;
}

/// e^x to about 1 ulp. Below −87 the result is 0, above 88.72 infinity.
INLINE lanes exponential_of(lanes x) {
    lanes less_one;
    const lanes n = reduced_exponential(hold(x, -87.0f, 88.8f), &less_one);
    const lanes e = less_one + splat(1.0f);
    // 2ⁿ in two factors, so that n = 128 does not overflow before its time.
    const integer_lanes exponent = __builtin_convertvector(n, integer_lanes);
    const lanes scale = (lanes)((exponent + 126) << 23);
    lanes y = e * scale * splat(2.0f);
    y = choose(x < splat(-87.0f), splat(0.0f), y);
    return choose(x != x, x, y);
}

/// e^x − 1 for x ≤ 0, without the cancellation near 0: 2ⁿ (e^r − 1) + (2ⁿ − 1).
INLINE lanes exponential_less_one_of(lanes x) {
    lanes less_one;
    const lanes n = reduced_exponential(hold(x, -87.0f, 0.0f), &less_one);
    const integer_lanes exponent = __builtin_convertvector(n, integer_lanes);
    const lanes scale = (lanes)((exponent + 127) << 23);
    return choose(x != x, x, scale * less_one + (scale - splat(1.0f)));
}

/// ln x to about 1 ulp: x = 2ⁿ m, √½ ≤ m < √2, and a polynomial in m − 1 (Cephes). −∞ at 0, NaN below.
INLINE lanes logarithm_of(lanes x) {
    const lanes smallest = splat(1.17549435e-38f);
    const lanes positive = choose(x < smallest, smallest, x);
    const integer_lanes bits = (integer_lanes)positive;
    integer_lanes exponent = (bits >> 23) - 126;
    lanes m = (lanes)((bits & 0x007fffff) | 0x3f000000);  // ½ ≤ m < 1
    const integer_lanes low = m < splat(0.707106781f);
    exponent = exponent + low;                            // a true lane is −1
    m = choose(low, m + m, m) - splat(1.0f);
    const lanes n = __builtin_convertvector(exponent, lanes);
    lanes p = splat(7.0376836292e-2f);
    p = p * m + splat(-1.1514610310e-1f);
    p = p * m + splat(1.1676998740e-1f);
    p = p * m + splat(-1.2420140846e-1f);
    p = p * m + splat(1.4249322787e-1f);
    p = p * m + splat(-1.6668057665e-1f);
    p = p * m + splat(2.0000714765e-1f);
    p = p * m + splat(-2.4999993993e-1f);
    p = p * m + splat(3.3333331174e-1f);
    const lanes square = m * m;
    lanes y = p * m * square + n * splat(-2.12194440e-4f) - splat(0.5f) * square;
    y = m + y + n * splat(0.693359375f);
    y = choose(x == splat(0.0f), splat(-__builtin_inff()), y);
    y = choose(x < splat(0.0f), splat(__builtin_nanf("")), y);
    y = choose(x == splat(__builtin_inff()), x, y);
    return choose(x != x, x, y);
}

/// tanh x to a few ulp: an odd rational function of degree 13 over 6 on |x| < 7.905, ±1 beyond (the minimax fit that
/// the Eigen library uses).
INLINE lanes tanh_of(lanes x) {
    const lanes held = hold(x, -7.90531110763549805f, 7.90531110763549805f);
    const lanes square = held * held;
    lanes p = splat(-2.76076847742355e-16f);
    p = p * square + splat(2.00018790482477e-13f);
    p = p * square + splat(-8.60467152213735e-11f);
    p = p * square + splat(5.12229709037114e-08f);
    p = p * square + splat(1.48572235717979e-05f);
    p = p * square + splat(6.37261928875436e-04f);
    p = p * square + splat(4.89352455891786e-03f);
    lanes q = splat(1.19825839466702e-06f);
    q = q * square + splat(1.18534705686654e-04f);
    q = q * square + splat(2.26843463243900e-03f);
    q = q * square + splat(4.89352518554385e-03f);
    return held * p / q;
}

INLINE lanes sigmoid_of(lanes x) { return splat(1.0f) / (splat(1.0f) + exponential_of(-x)); }
INLINE lanes relu_of(lanes x) { return choose(x < splat(0.0f), splat(0.0f), x); }  // NaN stays NaN
INLINE lanes square_root_of(lanes x) { return __builtin_elementwise_sqrt(x); }

/// ln(1 + e) for 0 ≤ e ≤ 1: what rounding takes from e in 1 + e is given back (Kahan).
INLINE lanes logarithm_of_one_plus(lanes e) {
    const lanes sum = splat(1.0f) + e;
    return logarithm_of(sum) + (e - (sum - splat(1.0f))) / sum;
}

/// ln(1 + e^x) for any x: max(x, 0) + ln(1 + e^−|x|).
INLINE lanes softplus_of(lanes x) {
    const lanes size = choose(x < splat(0.0f), x, -x);  // −|x|
    return relu_of(x) + logarithm_of_one_plus(exponential_of(size));
}

/// Φ(x), the normal distribution function, to 1e-6 of itself in its tail too; writes e^(−x²/2).
///
/// Φ(−|x|) = ½ e^(−x²/2) erfcx(z), z = |x| / √2. The scaled complement (1 + 2z) erfcx(z) is smooth in
/// t = (z − 2) / (z + 2), as Schonfelder (1978) has it: a Chebyshev fit of degree 9 on z ≤ 9.6.
INLINE lanes normal_distribution_of(lanes x, lanes *exponential) {
    const lanes size = choose(x < splat(0.0f), -x, x);
    const lanes z = hold(size * splat(0.707106781f), 0.0f, 9.6f);
    const lanes t = (z - splat(2.0f)) / (z + splat(2.0f));
    lanes p = splat(-4.135419360e-04f);
    p = p * t + splat(-1.249205484e-03f);
    p = p * t + splat(1.319840303e-03f);
    p = p * t + splat(8.648526090e-03f);
    p = p * t + splat(-8.059715872e-03f);
    p = p * t + splat(-5.420903079e-02f);
    p = p * t + splat(1.640550706e-01f);
    p = p * t + splat(-1.660309870e-01f);
    p = p * t + splat(-9.276396655e-02f);
    p = p * t + splat(1.276978387e+00f);
    *exponential = exponential_of(splat(-0.5f) * x * x);
    const lanes tail = splat(0.5f) * *exponential * p / (splat(1.0f) + (z + z));
    return choose(x < splat(0.0f), tail, splat(1.0f) - tail);
}

// --- Activations, and their derivatives ------------------------------------------------------------------------------

/// x · Φ(x).
INLINE lanes gelu_of(lanes x) {
    lanes exponential;
    return x * normal_distribution_of(x, &exponential);
}
/// Φ(x) + x φ(x).
INLINE lanes gelu_slope_of(lanes x) {
    lanes exponential;
    const lanes distribution = normal_distribution_of(x, &exponential);
    return distribution + x * exponential * splat(0.398942280f);
}

/// GELU by tanh is x · ½ (1 + tanh u) = x σ(2u), with u = √(2/π) (x + 0.044715 x³). Gives σ(2u); writes the slope of
/// σ(2u), which does not cancel where σ is close to 1: σ (1 − σ) = e / (1 + e)², e = e^−|2u|.
INLINE lanes gelu_tanh_gate(lanes x, lanes *slope) {
    const lanes cubic = splat(0.044715f) * x * x;
    const lanes v = splat(1.59576912f) * x * (splat(1.0f) + cubic);
    const lanes e = exponential_of(choose(v < splat(0.0f), v, -v));
    const lanes larger = splat(1.0f) / (splat(1.0f) + e);
    *slope = e * larger * larger * splat(1.59576912f) * (splat(1.0f) + splat(3.0f) * cubic);
    return choose(v < splat(0.0f), e * larger, larger);
}
INLINE lanes gelu_tanh_of(lanes x) {
    lanes slope;
    return x * gelu_tanh_gate(x, &slope);
}
INLINE lanes gelu_tanh_slope_of(lanes x) {
    lanes slope;
    const lanes gate = gelu_tanh_gate(x, &slope);
    return gate + x * slope;
}

/// The slope of x · sigmoid x: s (1 + x (1 − s)).
INLINE lanes silu_slope_of(lanes x) {
    const lanes s = sigmoid_of(x);
    return s * (splat(1.0f) + x * (splat(1.0f) - s));
}
