/// What a run tells while it goes on.
public enum RunEvent: Sendable {
    /// The folder is there and the work begins.
    case began(RunFolder, RunRecord)
    /// A seed goes on from its checkpoint after so many updates.
    case resumed(seed: UInt64, update: Int)
    /// A seed has done an update.
    case advanced(Update)
    /// A seed's state after so many updates is on the disk: it can be taken up from there.
    case checkpoint(seed: UInt64, update: Int)
    /// Something that is not as it should be, and that the run can do without.
    case warning(String)
    /// A seed's work is done, and its result is being measured.
    case measuring(seed: UInt64)
    /// The figures are being drawn.
    case drawing

    /// Where a seed stands after an update.
    public struct Update: Sendable {
        public let seed: UInt64
        /// `completed` of `total`, counted in `unit`: "steps", "epochs" or "iterations".
        public let completed: Int
        public let total: Int
        public let unit: String
        /// Since the seed's first update began.
        public let seconds: Double
        /// The metric that matters most and its latest value; nil before it was measured.
        public let metric: (label: String, value: Double)?
        /// Whether the update was followed by an evaluation.
        public let isEvaluation: Bool
    }
}

/// Who is told. Called from the threads that work: an observer is quick, and guards its state.
public protocol RunObserver: Sendable {
    func observe(_ event: RunEvent)
}

/// For whoever does not want to know.
public struct SilentObserver: RunObserver {
    public init() {}
    public func observe(_ event: RunEvent) {}
}
