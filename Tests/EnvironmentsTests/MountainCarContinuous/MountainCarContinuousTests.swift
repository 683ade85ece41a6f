import Environments
import Randomness
import Simulation
import Testing

@Suite struct `Mountain car with a throttle` {
    private var random = RandomStream(seed: 0, purpose: "test")

    @Test func `steps from each of Gymnasium's states to Gymnasium's next one`() throws {
        try compareSteps(of: MountainCarContinuous(), within: 1e-7)
    }

    @Test func `follows Gymnasium's whole trajectories`() throws {
        try compareTrajectories(of: MountainCarContinuous(), limit: 999, within: 1e-6)
    }

    @Test func `pays for the action as asked for and moves by what the motor gives`() {
        var (full, beyond, random) = (MountainCarContinuous(), MountainCarContinuous(), random)
        #expect(abs(full.step([1], using: &random).reward + 0.1) < 1e-12)
        #expect(abs(beyond.step([3], using: &random).reward + 0.9) < 1e-12)
        #expect(full.state == beyond.state)
    }

    @Test func `pays 100 on arrival`() {
        var (task, random) = (MountainCarContinuous(), random)
        task.state = .init(position: 0.44, velocity: 0.05)
        let transition = task.step([0.5], using: &random)
        #expect(transition.outcome == .terminated && abs(transition.reward - (100 - 0.025)) < 1e-12)
    }

    @Test func `is climbed by pushing the way that it moves`() throws {
        #expect(
            try (1...20).allSatisfy { try heuristicReturn(of: MountainCarContinuous(), limit: 999, seed: $0) > 85 })
    }
}
