/// What a stored agent or model is to be measured on.
public struct EvaluationRequest: Sendable {
    /// How many episodes an agent plays.
    public var episodes: Int
    /// The seed of the environments that it plays in.
    public var seed: UInt64

    /// - Throws: `ExperimentError` if there are no episodes, or more than a measurement can want.
    public init(episodes: Int = 100, seed: UInt64) throws {
        guard (1...1_000_000).contains(episodes) else {
            throw ExperimentError(
                .usage, "an agent cannot be measured over \(episodes) episodes", advice: "take 1 to 1,000,000")
        }
        self.episodes = episodes
        self.seed = seed
    }
}

/// What a stored agent or model was measured to do: one number an episode or row.
public struct EvaluationSample: Sendable, Equatable {
    /// "return", "accuracy"
    public let name: String
    /// What each number is of: "episodes", "test rows".
    public let items: String
    /// `[items]`
    public let values: [Double]

    public init(_ name: String, of items: String, _ values: [Double]) {
        self.name = name
        self.items = items
        self.values = values
    }
}
