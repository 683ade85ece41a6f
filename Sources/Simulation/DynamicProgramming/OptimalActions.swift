internal import Synchronization

/// The best action in each state of a process, worked out when somebody first asks: the heuristic of a tabular task.
public final class OptimalActions: Sendable {
    private let process: FiniteDecisionProcess
    private let solved = Mutex<[Int]?>(nil)

    public init(of process: FiniteDecisionProcess) {
        self.process = process
    }

    /// In `state`, without a discount.
    public func action(in state: Int) -> Int {
        solved.withLock { actions in
            if let actions { return actions[min(state, actions.count - 1)] }
            let found = ValueIteration(discount: 1, tolerance: 1e-10, longest: 100_000).solve(process).actions
            actions = found
            return found[min(state, found.count - 1)]
        }
    }
}
