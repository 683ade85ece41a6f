import Autodiff
import Datasets
public import FileFormats
public import LinearAlgebra
import NeuralNetworks
import Randomness

/// The fitting of a multilayer perceptron to samples: a classifier by softmax cross-entropy, or a regression by the mean
/// squared error.
///
/// ```swift
/// let fitting = try Fitting(FittingSettings(), samples: training, seed: 7)
/// while let progress = try fitting.advance() { … }
/// let accuracy = try fitting.network.evaluate(on: test).accuracy
/// ```
///
/// Float features are standardized by the training rows, and so are the values of a regression: its losses are in units
/// of the targets' variance, so that 1 is what predicting the mean would give.
public final class Fitting: Learner, @unchecked Sendable {
    public static let unit = "samples"

    public let settings: FittingSettings
    /// The network as fitted so far.
    public let network: FittedNetwork
    private let trainer: MinibatchTrainer

    /// - Parameters:
    ///   - samples: what is learned from; a part is held back for validation if the settings say so.
    ///   - seed: decides the first weights, the validation rows and the order of the rows.
    /// - Throws: `InvalidSetting`.
    public init(_ settings: FittingSettings, samples: Samples, seed: UInt64, pool: WorkerPool = .shared) throws {
        try settings.validate()
        self.settings = settings
        let split = try ValidationSplit(
            count: samples.features.rowCount, fraction: settings.validationFraction, targets: samples.targets,
            seed: seed)
        let network = try FittedNetwork(
            hiddenSizes: settings.hiddenSizes, activation: settings.activation, samples: samples,
            rows: split.training, seed: seed, pool: pool)
        self.network = network
        let seen = network.scaled(samples)
        trainer = try MinibatchTrainer(
            settings, features: seen.features, targets: seen.targets, split: split, parameters: network.parameters,
            seed: seed, pool: pool, loss: network.loss)
    }

    public let metricNames = [
        "epoch", "trainingLoss", "trainingAccuracy", "validationLoss", "validationAccuracy", "learningRate",
        "gradientNorm",
    ]

    public var metrics: [Double] {
        let latest = trainer.measurements
        return [
            latest.epoch, latest.trainingLoss, latest.trainingAccuracy, latest.validationLoss,
            latest.validationAccuracy, latest.learningRate, latest.gradientNorm,
        ]
    }

    public func advance() throws -> Progress? { try trainer.advance() }
    public func save(into archive: inout Archive) throws { try trainer.save(into: &archive) }

    public func restore(from archive: Archive) throws { try trainer.restore(from: archive) }
    public func hash(into hash: inout StateHash) { trainer.hash(into: &hash) }
}
