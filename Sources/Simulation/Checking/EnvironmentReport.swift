/// What a check of a task came to.
public struct EnvironmentReport: Sendable, Equatable, Codable {
    /// The rules that the task was held to: those that apply to it, and could be reached.
    public let rules: [EnvironmentRule]
    /// At most one for each rule: the first that was seen, or the first error.
    public let findings: [EnvironmentFinding]
    /// How many steps were taken altogether.
    public let stepCount: Int
    /// A hash of what a course of the task came to, the same in each process; nil if none could be lived through.
    public let fingerprint: String?

    public init(
        rules: [EnvironmentRule], findings: [EnvironmentFinding], stepCount: Int, fingerprint: String? = nil
    ) {
        self.rules = rules
        self.findings = findings
        self.stepCount = stepCount
        self.fingerprint = fingerprint
    }

    /// What breaks the contract.
    public var errors: [EnvironmentFinding] { findings.filter { $0.severity == .error } }

    /// What is allowed and nevertheless most often a mistake.
    public var warnings: [EnvironmentFinding] { findings.filter { $0.severity == .warning } }

    public func finding(_ rule: EnvironmentRule) -> EnvironmentFinding? { findings.first { $0.rule == rule } }

    /// Both reports in one, where `other` is that of another process: with a finding if the task has lived through
    /// something else there, by the same seed.
    public func merging(_ other: EnvironmentReport) -> EnvironmentReport {
        let ruled = Set(rules + other.rules)
        var findings = findings + other.findings.filter { finding($0.rule) == nil }
        if let mine = fingerprint, let others = other.fingerprint, mine != others,
            finding(.isReproducible)?.severity != .error
        {
            findings.append(
                EnvironmentFinding(
                    rule: .isReproducible,
                    seen:
                        "in another process, with the same seed and actions, something else happened: is a hashValue, "
                        + "or a static variable that is drawn once, among what it computes with?"))
        }
        return EnvironmentReport(
            rules: EnvironmentRule.allCases.filter { ruled.contains($0) }, findings: findings,
            stepCount: stepCount + other.stepCount, fingerprint: fingerprint)
    }

    /// - Throws: an `EnvironmentError` with all errors, if there are any.
    public func validate() throws(EnvironmentError) {
        guard !errors.isEmpty else { return }
        throw EnvironmentError(errors.map(\.description).joined(separator: "\n"))
    }
}

/// A rule that a task does not keep, and where that was seen.
public struct EnvironmentFinding: Sendable, Equatable, Codable, CustomStringConvertible {
    public enum Severity: String, Sendable, Codable {
        /// The contract is broken: training on the task yields something else than it seems.
        case error
        /// Allowed, and nevertheless most often a mistake.
        case warning
    }

    /// A moment between two steps.
    public struct Place: Sendable, Equatable, Codable, CustomStringConvertible {
        /// From 1.
        public let episode: Int
        /// How many steps of the episode had been taken: 0 right after the reset.
        public let step: Int

        public var description: String {
            step == 0 ? "at the start of episode \(episode)" : "after step \(step) of episode \(episode)"
        }
    }

    public let rule: EnvironmentRule
    public let severity: Severity
    /// nil where it was not in an episode.
    public let place: Place?
    public let seen: String
    /// What to do about it.
    public let advice: String

    public init(rule: EnvironmentRule, severity: Severity = .error, place: Place? = nil, seen: String) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.seen = seen
        advice = rule.advice
    }

    /// "observationIsFinite: after step 12 of episode 3 element 0 is nan; clamp …"
    public var description: String {
        "\(rule.rawValue): \(place.map { "\($0) " } ?? "")\(seen); \(advice)"
    }
}

/// What a check has found so far.
struct CheckNotes {
    private var checked: Set<EnvironmentRule> = []
    private var findings: [EnvironmentRule: EnvironmentFinding] = [:]
    private(set) var stepCount = 0
    var fingerprint: String?
    private let announce: (String) -> Void

    init(announcing announce: @escaping (String) -> Void) {
        self.announce = announce
    }

    var report: EnvironmentReport {
        let rules = EnvironmentRule.allCases
        return EnvironmentReport(
            rules: rules.filter { checked.contains($0) }, findings: rules.compactMap { findings[$0] },
            stepCount: stepCount, fingerprint: fingerprint)
    }

    /// Says what is done next, before it is done: whoever wants to know where a task trapped listens.
    mutating func begin(_ work: String, _ rules: EnvironmentRule...) {
        announce(work)
        checked.formUnion(rules)
    }

    /// A rule that turned out to apply.
    mutating func apply(_ rule: EnvironmentRule) { checked.insert(rule) }

    func announceDetail(_ work: @autoclosure () -> String) { announce(work()) }

    mutating func count(steps: Int) { stepCount += steps }

    /// Keeps the first error of each rule.
    mutating func note(
        _ rule: EnvironmentRule, at place: EnvironmentFinding.Place? = nil, _ seen: @autoclosure () -> String
    ) {
        checked.insert(rule)
        guard !hasError(rule) else { return }
        findings[rule] = EnvironmentFinding(rule: rule, place: place, seen: seen())
    }

    /// Keeps the first warning of each rule that has no error.
    mutating func warn(
        _ rule: EnvironmentRule, at place: EnvironmentFinding.Place? = nil, _ seen: @autoclosure () -> String
    ) {
        checked.insert(rule)
        guard findings[rule] == nil else { return }
        findings[rule] = EnvironmentFinding(rule: rule, severity: .warning, place: place, seen: seen())
    }

    func hasError(_ rule: EnvironmentRule) -> Bool { findings[rule]?.severity == .error }
    var hasErrors: Bool { findings.values.contains { $0.severity == .error } }
}
