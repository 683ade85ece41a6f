internal import Plotting

/// How a clustering came about and what indices say of it: inertia over iterations, indices in numbers, and classes
/// against clusters where rows have classes.
struct ClusteringDiagnostics {
    /// Tables of more classes or clusters are not legible.
    private static let mostNames = 30

    private let run: StoredRun
    private let drawing: ClusteringDrawing

    init(_ run: StoredRun, _ drawing: ClusteringDrawing) {
        self.run = run
        self.drawing = drawing
    }

    private var summary: ClusteringDrawing.Summary { drawing.summary }
    private var clusterCount: Int { drawing.sizes.count }

    var figure: Figure {
        let contingency = contingency
        return Figure(
            title: title, subtitle: "\(run.record.subject.title) · \(FigureWords.seeds([run.seeds[0].seed]))",
            rowHeights: contingency == nil ? [170] : [135, 120],
            columnWeights: contingency == nil ? [1.4, 1] : [1, 1.35],
            metadata: FigureWords.metadata(of: run)
        ) {
            Panel("Inertia of each iteration", Self.inertia(run))
            if let contingency {
                Panel("Where the rows of each class are, %", column: 1, rowSpan: 2, contingency)
            }
            Panel(
                "Indices", row: contingency == nil ? 0 : 1, column: contingency == nil ? 1 : 0, indices)
        }
    }

    /// The inertia of the start that was kept, others faint.
    static func inertia(_ run: StoredRun) -> LineChart {
        let history = run.seeds[0].history
        let values = history["inertia"] ?? []
        let starts = history["restart"] ?? []
        var curves: [Curve] = []
        for start in Set(starts).sorted() {
            let rows = values.indices.filter { starts[$0] == start }
            curves.append(Curve(x: rows.indices.map { Double($0 + 1) }, y: rows.map { values[$0] }))
        }
        let kept = curves.indices.min { (curves[$0].y.last ?? .infinity) < (curves[$1].y.last ?? .infinity) } ?? 0
        let others = curves.indices.filter { $0 != kept }.map { curves[$0] }
        let series = curves.isEmpty ? [] : [Series(x: curves[kept].x, y: curves[kept].y, faint: others)]
        return LineChart(series, x: Axis("iteration"), labels: .none)
    }

    private var indices: ResultTable {
        let silhouette = drawing.silhouettes.isEmpty ? nil : meanSilhouette
        let rows: [(name: String, value: Double?, better: String)] = [
            ("mean silhouette", silhouette, "high, at most 1"),
            ("Caliński–Harabasz", summary.calinskiHarabasz, "high"),
            ("Davies–Bouldin", summary.daviesBouldin, "low, at least 0"),
            ("adjusted Rand index", summary.adjustedRandIndex, "high, at most 1"),
            ("normalized mutual information", summary.normalizedMutualInformation, "high, at most 1"),
        ]
        return ResultTable(
            columns: ["index", "value", "good is"],
            rows: rows.compactMap { row in
                row.value.map { [row.name, NumberText.short($0, digits: 3), row.better] }
            })
    }

    private var meanSilhouette: Double {
        drawing.silhouettes.reduce(0, +) / Double(max(drawing.silhouettes.count, 1))
    }

    /// Classes down, clusters across; nil if rows have no classes or there are too many to be read.
    private var contingency: HeatMap? {
        guard let names = summary.classNames, names.count <= Self.mostNames, clusterCount <= Self.mostNames,
            !drawing.contingency.isEmpty
        else { return nil }
        return HeatMap(
            stride(from: 0, to: drawing.contingency.count, by: clusterCount).map { start in
                drawing.contingency[start..<start + clusterCount].map { Int($0) }
            }, rowNames: names, columnNames: (0..<clusterCount).map { "\($0)" }, rowTitle: "class",
            columnTitle: "cluster", cellText: .percentOfRow)
    }

    private var title: String {
        if let agreement = summary.adjustedRandIndex {
            return "The clusters agree with the classes of \(run.record.subject.title) by "
                + "\(NumberText.fixed(agreement, decimals: 2)) (adjusted Rand index)"
        }
        guard !drawing.silhouettes.isEmpty else {
            return "\(FigureWords.count(clusterCount, "cluster")) of \(run.record.subject.title)"
        }
        return "\(FigureWords.count(clusterCount, "cluster")) of \(run.record.subject.title) have a mean silhouette of "
            + NumberText.fixed(meanSilhouette, decimals: 2)
    }
}
