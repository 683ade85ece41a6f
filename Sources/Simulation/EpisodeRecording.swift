import Randomness

/// One episode, moment for moment.
public struct EpisodeRecording<Task: Environment>: Sendable {
    /// The states before each step, and the one after the last: `[length + 1]`.
    public private(set) var states: [Task.State]
    /// As the task took them: `[length]`.
    public private(set) var actions: [Task.Action] = []
    /// As the task gave them: `[length]`.
    public private(set) var rewards: [Double] = []
    /// How the episode ended; `.running` if it was broken off.
    public private(set) var outcome = Outcome.running

    /// The number of steps.
    public var length: Int { actions.count }

    /// Plays an episode: the first one of lane 0 of a batch of this seed and purpose.
    ///
    /// - Parameters:
    ///   - limit: the step at which the episode is truncated; nil for a task that ends by itself.
    ///   - longest: the step at which one that does not end is broken off.
    ///   - act: writes the action for row 0 of a rollout of one lane, whose row 0 of observations is what is to be seen.
    public init(
        of task: Task, limit: Int?, longest: Int = 100_000, seed: UInt64, purpose: String,
        act: (inout Rollout) -> Void
    ) {
        var task = TimeLimit(task, limit: limit ?? .max)
        var random = RandomStream(seed: seed, purpose: purpose, lane: 0)
        var rollout = Rollout(
            stepCount: 1, laneCount: 1, observationSpace: task.observationSpace, actionSpace: task.actionSpace)
        let bounds = ActionBounds(of: task.actionSpace)
        task.reset(using: &random)
        states = [task.task.state]
        while outcome == .running && length < longest {
            rollout.write(observationOf: task, row: 0)
            act(&rollout)
            var action: Task.Action = rollout.action(row: 0)
            action.clamp(low: bounds.low.span, high: bounds.high.span)
            let transition = task.step(action, using: &random)
            actions.append(action)
            rewards.append(transition.reward)
            states.append(task.task.state)
            outcome = transition.outcome
        }
    }
}
