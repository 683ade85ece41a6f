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
            // One by one: a place that is not known to the compiler costs a trip through memory.
            batch.lanes[first + 0].task.enter(&motion, at: 0, taking: batch.action(of: first + 0))
            batch.lanes[first + 1].task.enter(&motion, at: 1, taking: batch.action(of: first + 1))
            batch.lanes[first + 2].task.enter(&motion, at: 2, taking: batch.action(of: first + 2))
            batch.lanes[first + 3].task.enter(&motion, at: 3, taking: batch.action(of: first + 3))
            batch.lanes[first + 4].task.enter(&motion, at: 4, taking: batch.action(of: first + 4))
            batch.lanes[first + 5].task.enter(&motion, at: 5, taking: batch.action(of: first + 5))
            batch.lanes[first + 6].task.enter(&motion, at: 6, taking: batch.action(of: first + 6))
            batch.lanes[first + 7].task.enter(&motion, at: 7, taking: batch.action(of: first + 7))
            move(&motion, of: batch.lanes[first].task)
            batch.finish(first + 0, with: batch.lanes[first + 0].task.leave(motion, at: 0))
            batch.finish(first + 1, with: batch.lanes[first + 1].task.leave(motion, at: 1))
            batch.finish(first + 2, with: batch.lanes[first + 2].task.leave(motion, at: 2))
            batch.finish(first + 3, with: batch.lanes[first + 3].task.leave(motion, at: 3))
            batch.finish(first + 4, with: batch.lanes[first + 4].task.leave(motion, at: 4))
            batch.finish(first + 5, with: batch.lanes[first + 5].task.leave(motion, at: 5))
            batch.finish(first + 6, with: batch.lanes[first + 6].task.leave(motion, at: 6))
            batch.finish(first + 7, with: batch.lanes[first + 7].task.leave(motion, at: 7))
            first += DoubleLanes.count
        }
        for lane in first..<range.upperBound {
            let transition = batch.lanes[lane].task.step(batch.action(of: lane), using: &batch.lanes[lane].random)
            batch.finish(lane, with: transition)
        }
    }
}
