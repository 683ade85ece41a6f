import Fledge
import Testing

/// Against NumPy and SciPy: the scores below were put through `scipy.stats.trim_mean` and `mannwhitneyu`, and resampled
/// 400,000 times with NumPy.
struct ComparisonStatisticsTests {
    private let first = ScoreSample([231.5, 500, 500, 487.2, 412.9, 95.1, 500, 333.3, 478.8, 499.1])
    private let second = ScoreSample([120.4, 310.0, 500, 205.5, 287.1, 95.1, 340.2, 401.7])

    private func expect(_ interval: Interval?, _ lower: Double, _ upper: Double, within tolerance: Double) throws {
        let interval = try #require(interval)
        #expect(abs(interval.lower - lower) <= tolerance, "\(interval)")
        #expect(abs(interval.upper - upper) <= tolerance, "\(interval)")
    }

    @Test func `moments and interquartile means are those of SciPy`() throws {
        #expect(abs(first.interquartileMean - 451.8833333333334) < 1e-9)
        #expect(abs(second.interquartileMean - 285.7) < 1e-9)
        #expect(abs(first.mean - 403.79) < 1e-9)
        #expect(abs(try #require(first.variance) - 19940.223222222223) < 1e-6)
        #expect(ScoreSample([3]).variance == nil)
    }

    @Test func `bootstrap intervals agree with four hundred thousand resamples of NumPy`() throws {
        // 10,000 resamples place a quantile within about one hundredth of the interval's length.
        try expect(StratifiedBootstrap.interval(strata: [10]) { first.interquartileMean($0) }, 322.6, 497.6, within: 4)
        try expect(StratifiedBootstrap.interval(strata: [8]) { second.interquartileMean($0) }, 162.1, 388, within: 5)
        try expect(StratifiedBootstrap.interval(strata: [10]) { first.mean($0) }, 312.8, 477.7, within: 4)
    }

    @Test func `a bootstrap draws within strata only`() throws {
        let sample = ScoreSample(strata: [[1, 2, 3, 4], [10, 20, 30]])
        #expect(abs(sample.interquartileMean - 7.8) < 1e-12)
        try expect(
            StratifiedBootstrap.interval(strata: sample.strata) { sample.interquartileMean($0) }, 5.2, 13.6, within: 0.4
        )
        _ = StratifiedBootstrap.interval(strata: [4, 3], resamples: 100) { weights in
            #expect(weights.prefix(4).reduce(0, +) == 4 && weights.dropFirst(4).reduce(0, +) == 3)
            return 0
        }
    }

    @Test func `two seeds have the interval that counting gives`() {
        // The mean of two draws from {0, 1} is 0, ½, ½ or 1: each end has a probability of ¼, more than 2.5 %.
        let pair = ScoreSample([0, 1])
        #expect(StratifiedBootstrap.interval(strata: [2]) { pair.mean($0) } == Interval(0, 1))
        #expect(StratifiedBootstrap.interval(strata: [1]) { _ in 0 } == nil)
        #expect(StratifiedBootstrap.interval(strata: [1, 1]) { _ in 0 } == nil)
    }

    @Test func `the probability of improvement is Mann and Whitney's U over the number of pairs`() {
        #expect(abs(ProbabilityOfImprovement(first, over: second, isHigherBetter: true).value - 0.7375) < 1e-12)
        #expect(abs(ProbabilityOfImprovement(first, over: second, isHigherBetter: false).value - 0.2625) < 1e-12)
        // By hand: 2 ties with both 2s for ½ each, 3 beats both, nothing beats 4: 3 of 9.
        let small = ProbabilityOfImprovement(
            ScoreSample([1, 2, 3]), over: ScoreSample([2, 2, 4]), isHigherBetter: true)
        #expect(abs(small.value - 3.0 / 9) < 1e-12)
        // Only the 3 of the first side, three times: it beats the 2s and not the 4.
        #expect(abs(small.value([0, 0, 3], [1, 1, 1]) - 6.0 / 9) < 1e-12)
    }

