public import Randomness

/// A task whose episodes are truncated at their step `limit`, unless that step terminated them.
public struct TimeLimit<Task: Environment>: EnvironmentWrapper {
    /// The task's state and the steps since its reset.
    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        public var elapsed: Int

        @inlinable
        public init(task: Task.State, elapsed: Int) {
            self.task = task
            self.elapsed = elapsed
        }
    }

    public var task: Task
    public let limit: Int
    @usableFromInline var elapsed = 0

    /// - Parameter limit: the number of steps of the longest episode, at least 1.
    @inlinable
    public init(_ task: Task, limit: Int) {
        precondition(limit > 0, "an episode of at most \(limit) steps has none")
        self.task = task
        self.limit = limit
    }

    @inlinable public var state: State {
        get { State(task: task.state, elapsed: elapsed) }
        set {
            task.state = newValue.task
            elapsed = newValue.elapsed
        }
    }

    @inlinable
    public mutating func reset(using random: inout RandomStream) {
        task.reset(using: &random)
        elapsed = 0
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        var transition = task.step(action, using: &random)
        elapsed &+= 1
        if transition.outcome == .running && elapsed >= limit { transition.outcome = .truncated }
        return transition
    }
}

extension TimeLimit: HeuristicEnvironment where Task: HeuristicEnvironment {}
