import FileFormats
import LinearAlgebra
import Randomness

/// Settings, made of those that were given and those of a trial.
public typealias SettingsOfTrial = @Sendable (_ trial: [String: String]) throws -> FittingSettings

/// The search for the settings that predict best the rows that were not learned from: each trial is fitted once for every
/// split and seed, and its score is the mean over these.
final class HyperparameterSearch: @unchecked Sendable {
    /// One fit of one trial.
    private struct Run: Codable, Equatable {
        var trial: Trial
        var split: Int
        var seed: Int
    }

    private let samples: Samples
    private let splits: [Split]
    private let settings: SelectionSettings
    private let configure: SettingsOfTrial
    private let seed: UInt64
    private let earlier: FittedNetwork?
    private let pool: WorkerPool

    private var search: AnySearch
    private var run: Run?
    private var fitting: Fitting?
    /// The scores of the trial's runs so far.
    private var scores: [Double] = []
    private var runsDone = 0
    /// How many fits there will be, as if none failed.
    let runCount: Int

    /// - Parameters:
    ///   - samples: what is searched on.
    ///   - splits: what of them is learned from and what is predicted, for each run of a trial.
    ///   - earlier: a network that each fit goes on from.
    /// - Throws: `SearchSpaceError`, or `InvalidSetting` for the first trial's settings.
    init(
        _ settings: SelectionSettings, space: SearchSpace, samples: Samples, splits: [Split], epochs: Int,
        seed: UInt64, from earlier: FittedNetwork?, pool: WorkerPool, configure: @escaping SettingsOfTrial
    ) throws {
        self.settings = settings
        self.earlier = earlier
        self.samples = samples
        self.splits = splits
        self.configure = configure
        self.seed = seed
        self.pool = pool
        var random = RandomStream(seed: seed, purpose: "search")
        search = try AnySearch(settings, space: space, epochs: epochs, using: &random)
        runCount = search.trialCount * splits.count * settings.trialSeeds
    }

    var results: [TrialResult] { search.results }
    var best: TrialResult? { search.best }
    /// The trial that is being fitted, from 0.
    var trialIndex: Int? { run?.trial.index }
    var fold: Int? { splits.count > 1 ? run?.split : nil }
    var fit: Fitting? { fitting }

    /// How far the search is, in fits; nil when it is done.
    func advance() throws -> Double? {
        while true {
            guard let run = run ?? nextRun() else { return nil }
            self.run = run
            if let share = try advance(run) { return Double(runsDone) + share }
        }
    }

    /// Goes on with a run's fit: which share of it is done, or nil when it is.
    private func advance(_ run: Run) throws -> Double? {
        do {
            if fitting == nil { fitting = try makeFitting(run) }
            if let progress = try fitting?.advance() {
                return Double(progress.completed) / Double(max(progress.total, 1))
            }
            guard let network = fitting?.network else { return nil }
            end(run, score: try score(network, run))
        } catch is DivergedTraining {
            end(run, score: nil)
        } catch is InvalidSetting {
            end(run, score: nil)
        }
        return nil
    }

    /// How good the predictions for the run's test rows are; nil if they are not finite, as those of weights that the last
    /// step has made so large.
    private func score(_ network: FittedNetwork, _ run: Run) throws -> Double? {
        let test = samples.rows(splits[run.split].test)
        let predictions = try network.predictions(for: test.features)
        let areFinite = predictions.withSpan { values in values.indices.allSatisfy { values[$0].isFinite } }
        guard areFinite else { return nil }
        return try network.evaluation(of: predictions, beside: test).scores.primary.value
    }

    private func nextRun() -> Run? { search.next().map { Run(trial: $0, split: 0, seed: 0) } }

    private func makeFitting(_ run: Run) throws -> Fitting {
        var own = try configure(run.trial.settings)
        own.epochs = max(1, Int((Double(own.epochs) * run.trial.share).rounded()))
        let training = samples.rows(splits[run.split].training)
        return try Fitting(own, samples: training, seed: seed &+ UInt64(run.seed), from: earlier, pool: pool)
    }

