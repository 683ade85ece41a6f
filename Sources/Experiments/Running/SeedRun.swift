internal import FileFormats
internal import SupervisedLearning

/// The work of one seed: from its beginning or its last checkpoint to its end, with everything written on the way.
struct SeedRun<Work: Experiment> {
    /// What is left when a seed's work has ended.
    struct End: Sendable {
        let result: Work.SeedResult
        let stored: StoredRun.Seed
        let isComplete: Bool
    }

    /// What a checkpoint holds beside the learner.
    private struct Place: Codable {
        var files: MetricsFiles.Position
        /// Worked so far.
        var seconds: Double
        var bestEvaluation: Double?
        var shownMetric: Double?
    }

    let experiment: Work
    let seed: UInt64
    let folder: RunFolder
    /// Worked seconds between two checkpoints, at the most.
    let checkpointInterval: Double
    let observer: any RunObserver
    let cancellation: Cancellation
    let live: LiveFigures?

    private var checkpoints: Checkpoints { Checkpoints(folder: folder.path("checkpoints", seed: seed)) }

    /// Begins with `learner`, which has done nothing yet.
    func begin(_ learner: Work.Work) throws -> End {
        let history = MetricsHistory(unit: Work.Work.unit, names: learner.metricNames)
        let files = try MetricsFiles(folder: folder, seed: seed, unit: history.unit, names: history.names)
        return try run(learner, history, files, from: nil)
    }

    /// Goes on from the newest whole checkpoint; begins anew if there is none.
    func resume() throws -> End {
        for commit in checkpoints.newestFirst where checkpoints.has(commit) {
            var learner = try experiment.makeLearner(seed: seed)
            do {
                let archive = try checkpoints.load(commit)
                let place = try archive.decode("place", as: Place.self)
                try learner.restore(from: archive.part("learner"))
                let history = try history(upTo: place.files)
                let files = try MetricsFiles(
                    folder: folder, seed: seed, unit: history.unit, names: history.names, from: place.files)
                try checkpoints.prune()
                observer.observe(.resumed(seed: seed, update: place.files.rows))
                return try run(learner, history, files, from: place)
            } catch let error as FileFormatError {
                observer.observe(.warning("a checkpoint of seed \(seed) is passed over: \(error)"))
            }
        }
        return try begin(try experiment.makeLearner(seed: seed))
    }

    /// What was measured up to a checkpoint.
    ///
    /// - Throws: `FileFormatError` if the metrics are not those that the checkpoint was made after.
    private func history(upTo position: MetricsFiles.Position) throws -> MetricsHistory {
        let path = folder.path("metrics.csv", seed: seed)
        let metrics = try readFile(path)
        guard metrics.count >= position.metricsBytes,
            CRC32(of: Array(metrics.prefix(position.metricsBytes))).value == position.checksum
        else {
            throw FileFormatError(file: path, problem: "its first \(position.rows) rows are not what was written")
        }
        let history = try MetricsHistory(reading: folder, seed: seed, rows: position.rows)
        guard history.completed.count == position.rows else {
            throw FileFormatError(
                file: folder.path("timing.csv", seed: seed),
                problem: "\(history.completed.count) rows are there of \(position.rows)")
        }
        return history
    }

