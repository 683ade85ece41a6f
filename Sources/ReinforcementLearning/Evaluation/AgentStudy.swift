/// What an agent did, and what its critic expected, in whole episodes that it was evaluated on.
public struct AgentStudy: Sendable, Equatable {
    /// The undiscounted returns, as the environment gives rewards, in the order in which the episodes ended.
    public var returns: [Double] = []
    /// The steps of each episode, in the same order.
    public var lengths: [Int] = []
    /// How often each choice of a discrete action space was taken; empty for a box.
    public var actionCounts: [Int] = []
    /// Actions in a box, `[samples, size]`, those of the sampled steps; empty for a discrete action space.
    public var actions: [Float] = []
    /// The value that the critic gave to each sampled step's observation, in units of the rewards.
    public var values: [Float] = []
    /// The discounted sum of the rewards that followed each of these steps.
    public var discountedReturns: [Float] = []

    public init() {}
}

/// What an agent does and expects at given observations.
public struct AgentProbe: Sendable, Equatable {
    /// The probability of each choice, `[n, choices]`, or the mean action, `[n, size]`.
    public var policy: [Float]
    /// V, `[n]`, in units of the rewards.
    public var values: [Float]

    public init(policy: [Float], values: [Float]) {
        self.policy = policy
        self.values = values
    }
}
