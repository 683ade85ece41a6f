public import Randomness

/// A task in which each action is taken `count` times, or until the episode ends; the rewards are added up.
public struct ActionRepeat<Task: Environment>: EnvironmentWrapper {
    public var task: Task
    public let count: Int

    /// - Parameter count: at least 1.
    @inlinable
    public init(_ task: Task, count: Int) {
        precondition(count > 0, "an action that is taken \(count) times is never taken")
        self.task = task
        self.count = count
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        var sum = Transition(reward: 0)
        for _ in 0..<count where sum.outcome == .running {
            let transition = task.step(action, using: &random)
            sum.reward += transition.reward
            sum.outcome = transition.outcome
        }
        return sum
    }

    @inlinable public var state: Task.State {
        get { task.state }
        set { task.state = newValue }
    }

    public typealias State = Task.State
}

extension ActionRepeat: HeuristicEnvironment where Task: HeuristicEnvironment {}
