import FileFormats
import Foundation
import LinearAlgebra
import Plotting

/// Drawing a figure in a process of its own, from its start to the PNG file on disk: this executable started anew.
/// Making the data is part of it, for the peer as for us.
struct PlotBenchmark: Benchmark {
    let name = "plot"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try PlotFigures.all.map { sample in
            let picture = folder.appendingPathComponent(sample.name + ".png").path
            let draw = { try ChildProcess.run("/proc/self/exe", ["--draw", sample.name, picture]) }
            try draw()
            let ours = try bench.measure { try seconds(draw) * 1e3 }
            let image = try PNG.decode(readFile(picture, limit: 1 << 26), name: picture)
            return BenchmarkRow(
                benchmark: name, job: "\(sample.title), start to PNG of \(image.width) × \(image.height)", threads: 1,
                unit: .duration("ms"), ours: ours,
                peer: bench.peers.figure("plot", ["--figure", sample.name], threads: 1))
        }
    }

    /// What the process does that is measured.
    static func draw(_ name: String, to path: String) throws {
        guard let sample = PlotFigures.all.first(where: { $0.name == name }) else {
            throw BenchmarkOptions.Problem(description: "there is no figure '\(name)'")
        }
        try writeFile(sample.figure().png(), to: path)
    }
}
