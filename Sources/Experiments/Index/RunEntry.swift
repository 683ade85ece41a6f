/// What the list of runs says of one.
public struct RunEntry: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, Encodable {
        case finished, interrupted, failed
        /// A process works on it.
        case running
        /// Its process ended without a word.
        case killed
        /// `run.json`, `result.json` or `labels.json` is not what Fledge wrote.
        case damaged
    }

    public let name: String
    /// The run's folder: "runs/NAME".
    public let path: String
    /// "train", "cluster", "encode" or "fit"; empty where `run.json` is damaged, as are the next three.
    public var verb = ""
    /// What the command line calls the environment or data set.
    public var subject = ""
    /// What figures call it.
    public var title = ""
    public var algorithm = ""
    public var seeds: [UInt64] = []
    /// In UTC (ISO 8601).
    public var began = ""
    public var state: State
    /// The result in one line, or what is damaged.
    public var headline: String?
    /// The main result: the interquartile mean over the seeds.
    public var result: Double?
    /// The metric that `result` is of: "return", "accuracy".
    public var resultTitle: String?
    /// The time of the seed that took longest.
    public var seconds: Double?
    /// The run that this one came from: once more from its beginning, or on from its parameters.
    public var parent: String?
    public var tags: [String] = []
    public var note: String?
}

extension RunEntry: Encodable {
    private enum Name: String, CodingKey {
        case run, name, verb, subject, algorithm, seeds, began, state, headline, result, metric, seconds, parent, tags
        case note
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(path, forKey: .run)
        try container.encode(name, forKey: .name)
        try container.encode(verb, forKey: .verb)
        try container.encode(subject, forKey: .subject)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(seeds, forKey: .seeds)
        try container.encode(began, forKey: .began)
        try container.encode(state, forKey: .state)
        try container.encodeIfPresent(headline, forKey: .headline)
        try container.encodeIfPresent(result, forKey: .result)
        try container.encodeIfPresent(resultTitle, forKey: .metric)
        try container.encodeIfPresent(seconds, forKey: .seconds)
        try container.encodeIfPresent(parent, forKey: .parent)
        try container.encode(tags, forKey: .tags)
        try container.encodeIfPresent(note, forKey: .note)
    }
}
