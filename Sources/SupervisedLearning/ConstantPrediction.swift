internal import Glibc
public import LinearAlgebra

/// The best that can be predicted without a look at the features: the most frequent class, or the mean of the values.
/// What a network is worth is how much better it does.
public struct ConstantPrediction: Predictor, Equatable {
    /// What is predicted of every row.
    public enum Answer: Sendable, Equatable {
        case label(Int32)
        /// One value for each output.
        case values([Double])
    }

    public let answer: Answer
    /// The share of each class among the training rows; empty for values.
    private let shares: [Double]
    /// The variance of each value among the training rows; empty for classes.
    private let variances: [Double]

    /// - Precondition: there are training rows.
    public init(training: Targets) {
        precondition(training.rowCount > 0, "nothing to predict from")
        switch training {
        case .classes(let labels, let count):
            var counts = [Int](repeating: 0, count: count)
            for label in labels { counts[Int(label)] += 1 }
            // Of equally frequent classes it is the first.
            let most = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
            answer = .label(Int32(most))
            shares = counts.map { Double($0) / Double(labels.count) }
            variances = []
        case .values(let matrix):
            let moments = (0..<matrix.columnCount).map { column in
                let values = (0..<matrix.rowCount).map { Double(matrix[$0, column]) }
                let mean = values.reduce(0, +) / Double(values.count)
                return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
            }
            answer = .values(moments.map(\.0))
            shares = []
            variances = moments.map(\.1)
        }
    }

    /// The shares of the classes among the training rows, or the means of the values, for every row: `[n, outputs]`.
    public func predictions(for features: Matrix<Float>) -> Matrix<Float> {
        var row = shares.map { Float($0) }
        if case .values(let means) = answer { row = means.map { Float($0) } }
        return Matrix(
            rows: features.rowCount, columns: row.count, repeatElement(row, count: features.rowCount).flatMap(\.self))
    }

    /// A mean squared error over the mean of the values' variances; of classes, the error itself.
    public func relativeLoss(meanSquaredError error: Double) -> Double {
        let variance = variances.reduce(0, +) / Double(max(variances.count, 1))
        return variance > 0 ? error / variance : error
    }

    /// The share of the test rows whose class is the most frequent one of the training rows; nil for values.
    public func accuracy(on test: Targets) -> Double? {
        guard case .label(let label) = answer, case .classes(let labels, _) = test, !labels.isEmpty else { return nil }
        return Double(labels.count { $0 == label }) / Double(labels.count)
    }

    /// In the units of `FittedNetwork.Evaluation.loss`: the cross entropy of the training rows' class shares in nats,
    /// infinite where a class was never seen; or the mean squared error over the variance of the training values.
    public func loss(on test: Targets) -> Double {
        switch (answer, test) {
        case (.label, .classes(let labels, _)):
            return labels.reduce(0) { $0 - log(shares[Int($1)]) } / Double(labels.count)
        case (.values(let means), .values(let matrix)):
            var sum = 0.0
            for row in 0..<matrix.rowCount {
                for column in means.indices {
                    let error = Double(matrix[row, column]) - means[column]
                    sum += error * error / (variances[column] > 0 ? variances[column] : 1)
                }
            }
            return sum / Double(matrix.rowCount * means.count)
        default: preconditionFailure("the targets of the test are of another kind than those of the training")
        }
    }
}
