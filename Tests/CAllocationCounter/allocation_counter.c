#include "allocation_counter.h"
typedef int ac_nothing;
