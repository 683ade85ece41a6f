internal import FileFormats
internal import Plotting

/// Metrics of several runs over a common axis.
struct MetricPlotFigure {
    /// The metrics that show first how a run of each kind went, the second where the first was not measured.
    private static let mainMetrics = [
        "train": ["episodeReturn"], "cluster": ["inertia"], "encode": ["validationLoss", "trainingLoss"],
        "fit": ["validationLoss", "trainingLoss"],
    ]
    /// More series than this have their last values nowhere but in the chart.
    private static let mostValuesInWords = 4
    private static let mostNamesInTitle = 3

    private let plot: MetricPlot
    private let runs: [StoredRun]
    private let course: CourseAxis
    private let grouping: RunGrouping
    private let metrics: [MetricWords]

    /// - Throws: `ExperimentError` if the runs lack the axis, a metric or what they are to be grouped by.
    init(_ plot: MetricPlot, of runs: [StoredRun]) throws {
        precondition(!runs.isEmpty, "a plot of no runs")
        self.plot = plot
        self.runs = runs
        course = try plot.x.map { try CourseAxis.named($0) } ?? .suited(to: runs)
        grouping = try RunGrouping(runs, by: plot.groups)
        metrics = try Self.metrics(plot.y, of: runs)
        for run in runs where run.seeds.contains(where: { [course] in course.values(of: $0.history) == nil }) {
            throw ExperimentError(
                .usage, "the run \(run.record.name) was not measured along \(course.rawValue)",
                advice: "it counts \(run.seeds.first?.history.unit ?? "nothing"); --x seconds suits all runs")
        }
    }

    private static func metrics(_ names: [String], of runs: [StoredRun]) throws -> [MetricWords] {
        var available: [String] = []
        for run in runs {
            for name in run.seeds.first?.history.names ?? [] where !available.contains(name) {
                if run.seeds.contains(where: { $0.history.last(name) != nil }) { available.append(name) }
            }
        }
        let main = mainMetrics[runs[0].record.verb]?.first { available.contains($0) } ?? available.first ?? ""
        return try (names.isEmpty ? [main] : names).map { name in
            let folded = MetricWords.folded(name)
            let meant =
                MetricWords.all.first { ([$0.name] + $0.aliases).contains { MetricWords.folded($0) == folded } }?.name
                ?? available.first { MetricWords.folded($0) == folded }
            if let meant, available.contains(meant) { return MetricWords.of(meant) }
            let aliases = MetricWords.all.filter { available.contains($0.name) }.flatMap(\.aliases)
            throw ExperimentError.unknown(
                "metric", name, known: available, nearest: nearestName(to: name, among: available + aliases))
        }
    }

    var figure: Figure {
        let panels = metrics.map { ($0, series(of: $0)) }
        let columns = panels.count > 2 ? 2 : 1
        let captions = panels.map { caption(of: $0.1) }
        // What is the same for all panels is said once.
        let common = panels.count > 1 && captions.allSatisfy { $0 == captions[0] } ? captions[0] : nil
        return Figure(
            title: plot.title ?? title, subtitle: subtitle(panels.map(\.1)),
            footer: ([common] + notes).compactMap(\.self).joined(separator: " · "),
            rowHeights: [panels.count == 1 ? 270 : panels.count == 2 ? 190 : 150],
            metadata: [
                ("Run", runs.map(\.record.name).joined(separator: " ")),
                ("Origin", runs.map(\.record.commandLine).joined(separator: "; ")),
            ]
        ) {
            for (index, (metric, groups)) in panels.enumerated() {
                // Of an odd number the first is as wide as two.
                let isWide = index == 0 && columns == 2 && panels.count % 2 == 1
                let place = index + (panels.count % 2 == 1 && index > 0 ? columns - 1 : 0)
                Panel(
                    metric.title + (axis(of: metric).scale == .logarithmic ? " (log scale)" : ""),
                    row: place / columns, column: place % columns, columnSpan: isWide ? 2 : 1,
                    caption: common == nil ? captions[index] : nil, chart(groups, of: metric))
            }
        }
    }

    // MARK: Series

    private struct Group {
        let name: String
        /// The palette's, the same in every panel.
        let index: Int
        let curves: SeedCurves
    }

    private func axis(of metric: MetricWords) -> Axis {
        plot.hasLogarithmicY ? .logarithmic : Axis(scale: metric.axis)
    }

    /// Whether the run has measured any of the metrics.
    private func isDrawn(_ run: StoredRun) -> Bool {
        metrics.contains { metric in run.seeds.contains { $0.history.last(metric.name) != nil } }
    }

    /// The same in all panels, from zero.
    private var xAxis: Axis {
        var axis = course.axis
        if plot.hasLogarithmicX {
            axis.scale = .logarithmic
            return axis
        }
        let ends = runs.filter(isDrawn).flatMap(\.seeds).compactMap {
            course.values(of: $0.history)?.last { $0.isFinite }
        }
        if let last = ends.max(), last > 0 { axis.range = 0...last }
        return axis
    }

    private func series(of metric: MetricWords) -> [Group] {
        grouping.groups.enumerated().compactMap { index, group in
            let curves = Self.distinct(group.runs.flatMap(\.seeds)).compactMap { curve(of: metric, $0.history) }
            return SeedCurves(curves, smoothing: plot.smoothing, axis: axis(of: metric).scale)
                .map { Group(name: group.name, index: index, curves: $0) }
        }
    }

