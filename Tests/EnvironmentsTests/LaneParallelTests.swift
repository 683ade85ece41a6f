import Environments
import LinearAlgebra
import Randomness
import Simulation
import Testing

/// Batches move eight copies of some tasks at once, on as many workers as there are.
@Suite struct `A task that is stepped eight copies at once` {
    @Test(arguments: ["cart-pole", "acrobot", "pendulum", "mountain-car"], [19, 700])
    func `moves each copy, bit for bit, as if it were alone`(name: String, count: Int) throws {
        func compare<Task: Environment>(_ task: Task, limit: Int) throws where Task.State: VectorState {
            var batch = EnvironmentBatch(of: task, limit: limit, count: count, seed: 5, pool: WorkerPool(threads: 3))
            var rollout = batch.makeRollout(steps: 60)
            var actions = RandomStream(seed: 2, purpose: "actions")
            batch.observe(into: &rollout)
            for step in 0..<60 {
                rollout.drawActions(step: step, using: &actions)
                batch.step(step, of: &rollout)
            }
            for lane in stride(from: 0, to: count, by: count < 100 ? 1 : 37) {
                var alone = TimeLimit(task, limit: limit)
                var random = RandomStream(seed: 5, purpose: "environment", lane: lane)
                alone.reset(using: &random)
                for step in 0..<60 {
                    let row = step * count + lane
                    let action = Task.Action(
                        row: row, discrete: rollout.discreteActions.span,
                        continuous: rollout.continuousActions.span)
                    let transition = alone.step(action, using: &random)
                    #expect(transition.outcome == rollout.outcomes[row])
                    if transition.outcome != .running { alone.reset(using: &random) }
                    let size = rollout.observationSize
                    let next = (row + count) * size
                    #expect(
                        observation(of: alone).map { Float($0) } == Array(rollout.observations[next..<next + size]))
                }
            }
        }
        let specification = try Environments.named(name)
        func open<Task: Environment>(_ task: Task) throws where Task.State: VectorState { try compare(task, limit: 25) }
        switch specification.task {
        case let task as CartPole: try open(task)
        case let task as Acrobot: try open(task)
        case let task as Pendulum: try open(task)
        case let task as MountainCar: try open(task)
        default: Issue.record("\(name) is another task")
        }
    }
}
