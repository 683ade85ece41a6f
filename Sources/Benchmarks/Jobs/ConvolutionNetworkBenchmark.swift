import Autodiff
import Datasets
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning

/// A small convolutional network on Fashion-MNIST: two convolutions of 3 × 3 with 16 and 32 channels, each rectified and
/// pooled, and a dense layer; batch 128, Adam with rate 10⁻³, one epoch over all 60,000 images.
struct ConvolutionNetworkBenchmark: Benchmark {
    let name = "convolution-network"
    private static let batch = 128

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        guard let dataset = try? Dataset.named("fashion-mnist"), let test = dataset.test,
            case .bytes(let images) = dataset.training.features, let labels = dataset.training.labels
        else { return [] }
        return try [bench.oneCore, bench.allCores].map { pool in
            let (threads, load) = (pool.threadCount, MachineLoad())
            var accuracies: [Double] = []
            var multiplyAdds = 0
            let rates = try (1...bench.repetitions).map { seed in
                let network = ConvolutionNetwork(seed: UInt64(seed))
                let step = try network.gradientStep(on: pool)
                multiplyAdds = step.program(batch: Self.batch).multiplyAddsPerRow
                let elapsed = try seconds { try Self.train(step, images, labels, seed: UInt64(seed)) }
                accuracies.append(try network.accuracy(on: test))
                return Double(images.rowCount) / elapsed
            }
            let figure = Figure(rates, load: load)
            let accuracy = accuracies.reduce(0, +) / Double(accuracies.count)
            return BenchmarkRow(
                benchmark: name, job: "convolutional network, 16 and 32 channels, batch \(Self.batch), 1 epoch",
                threads: threads, unit: .rate("samples/s"), ours: figure,
                quality: "accuracy \(BenchmarkTable.text(100 * accuracy)) %", peer: Self.peer(bench, threads: threads),
                limit: .products(
                    flop: 2 * Double(multiplyAdds), each: "sample", threads: threads, limits: bench.limits))
        }
    }

    /// The better of PyTorch's two orders of an image's dimensions.
    private static func peer(_ bench: Bench, threads: Int) -> PeerFigure? {
        ["contiguous_format", "channels_last"]
            .compactMap { bench.peers.figure("convolution_network", ["--memory-format", $0], threads: threads) }
            .max { $0.value < $1.value }
    }

    /// One epoch.
    private static func train(_ step: GradientStep, _ images: Matrix<UInt8>, _ labels: [Int32], seed: UInt64) throws {
        var order = (0..<images.rowCount).map(Int32.init)
        var random = RandomStream(seed: seed, purpose: "shuffle")
        random.shuffle(&order)
        for start in stride(from: 0, to: order.count, by: batch) {
            let program = step.program(batch: min(batch, order.count - start))
            program.gather(images, rows: order, from: start, into: "images", scale: 1 / 255)
            program.gather(labels, rows: order, from: start, into: "labels")
            try step.run(program, learningRate: 1e-3)
        }
    }
}

/// The network and its parameters.
private struct ConvolutionNetwork {
    private let parameters: ParameterStore
    private let layers: @Sendable (Tensor) -> Tensor

    init(seed: UInt64) {
        let draw = VarianceScaling.heUniform
        let window = Window(.init(3, 3), padding: .init(1, 1))
        let halves = Window(.init(2, 2), stride: .init(2, 2))
        var layout = ParameterLayout()
        let first = Convolution2D("0", from: 1, to: 16, window: window, initializer: draw, in: &layout)
        let second = Convolution2D("3", from: 16, to: 32, window: window, initializer: draw, in: &layout)
        let head = Dense("7", from: 7 * 7 * 32, to: 10, initializer: VarianceScaling.glorotUniform, in: &layout)
        layers = { images in
            let half = relu(first(images)).maximumPooled(halves)
            let quarter = relu(second(half)).maximumPooled(halves)
            return head(quarter.channelsFirst().reshaped(to: [7 * 7 * 32]))
        }
        var random = RandomStream(seed: seed, purpose: "weights")
        parameters = ParameterStore(layout, using: &random)
    }

    func gradientStep(on pool: WorkerPool) throws -> GradientStep {
        try GradientStep(parameters: parameters, optimizer: Adam(layout: parameters.layout), pool: pool) { trace in
            softmaxCrossEntropy(layers(trace.input("images", 28, 28, 1)), trace.indices("labels"))
        }
    }

    /// The share of `part` whose class gets the largest output.
    func accuracy(on part: Dataset.Part) throws -> Double {
        guard case .bytes(let images) = part.features, let labels = part.labels else { return 0 }
        let function = try TensorFunction(parameters: parameters) { trace in
            trace.output("scores", layers(trace.input("images", 28, 28, 1)))
        }
        let batch = 1000
        let program = function.program(batch: batch)
        let order = (0..<labels.count).map(Int32.init)
        var correct = 0
        for start in stride(from: 0, through: labels.count - batch, by: batch) {
            program.gather(images, rows: order, from: start, into: "images", scale: 1 / 255)
            program.run()
            let scores = program.rows("scores").values(0..<10 * batch)
            for row in 0..<batch {
                let own = scores[10 * row..<10 * row + 10]
                let best = own.indices.max { own[$0] < own[$1] } ?? 0
                if best - 10 * row == Int(labels[start + row]) { correct += 1 }
            }
        }
        return Double(correct) / Double(labels.count)
    }
}
