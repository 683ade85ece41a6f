public import Randomness
public import Simulation

/// How good a policy is: the returns of whole episodes in environments of its own, each action the policy's likeliest.
///
/// Short episodes are no likelier to be counted than long ones: `EpisodeQuota`. Its buffers are made once; a run allocates
/// nothing.
public struct Evaluation: Sendable {
    private var environment: any VectorizedEnvironment
    private var rollout: Rollout
    private var quota: EpisodeQuota
    /// The undiscounted returns of the latest run, as the environment gives rewards, in the order in which the episodes
    /// ended.
    public private(set) var returns: [Double] = []

    public var meanReturn: Double { returns.reduce(0, +) / Double(returns.count) }

    /// - Parameters:
    ///   - episodes: how many episodes a run plays.
    ///   - purpose: names the environments' random streams together with the seed.
    public init(
        episodes: Int, in specification: EnvironmentSpecification, seed: UInt64, purpose: String = "evaluation"
    ) {
        precondition(episodes > 0, "an evaluation of \(episodes) episodes")
        let lanes = min(episodes, 64)
        environment = specification.make(count: lanes, seed: seed, purpose: purpose)
        rollout = environment.makeRollout(steps: 1)
        quota = EpisodeQuota(episodes: episodes, laneCount: lanes)
        returns.reserveCapacity(episodes)
    }

    /// Plays the episodes. Every run begins them in the same states, so that two policies differ by what they do and not
    /// by their luck.
    ///
    /// - Parameter normalizer: is used as it stands, and learns nothing.
    public mutating func run(_ actor: Actor, normalizer: ObservationNormalizer?) {
        var nobody: EpisodeRecorder?
        run(&nobody) { Self.takeLikeliest(actor, normalizer, in: &$0) }
    }

    /// Plays the same episodes with uniformly random actions: what a policy that has learned nothing gets.
    public mutating func runRandomly(using random: inout RandomStream) {
        var nobody: EpisodeRecorder?
        run(&nobody) { $0.drawActions(step: 0, using: &random) }
    }

    /// Plays the same episodes as `run` and writes down what happens in them.
    ///
    /// - Parameters:
    ///   - discount: γ of the algorithm.
    ///   - values: V of the observations `[n, d]` as the networks see them, in units of the rewards.
    /// - Returns: with the same returns as `run` leaves.
    mutating func study(
        _ actor: Actor, normalizer: ObservationNormalizer?, discount: Double, values: ([Float]) -> [Float]
    ) -> AgentStudy {
        var recorder: EpisodeRecorder? = EpisodeRecorder(
            laneCount: rollout.laneCount, observationSize: rollout.observationSize, actionSpace: rollout.actionSpace,
            discount: discount)
        run(&recorder) { Self.takeLikeliest(actor, normalizer, in: &$0) }
        guard let recorder else { return AgentStudy() }
        var study = recorder.study
        study.values = values(recorder.observations)
        return study
    }

    private static func takeLikeliest(
        _ actor: Actor, _ normalizer: ObservationNormalizer?, in rollout: inout Rollout
    ) {
        normalizer?.normalize(&rollout.observations, rows: 0..<rollout.laneCount)
        actor.takeLikeliest(0, of: &rollout)
    }

    /// - Parameters:
    ///   - recorder: writes down what happens; nil if nobody does.
    ///   - act: writes the actions of step 0.
    private mutating func run(_ recorder: inout EpisodeRecorder?, _ act: (inout Rollout) -> Void) {
        environment.restart()
        quota.renew()
        returns.removeAll(keepingCapacity: true)
        rollout.continueFromLastRow()
        environment.observe(into: &rollout)
        while !quota.isMet {
            act(&rollout)
            environment.step(0, of: &rollout)
            recorder?.note(rollout) { quota.owed[$0] > 0 }
            for index in rollout.endedEpisodes.indices
            where quota.accept(lane: rollout.endedEpisodes[index].lane) {
                returns.append(rollout.endedEpisodes[index].return)
                recorder?.end(rollout.endedEpisodes[index])
            }
            rollout.continueFromLastRow()
        }
    }
}
