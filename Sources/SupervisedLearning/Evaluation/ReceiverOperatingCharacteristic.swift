/// The share of a class's rows that is found, against the share of other rows taken for it, over all thresholds of a score
/// (Fawcett, 2006).
public struct ReceiverOperatingCharacteristic: Sendable, Equatable {
    /// x: the false positive rate, y: the true positive rate, from (0, 0) to (1, 1).
    public let curve: ThresholdCurve

    /// Not numbers where there are only rows of one kind.
    ///
    /// - Parameters:
    ///   - scores: `[n]`, the higher the likelier the row is thought to be of the class.
    ///   - isPositive: whether it is, `[n]`.
    public init(scores: [Float], isPositive: [Bool]) {
        let ranked = RankedScores(scores, isPositive: isPositive)
        curve = ThresholdCurve(
            x: [0] + ranked.falsePositives.map { Double($0) / Double(ranked.negatives) },
            y: [0] + ranked.truePositives.map { Double($0) / Double(ranked.positives) })
    }

    /// The chance that a row of the class has a higher score than another row, ties counting half; by trapezia.
    public var area: Double {
        var area = 0.0
        for index in 1..<max(curve.x.count, 1) {
            let width = curve.x[index] - curve.x[index - 1]
            area += width * (curve.y[index] + curve.y[index - 1]) / 2
        }
        return area
    }
}
