public import Autodiff
public import NeuralNetworks
import Simulation

/// A distribution over the actions of a space.
public enum ActionDistribution {
    /// Of one choice.
    case categorical(Categorical)
    /// Of several choices.
    case multiCategorical(MultiCategorical)
    /// Of zeros and ones.
    case bernoulli(Bernoulli)
    /// Of points in a box.
    case gaussian(DiagonalGaussian)

    /// - Parameters:
    ///   - output: of the policy network, `[batch, space.size]`.
    ///   - logStandardDeviation: `[size]`, of a box; nil for the others.
    init(over space: Space, output: Tensor, logStandardDeviation: Tensor?) {
        switch space {
        case .discrete: self = .categorical(Categorical(logits: output))
        case .multiDiscrete(let counts): self = .multiCategorical(MultiCategorical(logits: output, counts: counts))
        case .binary: self = .bernoulli(Bernoulli(logits: output))
        case .box:
            guard let logStandardDeviation else { preconditionFailure("a box of actions without a deviation") }
            self = .gaussian(DiagonalGaussian(mean: output, logStandardDeviation: logStandardDeviation))
        }
    }

    /// What an actor needs for each observation, `[batch, size]`: ln p of every choice, p of every 1, or the mean.
    public var description: Tensor {
        switch self {
        case .categorical(let distribution): distribution.logProbabilities
        case .multiCategorical(let distribution): distribution.logProbabilities
        case .bernoulli(let distribution): distribution.probabilities
        case .gaussian(let distribution): distribution.mean
        }
    }

    /// ln of the probability, or density, of the actions that `trace` takes as its input `label`: `[batch]`. One choice is
    /// an index, several are one-hot side by side.
    public func logProbability(ofInput label: String, in trace: Trace) -> Tensor {
        switch self {
        case .categorical(let distribution): distribution.logProbability(of: trace.indices(label))
        case .multiCategorical(let distribution):
            distribution.logProbability(
                ofOneHot: trace.input(label, distribution.logProbabilities.shape.dimensions[0]))
        case .bernoulli(let distribution):
            distribution.logProbability(of: trace.input(label, distribution.logits.shape.dimensions[0]))
        case .gaussian(let distribution):
            distribution.logProbability(of: trace.input(label, distribution.mean.shape.dimensions[0]))
        }
    }

    /// The mean entropy over the batch, in nats: a scalar.
    public var meanEntropy: Tensor {
        switch self {
        case .categorical(let distribution): distribution.entropy.mean()
        case .multiCategorical(let distribution): distribution.entropy.mean()
        case .bernoulli(let distribution): distribution.entropy.mean()
        case .gaussian(let distribution): distribution.entropy
        }
    }
}
