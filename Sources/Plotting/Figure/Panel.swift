/// A chart with its title at its place in a figure's grid.
public struct Panel: Sendable {
    /// What the chart shows, with its unit.
    public var title: String
    /// A small note at the right above the plot: what line, band and faint curves are.
    public var caption: String?
    /// Zero-based; a panel may extend over several.
    public let rows: Range<Int>
    public let columns: Range<Int>
    public let chart: any Chart

    public init(
        _ title: String, row: Int = 0, column: Int = 0, rowSpan: Int = 1, columnSpan: Int = 1, caption: String? = nil,
        _ chart: some Chart
    ) {
        precondition(row >= 0 && column >= 0, "a panel's row \(row) and column \(column) count from zero")
        precondition(
            rowSpan > 0 && columnSpan > 0, "a panel spans at least one row and column, not \(rowSpan) × \(columnSpan)")
        self.title = title
        self.caption = caption
        rows = row..<row + rowSpan
        columns = column..<column + columnSpan
        self.chart = chart
    }
}
