/// Rows ordered by a score, the highest first, with how many of each kind lie at or above each different score: what the
/// receiver operating characteristic and the precision–recall curve are read from.
struct RankedScores {
    /// Rows of the class at or above the score, for each different score, descending.
    private(set) var truePositives: [Int] = []
    /// Rows of other classes at or above the score.
    private(set) var falsePositives: [Int] = []

    var positives: Int { truePositives.last ?? 0 }
    var negatives: Int { falsePositives.last ?? 0 }

    /// - Parameters:
    ///   - scores: `[n]`, the higher the likelier the row is thought to be of the class.
    ///   - isPositive: whether it is, `[n]`.
    init(_ scores: [Float], isPositive: [Bool]) {
        precondition(scores.count == isPositive.count, "\(scores.count) scores for \(isPositive.count) rows")
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var (hits, misses) = (0, 0)
        for (place, row) in order.enumerated() {
            if isPositive[row] { hits += 1 } else { misses += 1 }
            // Rows of equal score cannot be told apart by any threshold.
            if place + 1 < order.count, scores[order[place + 1]] == scores[row] { continue }
            truePositives.append(hits)
            falsePositives.append(misses)
        }
    }
}

/// A curve of a classifier over all thresholds.
public struct ThresholdCurve: Sendable, Equatable {
    public var x: [Double]
    public var y: [Double]

    public init(x: [Double], y: [Double]) {
        precondition(x.count == y.count, "a curve needs as many x as y: \(x.count) ≠ \(y.count)")
        self.x = x
        self.y = y
    }

    /// The curve without the points that lie within `distance` of the last one kept, along both axes. The first and the
    /// last stay.
    public func thinned(to distance: Double) -> ThresholdCurve {
        guard var last = x.indices.first else { return self }
        let kept = x.indices.filter { index in
            let isFar = abs(x[index] - x[last]) > distance || abs(y[index] - y[last]) > distance
            guard index == 0 || index == x.count - 1 || isFar else { return false }
            last = index
            return true
        }
        return ThresholdCurve(x: kept.map { x[$0] }, y: kept.map { y[$0] })
    }
}
