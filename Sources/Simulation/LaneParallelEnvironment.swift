public import LinearAlgebra

/// A task that moves by arithmetic alone, without randomness, so that a processor can move several copies at once. A batch
/// does so; each copy moves, bit for bit, as `step` moves it.
public protocol LaneParallelEnvironment: Environment {
    /// The numbers that move, of `DoubleLanes.count` copies side by side.
    associatedtype Motion

    /// - Parameter task: one of the copies, which all have its constants.
    static func makeMotion(of task: Self) -> Motion

    /// Puts this copy's numbers, and what `action` does to them, into place `place`.
    func enter(_ motion: inout Motion, at place: Int, taking action: Action)

    /// Moves all copies by a step.
    static func move(_ motion: inout Motion, of task: Self)

    /// Takes this copy's numbers back.
    ///
    /// - Returns: what the step brought.
    mutating func leave(_ motion: Motion, at place: Int) -> Transition
}

extension LaneParallelEnvironment {
    @inlinable
    public static func step(_ range: Range<Int>, of batch: BatchStep<Self>) {
        var first = range.lowerBound
        while first + DoubleLanes.count <= range.upperBound {
            var motion = makeMotion(of: batch.lanes[first].task)
            for place in 0..<DoubleLanes.count {
                batch.lanes[first + place].task.enter(&motion, at: place, taking: batch.action(of: first + place))
            }
            move(&motion, of: batch.lanes[first].task)
            for place in 0..<DoubleLanes.count {
                batch.finish(first + place, with: batch.lanes[first + place].task.leave(motion, at: place))
            }
            first += DoubleLanes.count
        }
        for lane in first..<range.upperBound {
            let transition = batch.lanes[lane].task.step(batch.action(of: lane), using: &batch.lanes[lane].random)
            batch.finish(lane, with: transition)
        }
    }
}
