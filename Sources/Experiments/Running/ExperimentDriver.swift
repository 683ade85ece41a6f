internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import Plotting
internal import SupervisedLearning
internal import Synchronization

/// Runs an experiment from its claimed folder to its figures, or takes up one that was stopped. Seeds work at once on
/// the worker pool; what they write does not depend on how many threads there are, nor on how often they were stopped.
public struct ExperimentDriver: Sendable {
    /// How the run is called and told about.
    public struct Options: Sendable {
        /// nil for a readable unique name.
        public var name: String?
        /// The folder of all runs.
        public var root = "runs"
        /// The command that asked for the run.
        public var command: [String]
        /// The seconds of work between two checkpoints, at the most. Each evaluation makes one too.
        public var checkpointInterval = 10.0
        /// The seconds between two versions of the figures while the run goes on; nil to draw at the end only.
        public var liveInterval: Double?

        public init(name: String? = nil, command: [String]) {
            self.name = name
            self.command = command
        }
    }

    private let options: Options
    let observer: any RunObserver
    let cancellation: Cancellation

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
        try run(experiment, lineage: experiment.plan.lineage)
    }

    /// Does the work of a run once more, from its beginning, in a folder of its own.
    ///
    /// - Throws: `ExperimentError` if the work cannot be done any more; what `run` throws.
    public func rerun(_ folder: RunFolder) throws -> RunReport {
        try run(folder.experiment(), lineage: Lineage(.rerun, of: folder.record()))
    }

    private func run<Work: Experiment>(_ experiment: Work, lineage: Lineage?) throws -> RunReport {
        let plan = experiment.plan
        // What cannot be begun is told before there is a folder.
        let first = try experiment.makeLearner(seed: plan.seeds[0])
        try DiskSpace.preflight(for: first, seedCount: plan.seeds.count, root: options.root)
        let began = Date().formatted(.iso8601)
        let (hardware, revision) = (Hardware.current, SourceRevision.current)
        let makeRecord = { (name: String) in
            RunRecord(
                name: name, verb: plan.verb, subject: plan.subject, algorithm: plan.algorithm, seeds: plan.seeds,
                settings: plan.settings, command: options.command, began: began, versions: .current,
                hardware: hardware, sourceRevision: revision, data: plan.data, lineage: lineage)
        }
        let (folder, lock) = try RunFolder.create(
            in: options.root, name: options.name,
            base: "\(plan.subject.id.prefix { $0 != ":" })-\(plan.verb == "train" ? plan.algorithm : plan.verb)",
            files: plan.startingFiles, record: makeRecord)
        let record = makeRecord(folder.name)
        observer.observe(.began(folder, record))
        enter(folder)
        return try withExtendedLifetime(lock) {
            try carryOut(experiment, record, in: folder) { index, seedRun in
                try seedRun.begin(index == 0 ? first : try experiment.makeLearner(seed: plan.seeds[index]))
            }
        }
    }

    /// Goes on with a run that was stopped, whatever stopped it, from its last checkpoints to its end. What it leaves is
    /// what it would have left if it had never been stopped.
    ///
    /// - Returns: nil if the run has finished already.
    /// - Throws: `ExperimentError` if another process works on the run; what `run` throws.
    public func resume<Work: Experiment>(_ experiment: Work, in folder: RunFolder) throws -> RunReport? {
        let lock = try folder.lock()
        return try withExtendedLifetime(lock) {
            let record = try folder.record()
            folder.removeHalfWritten(seeds: record.seeds)
            if folder.hasFinished { return nil }
            warnOfOtherHardware(than: record)
            try folder.forgetEnding()
            observer.observe(.began(folder, record))
            enter(folder)
            return try carryOut(experiment, record, in: folder) { try $1.resume() }
        }
    }

    /// The promise of equal bits holds for one CPU level and one set of OpenBLAS's kernels.
    func warnOfOtherHardware(than record: RunRecord) {
        let (then, now) = (record.hardware, Hardware.current)
        guard (then.level, then.openBLAS) != (now.level, now.openBLAS) else { return }
        observer.observe(
            .warning(
                "the run began on \(then.level) and OpenBLAS's \(then.openBLAS) kernels, and this is \(now.level) with "
                    + "\(now.openBLAS): the last bits of its numbers may differ"))
    }

    /// Enters the run in the list of runs.
    private func enter(_ folder: RunFolder) {
        if let remark = RunIndex.note(folder) { observer.observe(.warning(remark)) }
    }

    private func carryOut<Work: Experiment>(
        _ experiment: Work, _ record: RunRecord, in folder: RunFolder,
        seed work: @Sendable (Int, SeedRun<Work>) throws -> SeedRun<Work>.End
    ) throws -> RunReport {
        let live = options.liveInterval.map { LiveFigures(of: record, in: folder, interval: $0) }
        let outcomes = Mutex<[Int: Result<SeedRun<Work>.End, any Error>]>([:])
        WorkerPool.shared.run(record.seeds.count) { index in
            let seedRun = SeedRun(
                experiment: experiment, seed: record.seeds[index], folder: folder,
                checkpointInterval: options.checkpointInterval, observer: observer, cancellation: cancellation,
                live: live)
            let outcome = Result { try work(index, seedRun) }
            outcomes.withLock { $0[index] = outcome }
        }
        live?.finish()
        let ends = outcomes.withLock { outcomes in record.seeds.indices.map { outcomes[$0]! } }

        let finished = ends.compactMap { try? $0.get() }
        let state: RunReport.State =
            finished.count < ends.count ? .failed : finished.allSatisfy(\.isComplete) ? .finished : .interrupted
        let result = finished.isEmpty ? nil : experiment.result(of: finished.map(\.result))
        let run = StoredRun(record: record, seeds: finished.map(\.stored), isComplete: state == .finished)
        let problem = ends.lazy.compactMap { end in if case .failure(let error) = end { "\(error)" } else { nil } }
            .first
        let report: RunReport
        do {
            observer.observe(.drawing)
            report = try leaveReport(of: run, in: folder, state: state, result: result, problem: problem)
        } catch {
            // What failed first is the cause; that its figures could not be drawn either is not told.
            for case .failure(let cause) in ends { throw cause }
            throw error
        }
        for case .failure(let error) in ends { throw error }
        return report
    }

    private func leaveReport(
        of run: StoredRun, in folder: RunFolder, state: RunReport.State, result: (any Encodable & Sendable)?,
        problem: String?
    ) throws -> RunReport {
        var figures: [String] = []
        var headline = "\(run.record.verb) failed" + (problem.map { ": \($0)" } ?? "")
        if !run.seeds.isEmpty {
            for (name, figure) in try RunFigures.figures(of: run, in: folder) {
                if figures.isEmpty { headline = figure.title }
                let file = "figures/\(name).png"
                try folder.write(try figure.png(), to: file)
                figures.append(folder.path(file))
            }
        }
        if run.isComplete, run.record.verb == "fit", run.seeds.contains(where: \.hasTest) {
            try TestOpenings.record(by: "fledge fit, after all choices", in: folder)
        }
        let report = RunReport(
            folder: folder, figures: figures, headline: headline, state: state, result: result, problem: problem)
        try folder.write(Array(ModelCard(of: run).markdown.utf8), to: ModelCard.file)
        try folder.write(try JSONText.pretty(report), to: RunReport.file, durably: true)
        enter(folder)
        return report
    }
}
