import Autodiff
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning

/// A gradient step with Adam of a classifier 64-64-10 on 32 rows: so little work that the time goes into everything else.
/// The rate is next to nothing, so that the gradient of the one minibatch does not vanish.
struct SmallNetworkBenchmark: Benchmark {
    let name = "small-network"
    private static let batch = 32
    private static let sizes = [64, 64, 10]

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        try [bench.oneCore, bench.allCores].map { pool in
            let (step, program) = try Self.step(on: pool)
            let count = 20_000
            let figure = try bench.measure {
                let elapsed = try seconds {
                    for _ in 0..<count { try step.run(program, learningRate: 1e-9) }
                }
                return elapsed / Double(count) * 1e6
            }
            let flop = 2 * Double(program.multiplyAddsPerRow * Self.batch)
            let rate = bench.limits.productRate(threads: pool.threadCount)
            let text = BenchmarkTable.text
            return BenchmarkRow(
                benchmark: name, job: "classifier 64-64-10, batch \(Self.batch): gradient step and Adam",
                threads: pool.threadCount, unit: .duration("µs"), ours: figure,
                quality: "\(text(flop / figure.median / 1e3)) GF/s",
                peer: bench.peers.figure("small_network", threads: pool.threadCount),
                limit: Limit(
                    value: flop / rate * 1e6, basis: "\(text(flop / 1e3)) kFLOP a step at \(text(rate / 1e9)) GF/s"))
        }
    }

    /// The step, and its program with a minibatch in place.
    private static func step(on pool: WorkerPool) throws -> (GradientStep, Program) {
        var layout = ParameterLayout()
        let network = MultilayerPerceptron(
            "network", sizes: sizes, activation: .relu, hidden: VarianceScaling.heUniform,
            output: VarianceScaling.glorotUniform, in: &layout)
        var random = RandomStream(seed: 1, purpose: "weights")
        let parameters = ParameterStore(layout, using: &random)
        let step = try GradientStep(parameters: parameters, optimizer: Adam(layout: layout), pool: pool) { trace in
            softmaxCrossEntropy(network(trace.input("features", sizes[0])), trace.indices("labels"))
        }
        let program = step.program(batch: batch)
        program.input("features").replace(at: 0, with: (0..<batch * sizes[0]).map { _ in Float(random.uniform()) })
        program.setIndices("labels", (0..<batch).map { _ in Int32(random.index(below: 10)) })
        return (step, program)
    }
}
