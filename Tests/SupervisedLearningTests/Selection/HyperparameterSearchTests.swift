import FileFormats
import LinearAlgebra
import SupervisedLearning
import Testing

@Suite struct HyperparameterSearchTests {
    private func searching(
        _ search: SearchMethod, _ lines: [String], trials: Int = 4,
        _ change: (inout SelectionCase) throws -> Void = { _ in }
    ) throws -> SelectionCase {
        let table = FittingCase("table", try SmallData.table(count: 72)) {
            $0.epochs = 6
            $0.hiddenSizes = [6]
        }
        return try SelectionCase(table) {
            $0.space = try SearchSpace(lines: lines)
            $0.selection.search = search
            $0.selection.trials = trials
            try change(&$0)
        }
    }

    @Test(arguments: SearchMethod.allCases) func `the better of two settings is found`(_ search: SearchMethod) throws {
        for folds in [0, 2] {
            let work = try searching(search, ["learningRate=1e-8|0.05"]) { $0.selection.folds = folds }.finished()
            #expect(work.chosenSettings == ["learningRate": "0.05"], "\(folds) folds")
            #expect(work.finalSettings.learningRate == 0.05)
            #expect(work.trials.count >= (search == .grid ? 2 : 4))
            #expect(work.crossValidation?["accuracy"] != nil || folds == 0)
            // What is kept was fitted by them to all rows.
            let case0 = try searching(search, ["learningRate=1e-8|0.05"])
            var settings = case0.settings
            settings.learningRate = 0.05
            var fit = try Fitting(settings, samples: case0.samples, seed: 5)
            _ = try fit.finish()
            let isSame =
                try work.network?.predictions(for: case0.samples.features).array
                == fit.network.predictions(for: case0.samples.features).array
            #expect(isSame)
        }
    }

    @Test func `a trial's score is the mean over folds and seeds of fits made by hand`() throws {
        let search = try searching(.grid, ["learningRate=0.01|0.001"]) {
            $0.selection.folds = 2
            $0.selection.trialSeeds = 2
        }
        let work = try search.finished()
        #expect(work.trials.count == 2)
        for result in work.trials {
            var settings = search.settings
            settings.learningRate = try #require(Double(result.trial.settings["learningRate"] ?? ""))
            var scores: [Double] = []
            for split in try #require(work.folds).splits {
                for seed in [5, 6] as [UInt64] {
                    var fit = try Fitting(settings, samples: search.samples.rows(split.training), seed: seed)
                    _ = try fit.finish()
                    scores.append(try #require(fit.network.evaluate(on: search.samples.rows(split.test)).accuracy))
                }
            }
            #expect(isNear(result.score, scores.reduce(0, +) / 4))
        }
    }

    @Test func `halving tries all briefly, and the best in full`() throws {
        let work = try searching(.halving, ["learningRate=1e-8|1e-7|1e-6|0.05"], trials: 6).finished()
        let shares = Set(work.trials.map(\.trial.share)).sorted()
        #expect(shares == [1.0 / 3, 1])
        #expect(work.trials.count { $0.trial.rung == 0 } == 6 && work.trials.count { $0.trial.rung == 1 } == 2)
    }

    @Test(arguments: SearchMethod.allCases) func `a trial that diverges or makes no sense has failed, and no more`(
        _ search: SearchMethod
    ) throws {
        for line in ["learningRate=1e30|0.05", "batchSize=0|16"] {
            let case0 = try searching(search, [line], trials: 8) {
                $0.settings.optimizer = .sgd
                $0.selection.folds = 2
            }
            let work = try case0.finished()
            let failed = work.trials.filter { $0.score == nil }
            #expect(!failed.isEmpty && failed.count < work.trials.count, "\(line)")
            #expect(["0.05", "16"].contains(work.chosenSettings.values.first), "\(line)")
        }
    }

