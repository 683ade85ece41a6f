import Plotting
import Testing

@Suite struct SeedSummaryTests {
    private func constants(_ values: [Double]) -> [Curve] { values.map { Curve(x: [0, 1], y: [$0, $0]) } }

    @Test func `the interquartile mean cuts a quarter, rounded down, from each end`() {
        #expect(InterquartileMean.of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == 5.5)  // 3 … 8
        #expect(InterquartileMean.of([100, 0, 3, 1, 2]) == 2)  // 1, 2, 3
        #expect(InterquartileMean.of([1, 1, 1, 2, 4, 100, 100, 100]) == 26.75)  // 1, 2, 4, 100
        #expect(InterquartileMean.of([1, 2, 6]) == 3)  // nothing to cut
        #expect(InterquartileMean.of([.nan, 5]) == 5)
        #expect(InterquartileMean.of([]).isNaN)
    }

    @Test func `quantiles interpolate between order statistics`() {
        #expect(Quantile.of(sorted: [1, 2, 3, 4], 0.5) == 2.5)
        #expect(Quantile.of(sorted: [10, 20, 30, 40, 50], 0.1) == 14)
        #expect(Quantile.of(sorted: [7], 0.975) == 7)
        #expect(Quantile.median([3, .nan, 1]) == 2)
    }

    @Test func `up to four seeds are shown by median and range`() {
        let summary = SeedSummary(constants([4, 1, 9]))
        #expect(summary.statistic == .medianAndRange)
        #expect(summary.line == [4, 4])
        #expect(summary.lower == [1, 1])
        #expect(summary.upper == [9, 9])
        #expect(summary.caption == "line: median of 3 seeds · band: range · faint: single seeds")
    }

    @Test func `five seeds are shown by interquartile mean and bootstrap interval`() {
        // Resamples of 0, 0, 0, 0, 1 have K ~ B(5, 0.2) ones and the interquartile mean clamp(K − 1, 0, 3) / 3.
        // P(K ≥ 3) = 0.058 > 0.025 > P(K ≥ 4) = 0.0067, so the interval is [0, 2/3].
        let summary = SeedSummary(constants([0, 0, 1, 0, 0]))
        #expect(summary.statistic == .interquartileMeanAndBootstrap)
        #expect(summary.line == [0, 0])
        #expect(summary.lower == [0, 0])
        #expect(summary.upper.allSatisfy { abs($0 - 2 / 3) < 1e-12 })
        #expect(summary.name("PPO") == "PPO (n = 5)")
        #expect(summary.legend(for: "PPO") == "PPO (n = 5; line: interquartile mean, band: 95 % bootstrap)")
    }

    @Test func `the bootstrap interval of many seeds is that of the normal theory`() {
        // The influence of a value on a mean with a quarter cut from each end is (x − ½) / ½, clipped at ± ½: for uniform
        // values of variance 2 · (∫₀^¼ x² dx + ¼ · (¼)²) / (½)² = 1/6.
        let values = (0..<200).map { (Double($0) + 0.5) / 200 }
        let summary = SeedSummary(constants(values))
        let halfWidth = (summary.upper[0] - summary.lower[0]) / 2
        #expect(abs(halfWidth - 1.96 * (1.0 / 6 / 200).squareRoot()) < 0.006)
        #expect(abs(summary.line[0] - 0.5) < 1e-9)
    }

    @Test func `the same seeds give the same interval in any order`() {
        let values: [Double] = [3, 1, 4, 1.5, 9, 2.6]
        let summary = SeedSummary(constants(values))
        #expect(summary == SeedSummary(constants(values)))
        #expect(summary.lower[0] <= summary.line[0] && summary.line[0] <= summary.upper[0])
        #expect(summary.lower[0] >= 1 && summary.upper[0] <= 9)
    }

    @Test func `seeds of unequal length count where they have values and the caption says so`() {
        let summary = SeedSummary([
            Curve(x: [0, 1, 2], y: [1, 1, 1]), Curve(x: [0, 1], y: [3, 3]), Curve(x: [0, 1, 2], y: [5, 5, 5]),
        ])
        #expect(summary.x == [0, 1, 2])
        #expect(summary.counts == [3, 3, 2])
        #expect(summary.line == [3, 3, 3])
        #expect(summary.lower == [1, 1, 1])
        #expect(summary.caption.hasPrefix("line: median of 2–3 seeds"))
    }

    @Test func `curves measured at different places meet on a common grid`() {
        let a = Curve(x: [0, 10], y: [0, 10]), b = Curve(x: [0, 4, 10], y: [0, 8, 20])
        let interpolated = SeedSummary([a, b])
        #expect(interpolated.x.first == 0 && interpolated.x.last == 10)
        for (x, line) in zip(interpolated.x, interpolated.line) { #expect(abs(line - 1.5 * x) < 1e-9) }
        let steps = SeedSummary([a, b], alignment: .lastValue)
        let middle = steps.x.firstIndex { $0 >= 5 } ?? 0
        #expect(steps.lower[middle] == 0 && steps.upper[middle] == 8)
        let bins = SeedSummary([a, b], alignment: .bins(2))
        #expect(bins.x == [2.5, 7.5])
        #expect(bins.lower == [0, 10] && bins.upper == [4, 20])
    }

    /// 0.445387 + (2.88616 − 0.445387) is a little more than 2.88616.
    @Test func `the common grid ends where the last measurement stands, whatever is rounded`() {
        let long = Curve(x: [0.445387, 1, 2.88616], y: [1, 2, 3]), short = Curve(x: [0.5, 1.2], y: [1, 2])
        let summary = SeedSummary([long, short])
        #expect(summary.x.last == 2.88616)
        #expect(summary.line.allSatisfy { $0.isFinite })
    }

    @Test func `no seeds, one seed and seeds without numbers are shown for what they are`() {
        #expect(SeedSummary([]).x.isEmpty)
        #expect(SeedSummary([]).caption == "no seeds")
        let one = SeedSummary([Curve(x: [0, 1], y: [2, .nan])])
        #expect(one.statistic == .single)
        #expect(one.line[0] == 2 && one.line[1].isNaN)
        #expect(SeedSummary(constants(Array(repeating: .nan, count: 6))).line.allSatisfy { $0.isNaN })
        let differing = [Curve(x: [.nan, 1], y: [2, 3]), Curve(x: [0, .infinity], y: [2, 3])]
        #expect(SeedSummary(differing, alignment: .bins(3)).x.count == 3)
    }
}
