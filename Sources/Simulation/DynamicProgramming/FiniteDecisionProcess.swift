public import Randomness

/// A Markov decision process of finitely many states and actions: all that there is to know about a small task, for
/// simulating it and for solving it exactly.
public struct FiniteDecisionProcess: Sendable {
    /// What an action in a state may lead to.
    public struct Outcome: Sendable, Equatable, Codable {
        public var probability: Double
        /// The next state.
        public var state: Int
        public var reward: Double
        /// Whether the episode ends there.
        public var isTerminal: Bool

        public init(_ probability: Double, state: Int, reward: Double, isTerminal: Bool = false) {
            self.probability = probability
            self.state = state
            self.reward = reward
            self.isTerminal = isTerminal
        }
    }

    public let stateCount: Int
    public let actionCount: Int
    /// [stateCount], the probability that an episode begins in each state.
    public let start: [Double]
    /// The outcomes of all actions in all states, one after the other.
    private let flat: [Outcome]
    /// [stateCount · actionCount + 1], where those of (state, action) begin.
    private let first: [Int]

    /// - Parameters:
    ///   - start: [stateCount], adding up to 1.
    ///   - outcomes: what may come of an action in a state; their probabilities add up to 1.
    public init(
        stateCount: Int, actionCount: Int, start: [Double], outcomes: (_ state: Int, _ action: Int) -> [Outcome]
    ) {
        precondition(start.count == stateCount, "\(stateCount) states and \(start.count) starting probabilities")
        precondition(abs(start.reduce(0, +) - 1) < 1e-9, "the starting probabilities are no distribution")
        var flat: [Outcome] = []
        var first = [0]
        for state in 0..<stateCount {
            for action in 0..<actionCount {
                let some = outcomes(state, action)
                precondition(
                    abs(some.reduce(0) { $0 + $1.probability } - 1) < 1e-9
                        && some.allSatisfy { (0..<stateCount).contains($0.state) },
                    "the outcomes of action \(action) in state \(state) are no distribution over \(stateCount) states")
                flat += some
                first.append(flat.count)
            }
        }
        self.stateCount = stateCount
        self.actionCount = actionCount
        self.start = start
        self.flat = flat
        self.first = first
    }

    /// What `action` in `state` may lead to.
    public func outcomes(_ state: Int, _ action: Int) -> ArraySlice<Outcome> {
        let place = state * actionCount + action
        return flat[first[place]..<first[place + 1]]
    }

    /// Draws what `action` in `state` leads to; a certain outcome draws nothing. Allocates nothing.
    public func draw(_ state: Int, _ action: Int, using random: inout RandomStream) -> Outcome {
        let place = state * actionCount + action
        let (begin, end) = (first[place], first[place + 1])
        guard end - begin > 1 else { return flat[begin] }
        var rest = random.uniform()
        for index in begin..<end - 1 {
            rest -= flat[index].probability
            if rest < 0 { return flat[index] }
        }
        return flat[end - 1]
    }

    /// Draws the state that an episode begins in; a certain one draws nothing.
    public func drawStart(using random: inout RandomStream) -> Int {
        guard let last = start.lastIndex(where: { $0 > 0 }), start[last] < 1 else {
            return start.firstIndex { $0 > 0 } ?? 0
        }
        var rest = random.uniform()
        for state in 0..<last {
            rest -= start[state]
            if rest < 0 { return state }
        }
        return last
    }

    /// r + γ V(s′), on average over what `action` in `state` may lead to; nothing follows a terminal outcome.
    public func actionValue(_ state: Int, _ action: Int, values: [Double], discount: Double) -> Double {
        var sum = 0.0
        for outcome in outcomes(state, action) {
            let future = outcome.isTerminal ? 0 : discount * values[outcome.state]
            sum += outcome.probability * (outcome.reward + future)
        }
        return sum
    }

    /// The action of the largest value; the first of equals.
    public func greedyAction(_ state: Int, values: [Double], discount: Double) -> (action: Int, value: Double) {
        var best = (action: 0, value: -Double.infinity)
        for action in 0..<actionCount {
            let value = actionValue(state, action, values: values, discount: discount)
            // Equal but for rounding counts as equal, so that the choice does not hang on it.
            if value > best.value + 1e-12 * max(1, abs(best.value)) || action == 0 { best = (action, value) }
        }
        return best
    }

    /// The mean of `values` over where episodes begin.
    public func meanAtStart(_ values: [Double]) -> Double {
        zip(start, values).reduce(0) { $0 + ($1.0 == 0 ? 0 : $1.0 * $1.1) }
    }
}
