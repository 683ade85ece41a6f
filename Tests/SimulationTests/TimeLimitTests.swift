import Randomness
import Simulation
import Testing

@Suite struct `A time limit` {
    /// The outcomes of the steps of an episode that starts at `start`, under `limit`.
    func outcomes(start: Int, limit: Int) -> [Outcome] {
        var random = RandomStream(seed: 0, purpose: "test")
        var task = TimeLimit(Countdown(), limit: limit)
        task.state = .init(task: .init(start: start, remaining: start), elapsed: 0)
        var outcomes: [Outcome] = []
        while outcomes.last ?? .running == .running { outcomes.append(task.step(0, using: &random).outcome) }
        return outcomes
    }

    @Test func `truncates a running episode at its step`() {
        #expect(outcomes(start: 5, limit: 3) == [.running, .running, .truncated])
    }

    @Test func `leaves a shorter episode alone`() {
        #expect(outcomes(start: 2, limit: 3) == [.running, .terminated])
    }

    @Test func `yields to a termination at the very step`() {
        #expect(outcomes(start: 3, limit: 3) == [.running, .running, .terminated])
    }

    @Test func `counts anew after a reset and from a restored state`() {
        var random = RandomStream(seed: 0, purpose: "test")
        var task = TimeLimit(Echo(), limit: 3)
        func step(_ task: inout TimeLimit<Echo>) -> Outcome { task.step([0, 0], using: &random).outcome }
        #expect([step(&task), step(&task)] == [.running, .running])
        let state = task.state
        #expect(step(&task) == .truncated)
        task.state = state
        #expect(step(&task) == .truncated)
        var other = RandomStream(seed: 0, purpose: "test")
        task.reset(using: &other)
        #expect([step(&task), step(&task), step(&task)] == [.running, .running, .truncated])
    }
}
