import LinearAlgebra
import Synchronization

/// What it costs to hand an item to each thread of the pool and to wait for them: items that do nothing but wait until
/// every thread has one.
struct WorkerPoolBenchmark: Benchmark {
    let name = "worker-pool"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let (pool, count) = (bench.allCores, 2_000)
        let begun = Atomic<Int>(0)
        let figure = bench.measure {
            begun.store(0, ordering: .relaxed)
            let elapsed = seconds {
                for round in 1...count {
                    pool.run(pool.threadCount) { _ in
                        begun.add(1, ordering: .relaxed)
                        while begun.load(ordering: .relaxed) < round * pool.threadCount {}
                    }
                }
            }
            return elapsed / Double(count) * 1e6
        }
        return [
            BenchmarkRow(
                benchmark: name, job: "handing an item to each thread and back", threads: pool.threadCount,
                unit: .duration("µs"), ours: figure)
        ]
    }
}
