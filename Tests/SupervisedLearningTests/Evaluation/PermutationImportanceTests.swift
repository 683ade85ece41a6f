import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

@Suite struct PermutationImportanceTests {
    @Test func `a column that is not used loses nothing, and a used one twice its share of the variance`() {
        var random = RandomStream(seed: 4, purpose: "rows")
        let n = 4000
        let rows = Matrix<Float>(rows: n, columns: 3, (0..<3 * n).map { _ in Float(random.normal()) })
        let weights: [Double] = [2, 1, 0]
        let values = (0..<n).map { row in (0..<3).reduce(0) { $0 + weights[$1] * Double(rows[row, $1]) } }
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(n)
        // R² of a model that is right: 1 − E(y − f(x))² / Var y. Of y = Σ wᵢxᵢ with independent columns of variance 1,
        // shuffling column i leaves an error of 2wᵢ².
        let importance = PermutationImportance(of: rows, repeats: 3, using: &random) { rows in
            let errors = (0..<n).map { row in
                values[row] - (0..<3).reduce(0) { $0 + weights[$1] * Double(rows[row, $1]) }
            }
            return 1 - errors.reduce(0) { $0 + $1 * $1 } / Double(n) / variance
        }
        #expect(abs(importance.score - 1) < 1e-9)
        #expect(importance.losses.allSatisfy { $0.count == 3 })
        #expect(zip(importance.means, [8.0 / 5, 2.0 / 5, 0]).allSatisfy { abs($0 - $1) < 0.08 }, "\(importance.means)")
        #expect(abs(importance.means[2]) < 1e-9)
    }
}
