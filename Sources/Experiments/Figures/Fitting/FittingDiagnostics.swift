internal import Plotting

/// How far a fitted network can be trusted: of classes, the curves over all thresholds and the calibration; of values, the
/// residuals; of tables, which columns matter; and how the fit went.
struct FittingDiagnostics {
    /// More bars are not legible.
    private static let mostBars = 16

    private let run: StoredRun
    private let drawing: FittingDrawing

    init(_ run: StoredRun, _ drawing: FittingDrawing) {
        self.run = run
        self.drawing = drawing
    }

    private var summary: FittingDrawing.Summary { drawing.summary }
    private var classCount: Int { summary.classNames.count }
    private var isClassifier: Bool { summary.accuracy != nil }

    var figure: Figure {
        let rows = isClassifier ? classifierRows : regressionRows
        let history = run.seeds[0].history.ofKeptFit
        let course = [
            Content("Learning rate", TrainingCurves.chart(history, "learningRate")),
            Content("Gradient norm", TrainingCurves.chart(history, "gradientNorm")),
        ]
        let importance = importance
        var y = 0
        var panels: [Panel] = []
        for row in rows {
            for (x, content) in row.enumerated() {
                panels.append(content.panel(row: y, column: x, columnSpan: 2 / row.count))
            }
            y += 1
        }
        if let reliability {
            // As high as the two beside it.
            panels.append(reliability.panel(row: y, column: 0, rowSpan: 2))
            for (offset, content) in course.enumerated() { panels.append(content.panel(row: y + offset, column: 1)) }
            y += 2
        } else {
            for (x, content) in course.enumerated() { panels.append(content.panel(row: y, column: x)) }
            y += 1
        }
        if let importance { panels.append(importance.panel(row: y, column: 0, columnSpan: 2)) }
        let heights = rows.indices.map { $0 == 0 ? 190.0 : 150 } + (reliability == nil ? [100] : [100, 100]) + [150]
        return Figure(
            title: title, subtitle: subtitle, rowHeights: heights, metadata: FigureWords.metadata(of: run)
        ) { panels }
    }

    private struct Content {
        let title: String
        let caption: String?
        let chart: any Chart

        init(_ title: String, caption: String? = nil, _ chart: any Chart) {
            self.title = title
            self.caption = caption
            self.chart = chart
        }

        func panel(row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1) -> Panel {
            Panel(
                title, row: row, column: column, rowSpan: rowSpan, columnSpan: columnSpan, caption: caption,
                AnyChart(chart))
        }
    }

    // MARK: Classes

    /// The curves over all thresholds; of more than two classes with the areas below them, whose colours name the curves.
    private var classifierRows: [[Content]] {
        guard !drawing.curvePoints.isEmpty else { return [] }
        let rate = Axis("true positive rate, %", range: 0...100)
        let precision = Axis("precision, %", range: 0...100)
        let curves = [
            Content(
                "Receiver operating characteristic", caption: meanWords(0, "area"),
                curves(0, x: Axis("false positive rate, %", range: 0...100), y: rate)),
            Content(
                "Precision and recall", caption: meanWords(1, "average precision"),
                curves(1, x: Axis("recall, %", range: 0...100), y: precision)),
        ]
        guard classCount > 2 else { return [curves] }
        return [
            curves,
            [
                Content("Area under each class’s characteristic", areaBars(0)),
                Content("Average precision of each class", areaBars(1)),
            ],
        ]
    }

    private func areaBars(_ kind: Int) -> BarChart {
        BarChart(
            (0..<classCount).filter { !area(kind, $0).isNaN }.map { label in
                .init(
                    summary.classNames[label], area(kind, label),
                    valueText: NumberText.fixed(area(kind, label), decimals: 3), color: Palette.groupColor(label))
            })
    }

    /// The curves of kind 0 (characteristics) or 1 (precision and recall): one a class, of two classes the second's only.
    private func curves(_ kind: Int, x: Axis, y: Axis) -> LineChart {
        var start = 0
        var all: [Curve] = []
        for count in drawing.curvePoints.map({ Int($0) }) {
            all.append(
                Curve(
                    x: drawing.curveX[start..<start + count].map { 100 * Double($0) },
                    y: drawing.curveY[start..<start + count].map { 100 * Double($0) }))
            start += count
        }
        let shown = classCount == 2 ? [1] : Array(0..<classCount)
        return LineChart(
            shown.filter { !area(kind, $0).isNaN }.map { label in
                let curve = all[kind * classCount + label]
                return Series(x: curve.x, y: curve.y, color: Palette.groupColor(label))
            }, x: x, y: y, labels: .none)
    }

