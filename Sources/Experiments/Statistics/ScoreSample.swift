internal import Plotting

/// The scores of one side of a comparison, one a seed, and its statistics under any weighting of the seeds: a bootstrap
/// draws some seeds several times and others not at all.
package struct ScoreSample: Sendable, Equatable {
    /// `[seeds]`, stratum after stratum.
    package let values: [Double]
    /// How many seeds each stratum has: seeds that differ in nothing but the seed are one stratum.
    package let strata: [Int]
    /// Indices of `values`, ascending by value.
    private let order: [Int]

    package init(strata: [[Double]]) {
        let filled = strata.filter { !$0.isEmpty }
        let values = filled.flatMap(\.self)
        self.values = values
        self.strata = filled.map(\.count)
        order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }

    package init(_ values: [Double]) { self.init(strata: [values]) }

    package var count: Int { values.count }

    package var mean: Double { values.reduce(0, +) / Double(count) }

    /// Dividing by n − 1; nil for fewer than two seeds.
    package var variance: Double? {
        guard count > 1 else { return nil }
        let mean = mean
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    }

    package var interquartileMean: Double { InterquartileMean.of(values) }

    /// The mean in which the seeds count so often, `[seeds]`.
    package func mean(_ weights: ArraySlice<Int>) -> Double {
        let sum = zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) }
        return sum / Double(weights.reduce(0, +))
    }

    /// The interquartile mean in which the seeds count so often, `[seeds]`: ⌊n/4⌋ values are cut from each end.
    package func interquartileMean(_ weights: ArraySlice<Int>) -> Double {
        let size = weights.reduce(0, +)
        let cut = size / 4
        var (sum, passed) = (0.0, 0)
        for index in order {
            let weight = weights[weights.startIndex + index]
            let kept = max(0, min(passed + weight, size - cut) - max(passed, cut))
            sum += Double(kept) * values[index]
            passed += weight
        }
        return sum / Double(size - 2 * cut)
    }
}
