import LinearAlgebra
import SupervisedLearning
import Testing

struct ClassificationScoresTests {
    private static let names = [
        "accuracy", "balancedAccuracy", "f1Macro", "f1Micro", "f1Weighted", "precisionMacro", "recallMacro", "rocAUC",
        "averagePrecision", "logLoss", "brier", "matthewsCorrelation", "cohenKappa", "precision", "recall", "f1",
    ]

    @Test func `every metric is that of scikit-learn, and nil where that has none`() throws {
        for golden in try ScikitLearn.load().classification {
            let scores = try ClassificationScores(
                probabilities: Matrix(rows: golden.labels.count, columns: golden.classes, golden.probabilities),
                labels: golden.labels)
            for name in Self.names {
                let (value, expected) = (scores.value(of: name), golden.metrics[name])
                guard let value, let expected else {
                    #expect(value == nil && expected == nil, "\(golden.name): \(name)")
                    continue
                }
                #expect(abs(value - expected) < 2e-6, "\(golden.name): \(name) is \(value), not \(expected)")
            }
            if let expected = golden.top2Accuracy {
                #expect(isNear(scores.topAccuracy(2), expected), "\(golden.name)")
            }
            #expect(scores.metrics.allSatisfy { $0.value?.isFinite ?? true })
        }
    }

    @Test func `without rows nothing is defined, and nothing is NaN`() throws {
        let scores = try ClassificationScores(probabilities: Matrix(rows: 0, columns: 3, repeating: 0), labels: [])
        #expect(scores.metrics.allSatisfy { $0.value == nil })
        #expect(scores.metrics.contains { $0.name == "accuracy" })
    }

    @Test func `a model that knows one class has no correlation, and no precision of the other`() throws {
        let scores = try ClassificationScores(
            probabilities: Matrix(rows: 3, columns: 2, [0.9, 0.1, 0.8, 0.2, 0.7, 0.3]), labels: [0, 1, 0])
        #expect(scores.matthewsCorrelation == nil)
        #expect(scores.precision(1) == nil)
        #expect(scores.recall(1) == 0)
        #expect(scores.f1(1) == 0)
    }

    @Test func `of equally likely classes the first is predicted, and comes first among the likeliest`() throws {
        let scores = try ClassificationScores(
            probabilities: Matrix(rows: 2, columns: 4, repeating: 0.25), labels: [0, 2])
        #expect(scores.predictions == [0, 0])
        #expect(scores.topAccuracy(1) == scores.accuracy)
        #expect(scores.topAccuracy(2) == 0.5)
        #expect(scores.topAccuracy(3) == 1)
    }

    @Test func `a certain and wrong prediction costs no more than the clipped loss`() throws {
        let scores = try ClassificationScores(probabilities: Matrix(rows: 1, columns: 2, [1, 0]), labels: [1])
        #expect(isNear(scores.logLoss, 15.942_385, within: 1e-5))
        #expect(scores.brier == 1)
    }

    @Test func `the worst rows are those whose class was the least likely`() throws {
        let scores = try ClassificationScores(
            probabilities: Matrix(rows: 4, columns: 2, [0.5, 0.5, 0.1, 0.9, 0.9, 0.1, 0.5, 0.5]),
            labels: [0, 0, 0, 1])
        #expect(scores.worstRows(3) == [1, 0, 3])
        #expect(scores.worstRows(9).count == 4)
    }

    @Test func `the scores of some rows are those of a matrix of these rows`() throws {
        let probabilities = Matrix<Float>(rows: 3, columns: 2, [0.6, 0.4, 0.3, 0.7, 0.8, 0.2])
        let scores = try ClassificationScores(probabilities: probabilities, labels: [0, 0, 1])
        let some = scores.rows([2, 0, 0])
        let same = try ClassificationScores(probabilities: probabilities.rows([2, 0, 0]), labels: [1, 0, 0])
        #expect(some.metrics == same.metrics)
    }

    @Test func `probabilities of a diverged network are refused by row and class`() {
        let error = #expect(throws: SamplesError.self) {
            try ClassificationScores(
                probabilities: Matrix(rows: 2, columns: 2, [0.5, 0.5, 0.1, .nan]), labels: [0, 1])
        }
        #expect(error?.problem.contains("class 1 for row 1 is nan") == true)
    }
}
