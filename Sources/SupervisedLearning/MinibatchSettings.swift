public import NeuralNetworks
public import Optimizers

/// The rules by which the fitting of a network steps.
public enum OptimizerRule: String, Sendable, Codable, CaseIterable {
    /// Plain stochastic gradient descent.
    case sgd
    /// With heavy-ball momentum 0.9.
    case momentum
    /// With Nesterov's momentum 0.9.
    case nesterov
    case adam
    /// Adam with decoupled weight decay.
    case adamW

    func optimizer(parameterCount: Int, weightDecay: Double) -> any Optimizer {
        switch self {
        case .sgd, .momentum, .nesterov:
            var settings = GradientDescent.Settings()
            settings.momentum = self == .sgd ? 0 : 0.9
            settings.nesterov = self == .nesterov
            settings.weightDecay = weightDecay
            return GradientDescent(parameterCount: parameterCount, settings: settings)
        case .adam, .adamW:
            var settings = Adam.Settings()
            settings.weightDecay = weightDecay
            settings.decouplesWeightDecay = self == .adamW
            return Adam(parameterCount: parameterCount, settings: settings)
        }
    }
}

/// The settings of everything that is fitted in minibatches.
public protocol MinibatchSettings: Sendable, Codable {
    /// The widths of the hidden layers.
    var hiddenSizes: [Int] { get }
    /// What follows each hidden layer.
    var activation: Activation { get }
    /// The rows of a minibatch; an epoch's last one may be smaller.
    var batchSize: Int { get }
    /// How many times every sample is seen.
    var epochs: Int { get }
    var optimizer: OptimizerRule { get }
    /// The step size, denoted α or η.
    var learningRate: Double { get }
    /// How the step size changes from the first step to the last.
    var learningRateSchedule: Schedule { get }
    /// The strength of the pull of parameters to zero.
    var weightDecay: Double { get }
    /// The norm that gradients are scaled down to; 0 leaves them.
    var maximumGradientNorm: Double { get }
    /// The share of the samples that is held back for validation.
    var validationFraction: Double { get }
    /// After how many epochs without a smaller validation loss fitting ends, with the best parameters; 0 is never.
    var earlyStoppingPatience: Int { get }
}

extension MinibatchSettings {
    /// The widest that a layer may be.
    package static var largestWidth: Int { 65_536 }
    /// The most weights between two layers: 1 GB of them.
    private static var mostWeights: Int { 1 << 28 }

    private static func validate(widths: [Int]) throws {
        try InvalidSetting.check(
            "hiddenSizes", widths, "numbers from 1 to 65,536", widths.allSatisfy { (1...largestWidth).contains($0) })
        try InvalidSetting.check(
            "hiddenSizes", widths, "such that there are at most 268,435,456 weights between two layers",
            zip(widths, widths.dropFirst()).allSatisfy { $0 * $1 <= mostWeights })
    }

    /// - Throws: `InvalidSetting` for the first setting that makes no sense.
    package func validateMinibatches() throws {
        try Self.validate(widths: hiddenSizes)
        try InvalidSetting.check("batchSize", batchSize, "from 1 to 16,777,216", (1...16_777_216).contains(batchSize))
        try InvalidSetting.check("epochs", epochs, "from 1 to 1,000,000", (1...1_000_000).contains(epochs))
        guard learningRate > 0, learningRate.isFinite else {
            throw InvalidSetting("learningRate", learningRate, "must be greater than 0")
        }
        guard weightDecay >= 0, weightDecay.isFinite else {
            throw InvalidSetting("weightDecay", weightDecay, "must be at least 0")
        }
        guard maximumGradientNorm >= 0, maximumGradientNorm.isFinite else {
            throw InvalidSetting("maximumGradientNorm", maximumGradientNorm, "must be at least 0 (0 for none)")
        }
        guard validationFraction >= 0, validationFraction < 1 else {
            throw InvalidSetting("validationFraction", validationFraction, "must be at least 0 and less than 1")
        }
        guard earlyStoppingPatience >= 0 else {
            throw InvalidSetting("earlyStoppingPatience", earlyStoppingPatience, "must be at least 0 (0 for never)")
        }
        guard earlyStoppingPatience == 0 || validationFraction > 0 else {
            throw InvalidSetting(
                "earlyStoppingPatience", earlyStoppingPatience, "needs a validationFraction greater than 0")
        }
    }
}
