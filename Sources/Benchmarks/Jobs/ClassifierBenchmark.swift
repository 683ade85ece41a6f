import Optimizers
import Datasets
import Foundation
import LinearAlgebra
import SupervisedLearning

/// A classifier 784-256-128-10 on Fashion-MNIST: batch 128, Adam with rate 10⁻³, 5 epochs over all 60,000 images; the
/// median of three seeds' rates, the mean of their accuracies.
struct ClassifierBenchmark: Benchmark {
    let name = "classifier"

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        guard let dataset = try? Dataset.named("fashion-mnist"), let testPart = dataset.test else { return [] }
        let training = try Samples(dataset.training, of: dataset)
        let test = try Samples(testPart, of: dataset)
        var settings = FittingSettings()
        settings.hiddenSizes = [256, 128]
        settings.batchSize = 128
        settings.epochs = 5
        settings.learningRate = 1e-3
        settings.learningRateSchedule = .constant
        settings.validationFraction = 0

        var accuracies: [Double] = []
        let load = MachineLoad()
        let rates = try (1...3).map { seed in
            let learner = try Fitting(settings, samples: training, seed: UInt64(seed), pool: bench.allCores)
            let elapsed = try seconds { while try learner.advance() != nil {} }
            accuracies.append(try learner.network.evaluate(on: test).accuracy ?? 0)
            return Double(settings.epochs * training.features.rowCount) / elapsed
        }
        let figure = Figure(rates, load: load)
        let accuracy = accuracies.reduce(0, +) / Double(accuracies.count)
        let threads = bench.allCores.threadCount
        return [
            BenchmarkRow(
                benchmark: name, job: "classifier 784-256-128-10, batch 128, 5 epochs", threads: threads,
                unit: .rate("samples/s"), ours: figure,
                quality: String(format: "accuracy %.2f %%", 100 * accuracy),
                peer: bench.peers.figure("classifier", threads: threads),
                limit: .products(
                    flop: DenseWork(sizes: [784, 256, 128, 10]).gradient, each: "sample", threads: threads,
                    limits: bench.limits))
        ]
    }
}
