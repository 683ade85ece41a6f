/// Dashed vertical lines whose meanings stand in rows above the plot, where they touch neither the data nor each other.
struct VerticalReferences {
    private static let gap = 6.0

    private let lines: [ReferenceLine]
    /// The row of each line's label, counted upwards from the plot.
    private let rows: [Int]
    private let mapping: AxisMapping
    private let measure: TextMeasure

    /// - Parameter width: The plot area's, about.
    init(_ lines: [ReferenceLine], along mapping: AxisMapping, width: Double, measuring measure: TextMeasure) {
        self.mapping = mapping
        self.measure = measure
        let shown = lines.compactMap { line -> (line: ReferenceLine, share: Double)? in
            guard let share = mapping.share(of: line.value), (-0.001...1.001).contains(share) else { return nil }
            return (line, share)
        }.sorted { $0.share < $1.share }
        self.lines = shown.map(\.line)
        var ends: [Double] = []
        rows = shown.map { line, share in
            let label = measure.shortened(line.label, to: width, in: Ink.noteFont)
            let labelWidth = measure.width(of: label, in: Ink.noteFont)
            let left = min(max(share * width - labelWidth / 2, 0), max(width - labelWidth, 0))
            let row = ends.firstIndex { $0 + VerticalReferences.gap <= left } ?? ends.count
            if row == ends.count { ends.append(0) }
            ends[row] = left + labelWidth
            return row
        }
    }

    /// The room that the labels need above the plot.
    var height: Double { Double((rows.max() ?? -1) + 1) * Ink.noteFont.lineHeight }

    func commands(in plot: Rectangle) -> [DrawingCommand] {
        zip(lines, rows).flatMap { line, row -> [DrawingCommand] in
            guard let share = mapping.share(of: line.value) else { return [] }
            let x = ((plot.left + share * plot.width) * 2).rounded() / 2
            let label = measure.shortened(line.label, to: plot.width, in: Ink.noteFont)
            let half = measure.width(of: label, in: Ink.noteFont) / 2
            let baseline = plot.top - CartesianFrame.topInset - Double(row) * Ink.noteFont.lineHeight
            let place = Point(x: min(max(x, plot.left + half), max(plot.right - half, plot.left + half)), y: baseline)
            return [
                .line(
                    from: Point(x: x, y: plot.top - 2), to: Point(x: x, y: plot.bottom),
                    Stroke(Ink.text, width: 1.2, dash: [4.5, 3])),
                .text(measure.line(label, Ink.noteFont, Ink.text, at: place, .center)),
            ]
        }
    }
}
