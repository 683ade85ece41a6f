import Randomness
import Simulation
import Testing

/// Two states and two actions: staying pays 0 here and 2 there; moving costs 1 and succeeds three times out of four.
private let twoRooms = FiniteDecisionProcess(stateCount: 2, actionCount: 2, start: [1, 0]) { state, action in
    action == 0
        ? [.init(1, state: state, reward: state == 0 ? 0 : 2)]
        : [.init(0.75, state: 1 - state, reward: -1), .init(0.25, state: state, reward: -1)]
}

@Suite struct `Exact solvers` {
    /// By hand, with γ = 0.5: V(1) = 2 + 0.5 V(1) = 4 by staying. V(0) = −1 + 0.5 (0.75 · 4 + 0.25 V(0)), so V(0) = 4/7.
    @Test func `find the values of a process that is solved by hand`() {
        for optimum in [
            ValueIteration(discount: 0.5).solve(twoRooms), PolicyIteration(discount: 0.5).solve(twoRooms),
        ] {
            #expect(abs(optimum.values[0] - 4.0 / 7) < 1e-11 && abs(optimum.values[1] - 4) < 1e-11)
            #expect(optimum.actions == [1, 0])
        }
    }

    @Test func `agree on random processes`() {
        var random = RandomStream(seed: 3, purpose: "test")
        for _ in 0..<20 {
            let table = (0..<60).map { _ -> [FiniteDecisionProcess.Outcome] in
                let share = random.uniform()
                return [
                    .init(share, state: random.index(below: 15), reward: random.normal()),
                    .init(
                        1 - share, state: random.index(below: 15), reward: random.normal(),
                        isTerminal: random.index(below: 4) == 0),
                ]
            }
            let process = FiniteDecisionProcess(
                stateCount: 15, actionCount: 4, start: Array(repeating: 1.0 / 15, count: 15)
            ) { table[4 * $0 + $1] }
            let a = ValueIteration(discount: 0.9).solve(process)
            let b = PolicyIteration(discount: 0.9).solve(process)
            #expect(a.actions == b.actions)
            #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-9 })
            // No single change of the policy is better: Bellman's equation.
            for state in 0..<15 {
                for action in 0..<4 {
                    #expect(
                        process.actionValue(state, action, values: b.values, discount: 0.9) < b.values[state] + 1e-9)
                }
            }
        }
    }

    @Test func `evaluate a policy exactly, and say where it has no value`() throws {
        // Moving for ever, γ = 0.5: V(0) = V(1) = −1 + 0.5 V = −2.
        let values = try #require(PolicyEvaluation(discount: 0.5).values(of: [1, 1], in: twoRooms))
        #expect(values.allSatisfy { abs($0 + 2) < 1e-12 })
        #expect(PolicyEvaluation(discount: 1).values(of: [0, 0], in: twoRooms) == nil)
    }

    /// In one step staying is best; in two moving from the first room is −1 + 0.75 · 2 = 0.5.
    @Test func `know what is left to gain within some steps`() {
        let iteration = ValueIteration(discount: 1)
        #expect(iteration.values(of: twoRooms, within: 0) == [0, 0])
        #expect(iteration.values(of: twoRooms, within: 1) == [0, 2])
        #expect(iteration.values(of: twoRooms, within: 2) == [0.5, 4])
        let half = PolicyEvaluation(discount: 1).values(of: twoRooms, within: 1) { _, _ in 0.5 }
        #expect(half == [-0.5, 0.5])
    }

    @Test func `expect what simulation finds`() {
        var random = RandomStream(seed: 1, purpose: "test")
        var counts = [0, 0]
        for _ in 0..<40_000 { counts[twoRooms.draw(0, 1, using: &random).state] += 1 }
        // 5 standard deviations of a share of 0.75 over 40,000 draws.
        #expect(abs(Double(counts[1]) / 40_000 - 0.75) < 0.011)
    }
}
