internal import Autodiff
public import LinearAlgebra

extension FittedNetwork {
    /// How well a network does on samples.
    public struct Evaluation: Sendable {
        /// What was predicted: the probabilities of the classes, or the values, `[n, outputs]`.
        public let predictions: Matrix<Float>
        /// Predictions beside the truth, and all that can be measured of them.
        public let scores: any Scores
        /// Mean cross entropy in nats; or, for values, the mean squared error over the variance of the training targets.
        public let loss: Double
        /// Which classes were taken for which; nil for values.
        public let confusion: ConfusionMatrix?
        /// The share of rows whose class is predicted; nil for values.
        public var accuracy: Double? { confusion?.accuracy }
    }

    /// How good predictions are that networks of this kind have made for `samples`, `[n, outputs]`, such as those of the
    /// folds of a cross-validation.
    ///
    /// - Throws: `SamplesError` if they are no such predictions.
    public func evaluation(of predictions: Matrix<Float>, beside samples: Samples) throws -> Evaluation {
        switch samples.targets {
        case .classes(let labels, _):
            let scores = try ClassificationScores(probabilities: predictions, labels: labels)
            return Evaluation(
                predictions: predictions, scores: scores, loss: scores.logLoss ?? .nan, confusion: scores.confusion)
        case .values(let targets):
            let scores = try RegressionScores(predictions: predictions, targets: targets)
            let constant = ConstantPrediction(training: samples.targets)
            let mean = scores.rowLosses.reduce(0, +) / Double(targets.rowCount * targets.columnCount)
            return Evaluation(
                predictions: predictions, scores: scores, loss: constant.relativeLoss(meanSquaredError: mean),
                confusion: nil)
        }
    }

    /// How well the network does on `samples`.
    ///
    /// - Throws: `SamplesError`, `PreprocessingError` or `FileFormatError` if features or targets are not of the kind that
    ///   the network was fitted to.
    public func evaluate(on samples: Samples) throws -> Evaluation {
        let seen = try encoded(samples)
        let predictions = try self.predictions(for: samples.features)
        let inference = try BatchedInference(parameters: parameters, pool: pool) { trace in
            trace.output("loss", self.loss(&trace))
        }
        let mean = inference.meanLoss(over: seen.features, seen.targets)
        switch samples.targets {
        case .classes(let labels, _):
            let scores = try ClassificationScores(probabilities: predictions, labels: labels)
            return Evaluation(predictions: predictions, scores: scores, loss: mean, confusion: scores.confusion)
        case .values(let targets):
            let scores = try RegressionScores(predictions: predictions, targets: targets)
            return Evaluation(predictions: predictions, scores: scores, loss: mean, confusion: nil)
        }
    }
}
