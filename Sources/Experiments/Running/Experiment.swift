public import FileFormats
public import SupervisedLearning

/// What a verb of the command line does: it makes a learner for each seed, and says what came of it. The driver does
/// everything else: it advances the learners, times them, writes their metrics, and draws.
public protocol Experiment: Sendable {
    associatedtype Work: Learner
    /// What one seed came to.
    associatedtype SeedResult: Sendable

    /// What the run is.
    var plan: RunPlan { get }

    /// The work of one seed, not yet begun.
    func makeLearner(seed: UInt64) throws -> Work

    /// Measures what the work of one seed came to.
    ///
    /// - Parameter isComplete: false for work that was interrupted: measure only what costs nothing.
    func conclude(_ work: Work, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<SeedResult>

    /// Measures a stored agent or model on what it has not learned from.
    ///
    /// - Parameter parameters: the seed's `parameters.safetensors`.
    /// - Throws: `FileFormatError` if they do not fit.
    func evaluate(_ parameters: Archive, of seed: UInt64, as request: EvaluationRequest) throws -> [EvaluationSample]

    /// The run's result as JSON: the members that stand beside `run` and `figures`.
    ///
    /// - Parameter seeds: what has ended, one or more.
    func result(of seeds: [SeedResult]) -> any Encodable & Sendable
}

/// What a run is, as far as it is known before a name is found for it.
public struct RunPlan: Sendable {
    public var verb: String
    public var subject: RunRecord.Subject
    public var algorithm: String
    public var seeds: [UInt64]
    public var settings: [String: ResolvedSetting]
    /// The metric that a progress line shows, and what it calls it.
    public var mainMetric: (name: String, label: String)
    /// What is measured now and then to tell how good the work is by then; nil where nothing is.
    public var evaluationMetric: EvaluationMetric?
    /// Which data is worked on, where it is not an environment.
    public var data: DataSource?
    /// The run that this one comes from.
    public var lineage: Lineage?
    /// What the run's folder holds from its first moment, by path.
    var startingFiles: [(path: String, bytes: [UInt8])] = []

    /// A metric by which states of one seed's work are compared.
    public struct EvaluationMetric: Sendable {
        public var name: String
        public var higherIsBetter: Bool

        public init(_ name: String, higherIsBetter: Bool) {
            self.name = name
            self.higherIsBetter = higherIsBetter
        }

        /// Whether `value` is at least as good as `best`.
        func accepts(_ value: Double, over best: Double?) -> Bool {
            guard let best else { return true }
            return higherIsBetter ? value >= best : value <= best
        }
    }

    static let largestSeed = UInt64(Int64.max)

    /// - Parameters:
    ///   - firstSeed: the others follow it.
    ///   - seedCount: how many are asked for.
    /// - Throws: `ExperimentError` if there is no seed, or one beyond the largest.
    public static func seeds(from firstSeed: UInt64, count seedCount: Int) throws -> [UInt64] {
        guard (1...1000).contains(seedCount), firstSeed <= largestSeed - UInt64(seedCount - 1) else {
            throw ExperimentError(
                .usage, "\(seedCount) seeds from \(firstSeed) on cannot be run",
                advice: "take 1 to 1000 seeds below 2⁶³")
        }
        return (0..<UInt64(seedCount)).map { firstSeed + $0 }
    }

    public init(
        verb: String, subject: RunRecord.Subject, algorithm: String, seeds: [UInt64],
        settings: [String: ResolvedSetting], mainMetric: (name: String, label: String),
        evaluationMetric: EvaluationMetric? = nil, data: DataSource? = nil
    ) {
        self.verb = verb
        self.subject = subject
        self.algorithm = algorithm
        self.seeds = seeds
        self.settings = settings
        self.mainMetric = mainMetric
        self.evaluationMetric = evaluationMetric
        self.data = data
    }
}

/// How far the work of a seed has come.
public struct SeedProgress: Sendable {
    public let seed: UInt64
    public let history: MetricsHistory
    /// What `Learner.unit` counts: steps, epochs, iterations.
    public var completed: Int { history.completed.last ?? 0 }
    /// The time in updates.
    public var seconds: Double { history.seconds.last ?? 0 }
}

/// What one seed came to, and what is kept of it.
public struct Conclusion<SeedResult: Sendable>: Sendable {
    public var result: SeedResult
    /// Files for the seed's folder.
    public var files: [(name: String, bytes: [UInt8])]
    /// What figures show beyond the metrics.
    public var drawing: Archive

    public init(_ result: SeedResult, files: [(name: String, bytes: [UInt8])], drawing: Archive) {
        self.result = result
        self.files = files
        self.drawing = drawing
    }
}
