internal import FileFormats
public import Plotting

/// What a figure was asked to show, of which runs: kept inside the figure's file as JSON, so that the figure can be drawn
/// again from it and from the runs' folders.
public struct FigureRequest: Codable, Sendable, Equatable {
    /// What is drawn.
    public enum Content: Codable, Sendable, Equatable {
        /// One of the figures that every run leaves, by the name of its file: "training".
        case run(name: String)
        /// Several runs at a glance.
        case overview
        /// Metrics of several runs over a common axis.
        case metrics(MetricPlot)
    }

    /// A run that a figure was drawn from.
    public struct Source: Codable, Sendable, Equatable {
        public var name: String
        /// Relative to the folder in which the figure was asked for.
        public var folder: String
        /// `StoredRun.checksum` when the figure was drawn.
        public var checksum: String
    }

    /// Under which name files keep a request.
    static let keyword = "Request"

    public var content: Content
    public var sources: [Source]
    public var theme: Theme
    /// The command that asked for the figure; nil where that is the run's own.
    public var command: String?
    /// The version of Fledge that drew the figure.
    public var version: String

    /// - Parameter folders: where the runs lie, in the same order.
    /// - Throws: what encoding a run's data throws.
    public init(
        _ content: Content, of runs: [StoredRun], in folders: [RunFolder], theme: Theme = .light,
        command: [String]? = nil
    ) throws {
        self.content = content
        self.theme = theme
        self.command = command?.joined(separator: " ")
        sources = try zip(runs, folders).map { run, folder in
            Source(name: run.record.name, folder: folder.path, checksum: try run.checksum)
        }
        version = Versions.current.fledge
    }

    /// The figure, which says where it comes from.
    ///
    /// - Parameter runs: those of `sources`, in their order.
    /// - Throws: `ExperimentError` if the runs lack what is asked for.
    public func figure(of runs: [StoredRun]) throws -> Figure {
        var figure: Figure
        switch content {
        case .run(let name):
            let figures = try RunFigures.figures(of: runs[0])
            guard let found = figures.first(where: { $0.name == name }) else {
                throw ExperimentError(
                    .usage, "the run \(runs[0].record.name) has no figure '\(name)'",
                    advice: "it has \(figures.map(\.name).joined(separator: ", "))")
            }
            figure = found.figure
        case .overview: figure = try RunFigures.overview(of: runs)
        case .metrics(let plot): figure = try MetricPlotFigure(plot, of: runs).figure
        }
        try stamp(&figure)
        return figure
    }

    /// Writes this request into the figure's metadata.
    func stamp(_ figure: inout Figure) throws {
        if let command { figure.metadata.insert(("Command", command), at: 0) }
        figure.metadata.append((Self.keyword, try JSONText.line(self)))
    }
}
