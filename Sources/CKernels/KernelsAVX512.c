// The kernels for machines with AVX-512 (F, BW, DQ, VL).
// Clang warns that vectors of sixteen floats are passed differently below AVX-512; every function that takes one is
// inlined, so nothing is passed.
#pragma clang diagnostic ignored "-Wpsabi"
#define LEVEL(name) name##_avx512
#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "TensorKernels.h"
#include "FlatKernels.h"
#pragma clang attribute pop
