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

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let columnPitch = size.width / Double(max(columnNames.count, 1))
        let rowPitch = size.height / Double(max(rowNames.count, 1))
        let rowFont = Ink.tickFont.scaled(by: min(1, max(rowPitch / 12, 0.4)))
        let columnFont = Ink.tickFont.scaled(by: min(1, max(columnPitch / 12, 0.4)))
        let rows = rowNames.map { measure.shortened($0, to: 130, in: rowFont) }
        let columns = columnNames.map { measure.shortened($0, to: 130, in: columnFont) }
        let widest = columns.map { measure.width(of: $0, in: columnFont) }.max() ?? 0
        let isSlanted = widest > columnPitch - 4
        let columnHeight = isSlanted ? (widest + columnFont.capHeight) * 0.5.squareRoot() : columnFont.capHeight
        let titleHeight = Ink.axisFont.lineHeight + HeatMap.gap
        let insets = Insets(
            left: (rows.map { measure.width(of: $0, in: rowFont) }.max() ?? 0) + HeatMap.gap
                + (rowTitle == nil ? 0 : titleHeight),
            bottom: HeatMap.gap + columnHeight + columnFont.descent + (columnTitle == nil ? 0 : titleHeight))
        return ChartPlan(insets: insets) { plot in
            cells(in: plot, measure)
                + names(rows, rowFont, columns, columnFont, isSlanted: isSlanted, in: plot, measure)
                + titles(in: plot, insets, measure)
        }
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
                let fill = Palette.shade(share)
                let cell = Rectangle(
                    left: plot.left + Double(column) * columnPitch, top: plot.top + Double(rowIndex) * rowPitch,
                    width: columnPitch, height: rowPitch)
                commands.append(.rectangle(cell.expanded(by: -0.4), fill: share > 0 ? fill : Color(hex: 0xF6F8FA)))
                guard font.size >= 5, !texts[rowIndex][column].isEmpty else { continue }
                let color = fill.luminance < 0.55 ? Color.white : share < 0.005 ? Ink.note : Ink.headline
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

    private func names(
        _ rows: [String], _ rowFont: Font, _ columns: [String], _ columnFont: Font, isSlanted: Bool,
        in plot: Rectangle, _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let columnPitch = plot.width / Double(max(columns.count, 1))
        let rowPitch = plot.height / Double(max(rows.count, 1))
        var commands: [DrawingCommand] = []
        for (index, name) in rows.enumerated() {
            let place = Point(x: plot.left - HeatMap.gap, y: plot.top + (Double(index) + 0.5) * rowPitch)
            commands.append(.text(measure.line(name, rowFont, Ink.text, at: place, .trailing, .middle)))
        }
        for (index, name) in columns.enumerated() {
            let place = Point(x: plot.left + (Double(index) + 0.5) * columnPitch, y: plot.bottom + HeatMap.gap)
            commands.append(
                .text(
                    isSlanted
                        ? measure.line(
                            name, columnFont, Ink.text, at: place.moved(columnFont.capHeight / 2, 0), .trailing, .top,
                            rotation: -.pi / 4)
                        : measure.line(name, columnFont, Ink.text, at: place, .center, .top)))
        }
        return commands
    }

    private func titles(in plot: Rectangle, _ insets: Insets, _ measure: TextMeasure) -> [DrawingCommand] {
        let font = Ink.axisFont
        var commands: [DrawingCommand] = []
        if let rowTitle {
            let place = Point(x: plot.left - insets.left + font.capHeight + 1, y: plot.center.y)
            let text = measure.shortened(rowTitle, to: plot.height, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center, rotation: -.pi / 2)))
        }
        if let columnTitle {
            let place = Point(x: plot.center.x, y: plot.bottom + insets.bottom - font.descent)
            let text = measure.shortened(columnTitle, to: plot.width, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center)))
        }
        return commands
    }
}
