import Environments
import LinearAlgebra
import Randomness
import Simulation

/// Steps of environments in batches on one core, with actions drawn beforehand and resets included.
struct EnvironmentBenchmark: Benchmark {
    let name = "environment"

    /// A task, how many copies are stepped together, and how many steps a repetition takes.
    private struct Job {
        let task: String
        let count: Int
        let steps: Int
        var peer: (script: String, arguments: [String])?
    }

    private static let jobs: [Job] =
        [8, 64, 1024].map { count in
            Job(
                task: "cart-pole", count: count, steps: 4_000_000,
                peer: ("environment_steps", ["--environment", "CartPole-v1", "--count", "\(count)"]))
        }
        + [
            ("mountain-car", "MountainCar-v0"), ("mountain-car-continuous", "MountainCarContinuous-v0"),
            ("acrobot", "Acrobot-v1"), ("pendulum", "Pendulum-v1"),
        ].map { task, id in
            Job(
                task: task, count: 1024, steps: 2_000_000,
                peer: ("environment_steps", ["--environment", id, "--count", "1"]))
        }
        + ["breakout", "asterix", "freeway", "seaquest", "space-invaders"].map { game in
            Job(
                task: game, count: 16, steps: 1_000_000, peer: ("minatar_steps", ["--game", game]))
        }

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        try Self.jobs.map { try row(of: $0, on: bench) } + [try landerRow(on: bench)]
    }

    private func row(of job: Job, on bench: Bench) throws -> BenchmarkRow {
        var stepper = try Stepper(job.task, count: job.count, pool: bench.oneCore)
        return BenchmarkRow(
            benchmark: name, job: "\(job.task) × \(job.count), random actions", threads: 1, unit: .rate("steps/s"),
            ours: bench.measure { stepper.rate(steps: job.steps) },
            peer: job.peer.flatMap { bench.peers.figure($0.script, $0.arguments, threads: 1) })
    }

    /// The lander against the engine alone, in turn.
    private func landerRow(on bench: Bench) throws -> BenchmarkRow {
        var stepper = try Stepper("lunar-lander", count: 16, pool: bench.oneCore)
        var bare = BareLander(count: 16)
        var engine: [Double] = []
        let figure = bench.measure {
            let ours = stepper.rate(steps: 60_000)
            var taken = 0
            let elapsed = seconds {
                while taken < 60_000 {
                    let row = taken / 16 % stepper.rollout.stepCount
                    bare.step(stepper.rollout.discreteActions.span.extracting(row * 16..<(row + 1) * 16))
                    taken += 16
                }
            }
            engine.append(Double(taken) / elapsed)
            return ours
        }
        let median = engine.sorted()[engine.count / 2]
        return BenchmarkRow(
            benchmark: name, job: "lunar-lander × 16, random actions", threads: 1, unit: .rate("steps/s"), ours: figure,
            peer: bench.peers.figure(
                "environment_steps", ["--environment", "LunarLander-v3", "--count", "1"], threads: 1),
            limit: Limit(value: median, basis: "Box2D alone stepping the same scene, in turn"))
    }
}

/// A batch with prepared actions, stepped again and again.
private struct Stepper {
    private var environment: any VectorizedEnvironment
    fileprivate var rollout: Rollout

    init(_ name: String, count: Int, pool: WorkerPool) throws {
        environment = try Environments.named(name).make(count: count, seed: 1, pool: pool)
        // A rollout of at most 512 kB, which stays in a core's own cache: it is not the memory that is measured.
        let row = count * environment.observationSpace.size
        rollout = environment.makeRollout(steps: min(128, max(2, 131_072 / row)))
        var random = RandomStream(seed: 1, purpose: "actions")
        for step in 0..<rollout.stepCount { rollout.drawActions(step: step, using: &random) }
        environment.observe(into: &rollout)
    }

    /// Steps a second over at least so many.
    mutating func rate(steps: Int) -> Double {
        let rounds = max(1, steps / (rollout.laneCount * rollout.stepCount))
        let elapsed = seconds {
            for _ in 0..<rounds {
                for step in 0..<rollout.stepCount { environment.step(step, of: &rollout) }
                rollout.continueFromLastRow()
            }
        }
        return Double(rounds * rollout.laneCount * rollout.stepCount) / elapsed
    }
}
