public import Randomness

/// A task that shows, as one more element of its observations, the share of the steps that is left until its limit: 1 in
/// the beginning, 0 at the end. With it the value of a state can depend on the time (Pardo et al., "Time limits in
/// reinforcement learning", 2018).
public struct TimeFeature<Task: Environment>: EnvironmentWrapper {
    public typealias State = TimeLimit<Task>.State

    public var task: TimeLimit<Task>
    public let observationSpace: Space

    /// - Parameter limit: the number of steps of the longest episode, at least 1; the episode is truncated there.
    /// - Precondition: the task's observations are points in a box.
    public init(_ task: Task, limit: Int) {
        guard case .box(let low, let high) = task.observationSpace else {
            preconditionFailure("observations that are \(task.observationSpace) have no room for the time")
        }
        self.task = TimeLimit(task, limit: limit)
        observationSpace = .box(low: low + [0], high: high + [1])
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        task.step(action, using: &random)
    }

    @inlinable
    public func observe(into row: inout MutableSpan<Float>) {
        let last = row.count - 1
        var inner = row._mutatingExtracting(0..<last)
        task.observe(into: &inner)
        row[last] = Float(task.limit - task.elapsed) / Float(task.limit)
    }
}

extension TimeFeature: HeuristicEnvironment where Task: HeuristicEnvironment {}
