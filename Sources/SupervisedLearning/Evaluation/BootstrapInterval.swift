public import Randomness

/// Between which bounds a score lies, had other test rows been drawn: the percentile interval of the bootstrap (Efron,
/// 1979). It knows nothing of another training: for that, train with several seeds or folds.
public struct BootstrapInterval: Sendable, Equatable, Codable {
    /// The score of the rows as they are.
    public let estimate: Double
    public let lower: Double
    public let upper: Double
    /// How likely such an interval holds the true score: 0.95.
    public let level: Double

    /// Draws as many rows as there are, with replacement, `resamples` times. A resample of which the score is not
    /// defined (no row of a class) is left out.
    ///
    /// - Parameter statistic: the score of some rows, of which one may come several times; nil where it is not defined.
    /// - Returns: nil where the score of the rows themselves is not defined, or that of no resample.
    public init?(
        rowCount: Int, resamples: Int = 1_000, level: Double = 0.95, using random: inout RandomStream,
        of statistic: ([Int32]) -> Double?
    ) {
        precondition(resamples > 0, "\(resamples) resamples")
        precondition(level > 0 && level < 1, "an interval of the level \(level), which is not between 0 and 1")
        guard rowCount > 0, let estimate = statistic(Array(0..<Int32(rowCount))) else { return nil }
        var rows = [Int32](repeating: 0, count: rowCount)
        var values: [Double] = []
        for _ in 0..<resamples {
            for place in rows.indices { rows[place] = Int32(random.index(below: rowCount)) }
            if let value = statistic(rows), !value.isNaN { values.append(value) }
        }
        guard !values.isEmpty else { return nil }
        values.sort()
        self.estimate = estimate
        self.level = level
        lower = Self.quantile(values, (1 - level) / 2)
        upper = Self.quantile(values, (1 + level) / 2)
    }

    /// Between the two sorted values that lie around the share, by a straight line (Hyndman and Fan's definition 7).
    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}

extension Scores {
    /// The interval of the metric of this name over these rows; nil where it is not defined. Areas under curves sort
    /// the rows of each resample: of ten thousand rows and ten classes, take fewer resamples.
    public func interval(
        of name: String, resamples: Int = 1_000, level: Double = 0.95, using random: inout RandomStream
    ) -> BootstrapInterval? {
        BootstrapInterval(rowCount: rowCount, resamples: resamples, level: level, using: &random) {
            rows($0).value(of: name)
        }
    }

    /// The interval of how much larger the metric is here than for `other` predictions of the same rows. Each resample
    /// has the same rows of both, so that what makes rows hard for both does not widen it. Where 0 lies outside, the
    /// two differ.
    public func interval(
        ofDifferenceTo other: Self, in name: String, resamples: Int = 1_000, level: Double = 0.95,
        using random: inout RandomStream
    ) -> BootstrapInterval? {
        precondition(rowCount == other.rowCount, "predictions of \(rowCount) rows and of \(other.rowCount)")
        return BootstrapInterval(rowCount: rowCount, resamples: resamples, level: level, using: &random) { indices in
            guard let here = rows(indices).value(of: name), let there = other.rows(indices).value(of: name) else {
                return nil
            }
            return here - there
        }
    }
}
