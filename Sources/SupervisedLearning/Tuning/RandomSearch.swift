public import Randomness

/// Tries settings drawn at random. Of as many trials it tells more than a grid where few of the settings matter
/// (Bergstra and Bengio, 2012).
public struct RandomSearch: Search {
    public var queue: TrialQueue

    /// - Throws: `InvalidSetting` if there are no trials.
    public init(_ space: SearchSpace, trials: Int, higherIsBetter: Bool, using random: inout RandomStream) throws {
        try InvalidSetting.check("trials", trials, "1 … 100000", (1...100_000).contains(trials))
        var drawn: [Trial] = []
        for index in 0..<trials { drawn.append(Trial(index: index, settings: space.sample(using: &random))) }
        queue = TrialQueue(drawn, higherIsBetter: higherIsBetter)
    }
}
