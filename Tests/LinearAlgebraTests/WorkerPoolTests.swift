import LinearAlgebra
import Synchronization
import Testing

private final class Tally: Sendable {
    private let counts = Mutex<[Int: Int]>([:])
    func add(_ item: Int) { counts.withLock { $0[item, default: 0] += 1 } }
    var all: [Int: Int] { counts.withLock { $0 } }
}

private func once(_ count: Int) -> [Int: Int] { Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, 1) }) }

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 5])
    func `every item runs exactly once`(threads: Int) {
        let pool = WorkerPool(threads: threads)
        #expect(pool.threadCount == threads)
        for count in [0, 1, 2, 3, 16, 1000] {
            let tally = Tally()
            pool.run(count) { tally.add($0) }
            #expect(tally.all == once(count))
        }
    }

    @Test func `many short runs in a row lose no item`() {
        let pool = WorkerPool(threads: 3)
        let sum = Atomic<Int>(0)
        for _ in 0..<20_000 { pool.run(3) { sum.add($0 + 1, ordering: .relaxed) } }
        #expect(sum.load(ordering: .relaxed) == 20_000 * 6)
    }

    @Test func `a run asked for inside an item runs there`() {
        let pool = WorkerPool(threads: 2)
        let tally = Tally()
        pool.run(4) { outer in
            pool.run(5) { tally.add(outer * 5 + $0) }
        }
        #expect(tally.all == once(20))
    }

    @Test func `two outside threads can use one pool at once`() {
        let pool = WorkerPool(threads: 2)
        let outside = WorkerPool(threads: 2)
        let tally = Tally()
        outside.run(2) { side in
            for item in 0..<200 { pool.run(3) { tally.add((side * 200 + item) * 3 + $0) } }
        }
        #expect(tally.all == once(1200))
    }

    @Test func `parked workers wake up for new work`() {
        let pool = WorkerPool(threads: 4)
        for _ in 0..<20 {
            // Far longer than the 50 µs after which the workers park.
            var state: UInt64 = 1
            for _ in 0..<200_000 { state = state &* 6_364_136_223_846_793_005 &+ 1 }
            let tally = Tally()
            pool.run(8) { tally.add($0 + Int(state & 0)) }
            #expect(tally.all == once(8))
        }
    }

    @Test func `a setting that is no number of threads means one for each processor`() {
        let processors = WorkerPool.threadCount(environment: nil)
        #expect(processors >= 1)
        for setting in ["", "0", "-3", "many", "1.5", "99999999999999999999"] {
            #expect(WorkerPool.threadCount(environment: setting) == processors)
        }
        #expect(WorkerPool.threadCount(environment: "5") == 5)
    }
}
