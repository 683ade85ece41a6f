import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

struct BootstrapIntervalTests {
    private func random(_ seed: UInt64 = 1) -> RandomStream { RandomStream(seed: seed, purpose: "bootstrap") }

    @Test func `the interval of a mean is that of the normal distribution`() throws {
        var draws = random(9)
        let values = (0..<400).map { _ in draws.normal() }
        let mean = values.reduce(0, +) / 400
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400
        let half = 1.96 * (variance / 400).squareRoot()
        var random = random()
        let interval = try #require(
            BootstrapInterval(rowCount: 400, resamples: 4_000, using: &random) { rows in
                rows.reduce(0) { $0 + values[Int($1)] } / Double(rows.count)
            })
        #expect(isNear(interval.estimate, mean))
        #expect(isNear(interval.lower, mean - half, within: 0.1 * half))
        #expect(isNear(interval.upper, mean + half, within: 0.1 * half))
    }

    @Test func `of two rows every resample is known`() throws {
        // 0, ½, ½ and 1 with a quarter each: the middle two fifths are all ½, the middle three fifths are not.
        var random = random()
        let interval = try #require(
            BootstrapInterval(rowCount: 2, level: 0.4, using: &random) { rows in
                Double(rows.reduce(0, +)) / 2
            })
        #expect(interval.estimate == 0.5 && interval.lower == 0.5 && interval.upper == 0.5)
        let wide = try #require(
            BootstrapInterval(rowCount: 2, level: 0.6, using: &random) { Double($0.reduce(0, +)) / 2 })
        #expect(wide.lower == 0 && wide.upper == 1)
    }

    @Test func `a metric has an interval around it, the same for a seed, and none where it is not defined`() throws {
        let correct = (0..<100).map { $0 % 5 != 0 }
        let scores = try ClassificationScores(
            probabilities: Matrix(rows: 100, columns: 2, correct.flatMap { $0 ? [0.8, 0.2] : [0.3, 0.7] as [Float] }),
            labels: [Int32](repeating: 0, count: 100))
        var (first, again) = (random(), random())
        let interval = try #require(scores.interval(of: "accuracy", using: &first))
        #expect(interval == scores.interval(of: "accuracy", using: &again))
        #expect(isNear(interval.estimate, 0.8))
        // 1.96 √(0.8 · 0.2 / 100) = 0.078.
        #expect(isNear(interval.lower, 0.722, within: 0.02) && isNear(interval.upper, 0.878, within: 0.02))
        #expect(scores.interval(of: "rocAUC", using: &first) == nil)
        #expect(scores.interval(of: "nonsense", using: &first) == nil)
    }

    @Test func `the difference of two models on the same rows is narrower than their own intervals`() throws {
        var random = random()
        let targets = (0..<200).map { _ in Float(random.normal()) * 10 }
        // Both err by the same large noise, one by a little more.
        let noise = targets.map { _ in Float(random.normal()) * 3 }
        let better = try RegressionScores(predictions: zip(targets, noise).map { $0 + $1 }, targets: targets)
        let worse = try RegressionScores(predictions: zip(targets, noise).map { $0 + 1.1 * $1 }, targets: targets)
        let name = "meanAbsoluteError"
        let difference = try #require(worse.interval(ofDifferenceTo: better, in: name, using: &random))
        let own = try #require(better.interval(of: name, using: &random))
        let expected = try #require(worse.value(of: name)) - #require(better.value(of: name))
        #expect(isNear(difference.estimate, expected))
        #expect(difference.lower > 0)
        #expect(difference.upper - difference.lower < 0.3 * (own.upper - own.lower))
    }
}