    @Test func `two sides are compared as NumPy's resamples compare them`() throws {
        let sides = SideComparison(first, second, isPaired: false, isHigherBetter: true)
        try expect(sides.differenceOfInterquartileMeans.interval, 2, 300.4, within: 8)
        try expect(sides.differenceOfMeans.interval, -4.4, 239.1, within: 6)
        try expect(sides.probabilityOfImprovement.interval, 0.475, 0.9625, within: 0.02)
        #expect(abs(sides.differenceOfMeans.value - 121.29) < 1e-9)
        // (1.95996 + 0.84162)² (19940.22 + 18992.25) / 121.29² + 0.960 = 21.7
        #expect(sides.seedsNeeded == 22)
        let reversed = SideComparison(second, first, isPaired: false, isHigherBetter: false)
        #expect(abs(reversed.probabilityOfImprovement.value - 0.7375) < 1e-12)
    }

    @Test func `pairs are resampled together`() throws {
        let (a, b) = (ScoreSample([10, 12, 9, 15, 11]), ScoreSample([8, 11, 9, 12, 10]))
        let sides = SideComparison(a, b, isPaired: true, isHigherBetter: true)
        try expect(sides.differenceOfMeans.interval, 0.6, 2.4, within: 0.01)
        #expect(sides.verdict == .firstIsBetter)
        // (1.95996 + 0.84162)² 1.3 / 1.4² + 1.921 = 7.1
        #expect(sides.seedsNeeded == 8)
        #expect(SideComparison(b, a, isPaired: true, isHigherBetter: true).verdict == .secondIsBetter)
        #expect(SideComparison(b, a, isPaired: true, isHigherBetter: false).verdict == .firstIsBetter)
    }

    @Test func `what cannot be told is not told`() {
        let same = SideComparison(ScoreSample([5, 5]), ScoreSample([5, 5, 5]), isPaired: false, isHigherBetter: true)
        #expect(same.verdict == .same && same.seedsNeeded == nil)
        let single = SideComparison(ScoreSample([5]), ScoreSample([1, 2, 3]), isPaired: false, isHigherBetter: true)
        #expect(single.verdict == .cannotTell && single.differenceOfMeans.interval == nil && single.seedsNeeded == nil)
        let noisy = SideComparison(
            ScoreSample([1, 9, 4]), ScoreSample([2, 8, 6]), isPaired: false, isHigherBetter: true)
        #expect(noisy.verdict == .cannotTell)
    }

    /// The right numbers come from the noncentral t distribution (`scipy.stats.nct`), counted up to a power of 80 %.
    @Test(arguments: [(0.3, 176, 90), (0.5, 64, 34), (0.8, 26, 15), (1.2, 12, 8), (2, 6, 5)])
    func `the seeds needed are within one of the exact number`(effect: Double, each: Int, pairs: Int) {
        #expect(abs(Int(SeedsNeeded.each(difference: effect, variances: (1, 1))) - each) <= 1)
        #expect(abs(Int(SeedsNeeded.pairs(difference: effect, variance: 1)) - pairs) <= 1)
        #expect(SeedsNeeded.pairs(difference: 0, variance: 1) == .infinity)
    }

    @Test func `the optimality gap and the profile say how far scores fall short`() throws {
        let sample = ScoreSample([0, 250, 500, 1000])
        let range = try ScoreRange("0,500")
        // 1, ½, 0 and 0: what is beyond the goal does not make up for what falls short.
        #expect(range.optimalityGap(sample, isHigherBetter: true) == 0.375)
        #expect(range.profile(sample, isHigherBetter: true) == [0.75, 0.75, 0.5, 0.5, 0.5])
        let goal = try ScoreRange(goal: 475)
        #expect(goal.optimalityGap(sample, isHigherBetter: true) == 175)
        #expect(goal.profile(sample, isHigherBetter: true) == [0.5])
        let loss = try ScoreRange("2,0")
        let losses = ScoreSample([1, 3, -1])
        let (gap, shares): (Double, [Double]) = (2.0 / 3, [2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3])
        #expect(loss.optimalityGap(losses, isHigherBetter: false) == gap)
        #expect(loss.profile(losses, isHigherBetter: false) == shares)
        for text in ["", "5", "1,1", "a,b", "1,2,3", "nan,1"] {
            #expect(throws: ExperimentError.self) { try ScoreRange(text) }
        }
    }
}
