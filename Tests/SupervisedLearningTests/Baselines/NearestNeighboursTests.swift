import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

struct NearestNeighboursTests {
    private func random() -> RandomStream { RandomStream(seed: 1, purpose: "baselines") }

    @Test func `the classes of iris are those that scikit-learn's neighbours give`() throws {
        let iris = try ScikitLearn.load().iris
        var random = random()
        let model = NearestNeighbours(
            features: Matrix(rows: 90, columns: 4, iris.training), targets: .classes(iris.labels, count: 3),
            using: &random)
        let predictions = model.predictions(for: Matrix(rows: iris.test.count / 4, columns: 4, iris.test))
        #expect(predictions.count == iris.nearest.count)
        for (prediction, expected) in zip(predictions.array, iris.nearest) {
            #expect(isNear(Double(prediction), expected, within: 1e-6))
        }
        _ = try ClassificationScores(
            probabilities: predictions, labels: [Int32](repeating: 0, count: predictions.rowCount))
    }

    @Test func `the values of diabetes are those that scikit-learn's neighbours give`() throws {
        let diabetes = try ScikitLearn.load().diabetes
        var random = random()
        let model = NearestNeighbours(
            features: Matrix(rows: 80, columns: 10, diabetes.training),
            targets: .values(Matrix(rows: 80, columns: 1, diabetes.values)), using: &random)
        let predictions = model.predictions(for: Matrix(rows: diabetes.test.count / 10, columns: 10, diabetes.test))
        for (prediction, expected) in zip(predictions.array, diabetes.nearest) {
            #expect(isNear(Double(prediction), expected, within: 1e-4))
        }
    }

    @Test func `a row is its own nearest neighbour, and of equally near ones the first counts`() {
        var random = random()
        let features = Matrix<Float>(rows: 4, columns: 1, [0, 2, 2, 7])
        let one = NearestNeighbours(
            features: features, targets: .classes([0, 1, 2, 0], count: 3), count: 1, using: &random)
        #expect(one.predictions(for: features).array == [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0])
    }

    @Test func `with fewer rows than neighbours all are asked, and of many rows a part`() {
        var random = random()
        let features = Matrix<Float>(rows: 4, columns: 1, [0, 1, 2, 3])
        let targets = Targets.values(Matrix(rows: 4, columns: 1, [1, 2, 3, 6]))
        let all = NearestNeighbours(features: features, targets: targets, count: 9, using: &random)
        #expect(all.predictions(for: Matrix(rows: 1, columns: 1, [5])).array == [3])
        let part = NearestNeighbours(features: features, targets: targets, count: 9, rowLimit: 2, using: &random)
        #expect(part.count == 2)
    }
}
