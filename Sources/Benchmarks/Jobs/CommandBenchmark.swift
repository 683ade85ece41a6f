import Foundation
import LinearAlgebra

/// `fledge train cart-pole`, from the process's start to the curves on disk: the binary that was built beside this one.
struct CommandBenchmark: Benchmark {
    let name = "command"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let binary = own.deletingLastPathComponent().appendingPathComponent("fledge")
        guard FileManager.default.isExecutableFile(atPath: binary.path) else { return [] }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        var processorSeconds: [Double] = []
        let load = MachineLoad()
        let wallSeconds = try (0..<bench.repetitions).map { run in
            let before = ProcessTime.children
            let elapsed = try seconds {
                try Self.run(binary, ["train", "cart-pole", "--name", "run-\(run)"], in: folder)
            }
            processorSeconds.append(ProcessTime.children - before)
            return elapsed
        }
        let pictures = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".png") }
        guard pictures.count >= bench.repetitions else {
            throw BenchmarkOptions.Problem(description: "\(binary.path) train cart-pole left no picture")
        }
        func row(_ what: String, _ values: [Double]) -> BenchmarkRow {
            BenchmarkRow(
                benchmark: name, job: "fledge train cart-pole, start to curves, \(what)",
                threads: bench.allCores.threadCount, unit: .duration("s"), ours: Figure(values, load: load))
        }
        return [row("wall clock", wallSeconds), row("CPU", processorSeconds)]
    }

    private static func run(_ binary: URL, _ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkOptions.Problem(
                description:
                    "\(binary.path) \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)")
        }
    }
}
