/// How much each of some quantities tells about each other, −1…1, as a square of cells from orange over the paper's colour
/// to blue, with the numbers in the cells where there is room.
public struct AssociationMap: Chart {
    public let names: [String]
    /// `[names][names]`; nil where nothing is known.
    public let values: [[Double?]]

    public init(_ values: [[Double?]], names: [String]) {
        precondition(values.count == names.count, "\(values.count) rows cannot have \(names.count) names")
        for row in values {
            precondition(row.count == names.count, "\(row.count) columns cannot have \(names.count) names")
        }
        self.values = values
        self.names = names
    }

    /// Smaller numbers are not legible.
    private static let smallestFont = 5.5

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let words = CellNames(rows: names, columns: names, for: size, measuring: measure)
        return ChartPlan(insets: Insets(top: CartesianFrame.topInset, bottom: words.outside)) { plot in
            let cells = words.cells(in: plot)
            return self.cells(in: cells, measure) + words.commands(around: cells)
        }
    }

    private func cells(in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        let (width, height) = (plot.width / Double(max(names.count, 1)), plot.height / Double(max(names.count, 1)))
        let full = Ink.tickFont
        let font = full.scaled(
            by: min(1, 0.84 * width / max(measure.width(of: "−0.00", in: full), 1), 0.8 * height / full.size))
        var commands: [DrawingCommand] = []
        for (rowIndex, row) in values.enumerated() {
            for (column, value) in row.enumerated() {
                let cell = Rectangle(
                    left: plot.left + Double(column) * width, top: plot.top + Double(rowIndex) * height, width: width,
                    height: height)
                let fill = value.map(Palette.diverging) ?? Palette.noise
                commands.append(.rectangle(cell.expanded(by: -0.4), fill: fill))
                guard let value, rowIndex != column, font.size >= Self.smallestFont else { continue }
                commands.append(
                    .text(
                        measure.line(
                            NumberText.fixed(value, decimals: 2), font, fill.readableInk, at: cell.center, .center,
                            .middle)))
            }
        }
        return commands
    }
}
