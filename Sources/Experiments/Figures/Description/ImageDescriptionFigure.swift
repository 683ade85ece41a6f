internal import Datasets
internal import LinearAlgebra
internal import Plotting

/// Images at a glance: the mean and some examples of each class, how many there are of each, and how bright they are.
struct ImageDescriptionFigure {
    /// More classes have no room side by side.
    private static let mostClasses = 10
    private static let examples = 5
    /// So few classes are rows of pictures.
    private static let (fewClasses, manyExamples) = (4, 9)
    /// Where there are no classes.
    private static let (plainRows, plainColumns) = (4, 12)
    /// Images with at least this share of the lowest value among their pixels are ink on empty paper.
    private static let sparseShare = 0.2

    private let described: DescribedDataset
    private let rows: Matrix<Float>
    private let shape: Dataset.ImageShape
    private let target: DescribedTarget
    private let summary: PixelSummary

    init(_ described: DescribedDataset, _ features: Features, _ shape: Dataset.ImageShape) {
        self.described = described
        self.shape = shape
        rows = features.floats()
        target = DescribedTarget(described)
        summary = PixelSummary(rows, labels: target.labels, classCount: target.classes.count)
    }

    var figure: Figure {
        let below = [target.panel(of: "Images"), brightness].compactMap(\.self)
        let arrangement = arrangement
        return Figure(
            title: "\(described.dataset.name): \(described.headline)", subtitle: subtitle,
            rowHeights: [min(Double(arrangement.rows.count) * 75, 400), 170]
        ) {
            Panel(
                shownClasses.isEmpty ? "The first images" : "The mean and the first images of each class",
                columnSpan: 2,
                caption: shownClasses.count < target.classes.count
                    ? "\(shownClasses.count) of \(target.classes.count) classes" : nil,
                AnyChart(shape.channels == 3 ? coloredExamples(arrangement) : greyExamples(arrangement)))
            for (x, panel) in below.enumerated() {
                Panel(
                    panel.title, row: 1, column: x, columnSpan: 2 / below.count, caption: panel.caption,
                    AnyChart(panel.chart))
            }
        }
    }

    // MARK: Pictures

    /// The most frequent ones, in their order, where not all have room.
    private var shownClasses: [Int] {
        let classes = target.classes
        let order = classes.indices.filter { classes[$0].count > 0 }
            .sorted { (-classes[$0].count, $0) < (-classes[$1].count, $1) }
        return order.prefix(Self.mostClasses).sorted()
    }

    /// Pictures in rows, nil where there is none, and what the rows and columns are called.
    private struct Arrangement {
        var rows: [(label: String, pictures: [[Float]?])]
        var titles: [String] = []
        var titleColors: [Color] = []
        var columnCount: Int { rows.map(\.pictures.count).max() ?? 1 }
    }

    /// A column for each class, or a row for each where they are few; of images without classes the first.
    private var arrangement: Arrangement {
        guard let labels = target.labels else {
            let shown = stride(
                from: 0, to: min(rows.rowCount, Self.plainRows * Self.plainColumns), by: Self.plainColumns)
            return Arrangement(
                rows: shown.map { first in
                    ("", (first..<min(first + Self.plainColumns, rows.rowCount)).map { rows.row($0) })
                })
        }
        let shown = shownClasses
        let isTransposed = shown.count <= Self.fewClasses
        let count = isTransposed ? Self.manyExamples : Self.examples
        let lines = shown.map { label -> [[Float]?] in
            let found = labels.indices.lazy.filter { labels[$0] == label }.prefix(count).map { rows.row($0) }
            return [summary.means[label]] + found + [[Float]?](repeating: nil, count: count - found.count)
        }
        let names = shown.map { target.classes[$0].value }
        if isTransposed { return Arrangement(rows: zip(names, lines).map { ($0, $1) }, titles: ["mean"]) }
        return Arrangement(
            rows: (0...count).map { place in (place == 0 ? "mean" : "", lines.map { $0[place] }) }, titles: names,
            titleColors: target.coloredLabels == nil ? [] : shown.map { Palette.groupColor($0) })
    }

    private func greyExamples(_ arrangement: Arrangement) -> ImageGrid {
        let (paper, ink) =
            summary.isSparse(atLeast: Self.sparseShare)
            ? (summary.lowest, summary.highest) : (summary.highest, summary.lowest)
        // An empty picture keeps the place of one that is not there.
        let empty = [Float](repeating: paper, count: shape.count)
        return ImageGrid(
            arrangement.rows.map { row in
                .init(
                    row.label,
                    row.pictures.map {
                        GreyImage(
                            width: shape.width, height: shape.height, values: $0 ?? empty, paper: paper, ink: ink)
                    })
            }, columnTitles: arrangement.titles, columnColors: arrangement.titleColors)
    }

    private func coloredExamples(_ arrangement: Arrangement) -> FilmStrip {
        let (low, span) = (summary.lowest, max(summary.highest - summary.lowest, .leastNormalMagnitude))
        let empty = Scene(size: Size(width: Double(shape.width), height: Double(shape.height)), commands: [])
        let frames = arrangement.rows.enumerated().flatMap { rowIndex, row in
            row.pictures.enumerated().map { column, values -> FilmStrip.Frame in
                let title =
                    rowIndex == 0 && arrangement.titles.indices.contains(column) ? arrangement.titles[column] : ""
                let words = column == 0 ? [row.label, title] : [title]
                let caption = words.filter { !$0.isEmpty }.joined(separator: ", ")
                guard let values else { return .init(caption, empty) }
                let pixels = values.map { UInt8((255 * min(max(($0 - low) / span, 0), 1)).rounded()) }
                return .init(caption, ColorImage(width: shape.width, height: shape.height, pixels: pixels))
            }
        }
        return FilmStrip(frames, columns: arrangement.columnCount)
    }

    // MARK: Brightness

    /// The mean value of each image, by class where colours tell them apart.
    private var brightness: (title: String, caption: String?, chart: any Chart)? {
        let title = "Mean value of an image’s pixels"
        guard let labels = target.coloredLabels else {
            return (title, nil, Histogram(summary.imageMeans, binCount: 30, y: Axis("images")))
        }
        var groups = [[Double]](repeating: [], count: target.classes.count)
        for (label, mean) in zip(labels, summary.imageMeans) { groups[label].append(mean) }
        return (
            title, "median, quartiles, 5 to 95 %",
            IntervalChart(
                groups.indices.map { label in
                    DistributionRow.row(target.classes[label].value, groups[label], color: Palette.groupColor(label))
                }, showsValues: false)
        )
    }

    private var subtitle: String {
        let repeated = described.description.repeatedRows
        return
            ([
                "values from \(NumberText.short(Double(summary.lowest))) to \(NumberText.short(Double(summary.highest)))",
                repeated.count == 0 ? "no image twice" : FigureWords.count(repeated.count, "repeated image"),
            ] + described.description.notes.filter { $0.contains("pixel values") }).joined(separator: " · ")
    }
}
