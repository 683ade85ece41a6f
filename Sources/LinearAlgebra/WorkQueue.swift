internal import CKernels
internal import Glibc
internal import Synchronization

/// What the threads of a `WorkerPool` share: the items of the current run, and where idle threads park.
///
/// A run publishes its body and its number of items, then sets `unclaimed`. Whoever lowers `unclaimed` owns an item;
/// since a run cannot end before its items are done, what the run published holds for as long as one of its items is
/// owned, and a worker that comes late finds nothing to claim or claims of the next run.
final class WorkQueue: @unchecked Sendable {
    /// Items that nobody has claimed yet.
    private let unclaimed = Atomic<Int>(0)
    /// Items that are not yet done.
    private let unfinished = Atomic<Int>(0)
    /// Whether a run is under way.
    private let isBusy = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
    private let parkedWorkers = Atomic<Int>(0)
    private let callerIsParked = Atomic<Bool>(false)

    // Written by the caller of a run before it sets `unclaimed`, read by owners of its items.
    private var body = BorrowedClosure()
    private var count = 0

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let workArrived: UnsafeMutablePointer<pthread_cond_t>
    private let workFinished: UnsafeMutablePointer<pthread_cond_t>

    /// How long a thread spins before it parks: at most 50 µs at 2 ticks a nanosecond, and no less than 20 µs at 5.
    private static let spinTicks: UInt64 = 100_000
    /// A bound for machines without ticks.
    private static let spinRounds = 1_000

    init() {
        mutex = .allocate(capacity: 1)
        workArrived = .allocate(capacity: 1)
        workFinished = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(workArrived, nil)
        pthread_cond_init(workFinished, nil)
    }

    deinit {
        pthread_cond_destroy(workFinished)
        pthread_cond_destroy(workArrived)
        pthread_mutex_destroy(mutex)
        workFinished.deallocate()
        workArrived.deallocate()
        mutex.deallocate()
    }

    /// Takes the queue for a run; false while another run is under way.
    func acquire() -> Bool {
        isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    }

    func release() {
        isBusy.store(false, ordering: .releasing)
    }

    /// Runs the items on the workers and the calling thread, which has acquired the queue.
    func run(_ count: Int, _ body: (Int) -> Void) {
        self.body = BorrowedClosure(body)
        self.count = count
        unfinished.store(count, ordering: .relaxed)
        unclaimed.store(count, ordering: .sequentiallyConsistent)
        if parkedWorkers.load(ordering: .sequentiallyConsistent) > 0 {
            pthread_mutex_lock(mutex)
            pthread_cond_broadcast(workArrived)
            pthread_mutex_unlock(mutex)
        }
        ck_thread_set_working(1)
        while claimAndRun() {}
        ck_thread_set_working(0)
        waitUntilFinished()
    }

    /// The life of a worker: run items, spin while there are none, then park.
    func work() {
        ck_thread_set_working(1)
        while !isStopping.load(ordering: .relaxed) {
            if claimAndRun() { continue }
            if !spin(until: { unclaimed.load(ordering: .relaxed) > 0 || isStopping.load(ordering: .relaxed) }) {
                park()
            }
        }
    }

    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(workArrived)
        pthread_mutex_unlock(mutex)
    }

    /// Claims one item and runs it; false if none is left.
    private func claimAndRun() -> Bool {
        var left = unclaimed.load(ordering: .relaxed)
        while left > 0 {
            let (claimed, current) = unclaimed.weakCompareExchange(
                expected: left, desired: left - 1, successOrdering: .acquiring, failureOrdering: .relaxed)
            if claimed {
                body(count - left)
                finishItem()
                return true
            }
            left = current
        }
        return false
    }

    private func finishItem() {
        let rest = unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue
        if rest == 0 && callerIsParked.load(ordering: .sequentiallyConsistent) {
            pthread_mutex_lock(mutex)
            pthread_cond_signal(workFinished)
            pthread_mutex_unlock(mutex)
        }
    }

    private func waitUntilFinished() {
        if spin(until: { unfinished.load(ordering: .acquiring) == 0 }) { return }
        pthread_mutex_lock(mutex)
        callerIsParked.store(true, ordering: .sequentiallyConsistent)
        while unfinished.load(ordering: .sequentiallyConsistent) > 0 {
            pthread_cond_wait(workFinished, mutex)
        }
        callerIsParked.store(false, ordering: .relaxed)
        pthread_mutex_unlock(mutex)
    }

    private func park() {
        pthread_mutex_lock(mutex)
        parkedWorkers.add(1, ordering: .sequentiallyConsistent)
        while unclaimed.load(ordering: .sequentiallyConsistent) == 0
            && !isStopping.load(ordering: .sequentiallyConsistent)
        {
            pthread_cond_wait(workArrived, mutex)
        }
        parkedWorkers.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
    }

    /// Spins until `condition` holds; false if it did not within the bound.
    @inline(__always)
    private func spin(until condition: () -> Bool) -> Bool {
        let start = ck_ticks()
        for _ in 0..<WorkQueue.spinRounds {
            for _ in 0..<16 {
                if condition() { return true }
                ck_pause()
            }
            if ck_ticks() &- start > WorkQueue.spinTicks { return false }
        }
        return condition()
    }
}
