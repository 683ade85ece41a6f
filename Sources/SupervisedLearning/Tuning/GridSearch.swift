/// Tries every combination of all choices and of evenly spaced values of the ranges; the last setting changes first.
public struct GridSearch: Search {
    public var queue: TrialQueue

    /// The most combinations that are tried.
    public static let trialLimit = 10_000

    /// - Parameter pointsPerRange: how many values a range has, both ends among them; 1 for the middle.
    /// - Throws: `InvalidSetting` if there are more than `trialLimit` combinations.
    public init(_ space: SearchSpace, pointsPerRange: Int = 3, higherIsBetter: Bool) throws {
        try InvalidSetting.check("pointsPerRange", pointsPerRange, "at least 1", pointsPerRange >= 1)
        let values = space.dimensions.map { $0.domain.grid(min(pointsPerRange, Self.trialLimit + 1)) }
        var combinations: [[String: String]] = [[:]]
        for (dimension, values) in zip(space.dimensions, values) {
            guard combinations.count * values.count <= Self.trialLimit else {
                throw InvalidSetting(
                    "pointsPerRange", pointsPerRange,
                    "makes more than \(Self.trialLimit) combinations of \(space.dimensions.count) settings: have "
                        + "fewer, or search at random")
            }
            combinations = combinations.flatMap { settings in
                values.map { value in settings.merging([dimension.name: value]) { $1 } }
            }
        }
        queue = TrialQueue(
            combinations.enumerated().map { Trial(index: $0, settings: $1) }, higherIsBetter: higherIsBetter)
    }
}
