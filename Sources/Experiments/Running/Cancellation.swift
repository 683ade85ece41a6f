internal import Synchronization

/// A wish to stop, which long work looks at after each update. May be set from any thread and from a signal handler.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    public init() {}

    public var isRequested: Bool { flag.load(ordering: .relaxed) }

    public func request() { flag.store(true, ordering: .relaxed) }
}
