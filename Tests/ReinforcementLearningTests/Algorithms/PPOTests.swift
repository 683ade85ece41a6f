import CAllocationCounter
import Environments
import FileFormats
import LinearAlgebra
import Optimizers
import ReinforcementLearning
import Simulation
import SupervisedLearning
import Testing

@Suite struct PPOTests {
    /// The settings of Stable-Baselines3's zoo for cart-pole.
    private var cartPole: PPOSettings {
        var settings = PPOSettings()
        settings.environments = 8
        settings.stepsPerRollout = 32
        settings.minibatchSize = 256
        settings.epochs = 20
        settings.discount = 0.98
        settings.lambda = 0.8
        settings.learningRate = 1e-3
        settings.learningRateDecay = .linear
        settings.clipRangeDecay = .linear
        return settings
    }

    /// Every feature at once: continuous actions, both normalizers, clipped value loss, entropy, several minibatches of
    /// which the last is smaller.
    private var pendulum: PPOSettings {
        var settings = PPOSettings()
        settings.totalSteps = 3000
        settings.environments = 3
        settings.stepsPerRollout = 250
        settings.minibatchSize = 100
        settings.epochs = 2
        settings.normalizeObservations = true
        settings.normalizeReturns = true
        settings.clipValueLoss = true
        settings.halveValueLoss = true
        settings.entropyCoefficient = 0.01
        return settings
    }

    private func archive(of learner: PPO) throws -> [UInt8] {
        var archive = Archive()
        try learner.save(into: &archive)
        return try archive.encoded()
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `cart-pole is balanced to the step limit after 100,000 steps`(_ seed: UInt64) throws {
        let ppo = try PPO(cartPole, environment: Environments.named("cart-pole"), seed: seed)
        while try ppo.advance() != nil {}
        let returns = try ppo.evaluate(episodes: 100, seed: seed)
        #expect(returns.count == 100)
        #expect(returns.reduce(0, +) / 100 >= 475)
    }

    @Test func `the agent is evaluated ten times, and the one that is kept is as good as the best`() throws {
        var settings = cartPole
        settings.totalSteps = 20_000
        let ppo = try PPO(settings, environment: Environments.named("cart-pole"), seed: 2)
        var evaluations: [Double] = []
        let column = try #require(ppo.metricNames.firstIndex(of: "evaluationReturn"))
        while try ppo.advance() != nil {
            if ppo.metrics[column].isFinite { evaluations.append(ppo.metrics[column]) }
        }
        #expect(evaluations.count == 10)
        let best = try #require(evaluations.max())
        // Other episodes of the same agent: their means differ by chance only.
        #expect(try ppo.evaluate(episodes: 100, seed: 1).reduce(0, +) / 100 > best / 2)
    }

    @Test func `pendulum swings up after 100,000 steps`() throws {
        var settings = cartPole
        settings.environments = 4
        settings.stepsPerRollout = 1024
        settings.minibatchSize = 64
        settings.epochs = 10
        settings.discount = 0.9
        settings.lambda = 0.95
        settings.learningRateDecay = .constant
        settings.clipRangeDecay = .constant
        let ppo = try PPO(settings, environment: Environments.named("pendulum"), seed: 3)
        while try ppo.advance() != nil {}
        let returns = try ppo.evaluate(episodes: 100, seed: 3)
        // A random policy gets about −1200, Stable-Baselines3 with these settings −156 ± 105 over episodes.
        #expect(returns.reduce(0, +) / 100 >= -300)
    }

    @Test func `the same bytes come of one, two and five threads`() throws {
        for (settings, environment) in [(cartPole, "cart-pole"), (pendulum, "pendulum")] {
            var short = settings
            short.totalSteps = 3000
            let runs = try [1, 2, 5].map { threads in
                let ppo = try PPO(
                    short, environment: Environments.named(environment), seed: 5, pool: WorkerPool(threads: threads))
                while try ppo.advance() != nil {}
                return try archive(of: ppo)
            }
            #expect(runs[0] == runs[1] && runs[1] == runs[2], "\(environment)")
        }
    }

    @Test func `a learner that was put away in the middle goes on with the same bytes`() throws {
        for (settings, environment) in [(cartPole, "cart-pole"), (pendulum, "pendulum")] {
            var short = settings
            short.totalSteps = 3000
            let specification = try Environments.named(environment)
            let whole = try PPO(short, environment: specification, seed: 5)
            let first = try PPO(short, environment: specification, seed: 5)
            for _ in 0..<2 {
                _ = try whole.advance()
                _ = try first.advance()
            }
            let stored = try archive(of: first)
            let second = try PPO(short, environment: specification, seed: 5)
            try second.restore(from: Archive(decoding: stored, name: "stored"))
            while try whole.advance() != nil { _ = try second.advance() }
            #expect(try archive(of: whole) == archive(of: second), "\(environment)")
            #expect(whole.metrics.map(\.bitPattern) == second.metrics.map(\.bitPattern), "\(environment)")
        }
    }

    @Test(arguments: [1, 7, 300, 1000, 1001])
    func `it takes exactly the steps that it was asked for`(_ steps: Int) throws {
        var settings = cartPole
        settings.totalSteps = steps
        let ppo = try PPO(settings, environment: Environments.named("cart-pole"), seed: 1)
        var last: Progress?
        while let progress = try ppo.advance() { last = progress }
        #expect(last == Progress(completed: steps, of: steps))
    }

    @Test func `an update allocates nothing after the first ones`() throws {
        for (settings, environment) in [(cartPole, "cart-pole"), (pendulum, "pendulum")] {
            var long = settings
            long.totalSteps = 1_000_000
            // One thread, since the counter counts its own thread only.
            let ppo = try PPO(
                long, environment: Environments.named(environment), seed: 5, pool: WorkerPool(threads: 1))
            for _ in 0..<3 { _ = try ppo.advance() }
            ac_start()
            for _ in 0..<3 { _ = try ppo.advance() }
            #expect(ac_stop() == 0, "\(environment)")
        }
    }

    @Test func `metrics have a name each, and a first update measures plausible values`() throws {
        let ppo = try PPO(cartPole, environment: Environments.named("cart-pole"), seed: 1)
        _ = try ppo.advance()
        let metrics = Dictionary(uniqueKeysWithValues: zip(ppo.metricNames, ppo.metrics))
        #expect(metrics.count == ppo.metrics.count)
        // Two choices, hardly told apart at first: the entropy of a coin, ln 2.
        #expect(abs(try #require(metrics["entropy"]) - 0.693) < 0.03)
        // 256 of 100,000 steps are done.
        #expect(abs(try #require(metrics["learningRate"]) - 1e-3 * (1 - 0.00256)) < 1e-9)
        #expect(try #require(metrics["approximateKL"]) >= 0)
        #expect((0...1).contains(try #require(metrics["clipFraction"])))
        // A random policy balances for about 22 steps.
        #expect((9...60).contains(try #require(metrics["episodeReturn"])))
        #expect(metrics["episodeReturn"] == metrics["episodeLength"])
    }

    @Test func `settings that make no sense are refused by name`() throws {
        var settings = cartPole
        settings.discount = 1.5
        #expect {
            _ = try PPO(settings, environment: Environments.named("cart-pole"), seed: 1)
        } throws: {
            "\($0)" == "discount is 1.5; it must be from 0 to 1"
        }
    }
}
