import CAllocationCounter
import Environments
import LinearAlgebra
import Randomness
import Simulation
import Testing

@Suite struct `Stepping a batch` {
    /// An episode may begin with new memory (a world of Box2D is made anew); a step within one may not.
    @Test(arguments: Environments.all.map(\.id))
    func `allocates nothing`(id: String) throws {
        let specification = try Environments.named(id)
        var batch = specification.make(count: 4, seed: 3, pool: WorkerPool(threads: 1))
        var rollout = batch.makeRollout(steps: 1)
        var actions = RandomStream(seed: 1, purpose: "actions")
        batch.observe(into: &rollout)
        var (counted, steps) = (0, 0)
        for round in 0..<600 {
            rollout.drawActions(step: 0, using: &actions)
            ac_start()
            batch.step(0, of: &rollout)
            let count = ac_stop()
            // Lists grow to what they need in the first rounds.
            if round >= 300, rollout.endedEpisodes.isEmpty || !id.hasPrefix("lunar") && !id.hasPrefix("bipedal") {
                counted += count
                steps += 1
            }
            rollout.continueFromLastRow()
        }
        #expect(steps > 100)
        // Box2D grows its own stacks now and then, when contacts become more than there have been.
        let allowed = id.hasPrefix("lunar") || id.hasPrefix("bipedal") ? steps / 10 : 0
        #expect(counted <= allowed, "\(counted) allocations in \(steps) steps")
    }
}
