/// What a step brought.
public struct Transition: Sendable, Equatable {
    public var reward: Double
    public var outcome: Outcome

    @inlinable
    public init(reward: Double, outcome: Outcome = .running) {
        self.reward = reward
        self.outcome = outcome
    }
}
