public import LinearAlgebra
public import Randomness

/// The best plane through standardised features: ridge regression of values, multinomial logistic regression of
/// classes.
public struct LinearModel: Predictor {
    private let scale: Standardization
    /// `[d, outputs]`, for standardised features.
    private let weights: Matrix<Float>
    /// `[outputs]`
    private let intercepts: [Float]
    private let isClassifier: Bool
    /// The λ that it was fitted with: of values on Σ squared errors, of classes on Σ −log p with ½ ‖W‖².
    public let penalty: Double

    /// With more training rows than this a random part of them is taken.
    public static func rowLimit(columns: Int, isClassifier: Bool) -> Int {
        // Ridge regression solves a system of min(n, d) equations; 1,000 take a tenth of a second. Logistic regression
        // reads all numbers some two hundred times.
        isClassifier ? min(20_000, max(1_000, 8_000_000 / max(columns, 1))) : columns <= 1_000 ? 10_000 : 1_000
    }

    /// - Parameters:
    ///   - features: `[n, d]`, finite.
    ///   - penalty: λ. By default 1 for classes; for values that of n · 10⁻⁴ … n · 10 which does best on a random fifth
    ///     of the rows, having been fitted to the others.
    /// - Precondition: there is a target for each row, and there are rows.
    public init(features: Matrix<Float>, targets: Targets, penalty: Double? = nil, using random: inout RandomStream) {
        precondition(
            features.rowCount == targets.rowCount && features.rowCount > 0,
            "\(features.rowCount) rows of features, \(targets.rowCount) targets")
        precondition(penalty.map { $0 > 0 } ?? true, "a penalty of \(penalty ?? 0), which is not above 0")
        var isClassifier = false
        if case .classes = targets { isClassifier = true }
        self.isClassifier = isClassifier
        let limit = Self.rowLimit(columns: features.columnCount, isClassifier: isClassifier)
        let rows = BaselineRows.sample(of: features.rowCount, limit: limit, using: &random)
        scale = Standardization(of: features, rows: rows)
        let standardized = scale(features.rows(rows.lazy.map { Int($0) }))
        switch targets.rows(rows) {
        case .classes(let labels, let classes):
            self.penalty = penalty ?? 1
            let model = LogisticRegression(standardized, labels: labels, classes: classes, penalty: self.penalty)
            (weights, intercepts) = (model.weights, model.intercepts)
        case .values(let values):
            let all = Array(0..<Int32(rows.count))
            let valueScale = Standardization(of: values, rows: all)
            let centered = valueScale(values)
            self.penalty = penalty ?? Self.chosenPenalty(standardized, centered, using: &random)
            var fitted =
                RidgeRegression(standardized, centered).weights(penalty: self.penalty)
                ?? Matrix(rows: features.columnCount, columns: values.columnCount, repeating: 0)
            for row in 0..<fitted.rowCount {
                for column in 0..<fitted.columnCount { fitted[row, column] *= valueScale.deviations[column] }
            }
            (weights, intercepts) = (fitted, valueScale.means)
        }
    }

    private static func chosenPenalty(
        _ features: Matrix<Float>, _ targets: Matrix<Float>, using random: inout RandomStream
    ) -> Double {
        let n = features.rowCount
        guard let split = try? Split(.random(count: n), testFraction: 0.2, using: &random), n >= 10 else {
            return 0.1 * Double(n)
        }
        func part(_ matrix: Matrix<Float>, _ rows: [Int32]) -> Matrix<Float> { matrix.rows(rows.lazy.map { Int($0) }) }
        let (trainingRows, testRows) = (part(features, split.training), part(features, split.test))
        let expected = part(targets, split.test)
        // The means of the part are near those of all rows, 0.
        let regression = RidgeRegression(trainingRows, part(targets, split.training))
        var best = (error: Double.infinity, penalty: 0.1)
        for penalty in [10, 1, 0.1, 0.01, 1e-3, 1e-4] {
            guard let weights = regression.weights(penalty: penalty * Double(split.training.count)) else { continue }
            let predicted = testRows.multiply(weights)
            var error = 0.0
            for (prediction, value) in zip(predicted.array, expected.array) {
                error += Double((prediction - value) * (prediction - value))
            }
            if error < best.error { best = (error, penalty) }
        }
        return best.penalty * Double(n)
    }

    public func predictions(for features: Matrix<Float>) -> Matrix<Float> {
        var outputs = scale(features).multiply(weights)
        let columns = intercepts.count
        outputs.withMutableSpan { outputs in
            var row = [Double](repeating: 0, count: columns)
            for index in 0..<features.rowCount {
                for column in 0..<columns {
                    row[column] = Double(outputs[index * columns + column]) + Double(intercepts[column])
                }
                if isClassifier { _ = LogisticRegression.softmax(&row) }
                for column in 0..<columns { outputs[index * columns + column] = Float(row[column]) }
            }
        }
        return outputs
    }
}
