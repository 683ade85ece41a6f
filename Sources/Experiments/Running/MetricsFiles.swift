internal import Foundation

/// Writes a seed's `metrics.csv` and `timing.csv`, row for row as they come.
final class MetricsFiles {
    private let metrics: RowFile
    private let timing: RowFile

    init(folder: RunFolder, seed: UInt64, unit: String, names: [String]) throws {
        metrics = try RowFile(folder.path("metrics.csv", seed: seed))
        timing = try RowFile(folder.path("timing.csv", seed: seed))
        try metrics.write([unit] + names)
        try timing.write([unit, "seconds"])
    }

    /// Numbers are written so that they read back to the last bit; what was not measured is an empty field.
    func append(completed: Int, seconds: Double, values: [Double]) throws {
        try metrics.write(["\(completed)"] + values.map { $0.isNaN ? "" : "\($0)" })
        try timing.write(["\(completed)", "\((seconds * 1e6).rounded() / 1e6)"])
    }
}

/// A text file that grows by rows of plain fields.
private final class RowFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure }
    }

    deinit { close(descriptor) }

    func write(_ fields: [String]) throws {
        let bytes = Array((fields.joined(separator: ",") + "\n").utf8)
        var start = 0
        while start < bytes.count {
            let size = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else { throw failure }
            start += size
        }
    }

    private var failure: ExperimentError {
        ExperimentError(.inputOutput, "\(path) cannot be written: \(String(cString: strerror(errno)).lowercased())")
    }
}
