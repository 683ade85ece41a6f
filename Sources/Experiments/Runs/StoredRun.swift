internal import FileFormats
internal import Foundation

/// A run as figures see it: what it was and what it left.
public struct StoredRun: Sendable {
    static let drawingFile = "drawing.safetensors"

    /// What one seed left.
    public struct Seed: Sendable {
        public let seed: UInt64
        public let history: MetricsHistory
        /// What figures show beyond the metrics; empty if the work has not come to an end or a stop yet.
        let drawing: Archive
        /// Whether the work was done to its end.
        public let isComplete: Bool
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

    /// Reads a run, also one that goes on or was killed: its seeds are then as far as their metrics say.
    ///
    /// - Throws: `ExperimentError` if a file of it is damaged, or there is nothing in it yet.
    public init(reading folder: RunFolder) throws {
        let record = try folder.record()
        let isComplete = folder.hasFinished
        do {
            let seeds = try record.seeds.compactMap { seed -> Seed? in
                guard FileManager.default.fileExists(atPath: folder.path("metrics.csv", seed: seed)) else { return nil }
                let history = try MetricsHistory(reading: folder, seed: seed)
                let path = folder.path(StoredRun.drawingFile, seed: seed)
                let hasDrawing = FileManager.default.fileExists(atPath: path)
                guard hasDrawing || !history.completed.isEmpty else { return nil }
                return Seed(
                    seed: seed, history: history,
                    drawing: hasDrawing ? try folder.archive(StoredRun.drawingFile, seed: seed) : Archive(),
                    isComplete: isComplete)
            }
            self.init(record: record, seeds: seeds, isComplete: isComplete)
        } catch let error as FileFormatError {
            throw ExperimentError(.badData, "\(error)")
        }
        guard !self.seeds.isEmpty else {
            throw ExperimentError(
                .badData, "the run \(folder.path) has not measured anything yet", advice: folder.wayOn)
        }
    }
}

extension RunFolder {
    /// Whether a seed has a file of this name.
    func has(_ file: String, seed: UInt64) -> Bool {
        FileManager.default.fileExists(atPath: path(file, seed: seed))
    }

    /// A seed's file of named arrays.
    ///
    /// - Throws: `ExperimentError` if it is not there or damaged.
    func archive(_ file: String, seed: UInt64) throws -> Archive {
        let path = path(file, seed: seed)
        guard FileManager.default.fileExists(atPath: path) else {
            throw ExperimentError(
                .missingInput, "the run \(name) has no \(file) of seed \(seed)", advice: wayOn)
        }
        do {
            let bytes = try readFile(path)
            try FileChecksums(of: self, seed: seed).check(bytes, of: file, path: path)
            return try Archive(decoding: bytes, name: path)
        } catch {
            throw ExperimentError(.badData, "\(error)")
        }
    }

    /// What `run.json` says.
    ///
    /// - Throws: `ExperimentError` if it is not there, damaged, or names no seeds that there can be.
    public func record() throws -> RunRecord {
        let record = try read(RunRecord.self, from: "run.json")
        guard !record.seeds.isEmpty, Set(record.seeds).count == record.seeds.count,
            record.seeds.allSatisfy({ $0 <= RunPlan.largestSeed })
        else {
            throw ExperimentError(
                .badData, "\(path("run.json")) says that the seeds are \(record.seeds)",
                advice: "a run has one or more, each once and below 2⁶³")
        }
        return record
    }

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
            throw ExperimentError(.badData, "\(path(file)) is not what Fledge wrote: \(JSONText.problem(error))")
        }
    }

    private struct Ending: Decodable { let state: RunReport.State }

    /// How the run ended, as its result says; nil if it has none.
    var ending: RunReport.State? { (try? read(Ending.self, from: RunReport.file))?.state }

    /// Whether all of the run's work is done.
    public var hasFinished: Bool { ending == .finished }

    /// Where the run stands.
    public var state: RunState {
        if let ending { return RunState(rawValue: ending.rawValue) ?? .killed }
        return isBeingWritten ? .running : .killed
    }

    /// What to do with a run that lacks something.
    var wayOn: String {
        switch state {
        case .failed: "it failed; `fledge show \(name)` says why: begin another with other settings"
        case .running: "it goes on; wait until it has ended"
        case .finished: "`fledge rerun \(name)` does the work again"
        default: "`fledge resume \(name)` brings it to its end"
        }
    }

    /// Takes back what an earlier end left, since the run goes on.
    func forgetEnding() throws {
        guard unlink(path(RunReport.file)) == 0 || errno == ENOENT else {
            throw ExperimentError(
                .inputOutput,
                "\(path(RunReport.file)) cannot be removed: \(String(cString: strerror(errno)).lowercased())")
        }
    }
}

/// Where a run stands.
public enum RunState: String, Codable, Sendable, CaseIterable {
    /// A process works on it.
    case running
    case finished
    /// Stopped by Ctrl-C or another request; it can be resumed.
    case interrupted
    /// The work could not go on.
    case failed
    /// Its process ended without a word; it can be resumed.
    case killed
}
