import Datasets
import FileFormats
import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

/// A model selection on a small table, with what a test changes of it.
struct SelectionCase: Sendable {
    var settings: FittingSettings
    var selection = SelectionSettings()
    var samples: Samples
    var strategy: SplitStrategy
    var space: SearchSpace?
    var seed: UInt64 = 5

    init(_ fit: FittingCase, _ change: (inout SelectionCase) throws -> Void) rethrows {
        settings = fit.settings
        samples = fit.samples
        strategy =
            if case .classes(let labels, _) = fit.samples.targets {
                .stratified(labels: labels)
            } else {
                .random(count: fit.samples.rowCount)
            }
        try change(&self)
    }

    func make() throws -> ModelSelection {
        let settings = settings
        return try ModelSelection(
            settings, selection, samples: samples, strategy: strategy, space: space, seed: seed
        ) { trial in
            var own = settings
            for (name, value) in trial {
                switch name {
                case "learningRate": own.learningRate = try #require(Double(value))
                case "dropout": own.dropout = try #require(Double(value))
                case "batchSize": own.batchSize = try #require(Int(value))
                default: throw InvalidSetting(name, value, "is not known to the test")
                }
            }
            try own.validate()
            return own
        }
    }

    func finished() throws -> ModelSelection {
        let work = try make()
        while try work.advance() != nil {}
        return work
    }
}

@Suite struct ModelSelectionTests {
    private var table: FittingCase {
        get throws { FittingCase("table", try SmallData.table(count: 60)) { $0.epochs = 4 } }
    }

    @Test func `without folds or a search it is a fit`() throws {
        let table = try table
        let work = try SelectionCase(table) { _ in }.finished()
        var fit = try Fitting(table.settings, samples: table.samples, seed: 5)
        _ = try fit.finish()
        let kept = try #require(work.network)
        let isSame =
            try kept.predictions(for: table.samples.features).array
            == fit.network.predictions(for: table.samples.features).array
        #expect(isSame)
        #expect(work.metricNames == fit.metricNames && work.crossValidation == nil && work.outOfFold == nil)
    }

    @Test(arguments: [FittingCase.all[4], FittingCase.all[6], FittingCase.all[8], FittingCase.all[10]])
    func `what the folds predict is what fits to their training rows predict`(_ fit: FittingCase) throws {
        let work = try SelectionCase(fit) { $0.selection.folds = 3 }.finished()
        let folds = try #require(work.folds)
        let predictions = try #require(work.outOfFold)
        for (index, split) in folds.splits.enumerated() {
            var own = try Fitting(fit.settings, samples: fit.samples.rows(split.training), seed: 5)
            _ = try own.finish()
            let test = fit.samples.rows(split.test)
            let isSame =
                try own.network.predictions(for: test.features).array
                == predictions.rows(split.test.map { Int($0) }).array
            #expect(isSame, "fold \(index + 1)")
            let metrics = try own.network.evaluate(on: test).scores.metrics
            #expect(work.foldResults[index].metrics == metrics)
        }
        let summary = try #require(work.crossValidation)
        #expect(summary == CrossValidationSummary(folds: work.foldResults.map(\.metrics)))
        // And what is kept has learned from all rows.
        var all = try fit.fitting(seed: 5)
        _ = try all.finish()
        let isSame =
            try work.network?.predictions(for: fit.samples.features).array
            == all.network.predictions(for: fit.samples.features).array
        #expect(isSame)
    }

    /// The out-of-fold predictions of the rows that fold 1 tests, without the first of them.
    private func predictionsBesideFirst(_ fit: FittingCase) throws -> [Float] {
        let work = try SelectionCase(fit) {
            $0.selection.folds = 3
            // The same folds whatever the targets are.
            $0.strategy = .random(count: fit.samples.rowCount)
        }.finished()
        let rows = try #require(work.folds).splits[0].test.dropFirst().map { Int($0) }
        return try #require(work.outOfFold).rows(rows).array
    }