    /// The same seed with the same settings is the same work: done twice, it tells no more than once.
    private static func distinct(_ seeds: [StoredRun.Seed]) -> [StoredRun.Seed] {
        var known: Set<String> = []
        return seeds.filter { known.insert($0.metricsChecksum).inserted }
    }

    /// nil if the seed has no such metric.
    private func curve(of metric: MetricWords, _ history: MetricsHistory) -> Curve? {
        guard let values = history[metric.name], let places = course.values(of: history) else { return nil }
        // Updates that measured nothing are no gaps.
        let measured = values.indices.filter { !values[$0].isNaN && !places[$0].isNaN }
        return Curve(x: measured.map { places[$0] }, y: measured.map { values[$0] * metric.scale })
    }

    private func chart(_ groups: [Group], of metric: MetricWords) -> LineChart {
        let xAxis = xAxis
        let solved = Set(runs.map(\.record.subject.solvedReturn))
        let isReturn = ["episodeReturn", "evaluationReturn"].contains(metric.name)
        let threshold = isReturn && solved.count == 1 ? solved.first?.flatMap(\.self) : nil
        return LineChart(
            groups.map { group in
                var series = group.curves.series(label(of: group, among: groups), color: Palette.color(group.index))
                if isCrowded(groups) { series.faint = [] }
                return series
            }, x: xAxis,
            y: plot.hasLogarithmicY
                ? .logarithmic : metric.axis(showing: groups.flatMap(\.curves.raw).flatMap(\.y)),
            referenceLines: threshold.map { [ReferenceLine("solved: \(NumberText.short($0))", at: $0)] } ?? [],
            labels: groups.count == 1 && grouping.groups.count == 1 ? .none : .automatic)
    }

    /// Whether so many curves share a panel that the single ones behind would hide the lines.
    private func isCrowded(_ groups: [Group]) -> Bool { groups.count > 4 }

    /// What the lines and bands of a panel are; nil if not all are the same.
    private func statistic(of groups: [Group]) -> SeedSummary.Statistic? {
        let statistics = groups.map { $0.curves.summary.statistic }
        return statistics.allSatisfy { $0 == statistics[0] } ? statistics.first : nil
    }

    private func label(of group: Group, among groups: [Group]) -> String {
        let summary = group.curves.summary
        return statistic(of: groups) == nil
            ? summary.legend(for: group.name) : summary.name(group.name)
    }

    /// Says what lines and bands are, where that is the same for all.
    private func caption(of groups: [Group]) -> String? {
        let faint = isCrowded(groups) ? "" : " · faint: single seeds"
        return switch statistic(of: groups) {
        case .single: isCrowded(groups) ? nil : groups.first?.curves.caption
        case .medianAndRange: "line: median of seeds · band: range" + faint
        case .interquartileMeanAndBootstrap: "line: interquartile mean of seeds · band: 95 % bootstrap interval" + faint
        case nil: nil
        }
    }

    // MARK: Words

    private var subjects: [String] {
        runs.reduce(into: []) { if !$0.contains($1.record.subject.title) { $0.append($1.record.subject.title) } }
    }

    /// What is compared; the panels' titles say in what.
    private var title: String {
        let place = subjects.count == 1 ? "\(subjects[0]): " : ""
        let names = grouping.groups.map(\.name)
        let groups =
            names.count <= Self.mostNamesInTitle
            ? names.joined(separator: ", ") : FigureWords.count(names.count, "group")
        return place + groups
    }

    /// How much is compared, and, of one metric, where each series ends.
    private func subtitle(_ panels: [[Group]]) -> String {
        let seeds = grouping.groups.reduce(0) { $0 + Self.distinct($1.runs.filter(isDrawn).flatMap(\.seeds)).count }
        var parts = [
            FigureWords.count(runs.count(where: isDrawn), "run"), FigureWords.count(seeds, "seed"),
        ]
        if let groups = panels.first, panels.count == 1, groups.count <= Self.mostValuesInWords {
            let ends = groups.compactMap { group in
                group.curves.lastValue.map { value in
                    NumberText.short(value, digits: 4) + (groups.count > 1 ? " (\(group.name))" : "")
                }
            }
            parts.append((runs.allSatisfy(\.isComplete) ? "at the end: " : "latest: ") + ends.joined(separator: ", "))
        }
        return parts.joined(separator: " · ")
    }

    /// Runs that a panel cannot show, or cannot show to their end.
    private var notes: [String] {
        let missing = metrics.compactMap { metric -> String? in
            let names = runs.filter { run in !run.seeds.contains { $0.history.last(metric.name) != nil } }
            guard !names.isEmpty else { return nil }
            return "not measured by \(names.map(\.record.name).joined(separator: ", ")): \(metric.name)"
        }
        let all = grouping.groups.map { $0.runs.flatMap(\.seeds) }
        let repeated = all.reduce(0) { $0 + $1.count - Self.distinct($1).count }
        let once = repeated == 0 ? [] : ["\(FigureWords.count(repeated, "seed")) equal to others not counted"]
        let unfinished = runs.filter { !$0.isComplete }.map(\.record.name)
        return missing + once + (unfinished.isEmpty ? [] : ["not finished: " + unfinished.joined(separator: ", ")])
    }
}
