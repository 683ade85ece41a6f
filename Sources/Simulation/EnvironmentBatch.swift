public import FileFormats
public import Randomness

/// N copies of a task, each with its own random stream; stepping them is one loop, specialised for the task, that
/// writes straight into the rollout's buffers.
public struct EnvironmentBatch<Task: Environment>: VectorizedEnvironment {
    /// One copy of the task and the episode that it is in.
    @usableFromInline
    struct Lane: Sendable {
        @usableFromInline var task: Task
        @usableFromInline var random: RandomStream
        @usableFromInline var `return` = 0.0
        @usableFromInline var length = 0

        @inlinable
        init(task: Task, random: RandomStream) {
            self.task = task
            self.random = random
            reset()
        }

        @inlinable
        mutating func reset() {
            task.reset(using: &random)
            `return` = 0
            length = 0
        }

        @inlinable
        mutating func step(_ action: Task.Action) -> Transition {
            let transition = task.step(action, using: &random)
            `return` += transition.reward
            length &+= 1
            return transition
        }
    }

    public let observationSpace: Space
    public let actionSpace: Space
    @usableFromInline let bounds: ActionBounds
    @usableFromInline var lanes: [Lane]

    /// The loop over the lanes. It is kept as a closure because the compiler specialises a closure for the task where
    /// the batch is made, and never a method that is called through `any VectorizedEnvironment`.
    @usableFromInline let stepLanes: @Sendable (inout [Lane], ActionBounds, Int, inout Rollout) -> Void

    /// `count` copies of `task`, each with its first episode begun.
    ///
    /// - Parameter purpose: names the random streams together with the seed and the lane; a batch for evaluation has
    ///   another purpose than the one for training.
    @inlinable
    public init(of task: Task, count: Int, seed: UInt64, purpose: String = "environment") {
        precondition(count > 0, "a batch of \(count) environments is empty")
        observationSpace = task.observationSpace
        actionSpace = task.actionSpace
        bounds = ActionBounds(of: actionSpace)
        lanes = (0..<count).map { lane in
            Lane(task: task, random: RandomStream(seed: seed, purpose: purpose, lane: lane))
        }
        stepLanes = { lanes, bounds, step, rollout in Self.step(&lanes, bounds: bounds, step: step, of: &rollout) }
    }

    @inlinable public var count: Int { lanes.count }

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
    public func observe(into rollout: inout Rollout) {
        precondition(
            rollout.laneCount == count && rollout.observationSize == observationSpace.size
                && rollout.actionSpace == actionSpace,
            """
            a rollout of \(rollout.laneCount) lanes, observations of \(rollout.observationSize) and actions \
            \(rollout.actionSpace) was handed to a batch of \(count) lanes, observations of \
            \(observationSpace.size) and actions \(actionSpace)
            """)
        for lane in lanes.indices { rollout.write(observationOf: lanes[lane].task, row: lane) }
    }

    public mutating func step(_ step: Int, of rollout: inout Rollout) {
        stepLanes(&lanes, bounds, step, &rollout)
    }

    @inlinable
    static func step(_ lanes: inout [Lane], bounds: ActionBounds, step: Int, of rollout: inout Rollout) {
        precondition(
            rollout.laneCount == lanes.count, "a rollout of \(rollout.laneCount) lanes for a batch of \(lanes.count)")
        precondition(
            step >= 0 && step < rollout.stepCount, "step \(step) of a rollout of \(rollout.stepCount) steps")
        for lane in 0..<lanes.count {
            let row = step * rollout.laneCount + lane
            var action: Task.Action = rollout.action(row: row)
            action.clamp(low: bounds.low.span, high: bounds.high.span)
            let transition = lanes[lane].step(action)
            rollout.rewards[row] = Float(transition.reward)
            rollout.outcomes[row] = transition.outcome
            if transition.outcome != .running {
                rollout.write(finalObservationOf: lanes[lane].task)
                rollout.endedEpisodes.append(
                    EndedEpisode(
                        step: step, lane: lane, outcome: transition.outcome, return: lanes[lane].return,
                        length: lanes[lane].length))
                lanes[lane].reset()
            }
            rollout.write(observationOf: lanes[lane].task, row: row + rollout.laneCount)
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

/// The bounds of a box of actions; empty for a discrete action space.
@usableFromInline
struct ActionBounds: Sendable {
    @usableFromInline let low: [Float]
    @usableFromInline let high: [Float]

    @usableFromInline
    init(of space: Space) {
        switch space {
        case .discrete: (low, high) = ([], [])
        case .box(let low, let high): (self.low, self.high) = (low, high)
        }
    }
}
