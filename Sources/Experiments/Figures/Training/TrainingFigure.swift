internal import FileFormats
internal import Plotting

/// What became of an agent: its return over the steps of training, and what the algorithm says about itself.
struct TrainingFigure: RunFigure {
    /// Where a seed's drawing keeps the returns of its evaluation, `[episodes]`.
    static let evaluationName = "evaluationReturns"

    private let run: StoredRun
    private let words: TrainingWords
    private let drawings: [TrainingDrawing]
    private let returns: SeedCurves?
    private let evaluations: SeedCurves?

    init(_ run: StoredRun) throws {
        self.run = run
        drawings = try run.seeds.map { try TrainingDrawing($0.drawing) }
        returns = SeedCurves(run, "episodeReturn")
        evaluations = SeedCurves(run, "evaluationReturn")
        words = TrainingWords(run, drawings, returns: returns)
    }

    var figures: [(name: String, figure: Figure)] {
        var figures = [("training", training)]
        if let diagnostics = TrainingDiagnostics(run, words, drawings).figure {
            figures.append(("diagnostics", diagnostics))
        }
        if let policy = PolicyFigure(run, words, drawings) { figures.append(("policy", policy.figure)) }
        return figures
    }

    private var training: Figure {
        let returns = self.returns
        return Figure(
            title: words.title, subtitle: words.subtitle, rowHeights: [165, 82, 82],
            metadata: FigureWords.metadata(of: run)
        ) {
            if let returns {
                Panel("Return of an episode", columnSpan: 3, caption: caption(of: returns), returnChart(returns))
            }
            for (index, panel) in smallPanels.enumerated() {
                Panel(panel.title, row: 1 + index / 3, column: index % 3, panel.chart)
            }
        }
    }

    /// The returns over steps with the line at which the task counts as solved.
    private func returnChart(_ returns: SeedCurves) -> LineChart {
        var series = [returns.series(evaluations == nil ? nil : "training", color: Palette.color(0))]
        if var evaluated = evaluations?.series("evaluation", color: Palette.color(1)) {
            evaluated.faint = []
            series.append(evaluated)
        }
        return LineChart(
            series, x: words.stepsAxis,
            referenceLines: run.record.subject.solvedReturn.map {
                [ReferenceLine("solved: \(NumberText.short($0))", at: $0)]
            } ?? [])
    }

    private func caption(of returns: SeedCurves) -> String {
        returns.caption + (evaluations == nil ? "" : " · evaluation: likeliest actions")
    }

    /// The panel that stands for this run in an overview.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        returns.map { (words.title, caption(of: $0), returnChart($0)) }
    }

    private var smallPanels: [(title: String, chart: LineChart)] {
        var panels = ["entropy", "approximateKL", "clipFraction", "explainedVariance", "valueLoss"].compactMap {
            words.panel(of: $0)
        }
        let speed = SeedSummary(run.seeds.map { Self.speed(of: $0.history) })
        let fastest = speed.curves.flatMap(\.y).max() ?? 1
        panels.append(
            (
                "Thousand steps a second",
                LineChart(
                    Series(nil, speed), x: words.stepsAxis.untitled(), y: Axis(range: 0...1.1 * max(fastest, 1e-9)),
                    labels: .none)
            ))
        return panels
    }

    /// Thousand steps a second over each twentieth of the updates.
    private static func speed(of history: MetricsHistory) -> Curve {
        let count = history.completed.count
        let stride = max(1, count / 20)
        var x: [Double] = [], y: [Double] = []
        var (lastSteps, lastSeconds) = (0, 0.0)
        for index in Swift.stride(from: stride - 1, to: count, by: stride) {
            let (steps, seconds) = (history.completed[index], history.seconds[index])
            if seconds > lastSeconds {
                x.append(Double(steps))
                y.append(Double(steps - lastSteps) / (seconds - lastSeconds) / 1000)
            }
            (lastSteps, lastSeconds) = (steps, seconds)
        }
        return Curve(x: x, y: y)
    }
}
