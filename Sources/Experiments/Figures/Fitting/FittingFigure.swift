internal import FileFormats
internal import Plotting

/// How a fit went: loss and accuracy over epochs, which classes are taken for which, and the worst mistakes; or, for
/// values, what was predicted against what is true.
struct FittingFigure: RunFigure {
    /// Mistakes side by side, with room for the names of two classes above each.
    private static let mistakesPerRow = 3
    /// Confusions of more classes are not legible.
    private static let mostClasses = 30

    private let run: StoredRun
    private let drawing: FittingDrawing

    init(_ run: StoredRun) throws {
        self.run = run
        drawing = try FittingDrawing(run.seeds[0].drawing)
    }

    private var summary: FittingDrawing.Summary { drawing.summary }
    private var classCount: Int { summary.classNames.count }
    private var isClassifier: Bool { summary.accuracy != nil }

    var figures: [(name: String, figure: Figure)] {
        [("fit", fit), ("diagnostics", FittingDiagnostics(run, drawing).figure)]
            + (ScoresFigure(run).map { [("scores", $0.figure)] } ?? []) + search
    }

    /// How the search for settings went, where there was one.
    private var search: [(name: String, figure: Figure)] {
        guard let csv = try? run.seeds[0].drawing.decode("trials", as: String.self),
            let trials = try? TuningTrials(csv: Array(csv.utf8), name: "trials.csv")
        else { return [] }
        return TuningFigure(
            trials, title: "The fit of \(run.record.subject.title)", metadata: FigureWords.metadata(of: run)
        ).figures
    }

    private var fit: Figure {
        let mistakes = mistakes
        let rows = 1 + mistakes.count
        return Figure(
            title: title, subtitle: subtitle, rowHeights: mistakes.isEmpty ? [230] : [150, 62],
            columnWeights: [1, 1, 1.5], metadata: FigureWords.metadata(of: run)
        ) {
            Panel(
                isClassifier ? "Cross entropy, nats" : "Squared error over variance (log scale)",
                columnSpan: isClassifier ? 1 : 2, loss)
            if isClassifier { Panel("Accuracy, %", column: 1, accuracy) }
            if isClassifier && classCount <= Self.mostClasses {
                Panel("Predictions for the \(tested), % of each class", column: 2, rowSpan: rows, confusion)
            }
            if !isClassifier {
                Panel("\(tested.capitalizedFirst): predicted against true", column: 2, rowSpan: rows, predicted)
            }
            for (index, grid) in mistakes.enumerated() {
                Panel(
                    index == 0 ? "The most confident mistakes" : "", row: 1 + index, columnSpan: 2,
                    caption: index == 0 ? "true → predicted" : nil, grid)
            }
        }
    }

    /// The panel that stands for this run in an overview.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        guard isClassifier else { return (title, nil, predicted) }
        return classCount <= Self.mostClasses ? (title, nil, confusion) : (title, nil, accuracy)
    }

    private var loss: LineChart {
        TrainingCurves.chart(
            run.seeds[0].history.ofKeptFit, training: "trainingLoss", validation: "validationLoss",
            y: isClassifier ? .automatic : .logarithmic)
    }

    private var accuracy: LineChart {
        TrainingCurves.chart(
            run.seeds[0].history.ofKeptFit, training: "trainingAccuracy", validation: "validationAccuracy", scale: 100)
    }

    private var confusion: HeatMap {
        let counts = (0..<classCount).map { row in
            (0..<classCount).map { Int(drawing.confusion[row * classCount + $0]) }
        }
        return HeatMap.confusion(counts, classes: summary.classNames)
    }

    private var predicted: ScatterChart {
        ScatterChart(
            x: drawing.values.map { Double($0) }, y: drawing.predictions.map { Double($0) },
            xAxis: Axis("true " + (summary.targetName ?? "value")),
            yAxis: Axis("predicted " + (summary.targetName ?? "value")), identity: "as it is")
    }

    private var mistakes: [ImageGrid] {
        guard let picture = summary.picture else { return [] }
        let images = picture.images(drawing.mistakes)
        return stride(from: 0, to: images.count, by: Self.mistakesPerRow).map { start in
            let shown = start..<min(start + Self.mistakesPerRow, images.count)
            return ImageGrid(
                [.init("", Array(images[shown]))],
                columnTitles: shown.map {
                    "\(name(drawing.mistakeClasses[$0])) → \(name(drawing.mistakePredictions[$0]))"
                })
        }
    }

    private func name(_ label: Int32) -> String {
        summary.classNames.indices.contains(Int(label)) ? summary.classNames[Int(label)] : "\(label)"
    }

    // MARK: Words

    private var title: String {
        let subject = run.record.subject.title
        let end = run.isComplete ? "" : " (interrupted)"
        if let accuracy = summary.accuracy {
            let share = NumberText.fixed(100 * accuracy, decimals: 1)
            return "\(share) % of the \(tested) of \(subject) are classified right" + end
        }
        let explained = NumberText.fixed(100 * (1 - summary.loss), decimals: 1)
        let rows = summary.isOutOfFold == true ? " in held-out folds" : ""
        return "The network explains \(explained) % of the variance of \(summary.targetName ?? subject)" + rows + end
    }

    /// The rows that were predicted.
    private var tested: String { summary.isOutOfFold == true ? "held-out rows" : "test rows" }

    private var subtitle: String {
        let folds = run.record.number("folds") ?? 0
        let history = run.seeds[0].history.ofKeptFit
        let parts: [String?] = [
            FigureWords.rows(
                summary.trainingCount, test: summary.isOutOfFold == true ? nil : summary.testCount, of: run.record),
            network, folds > 0 ? "\(FigureWords.count(Int(folds), "fold"))" : nil,
            FigureWords.seeds([run.seeds[0].seed]),
            "\(NumberText.short(history.last("epoch") ?? 0)) epochs in "
                + FigureWords.duration(history.seconds.last ?? 0),
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }

    /// The kind of network and its layers.
    private var network: String {
        let settings = run.record.settings
        func text(_ name: String) -> String { settings[name]?.value.description ?? "" }
        switch settings["model"]?.value {
        case .text("cnn")?: return "channels \(text("channels")), hidden layers \(text("hiddenSizes"))"
        case .text("linear")?: return "linear"
        case .text("text")?: return "vectors of \(text("embeddingSize")), \(text("textEncoder"))"
        case .text("factorization")?: return "vectors of \(text("embeddingSize"))"
        default: return "hidden layers \(text("hiddenSizes"))"
        }
    }
}
