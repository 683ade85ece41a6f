internal import Plotting
internal import Randomness

/// Percentile intervals by the stratified bootstrap (Agarwal et al. 2021, "Deep reinforcement learning at the edge of
/// the statistical precipice", section 4): a resample draws from each stratum as many seeds as that has, with
/// replacement; the interval lies between quantiles of the statistic over the resamples.
///
/// The draws come from a stream of their own, so equal scores have equal intervals in every call.
package enum StratifiedBootstrap {
    package static let resamples = 10_000
    package static let level = 0.95

    /// - Parameters:
    ///   - strata: how many seeds each stratum has.
    ///   - statistic: what is measured, given how often each seed counts, `[seeds]`.
    /// - Returns: nil where there is nothing to draw: no stratum has a second seed.
    package static func interval(
        strata: [Int], resamples: Int = resamples, of statistic: (ArraySlice<Int>) -> Double
    ) -> Interval? {
        guard strata.contains(where: { $0 > 1 }) else { return nil }
        var random = RandomStream(seed: 0, purpose: "bootstrap")
        var weights = [Int](repeating: 0, count: strata.reduce(0, +))
        var statistics: [Double] = []
        statistics.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in weights.indices { weights[index] = 0 }
            var start = 0
            for size in strata {
                for _ in 0..<size { weights[start + random.index(below: size)] += 1 }
                start += size
            }
            statistics.append(statistic(weights[...]))
        }
        statistics.sort()
        let tail = (1 - level) / 2
        return Interval(Quantile.of(sorted: statistics, tail), Quantile.of(sorted: statistics, 1 - tail))
    }
}
