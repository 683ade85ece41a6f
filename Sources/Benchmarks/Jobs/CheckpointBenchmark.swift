import Environments
import Experiments
import Foundation
import LinearAlgebra
import SupervisedLearning

/// What it costs to be able to take a run up again: the same training by itself, and as a run with its checkpoints.
struct CheckpointBenchmark: Benchmark {
    let name = "checkpoints"

    private static let steps = 100_000

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let environment = try Environments.named("cart-pole")
        let recipe = try Recipe(named: "zoo", for: environment)
        let experiment = try TrainingAlgorithm.named("ppo").experiment(
            .init(environment: environment, seeds: [1], steps: Self.steps, recipe: recipe))
        let alone = try bench.measure { try Self.rate(experiment) }
        let ways: [(what: String, interval: Double, live: Double?)] = [
            ("checkpoints at each evaluation", 10, nil),
            ("a checkpoint after every update, as far as the disk keeps up", 0, nil),
            ("checkpoints at each evaluation, figures every 0.3 s", 10, 0.3),
        ]
        func row(_ what: String, _ figure: Figure) -> BenchmarkRow {
            BenchmarkRow(
                benchmark: name, job: "PPO on CartPole, \(what)", threads: bench.allCores.threadCount,
                unit: .rate("steps/s"), ours: figure,
                quality: String(format: "%.0f %% of the rate without a run", 100 * figure.median / alone.median))
        }
        return try [row("without a run", alone)]
            + ways.map { way in
                row(
                    way.what,
                    try bench.measure {
                        try Self.rateOfRun(experiment, checkpointInterval: way.interval, liveInterval: way.live)
                    })
            }
    }

    /// Steps a second of the learner by itself.
    private static func rate<Work: Experiment>(_ experiment: Work) throws -> Double {
        var work = try experiment.makeLearner(seed: 1)
        return Double(steps) / (try seconds { while try work.advance() != nil {} })
    }

    /// Steps a second from the first update to the last, in a run.
    private static func rateOfRun<Work: Experiment>(
        _ experiment: Work, checkpointInterval: Double, liveInterval: Double?
    ) throws -> Double {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = ExperimentDriver.Options(name: "run", command: ["Benchmarks"])
        options.root = folder.path
        options.checkpointInterval = checkpointInterval
        options.liveInterval = liveInterval
        let report = try ExperimentDriver(options).run(experiment)
        let history = try StoredRun(reading: report.folder).seeds[0].history
        return Double(steps) / (history.seconds.last ?? .infinity)
    }
}
