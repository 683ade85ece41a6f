import Autodiff
import Datasets
import Glibc
import FileFormats
import LinearAlgebra
import Optimizers
import SupervisedLearning
import Testing

@Suite struct FittingTests {
    private func settings(_ change: (inout FittingSettings) -> Void = { _ in }) -> FittingSettings {
        var settings = FittingSettings()
        settings.hiddenSizes = [16]
        settings.batchSize = 20
        settings.epochs = 8
        settings.learningRate = 0.01
        change(&settings)
        return settings
    }

    /// Runs to the end; the metrics of every update.
    private func finish(_ fitting: Fitting) throws -> [[Double]] {
        var rows: [[Double]] = []
        while try fitting.advance() != nil { rows.append(fitting.metrics) }
        return rows
    }

    private func archive(_ learner: Fitting) throws -> Archive {
        var archive = Archive()
        try learner.save(into: &archive)
        return archive
    }

    @Test func `classes that lie apart are learned from floats of different scales`() throws {
        let fitting = try Fitting(settings(), samples: Blobs.floats(count: 310), seed: 3)
        let rows = try finish(fitting)
        let loss = try #require(fitting.metricNames.firstIndex(of: "trainingLoss"))
        let accuracy = try #require(fitting.metricNames.firstIndex(of: "validationAccuracy"))
        #expect(rows.count == 8)
        #expect(rows[7][loss] < rows[0][loss] / 4)
        #expect(rows[7][accuracy] > 0.97)
        let test = try fitting.network.evaluate(on: Blobs.floats(count: 300, seed: 2))
        #expect(try #require(test.accuracy) > 0.97)
    }

    @Test func `classes are learned from bytes`() throws {
        let fitting = try Fitting(settings(), samples: Blobs.bytes(count: 310), seed: 3)
        _ = try finish(fitting)
        let test = try fitting.network.evaluate(on: Blobs.bytes(count: 1100, seed: 2))
        #expect(try #require(test.accuracy) > 0.97)
        #expect(test.loss < 0.2)
    }

    @Test func `a linear function is learned in its own units`() throws {
        let samples = try Blobs.plane(count: 500)
        let fitting = try Fitting(settings { $0.epochs = 40 }, samples: samples, seed: 3)
        _ = try finish(fitting)
        #expect(try fitting.network.evaluate(on: samples).loss < 0.01)
        let point = Features.floats(Matrix(rows: 1, columns: 2, [2, 1]))
        // The targets' standard deviation is about 104.
        #expect(abs(try fitting.network.predictions(for: point)[0, 0] - 1040) < 15)
    }

    @Test func `the evaluation is that of the predictions`() throws {
        let samples = try Blobs.bytes(count: 1500)
        let fitting = try Fitting(settings { $0.epochs = 1 }, samples: samples, seed: 3)
        _ = try finish(fitting)
        let evaluation = try fitting.network.evaluate(on: samples)
        guard case .classes(let labels, _) = samples.targets else { return }
        let probabilities = try fitting.network.predictions(for: samples.features)
        var loss = 0.0
        var correct = 0
        for (row, label) in labels.enumerated() {
            #expect(abs(probabilities[row, 0] + probabilities[row, 1] - 1) < 1e-5)
            loss -= log(Double(probabilities[row, Int(label)]))
            correct += probabilities[row, Int(label)] > 0.5 ? 1 : 0
        }
        #expect(abs(evaluation.loss - loss / 1500) < 1e-5)
        #expect(evaluation.accuracy == Double(correct) / 1500)
    }

    @Test(arguments: [1, 2, 5]) func `any number of threads gives the same bytes`(_ threads: Int) throws {
        let samples = try Blobs.bytes(count: 900)
        let settings = settings {
            $0.batchSize = 320
            $0.epochs = 3
            $0.validationFraction = 0.2
        }
        let expected = try Fitting(settings, samples: samples, seed: 3, pool: WorkerPool(threads: 3))
        let expectedMetrics = try finish(expected)
        let fitting = try Fitting(settings, samples: samples, seed: 3, pool: WorkerPool(threads: threads))
        let metrics = try finish(fitting)
        #expect(metrics.description == expectedMetrics.description)
        #expect(try archive(fitting).encoded() == archive(expected).encoded())
    }

