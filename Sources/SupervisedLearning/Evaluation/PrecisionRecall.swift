/// The share of the rows taken for a class that is of it, against the share of the class's rows that is found, over all
/// thresholds of a score (Davis and Goadrich, 2006).
public struct PrecisionRecall: Sendable, Equatable {
    /// x: the recall, y: the precision, from the highest threshold to the lowest; it begins at recall 0 with precision 1.
    public let curve: ThresholdCurve
    /// Σ (Rₜ − Rₜ₋₁) Pₜ over the thresholds: without interpolation, which would flatter.
    public let averagePrecision: Double

    /// Not numbers where no row is of the class.
    ///
    /// - Parameters:
    ///   - scores: `[n]`, the higher the likelier the row is thought to be of the class.
    ///   - isPositive: whether it is, `[n]`.
    public init(scores: [Float], isPositive: [Bool]) {
        let ranked = RankedScores(scores, isPositive: isPositive)
        let recalls = ranked.truePositives.map { Double($0) / Double(ranked.positives) }
        let precisions = zip(ranked.truePositives, ranked.falsePositives).map { Double($0) / Double($0 + $1) }
        curve = ThresholdCurve(x: [0] + recalls, y: [1] + precisions)
        averagePrecision = recalls.indices.reduce(0) { sum, index in
            sum + (recalls[index] - (index > 0 ? recalls[index - 1] : 0)) * precisions[index]
        }
    }
}
