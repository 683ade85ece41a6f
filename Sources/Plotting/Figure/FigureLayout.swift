/// Places a figure's words and panels: plot areas that begin or end in the same column or row of the grid are aligned,
/// whatever room their labels need.
struct FigureLayout {
    private static let margin = Insets(top: 20, left: 18, bottom: 16, right: 22)
    private static let columnGap = 26.0
    private static let rowGap = 24.0
    /// Beyond what an image can be, where drawing will say so.
    private static let maximumSide = 100_000.0
    private static let minimumColumnWidth = 40.0
    /// Labels depend on the room for the plot, which depends on the labels: after so many rounds both have settled.
    private static let rounds = 4
    /// Titles side by side are set level if that lifts them above their charts by no more than this.
    private static let levelWithin = 20.0
    /// The headline stands above the first plot area unless that is far inside.
    private static let maximumHeadlineInset = 95.0

    private struct Placed {
        let panel: Panel
        let header: PanelHeader
        let plan: ChartPlan
    }

    /// One direction of the grid: the room before, of and after each of its plot areas.
    private struct Track {
        var before: Double = 0
        var length: Double = 0
        var after: Double = 0
        var start: Double = 0
        var end: Double { start + length }
    }

    private let figure: Figure
    private let width: Double
    private let measure: TextMeasure
    private var columns: [Track]
    private var rows: [Track]
    private var placed: [Placed] = []

    init(_ figure: Figure, measuring measure: TextMeasure) {
        let figure = figure.stackedIfNarrow
        self.figure = figure
        width = figure.width.isPlottable ? min(max(figure.width, 0), FigureLayout.maximumSide) : 0
        self.measure = measure
        columns = Array(repeating: Track(), count: figure.panels.map(\.columns.upperBound).max() ?? 0)
        let rowCount = figure.panels.map(\.rows.upperBound).max() ?? 0
        let usual: Double = rowCount == 1 ? 270 : rowCount == 2 ? 180 : 120
        rows = (0..<rowCount).map { row in
            let height = row < figure.rowHeights.count ? figure.rowHeights[row] : figure.rowHeights.last ?? usual
            return Track(length: height.isPlottable ? min(max(height, 10), FigureLayout.maximumSide) : usual)
        }
        guard !columns.isEmpty else { return }
        let charts = figure.panels.map(\.chart.thinned)
        for _ in 0..<FigureLayout.rounds {
            setColumns()
            setRows(top: 0)
            placed = zip(figure.panels, charts).map { panel, chart in
                let plot = plotArea(of: panel)
                return Placed(
                    panel: panel, header: PanelHeader(panel, width: plot.width, measuring: measure),
                    plan: chart.plan(for: plot.size, measuring: measure))
            }
            shrinkRows()
            for index in columns.indices {
                columns[index].before =
                    placed.filter { $0.panel.columns.lowerBound == index }.map(\.plan.insets.left).max() ?? 0
                columns[index].after =
                    placed.filter { $0.panel.columns.upperBound == index + 1 }.map(\.plan.insets.right).max() ?? 0
            }
            for index in rows.indices {
                rows[index].before =
                    placed.filter { $0.panel.rows.lowerBound == index }
                    .map { $0.plan.insets.top + $0.header.height }.max() ?? 0
                rows[index].after =
                    placed.filter { $0.panel.rows.upperBound == index + 1 }.map(\.plan.insets.bottom).max() ?? 0
            }
        }
        setColumns()
    }

    /// Shares the width that labels and gaps leave among the columns.
    private mutating func setColumns() {
        let margin = FigureLayout.margin
        let labels = columns.reduce(0) { $0 + $1.before + $1.after }
        let gaps = Double(columns.count - 1) * FigureLayout.columnGap
        let free = width - margin.left - margin.right - labels - gaps
        let weights = columns.indices.map { index in
            let weight = index < figure.columnWeights.count ? figure.columnWeights[index] : 1
            return weight.isPlottable ? max(weight, 0.01) : 1
        }
        let total = weights.reduce(0, +)
        var x = margin.left
        for index in columns.indices {
            columns[index].start = (x + columns[index].before).rounded(.up)
            let wanted = max(free * weights[index] / total, FigureLayout.minimumColumnWidth)
            columns[index].length = (x + columns[index].before + wanted).rounded(.down) - columns[index].start
            x += columns[index].before + wanted + columns[index].after + FigureLayout.columnGap
        }
    }

