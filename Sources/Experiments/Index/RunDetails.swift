internal import FileFormats
internal import Foundation
internal import GRDB
public import NeuralNetworks
internal import SupervisedLearning

/// Everything that can be said of one run.
public struct RunDetails: Sendable, Encodable {
    public struct Setting: Sendable, Equatable, Encodable {
        public let name: String
        public let value: String
        /// "recipe zoo", "flag --steps".
        public let source: String
    }

    /// How far a seed of a run that has not finished has come.
    public struct Progress: Sendable, Equatable, Encodable {
        public let seed: UInt64
        public let completed: Int
        public let unit: String
    }

    public let run: RunEntry
    public let command: [String]
    /// The command as a shell takes it.
    public let commandLine: String
    /// Those that are not the algorithm's default, by name.
    public let settings: [Setting]
    /// How many are the default.
    public let defaultCount: Int
    public let origin: String?
    public let fledge: String
    public let sourceRevision: String?
    public let processor: String
    /// The numbers of the result, seed by seed.
    public let seeds: [[String: Double]]
    /// The names of these numbers: that of the main result first, then in the order of `result.json`.
    public let numbers: [String]
    /// The main result with its spread over the seeds.
    public let score: ComparedGroup?
    public let progress: [Progress]
    public let files: [RunFile]
    /// How often the test part of a fit's data was looked at.
    public let testOpenings: Int
    /// The layers of a fitted network; nil for other runs, or before there is a model.
    public let layers: [Network.Summary]?
    /// The runs that came from this one.
    public let children: [String]
    /// What one would do next.
    public let next: String

    /// - Throws: `ExperimentError` if `run.json` or `result.json` is damaged.
    public init(_ folder: RunFolder) throws {
        guard let entry = FolderReading(of: folder)?.entry else {
            throw ExperimentError(.missingInput, "\(folder.path) holds no run")
        }
        run = entry
        testOpenings = TestOpenings.count(in: folder)
        layers = entry.verb == "fit" ? (try? StoredModel(named: folder.path))?.network.summary : nil
        let compared = try ComparedRun(folder)
        let record = compared.record
        command = record.command
        commandLine = record.commandLine
        let chosen = record.settings.filter { $0.value.source != "default" }
        settings = chosen.sorted { $0.key < $1.key }.map {
            Setting(name: $0.key, value: $0.value.value.description, source: $0.value.source)
        }
        defaultCount = record.settings.count - chosen.count
        origin = record.subject.origin
        fledge = record.versions.fledge
        sourceRevision = record.sourceRevision
        processor = record.hardware.processor
        seeds = compared.numbers.seeds.map { $0.values.merging(["seed": Double($0.seed)]) { $1 } }
        let main = compared.numbers.mainMetric?.name
        // All that was measured of a fit fills pages: it is in scores.csv.
        let names = compared.numbers.names.filter {
            !$0.hasPrefix("test.metrics.") && (!$0.hasPrefix("crossValidation.") || $0 == main)
        }
        numbers = names.filter { $0 == main } + names.filter { $0 != main }
        score = compared.numbers.mainMetric.flatMap { metric in
            ComparedGroup(folder.name, [compared], metric: metric, range: nil)
        }
        progress = entry.state == .finished ? [] : record.seeds.compactMap { Progress(of: folder, seed: $0) }
        files = RunFile.all(below: folder.path).filter { $0.path != RunLock.name }
        children = try RunIndex(around: folder).query { database in
            try String.fetchAll(
                database, sql: "SELECT name FROM run WHERE parent = ? ORDER BY began", arguments: [folder.name])
        }.value
        next = RunDetails.next(after: entry, record)
    }

    private static func next(after run: RunEntry, _ record: RunRecord) -> String {
        switch run.state {
        case .killed, .interrupted: "fledge resume \(run.name)"
        // Done again as it was, the work would fail again.
        case .failed: "fledge \(record.verb) \(record.subject.id) --set …"
        // Where run.json is damaged there are no details.
        case .damaged: "fledge rerun \(run.name)"
        case .running: "fledge show \(run.name)"
        case .finished: "fledge report \(run.name)"
        }
    }
}

extension RunDetails.Progress {
    /// nil if the seed has not begun.
    fileprivate init?(of folder: RunFolder, seed: UInt64) {
        guard let bytes = try? readFile(folder.path("seeds/\(seed)/metrics.csv")) else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        func first(_ line: ArraySlice<UInt8>?) -> String {
            String(decoding: line?.prefix { $0 != UInt8(ascii: ",") } ?? [], as: UTF8.self)
        }
        guard let completed = Int(first(lines.last)) else { return nil }
        self.init(seed: seed, completed: completed, unit: first(lines.first))
    }
}
