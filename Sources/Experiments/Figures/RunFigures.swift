internal import FileFormats
public import Plotting

/// The figures of one kind of run.
protocol RunFigure {
    init(_ run: StoredRun) throws
    /// Under the names of their files. The first one's title says the result of the run.
    var figures: [(name: String, figure: Figure)] { get }
    /// The chart that stands for the run among others, its title saying the result; nil if there is nothing to show.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? { get }
}

/// The figures of runs, drawn from what they left.
public enum RunFigures {
    private static func type(of run: StoredRun) throws -> any RunFigure.Type {
        let isConcluded = run.seeds.allSatisfy { $0.drawing.valueNames.contains("summary") }
        switch run.record.verb {
        case "train": return TrainingFigure.self
        case "cluster": return isConcluded ? ClusteringFigure.self : CourseFigure.self
        case "encode": return isConcluded ? EncodingFigure.self : CourseFigure.self
        case "fit": return isConcluded ? FittingFigure.self : CourseFigure.self
        default:
            throw ExperimentError(.badData, "the run \(run.record.name) is of an unknown kind: \(run.record.verb)")
        }
    }

    /// The figures of a run under their files' names; the first one's title is the run's headline.
    public static func figures(of run: StoredRun) throws -> [(name: String, figure: Figure)] {
        let episode = EpisodeFigure(run).map { [(EpisodeFigure.name, $0.figure)] } ?? []
        return try type(of: run).init(run).figures + episode
    }

    /// The same, each saying inside its file how it can be drawn again.
    ///
    /// - Parameter folder: where the run lies.
    public static func figures(of run: StoredRun, in folder: RunFolder) throws -> [(name: String, figure: Figure)] {
        var request = try FigureRequest(.overview, of: [run], in: [folder])
        return try figures(of: run).map { name, figure in
            var figure = figure
            request.content = .run(name: name)
            try request.stamp(&figure)
            return (name, figure)
        }
    }

    /// One figure with a panel for each run.
    public static func overview(of runs: [StoredRun]) throws -> Figure {
        let panels = try runs.compactMap { try type(of: $0).init($0).mainPanel }
        let columns = panels.count > 1 ? 2 : 1
        let hardware = runs.first?.record.hardware
        return Figure(
            title: runs.count == 1 ? "One run" : "\(runs.count) runs at a glance",
            subtitle: [
                runs.map(\.record.name).joined(separator: ", "),
                hardware.map { "\($0.processor), \(FigureWords.count($0.coreCount, "core"))" },
            ].compactMap(\.self).joined(separator: " · "),
            rowHeights: [215],
            metadata: [
                ("Run", runs.map(\.record.name).joined(separator: " ")),
                ("Origin", runs.map(\.record.commandLine).joined(separator: "; ")),
            ]
        ) {
            for (index, panel) in panels.enumerated() {
                Panel(
                    panel.title, row: index / columns, column: index % columns, caption: panel.caption,
                    AnyChart(panel.chart))
            }
        }
    }
}
