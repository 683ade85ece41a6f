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

    /// Why the work could not go on; nil unless it failed.
    public var problem: String?

    private enum Name: String, CodingKey { case run, figures, headline, state, problem }

    public func encode(to encoder: any Encoder) throws {
        try result?.encode(to: encoder)
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(folder.path, forKey: .run)
        try container.encode(figures, forKey: .figures)
        try container.encode(headline, forKey: .headline)
        try container.encode(state, forKey: .state)
        try container.encodeIfPresent(problem, forKey: .problem)
    }

    /// The report as one line of JSON.
    public func json() throws -> String { try JSONText.line(self) }
}
