public import NeuralNetworks
public import Optimizers

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
    /// The share of the training in which the step size first rises; one-cycle takes 0 for 0.3.
    var learningRateWarmup: Double { get }
    /// How many times the step size falls with the schedule `step`.
    var learningRateDrops: Int { get }
    /// What the step size is multiplied by at each fall, with the schedules `step` and `plateau`.
    var learningRateDropFactor: Double { get }
    /// What the step size has been multiplied by at the end, with the schedule `exponential`.
    var learningRateFinalFactor: Double { get }
    /// How many epochs without a smaller validation loss the schedule `plateau` bears before a fall.
    var learningRatePatience: Int { get }
    /// The strength of the pull of weights to zero, in the optimizer's own way: decoupled for AdamW, Lion, Muon and
    /// schedule-free, else added to the gradient.
    var weightDecay: Double { get }
    /// The weight of Σ|w| in what is minimised.
    var l1: Double { get }
    /// The weight of ½ Σ w² in what is minimised.
    var l2: Double { get }
    /// The norm that gradients are scaled down to; 0 leaves them.
    var maximumGradientNorm: Double { get }
    /// What each element of the gradient is held within; 0 leaves them.
    var maximumGradientValue: Double { get }
    /// The decay of an average of the parameters that is evaluated and kept in their place; 0 is none.
    var weightAveraging: Double { get }
    /// The share of the samples that is held back for validation.
    var validationFraction: Double { get }
    /// After how many epochs without a smaller validation loss fitting ends, with the best parameters; 0 is never.
    var earlyStoppingPatience: Int { get }
}

extension MinibatchSettings {
    public var learningRateWarmup: Double { 0 }
    public var learningRateDrops: Int { 2 }
    public var learningRateDropFactor: Double { 0.1 }
    public var learningRateFinalFactor: Double { 0.01 }
    public var learningRatePatience: Int { 5 }
    public var l1: Double { 0 }
    public var l2: Double { 0 }
    public var maximumGradientValue: Double { 0 }
    public var weightAveraging: Double { 0 }

    /// The step size when `progress`, from 0 to 1, of the training is done; a `PlateauSchedule`'s factor comes on top.
    package func learningRate(progress: Double) -> Double {
        var shape = Schedule.Shape()
        shape.warmup = learningRateWarmup
        shape.drops = learningRateDrops
        shape.dropFactor = learningRateDropFactor
        shape.finalFactor = learningRateFinalFactor
        return learningRate * learningRateSchedule.factor(progress: progress, shape: shape)
    }

    /// What watches the validation loss where the schedule is `plateau`.
    package func makePlateauSchedule() -> PlateauSchedule? {
        guard learningRateSchedule == .plateau else { return nil }
        return PlateauSchedule(dropFactor: learningRateDropFactor, patience: learningRatePatience)
    }

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
        try validateSchedule()
        for (name, value) in [("weightDecay", weightDecay), ("l1", l1), ("l2", l2)] {
            try InvalidSetting.check(name, value, "at least 0", value >= 0 && value.isFinite)
        }
        try InvalidSetting.check(
            "maximumGradientValue", maximumGradientValue, "at least 0 (0 for none)",
            maximumGradientValue >= 0 && maximumGradientValue.isFinite)
        try InvalidSetting.check(
            "weightAveraging", weightAveraging, "at least 0 (0 for none) and less than 1",
            weightAveraging >= 0 && weightAveraging < 1)
        guard weightAveraging == 0 || optimizer != .scheduleFree else {
            throw InvalidSetting("weightAveraging", weightAveraging, "must be 0: scheduleFree averages by itself")
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

    private func validateSchedule() throws {
        try InvalidSetting.check(
            "learningRateWarmup", learningRateWarmup, "at least 0 and less than 1",
            learningRateWarmup >= 0 && learningRateWarmup < 1)
        try InvalidSetting.check(
            "learningRateDrops", learningRateDrops, "from 1 to 1,000", (1...1_000).contains(learningRateDrops))
        try InvalidSetting.check(
            "learningRateDropFactor", learningRateDropFactor, "greater than 0 and less than 1",
            learningRateDropFactor > 0 && learningRateDropFactor < 1)
        try InvalidSetting.check(
            "learningRateFinalFactor", learningRateFinalFactor, "greater than 0 and at most 1",
            learningRateFinalFactor > 0 && learningRateFinalFactor <= 1)
        try InvalidSetting.check(
            "learningRatePatience", learningRatePatience, "at least 0", learningRatePatience >= 0)
        guard learningRateSchedule != .plateau || validationFraction > 0 else {
            throw InvalidSetting(
                "learningRateSchedule", learningRateSchedule.rawValue, "needs a validationFraction greater than 0")
        }
    }
}
