public import FileFormats

/// N copies of a task that are stepped together: what algorithms take, as `any VectorizedEnvironment`, with one
/// dynamic call for a whole step of the batch.
///
/// Episodes follow each other without a gap: a step that ends an episode begins the lane's next one at once, and
/// leaves the true final observation in the rollout. A collection of T steps is
/// ```swift
/// var rollout = environment.makeRollout(steps: T)
/// environment.observe(into: &rollout)              // once
/// for step in 0 ..< T {
///     …                                            // reads row `step` of the observations, writes its actions
///     environment.step(step, of: &rollout)         // writes everything else, and row `step` + 1 of the observations
/// }
/// …                                                // learns
/// rollout.continueFromLastRow()
/// ```
public protocol VectorizedEnvironment: Sendable {
    /// N, the number of lanes.
    var count: Int { get }
    var observationSpace: Space { get }
    var actionSpace: Space { get }
    /// Whether the rollouts say which actions may be taken.
    var hasActionMask: Bool { get }
    /// 1, or 2 for a game whose players move by turns.
    var playerCount: Int { get }

    /// Breaks off every lane's episode and begins the next. (A new batch has begun its first ones.)
    mutating func reset()

    /// Begins once more as a new batch of the same seed would: the same episodes follow the same actions.
    mutating func restart()

    /// Writes what the lanes show now into row 0 of the observations, and of the masks and players where there are any.
    mutating func observe(into rollout: inout Rollout)

    /// Takes the actions of row `step`, clamped to a box's bounds, and writes that row's rewards and outcomes, row
    /// `step` + 1 of the observations, masks and players, and the episodes that ended. Allocates nothing.
    mutating func step(_ step: Int, of rollout: inout Rollout)

    /// Writes what the future depends on: states, positions of the random streams, returns and lengths of the running
    /// episodes.
    func save(into archive: inout Archive) throws

    /// Makes this batch, of the same task, size and seed, go on exactly as the one that was saved.
    ///
    /// - Throws: if the archive lacks something, or holds another number of lanes.
    mutating func restore(from archive: Archive) throws
}

extension VectorizedEnvironment {
    /// The buffers of rollouts of `steps` steps.
    public func makeRollout(steps: Int) -> Rollout {
        Rollout(
            stepCount: steps, laneCount: count, observationSpace: observationSpace, actionSpace: actionSpace,
            hasActionMask: hasActionMask, playerCount: playerCount)
    }
}
