internal import FileFormats
internal import Plotting

/// What a report says about one run, section by section; those that it has no data for are left out.
struct RunSections {
    private let run: StoredRun
    private let folder: RunFolder
    private let words: RunWords
    /// The level of the headings: 2 on a page of one run, 3 below the name of one of several.
    private let level: Int
    /// What sets the sections and figures of this run apart on a page of several; empty for one.
    private let prefix: String

    init(_ run: StoredRun, in folder: RunFolder, level: Int = 2, prefix: String = "") {
        self.run = run
        self.folder = folder
        self.level = level
        self.prefix = prefix
        words = RunWords(run)
    }

    private var record: RunRecord { run.record }

    /// - Throws: `ExperimentError` or `FileFormatError` if what the run left cannot be read.
    func all() throws -> [ReportSection] {
        [done, result] + (try figures()) + [diagnostics, settings, reproduction, limits].compactMap(\.self)
    }

    private func section(_ id: String, _ title: String, _ blocks: [ReportBlock]) -> ReportSection {
        ReportSection(prefix + id, title, level: level, blocks)
    }

    private var done: ReportSection {
        section("done", "What was done", (words.done + note).map { .paragraph($0) })
    }

    /// What somebody has written about the run.
    private var note: [Prose] {
        guard let labels = try? RunLabels(of: folder) else { return [] }
        let tags: [Prose] = labels.tags.isEmpty ? [] : ["Tags: \(labels.tags.joined(separator: ", "))."]
        return (labels.note.map { ["\(strong: "Note:") \($0)"] } ?? []) + tags
    }

    // MARK: Result

    private var result: ReportSection {
        let results = RunResult.all(of: run)
        guard !results.isEmpty else {
            let reason: Prose =
                run.isComplete
                ? "There is nothing to measure: the rows of the data do not differ."
                : "There is no result yet: the run did not come to the point where it is measured."
            return section("result", "Result", [.paragraph(reason)])
        }
        return section("result", "Result", results.flatMap { blocks(of: $0) })
    }

    private func blocks(of result: RunResult) -> [ReportBlock] {
        let isSeeds = record.verb == "train" && run.seeds.count > 1
        var rows: [[Prose]] = [["this run", Prose(result.text(result.value)), Prose(result.interval ?? "")]]
        for baseline in result.baselines {
            let interval = baseline.lower.flatMap { lower in
                baseline.upper.map { "\(result.text(lower)) – \(result.text($0))" }
            }
            rows.append([
                Prose(baseline.name + (baseline.note.map { " (\($0))" } ?? "")), Prose(result.text(baseline.value)),
                Prose(interval ?? ""),
            ])
        }
        if record.verb == "train", let solved = record.subject.solvedReturn {
            rows.append(["counts as solved", Prose(result.text(solved)), ""])
        }
        let hasBounds = rows.contains { !$0[2].isEmpty }
        let header = ["", result.name, result.bounds.map { isSeeds ? $0 : "95 % interval" } ?? "95 % interval"]
        let table = ReportTable(
            hasBounds ? header : Array(header.prefix(2)), hasBounds ? rows : rows.map { Array($0.prefix(2)) },
            numbers: [1, 2], emphasized: 0)
        let basis: Prose = "\(result.statistic)\(result.bounds.map { "; \($0)" } ?? "")."
        return [.table(table), .paragraph("Measured as: \(basis)")] + seedTable
    }

    /// What each seed came to.
    private var seedTable: [ReportBlock] {
        guard record.verb == "train", run.seeds.count > 1 else { return [] }
        let rows = run.seeds.compactMap { seed -> [Prose]? in
            guard let returns = try? seed.drawing.doubles(TrainingFigure.evaluationName), !returns.isEmpty else {
                return nil
            }
            let mean = returns.reduce(0, +) / Double(returns.count)
            let interval = Interval.bootstrapped(meanOf: returns)
            return [
                "\(seed.seed)", Prose(NumberText.fixed(mean, decimals: 1)),
                "\(NumberText.fixed(interval.lower, decimals: 1)) – \(NumberText.fixed(interval.upper, decimals: 1))",
                Prose(NumberText.fixed(returns.min() ?? mean, decimals: 1)),
            ]
        }
        return [
            .details(
                "Each seed",
                [
                    .table(
                        ReportTable(
                            ["seed", "mean return", "95 % interval", "worst episode"], rows, numbers: [1, 2, 3]))
                ])
        ]
    }

    // MARK: Figures

