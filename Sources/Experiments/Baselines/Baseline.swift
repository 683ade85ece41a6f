package import FileFormats

/// What a method that learns nothing, or hardly anything, reaches: a result is read beside it.
public struct Baseline: Codable, Sendable, Equatable {
    /// What a value says.
    public enum Measure: String, Codable, Sendable {
        /// The mean return of an episode.
        case meanReturn
        /// The share of the test rows that are classified right.
        case accuracy
        /// Mean cross entropy in nats; or, for values, the mean squared error over the variance of the training values.
        case loss
        /// The share of the variance of the rows that lies between the clusters.
        case explainedVariance
        /// The mean squared error of an element of the test rows.
        case meanSquaredError
    }

    /// "random actions", "the most frequent class".
    public var name: String
    public var measure: Measure
    public var value: Double
    /// The bounds of a 95 % interval, where the value is an estimate.
    public var lower: Double?
    public var upper: Double?
    /// How the value was had, as a phrase: "mean of 100 episodes".
    public var note: String?

    public init(
        _ name: String, _ measure: Measure, _ value: Double, lower: Double? = nil, upper: Double? = nil,
        note: String? = nil
    ) {
        self.name = name
        self.measure = measure
        self.value = value
        self.lower = lower
        self.upper = upper
        self.note = note
    }
}

extension [Baseline] {
    /// The part of a seed's drawing that holds them.
    private static let part = "baselines"

    /// Puts the baselines into a seed's drawing.
    package func save(into drawing: inout Archive) throws {
        var part = Archive()
        try part.encode("entries", self)
        drawing.add(Self.part, part)
    }

    /// Those of a seed's drawing; none in one that was made before there were any.
    init(in drawing: Archive) {
        self = (try? drawing.part(Self.part).decode("entries")) ?? []
    }
}

extension StoredRun.Seed {
    /// What trivial methods reach where this seed's result stands; none for work that was interrupted.
    public var baselines: [Baseline] { [Baseline](in: drawing) }
}
