public import LinearAlgebra
public import Randomness

/// One copy of a task in a batch, and the episode that it is in.
public struct Lane<Task: Environment>: Sendable {
    public var task: Task
    public var random: RandomStream
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
}

/// A step of a batch under way: what `Environment.step(_:of:)` works on. Lanes may be stepped on several workers at once.
public struct BatchStep<Task: Environment>: Sendable {
    public let lanes: ParallelAccess<Lane<Task>>
    @usableFromInline let rollout: RolloutAccess
    @usableFromInline let bounds: ActionBounds
    @usableFromInline let limit: Int
    @usableFromInline let step: Int

    @inlinable
    init(
        lanes: ParallelAccess<Lane<Task>>, rollout: RolloutAccess, bounds: ActionBounds, limit: Int, step: Int
    ) {
        self.lanes = lanes
        self.rollout = rollout
        self.bounds = bounds
        self.limit = limit
        self.step = step
    }

    /// What the learner wants lane `lane` to do, clamped to its box.
    @inlinable @inline(__always)
    public func action(of lane: Int) -> Task.Action {
        var action: Task.Action = rollout.action(row: step * lanes.count + lane)
        action.clamp(low: bounds.low.span, high: bounds.high.span)
        return action
    }

    /// Notes what the step of lane `lane` brought, and begins the next episode if it ended this one.
    ///
    /// - Parameter player: who acted.
    @inlinable @inline(__always)
    public func finish(_ lane: Int, with transition: Transition, player: Int = 0) {
        let row = step * lanes.count + lane
        // One player wins what the other loses: the return is the first one's.
        lanes[lane].return += Task.playerCount > 1 && player == 1 ? -transition.reward : transition.reward
        lanes[lane].length &+= 1
        var outcome = transition.outcome
        if outcome == .running && lanes[lane].length >= limit { outcome = .truncated }
        rollout.rewards[row] = Float(transition.reward)
        rollout.outcomes[row] = outcome
        if outcome != .running {
            rollout.keepEnd(
                of: lanes[lane].task, LastEpisode(return: lanes[lane].return, length: lanes[lane].length), lane: lane)
            lanes[lane].reset()
        }
        rollout.show(lanes[lane].task, row: row + lanes.count)
    }
}

extension Environment {
    @inlinable
    public static func step(_ range: Range<Int>, of batch: BatchStep<Self>) {
        for lane in range {
            let player = playerCount > 1 ? batch.lanes[lane].task.player : 0
            let transition = batch.lanes[lane].task.step(batch.action(of: lane), using: &batch.lanes[lane].random)
            batch.finish(lane, with: transition, player: player)
        }
    }
}
