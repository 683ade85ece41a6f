internal import Randomness
internal import ReinforcementLearning
internal import Simulation

extension Baseline {
    /// The return of uniformly random actions, over the very episodes that the trained agent is measured on.
    static func randomActions(
        in environment: EnvironmentSpecification, episodes: Int, seed: UInt64
    ) -> Baseline {
        var evaluation = Evaluation(episodes: episodes, in: environment, seed: seed)
        var random = RandomStream(seed: seed, purpose: "random policy")
        evaluation.runRandomly(using: &random)
        let interval = Interval.bootstrapped(meanOf: evaluation.returns)
        return Baseline(
            "random actions", .meanReturn, evaluation.meanReturn, lower: interval.lower, upper: interval.upper,
            note: "mean of \(episodes) episodes")
    }
}
