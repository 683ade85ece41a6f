import Randomness
import Simulation
import Testing

@Suite struct `A rollout` {
    @Test func `goes on from its last row of observations`() {
        var rollout = Rollout(
            stepCount: 2, laneCount: 2, observationSpace: .box(low: [0], high: [9]), actionSpace: .discrete(2))
        rollout.observations = [1, 2, 3, 4, 5, 6]
        rollout.endedEpisodes = [EndedEpisode(step: 0, lane: 1, outcome: .truncated, return: 1, length: 1)]
        rollout.continueFromLastRow()
        #expect(Array(rollout.observations[0..<2]) == [5, 6])
        #expect(rollout.endedEpisodes.isEmpty)
    }

    @Test func `draws every choice, and vectors all over a box`() {
        var random = RandomStream(seed: 2, purpose: "actions")
        var discrete = Rollout(
            stepCount: 1, laneCount: 100, observationSpace: .discrete(1), actionSpace: .discrete(3))
        discrete.drawActions(step: 0, using: &random)
        #expect(Set(discrete.discreteActions) == [0, 1, 2])

        let box = Space.box(low: [-2, 0], high: [2, .infinity])
        var continuous = Rollout(stepCount: 1, laneCount: 100, observationSpace: .discrete(1), actionSpace: box)
        continuous.drawActions(step: 0, using: &random)
        let actions = continuous.continuousActions
        for lane in 0..<100 {
            let isInside = box.contains(Array(actions[2 * lane...2 * lane + 1]).span)
            #expect(isInside)
        }
        // Of 100 uniform numbers one falls into each outer eighth but with a probability of 2 · (7/8)^100 = 3e-6.
        let first = stride(from: 0, to: 200, by: 2).map { actions[$0] }
        #expect(first.min()! < -1.5 && first.max()! > 1.5)
    }
}
