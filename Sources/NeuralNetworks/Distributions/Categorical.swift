public import Autodiff

/// A choice among n alternatives, given by its logits `[batch, n]`.
public struct Categorical {
    /// ln p of every alternative, `[batch, n]`.
    public let logProbabilities: Tensor

    public init(logits: Tensor) { logProbabilities = logSoftmax(logits) }

    /// ln p of each row's choice: `[batch]`.
    public func logProbability(of choices: Tensor) -> Tensor { logProbabilities.selecting(choices) }

    /// −Σ p ln p, in nats: `[batch]`.
    public var entropy: Tensor {
        -(exp(logProbabilities) * logProbabilities).sumOfColumns().reshaped(to: [])
    }
}
