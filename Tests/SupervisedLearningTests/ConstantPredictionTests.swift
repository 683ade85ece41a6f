import Foundation
import LinearAlgebra
import SupervisedLearning
import Testing

struct ConstantPredictionTests {
    @Test func `the most frequent class of the training rows is right for its share of the test rows`() {
        let constant = ConstantPrediction(training: .classes([0, 2, 2, 1], count: 3))
        let test = Targets.classes([2, 2, 2, 0], count: 3)
        #expect(constant.answer == .label(2))
        #expect(constant.accuracy(on: test) == 0.75)
        // Probabilities ¼, ¼, ½: three times ln 2 and once ln 4.
        #expect(abs(constant.loss(on: test) - 5 * log(2) / 4) < 1e-12)
    }

    @Test func `it predicts as a network does: shares of the classes, or the means`() {
        let rows = Matrix<Float>(rows: 2, columns: 3, repeating: 0)
        let classes = ConstantPrediction(training: .classes([0, 2, 2, 2], count: 3))
        #expect(classes.predictions(for: rows).array == [0.25, 0, 0.75, 0.25, 0, 0.75])
        let values = ConstantPrediction(training: .values(Matrix(rows: 2, columns: 2, [1, 4, 3, 8])))
        #expect(values.predictions(for: rows).array == [2, 6, 2, 6])
    }

    @Test func `of equally frequent classes it is the first`() {
        #expect(ConstantPrediction(training: .classes([1, 0, 1, 0], count: 2)).answer == .label(0))
    }

    @Test func `the mean of the training values loses their variance, and more where the test has another mean`() {
        let training = Targets.values(Matrix(rows: 2, columns: 1, [1, 3]))
        let constant = ConstantPrediction(training: training)
        #expect(constant.answer == .values([2]))
        #expect(constant.accuracy(on: training) == nil)
        #expect(constant.loss(on: training) == 1)
        #expect(constant.loss(on: .values(Matrix(rows: 1, columns: 1, [4]))) == 4)
    }

    @Test func `a class that was never seen is a loss without end`() {
        let constant = ConstantPrediction(training: .classes([0, 0], count: 2))
        #expect(constant.loss(on: .classes([1], count: 2)) == .infinity)
    }
}

struct WilsonIntervalTests {
    /// Roots of (p − k/n)² = z² p (1 − p) / n, found by bisection in another program.
    @Test(
        arguments: [
            (8, 10, 0.4901624715366417, 0.9433178485456248), (876, 1000, 0.8541222509908473, 0.8950000266280154),
            (0, 10, 0.0, 0.2775327998628892), (10, 10, 1 - 0.2775327998628892, 1.0),
        ] as [(Int, Int, Double, Double)])
    func `bounds solve the score equation`(count: Int, total: Int, lower: Double, upper: Double) {
        let interval = WilsonInterval(count: count, of: total)
        #expect(abs(interval.lower - lower) < 1e-12 && abs(interval.upper - upper) < 1e-12)
    }
}
