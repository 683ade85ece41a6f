import Foundation
import LinearAlgebra

/// The command as people meet it, from a process's start to its end: the binary that was built beside this one.
struct CommandBenchmark: Benchmark {
    let name = "command"
    private static let listedRuns = 2_000

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let binary = own.deletingLastPathComponent().appendingPathComponent("fledge").path
        guard FileManager.default.isExecutableFile(atPath: binary) else { return [] }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func fledge(_ arguments: String...) throws { try ChildProcess.run(binary, arguments, in: folder.path) }
        return try training(in: folder, on: bench, fledge) + short(in: folder, on: bench, fledge)
    }

    private typealias Command = (String...) throws -> Void

    /// An agent, with its figures.
    private func training(in folder: URL, on bench: Bench, _ fledge: Command) throws -> [BenchmarkRow] {
        var processorSeconds: [Double] = []
        let load = MachineLoad()
        let wallSeconds = try (0..<bench.repetitions).map { run in
            let before = ProcessTime.children
            let elapsed = try seconds { try fledge("train", "cart-pole", "--name", "run-\(run)") }
            processorSeconds.append(ProcessTime.children - before)
            return elapsed
        }
        let pictures = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".png") }
        guard pictures.count >= bench.repetitions else {
            throw BenchmarkOptions.Problem(description: "fledge train cart-pole left no picture")
        }
        return [("wall clock", wallSeconds), ("CPU", processorSeconds)].map { what, values in
            BenchmarkRow(
                benchmark: name, job: "fledge train cart-pole, start to figures, \(what)",
                threads: bench.allCores.threadCount, unit: .duration("s"), ours: Figure(values, load: load))
        }
    }

    /// What must feel instant: the help, and the list of many runs, first without and then with its index.
    private func short(in folder: URL, on bench: Bench, _ fledge: Command) throws -> [BenchmarkRow] {
        let runs = folder.appendingPathComponent("runs")
        for number in bench.repetitions..<Self.listedRuns {
            let copy = runs.appendingPathComponent("run-\(number)")
            try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
            for file in ["run.json", "result.json"] {
                let text = try String(contentsOf: runs.appendingPathComponent("run-0/\(file)"), encoding: .utf8)
                try text.replacingOccurrences(of: "run-0", with: "run-\(number)")
                    .write(to: copy.appendingPathComponent(file), atomically: false, encoding: .utf8)
            }
        }
        func row(_ job: String, _ command: () throws -> Void) throws -> BenchmarkRow {
            let figure = try bench.measure { try seconds(command) * 1e3 }
            return BenchmarkRow(benchmark: name, job: job, threads: 1, unit: .duration("ms"), ours: figure)
        }
        return [
            try row("fledge --help") { try fledge("--help") },
            try row("fledge runs --rebuild, \(Self.listedRuns) runs") { try fledge("runs", "--rebuild") },
            try row("fledge runs, \(Self.listedRuns) runs") { try fledge("runs") },
        ]
    }
}