    private func run(
        _ learner: Work.Work, _ earlier: MetricsHistory, _ files: MetricsFiles, from place: Place?
    ) throws -> End {
        var (work, history) = (learner, earlier)
        let writer = CheckpointWriter(checkpoints, after: files) { [observer, seed] update in
            observer.observe(.checkpoint(seed: seed, update: update))
        }
        var pacing = CheckpointPacing(interval: checkpointInterval, evaluation: experiment.plan.evaluationMetric)
        pacing.bestEvaluation = place?.bestEvaluation
        let main = experiment.plan.mainMetric
        let mainIndex = history.names.firstIndex(of: main.name)
        let evaluationIndex = pacing.evaluation.flatMap { history.names.firstIndex(of: $0.name) }
        var shown = place?.shownMetric
        let stopwatch = Stopwatch(from: place?.seconds ?? 0)
        var isComplete = false

        func checkpoint(isBest: Bool) throws {
            var archive = Archive()
            let place = Place(
                files: files.position, seconds: stopwatch.seconds, bestEvaluation: pacing.bestEvaluation,
                shownMetric: shown)
            try archive.encode("place", place)
            var state = Archive()
            try work.save(into: &state)
            archive.add("learner", state)
            try writer.submit(.init(archive: archive, update: place.files.rows, isBest: isBest))
        }

        // Whatever ends the work, what was handed over is written before the folder is left.
        defer { try? writer.finish() }
        var isNewest = place != nil
        repeat {
            guard let progress = try work.advance() else {
                isComplete = true
                break
            }
            let seconds = stopwatch.seconds
            let values = work.metrics
            history.append(completed: progress.completed, seconds: seconds, values: values)
            var hash = StateHash()
            try work.hash(into: &hash)
            try files.append(completed: progress.completed, seconds: seconds, values: values, state: hash.value)
            if let mainIndex, !values[mainIndex].isNaN { shown = values[mainIndex] }
            let isBest = pacing.observe(evaluation: evaluationIndex.map { values[$0] })
            isNewest = pacing.isDue(seconds)
            if isNewest { try checkpoint(isBest: isBest) }
            observer.observe(
                .advanced(
                    .init(
                        seed: seed, completed: progress.completed, total: progress.total, unit: history.unit,
                        seconds: seconds, metric: shown.map { (main.label, $0) },
                        isEvaluation: pacing.wasEvaluated)))
            if let live, live.isDue {
                let conclusion = try experiment.conclude(
                    work, seed: SeedProgress(seed: seed, history: history), isComplete: false)
                live.update(
                    StoredRun.Seed(
                        seed: seed, history: history, drawing: conclusion.drawing, isComplete: false))
            }
        } while !cancellation.isRequested
        if !isNewest { try checkpoint(isBest: false) }
        try writer.finish()

        if isComplete { observer.observe(.measuring(seed: seed)) }
        let conclusion = try experiment.conclude(
            work, seed: SeedProgress(seed: seed, history: history), isComplete: isComplete)
        let drawing = (name: StoredRun.drawingFile, bytes: try conclusion.drawing.encoded())
        // Those of an earlier stop go first: killed in between, the run would seem to have been tampered with.
        try FileChecksums.remove(from: folder, seed: seed)
        for file in conclusion.files + [drawing] {
            try folder.write(file.bytes, to: "seeds/\(seed)/\(file.name)", durably: file.name == drawing.name)
        }
        try folder.write(
            FileChecksums.text(of: conclusion.files + [drawing]), to: "seeds/\(seed)/\(FileChecksums.file)",
            durably: true)
        return End(
            result: conclusion.result,
            stored: StoredRun.Seed(
                seed: seed, history: history, drawing: conclusion.drawing, isComplete: isComplete),
            isComplete: isComplete)
    }
}

/// When a checkpoint is made: at every evaluation, and when the last one is too long ago.
private struct CheckpointPacing {
    let interval: Double
    let evaluation: RunPlan.EvaluationMetric?
    var bestEvaluation: Double?
    private(set) var wasEvaluated = false
    private var lastSeconds: Double?

    init(interval: Double, evaluation: RunPlan.EvaluationMetric?) {
        self.interval = interval
        self.evaluation = evaluation
    }

    /// Takes note of what an update measured; true if nothing before had been better.
    ///
    /// - Parameter value: NaN where the update was not followed by an evaluation.
    mutating func observe(evaluation value: Double?) -> Bool {
        wasEvaluated = value.map { !$0.isNaN } ?? false
        guard wasEvaluated, let value, let evaluation, evaluation.accepts(value, over: bestEvaluation) else {
            return false
        }
        bestEvaluation = value
        return true
    }

    mutating func isDue(_ seconds: Double) -> Bool {
        let since = seconds - (lastSeconds ?? 0)
        guard wasEvaluated || since >= interval else { return false }
        lastSeconds = seconds
        return true
    }
}

/// Counts the seconds of work, those before an interruption too.
private struct Stopwatch {
    private let earlier: Double
    private let start = ContinuousClock.now

    init(from earlier: Double) { self.earlier = earlier }

    var seconds: Double { earlier + (ContinuousClock.now - start) / .seconds(1) }
}
