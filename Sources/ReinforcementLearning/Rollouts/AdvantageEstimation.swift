public import Simulation

/// Generalised advantage estimation: Schulman, Moritz, Levine, Jordan and Abbeel, "High-dimensional continuous control
/// using generalized advantage estimation" (2016), equations 11 and 16.
///
/// With δ(t) = r(t) + γ V(s(t+1)) − V(s(t)) the advantage is A(t) = δ(t) + γ λ A(t+1) within an episode. This is the one
/// place where an episode's end matters: after a termination nothing follows, and V(s(t+1)) is 0; a truncated episode
/// would have gone on, and V(s(t+1)) is the value of its true final observation. Neither sees the next episode.
public struct AdvantageEstimation: Sendable, Equatable {
    /// γ
    public var discount: Float
    /// λ: 0 trusts the values (low variance), 1 the rewards (no bias).
    public var lambda: Float

    public init(discount: Float, lambda: Float) {
        self.discount = discount
        self.lambda = lambda
    }

    /// Estimates the advantages of a rollout of T steps in N lanes, and the returns that the value function is to
    /// learn: advantages + values.
    ///
    /// - Parameters:
    ///   - rewards: [T, N]
    ///   - outcomes: [T, N]
    ///   - values: [T + 1, N], the value of each row of the rollout's observations.
    ///   - finalValues: [E] or longer, the value of each of the E ended episodes' final observations, in the order of
    ///     the rollout's `endedEpisodes`; those of terminated episodes are not looked at.
    ///   - used: how many of the T · N transitions count, in the order of (step, lane); nil for all. The others are as
    ///     if they had not happened: the state before one is bootstrapped from.
    ///   - advantages: [T, N], overwritten.
    ///   - returns: [T, N], overwritten.
    public func estimate(
        laneCount: Int, rewards: [Float], outcomes: [Outcome], values: [Float], finalValues: [Float],
        used: Int? = nil, advantages: inout [Float], returns: inout [Float]
    ) {
        let count = rewards.count
        precondition(
            outcomes.count == count && advantages.count == count && returns.count == count,
            """
            \(count) rewards came with \(outcomes.count) outcomes, \(advantages.count) places for advantages and \
            \(returns.count) for returns
            """)
        precondition(
            values.count == count + laneCount,
            "\(count) steps in \(laneCount) lanes came with \(values.count) values, not with \(count + laneCount)")
        let used = used ?? count
        precondition(used >= 0 && used <= count, "\(used) of \(count) transitions count")
        var ended = 0
        for place in 0..<used where outcomes[place] != .running { ended += 1 }
        precondition(finalValues.count >= ended, "\(ended) ended episodes came with \(finalValues.count) final values")

        for place in stride(from: used - 1, through: 0, by: -1) {
            var nextValue: Float = 0
            var following: Float = 0
            switch outcomes[place] {
            case .running:
                nextValue = values[place + laneCount]
                if place + laneCount < used { following = advantages[place + laneCount] }
            case .terminated:
                ended -= 1
            case .truncated:
                ended -= 1
                nextValue = finalValues[ended]
            }
            let difference = rewards[place] + discount * nextValue - values[place]
            advantages[place] = difference + discount * lambda * following
            returns[place] = advantages[place] + values[place]
        }
    }
}
