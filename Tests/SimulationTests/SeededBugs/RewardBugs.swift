import Glibc
import Randomness
import Simulation

extension SeededBug {
    /// What a step brings.
    static let rewards: [SeededBug] = [
        SeededBug("a reward that is NaN at the end only", .rewardIsFinite, NaNReward()),
        SeededBug("a reward that is infinite at an action's bound", .rewardIsFinite, SquashedAction()),
        SeededBug("a reward that overflows Float", .rewardIsFinite, ExponentialReward()),
        SeededBug("a reward of millions", .rewardIsModerate, Millions()),
        SeededBug("a reward with the wrong sign", nil, WrongSign()),
        SeededBug("an episode that the task truncates", .truncationIsLeft, SelfTruncating()),
        SeededBug("an episode that never ends, without a limit", .episodesEnd, Sled(), stepLimit: nil),
        SeededBug("an action that is not read", .actionsMatter, IgnoredAction()),
        SeededBug("an action that is compared with choices it does not have", .actionsMatter, UnknownChoices()),
    ]
}

/// The logarithm of how far it is to the edge.
private struct NaNReward: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        transition.reward = log(3 - abs(ball.position))
        return transition
    }
}

/// Undoes the tanh of a policy.
private struct SquashedAction: SledTask {
    typealias Action = InlineArray<2, Float>
    var sled = Ball()
    mutating func step(_ action: InlineArray<2, Float>, using random: inout RandomStream) -> Transition {
        var transition = push(action[0], action[1])
        transition.reward -= 0.01 * abs(Double(atanh(action[0])))
        return transition
    }
}

private struct ExponentialReward: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        transition.reward = exp(40 * abs(ball.position))
        return transition
    }
}

private struct Millions: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        if transition.outcome == .terminated { transition.reward = -1_000_000 }
        return transition
    }
}

/// The farther from the middle the better. That is a task, too.
private struct WrongSign: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        var transition = roll(action, using: &random)
        transition.reward = -transition.reward
        return transition
    }
}

private struct SelfTruncating: BallTask {
    struct State: Codable, Equatable, Sendable {
        var ball = Ball()
        var elapsed = 0
    }
    var state = State()
    var ball: Ball {
        get { state.ball }
        set { state.ball = newValue }
    }
    mutating func reset(using random: inout RandomStream) {
        state = State(ball: Ball(position: random.uniform(in: -0.5...0.5)))
    }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.elapsed += 1
        var transition = roll(action, using: &random)
        if state.elapsed == 50 { transition.outcome = .truncated }
        return transition
    }
}

private struct IgnoredAction: BallTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        let action = 1
        return roll(action, using: &random)
    }
}

/// Waits for the choices −1 and 2, and is handed 0 and 1.
private struct UnknownChoices: BallTask {
    var ball = Ball()
    var actionSpace: Space { .discrete(2) }
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        roll(action == -1 ? 0 : action == 2 ? 2 : 1, using: &random)
    }
}
