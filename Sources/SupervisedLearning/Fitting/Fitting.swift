import Autodiff
import Datasets
public import FileFormats
public import LinearAlgebra
import NeuralNetworks
import Randomness

/// The fitting of a network to samples: a classifier by softmax cross-entropy, or a regression.
///
/// ```swift
/// let fitting = try Fitting(FittingSettings(), samples: training, seed: 7)
/// while let progress = try fitting.advance() { … }
/// let accuracy = try fitting.network.evaluate(on: test).accuracy
/// ```
///
/// Preprocessing is measured on the rows that are learned from, not on those held back; values of a regression are
/// standardized, so that its losses are in units of the targets' variance and 1 is what predicting the mean would give.
public final class Fitting: Learner, @unchecked Sendable {
    public static let unit = "samples"

    public let settings: FittingSettings
    /// The network as fitted so far.
    public let network: FittedNetwork
    private let trainer: MinibatchTrainer

    /// - Parameters:
    ///   - samples: what is learned from; a part is held back for validation if the settings say so.
    ///   - seed: decides the first weights, the validation rows, the order of the rows and all masks.
    ///   - earlier: a network to go on from: its preprocessing and its architecture stay, and its weights are the first.
    /// - Throws: `InvalidSetting`, `SamplesError` or `PreprocessingError` where settings and samples do not fit.
    public init(
        _ settings: FittingSettings, samples: Samples, seed: UInt64, from earlier: FittedNetwork? = nil,
        pool: WorkerPool = .shared
    ) throws {
        try settings.validate()
        self.settings = settings
        let split = try ValidationSplit(
            count: samples.rowCount, fraction: settings.validationFraction, targets: samples.targets, seed: seed)
        let network =
            try earlier?.copy(fittedBy: settings, to: samples, pool: pool)
            ?? FittedNetwork(settings, samples: samples, rows: split.training, seed: seed, pool: pool)
        self.network = network
        let seen = try network.encoded(samples)
        if settings.mixup > 0, case .tokens = seen.features {
            throw InvalidSetting("mixup", settings.mixup, "must be 0: words and identifiers cannot be mixed")
        }
        let objective = FittingObjective(settings, network: network, targets: seen.targets, rows: split.training)
        var augmentation: ImageAugmentation?
        if settings.shiftPixels > 0 || settings.flips {
            guard case .matrix(let matrix) = network.preprocessing, let image = matrix.image else {
                throw InvalidSetting(
                    settings.flips ? "flips" : "shiftPixels", settings.flips ? "true" : "\(settings.shiftPixels)",
                    "is for images")
            }
            augmentation = ImageAugmentation(
                image: image, shift: settings.shiftPixels, flips: settings.flips, seed: seed)
        }
        trainer = try MinibatchTrainer(
            settings, features: seen.features, targets: seen.targets, split: split, parameters: network.parameters,
            seed: seed, pool: pool, augmentation: augmentation,
            mixup: settings.mixup > 0 ? Mixup(strength: settings.mixup, seed: seed) : nil, evaluation: network.loss,
            loss: objective.callAsFunction)
    }

    /// What every fit measures.
    static let names = [
        "epoch", "trainingLoss", "trainingAccuracy", "validationLoss", "validationAccuracy", "learningRate",
        "gradientNorm",
    ]
    public var metricNames: [String] { Self.names }

    public var metrics: [Double] {
        let latest = trainer.measurements
        return [
            latest.epoch, latest.trainingLoss, latest.trainingAccuracy, latest.validationLoss,
            latest.validationAccuracy, latest.learningRate, latest.gradientNorm,
        ]
    }

    /// Looks for a learning rate by a short training whose rate rises at every step: Smith (2017).
    ///
    /// - Throws: what `init` throws.
    public static func learningRateRange(
        _ settings: FittingSettings, samples: Samples, seed: UInt64, range: LearningRateRange = LearningRateRange(),
        pool: WorkerPool = .shared
    ) throws -> LearningRateRange {
        var range = range
        try Fitting(settings, samples: samples, seed: seed, pool: pool).trainer.explore(&range)
        return range
    }

    public func advance() throws -> Progress? { try trainer.advance() }
    public func save(into archive: inout Archive) throws { try trainer.save(into: &archive) }

    public func restore(from archive: Archive) throws { try trainer.restore(from: archive) }
    public func hash(into hash: inout StateHash) { trainer.hash(into: &hash) }
}

/// What a fit makes as small as it can, over a trace's inputs: the loss with all that the settings add to it. The plain
/// loss of the same predictions is the result `measuredLoss`.
struct FittingObjective: Sendable {
    let settings: FittingSettings
    let network: FittedNetwork
    /// nil if every row counts the same.
    let classWeights: [Float]?

    init(_ settings: FittingSettings, network: FittedNetwork, targets: Targets, rows: [Int32]) {
        self.settings = settings
        self.network = network
        guard settings.classWeights == .balanced, case .classes(let labels, let count) = targets else {
            classWeights = nil
            return
        }
        var counts = [Int](repeating: 0, count: count)
        for row in rows { counts[Int(labels[Int(row)])] += 1 }
        classWeights = counts.map { Float(rows.count) / Float(count * max($0, 1)) }
    }

    func callAsFunction(_ trace: inout Trace) -> Tensor {
        let output = network.network(&trace)
        trace.output("prediction", output)
        guard network.target.hasClasses else {
            let targets = trace.input("targets", network.outputCount)
            trace.output("measuredLoss", meanSquaredError(output, targets))
            return switch settings.valueLoss {
            case .squared: meanSquaredError(output, targets)
            case .absolute: meanAbsoluteError(output, targets)
            case .huber: huberLoss(output, targets)
            }
        }
        let labels = trace.indices("labels")
        trace.output("measuredLoss", softmaxCrossEntropy(output, labels))
        func loss(_ labels: Tensor) -> Tensor {
            softmaxCrossEntropy(
                output, labels, labelSmoothing: Float(settings.labelSmoothing), classWeights: classWeights)
        }
        guard settings.mixup > 0 else { return loss(labels) }
        let own = trace.scalar("mixing")
        return own * loss(labels) + (1 - own) * loss(trace.indices("partnerLabels"))
    }
}
