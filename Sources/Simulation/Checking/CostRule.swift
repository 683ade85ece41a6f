import LinearAlgebra
import Randomness

extension EnvironmentSpecification {
    /// Measures how long a step takes in a batch, in which the compiler has specialised it.
    func checkStepCost(seed: UInt64, _ stopwatch: () -> Double, _ notes: inout CheckNotes) {
        notes.begin("the time that a step takes", .stepCostIsTold)
        let (lanes, steps) = (16, 50)
        let told = Double(type(of: task).stepCost)
        var batch = make(count: lanes, seed: seed, pool: WorkerPool(threads: 1))
        var actions = RandomStream(seed: seed, purpose: "actions")
        var rollout = batch.makeRollout(steps: steps)
        batch.observe(into: &rollout)
        var least = Double.infinity
        // The least of several, since the machine may have been busy with something else.
        for _ in 0..<5 {
            var seconds = 0.0
            for step in 0..<steps {
                rollout.drawActions(step: step, using: &actions)
                let start = stopwatch()
                batch.step(step, of: &rollout)
                seconds += stopwatch() - start
            }
            rollout.continueFromLastRow()
            least = min(least, seconds / Double(lanes * steps) * 1e9)
        }
        notes.count(steps: 5 * lanes * steps)
        // What is quick is never shared among workers, whatever it says.
        guard max(least, told) > 500, max(least / told, told / least) > 8 else { return }
        notes.warn(.stepCostIsTold, "a step takes about \(Int(least.rounded())) ns, and stepCost is \(Int(told))")
    }
}
