import Foundation
import LinearAlgebra

/// Every job; a new one adds its line here.
let benchmarks: [any Benchmark] = [
    PPOBenchmark(),
    KMeansBenchmark(),
    ClassifierBenchmark(),
    ConvolutionNetworkBenchmark(),
    SmallNetworkBenchmark(),
    LSTMBenchmark(),
    AutoencoderBenchmark(),
    CommandBenchmark(),
    PlotBenchmark(),
    CheckpointBenchmark(),
    EnvironmentBenchmark(),
    TensorProgramBenchmark(),
    MatrixProductBenchmark(),
    WorkerPoolBenchmark(),
]

func message(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

func run() throws {
    let options = try BenchmarkOptions(CommandLine.arguments.dropFirst())
    if options.asksForHelp {
        print(BenchmarkOptions.usage)
        print("jobs: \(benchmarks.map(\.name).joined(separator: ", "))")
        return
    }
    if let picture = options.picture {
        try PlotBenchmark.draw(picture.figure, to: picture.path)
        return
    }
    if let path = options.markdown {
        let results = try BenchmarkResults(path: path)
        print("\(results.heading)\n\n\(BenchmarkTable(rows: results.rows).markdown)")
        return
    }
    for name in options.only where !benchmarks.contains(where: { $0.name == name }) {
        throw BenchmarkOptions.Problem(
            description: "there is no job '\(name)'; there are \(benchmarks.map(\.name).joined(separator: ", "))")
    }
    let chosen = benchmarks.filter { options.only.isEmpty || options.only.contains($0.name) }

    let limits = MachineLimits.calibrated(on: .shared)
    let bench = Bench(repetitions: options.repetitions, limits: limits, peers: Peers(python: options.peers))
    var results = BenchmarkResults(limits: limits)
    var failures: [String] = []
    for benchmark in chosen {
        message("measuring \(benchmark.name)")
        do {
            results.rows += try benchmark.rows(on: bench)
        } catch {
            failures.append("\(benchmark.name): \(error)")
        }
    }
    print("\(results.heading)\n\n\(BenchmarkTable(rows: results.rows).aligned)")
    if let path = options.json { try results.write(to: path) }
    guard failures.isEmpty else {
        throw BenchmarkOptions.Problem(description: "not measured:\n" + failures.joined(separator: "\n"))
    }
}

do {
    try run()
} catch {
    message("Benchmarks: \(error)")
    exit(1)
}
