internal import FileFormats
internal import Foundation
internal import Plotting

/// What clusters look like: where they lie, how large they are, what their centroids are.
struct ClusteringFigure: RunFigure {
    /// Pictures side by side: larger ones show more.
    private static let picturesPerRow = 5
    /// Clusters whose farthest rows are shown too.
    private static let mostFarthest = 10
    /// Clusters whose sizes are shown, the largest ones of many.
    private static let mostBars = 16
    /// Blades of more clusters are too thin to be told apart.
    private static let mostBlades = 30
    /// Centroids and columns of tables that are printed as numbers.
    private static let mostTableRows = 12
    private static let mostTableColumns = 6

    private let run: StoredRun
    private let drawing: ClusteringDrawing

    init(_ run: StoredRun) throws {
        self.run = run
        drawing = try ClusteringDrawing(run.seeds[0].drawing)
    }

    private var summary: ClusteringDrawing.Summary { drawing.summary }
    private var clusterCount: Int { drawing.sizes.count }

    var figures: [(name: String, figure: Figure)] {
        [("clusters", clusters), ("diagnostics", ClusteringDiagnostics(run, drawing).figure)]
    }

    private var clusters: Figure {
        let pictures = pictures
        let (first, rows) = (drawing.groups.isEmpty ? 0 : 1, max(pictures.count, 1))
        return Figure(
            title: title, subtitle: subtitle,
            rowHeights: [165]
                + (pictures.isEmpty ? [table == nil ? 60 : 130] : pictures.map { 50 * Double($0.rows.count) }),
            columnWeights: first > 0 ? [1.55, 1, 1] : [], metadata: FigureWords.metadata(of: run)
        ) {
            if first > 0 { Panel(scatterTitle, rowSpan: 1 + rows, caption: scatterCaption, scatter) }
            if let silhouettes {
                Panel(silhouetteTitle, column: first, silhouettes)
            } else {
                Panel("Inertia of each iteration", column: first, ClusteringDiagnostics.inertia(run))
            }
            Panel(
                clusterCount > Self.mostBars ? "Rows in the largest clusters" : "Rows in each cluster",
                column: first + 1, sizes)
            if let table { Panel("The centroids", row: 1, column: first, columnSpan: 2, table) }
            for (index, grid) in pictures.enumerated() {
                Panel(index == 0 ? picturesTitle : "", row: 1 + index, column: first, columnSpan: 2, grid)
            }
        }
    }

    /// The panel that stands for this run in an overview.
    var mainPanel: (title: String, caption: String?, chart: any Chart)? {
        if drawing.groups.isEmpty { return (title, nil, sizes) }
        return (title, scatterCaption, scatter)
    }

    private var scatterTitle: String { "Rows on two principal components" }

    private var scatterCaption: String? {
        drawing.groups.count < summary.rowCount
            ? "\(NumberText.fixed(Double(drawing.groups.count))) of \(NumberText.fixed(Double(summary.rowCount))) rows"
            : nil
    }

    private var scatter: ScatterChart {
        let places = drawing.places.map { Double($0) }
        let centres = drawing.centroidPlaces.map { Double($0) }
        func axis(_ index: Int) -> Axis {
            Axis(
                "component \(index + 1) (\(NumberText.fixed(100 * summary.shownVariance[index], decimals: 1)) % of variance)"
            )
        }
        return ScatterChart(
            x: stride(from: 0, to: places.count, by: 2).map { places[$0] },
            y: stride(from: 1, to: places.count, by: 2).map { places[$0] }, groups: drawing.groups.map { Int($0) },
            markers: (0..<centres.count / 2).map {
                .init("\($0)", x: centres[2 * $0], y: centres[2 * $0 + 1], group: $0)
            }, xAxis: axis(0), yAxis: axis(1))
    }

    private var sizes: BarChart {
        let largest = drawing.sizes.indices.sorted {
            (drawing.sizes[$1], $0) < (drawing.sizes[$0], $1)
        }
        let order = clusterCount > Self.mostBars ? Array(largest.prefix(Self.mostBars)) : Array(drawing.sizes.indices)
        return BarChart(
            order.map {
                .init("\($0)", Double(drawing.sizes[$0]), color: Palette.groupColor($0))
            })
    }

