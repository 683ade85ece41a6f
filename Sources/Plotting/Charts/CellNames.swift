/// The names of a matrix's rows and columns, and titles beside them, around its cells.
struct CellNames {
    private static let gap = 5.0
    /// What tick labels and a title take below an ordinary axis.
    private static let usualBottom = 34.0

    private let rows: [String]
    private let columns: [String]
    private let rowTitle: String?
    private let columnTitle: String?
    private let rowFont: Font
    private let columnFont: Font
    /// Columns too narrow for their names have them at 45°.
    private let isSlanted: Bool
    /// The room for names and titles at the left and below the cells.
    private let left: Double
    private let bottom: Double
    private let measure: TextMeasure

    /// - Parameter size: the plot area's, about.
    init(
        rows rowNames: [String], columns columnNames: [String], rowTitle: String? = nil, columnTitle: String? = nil,
        for size: Size, measuring measure: TextMeasure
    ) {
        let rowPitch = size.height / Double(max(rowNames.count, 1))
        let rowFont = Ink.tickFont.scaled(by: min(1, max(rowPitch / 12, 0.4)))
        let rows = rowNames.map { measure.shortened($0, to: 0.3 * size.width, in: rowFont) }
        let titleHeight = Ink.axisFont.lineHeight + Self.gap
        let left =
            (rows.map { measure.width(of: $0, in: rowFont) }.max() ?? 0) + Self.gap
            + (rowTitle == nil ? 0 : titleHeight)
        let columnPitch = (size.width - left) / Double(max(columnNames.count, 1))
        let columnFont = Ink.tickFont.scaled(by: min(1, max(columnPitch / 12, 0.4)))
        let columns = columnNames.map { measure.shortened($0, to: 0.3 * size.width, in: columnFont) }
        let widest = columns.map { measure.width(of: $0, in: columnFont) }.max() ?? 0
        let isSlanted = widest > columnPitch - 4
        let columnHeight = isSlanted ? (widest + columnFont.capHeight) * 0.5.squareRoot() : columnFont.capHeight
        (self.rows, self.columns, self.rowTitle, self.columnTitle) = (rows, columns, rowTitle, columnTitle)
        (self.rowFont, self.columnFont, self.isSlanted, self.left) = (rowFont, columnFont, isSlanted, left)
        self.measure = measure
        bottom = Self.gap + columnHeight + columnFont.descent + (columnTitle == nil ? 0 : titleHeight)
    }

    /// As much of the names below as an axis would take there lies outside the plot area, the rest inside.
    var outside: Double { min(bottom, Self.usualBottom) }

    /// The room for the cells.
    func cells(in plot: Rectangle) -> Rectangle {
        Rectangle(
            left: plot.left + left, top: plot.top, width: plot.width - left, height: plot.height + outside - bottom)
    }

    func commands(around cells: Rectangle) -> [DrawingCommand] {
        let columnPitch = cells.width / Double(max(columns.count, 1))
        let rowPitch = cells.height / Double(max(rows.count, 1))
        var commands: [DrawingCommand] = []
        for (index, name) in rows.enumerated() {
            let place = Point(x: cells.left - Self.gap, y: cells.top + (Double(index) + 0.5) * rowPitch)
            commands.append(.text(measure.line(name, rowFont, Ink.text, at: place, .trailing, .middle)))
        }
        for (index, name) in columns.enumerated() {
            let place = Point(x: cells.left + (Double(index) + 0.5) * columnPitch, y: cells.bottom + Self.gap)
            let slanted = place.moved(columnFont.capHeight / 2, 0)
            commands.append(
                .text(
                    isSlanted
                        ? measure.line(name, columnFont, Ink.text, at: slanted, .trailing, .top, rotation: -.pi / 4)
                        : measure.line(name, columnFont, Ink.text, at: place, .center, .top)))
        }
        let font = Ink.axisFont
        if let rowTitle {
            let place = Point(x: cells.left - left + font.capHeight + 1, y: cells.center.y)
            let text = measure.shortened(rowTitle, to: cells.height, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center, rotation: -.pi / 2)))
        }
        if let columnTitle {
            let place = Point(x: cells.center.x, y: cells.bottom + bottom - font.descent)
            let text = measure.shortened(columnTitle, to: cells.width, in: font)
            commands.append(.text(measure.line(text, font, Ink.text, at: place, .center)))
        }
        return commands
    }
}
