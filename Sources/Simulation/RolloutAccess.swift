public import LinearAlgebra

/// The buffers of a rollout while the lanes of a batch write them, perhaps on several workers at once: each lane only rows
/// of its own.
public struct RolloutAccess: Sendable {
    @usableFromInline let observationSize: Int
    @usableFromInline let maskSize: Int
    @usableFromInline let observations: ParallelAccess<Float>
    @usableFromInline let lastObservations: ParallelAccess<Float>
    @usableFromInline let actionMasks: ParallelAccess<Bool>
    @usableFromInline let players: ParallelAccess<UInt8>
    @usableFromInline let rewards: ParallelAccess<Float>
    @usableFromInline let outcomes: ParallelAccess<Outcome>
    @usableFromInline let discreteActions: ParallelAccess<Int32>
    @usableFromInline let continuousActions: ParallelAccess<Float>

    @inlinable
    init(
        observationSize: Int, maskSize: Int, observations: ParallelAccess<Float>,
        lastObservations: ParallelAccess<Float>, actionMasks: ParallelAccess<Bool>, players: ParallelAccess<UInt8>,
        rewards: ParallelAccess<Float>, outcomes: ParallelAccess<Outcome>, discreteActions: ParallelAccess<Int32>,
        continuousActions: ParallelAccess<Float>
    ) {
        self.observationSize = observationSize
        self.maskSize = maskSize
        self.observations = observations
        self.lastObservations = lastObservations
        self.actionMasks = actionMasks
        self.players = players
        self.rewards = rewards
        self.outcomes = outcomes
        self.discreteActions = discreteActions
        self.continuousActions = continuousActions
    }

    /// The action in row step · N + lane.
    @inlinable
    func action<Action: EnvironmentAction>(row: Int) -> Action {
        discreteActions.read { discrete in
            continuousActions.read { continuous in Action(row: row, discrete: discrete, continuous: continuous) }
        }
    }

    /// Writes what `task` shows, allows and whose turn it is into row step · N + lane.
    @inlinable
    func show<Task: Environment>(_ task: Task, row: Int) {
        observations.write(row * observationSize..<(row + 1) * observationSize) { task.observe(into: &$0) }
        if Task.hasActionMask {
            actionMasks.write(row * maskSize..<(row + 1) * maskSize) { task.writeActionMask(into: &$0) }
        }
        if Task.playerCount > 1 { players[row] = UInt8(truncatingIfNeeded: task.player) }
    }

    /// Keeps what `task` shows at the end of its episode.
    @inlinable
    func keepLastObservation(of task: some Environment, lane: Int) {
        lastObservations.write(lane * observationSize..<(lane + 1) * observationSize) { task.observe(into: &$0) }
    }
}

extension Rollout {
    /// Lets `body` hand the buffers to workers.
    ///
    /// - Parameter lastObservations: [N, d], of the batch.
    @inlinable
    mutating func withAccess(lastObservations: inout [Float], _ body: (RolloutAccess) -> Void) {
        let (observationSize, maskSize) = (observationSize, actionSpace.size)
        LinearAlgebra.withParallelAccess(to: &observations, &lastObservations, &rewards, &outcomes) {
            observations, lastObservations, rewards, outcomes in
            LinearAlgebra.withParallelAccess(to: &actionMasks, &players, &discreteActions, &continuousActions) {
                actionMasks, players, discreteActions, continuousActions in
                body(
                    RolloutAccess(
                        observationSize: observationSize, maskSize: maskSize, observations: observations,
                        lastObservations: lastObservations, actionMasks: actionMasks, players: players,
                        rewards: rewards, outcomes: outcomes, discreteActions: discreteActions,
                        continuousActions: continuousActions))
            }
        }
    }
}
