// The table of the kernels of whole layers. Included once a level, after all of them.

const ck_kernel LEVEL(layer_kernels)[CK_LAYER_OPERATION_COUNT] = {
#define X(name) [CK_LAYER_##name] = LEVEL(name),
    CK_LAYER_KERNELS(X)
#undef X
};
