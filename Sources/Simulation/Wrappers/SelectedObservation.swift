public import Randomness

/// A task of whose observations, points in a box, only some elements are shown: without velocities, for example, so that
/// the agent has to remember.
public struct SelectedObservation<Task: Environment>: EnvironmentWrapper {
    public typealias State = Task.State

    public var task: Task
    public let observationSpace: Space
    @usableFromInline let kept: [Int]
    @usableFromInline let size: Int

    /// - Parameter kept: the elements that are shown, in this order.
    /// - Precondition: the task's observations are points in a box of at most 32 elements.
    public init(_ task: Task, keeping kept: [Int]) {
        guard case .box(let low, let high) = task.observationSpace, low.count <= 32 else {
            preconditionFailure("no elements of \(task.observationSpace) can be kept")
        }
        precondition(
            !kept.isEmpty && kept.allSatisfy { low.indices.contains($0) },
            "elements \(kept) of an observation of \(low.count)")
        self.task = task
        self.kept = kept
        size = low.count
        observationSpace = .box(low: kept.map { low[$0] }, high: kept.map { high[$0] })
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        task.step(action, using: &random)
    }

    @inlinable
    public func observe(into row: inout MutableSpan<Float>) {
        var whole = InlineArray<32, Float>(repeating: 0)
        var span = whole.mutableSpan
        var inner = span._mutatingExtracting(0..<size)
        task.observe(into: &inner)
        for index in row.indices { row[index] = whole[kept[index]] }
    }
}

extension SelectedObservation: HeuristicEnvironment where Task: HeuristicEnvironment {}
