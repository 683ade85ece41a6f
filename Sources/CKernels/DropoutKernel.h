// The vector version of dropout: Srivastava et al. (2014), inverted. Included once a level, after VectorMathematics.h.
//
// The mask is not stored: it is a function of the seed, the step, the mask's stream, the row of the batch and the
// column, computed by Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, 2011), sixteen counters in the lanes. So it is the
// same in the gradient, for any shards, and on every level.
#include "ck_layers.h"

typedef uint32_t word_lanes __attribute__((vector_size(64)));
typedef uint64_t wide_lanes __attribute__((vector_size(128)));

INLINE void multiply_words(uint32_t factor, word_lanes x, word_lanes *high, word_lanes *low) {
    const wide_lanes product = __builtin_convertvector(x, wide_lanes) * (uint64_t)factor;
    *low = __builtin_convertvector(product, word_lanes);
    *high = __builtin_convertvector(product >> 32, word_lanes);
}

/// Four words for each of sixteen consecutive counters.
INLINE void philox(word_lanes words[4], uint32_t counter, uint32_t row, uint32_t step, uint32_t stream, uint32_t key0,
                   uint32_t key1) {
    word_lanes c0, c1, c2, c3;
    for (int i = 0; i < LANES; i++) {
        c0[i] = counter + (uint32_t)i;
        c1[i] = row;
        c2[i] = step;
        c3[i] = stream;
    }
    for (int round = 0; round < 10; round++) {
        word_lanes high0, low0, high1, low1;
        multiply_words(0xD2511F53u, c0, &high0, &low0);
        multiply_words(0xCD9E8D57u, c2, &high1, &low1);
        c0 = high1 ^ c1 ^ key0;
        c2 = high0 ^ c3 ^ key1;
        c1 = low1;
        c3 = low0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

static void LEVEL(dropout)(const ck_operands *o) {
    const ck_mask mask = *(const ck_mask *)o->details;
    uint32_t key[4];  // the seed in two words, the step
    memcpy(key, o->b, sizeof key);
    const uint32_t threshold = (uint32_t)(mask.rate * 4294967296.0);
    const lanes scale = splat(1 / (1 - mask.rate));
    for (ptrdiff_t r = 0; r < o->rows; r++) {
        const float *a = o->a + r * o->columns;
        float *out = o->out + r * o->columns;
        for (ptrdiff_t c = 0; c < o->columns; c += 4 * LANES) {
            word_lanes words[4];
            philox(words, (uint32_t)(c / 4), (uint32_t)(o->inner + r), key[2], mask.stream, key[0], key[1]);
            for (int w = 0; w < 4; w++) {
                const ptrdiff_t at = c + w * LANES, rest = o->columns - at;
                if (rest <= 0) break;
                const integer_lanes keeps = (integer_lanes)(words[w] >= threshold);
                store_upto(out + at, (lanes)(keeps & (integer_lanes)(load_upto(a + at, rest, 0) * scale)), rest);
            }
        }
    }
}
