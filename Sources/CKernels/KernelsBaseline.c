// The kernels for every x86-64 machine (SSE2).
// Clang warns that vectors of sixteen floats are passed differently below AVX-512; every function that takes one is
// inlined, so nothing is passed.
#pragma clang diagnostic ignored "-Wpsabi"
#define LEVEL(name) name##_baseline
#include "TensorKernels.h"
#include "FlatKernels.h"

