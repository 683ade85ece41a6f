public import NeuralNetworks
public import Optimizers
import SupervisedLearning

/// The settings of proximal policy optimization; the defaults are those of Stable-Baselines3.
public struct PPOSettings: Codable, Sendable, Equatable {
    /// The steps to train for, over all environments together.
    public var totalSteps = 100_000
    /// The environments that run side by side, denoted N.
    public var environments = 1
    /// The steps of each environment between two updates, denoted T.
    public var stepsPerRollout = 2048
    /// The steps in a minibatch; one that is larger than the rollout means the whole rollout.
    public var minibatchSize = 64
    /// How often an update goes through the rollout, denoted K.
    public var epochs = 10
    /// What a reward one step later is worth, denoted γ.
    public var discount = 0.99
    /// The trust in rewards over values in the advantage estimate, denoted λ.
    public var lambda = 0.95
    /// Adam's step size, denoted α.
    public var learningRate = 3e-4
    /// How the learning rate changes over the training.
    public var learningRateDecay = Schedule.constant
    /// How far from 1 the ratio of new to old probability may lead, denoted ε.
    public var clipRange = 0.2
    /// How the clip range changes over the training.
    public var clipRangeDecay = Schedule.constant
    /// The weight of the policy's entropy in the objective, denoted c₂.
    public var entropyCoefficient = 0.0
    /// The weight of the value loss, denoted c₁.
    public var valueCoefficient = 0.5
    /// The norm that gradients are scaled down to.
    public var maximumGradientNorm = 0.5
    /// Whether the value may move from its old estimate by the clip range only.
    public var clipValueLoss = false
    /// Whether the value loss is half the squared error, as in CleanRL.
    public var halveValueLoss = false
    /// Whether advantages are standardized within each minibatch.
    public var normalizeAdvantages = true
    /// Whether observations are standardized by their running mean and variance.
    public var normalizeObservations = false
    /// Whether rewards are scaled by the running deviation of the discounted return.
    public var normalizeReturns = false
    /// The widths of the hidden layers, of the policy and of the value function each.
    public var hiddenSizes = [64, 64]
    /// The hidden layers' activation.
    public var activation = Activation.tanh
    /// ln σ of continuous actions at the start.
    public var initialLogStandardDeviation = 0.0
    /// Adam's ε.
    public var adamEpsilon = 1e-5

    public init() {}

    /// - Throws: `InvalidSetting` for the first value that makes no sense.
    public func validate() throws {
        try InvalidSetting.check("totalSteps", totalSteps, "at least 1", totalSteps >= 1)
        try InvalidSetting.check("environments", environments, "from 1 to 65,536", (1...65_536).contains(environments))
        try InvalidSetting.check("stepsPerRollout", stepsPerRollout, "at least 1", stepsPerRollout >= 1)
        try InvalidSetting.check(
            "stepsPerRollout", stepsPerRollout, "such that a rollout has at most 16,777,216 steps",
            stepsPerRollout <= 16_777_216 / environments)
        try InvalidSetting.check("minibatchSize", minibatchSize, "at least 2", minibatchSize >= 2)
        try InvalidSetting.check("epochs", epochs, "from 1 to 10,000", (1...10_000).contains(epochs))
        try InvalidSetting.check("discount", discount, "from 0 to 1", (0...1).contains(discount))
        try InvalidSetting.check("lambda", lambda, "from 0 to 1", (0...1).contains(lambda))
        try InvalidSetting.check("learningRate", learningRate, "above 0", learningRate > 0 && learningRate.isFinite)
        try InvalidSetting.check("clipRange", clipRange, "above 0 and below 1", clipRange > 0 && clipRange < 1)
        try InvalidSetting.check(
            "entropyCoefficient", entropyCoefficient, "at least 0",
            entropyCoefficient >= 0 && entropyCoefficient.isFinite)
        try InvalidSetting.check(
            "valueCoefficient", valueCoefficient, "at least 0", valueCoefficient >= 0 && valueCoefficient.isFinite)
        try InvalidSetting.check(
            "maximumGradientNorm", maximumGradientNorm, "above 0", maximumGradientNorm > 0)
        try InvalidSetting.check(
            "hiddenSizes", hiddenSizes, "numbers from 1 to 65,536", hiddenSizes.allSatisfy { (1...65_536).contains($0) }
        )
        try InvalidSetting.check(
            "initialLogStandardDeviation", initialLogStandardDeviation, "from -20 to 5",
            (-20...5).contains(initialLogStandardDeviation))
        try InvalidSetting.check("adamEpsilon", adamEpsilon, "above 0", adamEpsilon > 0 && adamEpsilon < 1)
    }
}
