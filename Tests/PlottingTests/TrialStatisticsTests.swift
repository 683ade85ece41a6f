import Plotting
import Testing

/// Statistics of many runs or trials that charts show.
@Suite struct TrialStatisticsTests {
    @Test func `a front holds the trials that no other beats`() {
        let x: [Double] = [3, 1, 2, 2, 4, .nan, 1], y: [Double] = [1, 3, 2, 2.5, 4, 0, 3]
        #expect(ParetoFront(x: x, y: y).members == [1, 2, 0])
        #expect(ParetoFront(x: x, y: y, isHighBest: (true, true)).members == [4])
        // High x and low y.
        #expect(ParetoFront(x: x, y: y, isHighBest: (true, false)).members == [0, 4])
    }

    @Test func `the hypervolume is the area that the front dominates`() {
        // Up to (5, 5), the stairs of (1, 4), (2, 2) and (4, 1) hold 4 · 1 + 3 · 2 + 1 · 1.
        let front = ParetoFront(x: [1, 2, 4, 3, 9], y: [4, 2, 1, 3, 0.5])
        #expect(front.hypervolume(to: Point(x: 5, y: 5)) == 11)
        #expect(front.hypervolume(to: Point(x: 1, y: 9)) == 0)
        let turned = ParetoFront(x: [-1, -2, -4], y: [4, 2, 1], isHighBest: (true, false))
        #expect(turned.hypervolume(to: Point(x: -5, y: 5)) == 11)
    }

    @Test func `the empirical distribution steps at its values`() {
        let distribution = EmpiricalDistribution(of: [3, 1, .nan, 1, 2])
        #expect([0.9, 1, 1.5, 2, 3, 4].map(distribution.share(atMost:)) == [0, 0.5, 0.5, 0.75, 1, 1])
        #expect(distribution.curve.x == [1, 1, 1, 1, 2, 2, 3, 3])
        #expect(distribution.curve.y == [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1])
        #expect(EmpiricalDistribution(of: []).share(atMost: 1).isNaN)
    }

    @Test func `a profile weighs tasks alike whatever their number of runs`() {
        let profile = PerformanceProfile([[1, 1, 1, 1], [0, 2]], thresholds: [-1, 0, 0.5, 1, 2])
        #expect(profile.shares == [1, 0.75, 0.75, 0.25, 0])
        #expect(profile.lower[0] == 1 && profile.upper[0] == 1)
    }

    @Test func `the band of a profile is that of the binomial distribution`() {
        // Of 10 runs half are above τ: the number above among a resample is B(10, ½), whose central 95 % is 2 … 8, since
        // P(X ≤ 1) = 0.011 and P(X ≤ 2) = 0.055.
        let profile = PerformanceProfile([(0..<10).map { Double($0) }], thresholds: [4.5])
        #expect(profile.shares == [0.5])
        #expect(abs(profile.lower[0] - 0.2) < 1e-9)
        #expect(abs(profile.upper[0] - 0.8) < 1e-9)
    }
}
