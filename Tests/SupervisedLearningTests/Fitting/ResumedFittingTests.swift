import Datasets
import FileFormats
import LinearAlgebra
import Optimizers
import SupervisedLearning
import Testing

@Suite struct ResumedFittingTests {
    /// Everything at once that a fit of images can do.
    private func everything(_ rule: OptimizerRule) throws -> FittingCase {
        FittingCase("everything", try SmallData.images(count: 75)) {
            $0.model = .cnn
            $0.channels = [3]
            $0.hiddenSizes = [5]
            $0.batchNormalization = true
            $0.dropout = 0.3
            $0.epochs = 6
            $0.optimizer = rule
            $0.learningRate = 0.003
            $0.learningRateSchedule = .plateau
            $0.learningRatePatience = 0
            $0.learningRateWarmup = 0.2
            $0.weightDecay = 0.01
            $0.l1 = 1e-4
            $0.l2 = 1e-3
            $0.maximumGradientNorm = 0.5
            $0.maximumGradientValue = 0.2
            $0.weightAveraging = rule == .scheduleFree ? 0 : 0.8
            $0.labelSmoothing = 0.1
            $0.classWeights = .balanced
            $0.mixup = 0.4
            $0.shiftPixels = 1
            $0.flips = true
            $0.earlyStoppingPatience = 4
        }
    }

    @Test(arguments: OptimizerRule.allCases) func `a fit by every rule goes on with the same bytes`(
        _ rule: OptimizerRule
    ) throws {
        let fit = try everything(rule)
        try expectSameWhenResumed(stops: [0, 1, 3, 5, 6]) { try fit.fitting() }
    }

    @Test(arguments: FittingCase.all) func `a fit of every kind of network goes on with the same bytes`(
        _ fit: FittingCase
    ) throws {
        var fit = fit
        fit.settings.earlyStoppingPatience = 2
        fit.settings.weightAveraging = 0.5
        fit.settings.optimizer = .adamW
        fit.settings.learningRateSchedule = .cosine
        try expectSameWhenResumed(stops: [1, 4]) { try fit.fitting() }
    }

    @Test(arguments: [1, 2, 3, 4]) func `an epoch that was left in its middle goes on with the same bytes`(
        _ stop: Int
    ) throws {
        let fit = FittingCase("large", try SmallData.images(count: 12_000, side: 4)) {
            $0.batchSize = 300
            $0.epochs = 2
            $0.dropout = 0.2
            $0.mixup = 0.2
            $0.shiftPixels = 1
            $0.optimizer = .adam
        }
        try expectSameWhenResumed(stops: [stop]) { try fit.fitting() }
    }

    @Test func `a fit that goes on from an earlier model is resumed with the same bytes`() throws {
        let fit = FittingCase.all[4]
        let earlier = try fit.fitting()
        while try earlier.advance() != nil {}
        try expectSameWhenResumed(stops: [1, 3]) {
            try Fitting(fit.settings, samples: fit.samples, seed: 8, from: earlier.network)
        }
    }

    @Test func `an archive of another seed or of other samples is refused`() throws {
        let fit = FittingCase.all[4]
        var archive = Archive()
        let fitting = try fit.fitting(seed: 3)
        _ = try fitting.advance()
        try fitting.save(into: &archive)
        #expect(throws: InvalidSetting.self) { try fit.fitting(seed: 4).restore(from: archive) }
        var wider = fit
        wider.settings.hiddenSizes = [9]
        #expect(throws: FileFormatError.self) { try wider.fitting().restore(from: archive) }
    }
}

@Suite struct ThreadsOfFittingTests {
    @Test(arguments: FittingCase.all) func `the number of threads changes nothing`(_ fit: FittingCase) throws {
        var fit = fit
        // Batches of several shards.
        fit.settings.batchSize = 200
        fit.settings.epochs = 2
        fit.settings.shiftPixels = fit.settings.model == .cnn ? 1 : 0
        let several = FittingCase(fit.name, try Self.repeated(fit.samples, 10)) { $0 = fit.settings }
        var expected: (rows: [String], bytes: [UInt8], predictions: [Float])?
        for threads in [1, 2, 5] {
            var fitting = try several.fitting(pool: WorkerPool(threads: threads))
            let rows = try fitting.finish()
            let bytes = try fitting.archiveBytes()
            let predictions = try fitting.network.predictions(for: several.samples.features).array
            if let expected {
                let isSame = bytes == expected.bytes && predictions == expected.predictions
                #expect(rows == expected.rows && isSame, "\(threads) threads")
            } else {
                expected = (rows, bytes, predictions)
            }
        }
    }

    private static func repeated(_ samples: Samples, _ times: Int) throws -> Samples {
        samples.rows((0..<times).flatMap { _ in Array(0..<Int32(samples.rowCount)) })
    }
}
