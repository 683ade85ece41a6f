import Environments
import Foundation
import LinearAlgebra
import ReinforcementLearning

/// Whole trainings of PPO on CartPole: collecting, estimating advantages and learning.
struct PPOBenchmark: Benchmark {
    let name = "ppo"
    private static let seed: UInt64 = 1

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let cleanRL = try Self.settings(recipe: "cleanrl")
        let zoo = try Self.settings(recipe: "zoo")
        let cores = bench.allCores.threadCount
        let cleanRLPeer = bench.peers.figure("ppo_cart_pole", threads: 1)
        return [
            try throughput(cleanRL, "1 seed on one core", seeds: 1, pool: bench.oneCore, cleanRLPeer, on: bench),
            try throughput(cleanRL, "1 seed on all cores", seeds: 1, pool: bench.allCores, cleanRLPeer, on: bench),
            try throughput(
                cleanRL, "\(cores) seeds side by side", seeds: cores, pool: bench.allCores, cleanRLPeer, on: bench),
            try duration(zoo, on: bench),
        ]
    }

    private static func settings(recipe: String) throws -> PPOSettings {
        guard let json = Environments.recipe(environment: "cart-pole", name: recipe) else {
            preconditionFailure("cart-pole has no recipe \(recipe)")
        }
        return try JSONDecoder().decode(PPOSettings.self, from: Data(json))
    }

    /// Environment steps of all seeds per second.
    private func throughput(
        _ settings: PPOSettings, _ label: String, seeds: Int, pool: WorkerPool, _ peer: PeerFigure?, on bench: Bench
    ) throws -> BenchmarkRow {
        var learners: [PPO] = []
        let figure = try bench.measure {
            learners = try (0..<seeds).map { try Self.learner(settings, seed: Self.seed + UInt64($0), pool: pool) }
            let elapsed = try Self.train(learners, pool: pool)
            return Double(seeds * settings.totalSteps) / elapsed
        }
        return BenchmarkRow(
            benchmark: name,
            job:
                "PPO CartPole, CleanRL's settings, \(BenchmarkTable.text(Double(settings.totalSteps))) steps, \(label)",
            threads: pool.threadCount, unit: .rate("steps/s"), ours: figure,
            quality: try Self.quality(of: learners), peer: peer,
            limit: .products(
                flop: Self.work(settings), each: "step", threads: pool.threadCount, limits: bench.limits))
    }

    /// The seconds of one training.
    private func duration(_ settings: PPOSettings, on bench: Bench) throws -> BenchmarkRow {
        var learners: [PPO] = []
        let figure = try bench.measure {
            learners = [try Self.learner(settings, seed: Self.seed, pool: bench.allCores)]
            return try Self.train(learners, pool: bench.allCores)
        }
        let threads = bench.allCores.threadCount
        let flop = Self.work(settings) * Double(settings.totalSteps)
        let rate = bench.limits.productRate(threads: threads)
        let text = BenchmarkTable.text
        return BenchmarkRow(
            benchmark: name, job: "PPO CartPole, zoo settings, \(text(Double(settings.totalSteps))) steps",
            threads: threads, unit: .duration("s"), ours: figure, quality: try Self.quality(of: learners),
            peer: bench.peers.figure("ppo_cart_pole_zoo", threads: 1),
            limit: Limit(value: flop / rate, basis: "\(text(flop / 1e9)) GFLOP at \(text(rate / 1e9)) GF/s"))
    }

    private static func learner(_ settings: PPOSettings, seed: UInt64, pool: WorkerPool) throws -> PPO {
        try PPO(settings, environment: Environments.named("cart-pole"), seed: seed, pool: pool)
    }

    /// Trains all learners, side by side if there are several, and returns the seconds.
    private static func train(_ learners: [PPO], pool: WorkerPool) throws -> Double {
        guard learners.count > 1 else { return try seconds { while try learners[0].advance() != nil {} } }
        var failures = [(any Error)?](repeating: nil, count: learners.count)
        let elapsed = failures.withUnsafeMutableBufferPointer { failures in
            // Each learner has its own place.
            nonisolated(unsafe) let failures = failures
            return seconds {
                pool.run(learners.count) { index in
                    do { while try learners[index].advance() != nil {} } catch { failures[index] = error }
                }
            }
        }
        if let failure = failures.compactMap(\.self).first { throw failure }
        return elapsed
    }

    private static func quality(of learners: [PPO]) throws -> String {
        let returns = try learners.flatMap { try $0.evaluate(episodes: 20, seed: 1000) }
        return "evaluation return \(BenchmarkTable.text(returns.reduce(0, +) / Double(returns.count)))"
    }

    /// FLOP of matrix products a step of the environment: one forward pass of both networks to act and to value, and a
    /// gradient in each epoch.
    private static func work(_ settings: PPOSettings) -> Double {
        [2, 1].map { outputs in
            let network = DenseWork(sizes: [4] + settings.hiddenSizes + [outputs])
            return network.forward + Double(settings.epochs) * network.gradient
        }.reduce(0, +)
    }
}
