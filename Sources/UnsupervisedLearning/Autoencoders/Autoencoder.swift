import Autodiff
public import Datasets
public import FileFormats
public import LinearAlgebra
public import SupervisedLearning

/// The fitting of a dense autoencoder: a network that reproduces its input through a narrow code. Hinton and
/// Salakhutdinov (2006), trained directly as is usual today.
///
/// ```swift
/// let autoencoder = try Autoencoder(AutoencoderSettings(), features: dataset.training.features, seed: 7)
/// while let progress = try autoencoder.advance() { … }
/// let codes = try autoencoder.network.encode(test)            // [n, codeSize]
/// let error = try autoencoder.network.reconstructionError(on: test)
/// ```
///
/// The loss is the mean squared error of an element. Bytes are seen as 0 … 1 and reproduced by sigmoids; floats are
/// standardized by the training rows and reproduced by sums, so that 1 is what the mean alone would give.
public final class Autoencoder: Learner, @unchecked Sendable {
    public static let unit = "samples"

    public let settings: AutoencoderSettings
    /// The network as fitted so far.
    public let network: AutoencoderNetwork
    private let trainer: MinibatchTrainer

    /// - Parameters:
    ///   - features: what is reproduced; a part is held back for validation if the settings say so.
    ///   - largestByte: the largest value that bytes among the features can have.
    ///   - seed: decides the first weights, the validation rows and the order of the rows.
    /// - Throws: `InvalidSetting`; `SamplesError` if there are no features, or one is not finite.
    public init(
        _ settings: AutoencoderSettings, features: Features, largestByte: Float = 255, seed: UInt64,
        pool: WorkerPool = .shared
    ) throws {
        try settings.validate()
        try Samples.check(features)
        self.settings = settings
        let split = try ValidationSplit(
            count: features.rowCount, fraction: settings.validationFraction, targets: nil, seed: seed)
        let network = try AutoencoderNetwork(
            hiddenSizes: settings.hiddenSizes, codeSize: settings.codeSize, activation: settings.activation,
            features: features, rows: split.training, largestByte: largestByte, seed: seed, pool: pool)
        self.network = network
        trainer = try MinibatchTrainer(
            settings, features: .dense(network.scaled(features)), targets: nil, split: split,
            parameters: network.parameters,
            seed: seed, pool: pool, loss: network.loss)
    }

    public let metricNames = ["epoch", "trainingLoss", "validationLoss", "learningRate", "gradientNorm"]

    public var metrics: [Double] {
        let latest = trainer.measurements
        return [
            latest.epoch, latest.trainingLoss, latest.validationLoss, latest.learningRate, latest.gradientNorm,
        ]
    }

    public func advance() throws -> Progress? { try trainer.advance() }
    public func save(into archive: inout Archive) throws { try trainer.save(into: &archive) }
    public func restore(from archive: Archive) throws { try trainer.restore(from: archive) }
    public func hash(into hash: inout StateHash) { trainer.hash(into: &hash) }
}
