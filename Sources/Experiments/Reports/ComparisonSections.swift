internal import Plotting

/// What stands above several runs on one page: how they compare, and where to find each.
struct ComparisonSections {
    private let runs: [StoredRun]
    private let identifiers: [String]

    /// - Parameter identifiers: of the runs' sections.
    init(_ runs: [StoredRun], identifiers: [String]) {
        self.runs = runs
        self.identifiers = identifiers
    }

    var all: [ReportSection] { [comparison] + (differences.map { [$0] } ?? []) }

    private var comparison: ReportSection {
        let rows = runs.map { run -> [Prose] in
            let words = RunWords(run)
            let result = RunResult.all(of: run).first
            let baseline = result?.baselines.last
            return [
                "\(code: run.record.name)", Prose(words.what),
                result.map { "\(strong: $0.text($0.value))\($0.interval.map { " (\($0))" } ?? "")" } ?? "none yet",
                Prose(result?.name ?? ""),
                result.flatMap { result in baseline.map { "\(result.text($0.value)): \($0.name)" } } ?? "",
                Prose(FigureWords.duration(words.seconds)),
            ]
        }
        return ReportSection(
            "comparison", "The runs side by side",
            [
                .table(
                    ReportTable(["run", "what", "result", "measured as", "beside it", "time"], rows, numbers: [5])),
                .contents(
                    zip(runs, identifiers).map { run, id in
                        (id: id, title: run.record.name, about: Prose(RunWords(run).headline))
                    }),
            ])
    }

    /// The settings that are not the same in all runs, where these do the same work.
    private var differences: ReportSection? {
        let records = runs.map(\.record)
        guard Set(records.map { "\($0.verb) \($0.algorithm)" }).count == 1, records.count <= 6 else { return nil }
        let names = Set(records.flatMap(\.settings.keys)).sorted().filter { name in
            Set(records.map { $0.settings[name]?.value.description ?? "" }).count > 1
        }
        guard !names.isEmpty else { return nil }
        return ReportSection(
            "differences", "Settings in which they differ",
            [
                .table(
                    ReportTable(
                        ["setting"] + records.map(\.name),
                        names.map { name in
                            ["\(code: name)"] + records.map { Prose($0.settings[name]?.value.description ?? "") }
                        }, numbers: Set(1...records.count)))
            ])
    }
}
