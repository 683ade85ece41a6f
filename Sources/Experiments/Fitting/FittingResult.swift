internal import LinearAlgebra
public import SupervisedLearning

/// What a fit came to, as `result.json` tells it.
public struct FittingResult: Codable, Sendable, Equatable {
    /// Measurements on the rows that were put aside.
    public struct Test: Codable, Sendable, Equatable {
        /// nil where values are predicted.
        public var accuracy: Double?
        /// Mean cross entropy in nats; or, for values, the mean squared error over the variance of the targets.
        public var loss: Double
        /// All that is measured, by name.
        public var metrics: [String: Double]
        public var rowCount: Int

        init(_ evaluation: FittedNetwork.Evaluation) {
            accuracy = evaluation.accuracy
            loss = evaluation.loss
            metrics = [:]
            for metric in evaluation.scores.metrics { metrics[metric.name] = metric.value }
            rowCount = evaluation.predictions.rowCount
        }
    }

    /// The old and the new model on the same held-out rows, where one was retrained.
    public struct Retraining: Codable, Sendable, Equatable {
        /// What they are compared by.
        public var metric: String
        public var old: Double
        public var new: Double
        /// "new" or "old".
        public var kept: String
    }

    /// The seed that it belongs to; nil for several together.
    public var seed: UInt64?
    /// On rows that were not learned from; nil where every row was predicted by a cross-validation instead.
    public var test: Test?
    /// Of each metric over the folds; nil without them.
    public var crossValidation: CrossValidationSummary?
    /// What simple methods reach, by their names.
    public var baselines: [String: [String: Double]]?
    /// What a search chose.
    public var chosenSettings: [String: String]?
    public var retraining: Retraining?
    /// The settings of the model that is kept; nil where none was fitted yet.
    public var settings: FittingSettings?
    /// The time that fitting took, without the test; the longest of several seeds.
    public var seconds: Double
    /// One for each seed where there are several; the members above are then means over them.
    public var seeds: [FittingResult]?

    init(seed: UInt64, seconds: Double) {
        self.seed = seed
        self.seconds = seconds
    }

    /// The result of several seeds: means of what is measured.
    init(of seeds: [FittingResult]) {
        self = seeds[0]
        seed = nil
        guard seeds.count > 1 else { return }
        self.seeds = seeds
        seconds = seeds.map(\.seconds).max() ?? 0
        chosenSettings = nil
        retraining = nil
        let tests = seeds.compactMap(\.test)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
        if tests.count == seeds.count {
            let accuracies = tests.compactMap(\.accuracy)
            test?.accuracy = accuracies.isEmpty ? nil : mean(accuracies)
            test?.loss = mean(tests.map(\.loss))
            for name in tests[0].metrics.keys {
                test?.metrics[name] = mean(tests.compactMap { $0.metrics[name] })
            }
        }
        let summaries = seeds.compactMap(\.crossValidation)
        if summaries.count == seeds.count {
            crossValidation = CrossValidationSummary(seeds: summaries.map(\.foldMetrics))
        }
    }

    /// The metric that models are compared by.
    var primaryName: String { test?.accuracy != nil || crossValidation?["accuracy"] != nil ? "accuracy" : "r2" }
}

extension CrossValidationSummary {
    /// The metrics of each fold, where all are defined in every one.
    fileprivate var foldMetrics: [[Metric]] {
        let count = entries.map(\.values.count).max() ?? 0
        return (0..<count).map { fold in
            entries.filter { $0.values.count == count }.map {
                Metric(name: $0.name, value: $0.values[fold], higherIsBetter: true)
            }
        }
    }
}
