internal import FileFormats

/// Which runs make one series: those that are alike in everything that is grouped by.
struct RunGrouping {
    /// Runs under their common name, in the order in which the first of each was given.
    let groups: [(name: String, runs: [StoredRun])]

    private static let ownNames = ["algorithm", "run", "subject", "recipe"]

    /// - Parameter names: what to group by; none for the run.
    /// - Throws: `ExperimentError` if no run has such a thing, suggesting the nearest.
    init(_ runs: [StoredRun], by names: [String]) throws {
        let names = try (names.isEmpty ? ["run"] : names).map { try Self.known($0, among: runs) }
        var groups: [(name: String, runs: [StoredRun])] = []
        for run in runs {
            let name = names.map { Self.value(of: $0, in: run.record) }.joined(separator: ", ")
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].runs.append(run)
            } else {
                groups.append((name, [run]))
            }
        }
        self.groups = groups
    }

    private static func known(_ name: String, among runs: [StoredRun]) throws -> String {
        if ownNames.contains(name.lowercased()) { return name.lowercased() }
        // "setting:learningRate" is a setting even if it were called "run".
        let prefix = "setting:"
        let setting = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        let settings = Set(runs.flatMap(\.record.settings.keys)).sorted()
        if let found = settings.first(where: { MetricWords.folded($0) == MetricWords.folded(setting) }) {
            return prefix + found
        }
        let candidates = ownNames + settings
        throw ExperimentError(
            .usage, "runs cannot be grouped by '\(setting)'",
            advice: nearestName(to: setting, among: candidates).map { "did you mean '\($0)'?" }
                ?? "group by \(ownNames.joined(separator: ", ")) or a setting that a run has")
    }

    private static func value(of name: String, in record: RunRecord) -> String {
        switch name {
        case "run": return record.name
        case "subject": return record.subject.title
        case "algorithm": return FigureWords.algorithm(of: record)
        case "recipe": return FigureWords.recipe(of: record) ?? "no recipe"
        default:
            let setting = String(name.drop { $0 != ":" }.dropFirst())
            let value = record.settings[setting]?.value.description ?? "none"
            return "\(setting) \(value)"
        }
    }
}
