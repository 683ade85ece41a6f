import Datasets
import Foundation
import LinearAlgebra
import Randomness
import UnsupervisedLearning

/// Lloyd's iterations on Fashion-MNIST's 60,000 images from rows drawn at random, and seeding by k-means++.
struct KMeansBenchmark: Benchmark {
    let name = "k-means"
    private static let iterations = 20

    func rows(on bench: Bench) throws -> [BenchmarkRow] {
        guard let dataset = try? Dataset.named("fashion-mnist"), case .bytes(let images) = dataset.training.features
        else { return [] }
        return try [10, 100].flatMap { clusters in
            var random = RandomStream(seed: 1, purpose: "first rows")
            var chosen: Set<Int> = []
            while chosen.count < clusters { chosen.insert(random.index(below: images.rowCount)) }
            let first = chosen.sorted()
            return [
                try iterations(images, from: first, on: bench), try seeding(images, from: first, on: bench),
            ]
        }
    }

    /// Fits with all that belongs to them, divided by their iterations.
    private func iterations(_ images: Matrix<UInt8>, from first: [Int], on bench: Bench) throws -> BenchmarkRow {
        var inertia = 0.0
        let figure = try bench.measure {
            var iterations = 0
            let elapsed = try seconds {
                let model = try Self.fit(images, from: first, iterations: Self.iterations, pool: bench.allCores)
                (iterations, inertia) = (model.iterations, model.inertia)
            }
            return elapsed / Double(iterations) * 1e3
        }
        let arguments = ["--rows", first.map(String.init).joined(separator: ","), "--iterations", "\(Self.iterations)"]
        let peers = ["elkan", "lloyd"].compactMap { algorithm in
            bench.peers.figure(
                "k_means", arguments + ["--algorithm", algorithm], threads: bench.allCores.threadCount)
        }
        return BenchmarkRow(
            benchmark: name, job: "k-means, Fashion-MNIST, k = \(first.count), an iteration",
            threads: bench.allCores.threadCount, unit: .duration("ms"), ours: figure,
            quality: String(format: "inertia %.6g", inertia), peer: peers.min { $0.value < $1.value },
            limit: Self.limit(images, clusters: first.count, on: bench))
    }

    /// A fit of one iteration that begins with seeding, less one that does not.
    private func seeding(_ images: Matrix<UInt8>, from first: [Int], on bench: Bench) throws -> BenchmarkRow {
        func fit(from rows: [Int]?) throws -> Double {
            try seconds {
                _ = try Self.fit(
                    images, clusters: first.count, from: rows, iterations: 1, pool: bench.allCores)
            }
        }
        return BenchmarkRow(
            benchmark: name, job: "k-means++ seeding, Fashion-MNIST, k = \(first.count)",
            threads: bench.allCores.threadCount, unit: .duration("ms"),
            ours: try bench.measure { (try fit(from: nil) - fit(from: first)) * 1e3 },
            peer: bench.peers.figure(
                "k_means", ["--job", "seeding", "--rows", first.map(String.init).joined(separator: ",")],
                threads: bench.allCores.threadCount))
    }

    private static func fit(
        _ images: Matrix<UInt8>, clusters: Int? = nil, from first: [Int]?, iterations: Int, pool: WorkerPool
    ) throws -> KMeansModel {
        var settings = KMeansSettings(clusters: clusters ?? first?.count ?? 1)
        settings.maximumIterations = iterations
        settings.tolerance = 0
        let centroids = first.map { rows in
            Matrix<Float>(
                rows: rows.count, columns: images.columnCount, rows.flatMap { images.row($0).map(Float.init) })
        }
        var learner = try KMeans(
            settings, rows: images, random: RandomStream(seed: 1, purpose: "clusters"), initialCentroids: centroids,
            on: pool)
        while try learner.advance() != nil {}
        guard let model = learner.model else { preconditionFailure("k-means of \(iterations) iterations has no model") }
        return model
    }

    /// An iteration has to read the images, and to multiply them by the centroids; whichever takes longer when the
    /// product is one of floats. (Products of bytes can be faster than this limit.)
    private static func limit(_ images: Matrix<UInt8>, clusters: Int, on bench: Bench) -> Limit {
        let threads = bench.allCores.threadCount
        let readRate = bench.limits.readRate(threads: threads)
        let productRate = bench.limits.productRate(threads: threads)
        let reading = Double(images.count) / readRate * 1e3
        let flop = 2 * Double(images.count * clusters)
        let multiplying = flop / productRate * 1e3
        let text = BenchmarkTable.text
        return reading > multiplying
            ? Limit(
                value: reading, basis: "reading \(text(Double(images.count) / 1e6)) MB at \(text(readRate / 1e9)) GB/s")
            : Limit(value: multiplying, basis: "\(text(flop / 1e9)) GFLOP at \(text(productRate / 1e9)) GF/s")
    }
}
