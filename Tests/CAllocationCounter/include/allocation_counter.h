// Counts memory allocations: malloc and its relatives are replaced in the program that links this.
#pragma once

/// Begins to count the calling thread's allocations, from zero.
void ac_start(void);

/// Ends counting; how many allocations (malloc, calloc, realloc, aligned ones) the calling thread made since `ac_start`.
/// Other threads are not counted, since tests run side by side: count work on a pool of one thread, which runs inline.
long ac_stop(void);
