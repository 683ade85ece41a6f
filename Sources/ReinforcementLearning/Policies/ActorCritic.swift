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
    /// Whether choices can be forbidden: the policy takes a mask then.
    public let hasActionMask: Bool
    public let actor: MultilayerPerceptron
    public let critic: MultilayerPerceptron
    /// ln σ for each dimension of a box of actions; nil for other spaces.
    public let logStandardDeviation: ParameterSlice?

    public init(
        observationSpace: Space, actionSpace: Space, hasActionMask: Bool = false, hiddenSizes: [Int],
        activation: Activation,
        initialLogStandardDeviation: Double, in layout: inout ParameterLayout
    ) {
        observationSize = observationSpace.size
        self.actionSpace = actionSpace
        self.hasActionMask = hasActionMask
        let hidden = Orthogonal(gain: Float(2.0.squareRoot()))
        actor = MultilayerPerceptron(
            "actor", sizes: [observationSize] + hiddenSizes + [actionSpace.size], activation: activation,
            hidden: hidden, output: Orthogonal(gain: 0.01), in: &layout)
        critic = MultilayerPerceptron(
            "critic", sizes: [observationSize] + hiddenSizes + [1], activation: activation,
            hidden: hidden, output: Orthogonal(gain: 1), in: &layout)
        switch actionSpace {
        case .discrete, .multiDiscrete, .binary: logStandardDeviation = nil
        case .box:
            logStandardDeviation = layout.declare(
                "actor.logStandardDeviation", shape: [actionSpace.size],
                initializer: Constant(Float(initialLogStandardDeviation)))
        }
    }

    /// What is added to the logit of a forbidden choice: its probability, and its gradient, are 0.
    private static let forbidden: Float = -1e8

    /// The distribution of actions at each observation `[batch, d]`, of those that the trace's input `masks`
    /// `[batch, size]` allows where the task has masks: 1 for an allowed choice, 0 for a forbidden one.
    public func policy(_ observations: Tensor, in trace: Trace) -> ActionDistribution {
        var output = actor(observations)
        if hasActionMask { output = output + (1 - trace.input("masks", actionSpace.size)) * Self.forbidden }
        return ActionDistribution(
            over: actionSpace, output: output,
            logStandardDeviation: logStandardDeviation.map { observations.parameter($0) })
    }

    /// V at each observation: `[batch]`.
    public func value(_ observations: Tensor) -> Tensor { critic(observations).reshaped(to: []) }
}
