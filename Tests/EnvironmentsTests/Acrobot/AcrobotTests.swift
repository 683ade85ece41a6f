import Environments
import Foundation
import Randomness
import Simulation
import Testing

@Suite struct `The acrobot` {
    private var random = RandomStream(seed: 0, purpose: "test")

    @Test func `steps from each of Gymnasium's states to Gymnasium's next one`() throws {
        try compareSteps(of: Acrobot(), within: 1e-12)
    }

    @Test func `follows Gymnasium's whole trajectories`() throws {
        try compareTrajectories(of: Acrobot(), limit: 500, within: 1e-8)
    }

    /// Without a motor the energy of the links stays, but for the error of the integration.
    @Test func `keeps its energy while nothing turns it`() {
        func energy(_ state: Acrobot.State) -> Double {
            let (v1, v2) = (state.velocity1, state.velocity1 + state.velocity2)
            // Both links: m = 1, l = 1, centre at 0.5, moment of inertia 1 about the centre.
            let first = 0.5 * (0.25 + 1) * v1 * v1 - 9.8 * 0.5 * cos(state.angle1)
            let speed = v1 * v1 + 0.25 * v2 * v2 + v1 * v2 * cos(state.angle2)
            let height = -cos(state.angle1) - 0.5 * cos(state.angle1 + state.angle2)
            return first + 0.5 * speed + 0.5 * v2 * v2 + 9.8 * height
        }
        var (task, random) = (Acrobot(), random)
        task.state = .init(angle1: 0.5, angle2: -0.3, velocity1: 0, velocity2: 0)
        let before = energy(task.state)
        for _ in 0..<20 { _ = task.step(1, using: &random) }
        #expect(abs(energy(task.state) - before) < 2e-2)
    }

    @Test func `wraps its angles and bounds its velocities`() {
        var (task, random) = (Acrobot(), random)
        task.state = .init(angle1: 3, angle2: -3, velocity1: 4 * .pi, velocity2: -9 * .pi)
        for _ in 0..<50 {
            _ = task.step(2, using: &random)
            #expect(abs(task.state.angle1) <= .pi && abs(task.state.angle2) <= .pi)
            #expect(abs(task.state.velocity1) <= 4 * .pi && abs(task.state.velocity2) <= 9 * .pi)
        }
    }

    @Test func `costs nothing on the step that ends it`() {
        var (task, random) = (Acrobot(), random)
        task.state = .init(angle1: .pi, angle2: 0, velocity1: 0, velocity2: 0)
        #expect(task.step(1, using: &random) == Transition(reward: 0, outcome: .terminated))
    }

    @Test func `starts in numbers of 32 bits`() {
        var (task, random) = (Acrobot(), random)
        task.reset(using: &random)
        #expect(task.state.vector.allSatisfy { Double(Float($0)) == $0 && abs($0) <= 0.1 })
    }

    @Test func `is swung up by its heuristic`() throws {
        #expect(try (1...20).allSatisfy { try heuristicReturn(of: Acrobot(), limit: 500, seed: $0) > -200 })
    }
}
