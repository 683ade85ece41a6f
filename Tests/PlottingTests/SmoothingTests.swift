import Plotting
import Testing

@Suite struct SmoothingTests {
    @Test func `the average of two values weighs the older by the weight`() {
        let smoothed = Smoothing.exponential([4, 8], weight: 0.5)
        // (0.5 · 4 + 8) / (0.5 + 1)
        #expect(smoothed[0] == 4)
        #expect(abs(smoothed[1] - 20 / 3) < 1e-12)
    }

    @Test func `a constant stays as it is from the first value on`() {
        #expect(Smoothing.exponential(Array(repeating: 7, count: 50), weight: 0.99).allSatisfy { abs($0 - 7) < 1e-12 })
    }

    @Test func `what is not a number stays so and does not disturb the rest`() {
        let smoothed = Smoothing.exponential([4, .nan, 8, .infinity], weight: 0.5)
        #expect(smoothed[1].isNaN)
        #expect(abs(smoothed[2] - 20 / 3) < 1e-12)
        #expect(smoothed[3] == .infinity)
    }

    @Test func `a half-life along x does not depend on how densely a curve was sampled`() {
        let coarse = stride(from: 0.0, through: 100, by: 1).map { $0 }
        let fine = stride(from: 0.0, through: 100, by: 0.25).map { $0 }
        let ramp: ([Double]) -> Curve = { x in Curve(x: x, y: x.map { 2 * $0 }) }
        let last = [coarse, fine].map { Smoothing.exponential(ramp($0), halfLife: 10).y.last ?? .nan }
        // A ramp lags by its slope times the mean age: 10 / ln 2 plus at most one sampling distance.
        #expect(abs(last[0] - last[1]) < 2)
        #expect(abs(last[1] - (200 - 2 * 10 / 0.693_147)) < 1)
    }
}
