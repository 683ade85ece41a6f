public import Autodiff

/// Several independent choices, the i-th among counts[i] alternatives, given by their logits side by side
/// `[batch, Σ counts]`.
public struct MultiCategorical {
    /// ln p of every alternative of every choice, `[batch, Σ counts]`.
    public let logProbabilities: Tensor

    public init(logits: Tensor, counts: [Int]) {
        var start = 0
        let parts = counts.map { count in
            defer { start += count }
            return logSoftmax(logits.columns(start..<start + count))
        }
        logProbabilities = parts.count == 1 ? parts[0] : concatenate(parts)
    }

    /// ln p of each row's choices, which are given one-hot side by side, `[batch, Σ counts]`: `[batch]`.
    public func logProbability(ofOneHot choices: Tensor) -> Tensor {
        (logProbabilities * choices).sumOfColumns().reshaped(to: [])
    }

    /// The sum of the choices' −Σ p ln p, in nats: `[batch]`.
    public var entropy: Tensor {
        -(exp(logProbabilities) * logProbabilities).sumOfColumns().reshaped(to: [])
    }
}
