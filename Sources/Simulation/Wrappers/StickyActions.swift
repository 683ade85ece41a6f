public import Randomness

/// A task in which, with a probability, the action before is taken once more instead of the one asked for: Machado et al.,
/// "Revisiting the Arcade Learning Environment" (2018), section 5.2. An episode's first action is always taken.
public struct StickyActions<Task: Environment>: EnvironmentWrapper {
    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        public var latest: RecordedAction
        /// Whether the episode has had an action.
        public var hasActed: Bool

        @inlinable
        public init(task: Task.State, latest: RecordedAction, hasActed: Bool) {
            self.task = task
            self.latest = latest
            self.hasActed = hasActed
        }
    }

    public var task: Task
    public let probability: Double
    @usableFromInline var latest: RecordedAction
    @usableFromInline var hasActed = false

    /// - Parameter probability: 0 … 1, of each step.
    /// - Precondition: the task has no action mask, which a repeated action could violate.
    @inlinable
    public init(_ task: Task, probability: Double) {
        precondition((0...1).contains(probability), "an action sticks with the probability \(probability)")
        precondition(!Task.hasActionMask, "actions of a task with an action mask cannot stick")
        self.task = task
        self.probability = probability
        latest = RecordedAction(in: task.actionSpace)
    }

    @inlinable public var state: State {
        get { State(task: task.state, latest: latest, hasActed: hasActed) }
        set {
            task.state = newValue.task
            latest = newValue.latest
            hasActed = newValue.hasActed
        }
    }

    @inlinable
    public mutating func reset(using random: inout RandomStream) {
        task.reset(using: &random)
        latest.clear()
        hasActed = false
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        let sticks = random.uniform() < probability && hasActed
        if !sticks { latest.record(action) }
        hasActed = true
        return task.step(sticks ? latest.action() : action, using: &random)
    }
}

extension StickyActions: HeuristicEnvironment where Task: HeuristicEnvironment {}
