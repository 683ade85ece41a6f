internal import Datasets
public import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import Optimizers
public import SupervisedLearning

/// Fitting a network to a data set's classes or values: the search for settings and the cross-validation that were asked
/// for, the fit that is kept, and its test.
public struct FitExperiment: Experiment {
    public private(set) var plan: RunPlan
    public let settings: FitSettings
    /// What was chosen because of the data, and why: a sentence each.
    public let notes: [String]
    private let dataset: RawDataset
    private let split: FitSplit
    private let space: SearchSpace?
    private let configure: SettingsOfTrial
    /// The model that is retrained; nil to begin anew.
    private let earlier: FittedNetwork?

    /// - Parameters:
    ///   - seedCount: how many fits are made that differ in their seed only.
    ///   - model: the kind of network; nil for the usual one.
    ///   - earlier: the model to go on from, and where it comes from.
    /// - Throws: `ExperimentError` if a setting is wrong, or there is nothing to learn in the data.
    public init(
        _ data: FitSubject, model: ModelKind? = nil, seed: UInt64, seedCount: Int = 1, settings given: [GivenSetting],
        from earlier: (model: FittedNetwork, lineage: Lineage?)? = nil
    ) throws {
        let named = given.last { $0.name == "model" }.flatMap {
            ModelKind(rawValue: $0.value.text.filter { $0 != "\"" })
        }
        let defaults = try Self.defaults(for: data.dataset, model: named ?? model, earlier: earlier?.model)
        var layers = try SettingsLayers(defaults: defaults, algorithm: AlgorithmNames.fitting)
        if let model { try layers.set("model", model.rawValue, source: "flag --model") }
        for setting in given { try layers.apply(setting) }
        try self.init(
            data, seeds: try RunPlan.seeds(from: seed, count: seedCount), layers, from: earlier?.model)
        if let earlier { plan.lineage = earlier.lineage }
    }

    /// The fit that a run was begun with.
    init(of record: RunRecord, in folder: RunFolder) throws {
        var layers = try SettingsLayers(defaults: FitSettings(), algorithm: AlgorithmNames.fitting)
        try layers.apply(record.settings, from: record.name)
        let file = folder.path(Self.earlierModelFile)
        let earlier =
            FileManager.default.fileExists(atPath: file)
            ? try FittedNetwork(restoring: Archive(decoding: readFile(file), name: file)) : nil
        try self.init(FitSubject(of: record), seeds: record.seeds, layers, from: earlier)
        plan.lineage = record.lineage
    }

    /// Where a run keeps the model that it began from.
    static let earlierModelFile = "earlier-model.safetensors"

    private init(
        _ data: FitSubject, seeds: [UInt64], _ layers: SettingsLayers<FitSettings>, from earlier: FittedNetwork?
    ) throws {
        let resolved = try layers.resolve { try $0.validate() }
        settings = resolved.settings
        dataset = data.dataset
        self.earlier = earlier
        split = try FitSplit(data.dataset, resolved.settings.selection)
        configure = { trial in
            var layers = layers
            for (name, value) in trial.sorted(by: { $0.key < $1.key }) { try layers.set(name, value) }
            // What makes no sense together is found when it is fitted, and counts as a failed trial.
            return try layers.resolve { _ in }.settings.fitting
        }
        space = try FitSearch.space(resolved.settings, layers, goesOn: earlier != nil)
        notes = data.dataset.notes
        var plan = RunPlan(
            verb: "fit", subject: data.subject, algorithm: AlgorithmNames.fitting,
            seeds: seeds, settings: resolved.values, mainMetric: ("trainingLoss", "loss"),
            evaluationMetric: .init("validationLoss", higherIsBetter: false), data: data.source)
        if let earlier {
            var archive = Archive()
            try earlier.save(into: &archive)
            plan.startingFiles = [(Self.earlierModelFile, try archive.encoded())]
        }
        self.plan = plan
    }

    /// What usually does well on such data; of an earlier model, its own settings.
    private static func defaults(
        for dataset: RawDataset, model: ModelKind?, earlier: FittedNetwork?
    ) throws -> FitSettings {
        if let earlier { return FitSettings(fitting: earlier.settings) }
        let features = dataset.training.features
        let kinds = ModelKind.kinds(for: features)
        if let model, !kinds.contains(model) {
            throw ExperimentError(
                .usage, "\(dataset.name) holds \(features.kind), which \(model.rawValue) is not for",
                advice: "take --model \(kinds.map(\.rawValue).joined(separator: " or "))")
        }
        return FitSettings(
            fitting: FittingSettings(for: features, model: model, rowCount: dataset.training.rowCount))
    }

    public func makeLearner(seed: UInt64) throws -> ModelSelection {
        do {
            return try ModelSelection(
                settings.fitting, settings.selection, samples: split.training, strategy: split.strategy, space: space,
                seed: seed, from: earlier, configure: configure)
        } catch let error as SplitError {
            throw ExperimentError(.badData, "\(dataset.name): \(error)")
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(dataset.name): \(error)")
        }
    }

    /// What a short training with a rising learning rate says.
    func learningRateRange(seed: UInt64) throws -> LearningRateRange {
        do {
            return try Fitting.learningRateRange(settings.fitting, samples: split.training, seed: seed)
        } catch let error as SamplesError {
            throw ExperimentError(.badData, "\(dataset.name): \(error)")
        }
    }

    // MARK: What came of it

