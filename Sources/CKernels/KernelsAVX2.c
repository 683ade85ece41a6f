// The kernels for machines with AVX2 and fused multiply-add.
// Clang warns that vectors of sixteen floats are passed differently below AVX-512; every function that takes one is
// inlined, so nothing is passed.
#pragma clang diagnostic ignored "-Wpsabi"
#define LEVEL(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "TensorKernels.h"
#include "FlatKernels.h"
// The tile of sums that fits the registers.
enum { TILE_PIXELS = 6, TILE_BLOCKS = 1 };
#include "PanelProduct.h"
#include "ConvolutionKernels.h"
#include "PoolingKernels.h"
#include "NormalizationKernels.h"
#include "RecurrenceKernels.h"
#include "AttentionKernels.h"
#include "TokenKernels.h"
#include "DropoutKernel.h"
#include "LayerKernels.h"
#pragma clang attribute pop
