internal import FileFormats

/// A seed's files that grow by a row an update:
/// ```
/// metrics.csv   what the update measured; nothing that depends on the clock
/// timing.csv    the seconds that had gone by
/// chain.csv     the length and checksum of metrics.csv up to the row, and the hash of the learner's state
/// ```
final class MetricsFiles: @unchecked Sendable {
    /// How far the files had come at a checkpoint.
    struct Position: Codable, Equatable {
        var rows: Int
        var metricsBytes: Int
        var timingBytes: Int
        var chainBytes: Int
        /// Of the bytes of metrics.csv.
        var checksum: UInt32
    }

    private let metrics: AppendOnlyFile
    private let timing: AppendOnlyFile
    private let chain: AppendOnlyFile
    private var rows: Int
    private var checksum: CRC32

    /// - Parameter start: what is kept of files that are there; nil to begin them anew.
    /// - Throws: `ExperimentError` if they cannot be written, or are shorter than `start` says.
    init(folder: RunFolder, seed: UInt64, unit: String, names: [String], from start: Position? = nil) throws {
        metrics = try AppendOnlyFile(folder.path("metrics.csv", seed: seed), keeping: start?.metricsBytes ?? 0)
        timing = try AppendOnlyFile(folder.path("timing.csv", seed: seed), keeping: start?.timingBytes ?? 0)
        chain = try AppendOnlyFile(folder.path(MetricsChain.file, seed: seed), keeping: start?.chainBytes ?? 0)
        rows = start?.rows ?? 0
        checksum = CRC32(continuing: start?.checksum ?? 0)
        guard start == nil else { return }
        try appendMetrics([unit] + names)
        try timing.append(Array("\(unit),seconds\n".utf8))
        try chain.append(MetricsChain.header)
    }

    var position: Position {
        Position(
            rows: rows, metricsBytes: metrics.byteCount, timingBytes: timing.byteCount, chainBytes: chain.byteCount,
            checksum: checksum.value)
    }

    /// Numbers are written so that they read back to the last bit; what was not measured is an empty field.
    func append(completed: Int, seconds: Double, values: [Double], state: UInt64) throws {
        try appendMetrics(["\(completed)"] + values.map { $0.isNaN ? "" : "\($0)" })
        try timing.append(Array("\(completed),\((seconds * 1e6).rounded() / 1e6)\n".utf8))
        rows += 1
        try chain.append(
            MetricsChain.Row(
                update: rows, completed: completed, metricsBytes: metrics.byteCount, checksum: checksum.text,
                state: MetricsChain.text(state)
            ).line)
    }

    private func appendMetrics(_ fields: [String]) throws {
        let line = Array((fields.joined(separator: ",") + "\n").utf8)
        try metrics.append(line)
        checksum.update(with: line)
    }

    /// Waits until all rows are on the disk.
    func synchronize() throws {
        for file in [metrics, timing, chain] { try file.synchronize() }
    }
}
