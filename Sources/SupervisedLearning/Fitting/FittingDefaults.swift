public import Datasets
import NeuralNetworks
import Optimizers

extension FittingSettings {
    /// What usually does well on such samples: by their kind and number.
    ///
    /// - Parameters:
    ///   - model: the kind of network; nil for the usual one.
    ///   - rowCount: how many samples there are to learn from.
    public init(
        for features: RawFeatures, model: ModelKind? = nil, rowCount: Int
    ) {
        self.init()
        self.model = model ?? ModelKind.kinds(for: features)[0]
        learningRateSchedule = .cosine
        learningRateWarmup = 0.1
        optimizer = .adamW
        weightDecay = 0.01
        batchSize = rowCount < 5_000 ? 32 : 128
        // Of so few rows, one or two would be held back and tell nothing.
        if rowCount < 20 { validationFraction = 0 }
        // So many samples are seen in all that a small set takes a second or less, a large one some seconds.
        let seen = rowCount < 5_000 ? 100_000 : 1_200_000
        epochs = min(max(seen / max(rowCount, 1), 8), 100)
        switch self.model {
        case .cnn:
            channels = [32, 64]
            hiddenSizes = [128]
            batchNormalization = true
            dropout = 0.3
            learningRate = 2e-3
            epochs = min(epochs, rowCount > 20_000 ? 12 : 40)
        case .mlp:
            dropout = 0.2
            learningRate = 2e-3
            switch rowCount {
            case ..<1_000:
                // A little more than a linear model, held firmly.
                hiddenSizes = [32]
                weightDecay = 0.3
                batchSize = 16
                learningRate = 5e-3
            case ..<5_000: hiddenSizes = [128, 64]
            default:
                hiddenSizes = [256, 128]
                batchNormalization = true
            }
        case .linear:
            hiddenSizes = []
            learningRate = 0.01
            weightDecay = 0.1
        case .text:
            hiddenSizes = []
            embeddingSize = 64
            dropout = 0.5
            learningRate = 5e-3
            epochs = min(epochs, 15)
        case .factorization:
            hiddenSizes = []
            embeddingSize = 32
            batchSize = 512
            optimizer = .adam
            weightDecay = 0
            l2 = 3e-4
            learningRate = 5e-3
            epochs = 20
        }
        if case .texts = features, self.model != .text {
            // Each term has a vector as wide as the first layer.
            if self.model == .mlp { hiddenSizes = [32] }
            learningRate = 0.02
            weightDecay = 0.05
            epochs = min(epochs, 20)
        }
    }
}
