import Environments
import FileFormats
import Randomness
import Simulation
import Testing

@Suite struct `An environment batch` {
    /// One lane lived through on its own, with what the batch has to report about it.
    struct Single {
        var rewards: [Float] = []
        var outcomes: [Outcome] = []
        var observations: [[Float]] = []
        var finalObservations: [[Float]] = []
        var ended: [EndedEpisode] = []

        init(lane: Int, seed: UInt64, limit: Int, actions: [Int32]) {
            var random = RandomStream(seed: seed, purpose: "environment", lane: lane)
            var task = TimeLimit(Countdown(), limit: limit)
            task.reset(using: &random)
            var (sum, length) = (0.0, 0)
            func observation() -> [Float] { [Float(task.state.task.remaining), Float(task.state.task.start)] }
            observations.append(observation())
            for (step, action) in actions.enumerated() {
                let transition = task.step(Int(action), using: &random)
                rewards.append(Float(transition.reward))
                outcomes.append(transition.outcome)
                (sum, length) = (sum + transition.reward, length + 1)
                if transition.outcome != .running {
                    finalObservations.append(observation())
                    ended.append(
                        EndedEpisode(step: step, lane: lane, outcome: transition.outcome, return: sum, length: length))
                    task.reset(using: &random)
                    (sum, length) = (0, 0)
                }
                observations.append(observation())
            }
        }
    }

    @Test func `lives through what each of its lanes would on its own`() {
        let (steps, lanes) = (40, 3)
        var batch: any VectorizedEnvironment = EnvironmentBatch(
            of: TimeLimit(Countdown(), limit: 4), count: lanes, seed: 9)
        var rollout = batch.makeRollout(steps: steps)
        var actions = RandomStream(seed: 1, purpose: "actions")
        batch.observe(into: &rollout)
        for step in 0..<steps {
            rollout.drawActions(step: step, using: &actions)
            batch.step(step, of: &rollout)
        }
        #expect(Set(rollout.outcomes) == [.running, .terminated, .truncated])

        let singles = (0..<lanes).map { lane in
            Single(
                lane: lane, seed: 9, limit: 4, actions: (0..<steps).map { rollout.discreteActions[$0 * lanes + lane] })
        }
        for lane in 0..<lanes {
            let single = singles[lane]
            #expect((0..<steps).map { rollout.rewards[$0 * lanes + lane] } == single.rewards)
            #expect((0..<steps).map { rollout.outcomes[$0 * lanes + lane] } == single.outcomes)
            for step in 0...steps {
                let place = (step * lanes + lane) * 2
                #expect(Array(rollout.observations[place..<place + 2]) == single.observations[step])
            }
            let places = rollout.endedEpisodes.indices.filter { rollout.endedEpisodes[$0].lane == lane }
            #expect(places.map { rollout.endedEpisodes[$0] } == single.ended)
            #expect(
                places.map { Array(rollout.finalObservations[2 * $0..<2 * $0 + 2]) } == single.finalObservations)
        }
        let order = rollout.endedEpisodes.map { $0.step * lanes + $0.lane }
        #expect(order == order.sorted())
    }

    @Test func `hands over actions clamped to the box and leaves the rollout's as they are`() {
        var batch = EnvironmentBatch(of: Echo(), count: 2, seed: 0)
        var rollout = batch.makeRollout(steps: 1)
        rollout.continuousActions = [5, 3, -7, -1]
        batch.step(0, of: &rollout)
        #expect(rollout.rewards == [5, -2])
        #expect(rollout.continuousActions == [5, 3, -7, -1])
    }

    @Test func `counts an episode's return and length across rollouts`() {
        var batch = EnvironmentBatch(of: TimeLimit(Echo(), limit: 3), count: 1, seed: 0)
        var rollout = batch.makeRollout(steps: 2)
        batch.observe(into: &rollout)
        rollout.continuousActions = [1, 0, 0.5, 0]
        for _ in 0..<2 {
            rollout.continueFromLastRow()
            batch.step(0, of: &rollout)
            batch.step(1, of: &rollout)
        }
        #expect(
            rollout.endedEpisodes == [EndedEpisode(step: 0, lane: 0, outcome: .truncated, return: 2.5, length: 3)])
        #expect(rollout.observations == [2, 0, 1])
        #expect(rollout.finalObservations[0] == 3)
    }

    @Test func `lives through the same episodes again after a restart`() {
        var batch: any VectorizedEnvironment = EnvironmentBatch(
            of: TimeLimit(Countdown(), limit: 4), count: 3, seed: 9)
        func live() -> Rollout {
            var rollout = batch.makeRollout(steps: 20)
            var actions = RandomStream(seed: 1, purpose: "actions")
            batch.observe(into: &rollout)
            for step in 0..<20 {
                rollout.drawActions(step: step, using: &actions)
                batch.step(step, of: &rollout)
            }
            return rollout
        }
        let first = live()
        #expect(live().observations != first.observations)
        batch.restart()
        let again = live()
        #expect(again.observations == first.observations)
        #expect(again.endedEpisodes == first.endedEpisodes)
    }

    @Test func `begins new episodes at a reset`() {
        var batch = EnvironmentBatch(of: Echo(), count: 2, seed: 0)
        var rollout = batch.makeRollout(steps: 1)
        batch.step(0, of: &rollout)
        #expect(rollout.observations == [0, 0, 1, 1])
        batch.reset()
        batch.observe(into: &rollout)
        #expect(rollout.observations == [0, 0, 1, 1])
        batch.step(0, of: &rollout)
        #expect(rollout.observations == [0, 0, 1, 1])
    }

    @Test(arguments: Environments.all.map(\.id))
    func `goes on exactly after it was saved and restored`(id: String) throws {
        let specification = try Environments.named(id)
        var actions = RandomStream(seed: 5, purpose: "actions")
        var original = specification.make(count: 3, seed: 5)
        var rollout = original.makeRollout(steps: 330)
        original.observe(into: &rollout)
        for step in 0..<130 {
            rollout.drawActions(step: step, using: &actions)
            original.step(step, of: &rollout)
        }
        var archive = Archive()
        try original.save(into: &archive)
        let read = try Archive(decoding: archive.encoded(), name: "test")

        var restored = specification.make(count: 3, seed: 5)
        try restored.restore(from: read)
        var other = rollout
        for step in 130..<330 {
            rollout.drawActions(step: step, using: &actions)
            (other.discreteActions, other.continuousActions) = (rollout.discreteActions, rollout.continuousActions)
            original.step(step, of: &rollout)
            restored.step(step, of: &other)
        }
        #expect(other.observations == rollout.observations)
        #expect(other.rewards == rollout.rewards)
        #expect(other.outcomes == rollout.outcomes)
        #expect(other.endedEpisodes == rollout.endedEpisodes)
        // Where they are sure to end, episodes ended and began after the restoration.
        if let limit = specification.stepLimit, limit <= 200 {
            #expect(rollout.endedEpisodes.contains { $0.step >= 130 })
        }
    }

    @Test func `refuses the state of a batch of another size`() throws {
        var archive = Archive()
        try EnvironmentBatch(of: Countdown(), count: 2, seed: 0).save(into: &archive)
        var larger = EnvironmentBatch(of: Countdown(), count: 3, seed: 0)
        #expect(throws: (any Error).self) { try larger.restore(from: archive) }
    }
}
