/// A number that a run can come to, and how it is judged.
public struct RunMetric: Sendable, Equatable, Encodable {
    /// Where the number stands in `result.json`, or in a member of its `seeds`: "test.accuracy".
    public let name: String
    /// What people call it: "accuracy".
    public let title: String
    /// nil for a number that is neither good nor bad by itself.
    public let isHigherBetter: Bool?

    public init(_ name: String, title: String, isHigherBetter: Bool?) {
        self.name = name
        self.title = title
        self.isHigherBetter = isHigherBetter
    }

    /// What runs are judged by: the first of these that a run has is its main result.
    static let main: [RunMetric] = [
        RunMetric("evaluationReturn.mean", title: "return", isHigherBetter: true),
        RunMetric("test.accuracy", title: "accuracy", isHigherBetter: true),
        RunMetric("crossValidation.accuracy.mean", title: "accuracy", isHigherBetter: true),
        RunMetric("crossValidation.r2.mean", title: "R²", isHigherBetter: true),
        RunMetric("test.meanSquaredError", title: "mean squared error", isHigherBetter: false),
        RunMetric("test.loss", title: "loss", isHigherBetter: false),
        RunMetric("inertia", title: "inertia", isHigherBetter: false),
    ]

    /// The metric of this name: one of those above, or any other number.
    static func named(_ name: String) -> RunMetric {
        main.first { $0.name == name }
            ?? RunMetric(name, title: name, isHigherBetter: name.hasSuffix("seconds") ? false : nil)
    }
}
