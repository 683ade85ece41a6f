internal import Foundation

/// What came of a run: the content of `result.json` and of `--json`.
public struct RunReport: Encodable, Sendable {
    public enum State: String, Codable, Sendable { case finished, interrupted, failed }

    static let file = "result.json"

    public let folder: RunFolder
    /// Paths relative to the current folder.
    public let figures: [String]
    /// The result in one line.
    public let headline: String
    public let state: State
    /// The members that depend on the verb; nil if no seed came to an end.
    public let result: (any Encodable & Sendable)?

    private enum Name: String, CodingKey { case run, figures, headline, state }

    public func encode(to encoder: any Encoder) throws {
        try result?.encode(to: encoder)
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(folder.path, forKey: .run)
        try container.encode(figures, forKey: .figures)
        try container.encode(headline, forKey: .headline)
        try container.encode(state, forKey: .state)
    }

    /// The report as one line of JSON.
    public func json() throws -> String { try JSONText.line(self) }
}

/// What the list of runs shows of one.
public struct RunSummary: Codable, Sendable, Equatable {
    public let run: String
    public let verb: String
    public let subject: String
    public let algorithm: String
    public let seeds: [UInt64]
    public let began: String
    public let state: RunState
    public let headline: String?

    private struct Ending: Decodable { let headline: String }

    /// All runs in `root`, the latest last; folders whose `run.json` cannot be read are left out.
    public static func all(in root: String = "runs") -> [RunSummary] {
        RunFolder.names(in: root).compactMap { name -> RunSummary? in
            guard let folder = try? RunFolder(existing: name, in: root), let record = try? folder.record() else {
                return nil
            }
            let ending = try? folder.read(Ending.self, from: RunReport.file)
            return RunSummary(
                run: folder.path, verb: record.verb, subject: record.subject.id, algorithm: record.algorithm,
                seeds: record.seeds, began: record.began, state: folder.state, headline: ending?.headline)
        }
        .sorted { ($0.began, $0.run) < ($1.began, $1.run) }
    }

    /// As one line of JSON.
    public static func json(_ runs: [RunSummary]) throws -> String { try JSONText.line(["runs": runs]) }
}
