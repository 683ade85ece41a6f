internal import Plotting

/// How the errors of an autoencoder are spread over test rows, which rows it reproduces worst, and how the fit went.
struct EncodingDiagnostics {
    /// Rows with larger errors than this share of all are called unusual.
    static let unusualShare = 0.05

    private let run: StoredRun
    private let drawing: EncodingDrawing

    init(_ run: StoredRun, _ drawing: EncodingDrawing) {
        self.run = run
        self.drawing = drawing
    }

    /// The error that 95 % of the test rows do not exceed.
    private var threshold: Double {
        let sorted = drawing.errors.map { Double($0) }.sorted()
        let place = (1 - Self.unusualShare) * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }

    var figure: Figure {
        let worst = worst
        return Figure(
            title: title, subtitle: subtitle, rowHeights: worst == nil ? [170, 110] : [170, 110, 120],
            metadata: FigureWords.metadata(of: run)
        ) {
            Panel(
                "Error of each test row: mean squared error of an element", columnSpan: 2,
                caption: "\(FigureWords.count(drawing.errors.count, "test row"))", histogram)
            Panel("Learning rate", row: 1, TrainingCurves.chart(run.seeds[0].history, "learningRate"))
            Panel("Gradient norm", row: 1, column: 1, TrainingCurves.chart(run.seeds[0].history, "gradientNorm"))
            if let worst { Panel("The test rows with the largest errors", row: 2, columnSpan: 2, worst) }
        }
    }

    private var histogram: Histogram {
        Histogram(
            drawing.errors.map { Double($0) },
            thresholds: [ReferenceLine("95 % of rows: \(NumberText.short(threshold))", at: threshold)],
            y: Axis("test rows"))
    }

    private var worst: ImageGrid? {
        guard let picture = drawing.summary.picture else { return nil }
        return ImageGrid([
            .init("original", picture.images(drawing.worst)),
            .init("from the code", picture.images(drawing.worstCopies)),
        ])
    }

    private var title: String {
        "95 % of the test rows of \(run.record.subject.title) have an error below \(NumberText.short(threshold))"
    }

    private var subtitle: String {
        let largest = drawing.errors.max().map { NumberText.short(Double($0)) } ?? "–"
        return [
            "mean \(NumberText.short(drawing.summary.meanSquaredError)), largest \(largest)",
            "rows above that are unlike those learned from", FigureWords.seeds([run.seeds[0].seed]),
        ].joined(separator: " · ")
    }
}
