/// A matrix of counts as shades: a confusion matrix with the true class down and the predicted class across.
public struct HeatMap: Chart {
    /// What stands in a cell.
    public enum CellText: Sendable, Equatable {
        case count
        /// The share of the row's sum, in percent.
        case percentOfRow
        case none
    }

    /// `[rows][columns]`
    public let counts: [[Int]]
    public var rowNames: [String]
    public var columnNames: [String]
    public var rowTitle: String?
    public var columnTitle: String?
    public var cellText: CellText

    public init(
        _ counts: [[Int]], rowNames: [String], columnNames: [String], rowTitle: String? = nil,
        columnTitle: String? = nil, cellText: CellText = .count
    ) {
        precondition(rowNames.count == counts.count, "\(counts.count) rows cannot have \(rowNames.count) names")
        for row in counts {
            precondition(
                row.count == columnNames.count, "\(row.count) columns cannot have \(columnNames.count) names")
        }
        self.counts = counts
        self.rowNames = rowNames
        self.columnNames = columnNames
        self.rowTitle = rowTitle
        self.columnTitle = columnTitle
        self.cellText = cellText
    }

    /// How often each class (row) was taken for each class (column).
    public static func confusion(
        _ counts: [[Int]], classes: [String], cellText: CellText = .percentOfRow
    ) -> HeatMap {
        HeatMap(
            counts, rowNames: classes, columnNames: classes, rowTitle: "true class", columnTitle: "predicted class",
            cellText: cellText)
    }

    private static let gap = 5.0
    /// What tick labels and a title take below an ordinary axis.
    private static let usualBottom = 34.0

    /// How the names are set around the cells.
    private struct Names {
        let rows: [String]
        let columns: [String]
        let rowFont: Font
        let columnFont: Font
        /// Columns too narrow for their names have them at 45°.
        let isSlanted: Bool
        /// The room for names and titles at the left and below the cells.
        let left: Double
        let bottom: Double
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let names = names(for: size, measuring: measure)
        // As much of the names below as an axis would take there lies outside the plot area, the rest inside.
        let outside = min(names.bottom, HeatMap.usualBottom)
        return ChartPlan(insets: Insets(top: CartesianFrame.topInset, bottom: outside)) { plot in
            let cells = Rectangle(
                left: plot.left + names.left, top: plot.top, width: plot.width - names.left,
                height: plot.height + outside - names.bottom)
            return self.cells(in: cells, measure) + draw(names, around: cells, measure)
        }
    }

    private func names(for size: Size, measuring measure: TextMeasure) -> Names {
        let rowPitch = size.height / Double(max(rowNames.count, 1))
        let rowFont = Ink.tickFont.scaled(by: min(1, max(rowPitch / 12, 0.4)))
        let rows = rowNames.map { measure.shortened($0, to: 0.3 * size.width, in: rowFont) }
        let titleHeight = Ink.axisFont.lineHeight + HeatMap.gap
        let left =
            (rows.map { measure.width(of: $0, in: rowFont) }.max() ?? 0) + HeatMap.gap
            + (rowTitle == nil ? 0 : titleHeight)
        let columnPitch = (size.width - left) / Double(max(columnNames.count, 1))
        let columnFont = Ink.tickFont.scaled(by: min(1, max(columnPitch / 12, 0.4)))
        let columns = columnNames.map { measure.shortened($0, to: 0.3 * size.width, in: columnFont) }
        let widest = columns.map { measure.width(of: $0, in: columnFont) }.max() ?? 0
        let isSlanted = widest > columnPitch - 4
        let columnHeight = isSlanted ? (widest + columnFont.capHeight) * 0.5.squareRoot() : columnFont.capHeight
        return Names(
            rows: rows, columns: columns, rowFont: rowFont, columnFont: columnFont, isSlanted: isSlanted, left: left,
            bottom: HeatMap.gap + columnHeight + columnFont.descent + (columnTitle == nil ? 0 : titleHeight))
    }

    private func cells(in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        let columnPitch = plot.width / Double(max(columnNames.count, 1))
        let rowPitch = plot.height / Double(max(rowNames.count, 1))
        let texts = counts.map { row in row.map { text($0, ofRow: row) } }
        let longest = texts.joined().max { $0.count < $1.count } ?? ""
        let fullSize = Ink.tickFont
        let scale = min(
            1, 0.84 * columnPitch / max(measure.width(of: longest, in: fullSize), 1), 0.8 * rowPitch / fullSize.size)
        let font = fullSize.scaled(by: scale)
        var commands: [DrawingCommand] = []
        for (rowIndex, row) in counts.enumerated() {
            let sum = max(row.reduce(0) { $0 + max($1, 0) }, 1)
            for (column, count) in row.enumerated() {
                let share = Double(max(count, 0)) / Double(sum)
                // The root makes the rare confusions visible beside the diagonal.
                let fill = Palette.shade(share.squareRoot())
                let cell = Rectangle(
                    left: plot.left + Double(column) * columnPitch, top: plot.top + Double(rowIndex) * rowPitch,
                    width: columnPitch, height: rowPitch)
                commands.append(.rectangle(cell.expanded(by: -0.4), fill: fill))
                guard font.size >= 5, !texts[rowIndex][column].isEmpty else { continue }
                let color = share < 0.005 ? Ink.label : fill.readableInk
                commands.append(
                    .text(measure.line(texts[rowIndex][column], font, color, at: cell.center, .center, .middle)))
            }
        }
        return commands
    }

    private func text(_ count: Int, ofRow row: [Int]) -> String {
        switch cellText {
        case .none: return ""
        case .count: return NumberText.fixed(Double(count))
        case .percentOfRow:
            let percent = 100 * Double(count) / Double(max(row.reduce(0) { $0 + max($1, 0) }, 1))
            return percent > 0 && percent < 0.95 ? NumberText.fixed(percent, decimals: 1) : NumberText.fixed(percent)
        }
    }

    private func draw(_ names: Names, around cells: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        let columnPitch = cells.width / Double(max(names.columns.count, 1))
        let rowPitch = cells.height / Double(max(names.rows.count, 1))
        var commands: [DrawingCommand] = []
        for (index, name) in names.rows.enumerated() {
            let place = Point(x: cells.left - HeatMap.gap, y: cells.top + (Double(index) + 0.5) * rowPitch)
            commands.append(.text(measure.line(name, names.rowFont, Ink.text, at: place, .trailing, .middle)))
        }
        for (index, name) in names.columns.enumerated() {
            let font = names.columnFont
            let place = Point(x: cells.left + (Double(index) + 0.5) * columnPitch, y: cells.bottom + HeatMap.gap)
            let slanted = place.moved(font.capHeight / 2, 0)
            commands.append(
                .text(
                    names.isSlanted
                        ? measure.line(name, font, Ink.text, at: slanted, .trailing, .top, rotation: -.pi / 4)
                        : measure.line(name, font, Ink.text, at: place, .center, .top)))
        }
        let font = Ink.axisFont
        if let rowTitle {
            let place = Point(x: cells.left - names.left + font.capHeight + 1, y: cells.center.y)
            let text = measure.shortened(rowTitle, to: cells.height, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center, rotation: -.pi / 2)))
        }
        if let columnTitle {
            let place = Point(x: cells.center.x, y: cells.bottom + names.bottom - font.descent)
            let text = measure.shortened(columnTitle, to: cells.width, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center)))
        }
        return commands
    }
}
