import Randomness
import Testing

/// Every bound below is five standard deviations of what it bounds, exceeded by chance once in 1.7 million; with a
/// fixed seed a test that passes goes on passing.
@Suite struct `A random stream's distributions` {
    /// Pearson's Σ (observed − expected)² / expected, which has mean f and variance 2f at f degrees of freedom.
    func chiSquare(_ observed: [Int], expected: [Double]) -> Double {
        zip(observed, expected).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) / $1.1 }
    }

    func chiSquareBound(degreesOfFreedom: Int) -> Double {
        Double(degreesOfFreedom) + 5 * Double(2 * degreesOfFreedom).squareRoot()
    }

    @Test func `uniform numbers fill [0, 1) evenly`() {
        var stream = RandomStream(seed: 11, purpose: "test")
        var counts = [Int](repeating: 0, count: 64)
        var counts32 = counts
        let n = 64_000
        for _ in 0..<n {
            counts[Int(stream.uniform() * 64)] += 1
            counts32[Int(stream.uniformFloat() * 64)] += 1
        }
        let expected = [Double](repeating: Double(n) / 64, count: 64)
        #expect(chiSquare(counts, expected: expected) < chiSquareBound(degreesOfFreedom: 63))
        #expect(chiSquare(counts32, expected: expected) < chiSquareBound(degreesOfFreedom: 63))
    }

    @Test func `a uniform number in a range is lower bound plus width times the uniform number`() {
        var stream = RandomStream(seed: 12, purpose: "test")
        var same = stream
        let u = same.uniform()
        #expect(stream.uniform(in: -0.05...0.05) == -0.05 + (0.05 - -0.05) * u)
        #expect(stream.position == 2)
    }

    @Test func `normal numbers have the moments of the normal distribution`() {
        var stream = RandomStream(seed: 13, purpose: "test")
        let n = 100_000
        var moments = [0.0, 0, 0, 0]
        for _ in 0..<n {
            let x = stream.normal()
            moments[0] += x
            moments[1] += x * x
            moments[2] += x * x * x
            moments[3] += x * x * x * x
        }
        // The variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
        let deviation = 5 / Double(n).squareRoot()
        #expect(abs(moments[0] / Double(n)) < deviation)
        #expect(abs(moments[1] / Double(n) - 1) < deviation * 2.0.squareRoot())
        #expect(abs(moments[2] / Double(n)) < deviation * 15.0.squareRoot())
        #expect(abs(moments[3] / Double(n) - 3) < deviation * 96.0.squareRoot())
    }

    @Test func `every normal number draws four words`() {
        var stream = RandomStream(seed: 14, purpose: "test")
        for count in 1...100 {
            _ = stream.normal()
            #expect(stream.position == UInt64(4 * count))
        }
    }

    @Test func `every index below the bound is equally likely`() {
        var stream = RandomStream(seed: 15, purpose: "test")
        for bound in [1, 2, 7, 100] {
            var counts = [Int](repeating: 0, count: bound)
            for _ in 0..<(1000 * bound) { counts[stream.index(below: bound)] += 1 }
            let expected = [Double](repeating: 1000, count: bound)
            #expect(chiSquare(counts, expected: expected) <= chiSquareBound(degreesOfFreedom: bound - 1))
        }
    }

    /// A multiplication without rejection would draw the indices of one residue of three twice as often: of
    /// 3 · 2³⁰ indices, the 2³² words reach one in three by two words.
    @Test func `rejection removes the bias of a large bound`() {
        var stream = RandomStream(seed: 16, purpose: "test")
        var counts = [0, 0, 0]
        let n = 30_000
        for _ in 0..<n { counts[stream.index(below: 3 << 30) % 3] += 1 }
        let expected = [Double](repeating: Double(n) / 3, count: 3)
        #expect(chiSquare(counts, expected: expected) < chiSquareBound(degreesOfFreedom: 2))
        #expect(stream.position > UInt64(n))
    }

    @Test func `an index below a bound of more than 32 bits fills the range`() {
        var stream = RandomStream(seed: 17, purpose: "test")
        var counts = [0, 0, 0, 0]
        for _ in 0..<4000 { counts[stream.index(below: 1 << 40) >> 38] += 1 }
        #expect(chiSquare(counts, expected: [1000, 1000, 1000, 1000]) < chiSquareBound(degreesOfFreedom: 3))
    }

    @Test func `shuffling makes every order equally often`() {
        var stream = RandomStream(seed: 18, purpose: "test")
        var counts: [[Int32]: Int] = [:]
        for _ in 0..<24_000 {
            var order: [Int32] = [0, 1, 2, 3]
            stream.shuffle(&order)
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 24)
        let expected = [Double](repeating: 1000, count: 24)
        #expect(chiSquare(Array(counts.values), expected: expected) < chiSquareBound(degreesOfFreedom: 23))
    }

    @Test func `categorical draws follow the weights and the logits`() {
        var stream = RandomStream(seed: 19, purpose: "test")
        let weights: [Float] = [1, 0, 3, 4, 0]
        // ln of the weights, shifted: softmax does not see the shift.
        let logits: [Float] = [100, -.infinity, 101.098612, 101.386294, -.infinity]
        var byWeight = [0, 0, 0, 0, 0]
        var byLogit = byWeight
        for _ in 0..<8000 {
            byWeight[stream.categorical(weights: weights.span)] += 1
            byLogit[stream.categorical(logits: logits.span)] += 1
        }
        for counts in [byWeight, byLogit] {
            #expect(counts[1] == 0 && counts[4] == 0)
            #expect(
                chiSquare([counts[0], counts[2], counts[3]], expected: [1000, 3000, 4000])
                    < chiSquareBound(degreesOfFreedom: 2))
        }
    }
}
