internal import FileFormats
internal import Plotting
internal import SupervisedLearning

/// All that was measured of a fit in one table beside simple methods, and where there are folds, each of them.
struct ScoresFigure {
    private let run: StoredRun
    private let scores: ScoreTable
    private let crossValidation: CrossValidationSummary?

    /// nil for runs of earlier versions, which kept no scores.
    init?(_ run: StoredRun) {
        guard let scores = ScoreTable(in: run.seeds[0].drawing) else { return nil }
        self.run = run
        self.scores = scores
        crossValidation = try? run.seeds[0].drawing.decode("crossValidation")
    }

    var figure: Figure {
        let rows = scores.rows.count
        return Figure(
            title: title, subtitle: subtitle, rowHeights: [Double(rows + 2) * 17, 130],
            metadata: FigureWords.metadata(of: run)
        ) {
            Panel("Measured on \(scores.subject)", columnSpan: 2, table)
            if let first = crossValidation?.entries.first {
                Panel("\(FigureWords.metric(first.name)) of each fold", row: 1, columnSpan: 2, folds(first))
            }
        }
    }

    private var table: ResultTable {
        let hasIntervals = scores.rows.contains { $0.lower != nil }
        let hasErrors = scores.rows.contains { $0.standardError != nil }
        let columns =
            ["metric", "the network"] + (hasIntervals ? ["95 % interval"] : [])
            + (hasErrors ? ["standard error of the folds"] : []) + scores.methods
        let rows = scores.rows.map { row in
            [FigureWords.metric(row.name), text(row.value)]
                + (hasIntervals
                    ? [row.lower.flatMap { low in row.upper.map { "\(text(low)) – \(text($0))" } } ?? ""] : [])
                + (hasErrors ? [row.standardError.map(text) ?? ""] : [])
                + scores.methods.map { row.baselines[$0].map(text) ?? "" }
        }
        return ResultTable(columns: columns, rows: rows)
    }

    private func folds(_ entry: CrossValidationSummary.Entry) -> IntervalChart {
        let error = entry.standardError ?? 0
        let mean = IntervalChart.Row(
            "mean", entry.mean, interval: entry.mean - error...entry.mean + error)
        return IntervalChart(
            entry.values.enumerated().map { .init("fold \($0.offset + 1)", $0.element, interval: nil) } + [mean])
    }

    private func text(_ value: Double) -> String { NumberText.significant(value) }

    private var title: String {
        guard let first = scores.rows.first else { return "Nothing was measured" }
        let subject = run.record.subject.title
        guard let entry = crossValidation?.entries.first, let error = entry.standardError else {
            return "\(FigureWords.metric(first.name)) on \(subject): \(text(first.value))"
        }
        return "\(FigureWords.metric(entry.name)) on \(subject): \(text(entry.mean)) ± \(text(error)) over "
            + FigureWords.count(entry.values.count, "fold")
    }

    private var subtitle: String {
        let simple = scores.methods.isEmpty ? "" : "simple methods on the same rows or a part of them"
        return [run.record.subject.origin ?? "", simple].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
