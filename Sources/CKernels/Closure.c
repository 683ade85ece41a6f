#include "ck_threads.h"

// Swift passes a closure as its code and its context, and calls the code with the context in a register of its own
// (https://clang.llvm.org/docs/AttributeReference.html#swiftcall).
typedef __attribute__((swiftcall)) void (*closure_code)(intptr_t, __attribute__((swift_context)) const void *);

__attribute__((swiftcall)) void ck_closure_borrow(const void *code, const void *context, ck_closure *closure);
__attribute__((swiftcall)) void ck_closure_call(const ck_closure *closure, intptr_t argument);

__attribute__((swiftcall)) void ck_closure_borrow(const void *code, const void *context, ck_closure *closure) {
    closure->code = code;
    closure->context = context;
}

__attribute__((swiftcall)) void ck_closure_call(const ck_closure *closure, intptr_t argument) {
    ((closure_code)(uintptr_t)closure->code)(argument, closure->context);
}