    private func end(_ run: Run, score: Double?) {
        fitting = nil
        runsDone += 1
        guard let score, score.isFinite else {
            // What fails once has failed.
            runsDone += splits.count * settings.trialSeeds - scores.count - 1
            search.tell(run.trial, score: nil)
            scores = []
            self.run = nil
            return
        }
        scores.append(score)
        if run.seed + 1 < settings.trialSeeds {
            self.run?.seed += 1
        } else if run.split + 1 < splits.count {
            self.run = Run(trial: run.trial, split: run.split + 1, seed: 0)
        } else {
            search.tell(run.trial, score: scores.reduce(0, +) / Double(scores.count))
            scores = []
            self.run = nil
        }
    }

    // MARK: Saving

    private struct State: Codable {
        var search: AnySearch
        var run: Run?
        var scores: [Double]
        var runsDone: Int
        /// Whether a fit was begun.
        var isFitting: Bool
    }

    func save(into archive: inout Archive) throws {
        try archive.encode(
            "search",
            State(search: search, run: run, scores: scores, runsDone: runsDone, isFitting: fitting != nil))
        guard let fitting else { return }
        var part = Archive()
        try fitting.save(into: &part)
        archive.add("fitting", part)
    }

    func restore(from archive: Archive) throws {
        let state = try archive.decode("search", as: State.self)
        (search, run, scores, runsDone) = (state.search, state.run, state.scores, state.runsDone)
        fitting = nil
        guard let run, state.isFitting else { return }
        guard splits.indices.contains(run.split) else {
            throw InvalidSetting("folds", splits.count, "must be as in the archive, which is at fold \(run.split + 1)")
        }
        let restored = try makeFitting(run)
        try restored.restore(from: archive.part("fitting"))
        fitting = restored
    }
}

/// One of the searches.
enum AnySearch: Codable {
    case grid(GridSearch)
    case random(RandomSearch)
    case halving(SuccessiveHalving)

    init(
        _ settings: SelectionSettings, space: SearchSpace, epochs: Int, using random: inout RandomStream
    ) throws {
        // The metric that trials are compared by is better when it is higher.
        switch settings.search {
        case .grid: self = .grid(try GridSearch(space, higherIsBetter: true))
        case .random:
            self = .random(
                try RandomSearch(space, trials: settings.trials, higherIsBetter: true, using: &random))
        case .halving:
            self = .halving(
                try SuccessiveHalving(
                    space, trials: settings.trials, smallestShare: max(0.05, min(1, 1 / Double(epochs))),
                    higherIsBetter: true, using: &random))
        }
    }

    private var search: any Search {
        switch self {
        case .grid(let search): search
        case .random(let search): search
        case .halving(let search): search
        }
    }

    /// How many trials there will be, each round's counted.
    var trialCount: Int {
        if case .halving(let search) = self { return search.rungs.reduce(0) { $0 + $1.trials } }
        return search.queue.waiting.count + search.queue.running.count + search.results.count
    }

    var results: [TrialResult] { search.results }
    var best: TrialResult? { search.best }

    mutating func next() -> Trial? { change { $0.next() } }
    mutating func tell(_ trial: Trial, score: Double?) { change { $0.tell(trial, score: score) } }

    private mutating func change<Result>(_ body: (inout any Search) -> Result) -> Result {
        var changed = search
        let result = body(&changed)
        switch changed {
        case let search as GridSearch: self = .grid(search)
        case let search as RandomSearch: self = .random(search)
        case let search as SuccessiveHalving: self = .halving(search)
        default: preconditionFailure("a search of another kind: \(type(of: changed))")
        }
        return result
    }
}

extension Scores {
    /// The metric that models are chosen by; higher is better: the accuracy of classes, or R².
    public var primary: Metric {
        let measure = Self.measures(outputs: outputCount)[0]
        return Metric(name: measure.name, value: measure.value(self), higherIsBetter: measure.higherIsBetter)
    }
}
