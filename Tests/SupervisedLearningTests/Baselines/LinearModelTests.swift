import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

struct LinearModelTests {
    private func random() -> RandomStream { RandomStream(seed: 1, purpose: "baselines") }

    @Test func `the probabilities of iris are those of scikit-learn's logistic regression`() throws {
        let iris = try ScikitLearn.load().iris
        var random = random()
        let model = LinearModel(
            features: Matrix(rows: 90, columns: 4, iris.training), targets: .classes(iris.labels, count: 3),
            using: &random)
        let predictions = model.predictions(for: Matrix(rows: iris.test.count / 4, columns: 4, iris.test))
        #expect(predictions.count == iris.logistic.count)
        let worst = zip(predictions.array, iris.logistic).map { abs(Double($0) - $1) }.max()
        #expect(isNear(worst, 0, within: 2e-4))
    }

    @Test func `the values of diabetes are those of scikit-learn's ridge regression`() throws {
        let diabetes = try ScikitLearn.load().diabetes
        var random = random()
        let features = Matrix(rows: 80, columns: 10, diabetes.training)
        let targets = Matrix(rows: 80, columns: 1, diabetes.values)
        let model = LinearModel(features: features, targets: .values(targets), penalty: 4, using: &random)
        let test = Matrix(rows: diabetes.test.count / 10, columns: 10, diabetes.test)
        let worst = zip(model.predictions(for: test).array, diabetes.ridge).map { abs(Double($0) - $1) }.max()
        // Of values of 25 … 346.
        #expect(isNear(worst, 0, within: 2e-3))
    }

    @Test func `with fewer rows than columns it is the same, by the smaller system`() throws {
        let diabetes = try ScikitLearn.load().diabetes
        var random = random()
        let model = LinearModel(
            features: Matrix(rows: 80, columns: 10, diabetes.training).rows(0..<8),
            targets: .values(Matrix(rows: 80, columns: 1, diabetes.values).rows(0..<8)), penalty: 2, using: &random)
        let test = Matrix(rows: diabetes.test.count / 10, columns: 10, diabetes.test)
        let worst = zip(model.predictions(for: test).array, diabetes.wideRidge).map { abs(Double($0) - $1) }.max()
        #expect(isNear(worst, 0, within: 2e-3))
    }

    @Test func `a plane without noise is found, with the smallest penalty, whatever the units`() {
        var random = random()
        let features = Matrix<Float>(
            rows: 60, columns: 2,
            (0..<60).flatMap { row -> [Float] in
                let square = row * row % 11
                return [Float(row % 7) * 1_000, Float(square) / 100]
            })
        let values = (0..<60).map { row -> Float in
            let slope = features[row, 0] / 500
            return 3 + slope - 200 * features[row, 1]
        }
        let targets = Matrix(rows: 60, columns: 2, values.flatMap { [$0, -$0] })
        let model = LinearModel(features: features, targets: .values(targets), using: &random)
        #expect(isNear(model.penalty, 60e-4))
        let predictions = model.predictions(for: features)
        for row in 0..<60 {
            #expect(abs(predictions[row, 0] - values[row]) < 0.01)
            #expect(abs(predictions[row, 1] + values[row]) < 0.01)
        }
    }

    @Test func `columns of nothing but noise are shrunk away`() {
        var random = random()
        let features = Matrix<Float>(rows: 80, columns: 40, (0..<3_200).map { _ in Float(random.normal()) })
        let targets = Matrix<Float>(rows: 80, columns: 1, (0..<80).map { _ in Float(random.normal()) })
        let model = LinearModel(features: features, targets: .values(targets), using: &random)
        #expect(model.penalty >= 80)
    }

    @Test func `constant and doubled columns, and a class without rows, do no harm`() throws {
        var random = random()
        let features = Matrix<Float>(rows: 6, columns: 3, (0..<6).flatMap { [Float($0), Float($0), 4] })
        let classes = LinearModel(
            features: features, targets: .classes([0, 0, 0, 2, 2, 2], count: 3), using: &random)
        let probabilities = classes.predictions(for: features)
        let scores = try ClassificationScores(probabilities: probabilities, labels: [0, 0, 0, 2, 2, 2])
        #expect(scores.accuracy == 1)
        let values = LinearModel(
            features: features, targets: .values(Matrix(rows: 6, columns: 1, repeating: 2)), using: &random)
        #expect(values.predictions(for: features).array.allSatisfy { $0 == 2 })
    }
}
