import Environments
import Randomness
import Simulation

/// Steps of CartPole in a batch, with prepared random actions.
struct EnvironmentBenchmark: Benchmark {
    let name = "environment"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        [8, 64, 1024].map { count in
            var environment: any VectorizedEnvironment = EnvironmentBatch(
                of: TimeLimit(CartPole(), limit: 500), count: count, seed: 1)
            var rollout = environment.makeRollout(steps: 128)
            var random = RandomStream(seed: 1, purpose: "actions")
            for step in 0..<rollout.stepCount { rollout.drawActions(step: step, using: &random) }
            environment.observe(into: &rollout)
            let rounds = max(1, 4_000_000 / (count * rollout.stepCount))
            let figure = bench.measure {
                let elapsed = seconds {
                    for _ in 0..<rounds {
                        for step in 0..<rollout.stepCount { environment.step(step, of: &rollout) }
                        rollout.continueFromLastRow()
                    }
                }
                return Double(rounds * count * rollout.stepCount) / elapsed
            }
            return BenchmarkRow(
                benchmark: name, job: "CartPole × \(count), random actions", threads: 1, unit: .rate("steps/s"),
                ours: figure, peer: bench.peers.figure("cart_pole_steps", ["--count", "\(count)"], threads: 1))
        }
    }
}
