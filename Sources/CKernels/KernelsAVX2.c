// The kernels for machines with AVX2 and fused multiply-add.
// Clang warns that vectors of sixteen floats are passed differently below AVX-512; every function that takes one is
// inlined, so nothing is passed.
#pragma clang diagnostic ignored "-Wpsabi"
#define LEVEL(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "TensorKernels.h"
#include "FlatKernels.h"
#pragma clang attribute pop
