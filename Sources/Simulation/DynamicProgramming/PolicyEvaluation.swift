/// What a given policy is worth: Sutton and Barto (2018), section 4.1.
public struct PolicyEvaluation: Sendable {
    /// γ, 0 … 1
    public let discount: Double

    public init(discount: Double) {
        precondition((0...1).contains(discount), "a discount of \(discount) is not within 0 … 1")
        self.discount = discount
    }

    /// V of the policy that takes action `policy[state]`, exactly: the solution of V = r + γ P V, by Gaussian elimination.
    ///
    /// - Returns: `[states]`, or nil where the policy goes on for ever without a discount, so that V is not determined.
    public func values(of policy: [Int], in process: FiniteDecisionProcess) -> [Double]? {
        precondition(
            policy.count == process.stateCount, "a policy for \(policy.count) of \(process.stateCount) states")
        let count = process.stateCount
        // Row s: V(s) − γ Σ P(s′) V(s′) = r(s); the last column is r.
        var rows = (0..<count).map { state in
            var row = [Double](repeating: 0, count: count + 1)
            row[state] = 1
            for outcome in process.outcomes(state, policy[state]) {
                row[count] += outcome.probability * outcome.reward
                if !outcome.isTerminal { row[outcome.state] -= discount * outcome.probability }
            }
            return row
        }
        for column in 0..<count {
            let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            guard abs(rows[pivot][column]) > 1e-12 else { return nil }
            rows.swapAt(column, pivot)
            let pivotRow = rows[column]
            for row in column + 1..<max(count, column + 1) where rows[row][column] != 0 {
                let factor = rows[row][column] / pivotRow[column]
                for place in column...count where pivotRow[place] != 0 { rows[row][place] -= factor * pivotRow[place] }
            }
        }
        var values = [Double](repeating: 0, count: count)
        for state in (0..<count).reversed() {
            var sum = rows[state][count]
            for later in state + 1..<max(count, state + 1) { sum -= rows[state][later] * values[later] }
            values[state] = sum / rows[state][state]
        }
        return values
    }

    /// V of the policy that takes each action with probability `policy(state, action)`, in episodes that are cut off after
    /// `steps` steps: `[states]`.
    public func values(
        of process: FiniteDecisionProcess, within steps: Int, policy: (_ state: Int, _ action: Int) -> Double
    ) -> [Double] {
        var values = [Double](repeating: 0, count: process.stateCount)
        for _ in 0..<steps {
            let later = values
            for state in 0..<process.stateCount {
                values[state] = (0..<process.actionCount).reduce(0) { sum, action in
                    let share = policy(state, action)
                    guard share > 0 else { return sum }
                    return sum + share * process.actionValue(state, action, values: later, discount: discount)
                }
            }
        }
        return values
    }
}
