public import Randomness

/// A game of two players as a task of one: the other one moves at once, by a policy of its own. Who begins is drawn for
/// each episode.
///
/// The reward of a step is the agent's, less what the opponent's answer won.
public struct AgainstOpponent<Task: HeuristicEnvironment>: EnvironmentWrapper where Task.Action == Int {
    /// How the opponent moves.
    public enum Opponent: Sendable {
        /// Uniformly, of what is allowed.
        case random
        /// As the game's own policy does.
        case heuristic
    }

    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        /// Which player the agent is: 0 begins.
        public var side: Int

        @inlinable
        public init(task: Task.State, side: Int) {
            self.task = task
            self.side = side
        }
    }

    public var task: Task
    public let opponent: Opponent
    /// Which player the agent is.
    public internal(set) var side = 0

    /// - Precondition: the game has two players and at most 64 choices.
    public init(_ task: Task, opponent: Opponent) {
        precondition(Task.playerCount == 2, "a task of \(Task.playerCount) players has no opponent")
        precondition(task.actionSpace.size <= 64, "an opponent looks at 64 choices, not at \(task.actionSpace.size)")
        self.task = task
        self.opponent = opponent
    }

    public static var playerCount: Int { 1 }
    public var player: Int { 0 }

    public var state: State {
        get { State(task: task.state, side: side) }
        set {
            task.state = newValue.task
            side = newValue.side
        }
    }

    public mutating func reset(using random: inout RandomStream) {
        task.reset(using: &random)
        side = random.index(below: 2)
        if task.player != side { _ = answer(using: &random) }
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = task.step(action, using: &random)
        guard transition.outcome == .running, task.player != side else { return transition }
        let answer = answer(using: &random)
        transition.reward -= answer.reward
        transition.outcome = answer.outcome
        return transition
    }

    private mutating func answer(using random: inout RandomStream) -> Transition {
        let action = opponent == .heuristic ? task.heuristicAction() : Self.draw(in: task, using: &random)
        return task.step(action, using: &random)
    }

    private static func draw(in task: Task, using random: inout RandomStream) -> Int {
        let count = task.actionSpace.size
        guard Task.hasActionMask else { return random.index(below: count) }
        var mask = InlineArray<64, Bool>(repeating: false)
        var span = mask.mutableSpan
        var row = span._mutatingExtracting(0..<count)
        task.writeActionMask(into: &row)
        var rank = 0
        for choice in 0..<count where mask[choice] { rank += 1 }
        precondition(rank > 0, "the mask forbids all \(count) choices")
        rank = random.index(below: rank)
        for choice in 0..<count where mask[choice] {
            if rank == 0 { return choice }
            rank -= 1
        }
        return 0
    }
}

extension AgainstOpponent: HeuristicEnvironment {}
