import Autodiff
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning

/// A gradient step with Adam of long short-term memory, 128 numbers in and 128 wide, on 32 sequences of 100 steps; the
/// loss is the mean square of all hidden states.
struct LSTMBenchmark: Benchmark {
    let name = "lstm"
    private static let (batch, length, width) = (32, 100, 128)

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        try [bench.oneCore, bench.allCores].map { pool in
            let (step, program) = try Self.step(on: pool)
            let count = 40
            let figure = try bench.measure {
                let elapsed = try seconds {
                    for _ in 0..<count { try step.run(program, learningRate: 1e-3) }
                }
                return elapsed / Double(count) * 1e3
            }
            let flop = 2 * Double(program.multiplyAddsPerRow * Self.batch)
            let rate = bench.limits.productRate(threads: pool.threadCount)
            let text = BenchmarkTable.text
            return BenchmarkRow(
                benchmark: name,
                job: "LSTM \(Self.width) wide, \(Self.batch) × \(Self.length) steps: gradient step and Adam",
                threads: pool.threadCount, unit: .duration("ms"), ours: figure,
                quality: "\(text(flop / figure.median / 1e6)) GF/s",
                peer: bench.peers.figure("lstm", threads: pool.threadCount),
                limit: Limit(
                    value: flop / rate * 1e3, basis: "\(text(flop / 1e6)) MFLOP a step at \(text(rate / 1e9)) GF/s"))
        }
    }

    /// The step, and its program with a minibatch in place.
    private static func step(on pool: WorkerPool) throws -> (GradientStep, Program) {
        var layout = ParameterLayout()
        let lstm = LongShortTermMemory("lstm", from: width, to: width, returnsSequence: true, in: &layout)
        var random = RandomStream(seed: 1, purpose: "weights")
        let parameters = ParameterStore(layout, using: &random)
        let step = try GradientStep(parameters: parameters, optimizer: Adam(layout: layout), pool: pool) { trace in
            lstm(trace.input("sequences", length, width)).squared().mean()
        }
        let program = step.program(batch: batch)
        let sequences = (0..<batch * length * width).map { _ in Float(random.normal()) }
        program.input("sequences").replace(at: 0, with: sequences)
        return (step, program)
    }
}
