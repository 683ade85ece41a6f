/// What a diagnostic rule has found in a run.
public struct Finding: Sendable, Equatable {
    public enum Weight: String, Sendable {
        /// Something is wrong, or the result is not what it seems.
        case warning
        /// Something could be better.
        case note
        /// Nothing was found.
        case clear
    }

    public var weight: Weight
    /// "The policy's entropy collapsed."
    public var title: String
    /// What was seen, with numbers: "It fell below 5 % of its first value at step 12,000."
    public var observation: String
    /// What it means and what to do about it.
    public var advice: String
    /// A command that does it, to be pasted; nil where none is known.
    public var command: String?
}

/// One thing that is looked for in a run. A rule is small, says in words what its threshold is, and errs on the side of
/// silence: a finding is worth the reader's time.
struct DiagnosticRule: Sendable {
    /// What is looked for, with its threshold, as it stands in the list of what was checked.
    let looksFor: String
    let find: @Sendable (StoredRun) -> Finding?

    init(_ looksFor: String, find: @escaping @Sendable (StoredRun) -> Finding?) {
        self.looksFor = looksFor
        self.find = find
    }
}

/// The rules for each kind of run, and what they say.
public enum Diagnostics {
    static func rules(for run: StoredRun) -> [DiagnosticRule] {
        switch run.record.verb {
        case "train": TrainingRules.all
        case "cluster": ClusteringRules.all
        case "encode": LearningCurveRules.all + EncodingRules.all
        case "fit": LearningCurveRules.all + FittingRules.all
        default: []
        }
    }

    /// What the rules find, warnings first.
    public static func findings(in run: StoredRun) -> [Finding] {
        guard !run.seeds.isEmpty else { return [] }
        let found = rules(for: run).compactMap { $0.find(run) }
        return found.filter { $0.weight == .warning } + found.filter { $0.weight != .warning }
    }

    /// What was looked for, in words.
    public static func checks(of run: StoredRun) -> [String] { rules(for: run).map(\.looksFor) }
}
