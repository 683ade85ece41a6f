import Datasets
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import SupervisedLearning
import Testing

@Suite struct FittingEdgeTests {
    @Test func `batch normalisation bears a last batch of one row`() throws {
        // 33 rows to learn from, in batches of 16.
        var fitting = try FittingCase("odd", try SmallData.table(count: 33)) {
            $0.batchNormalization = true
            $0.validationFraction = 0
            $0.epochs = 30
        }.fitting()
        _ = try fitting.finish()
        let samples = try SmallData.table(count: 33)
        let predictions = try fitting.network.predictions(for: samples.features).array
        let areFinite = predictions.allSatisfy(\.isFinite)
        #expect(areFinite)
        let accuracy = try #require(fitting.network.evaluate(on: samples).accuracy)
        #expect(accuracy > 0.7)
    }

    @Test func `balanced classes weigh a rare one as much as a frequent one`() throws {
        // Features that tell nothing: what is predicted is the share of the classes.
        let labels = (0..<200).map { Int32($0 % 10 == 0 ? 1 : 0) }
        let samples = try Samples(
            features: .floats(Matrix(rows: 200, columns: 1, (0..<200).map { Float($0 / 10 % 2) })),
            targets: .classes(labels, count: 2))
        for (weights, share) in [(ClassWeighting.none, 0.1), (.balanced, 0.5)] as [(ClassWeighting, Float)] {
            var fitting = try FittingCase("rare", samples) {
                $0.model = .linear
                $0.classWeights = weights
                $0.validationFraction = 0
                $0.batchSize = 200
                $0.epochs = 400
                $0.learningRate = 0.05
            }.fitting()
            _ = try fitting.finish()
            let predicted = try fitting.network.predictions(for: samples.features)[0, 1]
            #expect(abs(predicted - share) < 0.03, "\(weights)")
        }
    }

    @Test(arguments: [(ValueLoss.squared, 2.0), (.absolute, 1.0)] as [(ValueLoss, Double)])
    func `the squared error goes to the mean, the absolute error to the median`(
        _ loss: ValueLoss, expected: Double
    ) throws {
        // 0, 1, 1, 1, 7 with a mean of 2 and a median of 1.
        let values = (0..<100).map { [0, 1, 1, 1, 7][$0 % 5] as Float }
        let samples = try Samples(
            features: .floats(Matrix(rows: 100, columns: 1, (0..<100).map { Float($0 / 5 % 2) })),
            targets: .values(Matrix(rows: 100, columns: 1, values)))
        var fitting = try FittingCase("values", samples) {
            $0.model = .linear
            $0.valueLoss = loss
            $0.validationFraction = 0
            $0.batchSize = 100
            $0.epochs = 600
            $0.learningRate = 0.03
        }.fitting()
        _ = try fitting.finish()
        let predicted = Double(try fitting.network.predictions(for: samples.features)[0, 0])
        #expect(abs(predicted - expected) < 0.1)
    }

    @Test func `the kept parameters are those of the best epoch`() throws {
        var fitting = try FittingCase("best", try SmallData.table(count: 60)) {
            $0.earlyStoppingPatience = 3
            $0.epochs = 200
            $0.learningRate = 0.1
        }.fitting()
        var losses: [Double] = []
        while try fitting.advance() != nil { losses.append(fitting.metrics[3]) }
        let best = try #require(losses.min())
        #expect(losses.count < 200 && losses.count - 1 - (losses.lastIndex(of: best) ?? 0) >= 3)
        // Validated again, by hand: on the rows that were held back.
        let samples = try SmallData.table(count: 60)
        let split = try ValidationSplit(count: 60, fraction: 0.2, targets: samples.targets, seed: 3)
        let loss = try fitting.network.evaluate(on: samples.rows(split.validation)).loss
        #expect(abs(loss - best) < 1e-6)
        _ = try fitting.finish()
    }

    @Test func `going on from an earlier network begins with its weights and keeps its preprocessing`() throws {
        let samples = try SmallData.table(count: 90)
        var first = try FittingCase("first", samples) { $0.epochs = 20 }.fitting()
        _ = try first.finish()
        let before = try first.network.predictions(for: samples.features).array
        let part = samples.rows(Array(0..<40))
        let fit = FittingCase("second", part) {
            $0.epochs = 3
            $0.learningRate = 1e-9
        }
        var second = try Fitting(fit.settings, samples: part, seed: 9, from: first.network)
        #expect(second.network.preprocessing == first.network.preprocessing)
        let isSameAtFirst = try second.network.predictions(for: samples.features).array == before
        #expect(isSameAtFirst)
        _ = try second.finish()
        let after = try second.network.predictions(for: samples.features).array
        #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-3 })
        // The earlier one is left as it is; the new one says by what it was fitted.
        let isLeft = try first.network.predictions(for: samples.features).array == before
        #expect(isLeft)
        #expect(second.network.settings == fit.settings)
    }