    private func firstTestRow(of fit: FittingCase) throws -> Int {
        let folds = try #require(
            try SelectionCase(fit) {
                $0.selection.folds = 3
                $0.strategy = .random(count: fit.samples.rowCount)
            }.make().folds)
        return Int(folds.splits[0].test[0])
    }

    @Test func `numbers of the rows that a fold tests have no part in its scale`() throws {
        var values: [Float] = []
        var random = RandomStream(seed: 1, purpose: "values")
        for _ in 0..<120 { values.append(Float(random.normal())) }
        func fit(_ values: [Float], _ targets: [Float]) throws -> FittingCase {
            FittingCase(
                "numbers",
                try Samples(
                    features: .floats(Matrix(rows: 40, columns: 3, values)),
                    targets: .values(Matrix(rows: 40, columns: 1, targets)))
            ) { $0.validationFraction = 0 }
        }
        let targets = (0..<40).map { values[3 * $0] }
        let plain = try fit(values, targets)
        let row = try firstTestRow(of: plain)
        var changed = values
        changed[3 * row] = 1e6
        var changedTargets = targets
        changedTargets[row] = -1e6
        let isSame =
            try predictionsBesideFirst(plain) == predictionsBesideFirst(fit(changed, changedTargets))
        #expect(isSame)
    }

    @Test func `words of the rows that a fold tests have no part in its vocabulary`() throws {
        for model in [ModelKind.text, .linear] {
            let plain = FittingCase("texts", try SmallData.texts(count: 40)) {
                $0.model = model
                $0.validationFraction = 0
            }
            guard case .texts(var texts) = plain.samples.features else { return }
            let row = try firstTestRow(of: plain)
            texts[row] = "words that no other text has, words that make it longer than any other text has ever been"
            let samples = try Samples(features: .texts(texts), targets: plain.samples.targets)
            let changed = FittingCase("texts", samples) { $0 = plain.settings }
            let isSame = try predictionsBesideFirst(plain) == predictionsBesideFirst(changed)
            #expect(isSame, "\(model)")
        }
    }

    @Test func `users and items that only a tested row has are unknown to its fold`() throws {
        let plain = FittingCase("ratings", try SmallData.ratings(count: 60)) {
            $0.model = .factorization
            $0.validationFraction = 0
        }
        guard case .ratings(var users, let items) = plain.samples.features else { return }
        let row = try firstTestRow(of: plain)
        users[row] = "a new one"
        let samples = try Samples(features: .ratings(users: users, items: items), targets: plain.samples.targets)
        let changed = FittingCase("ratings", samples) { $0 = plain.settings }
        let isSame = try predictionsBesideFirst(plain) == predictionsBesideFirst(changed)
        #expect(isSame)
    }

    @Test func `rows of a group are never on both sides`() throws {
        let table = try table
        let groups = (0..<60).map { Int32($0 / 5) }
        let work = try SelectionCase(table) {
            $0.selection.folds = 4
            $0.selection.trials = 2
            $0.selection.search = .random
            $0.selection.nested = true
            $0.space = try SearchSpace(lines: ["learningRate=0.001|0.01"])
            $0.strategy = .grouped(groups)
        }.finished()
        for split in try #require(work.folds).splits {
            let learned = Set(split.training.map { groups[Int($0)] })
            #expect(split.test.allSatisfy { !learned.contains(groups[Int($0)]) })
        }
        #expect(work.foldResults.count == 4 && work.crossValidation != nil)
    }

    @Test func `by time, later rows are predicted from earlier ones, and the first are not predicted`() throws {
        let table = try table
        let times = (0..<60).map { Double(($0 * 7) % 60) }
        let work = try SelectionCase(table) {
            $0.selection.folds = 3
            $0.strategy = .byTime(times)
        }.finished()
        let splits = try #require(work.folds).splits
        for split in splits {
            let last = split.training.map { times[Int($0)] }.max() ?? 0
            #expect(split.test.allSatisfy { times[Int($0)] > last })
        }
        let predictions = try #require(work.outOfFold)
        let tested = Set(splits.flatMap(\.test))
        #expect(tested.count == 45)
        for row in 0..<60 { #expect(predictions[row, 0].isFinite == tested.contains(Int32(row))) }
    }

    @Test func `folds that cannot be are an error`() throws {
        let table = try table
        let error = #expect(throws: SplitError.self) { try SelectionCase(table) { $0.selection.folds = 30 }.make() }
        #expect(error?.problem.contains("class 'a'") == true)
    }
}
