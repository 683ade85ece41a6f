internal import Plotting

/// What stands above several runs on one page: how they compare, and where to find each.
struct ComparisonSections {
    private let runs: [StoredRun]
    private let folders: [RunFolder]
    private let identifiers: [String]

    /// - Parameters:
    ///   - folders: of the runs, in their order.
    ///   - identifiers: of the runs' sections.
    init(_ runs: [StoredRun], in folders: [RunFolder], identifiers: [String]) {
        self.runs = runs
        self.folders = folders
        self.identifiers = identifiers
    }

    var all: [ReportSection] { [comparison] + (differences.map { [$0] } ?? []) + contests }

    private var comparison: ReportSection {
        let rows = runs.map { run -> [Prose] in
            let words = RunWords(run)
            let result = RunResult.all(of: run).first
            let baseline = result?.baselines.last
            return [
                "\(code: run.record.name)", Prose(words.what),
                result.map { "\(strong: $0.text($0.value))\($0.interval.map { " (\($0))" } ?? "")" }
                    ?? (run.isComplete ? "–" : "none yet"),
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

    /// Runs over several seeds that do the same work: their courses over each other, what they came to, and whether
    /// chance explains the difference.
    private var contests: [ReportSection] {
        var works: [(verb: String, subject: String, places: [Int])] = []
        for (place, run) in runs.enumerated() where run.record.seeds.count > 1 {
            let (verb, subject) = (run.record.verb, run.record.subject.id)
            if let index = works.firstIndex(where: { $0.verb == verb && $0.subject == subject }) {
                works[index].places.append(place)
            } else {
                works.append((verb, subject, [place]))
            }
        }
        return works.filter { $0.places.count > 1 }.enumerated().compactMap { number, work in
            let contenders = work.places.map { runs[$0] }
            let prefix = "contest-\(number + 1)"
            var blocks: [ReportBlock] = []
            if let courses = try? MetricPlotFigure(MetricPlot(), of: contenders).figure {
                blocks.append(.figure(ReportFigure(name: prefix + "-course", of: courses)))
            }
            // Runs that were stopped may have no result yet.
            if let comparison = try? RunComparison(work.places.map { folders[$0] }),
                let result = RunComparisonFigure.figure(of: comparison)
            {
                blocks.append(.figure(ReportFigure(name: prefix + "-result", of: result)))
                // Its first word may be a run's name, which has no capital.
                if let verdict = comparison.verdict { blocks.append(.paragraph(Prose("In short: \(verdict)."))) }
                let names = contenders.map { Escaping.shell($0.record.name) }
                blocks.append(.commands(["fledge compare " + names.joined(separator: " ")]))
            }
            guard !blocks.isEmpty else { return nil }
            return ReportSection(prefix, "Which is better on \(contenders[0].record.subject.title)", blocks)
        }
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
