public import FileFormats
public import LinearAlgebra
public import Randomness

/// N copies of a task, each with its own random stream; stepping them is one loop, specialised for the task, that
/// writes straight into the rollout's buffers. Where the copies are many or slow, the workers of a pool share the loop:
/// no copy can tell.
public struct EnvironmentBatch<Task: Environment>: VectorizedEnvironment {
    /// One copy of the task and the episode that it is in.
    @usableFromInline
    struct Lane: Sendable {
        @usableFromInline var task: Task
        @usableFromInline var random: RandomStream
        @usableFromInline var `return` = 0.0
        @usableFromInline var length = 0
        /// Those of the latest ended episode.
        @usableFromInline var endedReturn = 0.0
        @usableFromInline var endedLength = 0

        @inlinable
        init(task: Task, random: RandomStream) {
            self.task = task
            self.random = random
            reset()
        }

        @inlinable
        mutating func reset() {
            endedReturn = `return`
            endedLength = length
            task.reset(using: &random)
            `return` = 0
            length = 0
        }

        @inlinable
        mutating func step(_ action: Task.Action) -> Transition {
            // One player wins what the other loses: the return is the first one's.
            let isOpponent = Task.playerCount > 1 && task.player == 1
            let transition = task.step(action, using: &random)
            `return` += isOpponent ? -transition.reward : transition.reward
            length &+= 1
            return transition
        }
    }

    public let observationSpace: Space
    public let actionSpace: Space
    @usableFromInline let bounds: ActionBounds
    @usableFromInline let pool: WorkerPool
    @usableFromInline var lanes: [Lane]
    /// [N, d], the last observation of the episode that each lane ended last.
    @usableFromInline var lastObservations: [Float]

    /// The loop over the lanes. It is kept as a closure because the compiler specialises a closure for the task where
    /// the batch is made, and never a method that is called through `any VectorizedEnvironment`.
    @usableFromInline let stepLanes: @Sendable (ParallelAccess<Lane>, RolloutAccess, Int, Range<Int>) -> Void

    /// `count` copies of `task`, each with its first episode begun.
    ///
    /// - Parameters:
    ///   - purpose: names the random streams together with the seed and the lane; a batch for evaluation has another
    ///     purpose than the one for training.
    ///   - pool: the workers that share a step, if there is enough to do for more than one.
    @inlinable
    public init(
        of task: Task, count: Int, seed: UInt64, purpose: String = "environment", pool: WorkerPool = .shared
    ) {
        precondition(count > 0, "a batch of \(count) environments is empty")
        observationSpace = task.observationSpace
        actionSpace = task.actionSpace
        let bounds = ActionBounds(of: actionSpace)
        self.bounds = bounds
        self.pool = pool
        lanes = (0..<count).map { lane in
            Lane(task: task, random: RandomStream(seed: seed, purpose: purpose, lane: lane))
        }
        lastObservations = [Float](repeating: 0, count: count * observationSpace.size)
        stepLanes = { lanes, rollout, step, range in
            Self.step(range, of: lanes, bounds: bounds, step: step, rollout)
        }
    }

    @inlinable public var count: Int { lanes.count }
    @inlinable public var hasActionMask: Bool { Task.hasActionMask }
    @inlinable public var playerCount: Int { Task.playerCount }

    @inlinable
    public mutating func reset() {
        for lane in lanes.indices { lanes[lane].reset() }
    }

    @inlinable
    public mutating func restart() {
        for lane in lanes.indices { lanes[lane].random.position = 0 }
        reset()
    }

    @inlinable
    public mutating func observe(into rollout: inout Rollout) {
        precondition(
            rollout.laneCount == count && rollout.observationSize == observationSpace.size
                && rollout.actionSpace == actionSpace && rollout.hasActionMask == hasActionMask,
            """
            a rollout of \(rollout.laneCount) lanes, observations of \(rollout.observationSize) and actions \
            \(rollout.actionSpace) was handed to a batch of \(count) lanes, observations of \
            \(observationSpace.size) and actions \(actionSpace)
            """)
        lanes.withParallelAccess { lanes in
            rollout.withAccess(lastObservations: &lastObservations) { rollout in
                for lane in 0..<lanes.count { rollout.show(lanes[lane].task, row: lane) }
            }
        }
    }

