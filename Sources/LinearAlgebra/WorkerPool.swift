internal import CKernels
internal import Glibc

/// The one owner of parallelism: threads that wait for work, spinning at first and then parked.
///
/// What is computed may depend on the items of a `run`, never on the number of threads: callers divide their work by
/// the data (`Shards`).
public final class WorkerPool: Sendable {
    /// The pool that everything uses: as many threads as the environment variable FLEDGE_THREADS says, else one for
    /// each processor.
    public static let shared = WorkerPool(
        threads: threadCount(environment: getenv("FLEDGE_THREADS").map { String(cString: $0) }))

    /// How many threads work on a `run`, the caller's included.
    public let threadCount: Int

    private let queue = WorkQueue()
    private let threads: [pthread_t]

    /// The number of threads that a setting asks for: a number from 1 to 256. Anything else means one per processor.
    package static func threadCount(environment setting: String?) -> Int {
        if let setting, let count = Int(setting), (1...256).contains(count) { return count }
        return Int(ck_processor_count())
    }

    /// A pool of `threads` threads, of which `threads − 1` are started now and end with the pool.
    public init(threads: Int) {
        precondition(threads >= 1, "a pool needs at least 1 thread, not \(threads)")
        var started: [pthread_t] = []
        for _ in 1..<max(threads, 1) {
            guard let thread = WorkerPool.startWorker(on: queue) else { break }
            started.append(thread)
        }
        self.threads = started
        threadCount = started.count + 1
    }

    private static func startWorker(on queue: WorkQueue) -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(queue)
        let problem = pthread_create(
            &thread, nil,
            { context in
                let queue = Unmanaged<WorkQueue>.fromOpaque(context!).takeRetainedValue()
                queue.work()
                return nil
            }, context.toOpaque())
        guard problem == 0 else {
            context.release()
            return nil
        }
        return thread
    }

    deinit {
        queue.stop()
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Runs `body(0)` … `body(count − 1)`, each once, on the workers and the caller, and returns when all are done.
    ///
    /// Items are claimed in ascending order. Called from inside a body, or while another thread uses the pool, it
    /// runs the items on the caller. It allocates nothing.
    public func run(_ count: Int, _ body: (Int) -> Void) {
        if threadCount == 1 || count <= 1 || ck_thread_is_working() != 0 || !queue.acquire() {
            for item in 0..<max(count, 0) { body(item) }
            return
        }
        queue.run(count, body)
        queue.release()
    }
}
