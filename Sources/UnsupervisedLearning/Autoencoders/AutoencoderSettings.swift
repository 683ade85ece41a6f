public import NeuralNetworks
public import Optimizers
public import SupervisedLearning

/// The settings of `Autoencoder`.
public struct AutoencoderSettings: MinibatchSettings, Equatable {
    /// The widths of the encoder's hidden layers; the decoder has them in reverse.
    public var hiddenSizes = [256]
    /// The number of values in a code.
    public var codeSize = 64
    /// What follows each hidden layer, and the code.
    public var activation = Activation.relu
    /// The rows of a minibatch; an epoch's last one may be smaller.
    public var batchSize = 128
    /// How many times every sample is seen.
    public var epochs = 5
    /// The rule by which parameters step.
    public var optimizer = OptimizerRule.adam
    /// The step size, denoted α or η.
    public var learningRate = 1e-3
    /// How the step size changes from the first step to the last.
    public var learningRateSchedule = Schedule.constant
    /// The strength of the pull of parameters to zero.
    public var weightDecay = 0.0
    /// The norm that gradients are scaled down to; 0 leaves them.
    public var maximumGradientNorm = 0.0
    /// The share of the samples that is held back for validation.
    public var validationFraction = 0.1
    /// After how many epochs without a smaller validation loss fitting ends, with the best parameters; 0 is never.
    public var earlyStoppingPatience = 0

    public init() {}

    /// - Throws: `InvalidSetting` for the first setting that makes no sense.
    public func validate() throws {
        try validateMinibatches()
        try InvalidSetting.check(
            "codeSize", codeSize, "from 1 to 65,536", (1...Self.largestWidth).contains(codeSize))
    }
}
