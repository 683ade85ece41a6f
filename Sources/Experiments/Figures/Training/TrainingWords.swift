internal import Plotting

/// What the figures of a training have in common: words and the axis of steps.
struct TrainingWords {
    private let run: StoredRun
    private let returns: SeedCurves?
    /// The mean evaluation return of each seed that was evaluated.
    private let evaluations: [Double]
    let steps: Int

    init(_ run: StoredRun, _ drawings: [TrainingDrawing], returns: SeedCurves?) {
        self.run = run
        self.returns = returns
        evaluations = drawings.map(\.evaluationReturns).filter { !$0.isEmpty }.map {
            $0.reduce(0, +) / Double($0.count)
        }
        steps = run.seeds.compactMap(\.history.completed.last).max() ?? 0
    }

    var algorithm: String { FigureWords.algorithm(of: run.record) }
    var task: String { run.record.subject.title }

    var stepsAxis: Axis {
        var axis = Axis.environmentSteps
        if steps > 0 { axis.range = 0...Double(steps) }
        return axis
    }

    /// A small panel of one metric over the steps; nil if it was never measured.
    ///
    /// - Parameter isTitled: whether the axis of steps has its words; panels below one that has them need none.
    func panel(of name: String, isTitled: Bool = false) -> (title: String, chart: LineChart)? {
        let metric = MetricWords.of(name)
        guard let curves = SeedCurves(run, name, scale: metric.scale, axis: metric.axis) else { return nil }
        return (
            metric.title + (metric.axis == .logarithmic ? " (log scale)" : ""),
            LineChart(
                curves.series(), x: isTitled ? stepsAxis : stepsAxis.untitled(),
                y: metric.axis(showing: curves.raw.flatMap(\.y)), labels: .none)
        )
    }

    var title: String {
        guard !evaluations.isEmpty else {
            return "\(algorithm) on \(task), interrupted after \(FigureWords.count(steps, "step"))"
        }
        let final = InterquartileMean.of(evaluations)
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

    var subtitle: String {
        var parts = [FigureWords.count(steps, "step"), FigureWords.seeds(run.seeds.map(\.seed))]
        if !evaluations.isEmpty {
            parts.append(
                "final return: mean of 100 deterministic episodes of the best agent"
                    + (evaluations.count > 1 ? ", interquartile mean of seeds" : ""))
        }
        let seconds = run.seeds.compactMap(\.history.seconds.last).max() ?? 0
        parts.append("trained in \(FigureWords.duration(seconds))")
        return parts.joined(separator: " · ")
    }
}
