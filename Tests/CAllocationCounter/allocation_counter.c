#include "allocation_counter.h"
#include <errno.h>
#include <stddef.h>

static _Thread_local int is_counting;
static _Thread_local long count;

void ac_start(void) {
    count = 0;
    is_counting = 1;
}

long ac_stop(void) {
    is_counting = 0;
    return count;
}

// The C library's own functions, under the names that stay when malloc is replaced.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t items, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
    count += is_counting;
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    count += is_counting;
    return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
    count += is_counting;
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    count += is_counting;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count += is_counting;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    count += is_counting;
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *out = memory;
    return 0;
}
