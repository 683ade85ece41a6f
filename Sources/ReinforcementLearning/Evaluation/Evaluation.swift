import Randomness
public import Simulation

/// How good a policy is: the returns of whole episodes in environments of their own, each action the policy's likeliest.
public struct Evaluation: Sendable {
    /// How many episodes are played.
    public var episodes: Int

    public init(episodes: Int) {
        precondition(episodes > 0, "an evaluation of \(episodes) episodes")
        self.episodes = episodes
    }

    /// The undiscounted returns, as the environment gives rewards, in the order in which the episodes ended.
    ///
    /// Short episodes are no likelier to be counted than long ones: `EpisodeQuota`.
    public func returns(
        of actor: Actor, normalizer: ObservationNormalizer?, in specification: EnvironmentSpecification, seed: UInt64
    ) -> [Double] {
        let lanes = min(episodes, 64)
        var environment = specification.make(count: lanes, seed: seed, purpose: "evaluation")
        var rollout = environment.makeRollout(steps: 1)
        var quota = EpisodeQuota(episodes: episodes, laneCount: lanes)
        var returns: [Double] = []
        environment.observe(into: &rollout)
        while !quota.isMet {
            normalizer?.normalize(&rollout.observations, rows: 0..<lanes)
            actor.takeLikeliest(0, of: &rollout)
            environment.step(0, of: &rollout)
            for episode in rollout.endedEpisodes where quota.accept(lane: episode.lane) {
                returns.append(episode.return)
            }
            rollout.continueFromLastRow()
        }
        return returns
    }
}
