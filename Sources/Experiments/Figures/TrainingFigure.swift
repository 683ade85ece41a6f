internal import FileFormats
internal import Plotting

/// What became of an agent: its return over the steps of training, and what the algorithm says about itself.
struct TrainingFigure: RunFigure {
    static let name = "training"
    /// Where a seed's drawing keeps the returns of its evaluation, `[episodes]`.
    static let evaluationName = "evaluationReturns"

    private let run: StoredRun
    private let returns: SeedCurves?
    /// The mean evaluation return of each seed that was evaluated.
    private let evaluations: [Double]

    init(_ run: StoredRun) throws {
        self.run = run
        returns = SeedCurves(run, "episodeReturn")
        // A run that goes on has not been evaluated.
        evaluations = try run.seeds.filter { $0.drawing.array(Self.evaluationName) != nil }.compactMap { seed in
            let returns = try seed.drawing.doubles(Self.evaluationName)
            return returns.isEmpty ? nil : returns.reduce(0, +) / Double(returns.count)
        }
    }

    var figure: Figure {
        let returns = self.returns
        return Figure(
            title: title, subtitle: subtitle, rowHeights: [165, 82, 82], metadata: FigureWords.metadata(of: run)
        ) {
            if let returns {
                Panel(
                    "Return of an episode in training", columnSpan: 3, caption: returns.caption,
                    returnChart(returns))
            }
            for (index, panel) in smallPanels.enumerated() {
                Panel(panel.title, row: 1 + index / 3, column: index % 3, panel.chart)
            }
        }
    }

    /// The return over steps with the line at which the task counts as solved.
    private func returnChart(_ returns: SeedCurves) -> LineChart {
        LineChart(
            returns.series(), x: stepsAxis,
            referenceLines: run.record.subject.solvedReturn.map {
                [ReferenceLine("solved: \(NumberText.short($0))", at: $0)]
            } ?? [])
    }

    /// The panel that stands for this run in an overview.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        returns.map { (title, $0.caption, returnChart($0)) }
    }

    private var stepsAxis: Axis {
        var axis = Axis.environmentSteps
        if steps > 0 { axis.range = 0...Double(steps) }
        return axis
    }

    private var smallPanels: [(title: String, chart: LineChart)] {
        let metrics: [(name: String, title: String, scale: Double, axis: Axis)] = [
            ("entropy", "Policy entropy, nats", 1, .automatic),
            ("approximateKL", "Approximate KL per update", 1, .automatic),
            ("clipFraction", "Share of clipped ratios, %", 100, .automatic),
            ("explainedVariance", "Explained variance of the value", 1, .automatic),
            ("valueLoss", "Value loss (log scale)", 1, .logarithmic),
        ]
        var panels = metrics.compactMap { metric -> (title: String, chart: LineChart)? in
            guard let curves = SeedCurves(run, metric.name, scale: metric.scale, axis: metric.axis.scale) else {
                return nil
            }
            return (
                metric.title,
                LineChart(curves.series(), x: stepsAxis.untitled(), y: metric.axis, labels: .none)
            )
        }
        let speed = SeedSummary(run.seeds.map { Self.speed(of: $0.history) })
        let fastest = speed.curves.flatMap(\.y).max() ?? 1
        panels.append(
            (
                "Thousand steps a second",
                LineChart(
                    Series(nil, speed), x: stepsAxis.untitled(), y: Axis(range: 0...1.1 * max(fastest, 1e-9)),
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

    // MARK: Words

    private var algorithm: String { FigureWords.algorithm(of: run.record) }

    private var steps: Int { run.seeds.compactMap(\.history.completed.last).max() ?? 0 }

    private var title: String {
        let task = run.record.subject.title
        guard let final = FigureWords.median(evaluations) else {
            return "\(algorithm) on \(task), interrupted after \(FigureWords.count(steps, "step"))"
        }
        if let solved = run.record.subject.solvedReturn, final >= solved, let step = firstStep(reaching: solved) {
            return "\(algorithm) solves \(task) after \(FigureWords.count(step, "step")); final return "
                + NumberText.fixed(final, decimals: 1)
        }
        return "\(algorithm) reaches \(NumberText.fixed(final, decimals: 1)) on \(task) after "
            + FigureWords.count(steps, "step")
    }

    /// Where the line of the chart first reaches `goal`, to two digits.
    private func firstStep(reaching goal: Double) -> Int? {
        guard let summary = returns?.summary else { return nil }
        guard let index = summary.line.firstIndex(where: { $0 >= goal }) else { return nil }
        return FigureWords.rounded(summary.x[index])
    }

    private var subtitle: String {
        var parts = [FigureWords.count(steps, "step"), FigureWords.seeds(run.seeds.map(\.seed))]
        if !evaluations.isEmpty {
            parts.append(
                "final return: mean of 100 deterministic episodes of the best agent"
                    + (evaluations.count > 1 ? ", median of seeds" : ""))
        }
        let seconds = run.seeds.compactMap(\.history.seconds.last).max() ?? 0
        parts.append("trained in \(FigureWords.duration(seconds))")
        return parts.joined(separator: " · ")
    }
}