    public mutating func step(_ step: Int, of rollout: inout Rollout) {
        precondition(
            rollout.laneCount == lanes.count, "a rollout of \(rollout.laneCount) lanes for a batch of \(lanes.count)")
        precondition(
            step >= 0 && step < rollout.stepCount, "step \(step) of a rollout of \(rollout.stepCount) steps")
        let (pool, count, shards) = (pool, count, shardCount)
        let stepLanes = stepLanes
        lanes.withParallelAccess { lanes in
            rollout.withAccess(lastObservations: &lastObservations) { rollout in
                guard shards > 1 else { return stepLanes(lanes, rollout, step, 0..<count) }
                pool.run(shards) { shard in
                    stepLanes(lanes, rollout, step, Shards.range(shard, of: shards, rows: count))
                }
            }
        }
        collectEndedEpisodes(of: step, in: &rollout)
    }

    /// A worker that is woken for less than some 20 µs of work costs more than it helps.
    private var shardCount: Int { min(count, max(count * Task.stepCost / 20_000, 1), 64) }

    @inlinable
    static func step(
        _ range: Range<Int>, of lanes: ParallelAccess<Lane>, bounds: ActionBounds, step: Int, _ rollout: RolloutAccess
    ) {
        for lane in range {
            let row = step * lanes.count + lane
            var action: Task.Action = rollout.action(row: row)
            action.clamp(low: bounds.low.span, high: bounds.high.span)
            let transition = lanes[lane].step(action)
            rollout.rewards[row] = Float(transition.reward)
            rollout.outcomes[row] = transition.outcome
            if transition.outcome != .running {
                rollout.keepLastObservation(of: lanes[lane].task, lane: lane)
                lanes[lane].reset()
            }
            rollout.show(lanes[lane].task, row: row + lanes.count)
        }
    }

    /// Notes the episodes that step `step` ended, in the order of the lanes.
    private func collectEndedEpisodes(of step: Int, in rollout: inout Rollout) {
        let size = rollout.observationSize
        for lane in 0..<count {
            let outcome = rollout.outcomes[step * count + lane]
            guard outcome != .running else { continue }
            let row = rollout.endedEpisodes.count
            for index in 0..<size {
                rollout.finalObservations[row * size + index] = lastObservations[lane * size + index]
            }
            rollout.endedEpisodes.append(
                EndedEpisode(
                    step: step, lane: lane, outcome: outcome, return: lanes[lane].endedReturn,
                    length: lanes[lane].endedLength))
        }
    }

    public func save(into archive: inout Archive) throws {
        archive.set("randomPositions", lanes.map(\.random.position))
        archive.set("returns", lanes.map(\.return))
        archive.set("lengths", lanes.map { Int64($0.length) })
        try archive.encode("states", lanes.map(\.task.state))
    }

    public mutating func restore(from archive: Archive) throws {
        let positions = try archive.uint64s("randomPositions", shape: [count])
        let returns = try archive.doubles("returns", shape: [count])
        let lengths = try archive.int64s("lengths", shape: [count])
        let states = try archive.decode("states", as: [Task.State].self)
        guard states.count == count else {
            throw EnvironmentError("the archive holds the states of \(states.count) environments, not of \(count)")
        }
        for lane in lanes.indices {
            lanes[lane].task.state = states[lane]
            lanes[lane].random.position = positions[lane]
            lanes[lane].return = returns[lane]
            lanes[lane].length = Int(lengths[lane])
        }
    }
}

/// The bounds of a box of actions; empty for whole-numbered actions.
@usableFromInline
struct ActionBounds: Sendable {
    @usableFromInline let low: [Float]
    @usableFromInline let high: [Float]

    @usableFromInline
    init(of space: Space) {
        switch space {
        case .discrete, .multiDiscrete, .binary: (low, high) = ([], [])
        case .box(let low, let high): (self.low, self.high) = (low, high)
        }
    }
}