    private var silhouettes: SilhouetteChart? {
        guard !drawing.silhouettes.isEmpty, clusterCount <= Self.mostBlades else { return nil }
        return SilhouetteChart(
            drawing.silhouettes, clusters: drawing.silhouetteClusters.map { Int($0) }, x: .automatic)
    }

    private var silhouetteTitle: String {
        drawing.silhouettes.count < summary.rowCount
            ? "Silhouettes of \(FigureWords.count(drawing.silhouettes.count, "row"))" : "Silhouettes by cluster"
    }

    /// The centroids of a table of few columns; nil if there are many, or rows are images.
    private var table: ResultTable? {
        let d = summary.columnCount
        guard summary.picture == nil, d <= Self.mostTableColumns, clusterCount <= Self.mostTableRows else { return nil }
        return ResultTable(
            columns: ["cluster"] + summary.columnNames,
            rows: (0..<clusterCount).map { cluster in
                ["\(cluster)"] + (0..<d).map { NumberText.short(Double(drawing.centroids[cluster * d + $0])) }
            })
    }

    private var picturesTitle: String {
        clusterCount <= Self.mostFarthest ? "Each centroid, and the row farthest from it" : "The centroids"
    }

    /// The centroids as images, each above the row of its cluster that is farthest from it; none if rows are no images.
    private var pictures: [ImageGrid] {
        guard let picture = summary.picture else { return [] }
        let centroids = picture.images(drawing.centroids)
        if clusterCount > Self.mostFarthest {
            let columns = max(12, Int(Double(3 * clusterCount).squareRoot()))
            return [
                ImageGrid(
                    stride(from: 0, to: clusterCount, by: columns).map { start in
                        let end = min(start + columns, clusterCount)
                        return .init("\(start)–\(end - 1)", Array(centroids[start..<end]))
                    })
            ]
        }
        let farthest = picture.images(drawing.farthest)
        return stride(from: 0, to: clusterCount, by: Self.picturesPerRow).map { start in
            let shown = start..<min(start + Self.picturesPerRow, clusterCount)
            return ImageGrid(
                [.init("centroid", Array(centroids[shown])), .init("farthest", Array(farthest[shown]))],
                columnTitles: shown.map { "\($0)" },
                columnColors: shown.map { Palette.groupColor($0).mixed(0.8, with: Color(hex: 0x1B2631)) })
        }
    }

    // MARK: Words

    private var title: String {
        let explained = 1 - summary.inertia / summary.totalSumOfSquares
        let share =
            explained.isFinite
            ? " explain \(NumberText.fixed(100 * explained, decimals: 1)) % of the variance of \(run.record.subject.title)"
            : " of \(run.record.subject.title)"
        return "\(FigureWords.count(clusterCount, "cluster"))" + share + (run.isComplete ? "" : ", interrupted")
    }

    private var subtitle: String {
        let starts = Int(run.record.number("restarts") ?? 1)
        return [
            "\(FigureWords.count(summary.rowCount, "row")) × \(FigureWords.count(summary.columnCount, "column"))",
            starts > 1 ? "k-means, best of \(starts) starts" : "k-means", FigureWords.seeds([run.seeds[0].seed]),
            "inertia \(NumberText.short(summary.inertia, digits: 7))", silhouetteWords,
            "\(FigureWords.count(summary.iterations, "iteration"))"
                + (starts > 1 ? ", all starts in " : " in ")
                + FigureWords.duration(run.seeds[0].history.seconds.last ?? 0),
        ].compactMap(\.self).joined(separator: " · ")
    }

    private var silhouetteWords: String? {
        guard !drawing.silhouettes.isEmpty else { return nil }
        let mean = drawing.silhouettes.reduce(0, +) / Double(drawing.silhouettes.count)
        return "mean silhouette \(NumberText.fixed(mean, decimals: 2))"
    }
}
