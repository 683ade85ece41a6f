public import Autodiff
public import NeuralNetworks
public import Simulation

/// The networks of an actor–critic method: a policy and a value function that share nothing, both multilayer perceptrons
/// over the observation.
///
/// Weights are orthogonal with gain √2 in the hidden layers, 0.01 at the policy's end and 1 at the value's; a box of
/// actions gets a normal distribution whose standard deviation does not depend on the observation. (Huang et al., The 37
/// implementation details of proximal policy optimization, 2022: details 2, 13, 23–26.)
public struct ActorCritic: Sendable {
    public let observationSize: Int
    public let actionSpace: Space
    public let actor: MultilayerPerceptron
    public let critic: MultilayerPerceptron
    /// ln σ for each dimension of a box of actions; nil for discrete actions.
    public let logStandardDeviation: ParameterSlice?

    public init(
        observationSpace: Space, actionSpace: Space, hiddenSizes: [Int], activation: Activation,
        initialLogStandardDeviation: Double, in layout: inout ParameterLayout
    ) {
        observationSize = observationSpace.size
        self.actionSpace = actionSpace
        let hidden = Orthogonal(gain: Float(2.0.squareRoot()))
        actor = MultilayerPerceptron(
            "actor", sizes: [observationSize] + hiddenSizes + [actionSpace.size], activation: activation,
            hidden: hidden, output: Orthogonal(gain: 0.01), in: &layout)
        critic = MultilayerPerceptron(
            "critic", sizes: [observationSize] + hiddenSizes + [1], activation: activation,
            hidden: hidden, output: Orthogonal(gain: 1), in: &layout)
        switch actionSpace {
        case .discrete: logStandardDeviation = nil
        case .box:
            logStandardDeviation = layout.declare(
                "actor.logStandardDeviation", shape: [actionSpace.size],
                initializer: Constant(Float(initialLogStandardDeviation)))
        }
    }

    /// The distribution of actions at each observation `[batch, d]`.
    public func policy(_ observations: Tensor) -> ActionDistribution {
        let output = actor(observations)
        guard let logStandardDeviation else { return .categorical(Categorical(logits: output)) }
        return .gaussian(
            DiagonalGaussian(mean: output, logStandardDeviation: observations.parameter(logStandardDeviation)))
    }

    /// V at each observation: `[batch]`.
    public func value(_ observations: Tensor) -> Tensor { critic(observations).reshaped(to: []) }
}

/// A distribution over actions: of choices, or of points in a box.
public enum ActionDistribution {
    case categorical(Categorical)
    case gaussian(DiagonalGaussian)

    /// ln of the probability, or density, of the actions that `trace` takes as its input `label`: `[batch]`.
    public func logProbability(ofInput label: String, in trace: Trace) -> Tensor {
        switch self {
        case .categorical(let distribution): distribution.logProbability(of: trace.indices(label))
        case .gaussian(let distribution):
            distribution.logProbability(of: trace.input(label, distribution.mean.shape.dimensions[0]))
        }
    }

    /// The mean entropy over the batch, in nats: a scalar.
    public var meanEntropy: Tensor {
        switch self {
        case .categorical(let distribution): distribution.entropy.mean()
        case .gaussian(let distribution): distribution.entropy
        }
    }
}
