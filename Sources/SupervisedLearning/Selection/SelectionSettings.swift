/// How a search goes through settings.
public enum SearchMethod: String, Sendable, Codable, CaseIterable {
    /// All combinations of a few values of each.
    case grid
    case random
    /// Many on a small share of the training, the best on more: Jamieson and Talwalkar (2016).
    case halving
}

/// How a model is chosen and judged.
public struct SelectionSettings: Sendable, Codable, Equatable {
    /// In how many parts the rows are divided, of which each is predicted once by a fit to the others; 0 is none.
    public var folds = 0
    /// How many settings are tried; 0 is none.
    public var trials = 0
    /// How the settings that are tried are found.
    public var search = SearchMethod.halving
    /// What is searched, such as `learningRate=1e-4..1e-2` or `activation=relu|tanh`; empty for the usual ranges.
    public var searchSpace: [String] = []
    /// With how many seeds each trial is fitted.
    public var trialSeeds = 1
    /// Whether each fold chooses settings of its own, so that its rows have no part in their choice.
    public var nested = false
    /// The share of the rows that is put aside for the test, where the data have no test part and there are no folds.
    public var testFraction = 0.2
    /// The column whose equal values are kept together on one side of every split; empty for none.
    public var groups = ""
    /// The column by which the last rows are the test; empty for none.
    public var time = ""

    public init() {}

    /// - Throws: `InvalidSetting` for the first setting that makes no sense.
    public func validate() throws {
        try InvalidSetting.check("folds", folds, "0, or from 2 to 1,000", folds == 0 || (2...1000).contains(folds))
        try InvalidSetting.check("trials", trials, "from 0 to 100,000", (0...100_000).contains(trials))
        try InvalidSetting.check("trialSeeds", trialSeeds, "from 1 to 100", (1...100).contains(trialSeeds))
        try InvalidSetting.check(
            "testFraction", testFraction, "greater than 0 and less than 1", testFraction > 0 && testFraction < 1)
        guard !nested || (folds > 0 && trials > 0) else {
            throw InvalidSetting("nested", "true", "needs folds and trials")
        }
        guard groups.isEmpty || time.isEmpty else {
            throw InvalidSetting("groups", groups, "does not go together with time")
        }
    }
}
