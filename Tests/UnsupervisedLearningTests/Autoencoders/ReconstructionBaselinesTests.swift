import Datasets
import LinearAlgebra
import Testing
import UnsupervisedLearning

struct ReconstructionBaselinesTests {
    /// Rows on a line: one component reproduces them, their mean does not.
    @Test func `rows on a line have one component and nothing else`() throws {
        let rows = Matrix<Float>(rows: 4, columns: 2, [0, 0, 1, 2, 2, 4, 3, 6])
        let baselines = ReconstructionBaselines(training: rows, test: rows, codeSize: 1)
        // Deviations from the mean (1.5, 3): ±1.5, ±0.5 and ±3, ±1: squares 5 and 20 over 8 elements.
        #expect(abs(baselines.meanError - 25.0 / 8) < 1e-6)
        #expect(try #require(baselines.principalComponentsError) < 1e-6)
        #expect(baselines.rowCount == 4)
    }

    @Test func `the mean is the training rows' and not the test rows'`() {
        let baselines = ReconstructionBaselines(
            training: Matrix<Float>(rows: 2, columns: 1, [0, 2]), test: Matrix<Float>(rows: 1, columns: 1, [4]),
            codeSize: 1)
        #expect(baselines.meanError == 9)
    }

    /// Σ of the first three eigenvalues of the digits' covariance by scikit-learn, 484.51; of all columns, 1202.15.
    @Test func `components of the digits lose what scikit-learn's variances leave`() throws {
        let rows = try Dataset.named("digits").training.features.floats()
        let baselines = ReconstructionBaselines(training: rows, test: rows, codeSize: 3)
        let kept = 179.006930097972 + 163.717746881677 + 141.788439092284
        let total = 179.006930097972 / 0.148905935841
        let scale = Double(rows.rowCount - 1) / Double(rows.count)
        #expect(abs(baselines.meanError - total * scale) < 1e-4)
        #expect(abs(try #require(baselines.principalComponentsError) - (total - kept) * scale) < 1e-3)
    }
}
