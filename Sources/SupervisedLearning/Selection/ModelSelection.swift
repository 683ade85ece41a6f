public import FileFormats
public import LinearAlgebra
import Randomness

/// The whole way to a model: the search for settings where one is asked for, the cross-validation of the best, and the fit
/// to all rows that is kept.
///
/// The cross-validation judges the way and not one model: each fold's preprocessing, and with `nested` its settings too,
/// come from the rows that it learns from alone.
public final class ModelSelection: Learner, @unchecked Sendable {
    public static let unit = "samples"

    private enum Stage: Equatable {
        /// The search for settings on the rows that fold `outer` learns from; nil for all rows.
        case search(outer: Int?)
        case fold(Int)
        case final
    }

    /// The metrics of one fold, and how it was fitted.
    public struct FoldResult: Codable, Sendable, Equatable {
        public let metrics: [Metric]
        /// What the search chose for this fold; empty without one.
        public let settings: [String: String]
    }

    private let settings: FittingSettings
    private let selection: SelectionSettings
    private let samples: Samples
    private let seed: UInt64
    private let pool: WorkerPool
    private let configure: SettingsOfTrial
    private let space: SearchSpace?
    private let strategy: SplitStrategy
    private let earlier: FittedNetwork?
    /// nil without a cross-validation.
    public let folds: Folds?
    private let stages: [Stage]
    /// Of every stage, in samples.
    private let costs: [Int]

    private var stage = 0
    private var search: HyperparameterSearch?
    private var fitting: Fitting?
    /// What the latest search chose.
    private var chosen: [String: String] = [:]
    /// What the search on all rows tried.
    public private(set) var trials: [TrialResult] = []
    public private(set) var foldResults: [FoldResult] = []
    /// What the folds predicted of the rows that they had not seen, `[n, outputs]`; NaN where nothing has been yet.
    public private(set) var outOfFold: Matrix<Float>?
    private var final: Fitting?

    /// - Parameters:
    ///   - samples: what is learned from.
    ///   - strategy: what must be minded when they are divided.
    ///   - space: what a search goes through; nil where there is none.
    ///   - earlier: a network to go on from.
    ///   - configure: the settings that a trial means.
    /// - Throws: `SplitError` where the rows cannot be divided so, and what `Fitting` throws.
    public init(
        _ settings: FittingSettings, _ selection: SelectionSettings, samples: Samples, strategy: SplitStrategy,
        space: SearchSpace? = nil, seed: UInt64, from earlier: FittedNetwork? = nil, pool: WorkerPool = .shared,
        configure: @escaping SettingsOfTrial
    ) throws {
        try settings.validate()
        try selection.validate()
        self.settings = settings
        self.selection = selection
        self.samples = samples
        self.strategy = strategy
        self.space = space
        self.seed = seed
        self.earlier = earlier
        self.pool = pool
        self.configure = configure
        var random = RandomStream(seed: 0, purpose: "folds")
        folds =
            selection.folds > 0
            ? try Folds(
                strategy, count: selection.folds, classNames: samples.classNames.isEmpty ? nil : samples.classNames,
                using: &random) : nil
        var stages: [Stage] = []
        let isSearching = selection.trials > 0 && space != nil
        let foldCount = folds?.splits.count ?? 0
        if isSearching && !selection.nested { stages.append(.search(outer: nil)) }
        for fold in 0..<foldCount {
            if isSearching && selection.nested { stages.append(.search(outer: fold)) }
            stages.append(.fold(fold))
        }
        if isSearching && selection.nested { stages.append(.search(outer: nil)) }
        self.stages = stages + [.final]
        if foldCount > 0 {
            outOfFold = Matrix(rows: samples.rowCount, columns: samples.targets.outputCount, repeating: .nan)
        }
        let one = max(1, Int(Double(samples.rowCount) * (1 - settings.validationFraction)) * settings.epochs)
        costs = self.stages.map { stage in
            switch stage {
            // About a full fit for each trial.
            case .search: one * selection.trials
            case .fold: max(1, one - one / foldCount)
            case .final: one
            }
        }
        try begin()
    }

    /// The network that is kept, as fitted so far; nil before its fit has begun.
    public var network: FittedNetwork? { final?.network }

    /// The metrics over the folds; nil before the last one has ended, or without any.
    public var crossValidation: CrossValidationSummary? {
        guard let folds, foldResults.count == folds.splits.count else { return nil }
        return CrossValidationSummary(folds: foldResults.map(\.metrics))
    }

    /// The settings of the fit that is kept.
    public var finalSettings: FittingSettings { (try? configure(chosen)) ?? settings }
    /// What the search chose; empty without one.
    public var chosenSettings: [String: String] { chosen }

    // MARK: Learning

    /// Makes what the stage advances.
    private func begin() throws {
        switch stages[stage] {
        case .search(let outer): search = try makeSearch(outer)
        case .fold(let fold): fitting = try makeFitting(rows: folds?.splits[fold].training)
        case .final:
            fitting = try makeFitting(rows: nil)
            final = fitting
        }
    }

    private func makeFitting(rows: [Int32]?) throws -> Fitting {
        try Fitting(
            chosen.isEmpty ? settings : configure(chosen), samples: rows.map { samples.rows($0) } ?? samples,
            seed: seed, from: earlier, pool: pool)
    }

