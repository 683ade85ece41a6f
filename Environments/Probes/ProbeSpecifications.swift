import Simulation

extension Probes {
    /// In the order in which a learner should pass them.
    static let specifications: [EnvironmentSpecification] = [
        EnvironmentSpecification(
            id: "probe-constant-reward", summary: "one step, reward 1: is the value learned?", stepLimit: nil,
            solvedReturn: 1, randomReturn: 1, bestReturn: 1, actionNames: ["go"], task: ConstantReward()),
        EnvironmentSpecification(
            id: "probe-reward-by-observation", summary: "the reward is what is seen: does the value see it?",
            stepLimit: nil, randomReturn: 0, bestReturn: 0, actionNames: ["go"], task: RewardByObservation()),
        EnvironmentSpecification(
            id: "probe-two-step-credit", summary: "reward 1 after two steps: is the future discounted?",
            stepLimit: nil, solvedReturn: 1, randomReturn: 1, bestReturn: 1, actionNames: ["go"],
            task: TwoStepCredit()),
        EnvironmentSpecification(
            id: "probe-truncation", summary: "reward 1 for ever, cut off: does the value go on?", stepLimit: 5,
            solvedReturn: 5, randomReturn: 5, bestReturn: 5, actionNames: ["go"], task: Truncation()),
        EnvironmentSpecification(
            id: "probe-termination", summary: "reward 1 until a coin ends it: does the value stop?", stepLimit: nil,
            randomReturn: 2, bestReturn: 2, actionNames: ["go"], task: Termination()),
        EnvironmentSpecification(
            id: "probe-reward-by-action", summary: "one choice pays: is it found?", stepLimit: nil,
            solvedReturn: 1, randomReturn: 0, bestReturn: 1, actionNames: ["lose", "win"], task: RewardByAction()),
        EnvironmentSpecification(
            id: "probe-action-by-observation", summary: "what is seen says which choice pays", stepLimit: nil,
            solvedReturn: 1, randomReturn: 0, bestReturn: 1, actionNames: ["for −1", "for 1"],
            task: ActionByObservation()),
        EnvironmentSpecification(
            id: "probe-several-choices", summary: "three choices at once, each shown", stepLimit: nil,
            solvedReturn: 1, randomReturn: 13.0 / 36, bestReturn: 1,
            actionNames: SeveralChoices.counts.enumerated().flatMap { part, count in
                (0..<count).map { "choice \(part + 1): \($0)" }
            }, task: SeveralChoices()),
        EnvironmentSpecification(
            id: "probe-buttons", summary: "press the buttons whose lamps are lit", stepLimit: nil, solvedReturn: 1,
            randomReturn: 0.5, bestReturn: 1, actionNames: (1...4).map { "button \($0)" }, task: Buttons()),
        EnvironmentSpecification(
            id: "probe-forbidden-choices", summary: "take the best of what the mask allows", stepLimit: nil,
            solvedReturn: 2.3, randomReturn: 1.5, bestReturn: 7.0 / 3, actionNames: (0...3).map { "choice \($0)" },
            task: ForbiddenChoices()),
    ]
}
