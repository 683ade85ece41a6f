import Autodiff
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning

/// The gradient step of PPO on CartPole: two tanh networks 4-64-64, clipped surrogate, clipped gradient, Adam.
struct TensorProgramBenchmark: Benchmark {
    let name = "tensor-program"
    private static let batch = 128

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        let flop = Double(Self.batch) * [2, 1].map { DenseWork(sizes: [4, 64, 64, $0]).gradient }.reduce(0, +)
        return try [bench.oneCore, bench.allCores].map { pool in
            let (step, program) = try Self.step(on: pool)
            let count = 5_000
            let figure = try bench.measure {
                let elapsed = try seconds {
                    for _ in 0..<count { try step.run(program, learningRate: 1e-9) }
                }
                return elapsed / Double(count) * 1e6
            }
            let rate = bench.limits.productRate(threads: pool.threadCount)
            let text = BenchmarkTable.text
            return BenchmarkRow(
                benchmark: name, job: "PPO gradient step, 2 × 4-64-64, batch \(Self.batch)",
                threads: pool.threadCount, unit: .duration("µs"), ours: figure,
                quality: "\(text(flop / figure.median / 1e3)) GF/s",
                peer: bench.peers.figure("ppo_gradient_step", threads: pool.threadCount),
                limit: Limit(
                    value: flop / rate * 1e6, basis: "\(text(flop / 1e3)) kFLOP a step at \(text(rate / 1e9)) GF/s"))
        }
    }

    /// The step, and its program with a minibatch in place.
    private static func step(on pool: WorkerPool) throws -> (GradientStep, Program) {
        var layout = ParameterLayout()
        let hidden = Orthogonal(gain: Float(2).squareRoot())
        let actor = MultilayerPerceptron(
            "actor", sizes: [4, 64, 64, 2], activation: .tanh, hidden: hidden, output: Orthogonal(gain: 0.01),
            in: &layout)
        let critic = MultilayerPerceptron(
            "critic", sizes: [4, 64, 64, 1], activation: .tanh, hidden: hidden, output: Orthogonal(gain: 1),
            in: &layout)
        var random = RandomStream(seed: 1, purpose: "weights")
        let parameters = ParameterStore(layout, using: &random)
        let step = try GradientStep(
            parameters: parameters, optimizer: Adam(parameterCount: layout.count), maximumGradientNorm: 0.5,
            pool: pool
        ) { trace in
            let observations = trace.input("observations", 4)
            let advantages = trace.input("advantages")
            let policy = Categorical(logits: actor(observations))
            let ratio = exp(
                policy.logProbability(of: trace.indices("actions")) - trace.input("logProbabilities"))
            let surrogate = minimum(ratio * advantages, ratio.clamped(to: 0.8...1.2) * advantages)
            let valueError = (critic(observations).reshaped(to: []) - trace.input("returns")).squared()
            return -surrogate.mean() + 0.25 * valueError.mean() - 0.01 * policy.entropy.mean()
        }
        let program = step.program(batch: batch)
        for (label, width) in [("observations", 4), ("advantages", 1), ("returns", 1)] {
            program.input(label).replace(at: 0, with: (0..<batch * width).map { _ in Float(random.normal()) })
        }
        program.input("logProbabilities").fill(-0.69)
        program.setIndices("actions", (0..<batch).map { _ in Int32(random.index(below: 2)) })
        return (step, program)
    }
}
