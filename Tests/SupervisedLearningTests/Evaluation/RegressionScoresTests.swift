import LinearAlgebra
import SupervisedLearning
import Testing

struct RegressionScoresTests {
    @Test func `every metric is that of scikit-learn`() throws {
        for golden in try ScikitLearn.load().regression {
            let rows = golden.targets.count / golden.outputs
            let scores = try RegressionScores(
                predictions: Matrix(rows: rows, columns: golden.outputs, golden.predictions),
                targets: Matrix(rows: rows, columns: golden.outputs, golden.targets))
            #expect(scores.metrics.count == golden.metrics.count)
            for metric in scores.metrics {
                let (value, expected) = (metric.value ?? .nan, golden.metrics[metric.name] ?? .nan)
                #expect(abs(value - expected) < 1e-9 * max(1, abs(expected)), "\(golden.name): \(metric.name)")
            }
        }
    }

    @Test func `nothing can be explained of a constant target`() throws {
        let scores = try RegressionScores(predictions: [1, 2], targets: [3, 3])
        #expect(scores.r2 == nil)
        #expect(scores.explainedVariance == nil)
        #expect(scores.meanAbsoluteError == 1.5)
    }

    @Test func `an error is no share of a target of zero`() throws {
        #expect(try RegressionScores(predictions: [1, 2], targets: [0, 4]).meanAbsolutePercentageError == nil)
        #expect(try RegressionScores(predictions: [1, 2], targets: [2, 4]).meanAbsolutePercentageError == 0.5)
    }

    @Test func `without rows nothing is defined`() throws {
        #expect(try RegressionScores(predictions: [], targets: []).metrics.allSatisfy { $0.value == nil })
    }

    @Test func `a prediction that is not finite is refused by row and output`() {
        let error = #expect(throws: SamplesError.self) {
            try RegressionScores(predictions: [1, .infinity], targets: [1, 2])
        }
        #expect(error?.problem.contains("output 0 for row 1 is inf") == true)
    }

    @Test func `the worst rows have the largest squared errors`() throws {
        #expect(try RegressionScores(predictions: [1, 5, -9, 4], targets: [1, 2, 3, 1]).worstRows(3) == [2, 1, 3])
    }
}
