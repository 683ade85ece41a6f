internal import Plotting

extension ReportFigure {
    /// The width of figures on a telephone, in points.
    static let narrowWidth = 360.0
    private static let (lineHeight, otherHeight) = (150.0, 300.0)

    /// A figure as a page shows it: its title and subtitle are the caption, set in the page's type.
    ///
    /// - Parameter narrow: what narrow windows see; nil for the same panels below each other.
    init(name: String, of figure: Figure, narrow: Figure? = nil) {
        self.name = name
        alternative = [figure.title, figure.subtitle ?? ""].filter { !$0.isEmpty }.joined(separator: ". ")
        caption = "\(strong: figure.title + ".") \(figure.subtitle ?? "")"
        original = figure
        wide = Self.untitled(figure)
        self.narrow = Self.untitled(narrow ?? Self.stacked(figure))
    }

    private static func untitled(_ figure: Figure) -> Figure {
        var figure = figure
        (figure.title, figure.subtitle) = ("", nil)
        return figure
    }

    /// The panels below each other, in the order in which they are read.
    private static func stacked(_ figure: Figure) -> Figure {
        let panels = figure.panels.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }
        return Figure(
            title: figure.title, subtitle: figure.subtitle, footer: figure.footer, width: narrowWidth,
            rowHeights: panels.map { $0.chart is LineChart || $0.chart is BarChart ? lineHeight : otherHeight },
            metadata: figure.metadata
        ) {
            for (index, panel) in panels.enumerated() {
                Panel(panel.title, row: index, caption: panel.caption, panel.chart)
            }
        }
    }
}