    private func figures() throws -> [ReportSection] {
        guard !run.seeds.isEmpty else { return [] }
        let episode = EpisodeFigure(run)
        let figures: [(name: String, figure: Figure)]
        do {
            figures = try RunFigures.figures(of: run, in: folder)
        } catch {
            // What has not come to its end may lack what a figure shows.
            if run.isComplete { throw error }
            return []
        }
        let drawn = figures.map { name, figure in
            (
                name: name,
                figure: ReportFigure(
                    name: prefix + name, of: figure,
                    narrow: name == EpisodeFigure.name ? episode?.figure(width: ReportFigure.narrowWidth) : nil)
            )
        }
        let curves = drawn.filter { $0.name != EpisodeFigure.name }.map { ReportBlock.figure($0.figure) }
        let behaviour = drawn.filter { $0.name == EpisodeFigure.name }.map { ReportBlock.figure($0.figure) }
        let title =
            switch record.verb {
            case "train": "How it learned"
            case "cluster": "The clusters"
            case "encode": "How it learned, and what a code keeps"
            case "fit": "How it learned, and what it confuses"
            default: "Figures"
            }
        return [section("figures", title, curves)]
            + (behaviour.isEmpty ? [] : [section("behaviour", "What the agent does", behaviour)])
    }

    // MARK: Diagnostics

    private var diagnostics: ReportSection? {
        guard !run.seeds.isEmpty else { return nil }
        let findings = Diagnostics.findings(in: run)
        let checks = Diagnostics.checks(of: run)
        guard !checks.isEmpty else { return nil }
        let clear = Finding(
            weight: .clear, title: "Nothing suspicious was found.", observation: "",
            advice:
                "\(FigureWords.count(checks.count, "rule")) looked at the run's metrics and results; what they looked for "
                + "is listed below.")
        return section(
            "diagnostics", "Diagnostics",
            (findings.isEmpty ? [clear] : findings).map { .finding($0) } + [
                .details("What was checked", [.list(checks.map { Prose($0) })])
            ])
    }

    // MARK: Settings

    private var settings: ReportSection? {
        guard !record.settings.isEmpty else { return nil }
        let names = record.settings.keys.sorted()
        let defaults = DefaultSettings.of(record)
        let changed = DefaultSettings.changed(in: record)
        func row(_ name: String) -> [Prose] {
            [
                "\(code: name)", Prose(record.settings[name]?.value.description ?? ""),
                Prose(defaults?[name]?.description ?? ""), Prose(record.settings[name]?.source ?? ""),
            ]
        }
        let header = ["setting", "value", "default", "from"]
        let differing: ReportBlock =
            changed.isEmpty
            ? .paragraph("All settings have their default values.")
            : .table(ReportTable(header, changed.map(row), numbers: [1, 2]))
        return section(
            "settings", changed.isEmpty ? "Settings" : "Settings that differ from the default",
            [
                differing,
                .details(
                    "All \(names.count) settings", [.table(ReportTable(header, names.map(row), numbers: [1, 2]))]),
            ])
    }

    // MARK: Reproduction

    private var reproduction: ReportSection? {
        let name = Escaping.shell(record.name)
        var commands = [record.command.map { Escaping.shell($0) }.joined(separator: " ")]
        commands.append("fledge rerun \(name)     # afresh, from the run's run.json")
        if !run.isComplete { commands.append("fledge resume \(name)    # goes on where it stopped") }
        commands.append("fledge verify \(name)    # replays it and compares every update")
        var rows: [[Prose]] = [
            ["run", "\(code: record.name)"], ["began", Prose(record.began)],
            ["seeds", Prose(record.seeds.map { "\($0)" }.joined(separator: ", "))],
        ]
        if let origin = record.subject.origin { rows.append(["data", Prose(origin)]) }
        if let data = record.data { rows.append(["checksum of the data", "\(code: data.checksum)"]) }
        if let lineage = record.lineage {
            let relation = lineage.relation == .rerun ? "run once more" : "goes on from its parameters"
            rows.append(["comes from", "\(code: lineage.parent), \(relation)"])
        }
        rows += [
            [
                "Fledge",
                "\(record.versions.fledge)\(record.sourceRevision.map { ", revision \($0.prefix(12))" } ?? "")",
            ],
            ["Swift", Prose(record.versions.swift)],
            ["machine", Prose(words.hardware)],
            ["kernels", "\(record.hardware.level), OpenBLAS \(record.hardware.openBLAS)"],
        ]
        return section("reproduce", "How to reproduce", [.commands(commands), .table(ReportTable(["", ""], rows))])
    }

    private var limits: ReportSection? { section("limits", "Limits", [.list(words.limits)]) }
}