    /// Rows all of whose charts need less than their height give the rest back.
    private mutating func shrinkRows() {
        for index in rows.indices {
            let needed = placed.filter { $0.panel.rows == index..<index + 1 }.map { $0.plan.usedHeight ?? .infinity }
                .max()
            if let needed, needed < rows[index].length { rows[index].length = max(needed.rounded(.up), 10) }
        }
    }

    private mutating func setRows(top: Double) {
        var y = top
        for index in rows.indices {
            rows[index].start = (y + rows[index].before).rounded(.up)
            y = rows[index].end + rows[index].after + FigureLayout.rowGap
        }
    }

    private func plotArea(of panel: Panel) -> Rectangle {
        let (first, last) = (columns[panel.columns.lowerBound], columns[panel.columns.upperBound - 1])
        let (upper, lower) = (rows[panel.rows.lowerBound], rows[panel.rows.upperBound - 1])
        return Rectangle(
            left: first.start, top: upper.start, width: last.end - first.start, height: lower.end - upper.start)
    }

    func scene() -> Scene {
        var layout = self
        let margin = FigureLayout.margin
        // A figure too narrow for its columns grows.
        let right = columns.last.map { $0.end + $0.after + margin.right } ?? 0
        let width = max(self.width, right, 160)
        let firstPlot = columns.first?.start ?? margin.left
        let left = firstPlot <= FigureLayout.maximumHeadlineInset ? firstPlot : margin.left
        var y = margin.top
        var commands = headline(left: left, width: width - left - margin.right, y: &y)
        layout.setRows(top: y)
        for item in layout.placed {
            let plot = layout.plotArea(of: item.panel)
            let before = item.plan.insets.top + item.header.height
            let rowBefore = layout.rows[item.panel.rows.lowerBound].before
            let top = plot.top - (rowBefore - before <= FigureLayout.levelWithin ? rowBefore : before)
            let drawn = item.plan.draw(plot)
            commands += drawn.isEmpty ? [EmptyNote.command(in: plot, measuring: measure)] : drawn
            commands += item.header.commands(
                in: Rectangle(left: plot.left, top: top, width: plot.width, height: item.header.height))
        }
        y = layout.rows.last.map { $0.end + $0.after } ?? y
        if let footer = figure.footer, !footer.isEmpty {
            y += 16
            commands += paragraph(
                footer, Ink.noteFont, Ink.note, left: left, width: width - left - margin.right, maximumLines: 6, y: &y)
        }
        return Scene(size: Size(width: width, height: (y + margin.bottom).rounded(.up)), commands: commands)
    }

    /// The title, smaller if that saves a line, and the subtitle; `y` moves below them.
    private func headline(left: Double, width: Double, y: inout Double) -> [DrawingCommand] {
        let fullFont = Font(size: 17, isBold: true)
        let needed = measure.width(of: figure.title, in: fullFont)
        let font = fullFont.scaled(by: needed > width ? max(0.8, width / needed * 0.999) : 1)
        var commands = paragraph(
            figure.title, font, Ink.headline, left: left, width: width, maximumLines: 3, y: &y)
        if let subtitle = figure.subtitle, !subtitle.isEmpty {
            y += 3
            commands += paragraph(
                subtitle, Font(size: 10.5), Ink.text, left: left, width: width, maximumLines: 4, y: &y)
        }
        y += commands.isEmpty ? 0 : 12
        return commands
    }

    private func paragraph(
        _ text: String, _ font: Font, _ color: Color, left: Double, width: Double, maximumLines: Int, y: inout Double
    ) -> [DrawingCommand] {
        measure.wrapped(text, to: width, in: font, maximumLines: maximumLines).map { line in
            y += font.lineHeight
            return .text(measure.line(line, font, color, at: Point(x: left, y: y - font.descent)))
        }
    }
}