    public func conclude(
        _ work: ModelSelection, seed: SeedProgress, isComplete: Bool
    ) throws -> Conclusion<FittingResult> {
        guard let network = work.network else {
            // Stopped before the fit that is kept has begun.
            return Conclusion(FittingResult(seed: seed.seed, seconds: seed.seconds), files: [], drawing: Archive())
        }
        var result = FittingResult(seed: seed.seed, seconds: seed.seconds)
        result.crossValidation = work.crossValidation
        result.settings = work.finalSettings
        result.chosenSettings = work.chosenSettings.isEmpty ? nil : work.chosenSettings
        var kept = network
        var archive = Archive()
        var files: [(name: String, bytes: [UInt8])] = []
        // Work that was stopped may go on: its test stays closed.
        if isComplete, var judged = try judged(network, by: work) {
            if let earlier {
                let before = try earlier.evaluate(on: judged.samples)
                let comparison = Retraining(old: before.scores.primary, new: judged.evaluation.scores.primary)
                result.retraining = comparison.record
                if !comparison.isBetter { (kept, judged.evaluation) = (earlier, before) }
            }
            if judged.isTest { result.test = FittingResult.Test(judged.evaluation, of: judged.samples) }
            files.append(("worst-rows.csv", Array(WorstRows(judged.evaluation, of: judged.samples).csv.utf8)))
            let drawing = try FittingDrawing(
                kept, judged.evaluation, test: judged.samples, trainingCount: split.training.rowCount,
                isOutOfFold: !judged.isTest)
            archive = try drawing.archive()
            let baselines =
                if let folds = work.folds, !judged.isTest {
                    try FitBaselines(of: split.training, folds: folds, preprocessing: kept.preprocessing)
                } else {
                    try FitBaselines(
                        training: split.training, test: judged.samples, preprocessing: kept.preprocessing)
                }
            result.baselines = baselines.metrics
            let scores = ScoreTable(
                judged.evaluation, crossValidation: judged.isTest ? nil : work.crossValidation,
                baselines: baselines.metrics)
            try scores.save(into: &archive)
            files.append(("scores.csv", Array(scores.csv.utf8)))
            try baselines.entries.save(into: &archive)
        }
        var parameters = Archive()
        try kept.save(into: &parameters)
        try ModelFacts(result, training: split.training).save(into: &parameters)
        files.append(("parameters.safetensors", try parameters.encoded()))
        if let summary = work.crossValidation {
            files.append(("folds.csv", Array(FoldTable(work.foldResults).csv.utf8)))
            try archive.encode("crossValidation", summary)
        }
        if !work.trials.isEmpty, let space {
            let trials = TrialTable(work.trials, space: space, metric: result.primaryName)
            files.append(("trials.csv", Array(trials.csv.utf8)))
            try archive.encode("trials", trials.csv)
        }
        return Conclusion(result, files: files, drawing: archive)
    }

    /// By what a model is judged: the test part, or what the folds predicted of rows that they had not seen.
    private func judged(
        _ network: FittedNetwork, by work: ModelSelection
    ) throws -> (samples: Samples, evaluation: FittedNetwork.Evaluation, isTest: Bool)? {
        if let test = split.test { return (test, try network.evaluate(on: test), true) }
        guard let predictions = work.outOfFold, let folds = work.folds, work.crossValidation != nil else { return nil }
        // By time, the first rows are in no fold's test.
        let rows = folds.splits.flatMap(\.test).sorted()
        let samples = split.training.rows(rows)
        let own = predictions.rows(rows.map { Int($0) })
        return (samples, try network.evaluation(of: own, beside: samples), false)
    }

    public func evaluate(
        _ parameters: Archive, of seed: UInt64, as request: EvaluationRequest
    ) throws -> [EvaluationSample] {
        let network = try FittedNetwork(restoring: parameters)
        guard let test = split.test else {
            throw ExperimentError(
                .usage, "every row of \(dataset.name) was learned from: its cross-validation is in result.json",
                advice: "to measure the model on other rows, run fledge predict")
        }
        let evaluation = try network.evaluate(on: test)
        switch test.targets {
        case .classes(let labels, _):
            let predictions = (evaluation.scores as? ClassificationScores)?.predictions ?? []
            return [
                EvaluationSample(
                    "accuracy", of: "test rows", zip(predictions, labels).map { $0 == $1 ? 1 : 0 }),
                EvaluationSample("cross entropy", of: "test rows", evaluation.scores.rowLosses),
            ]
        case .values:
            return [EvaluationSample("squared error", of: "test rows", evaluation.scores.rowLosses)]
        }
    }

    public func result(of seeds: [FittingResult]) -> any Encodable & Sendable { FittingResult(of: seeds) }
}

extension FitExperiment {
    /// What was chosen: the kind of network, its layers, and how it is fitted, in a line.
    public var choice: String {
        let fitting = settings.fitting
        var parts = ["\(fitting.model.rawValue)"]
        if fitting.model == .cnn { parts.append("channels \(Self.list(fitting.channels))") }
        if [.text, .factorization].contains(fitting.model) { parts.append("vectors of \(fitting.embeddingSize)") }
        if !fitting.hiddenSizes.isEmpty { parts.append("hidden layers \(Self.list(fitting.hiddenSizes))") }
        if fitting.dropout > 0, fitting.model != .linear { parts.append("dropout \(fitting.dropout)") }
        parts.append("\(fitting.epochs) epochs of \(fitting.optimizer.rawValue), batches of \(fitting.batchSize)")
        parts.append("learning rate \(fitting.learningRate), \(fitting.learningRateSchedule.rawValue)")
        if settings.selection.folds > 0 { parts.append("\(settings.selection.folds) folds") }
        if settings.selection.trials > 0 {
            parts.append("\(settings.selection.trials) settings tried by \(settings.selection.search.rawValue)")
        }
        return parts.joined(separator: " · ")
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }
}
