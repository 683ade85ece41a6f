public import Autodiff

/// Independent numbers that are 0 or 1, given by the logits of 1, ln p/(1 − p), `[batch, k]`.
public struct Bernoulli {
    public let logits: Tensor

    public init(logits: Tensor) { self.logits = logits }

    /// p of 1, `[batch, k]`.
    public var probabilities: Tensor { sigmoid(logits) }

    /// ln of the probability of each row of `values` `[batch, k]`, of zeros and ones: `[batch]`.
    ///
    /// ln p(v) = v · logit − ln(1 + e^logit)
    public func logProbability(of values: Tensor) -> Tensor {
        (values * logits - softplus(logits)).sumOfColumns().reshaped(to: [])
    }

    /// Σ (ln(1 + e^logit) − p · logit), in nats: `[batch]`.
    public var entropy: Tensor {
        (softplus(logits) - sigmoid(logits) * logits).sumOfColumns().reshaped(to: [])
    }
}
