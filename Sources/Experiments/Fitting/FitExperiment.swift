internal import Datasets
internal import FileFormats
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
        let resolved = try SettingsLayers(
            defaults: FittingSettings(), algorithm: AlgorithmNames.fitting, given: given
        ).resolve { try $0.validate() }
        settings = resolved.settings
        dataset = data.dataset
        let parts = try TestSplit(data.dataset, share: Self.testShare)
        do {
            training = try Samples(parts.training, of: data.dataset)
            test = try Samples(parts.test, of: data.dataset)
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(error)")
        }
        plan = RunPlan(
            verb: "fit", subject: data.subject, algorithm: AlgorithmNames.fitting,
            seeds: try RunPlan.seeds(from: seed, count: 1), settings: resolved.values,
            mainMetric: ("trainingLoss", "loss"))
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
