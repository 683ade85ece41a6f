import Randomness
import Testing

@Suite struct `Gamma and beta numbers` {
    private func moments(_ n: Int, _ draw: () -> Double) -> (
        mean: Double, variance: Double, least: Double, most: Double
    ) {
        let values = (0..<n).map { _ in draw() }
        let mean = values.reduce(0, +) / Double(n)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
        return (mean, variance, values.min() ?? 0, values.max() ?? 0)
    }

    /// Mean and variance are the shape k; the mean's deviation is √(k / n), the variance's √((2 k² + 6 k) / n).
    @Test(arguments: [0.1, 0.4, 1, 1.5, 7, 200])
    func `gamma numbers have the moments of their shape`(_ shape: Double) {
        var stream = RandomStream(seed: 21, purpose: "test")
        let n = 100_000
        let found = moments(n) { stream.gamma(shape: shape) }
        #expect(abs(found.mean - shape) < 5 * (shape / Double(n)).squareRoot())
        #expect(abs(found.variance - shape) < 5 * ((2 * shape * shape + 6 * shape) / Double(n)).squareRoot())
        #expect(found.least >= 0 && found.most.isFinite)
    }

    @Test func `gamma numbers of shape 1 are exponential`() {
        var stream = RandomStream(seed: 22, purpose: "test")
        let n = 50_000
        let values = (0..<n).map { _ in stream.gamma(shape: 1) }
        // P(x > ln 2) = ½, P(x > ln 10) = 1/10.
        for (bound, share) in [(0.6931471805599453, 0.5), (2.302585092994046, 0.1)] {
            let count = Double(values.count { $0 > bound })
            #expect(abs(count - share * Double(n)) < 5 * (share * (1 - share) * Double(n)).squareRoot())
        }
    }

    @Test(arguments: [(0.2, 0.2), (0.4, 0.4), (1, 1), (2, 5)] as [(Double, Double)])
    func `beta numbers have their moments and lie from 0 to 1`(_ a: Double, _ b: Double) {
        var stream = RandomStream(seed: 23, purpose: "test")
        let n = 100_000
        let found = moments(n) { stream.beta(a, b) }
        let variance = a * b / ((a + b) * (a + b) * (a + b + 1))
        #expect(abs(found.mean - a / (a + b)) < 5 * (variance / Double(n)).squareRoot())
        // No fourth moment exceeds the second within 0…1.
        #expect(abs(found.variance - variance) < 5 * (variance / Double(n)).squareRoot())
        #expect(found.least >= 0 && found.most <= 1)
    }

    @Test func `the smallest shapes give either end, never a number that is none`() {
        var stream = RandomStream(seed: 24, purpose: "test")
        let values = (0..<2_000).map { _ in stream.beta(1e-300, 1e-300) }
        #expect(values.allSatisfy { $0 == 0 || $0 == 1 })
        #expect(abs(values.count { $0 == 1 } - 1_000) < 5 * 23)
    }
}
