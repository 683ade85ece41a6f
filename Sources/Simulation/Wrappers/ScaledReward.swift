public import Randomness

/// A task whose rewards are multiplied by `scale`, and then added `offset` to.
public struct ScaledReward<Task: Environment>: EnvironmentWrapper {
    public typealias State = Task.State

    public var task: Task
    public let scale: Double
    public let offset: Double

    /// - Parameters: both finite.
    @inlinable
    public init(_ task: Task, scale: Double, offset: Double = 0) {
        precondition(scale.isFinite && offset.isFinite, "rewards times \(scale) plus \(offset)")
        self.task = task
        self.scale = scale
        self.offset = offset
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        let transition = task.step(action, using: &random)
        return Transition(reward: transition.reward * scale + offset, outcome: transition.outcome)
    }
}

extension ScaledReward: HeuristicEnvironment where Task: HeuristicEnvironment {}