    private func makeSearch(_ outer: Int?) throws -> HyperparameterSearch {
        guard let space else { preconditionFailure("a search without a space") }
        let rows = outer.flatMap { folds?.splits[$0].training }
        let part = rows.map { samples.rows($0) } ?? samples
        let own = rows.map { strategy.restricted(to: $0) } ?? strategy
        var random = RandomStream(seed: 0, purpose: "folds of the search")
        let splits: [Split]
        if let folds, outer == nil {
            splits = folds.splits
        } else if folds != nil {
            splits = try Folds(
                own, count: selection.folds, classNames: samples.classNames.isEmpty ? nil : samples.classNames,
                using: &random
            ).splits
        } else {
            splits = [try Split(own, testFraction: selection.testFraction, using: &random)]
        }
        return try HyperparameterSearch(
            selection, space: space, samples: part, splits: splits, epochs: settings.epochs, seed: seed, from: earlier,
            pool: pool, configure: configure)
    }

    public func advance() throws -> Progress? {
        while stage < stages.count {
            // A fit alone counts its own samples.
            if stages.count == 1, let progress = try fitting?.advance() { return progress }
            if stages.count > 1, let share = try advanceStage() {
                let before = costs[..<stage].reduce(0, +)
                let completed = before + Int(Double(costs[stage]) * min(max(share, 0), 1))
                return Progress(completed: completed, of: costs.reduce(0, +))
            }
            try endStage()
            stage += 1
            if stage < stages.count { try begin() }
        }
        return nil
    }

    /// Goes on with the stage: which share of it is done; nil when it is.
    private func advanceStage() throws -> Double? {
        if let search { return try search.advance().map { $0 / Double(max(search.runCount, 1)) } }
        return try fitting?.advance().map { Double($0.completed) / Double(max($0.total, 1)) }
    }

    private func endStage() throws {
        switch stages[stage] {
        case .search(let outer):
            guard let best = search?.best else {
                throw SamplesError(
                    problem: "none of the \(search?.results.count ?? 0) settings that were tried could be fitted: "
                        + "search a smaller space, with smaller learning rates")
            }
            chosen = best.trial.settings
            if outer == nil { trials = search?.results ?? [] }
            search = nil
        case .fold(let fold):
            guard let folds, let network = fitting?.network else { return }
            let rows = folds.splits[fold].test
            let evaluation = try network.evaluate(on: samples.rows(rows))
            foldResults.append(FoldResult(metrics: evaluation.scores.metrics, settings: chosen))
            for (place, row) in rows.enumerated() {
                for column in 0..<evaluation.predictions.columnCount {
                    outOfFold?[Int(row), column] = evaluation.predictions[place, column]
                }
            }
            fitting = nil
        case .final: break
        }
    }

    // MARK: Metrics

    /// Where there is more than one fit, first the trial, from 0, and the fold, from 1, that a row belongs to; neither for
    /// the fit that is kept.
    public var metricNames: [String] {
        (stages.count > 1 ? ["trial", "fold"] : []) + Fitting.names
    }

    public var metrics: [Double] {
        let fit = search?.fit ?? fitting
        let own = fit?.metrics ?? Fitting.names.map { _ in .nan }
        guard stages.count > 1 else { return own }
        var (trial, fold) = (Double.nan, Double.nan)
        if let search {
            trial = search.trialIndex.map { Double($0) } ?? .nan
            fold = search.fold.map { Double($0 + 1) } ?? .nan
        } else if stage < stages.count, case .fold(let index) = stages[stage] {
            fold = Double(index + 1)
        }
        return [trial, fold] + own
    }

    public func hash(into hash: inout StateHash) {
        hash.combine(stage)
        (search?.fit ?? fitting)?.hash(into: &hash)
    }

    // MARK: Saving

    private struct State: Codable {
        var stage: Int
        var chosen: [String: String]
        var trials: [TrialResult]
        var foldResults: [FoldResult]
    }

    public func save(into archive: inout Archive) throws {
        try archive.encode(
            "selection", State(stage: stage, chosen: chosen, trials: trials, foldResults: foldResults))
        if let outOfFold { archive.set("outOfFold", outOfFold.array) }
        var part = Archive()
        if let search { try search.save(into: &part) } else { try fitting?.save(into: &part) }
        archive.add("current", part)
    }

    public func restore(from archive: Archive) throws {
        let state = try archive.decode("selection", as: State.self)
        guard (0...stages.count).contains(state.stage) else {
            throw InvalidSetting("folds", selection.folds, "must be as in the archive, which is at step \(state.stage)")
        }
        (chosen, trials, foldResults) = (state.chosen, state.trials, state.foldResults)
        if let shape = outOfFold {
            let values = try archive.floats("outOfFold", shape: [shape.rowCount * shape.columnCount])
            outOfFold = Matrix(rows: shape.rowCount, columns: shape.columnCount, values)
        }
        (search, fitting, final) = (nil, nil, nil)
        // What has ended is left at its last stage.
        stage = min(state.stage, stages.count - 1)
        try begin()
        if let search {
            try search.restore(from: archive.part("current"))
        } else {
            try fitting?.restore(from: archive.part("current"))
        }
        stage = state.stage
    }
}
