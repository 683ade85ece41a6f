public import Randomness

/// A task that counts what its episodes come to, under whatever wrapper changes rewards or observations further out.
public struct EpisodeStatistics<Task: Environment>: EnvironmentWrapper {
    /// What an episode, or its beginning, came to.
    public struct Episode: Codable, Equatable, Sendable {
        /// The undiscounted sum of the rewards.
        public var `return` = 0.0
        /// In steps.
        public var length = 0

        public init() {}
    }

    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        public var present: Episode
        public var latest: Episode?
        public var count: Int

        @inlinable
        public init(task: Task.State, present: Episode, latest: Episode?, count: Int) {
            self.task = task
            self.present = present
            self.latest = latest
            self.count = count
        }
    }

    public var task: Task
    /// The episode so far.
    public internal(set) var present = Episode()
    /// The one that ended last.
    public internal(set) var latest: Episode?
    /// How many have ended.
    public internal(set) var count = 0

    public init(_ task: Task) {
        self.task = task
    }

    public var state: State {
        get { State(task: task.state, present: present, latest: latest, count: count) }
        set {
            task.state = newValue.task
            present = newValue.present
            latest = newValue.latest
            count = newValue.count
        }
    }

    public mutating func reset(using random: inout RandomStream) {
        task.reset(using: &random)
        present = Episode()
    }

    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        let transition = task.step(action, using: &random)
        present.return += transition.reward
        present.length += 1
        if transition.outcome != .running {
            latest = present
            count += 1
        }
        return transition
    }
}

extension EpisodeStatistics: HeuristicEnvironment where Task: HeuristicEnvironment {}