    @Test(arguments: [1, 2, 3, 4, 5]) func `a fit that is saved and restored goes on with the same bytes`(
        _ updates: Int
    ) throws {
        let samples = try Blobs.bytes(count: 20_000)
        let settings = settings {
            $0.batchSize = 300
            $0.epochs = 2
            $0.earlyStoppingPatience = 2
            $0.learningRateSchedule = .linear
        }
        let whole = try Fitting(settings, samples: samples, seed: 3)
        let first = try Fitting(settings, samples: samples, seed: 3)
        for _ in 0..<updates {
            _ = try whole.advance()
            _ = try first.advance()
        }
        let second = try Fitting(settings, samples: samples, seed: 3)
        try second.restore(from: Archive(decoding: archive(first).encoded(), name: "checkpoint"))
        #expect(try finish(second).description == finish(whole).description)
        #expect(try archive(second).encoded() == archive(whole).encoded())
    }

    @Test func `an archive of another seed or other layers is refused`() throws {
        let samples = try Blobs.bytes(count: 100)
        let saved = try archive(Fitting(settings(), samples: samples, seed: 3))
        let other = try Fitting(settings(), samples: samples, seed: 4)
        #expect(throws: InvalidSetting.self) { try other.restore(from: saved) }
        let wider = try Fitting(settings { $0.hiddenSizes = [17] }, samples: samples, seed: 3)
        #expect(throws: FileFormatError.self) { try wider.restore(from: saved) }
    }

    @Test func `early stopping ends with the parameters of the smallest validation loss`() throws {
        // Labels without rhyme: whatever is learned is learned by heart, and the validation loss soon rises.
        let labels = (0..<240).map { Int32(($0 * 7919 % 104_729) % 2) }
        let values = (0..<240 * 4).map { Float(($0 * 6353 % 10_007)) }
        let samples = try Samples(
            features: .floats(Matrix(rows: 240, columns: 4, values)), targets: .classes(labels, count: 2))
        let settings = settings {
            $0.epochs = 200
            $0.hiddenSizes = [64, 64]
            $0.validationFraction = 0.5
            $0.earlyStoppingPatience = 3
        }
        let fitting = try Fitting(settings, samples: samples, seed: 3)
        let rows = try finish(fitting)
        let losses = rows.map { $0[3] }
        let best = try #require(losses.min())
        #expect(losses.count < 200)
        #expect(losses.firstIndex(of: best) == losses.count - 4)

        // The same fit, stopped by hand at its best epoch.
        let again = try Fitting(settings, samples: samples, seed: 3)
        for _ in 0..<losses.count - 3 { _ = try again.advance() }
        #expect(fitting.network.parameters.values.values(0..<64) == again.network.parameters.values.values(0..<64))
    }

    @Test func `a saved network predicts the same`() throws {
        let samples = try Blobs.floats(count: 300)
        let fitting = try Fitting(settings(), samples: samples, seed: 3)
        _ = try finish(fitting)
        var archive = Archive()
        try fitting.network.save(into: &archive)
        let network = try FittedNetwork(restoring: Archive(decoding: archive.encoded(), name: "network"))
        #expect(
            try network.predictions(for: samples.features).array
                == fitting.network.predictions(for: samples.features).array)
    }

    @Test func `settings that make no sense are named`() throws {
        let samples = try Blobs.bytes(count: 100)
        let changes: [(String, @Sendable (inout FittingSettings) -> Void)] = [
            ("hiddenSizes", { $0.hiddenSizes = [4, 0] }), ("batchSize", { $0.batchSize = 0 }),
            ("epochs", { $0.epochs = -1 }), ("learningRate", { $0.learningRate = .nan }),
            ("weightDecay", { $0.weightDecay = -1 }), ("maximumGradientNorm", { $0.maximumGradientNorm = .infinity }),
            ("validationFraction", { $0.validationFraction = 1 }),
            ("validationFraction", { $0.validationFraction = 0.001 }),
            ("earlyStoppingPatience", { $0.earlyStoppingPatience = -1 }),
            (
                "earlyStoppingPatience",
                {
                    $0.earlyStoppingPatience = 2
                    $0.validationFraction = 0
                }
            ),
        ]
        for (name, change) in changes {
            let error = #expect(throws: InvalidSetting.self) {
                _ = try Fitting(settings(change), samples: samples, seed: 3)
            }
            #expect(error?.name == name)
        }
    }

    @Test func `diverged training is an error that names the cause and leaves the parameters finite`() throws {
        let fitting = try Fitting(
            settings {
                $0.optimizer = .sgd
                $0.learningRate = 1e30
            }, samples: Blobs.bytes(count: 100), seed: 3)
        let error = #expect(throws: DivergedTraining.self) { _ = try finish(fitting) }
        #expect(try #require(error).description.contains("gradient step"))
        let parameters = fitting.network.parameters.values
        let areFinite = parameters.values(0..<parameters.count).allSatisfy { $0.isFinite }
        #expect(areFinite)
    }
}
