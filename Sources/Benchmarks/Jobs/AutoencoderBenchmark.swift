import Datasets
import Foundation
import LinearAlgebra
import SupervisedLearning
import UnsupervisedLearning

/// An autoencoder 784-256-64-256-784 on Fashion-MNIST: batch 128, Adam with rate 10⁻³, 5 epochs over all 60,000 images;
/// the median of three seeds' rates, the mean of their errors.
struct AutoencoderBenchmark: Benchmark {
    let name = "autoencoder"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        guard let dataset = try? Dataset.named("fashion-mnist"), let test = dataset.test else { return [] }
        var settings = AutoencoderSettings()
        settings.hiddenSizes = [256]
        settings.codeSize = 64
        settings.batchSize = 128
        settings.epochs = 5
        settings.learningRate = 1e-3
        settings.validationFraction = 0

        var errors: [Double] = []
        let load = MachineLoad()
        let rates = try (1...3).map { seed in
            let learner = try Autoencoder(
                settings, features: dataset.training.features, seed: UInt64(seed), pool: bench.allCores)
            let elapsed = try seconds { while try learner.advance() != nil {} }
            errors.append(try learner.network.reconstructionError(on: test.features))
            return Double(settings.epochs * dataset.training.rowCount) / elapsed
        }
        let figure = Figure(rates, load: load)
        let error = errors.reduce(0, +) / Double(errors.count)
        let threads = bench.allCores.threadCount
        return [
            BenchmarkRow(
                benchmark: name, job: "autoencoder 784-256-64-256-784, batch 128, 5 epochs", threads: threads,
                unit: .rate("samples/s"), ours: figure,
                quality: String(format: "test error %.5f", error),
                peer: bench.peers.figure("autoencoder", threads: threads),
                limit: .products(
                    flop: DenseWork(sizes: [784, 256, 64, 256, 784]).gradient, each: "sample", threads: threads,
                    limits: bench.limits))
        ]
    }
}