    private func area(_ kind: Int, _ label: Int) -> Double { drawing.areas[kind * classCount + label] }

    private func meanArea(_ kind: Int) -> Double {
        let known = (0..<classCount).map { area(kind, $0) }.filter { !$0.isNaN }
        return known.reduce(0, +) / Double(max(known.count, 1))
    }

    /// "area 0.981 (virginica)" of two classes, else "mean area 0.981".
    private func meanWords(_ kind: Int, _ name: String) -> String {
        classCount == 2
            ? "\(name) \(NumberText.fixed(area(kind, 1), decimals: 3)), for \(summary.classNames[1])"
            : "mean \(name) of classes \(NumberText.fixed(meanArea(kind), decimals: 3))"
    }

    private var bins: [ReliabilityDiagram.Bin] {
        stride(from: 0, to: drawing.calibration.count, by: 3).map { place in
            ReliabilityDiagram.Bin(
                predicted: drawing.calibration[place], observed: drawing.calibration[place + 1],
                count: Int(drawing.calibration[place + 2]))
        }
    }

    private var reliability: Content? {
        guard !drawing.calibration.isEmpty else { return nil }
        return Content(
            "Calibration", caption: "expected error \(percent(calibrationError, decimals: 1))",
            ReliabilityDiagram(
                [.init(nil, bins)], x: "confidence in the predicted class", y: "share that is right",
                count: "test rows"))
    }

    private var calibrationError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        return bins.reduce(0) { $0 + Double($1.count) / Double(max(total, 1)) * abs($1.observed - $1.predicted) }
    }

    // MARK: Values

    private var residuals: [Double] { zip(drawing.values, drawing.predictions).map { Double($0) - Double($1) } }

    private var regressionRows: [[Content]] {
        let target = summary.targetName ?? "value"
        return [
            [
                Content(
                    "Residuals: true minus predicted",
                    ScatterChart(
                        x: drawing.predictions.map { Double($0) }, y: residuals, xAxis: Axis("predicted " + target),
                        yAxis: Axis("residual"), referenceLines: [ReferenceLine("no error", at: 0)])),
                Content(
                    "How residuals are spread",
                    Histogram(
                        residuals, thresholds: [ReferenceLine("no error", at: 0)], x: Axis("residual"),
                        y: Axis("test rows")
                    )),
            ]
        ]
    }

    // MARK: Columns

    private var importance: Content? {
        guard let names = summary.columnNames, !drawing.importances.isEmpty else { return nil }
        let repeats = FittingDrawing.importanceRepeats
        let scale = isClassifier ? 100.0 : 1
        let losses = names.indices.map { column in
            drawing.importances[column * repeats..<(column + 1) * repeats].map { $0 * scale }
        }
        let means = losses.map { $0.reduce(0, +) / Double(repeats) }
        let order = means.indices.sorted { (means[$1], $0) < (means[$0], $1) }.prefix(Self.mostBars)
        return Content(
            isClassifier ? "Loss of accuracy when a column is shuffled, %" : "Loss of R² when a column is shuffled",
            caption: "mean and range of \(repeats)",
            IntervalChart(
                order.map { column in
                    let (low, high) = (losses[column].min() ?? 0, losses[column].max() ?? 0)
                    return .init(names[column], means[column], interval: low...high)
                }))
    }

    // MARK: Words

    private func percent(_ share: Double, decimals: Int) -> String {
        NumberText.fixed(100 * share, decimals: decimals) + " %"
    }

    private var title: String {
        let subject = run.record.subject.title
        guard isClassifier else {
            let middle = Quantile.median(residuals.map { Double($0.magnitude) })
            return "Half of the predictions of \(summary.targetName ?? subject) are off by less than "
                + NumberText.short(middle)
        }
        return "On \(subject), confidence and accuracy differ by \(percent(calibrationError, decimals: 1)) on average"
    }

    private var subtitle: String {
        [
            FigureWords.rows(
                summary.trainingCount, test: summary.isOutOfFold == true ? nil : summary.testCount, of: run.record),
            FigureWords.seeds([run.seeds[0].seed]),
        ].joined(separator: " · ")
    }
}
