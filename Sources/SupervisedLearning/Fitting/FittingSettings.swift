public import NeuralNetworks
public import Optimizers

/// The settings of `Fitting`.
public struct FittingSettings: MinibatchSettings, Equatable {
    /// The kind of network.
    public var model = ModelKind.mlp
    /// The widths of the hidden layers; of a `cnn`, those after its convolutions.
    public var hiddenSizes = [256, 128]
    /// What follows each hidden layer.
    public var activation = Activation.relu
    /// The channels of a `cnn`'s convolutions, each followed by a pooling of 2 × 2.
    public var channels = [32, 64]
    /// The width of a `text`'s embedding and encoder, and of a `factorization`'s vectors.
    public var embeddingSize = 64
    /// How a `text` becomes one vector.
    public var textEncoder = TextEncoder.mean
    /// Whether hidden layers and convolutions are normalised over the batch.
    public var batchNormalization = false
    /// The share of hidden values that are zero at each step while the network learns.
    public var dropout = 0.0
    /// The rows of a minibatch; an epoch's last one may be smaller.
    public var batchSize = 128
    /// How many times every sample is seen.
    public var epochs = 5
    /// The rule by which parameters step.
    public var optimizer = OptimizerRule.adam
    /// The step size, denoted α or η.
    public var learningRate = 1e-3
    /// How the step size changes from the first step to the last.
    public var learningRateSchedule = Schedule.linear
    /// The share of the training in which the step size first rises; one-cycle takes 0 for 0.3.
    public var learningRateWarmup = 0.0
    /// How many times the step size falls with the schedule `step`.
    public var learningRateDrops = 2
    /// What the step size is multiplied by at each fall, with the schedules `step` and `plateau`.
    public var learningRateDropFactor = 0.1
    /// What the step size has been multiplied by at the end, with the schedule `exponential`.
    public var learningRateFinalFactor = 0.01
    /// How many epochs without a smaller validation loss the schedule `plateau` bears before a fall.
    public var learningRatePatience = 5
    /// The strength of the pull of weights to zero, in the optimizer's own way: decoupled for AdamW, Lion, Muon and
    /// schedule-free, else added to the gradient.
    public var weightDecay = 0.0
    /// The weight of Σ|w| in what is minimised.
    public var l1 = 0.0
    /// The weight of ½ Σ w² in what is minimised.
    public var l2 = 0.0
    /// The norm that gradients are scaled down to; 0 leaves them.
    public var maximumGradientNorm = 0.0
    /// What each element of the gradient is held within; 0 leaves them.
    public var maximumGradientValue = 0.0
    /// The decay of an average of the parameters that is evaluated and kept in their place; 0 is none.
    public var weightAveraging = 0.0
    /// How much of the target's certainty is given to the other classes: Szegedy et al. (2016).
    public var labelSmoothing = 0.0
    /// How much each class counts.
    public var classWeights = ClassWeighting.none
    /// What a regression makes as small as it can.
    public var valueLoss = ValueLoss.squared
    /// How strongly samples are mixed in pairs, denoted α: Zhang et al. (2018); 0 does not.
    public var mixup = 0.0
    /// By how many pixels images are shifted at random, at the most.
    public var shiftPixels = 0
    /// Whether images are mirrored at random, left to right.
    public var flips = false
    /// To which scale columns of numbers are brought.
    public var columnScale = ColumnScale.standardized
    /// What a missing number of a table is taken for.
    public var missingNumbers = MissingNumbers.median
    /// The shortest and the longest run of words that is a term of a text.
    public var wordRuns = [1, 2]
    /// The shortest and the longest run of characters within a word that is a term of a text; empty for none.
    public var characterRuns: [Int] = []
    /// The share of the samples, of each class, that is held back for validation.
    public var validationFraction = 0.1
    /// After how many epochs without a smaller validation loss fitting ends, with the best parameters; 0 is never.
    public var earlyStoppingPatience = 0

    public init() {}

    /// - Throws: `InvalidSetting` for the first setting that makes no sense.
    public func validate() throws {
        try validateMinibatches()
        let fractions = [("dropout", dropout), ("labelSmoothing", labelSmoothing)]
        for (name, value) in fractions {
            try InvalidSetting.check(name, value, "at least 0 and less than 1", value >= 0 && value < 1)
        }
        try InvalidSetting.check("mixup", mixup, "from 0 to 100", mixup >= 0 && mixup <= 100)
        try InvalidSetting.check("shiftPixels", shiftPixels, "from 0 to 100", (0...100).contains(shiftPixels))
        try InvalidSetting.check(
            "channels", channels, "one to eight numbers from 1 to 4,096",
            (1...8).contains(channels.count) && channels.allSatisfy { (1...4096).contains($0) })
        try InvalidSetting.check(
            "embeddingSize", embeddingSize, "from 1 to 4,096", (1...4096).contains(embeddingSize))
        try InvalidSetting.check(
            "embeddingSize", embeddingSize, "a multiple of 4, for four heads of attention",
            textEncoder != .attention || embeddingSize % 4 == 0)
        for (name, run, isOptional) in [("wordRuns", wordRuns, false), ("characterRuns", characterRuns, true)] {
            try InvalidSetting.check(
                name, run, "two rising numbers from 1 to 20" + (isOptional ? ", or nothing" : ""),
                run.isEmpty ? isOptional : run.count == 2 && run[0] >= 1 && run[0] <= run[1] && run[1] <= 20)
        }
        guard mixup == 0 || [.mlp, .linear, .cnn].contains(model) else {
            throw InvalidSetting("mixup", mixup, "must be 0: words and identifiers cannot be mixed")
        }
        guard (shiftPixels == 0 && !flips) || model == .cnn || model == .mlp else {
            throw InvalidSetting(
                shiftPixels > 0 ? "shiftPixels" : "flips", shiftPixels > 0 ? "\(shiftPixels)" : "true",
                "is for images")
        }
    }
}
