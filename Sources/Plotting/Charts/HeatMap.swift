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

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let names = CellNames(
            rows: rowNames, columns: columnNames, rowTitle: rowTitle, columnTitle: columnTitle, for: size,
            measuring: measure)
        return ChartPlan(insets: Insets(top: CartesianFrame.topInset, bottom: names.outside)) { plot in
            let cells = names.cells(in: plot)
            return self.cells(in: cells, measure) + names.commands(around: cells)
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
}
