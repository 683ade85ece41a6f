internal import FileFormats
internal import Foundation

/// A run as figures see it: what it was and what it left.
public struct StoredRun: Sendable {
    static let drawingFile = "drawing.safetensors"

    /// What one seed left.
    public struct Seed: Sendable {
        public let seed: UInt64
        public let history: MetricsHistory
        let drawing: Archive
    }

    public let record: RunRecord
    /// Those that have ended, in the order of the record.
    public let seeds: [Seed]
    /// Whether the work of all seeds was done to its end.
    public let isComplete: Bool

    init(record: RunRecord, seeds: [Seed], isComplete: Bool) {
        self.record = record
        self.seeds = seeds
        self.isComplete = isComplete
    }

    /// Reads a run that has ended.
    ///
    /// - Throws: `ExperimentError` if the run has not ended or a file of it is damaged.
    public init(reading folder: RunFolder) throws {
        let record = try folder.record()
        let ending = try folder.read(Ending.self, from: RunReport.file)
        do {
            let seeds = try record.seeds.compactMap { seed -> Seed? in
                let path = folder.path(StoredRun.drawingFile, seed: seed)
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                let history = try MetricsHistory(
                    metrics: readFile(folder.path("metrics.csv", seed: seed)),
                    timing: readFile(folder.path("timing.csv", seed: seed)), name: folder.path("seeds/\(seed)"))
                return Seed(
                    seed: seed, history: history, drawing: try Archive(decoding: readFile(path), name: path))
            }
            self.init(record: record, seeds: seeds, isComplete: ending.state == .finished)
        } catch let error as FileFormatError {
            throw ExperimentError(.badData, "\(error)")
        }
        guard !self.seeds.isEmpty else {
            throw ExperimentError(.badData, "the run \(folder.path) failed before it left anything to draw")
        }
    }

    private struct Ending: Decodable { let state: RunReport.State }
}

extension RunFolder {
    /// What `run.json` says.
    public func record() throws -> RunRecord { try read(RunRecord.self, from: "run.json") }

    /// - Throws: `ExperimentError` if the file is not there or damaged.
    func read<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value {
        let bytes: [UInt8]
        do {
            bytes = try readFile(path(file), limit: 64 << 20)
        } catch {
            throw ExperimentError(.missingInput, "\(error)", advice: "has the run ended?")
        }
        do {
            return try JSONText.decode(type, from: bytes)
        } catch {
            throw ExperimentError(.badData, "\(path(file)) is not what Fledge wrote: \(error)")
        }
    }
}
