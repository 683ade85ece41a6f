public import LinearAlgebra

/// How good predicted values are. With several outputs, each metric is the mean of those of the outputs.
public struct RegressionScores: Scores {
    /// `[n, outputs]`
    public let predictions: Matrix<Float>
    /// `[n, outputs]`
    public let targets: Matrix<Float>

    public var rowCount: Int { targets.rowCount }
    public var outputCount: Int { targets.columnCount }

    /// - Parameters:
    ///   - predictions: `[n, outputs]`.
    ///   - targets: `[n, outputs]`, finite.
    /// - Precondition: the shapes are equal.
    /// - Throws: `SamplesError` if a prediction is not finite.
    public init(predictions: Matrix<Float>, targets: Matrix<Float>) throws {
        precondition(
            predictions.rowCount == targets.rowCount && predictions.columnCount == targets.columnCount,
            "predictions [\(predictions.rowCount), \(predictions.columnCount)] of targets "
                + "[\(targets.rowCount), \(targets.columnCount)]")
        if let wrong = predictions.withSpan({ values in values.indices.first { !values[$0].isFinite } }) {
            let (row, column) = wrong.quotientAndRemainder(dividingBy: targets.columnCount)
            throw SamplesError(
                problem: "the prediction of output \(column) for row \(row) is \(predictions[row, column]): "
                    + "the model has diverged")
        }
        self.init(checked: predictions, targets: targets)
    }

    private init(checked predictions: Matrix<Float>, targets: Matrix<Float>) {
        self.predictions = predictions
        self.targets = targets
    }

    /// Of one output, `[n]` and `[n]`.
    public init(predictions: [Float], targets: [Float]) throws {
        try self.init(
            predictions: Matrix(rows: predictions.count, columns: 1, predictions),
            targets: Matrix(rows: targets.count, columns: 1, targets))
    }

    public func rows(_ indices: [Int32]) -> RegressionScores {
        RegressionScores(
            checked: predictions.rows(indices.lazy.map { Int($0) }),
            targets: targets.rows(indices.lazy.map { Int($0) }))
    }

    public static func measures(outputs: Int) -> [Measure<RegressionScores>] {
        [
            Measure("r2", higherIsBetter: true, \.r2),
            Measure("rootMeanSquaredError", higherIsBetter: false, \.rootMeanSquaredError),
            Measure("meanAbsoluteError", higherIsBetter: false, \.meanAbsoluteError),
            Measure("medianAbsoluteError", higherIsBetter: false, \.medianAbsoluteError),
            Measure("explainedVariance", higherIsBetter: true, \.explainedVariance),
            Measure("maximumError", higherIsBetter: false, \.maximumError),
            Measure("meanAbsolutePercentageError", higherIsBetter: false, \.meanAbsolutePercentageError),
        ]
    }

    /// The squared error of each row, summed over the outputs.
    public var rowLosses: [Double] {
        (0..<rowCount).map { row in
            (0..<outputCount).reduce(0) { sum, column in
                let error = Double(predictions[row, column]) - Double(targets[row, column])
                return sum + error * error
            }
        }
    }

    /// The mean over the outputs of `value(targets, errors)`, errors being targets − predictions, both `[n]`; nil where
    /// there are no rows or it is not defined for an output.
    private func mean(_ value: ([Double], [Double]) -> Double?) -> Double? {
        guard rowCount > 0, outputCount > 0 else { return nil }
        var sum = 0.0
        for column in 0..<outputCount {
            let values = (0..<rowCount).map { Double(targets[$0, column]) }
            let errors = (0..<rowCount).map { values[$0] - Double(predictions[$0, column]) }
            guard let one = value(values, errors) else { return nil }
            sum += one
        }
        return sum / Double(outputCount)
    }

    /// The coefficient of determination, 1 − Σ (y − ŷ)² / Σ (y − ȳ)²: 0 for the mean of these rows, below for worse.
    /// Nil where the targets are all the same.
    public var r2: Double? {
        mean { values, errors in
            let spread = Self.variance(values)
            return spread > 0 ? 1 - Self.meanSquare(errors) / spread : nil
        }
    }

    /// 1 − Var(y − ŷ) / Var(y): as R², but forgiving a constant error. Nil where the targets are all the same.
    public var explainedVariance: Double? {
        mean { values, errors in
            let spread = Self.variance(values)
            return spread > 0 ? 1 - Self.variance(errors) / spread : nil
        }
    }

    /// The mean of |y − ŷ|, in the unit of the targets.
    public var meanAbsoluteError: Double? { mean { _, errors in errors.map(abs).mean } }

    /// √ mean (y − ŷ)², in the unit of the targets.
    public var rootMeanSquaredError: Double? { mean { _, errors in Self.meanSquare(errors).squareRoot() } }

    /// The median of |y − ŷ|: of an even number of rows, the mean of the middle two.
    public var medianAbsoluteError: Double? {
        mean { _, errors in
            let sorted = errors.map(abs).sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
    }

    /// The largest |y − ŷ|; of several outputs the mean of their largest.
    public var maximumError: Double? { mean { _, errors in errors.map(abs).max() } }

    /// The mean of |y − ŷ| / |y|, as a share; nil where a target is 0, which no error can be a share of.
    public var meanAbsolutePercentageError: Double? {
        mean { values, errors in
            values.contains(0) ? nil : zip(values, errors).map { abs($1 / $0) }.mean
        }
    }

    private static func meanSquare(_ values: [Double]) -> Double {
        values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return meanSquare(values.map { $0 - mean })
    }
}
