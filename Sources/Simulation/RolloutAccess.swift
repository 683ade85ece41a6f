public import LinearAlgebra

/// The buffers of a rollout while the lanes of a batch write them, perhaps on several workers at once: each lane only rows
/// of its own.
public struct RolloutAccess: Sendable {
    @usableFromInline let observationSize: Int
    @usableFromInline let maskSize: Int
    @usableFromInline let observations: ParallelAccess<Float>
    @usableFromInline let episodes: ParallelAccess<LastEpisode>
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
        episodes: ParallelAccess<LastEpisode>, lastObservations: ParallelAccess<Float>,
        actionMasks: ParallelAccess<Bool>, players: ParallelAccess<UInt8>,
        rewards: ParallelAccess<Float>, outcomes: ParallelAccess<Outcome>, discreteActions: ParallelAccess<Int32>,
        continuousActions: ParallelAccess<Float>
    ) {
        self.observationSize = observationSize
        self.maskSize = maskSize
        self.observations = observations
        self.episodes = episodes
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

    /// Keeps what an episode came to, and what the task shows at its end.
    @inlinable
    func keepEnd(of task: some Environment, _ episode: LastEpisode, lane: Int) {
        episodes[lane] = episode
        lastObservations.write(lane * observationSize..<(lane + 1) * observationSize) { task.observe(into: &$0) }
    }
}

/// What the episode that a lane ended last came to.
@usableFromInline
struct LastEpisode: Sendable {
    @usableFromInline let `return`: Double
    @usableFromInline let length: Int

    @inlinable
    init(return: Double = 0, length: Int = 0) {
        self.return = `return`
        self.length = length
    }
}

/// The episode that each lane ended last.
@usableFromInline
struct LastEpisodes: Sendable {
    /// [N]
    @usableFromInline var episodes: [LastEpisode]
    /// [N, d]
    @usableFromInline var observations: [Float]

    @usableFromInline
    init(laneCount: Int, observationSize: Int) {
        episodes = Array(repeating: LastEpisode(), count: laneCount)
        observations = Array(repeating: 0, count: laneCount * observationSize)
    }
}

extension Rollout {
    /// Lets `body` hand the buffers to workers.
    @inlinable
    mutating func withAccess(_ last: inout LastEpisodes, _ body: (RolloutAccess) -> Void) {
        let (observationSize, maskSize) = (observationSize, actionSpace.size)
        LinearAlgebra.withParallelAccess(to: &observations, &last.observations, &rewards, &outcomes) {
            observations, lastObservations, rewards, outcomes in
            LinearAlgebra.withParallelAccess(to: &actionMasks, &players, &discreteActions, &continuousActions) {
                actionMasks, players, discreteActions, continuousActions in
                last.episodes.withParallelAccess { episodes in
                    body(
                        RolloutAccess(
                            observationSize: observationSize, maskSize: maskSize, observations: observations,
                            episodes: episodes, lastObservations: lastObservations, actionMasks: actionMasks,
                            players: players, rewards: rewards, outcomes: outcomes,
                            discreteActions: discreteActions, continuousActions: continuousActions))
                }
            }
        }
    }

    /// Notes the episodes that step `step` ended, in the order of the lanes.
    mutating func collectEndedEpisodes(of step: Int, _ last: LastEpisodes) {
        for lane in 0..<laneCount {
            let outcome = outcomes[step * laneCount + lane]
            guard outcome != .running else { continue }
            let row = endedEpisodes.count
            for index in 0..<observationSize {
                finalObservations[row * observationSize + index] = last.observations[lane * observationSize + index]
            }
            endedEpisodes.append(
                EndedEpisode(
                    step: step, lane: lane, outcome: outcome, return: last.episodes[lane].return,
                    length: last.episodes[lane].length))
        }
    }
}
