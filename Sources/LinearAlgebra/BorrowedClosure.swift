internal import CKernels

/// A non-escaping closure that other threads may call for as long as the call it was passed to lasts.
///
/// The language's own way, `withoutActuallyEscaping`, allocates a copy of the closure's context on the heap each
/// time; a training loop dispatches hundreds of thousands of times and shall not allocate. So the closure's two words
/// are taken as they were passed.
struct BorrowedClosure {
    private var words = ck_closure(code: nil, context: nil)

    /// Borrows `body`; the value must not outlive the call that `body` was passed to.
    init(_ body: (Int) -> Void) {
        borrow(body, &words)
    }

    /// Nothing to call.
    init() {}

    func callAsFunction(_ argument: Int) {
        withUnsafePointer(to: words) { call($0, argument) }
    }
}

@_silgen_name("ck_closure_borrow")
private func borrow(_ body: (Int) -> Void, _ closure: UnsafeMutablePointer<ck_closure>)

@_silgen_name("ck_closure_call")
private func call(_ closure: UnsafePointer<ck_closure>, _ argument: Int)
