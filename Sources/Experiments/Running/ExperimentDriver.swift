internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import Plotting
internal import SupervisedLearning
internal import Synchronization

/// Runs an experiment from its claimed folder to its figures. Seeds work at once on the worker pool; what they write
/// does not depend on how many threads there are.
public struct ExperimentDriver: Sendable {
    /// How the run is called and told about.
    public struct Options: Sendable {
        /// nil for a readable unique name.
        public var name: String?
        /// The folder of all runs.
        public var root = "runs"
        /// The command that asked for the run.
        public var command: [String]

        public init(name: String? = nil, command: [String]) {
            self.name = name
            self.command = command
        }
    }

    private let options: Options
    private let observer: any RunObserver
    private let cancellation: Cancellation

    public init(
        _ options: Options, observer: any RunObserver = SilentObserver(), cancellation: Cancellation = Cancellation()
    ) {
        self.options = options
        self.observer = observer
        self.cancellation = cancellation
    }

    /// Claims a folder, does the work of all seeds, and leaves results and figures in the folder.
    ///
    /// - Throws: `ExperimentError` if there cannot be such a folder, or writing fails; what a learner threw that could
    ///   not go on (after all seeds have ended; the other seeds' results are kept, and `result.json` says what failed).
    public func run<Work: Experiment>(_ experiment: Work) throws -> RunReport {
        let plan = experiment.plan
        // What cannot be begun is told before there is a folder.
        let first = try experiment.makeLearner(seed: plan.seeds[0])
        let began = Date().formatted(.iso8601)
        let (hardware, revision) = (Hardware.current, SourceRevision.current)
        let makeRecord = { (name: String) in
            RunRecord(
                name: name, verb: plan.verb, subject: plan.subject, algorithm: plan.algorithm, seeds: plan.seeds,
                settings: plan.settings, command: options.command, began: began, versions: .current,
                hardware: hardware, sourceRevision: revision)
        }
        let folder = try RunFolder.create(
            in: options.root, name: options.name,
            base: plan.verb == "train" ? "\(plan.subject.id)-\(plan.algorithm)" : "\(plan.subject.id)-\(plan.verb)",
            record: makeRecord)
        let record = makeRecord(folder.name)
        observer.observe(.began(folder, record))

        let outcomes = Mutex<[Int: Result<SeedEnd<Work.SeedResult>, any Error>]>([:])
        WorkerPool.shared.run(plan.seeds.count) { index in
            let seed = plan.seeds[index]
            let outcome = Result {
                let work = index == 0 ? first : try experiment.makeLearner(seed: seed)
                return try end(of: experiment, work, seed: seed, in: folder)
            }
            outcomes.withLock { $0[index] = outcome }
        }
        let ends = outcomes.withLock { outcomes in plan.seeds.indices.map { outcomes[$0]! } }

        let finished = ends.compactMap { try? $0.get() }
        let state: RunReport.State =
            finished.count < ends.count ? .failed : finished.allSatisfy(\.isComplete) ? .finished : .interrupted
        let result = finished.isEmpty ? nil : experiment.result(of: finished.map(\.result))
        let run = StoredRun(record: record, seeds: finished.map(\.stored), isComplete: state == .finished)
        observer.observe(.drawing)
        let report = try report(of: run, in: folder, state: state, result: result)
        for case .failure(let error) in ends { throw error }
        return report
    }

    /// What is left when a seed's work has ended.
    private struct SeedEnd<SeedResult: Sendable>: Sendable {
        let result: SeedResult
        let stored: StoredRun.Seed
        let isComplete: Bool
    }

    private func end<Work: Experiment>(
        of experiment: Work, _ learner: Work.Work, seed: UInt64, in folder: RunFolder
    ) throws -> SeedEnd<Work.SeedResult> {
        var work = learner
        var history = MetricsHistory(unit: Work.Work.unit, names: work.metricNames)
        let files = try MetricsFiles(folder: folder, seed: seed, unit: history.unit, names: history.names)
        let main = experiment.plan.mainMetric
        let mainIndex = history.names.firstIndex(of: main.name)
        var shown: Double?
        var isComplete = false
        let clock = ContinuousClock()
        let start = clock.now
        repeat {
            guard let progress = try work.advance() else {
                isComplete = true
                break
            }
            let seconds = (clock.now - start) / .seconds(1)
            let values = work.metrics
            history.append(completed: progress.completed, seconds: seconds, values: values)
            try files.append(completed: progress.completed, seconds: seconds, values: values)
            if let mainIndex, !values[mainIndex].isNaN { shown = values[mainIndex] }
            observer.observe(
                .advanced(
                    .init(
                        seed: seed, completed: progress.completed, total: progress.total, unit: history.unit,
                        seconds: seconds,
                        metric: shown.map { (main.label, $0) })))
        } while !cancellation.isRequested
        if isComplete { observer.observe(.measuring(seed: seed)) }
        let conclusion = try experiment.conclude(
            work, seed: SeedProgress(seed: seed, history: history), isComplete: isComplete)
        for file in conclusion.files { try folder.write(file.bytes, to: "seeds/\(seed)/\(file.name)") }
        try folder.write(try conclusion.drawing.encoded(), to: "seeds/\(seed)/\(StoredRun.drawingFile)")
        return SeedEnd(
            result: conclusion.result,
            stored: StoredRun.Seed(seed: seed, history: history, drawing: conclusion.drawing), isComplete: isComplete)
    }

    private func report(
        of run: StoredRun, in folder: RunFolder, state: RunReport.State, result: (any Encodable & Sendable)?
    ) throws -> RunReport {
        var figures: [String] = []
        var headline = "\(run.record.verb) failed"
        if !run.seeds.isEmpty {
            for (name, figure) in try RunFigures.figures(of: run, in: folder) {
                if figures.isEmpty { headline = figure.title }
                let file = "figures/\(name).png"
                try folder.write(try figure.png(), to: file)
                figures.append(folder.path(file))
            }
        }
        let report = RunReport(
            folder: folder, figures: figures, headline: headline, state: state, result: result)
        try folder.write(try JSONText.pretty(report), to: RunReport.file)
        return report
    }
}
