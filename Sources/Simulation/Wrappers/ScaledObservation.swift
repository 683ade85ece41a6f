public import Randomness

/// A task whose observations, points in a box, are multiplied by a factor for each element, after an offset has been
/// subtracted: x → (x − offset) · scale.
public struct ScaledObservation<Task: Environment>: EnvironmentWrapper {
    public typealias State = Task.State

    public var task: Task
    public let observationSpace: Space
    /// [d]
    @usableFromInline let offsets: [Float]
    /// [d]
    @usableFromInline let scales: [Float]

    /// - Parameters:
    ///   - offsets: [d]
    ///   - scales: [d], positive and finite.
    /// - Precondition: the task's observations are points in a box.
    public init(_ task: Task, offsets: [Float], scales: [Float]) {
        guard case .box(let low, let high) = task.observationSpace else {
            preconditionFailure("observations that are \(task.observationSpace) cannot be scaled")
        }
        precondition(
            offsets.count == low.count && scales.count == low.count,
            "observations of \(low.count) elements, \(offsets.count) offsets and \(scales.count) scales")
        precondition(scales.allSatisfy { $0 > 0 && $0.isFinite }, "scales \(scales) are not all positive and finite")
        self.task = task
        self.offsets = offsets
        self.scales = scales
        observationSpace = .box(
            low: low.indices.map { (low[$0] - offsets[$0]) * scales[$0] },
            high: high.indices.map { (high[$0] - offsets[$0]) * scales[$0] })
    }

    /// Elements with two finite bounds are brought to −1 … 1; others stay.
    public init(bringingToUnitRange task: Task) {
        guard case .box(let low, let high) = task.observationSpace else {
            preconditionFailure("observations that are \(task.observationSpace) cannot be scaled")
        }
        let isBounded = low.indices.map { low[$0].isFinite && high[$0].isFinite && high[$0] > low[$0] }
        self.init(
            task, offsets: low.indices.map { isBounded[$0] ? (low[$0] + high[$0]) / 2 : 0 },
            scales: low.indices.map { isBounded[$0] ? 2 / (high[$0] - low[$0]) : 1 })
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        task.step(action, using: &random)
    }

    @inlinable
    public func observe(into row: inout MutableSpan<Float>) {
        task.observe(into: &row)
        for index in row.indices { row[index] = (row[index] - offsets[index]) * scales[index] }
    }
}

extension ScaledObservation: HeuristicEnvironment where Task: HeuristicEnvironment {}
