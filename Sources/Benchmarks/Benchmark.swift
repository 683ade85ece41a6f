import LinearAlgebra

/// One job that is measured, beside a peer where one is installed.
protocol Benchmark: Sendable {
    /// What `--only` calls it.
    var name: String { get }

    /// Does the job on `bench` and reports it, one row a setting.
    func rows(on bench: Bench) throws -> [BenchmarkRow]
}

/// Where jobs are measured: the machine's calibrated limits, the worker pools, the peers, and how often to repeat.
struct Bench {
    let repetitions: Int
    let limits: MachineLimits
    let peers: Peers
    /// All cores, or as many as FLEDGE_THREADS says.
    let allCores = WorkerPool.shared
    let oneCore = WorkerPool(threads: 1)

    /// The figures of several repetitions of `job`, each of which returns its figure in the row's unit.
    func measure(_ job: () throws -> Double) rethrows -> Figure {
        let load = MachineLoad()
        var values: [Double] = []
        for _ in 0..<repetitions { values.append(try job()) }
        return Figure(values, load: load)
    }
}

/// The seconds that `body` takes by the monotonic clock.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
