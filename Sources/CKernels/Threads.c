#define _GNU_SOURCE
#include "ck_threads.h"
#include <sched.h>
#include <unistd.h>

static _Thread_local int working;

int ck_thread_is_working(void) { return working; }
void ck_thread_set_working(int value) { working = value; }

static _Thread_local _Alignas(64) float scratch[CK_SCRATCH_FLOATS];
float *ck_thread_scratch(void) { return scratch; }

int ck_processor_count(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        int count = CPU_COUNT(&allowed);
        if (count > 0) return count;
    }
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}
