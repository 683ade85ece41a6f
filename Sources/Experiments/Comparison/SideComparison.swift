internal import Foundation

/// Two sides of a comparison: how they differ, how surely, and how many more seeds would tell.
public struct SideComparison: Sendable, Equatable, Encodable {
    /// A number with its 95 % bootstrap interval; nil where there are too few seeds for one.
    public struct Estimate: Sendable, Equatable, Encodable {
        public let value: Double
        public let interval: Interval?
    }

    public enum Verdict: String, Sendable, Encodable {
        /// The interval of the difference of the interquartile means leaves out zero.
        case firstIsBetter, secondIsBetter
        case cannotTell
        /// Every seed of both sides has the same score.
        case same
    }

    /// Whether both sides have the same seeds, which are then compared one by one.
    public let isPaired: Bool
    /// That a seed of the first side beats one of the second.
    public let probabilityOfImprovement: Estimate
    /// First minus second.
    public let differenceOfMeans: Estimate
    public let differenceOfInterquartileMeans: Estimate
    public let verdict: Verdict
    /// How many seeds each side should have for the difference to be told from chance, if it is as it seems; nil where
    /// there are too few seeds to say, or the sides do not differ.
    public let seedsNeeded: Int?

    /// - Parameters:
    ///   - isPaired: whether seed i of one side is seed i of the other.
    ///   - isHigherBetter: whether a larger score is better.
    package init(_ first: ScoreSample, _ second: ScoreSample, isPaired: Bool, isHigherBetter: Bool) {
        precondition(
            !isPaired || first.strata == second.strata, "pairs need the same strata: \(first.strata), \(second.strata)")
        let improvement = ProbabilityOfImprovement(first, over: second, isHigherBetter: isHigherBetter)
        let strata = isPaired ? first.strata : first.strata + second.strata
        func estimate(
            _ value: Double, _ statistic: (_ first: ArraySlice<Int>, _ second: ArraySlice<Int>) -> Double
        ) -> Estimate {
            // A side with a single seed would seem to have no spread.
            guard min(first.count, second.count) > 1 else { return Estimate(value: value, interval: nil) }
            return Estimate(
                value: value,
                interval: StratifiedBootstrap.interval(strata: strata) { weights in
                    isPaired
                        ? statistic(weights, weights)
                        : statistic(weights.prefix(first.count), weights.dropFirst(first.count))
                })
        }
        self.isPaired = isPaired
        probabilityOfImprovement = estimate(improvement.value) { improvement.value($0, $1) }
        differenceOfMeans = estimate(first.mean - second.mean) { first.mean($0) - second.mean($1) }
        differenceOfInterquartileMeans = estimate(first.interquartileMean - second.interquartileMean) {
            first.interquartileMean($0) - second.interquartileMean($1)
        }
        if Set(first.values + second.values).count == 1 {
            verdict = .same
        } else if let interval = differenceOfInterquartileMeans.interval, !interval.contains(0) {
            verdict = (interval.lower > 0) == isHigherBetter ? .firstIsBetter : .secondIsBetter
        } else {
            verdict = .cannotTell
        }
        seedsNeeded = SideComparison.seedsNeeded(first, second, isPaired: isPaired)
    }

    private static func seedsNeeded(_ first: ScoreSample, _ second: ScoreSample, isPaired: Bool) -> Int? {
        guard let variance = first.variance, let otherVariance = second.variance else { return nil }
        let difference = first.mean - second.mean
        let needed: Double
        if isPaired, let pairs = ScoreSample(zip(first.values, second.values).map { $0 - $1 }).variance {
            needed = SeedsNeeded.pairs(difference: difference, variance: pairs)
        } else {
            needed = SeedsNeeded.each(difference: difference, variances: (variance, otherVariance))
        }
        return needed.isFinite && needed < 1e9 ? Int(needed) : nil
    }
}
