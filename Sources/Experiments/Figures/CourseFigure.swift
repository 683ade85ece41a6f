internal import Plotting

/// How far a run has come that was not concluded yet, and so knows nothing but its metrics.
struct CourseFigure: RunFigure {
    /// The file that the figure of the concluded run will have, and the metrics that show the course of the work.
    private static let kinds: [String: (name: String, metrics: [String])] = [
        "cluster": ("clusters", ["inertia"]),
        "encode": ("encoding", ["trainingLoss", "validationLoss", "learningRate", "gradientNorm"]),
        "fit": ("fit", ["trainingLoss", "validationLoss", "trainingAccuracy", "validationAccuracy"]),
    ]

    private let run: StoredRun

    init(_ run: StoredRun) { self.run = run }

    var figures: [(name: String, figure: Figure)] {
        let kind = Self.kinds[run.record.verb] ?? ("course", [])
        var plot = MetricPlot()
        plot.y = kind.metrics.filter { metric in run.seeds.contains { $0.history.last(metric) != nil } }
        plot.title = title
        guard var figure = try? MetricPlotFigure(plot, of: [run]).figure else { return [] }
        figure.metadata = FigureWords.metadata(of: run)
        return [(kind.name, figure)]
    }

    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        figures.first?.figure.panels.first.map { (title, $0.caption, AnyChart($0.chart)) }
    }

    private var title: String {
        let history = run.seeds.first?.history
        return "\(run.record.verb) of \(run.record.subject.title), after "
            + FigureWords.count(history?.completed.last ?? 0, String(history?.unit.dropLast() ?? "step"))
    }
}
