// What the worker pool needs from the machine: ticks to bound the spinning, the number of processors, one flag
// per thread, and closures that are called on another thread without being copied.
#pragma once
#include <stdint.h>

/// A counter that grows with time, for bounding how long a thread spins; it never decides a result. On x86 it is the
/// time-stamp counter: 2 to 5 ticks a nanosecond. Zero where there is none.
static inline uint64_t ck_ticks(void) {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    return 0;
#endif
}

/// How many processors this process may use, at least 1.
int ck_processor_count(void);

/// Whether the calling thread is executing items of a worker pool.
int ck_thread_is_working(void);
void ck_thread_set_working(int working);

/// Memory of the calling thread's own, 64-byte aligned, for what one kernel needs while it runs.
enum { CK_SCRATCH_FLOATS = 16384 };
float *ck_thread_scratch(void);

/// A Swift closure `(Int) -> Void` as the two words that Swift passes it in.
typedef struct {
    const void *code;
    const void *context;
} ck_closure;

// These two follow Swift's calling convention, which Swift cannot import: `BorrowedClosure` declares them.
//     ck_closure_borrow(_ body: (Int) -> Void, _ closure: UnsafeMutablePointer<ck_closure>)
//     ck_closure_call(_ closure: UnsafePointer<ck_closure>, _ argument: Int)
