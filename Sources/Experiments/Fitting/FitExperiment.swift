internal import Datasets
public import FileFormats
internal import Foundation
internal import LinearAlgebra
public import SupervisedLearning

/// Fitting a network to a data set's classes or values, and testing it.
public struct FitExperiment: Experiment {
    /// The share of the rows that are put aside for the test where the data set has no test part.
    static let testShare = 0.2

    public let plan: RunPlan
    public let settings: FittingSettings
    private let dataset: Dataset
    private let training: Samples
    private let test: Samples

    /// - Throws: `ExperimentError` if a setting is wrong, or there is nothing to learn in the data.
    public init(_ data: DataSubject, seed: UInt64, settings given: [GivenSetting]) throws {
        try self.init(
            data, seeds: try RunPlan.seeds(from: seed, count: 1),
            SettingsLayers(defaults: FittingSettings(), algorithm: AlgorithmNames.fitting, given: given))
    }

    /// The fit that a run was begun with.
    init(of record: RunRecord) throws {
        var layers = try SettingsLayers(defaults: FittingSettings(), algorithm: AlgorithmNames.fitting)
        try layers.apply(record.settings, from: record.name)
        try self.init(DataSubject(of: record), seeds: record.seeds, layers)
    }

    private init(_ data: DataSubject, seeds: [UInt64], _ layers: SettingsLayers<FittingSettings>) throws {
        let resolved = try layers.resolve { try $0.validate() }
        settings = resolved.settings
        dataset = data.dataset
        try Self.checkTarget(of: data.dataset)
        let parts = try TestSplit(data.dataset, share: Self.testShare)
        do {
            training = try Samples(parts.training, of: data.dataset)
            test = try Samples(parts.test, of: data.dataset)
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(error)")
        }
        plan = RunPlan(
            verb: "fit", subject: data.subject, algorithm: AlgorithmNames.fitting,
            seeds: seeds, settings: resolved.values, mainMetric: ("trainingLoss", "loss"),
            evaluationMetric: .init("validationLoss", higherIsBetter: false), data: data.source)
    }

    /// - Throws: `ExperimentError` if all rows have the same target.
    private static func checkTarget(of dataset: Dataset) throws {
        let part = dataset.training
        let isConstant =
            part.labels.map { labels in labels.allSatisfy { $0 == labels[0] } }
            ?? part.targets.map { targets in targets.allSatisfy { $0 == targets[0] } } ?? false
        guard isConstant else { return }
        let name = dataset.targetName.map { " in the column \"\($0)\"" } ?? ""
        throw ExperimentError(
            .badData, "all rows of \(dataset.name) have the same target\(name): there is nothing to learn",
            advice: "name another column with --target")
    }

    public func makeLearner(seed: UInt64) throws -> Fitting {
        try Fitting(settings, samples: training, seed: seed)
    }

    public func conclude(_ work: Fitting, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<FittingResult> {
        let evaluation = try work.network.evaluate(on: test)
        var parameters = Archive()
        try work.network.save(into: &parameters)
        let drawing = try FittingDrawing(
            work.network, evaluation, test: test, trainingCount: training.features.rowCount, of: dataset)
        var archive = try drawing.archive()
        try Baseline.constantPrediction(training: training, test: test, classNames: dataset.classNames ?? [])
            .save(into: &archive)
        return Conclusion(
            FittingResult(
                test: .init(accuracy: evaluation.accuracy, loss: evaluation.loss), seconds: seed.seconds),
            files: [("parameters.safetensors", try parameters.encoded())], drawing: archive)
    }

    public func evaluate(
        _ parameters: Archive, of seed: UInt64, as request: EvaluationRequest
    ) throws -> [EvaluationSample] {
        let network = try FittedNetwork(restoring: parameters)
        let outputs = try network.predictions(for: test.features)
        switch test.targets {
        case .classes(let labels, _):
            return [
                EvaluationSample(
                    "accuracy", of: "test rows",
                    zip(try network.classes(of: test.features), labels).map { $0 == $1 ? 1 : 0 }),
                EvaluationSample(
                    "cross entropy", of: "test rows",
                    labels.indices.map { -log(max(Double(outputs[$0, Int(labels[$0])]), 1e-30)) }),
            ]
        case .values(let values):
            let errors = (0..<values.rowCount).map { row in
                (0..<values.columnCount).reduce(0.0) { sum, column in
                    sum + pow(Double(outputs[row, column] - values[row, column]), 2)
                }
            }
            return [EvaluationSample("squared error", of: "test rows", errors)]
        }
    }

    public func result(of seeds: [FittingResult]) -> any Encodable & Sendable { seeds[0] }
}

/// What a fit came to.
public struct FittingResult: Codable, Sendable, Equatable {
    public struct Test: Codable, Sendable, Equatable {
        /// nil where values are predicted.
        public let accuracy: Double?
        /// Mean cross entropy in nats; or, for values, the mean squared error over the variance of the targets.
        public let loss: Double
    }

    /// On rows that were not learned from.
    public let test: Test
    /// The time that fitting took, without the test.
    public let seconds: Double
}
