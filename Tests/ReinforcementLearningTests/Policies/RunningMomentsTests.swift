import Randomness
import ReinforcementLearning
import Testing

/// Mean and variance of `values` together with 10⁻⁴ rows of mean 0 and variance 1, in two passes.
func directMoments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let count = Double(values.count) + 1e-4
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(1e-4 * (1 + mean * mean)) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / count)
}

@Suite struct `Running moments` {
    @Test func `of batches are the moments of all rows at once`() {
        var random = RandomStream(seed: 1, purpose: "test")
        let values = (0..<400).map { index in Float(random.normal()) * (index % 2 == 0 ? 3 : 0.01) + 50 }
        var moments = RunningMoments(columns: 2)
        for rows in [0..<1, 1..<8, 8..<8, 8..<150, 150..<200] { moments.merge(values, rows: rows) }
        for column in 0..<2 {
            let direct = directMoments(stride(from: column, to: 400, by: 2).map { Double(values[$0]) })
            #expect(abs(moments.mean[column] - direct.mean) < 1e-10)
            #expect(abs(moments.variance[column] / direct.variance - 1) < 1e-9)
        }
        #expect(abs(moments.count - 200.0001) < 1e-9)
    }
}
