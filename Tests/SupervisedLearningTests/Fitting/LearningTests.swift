import Datasets
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import SupervisedLearning
import Testing

/// Fits that must learn what another could not.
@Suite struct LearningTests {
    private func fitted(_ settings: FittingSettings, _ samples: Samples) throws -> FittedNetwork {
        let fitting = try Fitting(settings, samples: samples, seed: 1)
        while try fitting.advance() != nil {}
        return fitting.network
    }

    @Test func `convolutions learn handwritten digits`() throws {
        let dataset = try RawDataset.load("digits")
        let samples = try Samples(dataset.training, of: dataset)
        var random = RandomStream(seed: 0, purpose: "test rows")
        let split = try Split(.random(count: samples.rowCount), testFraction: 0.2, using: &random)
        let training = samples.rows(split.training)
        var settings = FittingSettings(
            for: samples.features, rowCount: training.rowCount)
        #expect(settings.model == .cnn)
        settings.epochs = 6
        let evaluation = try fitted(settings, training).evaluate(on: samples.rows(split.test))
        let accuracy = try #require(evaluation.accuracy)
        #expect(accuracy >= 0.97)
    }

    /// Texts of one "first" and one "then" each among other words; the class says which is before the other.
    private func orders(count: Int, seed: UInt64) throws -> Samples {
        var random = RandomStream(seed: seed, purpose: "orders")
        let labels = (0..<count).map { _ in Int32(random.index(below: 2)) }
        let texts = labels.map { label -> String in
            var words = (0..<4).map { _ in ["a", "b", "c"][random.index(below: 3)] }
            let (first, second) = (random.index(below: 3), 3 + random.index(below: 2))
            words.insert(label == 0 ? "then" : "first", at: second)
            words.insert(label == 0 ? "first" : "then", at: first)
            return words.joined(separator: " ")
        }
        return try Samples(features: .texts(texts), targets: .classes(labels, count: 2))
    }

    @Test(arguments: [TextEncoder.lstm, .gru]) func `a recurrent layer learns the order of words, a bag cannot`(
        _ encoder: TextEncoder
    ) throws {
        let (samples, test) = (try orders(count: 400, seed: 1), try orders(count: 200, seed: 2))
        var settings = FittingSettings()
        settings.model = .text
        settings.hiddenSizes = []
        settings.embeddingSize = 16
        settings.batchSize = 32
        settings.epochs = 25
        settings.learningRate = 0.01
        for (encoder, accuracy) in [(encoder, 0.95...1), (.mean, 0.35...0.65)] as [(TextEncoder, ClosedRange<Double>)] {
            settings.textEncoder = encoder
            let found = try #require(fitted(settings, samples).evaluate(on: test).accuracy)
            #expect(accuracy.contains(found), "\(encoder)")
        }
    }

    @Test func `factors learn a table of low rank, biases alone cannot`() throws {
        // Ratings 3 ± 1 by the product of two signs: every user's and every item's mean is 3.
        func ratings(count: Int, seed: UInt64) throws -> Samples {
            var random = RandomStream(seed: seed, purpose: "table")
            let pairs = (0..<count).map { _ in (random.index(below: 30), random.index(below: 20)) }
            let values = pairs.map { 3 + Float(($0.0 % 2) * 2 - 1) * Float(($0.1 % 2) * 2 - 1) }
            return try Samples(
                features: .ratings(users: pairs.map { "u\($0.0)" }, items: pairs.map { "i\($0.1)" }),
                targets: .values(Matrix(rows: count, columns: 1, values)))
        }
        let (samples, test) = (try ratings(count: 400, seed: 1), try ratings(count: 150, seed: 2))
        var settings = FittingSettings()
        settings.model = .factorization
        settings.hiddenSizes = []
        settings.embeddingSize = 4
        settings.batchSize = 32
        settings.epochs = 60
        settings.learningRate = 0.02
        settings.l2 = 1e-4
        let scores = try fitted(settings, samples).evaluate(on: test).scores
        #expect(try #require(scores.value(of: "rootMeanSquaredError")) < 0.25)
    }

    @Test func `Huber's loss bears outliers that the squared error follows`() throws {
        var random = RandomStream(seed: 1, purpose: "outliers")
        let points = (0..<300).map { _ in Float(random.uniform(in: -1...1)) }
        // y = 2 x, but for every tenth value far above.
        let values = points.enumerated().map { 2 * $1 + ($0 % 10 == 0 ? 40 : 0) }
        let samples = try Samples(
            features: .floats(Matrix(rows: 300, columns: 1, points)),
            targets: .values(Matrix(rows: 300, columns: 1, values)))
        let clean = try Samples(
            features: .floats(Matrix(rows: 300, columns: 1, points)),
            targets: .values(Matrix(rows: 300, columns: 1, points.map { 2 * $0 })))
        var settings = FittingSettings()
        settings.model = .linear
        settings.hiddenSizes = []
        settings.batchSize = 32
        settings.epochs = 60
        settings.learningRate = 0.02
        var errors: [ValueLoss: Double] = [:]
        for loss in ValueLoss.allCases {
            settings.valueLoss = loss
            errors[loss] = try fitted(settings, samples).evaluate(on: clean).scores.value(of: "meanAbsoluteError")
        }
        let (squared, huber, absolute) = (errors[.squared] ?? 0, errors[.huber] ?? 9, errors[.absolute] ?? 9)
        #expect(squared > 2)
        #expect(huber < squared / 2 && absolute < 0.5, "\(errors)")
    }

    @Test func `weighted terms learn which words matter`() throws {
        let (samples, test) = (try SmallData.texts(count: 200), try SmallData.texts(count: 100, seed: 2))
        for model in [ModelKind.linear, .mlp, .text] {
            var settings = FittingSettings(
                for: samples.features, model: model, rowCount: 200)
            settings.epochs = 15
            let accuracy = try #require(fitted(settings, samples).evaluate(on: test).accuracy)
            #expect(accuracy >= 0.97, "\(model)")
        }
    }
}
