import Randomness

/// Who chooses the actions of an episode.
public enum EpisodePolicy {
    /// Uniformly random ones, of those that are allowed.
    case random
    /// The policy that the task itself knows.
    case heuristic
    /// The numbers of one action after another; the episode is broken off after the last.
    case script([[Double]])
    /// Writes the action for row 0 of a rollout of one lane, whose row 0 of observations is what is to be seen.
    case agent((inout Rollout) -> Void)
}

/// Plays episodes of a task one after the other, as lane 0 of a batch of the same seed and purpose does, a step at a time:
/// for films, tables and whoever wants to look.
public struct EpisodePlayer<Task: Environment> {
    private var limited: TimeLimit<Task>
    private let policy: EpisodePolicy
    private var random: RandomStream
    private var actions: RandomStream
    private var rollout: Rollout
    private let bounds: ActionBounds
    private var last: LastEpisodes

    /// The steps of the present episode so far.
    public private(set) var length = 0
    /// The sum of the rewards of the present episode so far; of a game of two players, the first one's.
    public private(set) var `return` = 0.0
    /// How the present episode ended; `.running` while it goes on, and if it was broken off.
    public private(set) var outcome = Outcome.running

    /// The task as it stands.
    public var task: Task { limited.task }

    /// - Parameters:
    ///   - limit: the step at which an episode is truncated; nil for a task that ends by itself.
    /// - Throws: if the task has no heuristic, and that is asked for.
    public init(
        of task: Task, limit: Int?, seed: UInt64, purpose: String, policy: EpisodePolicy
    ) throws(EnvironmentError) {
        if case .heuristic = policy, !(task is any HeuristicEnvironment) {
            throw EnvironmentError("the task knows no policy of its own: take random, or an agent")
        }
        limited = TimeLimit(task, limit: limit ?? .max)
        self.policy = policy
        random = RandomStream(seed: seed, purpose: purpose, lane: 0)
        actions = RandomStream(seed: seed, purpose: "actions")
        rollout = Rollout(
            stepCount: 1, laneCount: 1, observationSpace: task.observationSpace, actionSpace: task.actionSpace,
            hasActionMask: Task.hasActionMask, playerCount: Task.playerCount)
        bounds = ActionBounds(of: task.actionSpace)
        last = LastEpisodes(laneCount: 1, observationSize: task.observationSpace.size)
    }

    /// Begins the next episode.
    ///
    /// - Parameter start: the state it begins in; nil for one that the task draws.
    public mutating func begin(in start: Task.State? = nil) {
        limited.reset(using: &random)
        if let start { limited.state = .init(task: start, elapsed: 0) }
        (length, `return`, outcome) = (0, 0, .running)
        show()
    }

    /// What the task shows now, `[d]`.
    public var observation: [Float] { Array(rollout.observations[..<rollout.observationSize]) }

    /// The action that the policy takes now, clamped to its box; nil after a script's end.
    ///
    /// - Throws: if the script has no action of the task here, or one that is not allowed.
    public mutating func chooseAction() throws(EnvironmentError) -> Task.Action? {
        switch policy {
        case .random: rollout.drawActions(step: 0, using: &actions)
        case .heuristic:
            guard let task = limited.task as? any HeuristicEnvironment else { return nil }
            write(heuristicOf: task)
        case .script(let script):
            guard length < script.count else { return nil }
            try write(script[length], number: length + 1)
        case .agent(let act): act(&rollout)
        }
        var action = Task.Action(
            row: 0, discrete: rollout.discreteActions.span, continuous: rollout.continuousActions.span)
        action.clamp(low: bounds.low.span, high: bounds.high.span)
        return action
    }

    /// Acts once.
    public mutating func step(_ action: Task.Action) -> Transition {
        let isOpponent = Task.playerCount > 1 && limited.player == 1
        let transition = limited.step(action, using: &random)
        length += 1
        `return` += isOpponent ? -transition.reward : transition.reward
        outcome = transition.outcome
        show()
        return transition
    }

    private mutating func show() {
        let task = limited.task
        rollout.withAccess(&last) { $0.show(task, row: 0) }
    }

    private mutating func write(heuristicOf task: some HeuristicEnvironment) {
        write(task.heuristicAction())
    }

    private mutating func write(_ action: some EnvironmentAction) {
        writeAction(action, discrete: &rollout.discreteActions, continuous: &rollout.continuousActions)
    }

    /// Writes an action that came as numbers.
    private mutating func write(_ numbers: [Double], number: Int) throws(EnvironmentError) {
        let space = rollout.actionSpace
        guard numbers.count == space.componentCount else {
            throw EnvironmentError(
                "action \(number) has \(numbers.count) numbers; the task takes \(space.componentCount)")
        }
        guard space.isDiscrete else {
            for (index, value) in numbers.enumerated() {
                guard value.isFinite else { throw EnvironmentError("action \(number): \(value) is no finite number") }
                rollout.continuousActions[index] = Float(value)
            }
            return
        }
        var start = 0
        for (component, count) in space.choiceCounts.enumerated() {
            let value = numbers[component]
            guard let choice = Int(exactly: value), (0..<count).contains(choice) else {
                throw EnvironmentError("action \(number): \(value) is none of the choices 0 to \(count - 1)")
            }
            if rollout.hasActionMask, !rollout.actionMasks[start + choice] {
                throw EnvironmentError("action \(number): \(choice) is not allowed there")
            }
            rollout.discreteActions[component] = Int32(choice)
            start += count
        }
    }
}