    @Test func `an earlier network of other classes is no beginning`() throws {
        let samples = try SmallData.table(count: 60)
        let first = try FittingCase("first", samples) { _ in }.fitting()
        var others = samples
        others.classNames = ["a", "c", "b"]
        #expect(throws: SamplesError.self) {
            try Fitting(FittingCase("", others) { _ in }.settings, samples: others, seed: 1, from: first.network)
        }
        #expect(throws: SamplesError.self) {
            let values = Targets.values(Matrix(rows: 60, columns: 1, repeating: 0))
            _ = try Fitting(
                FittingCase("", others) { _ in }.settings,
                samples: Samples(features: samples.features, targets: values), seed: 1, from: first.network)
        }
    }

    @Test func `going on with other layers is refused by the setting that makes them`() throws {
        let samples = try SmallData.table(count: 60)
        let first = try FittingCase("first", samples) { $0.dropout = 0.1 }.fitting()
        let changes: [(String, (inout FittingSettings) -> Void)] = [
            ("hiddenSizes", { $0.hiddenSizes = [9] }), ("dropout", { $0.dropout = 0.4 }),
            ("activation", { $0.activation = .tanh }), ("batchNormalization", { $0.batchNormalization = true }),
            ("model", { $0.model = .linear }),
        ]
        for (name, change) in changes {
            var settings = first.settings
            change(&settings)
            let error = #expect(throws: InvalidSetting.self) {
                try Fitting(settings, samples: samples, seed: 1, from: first.network)
            }
            #expect(error?.name == name)
        }
    }

    @Test func `settings that do not go with the samples are named`() throws {
        let table = try SmallData.table(count: 30)
        let texts = try SmallData.texts(count: 30)
        let changes: [(String, Samples, (inout FittingSettings) -> Void)] = [
            ("model", table, { $0.model = .cnn }), ("model", table, { $0.model = .text }),
            ("model", texts, { $0.model = .factorization }), ("model", texts, { $0.model = .cnn }),
            ("flips", table, { $0.flips = true }), ("shiftPixels", table, { $0.shiftPixels = 1 }),
            ("shiftPixels", texts, { ($0.model, $0.shiftPixels) = (.text, 1) }),
            ("mixup", texts, { ($0.model, $0.mixup) = (.text, 0.2) }),
            ("mixup", texts, { ($0.model, $0.mixup) = (.linear, 0.2) }),
            ("mixup", texts, { ($0.model, $0.mixup) = (.mlp, 0.2) }),
            (
                "embeddingSize", texts,
                { ($0.model, $0.textEncoder, $0.embeddingSize) = (.text, .attention, 6) }
            ),
        ]
        for (name, samples, change) in changes {
            var settings = FittingSettings()
            change(&settings)
            let error = #expect(throws: InvalidSetting.self, "\(name)") {
                try Fitting(settings, samples: samples, seed: 1)
            }
            #expect(error?.name == name)
        }
    }
}

@Suite struct FittingDefaultsTests {
    @Test func `the usual settings fit every kind of samples, with few rows and many`() throws {
        let kinds: [Samples] = [
            try SmallData.images(count: 40), try SmallData.table(count: 40), try SmallData.texts(count: 40),
            try SmallData.ratings(count: 40), try Blobs.plane(count: 40), try Blobs.bytes(count: 40),
        ]
        for samples in kinds {
            for model in ModelKind.kinds(for: samples.features) {
                for rowCount in [2, 40, 4_999, 5_000, 60_000, 10_000_000] {
                    let settings = FittingSettings(
                        for: samples.features, model: model, rowCount: rowCount)
                    try settings.validate()
                    #expect(settings.model == model)
                }
                var settings = FittingSettings(
                    for: samples.features, model: model, rowCount: 40)
                settings.epochs = 2
                let fitting = try Fitting(settings, samples: samples, seed: 1)
                #expect(try fitting.advance() != nil, "\(model)")
            }
        }
    }

    @Test func `the usual settings fit a handful of rows`() throws {
        for count in [2, 3, 7, 12, 20] {
            for samples in [try SmallData.table(count: count), try Blobs.plane(count: count)] {
                var settings = FittingSettings(
                    for: samples.features, rowCount: count)
                settings.epochs = 2
                var fitting = try Fitting(settings, samples: samples, seed: 1)
                #expect(try fitting.finish().count == 2, "\(count) rows")
            }
        }
    }

    @Test func `the usual kind of network is that for the samples`() throws {
        func kinds(_ samples: Samples) -> [ModelKind] { ModelKind.kinds(for: samples.features) }
        #expect(kinds(try SmallData.images(count: 2)) == [.cnn, .mlp, .linear])
        // Images too small to be halved are numbers.
        #expect(kinds(try SmallData.images(count: 2, side: 3)) == [.mlp, .linear])
        #expect(kinds(try SmallData.table(count: 3)) == [.mlp, .linear])
        #expect(kinds(try SmallData.texts(count: 2)) == [.linear, .mlp, .text])
        #expect(kinds(try SmallData.ratings(count: 2)) == [.factorization])
    }
}
