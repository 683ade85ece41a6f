import Autodiff
import NeuralNetworks
import Randomness
import Testing

@Suite struct InitializerTests {
    @Test(arguments: [[8, 5], [5, 8], [6, 6], [1, 4], [64, 3]])
    func `orthogonal weights are orthogonal and as long as the gain`(_ shape: [Int]) {
        var random = RandomStream(seed: 2, purpose: "weights")
        let gain: Float = 1.5
        let weight = Orthogonal(gain: gain).values(shape: shape, using: &random)
        let (rows, columns) = (shape[0], shape[1])
        // Products of the vectors along the shorter side: the identity times gain².
        let (count, length) = (min(rows, columns), max(rows, columns))
        func element(_ vector: Int, _ place: Int) -> Double {
            Double(rows <= columns ? weight[vector * columns + place] : weight[place * columns + vector])
        }
        for first in 0..<count {
            for second in 0..<count {
                let product = (0..<length).reduce(0.0) { $0 + element(first, $1) * element(second, $1) }
                let expected = first == second ? Double(gain * gain) : 0
                #expect(abs(product - expected) < 1e-5, "vectors \(first) and \(second)")
            }
        }
    }

    static let rules: [(name: String, rule: VarianceScaling, variance: Double, isUniform: Bool)] = [
        ("Glorot uniform", .glorotUniform, 2.0 / 500, true), ("Glorot normal", .glorotNormal, 2.0 / 500, false),
        ("He uniform", .heUniform, 2.0 / 200, true), ("He normal", .heNormal, 2.0 / 200, false),
    ]

    @Test(arguments: rules.indices) func `weights have the variance of their rule`(_ index: Int) {
        let (name, rule, variance, isUniform) = Self.rules[index]
        var random = RandomStream(seed: 3, purpose: "weights")
        // [out, in] = [300, 200]
        let weights = rule.values(shape: [300, 200], using: &random).map { Double($0) }
        let count = Double(weights.count)
        let mean = weights.reduce(0, +) / count
        let measured = weights.reduce(0) { $0 + $1 * $1 } / count
        // The relative standard error of a variance is √((κ − 1)/n): κ = 9/5 for the uniform, 3 for the normal
        // distribution; five of them.
        let error = (((isUniform ? 1.8 : 3) - 1) / count).squareRoot()
        #expect(abs(measured / variance - 1) < 5 * error, "\(name): \(measured), expected \(variance)")
        #expect(abs(mean) < 5 * (variance / count).squareRoot(), "\(name): mean \(mean)")
        let bound = (3 * variance).squareRoot()
        let largest = weights.map { abs($0) }.max() ?? 0
        if isUniform {
            // Of 60,000 even draws one lies within 0.1 % of the bound but for a chance of e⁻⁶⁰.
            #expect(largest <= bound * (1 + 1e-6) && largest > 0.999 * bound, "\(name): \(largest), bound \(bound)")
        } else {
            #expect(largest > bound, "\(name): a normal distribution goes beyond √3 standard deviations")
        }
    }

    @Test func `a seed decides the weights`() {
        func weights(seed: UInt64) -> [Float] {
            var random = RandomStream(seed: seed, purpose: "weights")
            return Orthogonal(gain: 1).values(shape: [4, 4], using: &random)
        }
        #expect(weights(seed: 1) == weights(seed: 1))
        #expect(weights(seed: 1) != weights(seed: 2))
    }
}
