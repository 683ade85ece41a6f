public import FileFormats
public import LinearAlgebra
public import Randomness

/// N copies of a task, each with its own random stream; stepping them is one loop, specialised for the task, that
/// writes straight into the rollout's buffers. Where the copies are many or slow, the workers of a pool share the loop:
/// no copy can tell.
public struct EnvironmentBatch<Task: Environment>: VectorizedEnvironment {
    public let observationSpace: Space
    public let actionSpace: Space
    @usableFromInline let bounds: ActionBounds
    /// The step at which an episode is truncated.
    @usableFromInline let limit: Int
    @usableFromInline let pool: WorkerPool
    @usableFromInline var lanes: [Lane<Task>]
    @usableFromInline var last: LastEpisodes

    /// The loop over the lanes. It is kept as a closure because the compiler specialises a closure for the task where
    /// the batch is made, and never a method that is called through `any VectorizedEnvironment`.
    @usableFromInline let stepLanes: @Sendable (Range<Int>, BatchStep<Task>) -> Void

    /// `count` copies of `task`, each with its first episode begun.
    ///
    /// - Parameters:
    ///   - limit: the step at which an episode is truncated, as by `TimeLimit`; nil for a task that ends by itself.
    ///   - purpose: names the random streams together with the seed and the lane; a batch for evaluation has another
    ///     purpose than the one for training.
    ///   - pool: the workers that share a step, if there is enough to do for more than one.
    @inlinable
    public init(
        of task: Task, limit: Int? = nil, count: Int, seed: UInt64, purpose: String = "environment",
        pool: WorkerPool = .shared
    ) {
        precondition(limit.map { $0 > 0 } ?? true, "an episode of at most \(limit ?? 0) steps has none")
        precondition(count > 0, "a batch of \(count) environments is empty")
        observationSpace = task.observationSpace
        actionSpace = task.actionSpace
        bounds = ActionBounds(of: actionSpace)
        self.limit = limit ?? .max
        self.pool = pool
        lanes = (0..<count).map { lane in
            Lane(task: task, random: RandomStream(seed: seed, purpose: purpose, lane: lane))
        }
        last = LastEpisodes(laneCount: count, observationSize: observationSpace.size)
        stepLanes = { range, step in Task.step(range, of: step) }
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
            rollout.withAccess(&last) { rollout in
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
        let (bounds, limit, stepLanes) = (bounds, limit, stepLanes)
        lanes.withParallelAccess { lanes in
            rollout.withAccess(&last) { rollout in
                let batch = BatchStep(lanes: lanes, rollout: rollout, bounds: bounds, limit: limit, step: step)
                guard shards > 1 else { return stepLanes(0..<count, batch) }
                pool.run(shards) { shard in stepLanes(Shards.range(shard, of: shards, rows: count), batch) }
            }
        }
        rollout.collectEndedEpisodes(of: step, last)
    }

    /// A worker that is woken for less than some 20 µs of work costs more than it helps.
    private var shardCount: Int { min(count, max(count * Task.stepCost / 20_000, 1), 64) }

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
