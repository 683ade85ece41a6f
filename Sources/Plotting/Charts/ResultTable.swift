/// A small table of results: the first column names, the others, flush right, are numbers.
public struct ResultTable: Chart {
    public var columns: [String]
    /// `[rows][columns]`; missing cells stay empty.
    public var rows: [[String]]

    public init(columns: [String], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    private static let maximumPitch = 17.0
    private static let gap = 14.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let used = Double(rows.count + 1) * ResultTable.maximumPitch
        return ChartPlan(insets: Insets(top: CartesianFrame.topInset), usedHeight: min(used, size.height)) { plot in
            draw(in: plot, measure)
        }
    }

    private func draw(in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        let columnCount = max(columns.count, rows.map(\.count).max() ?? 0)
        guard columnCount > 0 else { return [] }
        let pitch = min(ResultTable.maximumPitch, plot.height / Double(rows.count + 1))
        let wanted = widths(columnCount, Ink.tickFont, measure)
        let total = wanted.reduce(0, +) + Double(columnCount - 1) * ResultTable.gap
        let scale = min(1, pitch / 12, max(plot.width / max(total, 1), 0.75))
        let font = Ink.tickFont.scaled(by: scale)
        guard font.size >= 4 else { return [] }
        let ends = columnEnds(columnCount, font, in: plot, measure)
        var commands: [DrawingCommand] = []
        for (index, row) in ([columns] + rows).enumerated() {
            let middle = plot.top + (Double(index) + 0.5) * pitch
            let isHeader = index == 0
            let rowFont = Font(size: font.size, isBold: isHeader)
            for (column, cell) in row.enumerated() {
                let start = column == 0 ? plot.left : ends[column - 1] + ResultTable.gap / 2
                let text = measure.shortened(cell, to: ends[column] - start, in: rowFont)
                let place = Point(x: column == 0 ? plot.left : ends[column], y: middle)
                commands.append(
                    .text(
                        measure.line(
                            text, rowFont, isHeader ? Ink.label : Ink.headline, at: place,
                            column == 0 ? .leading : .trailing, .middle)))
            }
            let below = plot.top + Double(index + 1) * pitch
            commands.append(
                .line(
                    from: Point(x: plot.left, y: below), to: Point(x: ends[columnCount - 1], y: below),
                    Stroke(isHeader ? Ink.axis : Ink.grid, width: isHeader ? 1 : 0.5)))
        }
        return commands
    }

    private func widths(_ columnCount: Int, _ font: Font, _ measure: TextMeasure) -> [Double] {
        (0..<columnCount).map { column in
            let header = columns.indices.contains(column) ? columns[column] : ""
            let cells = rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
            return max(
                measure.width(of: header, in: Font(size: font.size, isBold: true)),
                cells.map { measure.width(of: $0, in: font) }.max() ?? 0)
        }
    }

    /// Where each column ends: as wide as needed; the first takes what is left, or gives up what is missing.
    private func columnEnds(_ columnCount: Int, _ font: Font, in plot: Rectangle, _ measure: TextMeasure) -> [Double] {
        var wanted = widths(columnCount, font, measure)
        let gaps = Double(columnCount - 1) * ResultTable.gap
        let others = wanted.dropFirst().reduce(0, +) + gaps
        let spare = plot.width - others - wanted[0]
        if spare < 0 {
            wanted[0] = max(wanted[0] + spare, 0.3 * plot.width)
            let factor = max(0, plot.width - wanted[0] - gaps) / max(others - gaps, 1)
            if factor < 1 { for column in 1..<columnCount { wanted[column] *= factor } }
        } else if columnCount > 1 {
            // Columns are read across: never farther apart than the eye can follow.
            for column in 1..<columnCount { wanted[column] += min(spare / Double(columnCount - 1), 40) }
        }
        var end = plot.left + wanted[0]
        return [end]
            + wanted.dropFirst().map { width in
                end += ResultTable.gap + width
                return end
            }
    }
}
