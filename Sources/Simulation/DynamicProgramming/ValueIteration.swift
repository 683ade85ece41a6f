/// The value of acting optimally, and how.
public struct OptimalPolicy: Sendable, Equatable {
    /// [states], the expected discounted return from each.
    public let values: [Double]
    /// [states], the best action in each; the first of equals.
    public let actions: [Int]
    /// How often all states were gone through.
    public let sweeps: Int
}

/// Value iteration: Bellman (1957); Sutton and Barto (2018), section 4.4.
///
/// V(s) ← max over a of E[r + γ V(s′)], state after state, until no value changes by more than the tolerance. With γ = 1 it
/// is for tasks whose episodes end under a good policy.
public struct ValueIteration: Sendable {
    /// γ, 0 … 1
    public let discount: Double
    public let tolerance: Double
    /// The sweep at which it stops, converged or not.
    public let longest: Int

    public init(discount: Double, tolerance: Double = 1e-12, longest: Int = 1_000_000) {
        precondition((0...1).contains(discount), "a discount of \(discount) is not within 0 … 1")
        self.discount = discount
        self.tolerance = tolerance
        self.longest = longest
    }

    public func solve(_ process: FiniteDecisionProcess) -> OptimalPolicy {
        var values = [Double](repeating: 0, count: process.stateCount)
        var sweeps = 0
        var change = Double.infinity
        while change > tolerance, sweeps < longest {
            change = 0
            for state in 0..<process.stateCount {
                let best = process.greedyAction(state, values: values, discount: discount).value
                change = max(change, abs(best - values[state]))
                values[state] = best
            }
            sweeps += 1
        }
        let actions = (0..<process.stateCount).map {
            process.greedyAction($0, values: values, discount: discount).action
        }
        return OptimalPolicy(values: values, actions: actions, sweeps: sweeps)
    }

    /// The best expected return from each state, `[states]`, in an episode that is cut off after `steps` steps, by a policy
    /// that knows how many are left: backward induction.
    public func values(of process: FiniteDecisionProcess, within steps: Int) -> [Double] {
        var values = [Double](repeating: 0, count: process.stateCount)
        for _ in 0..<steps {
            let later = values
            for state in 0..<process.stateCount {
                values[state] = process.greedyAction(state, values: later, discount: discount).value
            }
        }
        return values
    }
}
