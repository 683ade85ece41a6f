/// Policy iteration: Howard (1960); Sutton and Barto (2018), section 4.3.
///
/// Evaluates a policy exactly, makes it greedy for its own values, and so on until it stays as it is.
public struct PolicyIteration: Sendable {
    /// γ, below 1: any policy has a value then.
    public let discount: Double

    public init(discount: Double) {
        precondition(discount >= 0 && discount < 1, "a discount of \(discount) is not from 0 to below 1")
        self.discount = discount
    }

    public func solve(_ process: FiniteDecisionProcess) -> OptimalPolicy {
        let evaluation = PolicyEvaluation(discount: discount)
        var policy = [Int](repeating: 0, count: process.stateCount)
        var values = [Double](repeating: 0, count: process.stateCount)
        var sweeps = 0
        var isStable = false
        while !isStable {
            // With a discount the equations always have a solution.
            values = evaluation.values(of: policy, in: process) ?? values
            isStable = true
            for state in 0..<process.stateCount {
                let present = process.actionValue(state, policy[state], values: values, discount: discount)
                let best = process.greedyAction(state, values: values, discount: discount)
                // An action that is as good as another, but for rounding, is no reason to go on.
                if best.value > present + 1e-10 * max(1, abs(present)) {
                    policy[state] = best.action
                    isStable = false
                }
            }
            sweeps += 1
        }
        let actions = (0..<process.stateCount).map {
            process.greedyAction($0, values: values, discount: discount).action
        }
        return OptimalPolicy(values: values, actions: actions, sweeps: sweeps)
    }
}
