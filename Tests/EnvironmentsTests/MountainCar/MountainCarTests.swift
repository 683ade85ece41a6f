import Environments
import Randomness
import Simulation
import Testing

@Suite struct `Mountain car` {
    private var random = RandomStream(seed: 0, purpose: "test")

    @Test func `steps from each of Gymnasium's states to Gymnasium's next one`() throws {
        try compareSteps(of: MountainCar(), within: 1e-12)
    }

    @Test func `follows Gymnasium's whole trajectories`() throws {
        try compareTrajectories(of: MountainCar(), limit: 200, within: 1e-8)
    }

    @Test func `loses its speed at the left end only`() {
        var (task, random) = (MountainCar(), random)
        task.state = .init(position: -1.19, velocity: -0.05)
        _ = task.step(0, using: &random)
        #expect(task.state == .init(position: -1.2, velocity: 0))
        task.state = .init(position: 0.59, velocity: 0.05)
        #expect(task.step(2, using: &random) == Transition(reward: -1, outcome: .terminated))
        #expect(task.state.position == 0.6 && task.state.velocity > 0.05)
    }

    @Test func `arrives at 0.5, moving forwards or standing`() {
        var (task, random) = (MountainCar(), random)
        // cos 1.5 = 0.0707: coasting there costs 0.000177 of velocity.
        let slowing = 0.0025 * 0.070_737_201_667_702_91
        task.state = .init(position: 0.5, velocity: slowing - 1e-9)
        #expect(task.step(1, using: &random).outcome == .running)
        task.state = .init(position: 0.5, velocity: slowing + 1e-9)
        #expect(task.step(1, using: &random).outcome == .terminated)
    }

    @Test func `is climbed by pushing the way that it moves`() throws {
        #expect(try (1...20).allSatisfy { try heuristicReturn(of: MountainCar(), limit: 200, seed: $0) > -160 })
    }
}