    @Test func `a trial whose predictions are not finite has failed`() throws {
        // One step, whose weights are so large that the products of the next run are not finite.
        let work = try searching(.grid, ["learningRate=1e37|0.05"]) {
            $0.settings.optimizer = .lion
            $0.settings.epochs = 1
            $0.settings.batchSize = 100
            $0.settings.validationFraction = 0
        }.finished()
        #expect(work.trials.map { $0.score == nil } == [true, false])
    }

    @Test func `if all trials fail, the error says so`() throws {
        let search = try searching(.grid, ["learningRate=1e30|1e31"]) { $0.settings.optimizer = .sgd }
        let error = #expect(throws: SamplesError.self) { try search.finished() }
        #expect(error?.problem.contains("none of the 2 settings") == true)
    }

    @Test func `with nested folds each fold chooses by the rows it learns from alone`() throws {
        let search = try searching(.grid, ["learningRate=1e-6|0.003|0.05"]) {
            $0.selection.folds = 3
            $0.selection.nested = true
            $0.strategy = .random(count: 72)
        }
        let work = try search.finished()
        #expect(work.foldResults.allSatisfy { $0.settings["learningRate"] != nil })
        #expect(work.trials.count == 3)
        // Other labels on the first fold's tested rows: its settings and its predictions are the same.
        guard case .classes(var labels, let count) = search.samples.targets else { return }
        let split = try #require(work.folds).splits[0]
        for row in split.test { labels[Int(row)] = (labels[Int(row)] + 1) % 3 }
        var changed = search
        changed.samples = try Samples(features: search.samples.features, targets: .classes(labels, count: count))
        let other = try changed.finished()
        #expect(other.foldResults[0].settings == work.foldResults[0].settings)
        #expect(other.foldResults[0].metrics != work.foldResults[0].metrics)
        let rows = split.test.map { Int($0) }
        let isSame = try #require(work.outOfFold).rows(rows).array == #require(other.outOfFold).rows(rows).array
        #expect(isSame)
        // And the fold's fit is that of its choice, made by hand.
        var settings = search.settings
        settings.learningRate = try #require(Double(work.foldResults[0].settings["learningRate"] ?? ""))
        var fit = try Fitting(settings, samples: search.samples.rows(split.training), seed: 5)
        _ = try fit.finish()
        let isMade =
            try fit.network.predictions(for: search.samples.rows(split.test).features).array
            == #require(work.outOfFold).rows(rows).array
        #expect(isMade)
    }

    @Test(arguments: SearchMethod.allCases, [false, true])
    func `a selection that is saved and restored at any update goes on with the same bytes`(
        _ search: SearchMethod, nested: Bool
    ) throws {
        let work = try searching(search, ["batchSize=0|16|40", "dropout=0.0..0.5"], trials: 3) {
            $0.settings.epochs = 3
            $0.settings.optimizer = .momentum
            $0.settings.earlyStoppingPatience = 1
            $0.selection.folds = 2
            $0.selection.nested = nested
            $0.selection.trialSeeds = nested ? 1 : 2
            if search == .grid { $0.space = try SearchSpace(lines: ["batchSize=0|16|40"]) }
        }
        var whole = try work.make()
        let count = try whole.finish().count
        let first = SearchMethod.allCases.firstIndex(of: search) ?? 0
        try expectSameWhenResumed(stops: Array(stride(from: first, through: count, by: nested ? 9 : 3))) {
            try work.make()
        }
    }

    @Test func `progress rises to its total`() throws {
        let work = try searching(.halving, ["learningRate=1e-4..0.1"], trials: 9) { $0.selection.folds = 2 }.make()
        var last = 0
        var total = 0
        while let progress = try work.advance() {
            #expect(progress.completed >= last && progress.completed <= progress.total)
            #expect(total == 0 || progress.total == total)
            (last, total) = (progress.completed, progress.total)
        }
        #expect(last == total)
    }
}
