internal import FileFormats
internal import Plotting

/// Several runs beside one another: in what they differ, what they came to, and whether that tells them apart.
public struct RunComparison: Sendable, Encodable {
    /// A number of the results of all runs beside the one that is compared.
    public struct Number: Sendable, Encodable {
        public let name: String
        /// The mean over the seeds of each run, in the order of the runs; nil where a run has none.
        public let values: [Double?]
    }

    public let runs: [String]
    public let differences: [RunDifference]
    /// What the groups are compared by; nil where the runs have no result in common.
    public let metric: RunMetric?
    public let groups: [ComparedGroup]
    /// What counts as nothing and as everything; nil where that is not known.
    public let range: ScoreRange?
    /// The thresholds of the groups' performance profiles.
    public let thresholds: [Double]?
    /// For two groups.
    public let sides: SideComparison?
    public let numbers: [Number]

    /// - Parameters:
    ///   - metric: what to compare by, as `result.json` names it; nil for the runs' main result.
    ///   - key: a setting, or "algorithm" or "subject": runs with the same value are one group; nil for a group a run.
    ///   - range: what counts as nothing and as everything; nil for what is known of the environment.
    /// - Throws: `ExperimentError` if a run is damaged, no run has the metric or the key, or groups of different
    ///   environments or data sets would be mixed.
    public init(
        _ folders: [RunFolder], metric name: String? = nil, by key: String? = nil, range given: ScoreRange? = nil
    ) throws {
        let runs = try folders.map { try ComparedRun($0) }
        self.runs = runs.map(\.folder.name)
        differences = RunDifference.all(between: runs)
        let metric = try RunComparison.metric(name, of: runs)
        self.metric = metric
        let solved = Set(runs.map(\.record.subject.solvedReturn))
        let isReturn = metric?.name == "evaluationReturn.mean"
        let range = try given ?? (isReturn && solved.count == 1 ? solved.first?.map { try ScoreRange(goal: $0) } : nil)
        if let lowest = range?.lowest, let goal = range?.goal, let isHigherBetter = metric?.isHigherBetter,
            (goal > lowest) != isHigherBetter
        {
            throw ExperimentError(
                .usage, "a \(metric?.title ?? "score") is good when it is \(isHigherBetter ? "high" : "low")",
                advice: "write the range the other way round: \(NumberText.short(goal)),\(NumberText.short(lowest))")
        }
        self.range = range
        thresholds = range?.thresholds
        let members = try RunComparison.members(of: runs, by: key)
        groups =
            metric.map { metric in
                members.compactMap { ComparedGroup($0.name, $0.runs, metric: metric, range: range) }
            } ?? []
        let isOneSubject = Set(runs.map(\.record.subject.id)).count == 1
        if groups.count == 2, isOneSubject, let isHigherBetter = metric?.isHigherBetter {
            let (first, second) = (groups[0], groups[1])
            sides = SideComparison(
                first.sample, second.sample, isPaired: first.isPaired(with: second), isHigherBetter: isHigherBetter)
        } else {
            sides = nil
        }
        var names: [String] = []
        for run in runs { names += run.numbers.names.filter { !names.contains($0) && $0 != metric?.name } }
        numbers = names.map { name in
            Number(
                name: name,
                values: runs.map { run in
                    let values = run.numbers.values(name).map(\.value)
                    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
                })
        }
    }

    /// What all runs that came to anything can be compared by.
    private static func metric(_ name: String?, of runs: [ComparedRun]) throws -> RunMetric? {
        let ended = runs.filter { !$0.numbers.names.isEmpty }
        guard let first = ended.first else {
            throw ExperimentError(
                .missingInput, "none of these runs has a result yet", advice: "`fledge runs` says how they stand")
        }
        guard let name else {
            return first.numbers.mainMetric.flatMap { metric in
                ended.allSatisfy { $0.numbers.names.contains(metric.name) } ? metric : nil
            }
        }
        let known = first.numbers.names
        guard known.contains(name) else {
            throw ExperimentError.unknown(
                "number in the results", name, known: known, nearest: nearestName(to: name, among: known))
        }
        return RunMetric.named(name)
    }

    private static func members(
        of runs: [ComparedRun], by key: String?
    ) throws -> [(name: String, runs: [ComparedRun])] {
        guard let key else { return runs.map { ($0.folder.name, [$0]) } }
        guard runs.contains(where: { $0.trait(key) != nil }) else {
            var known: [String] = []
            for run in runs { known += run.traits.map(\.name).filter { !known.contains($0) } }
            throw ExperimentError.unknown("setting", key, known: known, nearest: nearestName(to: key, among: known))
        }
        guard key == "subject" || Set(runs.map(\.record.subject.id)).count == 1 else {
            throw ExperimentError(
                .usage, "scores of different environments or data sets cannot be taken together",
                advice: "compare runs of one, or leave out --by")
        }
        var members: [(name: String, runs: [ComparedRun])] = []
        for run in runs {
            let name = "\(key) \(run.trait(key) ?? "–")"
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index].runs.append(run)
            } else {
                members.append((name, [run]))
            }
        }
        return members
    }
}
