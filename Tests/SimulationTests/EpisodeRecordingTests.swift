import Environments
import Simulation
import Testing

@Suite struct `An episode recording` {
    @Test func `is the first episode of a batch's lane 0`() throws {
        let recording = EpisodeRecording(of: CartPole(), limit: 500, seed: 3, purpose: "evaluation") { rollout in
            // Push towards where the pole leans.
            rollout.discreteActions[0] = rollout.observations[2] > 0 ? 1 : 0
        }
        var batch = try Environments.named("cart-pole").make(count: 2, seed: 3, purpose: "evaluation")
        var rollout = batch.makeRollout(steps: 1)
        batch.observe(into: &rollout)
        var (steps, isOver) = (0, false)
        while !isOver {
            for lane in 0..<2 { rollout.discreteActions[lane] = rollout.observations[4 * lane + 2] > 0 ? 1 : 0 }
            #expect(Float(recording.states[steps].angle) == rollout.observations[2])
            batch.step(0, of: &rollout)
            steps += 1
            isOver = rollout.endedEpisodes.contains { $0.lane == 0 }
            rollout.continueFromLastRow()
        }
        #expect(recording.length == steps)
        #expect(recording.states.count == steps + 1)
        #expect(recording.rewards.reduce(0, +) == Double(steps))
        #expect(recording.outcome == .terminated)
        #expect(steps > 10)
    }

    @Test func `is truncated at the limit and broken off where there is none`() {
        let truncated = EpisodeRecording(of: Pendulum(), limit: 7, seed: 1, purpose: "a") { _ in }
        #expect(truncated.length == 7 && truncated.outcome == .truncated)
        let endless = EpisodeRecording(of: Pendulum(), limit: nil, longest: 9, seed: 1, purpose: "a") { _ in }
        #expect(endless.length == 9 && endless.outcome == .running)
    }

    @Test func `holds the actions as the task took them`() {
        let recording = EpisodeRecording(of: Pendulum(), limit: 3, seed: 1, purpose: "a") { rollout in
            rollout.continuousActions[0] = 5
        }
        #expect(recording.actions.map { $0[0] } == [2, 2, 2])
    }
}
