import Glibc
import SupervisedLearning
import Testing

@Suite struct LearningRateRangeTests {
    /// A loss that falls from 2 to 1 around the rate 0.01, most steeply there per factor of the rate, and explodes beyond
    /// 1.
    private func loss(at rate: Double) -> Double {
        1 + 1 / (1 + pow(rate / 0.01, 2)) + pow(rate / 2, 3)
    }

    @Test func `rates rise by the same factor`() {
        var range = LearningRateRange(lowest: 1e-4, highest: 1, steps: 5)
        for want in [1e-4, 1e-3, 1e-2, 1e-1, 1] {
            let rate = range.nextRate ?? 0
            #expect(abs(rate / want - 1) < 1e-12)
            range.observe(loss: 1)
        }
        #expect(range.nextRate == nil)
        #expect(range.suggestion == nil, "the loss never fell")
    }

    @Test func `it stops when the loss explodes, and suggests where it fell most steeply`() throws {
        var range = LearningRateRange(lowest: 1e-6, highest: 1_000, steps: 200)
        while let rate = range.nextRate { range.observe(loss: loss(at: rate)) }
        // Twenty-two steps a decade: the smoothing lags by about four of them.
        let suggestion = try #require(range.suggestion)
        #expect(suggestion > 0.01 && suggestion < 0.02, "\(suggestion)")
        let last = try #require(range.points.last)
        let best = range.points.map(\.smoothedLoss).min() ?? 0
        #expect(last.smoothedLoss > 4 * best)
        #expect(range.points.dropLast().allSatisfy { $0.smoothedLoss <= 4 * best })
        #expect(last.rate > 2 && last.rate < 10)
    }

    @Test func `a loss that is not a number ends it`() {
        var range = LearningRateRange()
        for loss in [2, 1.5, 1, .nan] { range.observe(loss: loss) }
        #expect(range.nextRate == nil)
        #expect(range.points.count == 3)
        range.observe(loss: 1)
        #expect(range.points.count == 3)
    }

    @Test func `without smoothing the points are the losses`() {
        var range = LearningRateRange(lowest: 1e-3, highest: 1, steps: 4, smoothing: 0)
        for loss in [3, 2, -1, -0.9] { range.observe(loss: loss) }
        #expect(range.points.map(\.smoothedLoss) == [3, 2, -1, -0.9])
        #expect(abs((range.suggestion ?? 0) - 0.01) < 1e-12)
    }
}
