import Environments
import Foundation
import ReinforcementLearning
import Simulation
import Testing

@Suite struct AgentStudyTests {
    private func trained(on name: String, steps: Int, discount: Double) throws -> PPO {
        var settings = PPOSettings()
        (settings.totalSteps, settings.stepsPerRollout, settings.environments) = (steps, 128, 8)
        (settings.discount, settings.epochs) = (discount, 2)
        settings.normalizeReturns = name == "pendulum"
        settings.normalizeObservations = true
        let ppo = try PPO(settings, environment: try Environments.named(name), seed: 3)
        while try ppo.advance() != nil {}
        return ppo
    }

    @Test func `a study plays the episodes of the evaluation and counts every action`() throws {
        let ppo = try trained(on: "cart-pole", steps: 4096, discount: 0.95)
        let study = try ppo.study(episodes: 20, seed: 5)
        #expect(try ppo.evaluate(episodes: 20, seed: 5) == study.returns)
        #expect(study.lengths.map { Double($0) } == study.returns)
        #expect(study.actionCounts.count == 2 && study.actions.isEmpty)
        #expect(study.actionCounts.reduce(0, +) == study.lengths.reduce(0, +))
        #expect(study.values.count == study.discountedReturns.count && study.values.allSatisfy { $0.isFinite })
    }

    @Test func `what followed is the discounted sum of the rewards to the end of the episode`() throws {
        let ppo = try trained(on: "cart-pole", steps: 2048, discount: 0.95)
        let study = try ppo.study(episodes: 10, seed: 5)
        // Each step is worth 1, so n further ones are worth (1 − γⁿ) / (1 − γ).
        let left = study.discountedReturns.map { log(1 - Double($0) * 0.05) / log(0.95) }
        #expect(left.count > 50)
        for (steps, followed) in zip(left, study.discountedReturns) {
            #expect(steps > 0.5 && abs((1 - pow(0.95, steps.rounded())) / 0.05 - Double(followed)) < 1e-4)
        }
        let longest = study.lengths.max() ?? 0
        #expect(abs((left.max() ?? 0) - Double(longest)) < 0.5 || longest > 100)
    }

    @Test func `steps whose future a time limit cut off do not count`() throws {
        let ppo = try trained(on: "pendulum", steps: 1024, discount: 0.9)
        let study = try ppo.study(episodes: 8, seed: 5)
        #expect(study.lengths == Array(repeating: 200, count: 8))
        // 0.9²⁹ < 0.05: an episode has 171 steps to sample from, of which 20 are.
        #expect(study.values.count == 160)
        #expect(study.actions.count == 160 && study.actionCounts.isEmpty)
        #expect(study.actions.allSatisfy { (-2...2).contains($0) })
        // The least reward of a step is −(π² + 0.1 · 8² + 0.001 · 2²).
        #expect(study.discountedReturns.allSatisfy { $0 <= 0 && $0 >= -16.28 / 0.1 })
        // Scaled values are back in units of the rewards.
        #expect(study.values.contains { abs($0) > 1 })
    }

    @Test func `a plane is probed place by place`() throws {
        let ppo = try trained(on: "cart-pole", steps: 1024, discount: 0.95)
        let plane = try #require(try Environments.named("cart-pole").plane)
        let grid = plane.grid(3)
        let whole = try ppo.probe(grid)
        #expect(whole.values.count == 9 && whole.policy.count == 18)
        for place in 0..<9 {
            #expect(abs(whole.policy[2 * place] + whole.policy[2 * place + 1] - 1) < 1e-5)
            let one = try ppo.probe(Array(grid[4 * place..<4 * place + 4]))
            #expect(abs(one.values[0] - whole.values[place]) < 1e-4)
        }
        // Row by row from low to high: the angle in radians, then the angular velocity.
        #expect(Array(grid[0..<4]) == [0, 0, Float(-12 * Double.pi / 180), -3])
        #expect(Array(grid[20..<24]) == [0, 0, Float(12 * Double.pi / 180), 0])
    }
}
