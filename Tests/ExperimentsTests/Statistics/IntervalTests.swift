import Fledge
import Testing

struct IntervalTests {
    @Test func `values that do not differ have an interval without width`() {
        let interval = Interval.bootstrapped(meanOf: [500, 500, 500])
        #expect(interval.lower == 500 && interval.upper == 500)
    }

    /// The mean of n values has the standard error σ/√n: for 0 … 99, 28.87/10 = 2.887, so that the bounds are about
    /// 49.5 ± 1.96 · 2.887.
    @Test func `of many values it is what the central limit theorem says`() {
        let interval = Interval.bootstrapped(meanOf: (0..<100).map { Double($0) })
        #expect(abs(interval.lower - (49.5 - 5.66)) < 0.6)
        #expect(abs(interval.upper - (49.5 + 5.66)) < 0.6)
    }

    @Test func `one failed seed of ten does not reach the interquartile mean`() {
        let values = [0] + [Double](repeating: 500, count: 9)
        #expect(Interval.bootstrapped(interquartileMeanOf: values).upper == 500)
        #expect(Interval.bootstrapped(meanOf: values).upper < 500.1)
        #expect(Interval.bootstrapped(meanOf: values).lower < Interval.bootstrapped(interquartileMeanOf: values).lower)
    }

    @Test func `equal values have an equal interval`() {
        let values = [1.0, 4, 9, 16, 25]
        #expect(Interval.bootstrapped(meanOf: values) == Interval.bootstrapped(meanOf: values))
    }
}
