import Fledge

/// A run whose metrics and drawing are given, to see what is said of them.
struct ScriptedExperiment: Experiment {
    struct Work: Learner {
        static let unit = "steps"
        let metricNames: [String]
        /// `[updates][names]`
        let rows: [[Double]]
        let stepsPerUpdate: Int
        var count = 0

        var metrics: [Double] { rows[max(count, 1) - 1] }

        mutating func advance() throws -> Progress? {
            guard count < rows.count else { return nil }
            count += 1
            return Progress(completed: count * stepsPerUpdate, of: rows.count * stepsPerUpdate)
        }

        func save(into archive: inout Archive) throws { try archive.encode("count", count) }
        mutating func restore(from archive: Archive) throws { count = try archive.decode("count") }
    }

    let plan: RunPlan
    /// The metrics of each seed, by name; all of the same length.
    var metrics: [UInt64: [(name: String, values: [Double])]]
    var drawings: [UInt64: Archive]
    var stepsPerUpdate = 1000

    /// - Parameter settings: beside `totalSteps`.
    init(
        verb: String, algorithm: String, subject: RunRecord.Subject = .init(id: "cart-pole", title: "CartPole-v1"),
        metrics: [UInt64: [(name: String, values: [Double])]], drawings: [UInt64: Archive] = [:],
        settings: [String: SettingValue] = [:]
    ) {
        self.metrics = metrics
        self.drawings = drawings
        let updates = metrics.values.first?.first?.values.count ?? 0
        var all = settings
        all["totalSteps"] = .integer(Int64(1000 * updates))
        plan = RunPlan(
            verb: verb, subject: subject, algorithm: algorithm, seeds: metrics.keys.sorted(),
            settings: all.mapValues { ResolvedSetting(value: $0, source: "default") }, mainMetric: ("none", "none"))
    }

    func makeLearner(seed: UInt64) throws -> Work {
        let columns = metrics[seed] ?? []
        let count = columns.first?.values.count ?? 0
        return Work(
            metricNames: columns.map(\.name), rows: (0..<count).map { row in columns.map { $0.values[row] } },
            stepsPerUpdate: stepsPerUpdate)
    }

    func conclude(_ work: Work, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<Int> {
        Conclusion(work.count, files: [], drawing: drawings[seed.seed] ?? Archive())
    }

    func evaluate(_ parameters: Archive, of seed: UInt64, as request: EvaluationRequest) throws -> [EvaluationSample] {
        []
    }

    func result(of seeds: [Int]) -> any Encodable & Sendable { ["counts": seeds] }

    /// Runs it, and reads what it left.
    func stored(in folder: TemporaryFolder) throws -> StoredRun {
        var options = ExperimentDriver.Options(
            name: "scripted", command: ["fledge", "train", "cart-pole", "--steps", "100", "--name", "scripted"])
        options.root = folder.path + "/runs"
        _ = try ExperimentDriver(options).run(self)
        return try StoredRun(reading: RunFolder(existing: "scripted", in: options.root))
    }
}
