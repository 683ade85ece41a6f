/// A quantity over two others, as shades on a regular grid with the scale beside it; or a choice, in the colours of groups.
public struct FieldChart: Chart {
    /// `[rows][columns]`, from low y to high y.
    public let values: [[Double]]
    public var xAxis: Axis
    public var yAxis: Axis
    /// What lies where; axes need ranges, whose ends are the middles of the outermost cells.
    public var choices: [String]
    /// The values at the ends of the scale; those of the data where none are given.
    public var range: ClosedRange<Double>?

    /// - Parameters:
    ///   - values: of equal rows; where there are `choices`, the number of one.
    ///   - x: with a range, from the first to the last column.
    ///   - y: with a range, from the first to the last row.
    public init(
        _ values: [[Double]], x xAxis: Axis, y yAxis: Axis, range: ClosedRange<Double>? = nil, choices: [String] = []
    ) {
        let width = values.first?.count ?? 0
        precondition(values.allSatisfy { $0.count == width }, "the rows of a field are equally long")
        self.values = values
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.range = range
        self.choices = choices
    }

    private static let barWidth = 9.0
    private static let gap = 8.0
    private static let labelGap = 4.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: limits(xAxis, count: values.first?.count ?? 0),
            yLimits: limits(yAxis, count: values.count), size: size, measuring: measure)
        let scale = scale
        let labels = choices.isEmpty ? scale.labels.map(\.text) : choices
        let widest = labels.map { measure.width(of: $0, in: Ink.tickFont) }.max() ?? 0
        var insets = frame.insets
        insets.right = max(insets.right, FieldChart.gap + FieldChart.barWidth + FieldChart.labelGap + widest)
        return ChartPlan(insets: insets) { plot in
            frame.commands(in: plot) + [.mosaic(cells(in: scale.range), in: plot)]
                + (choices.isEmpty ? bar(beside: plot, scale, measure) : names(beside: plot, measure))
        }
    }

    /// Half a cell beyond the middles of the outermost ones.
    private func limits(_ axis: Axis, count: Int) -> ClosedRange<Double> {
        let range = axis.range ?? 0...Double(max(count - 1, 1))
        let half = (range.upperBound - range.lowerBound) / Double(max(count - 1, 1)) / 2
        return range.lowerBound - half...range.upperBound + half
    }

    /// From high y to low y, as a picture lies.
    private func cells(in range: ClosedRange<Double>) -> Mosaic {
        Mosaic(
            width: values.first?.count ?? 0, height: values.count,
            colors: values.reversed().joined().map { color(of: $0, range) })
    }

    private func color(of value: Double, _ range: ClosedRange<Double>) -> Color {
        guard value.isPlottable else { return Palette.noise }
        guard choices.isEmpty else { return Palette.groupColor(Int(value)) }
        return Palette.shade((value - range.lowerBound) / (range.upperBound - range.lowerBound))
    }

    // MARK: Scale

    private var scale: (range: ClosedRange<Double>, labels: [(value: Double, text: String)]) {
        let known = values.joined().filter(\.isPlottable)
        var (low, high) = (range?.lowerBound ?? known.min() ?? 0, range?.upperBound ?? known.max() ?? 1)
        if !(high > low) { (low, high) = (low - 0.5, low + 0.5) }
        let marks = [low, (low + high) / 2, high]
        return (low...high, marks.map { ($0, NumberText.short($0, digits: 2)) })
    }

    private func bar(
        beside plot: Rectangle, _ scale: (range: ClosedRange<Double>, labels: [(value: Double, text: String)]),
        _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let left = plot.right + FieldChart.gap
        let steps = 48
        var commands: [DrawingCommand] = (0..<steps).map { step in
            let piece = plot.height / Double(steps)
            let box = Rectangle(
                left: left, top: plot.bottom - Double(step + 1) * piece, width: FieldChart.barWidth, height: piece + 0.3
            )
            return .rectangle(box, fill: Palette.shade((Double(step) + 0.5) / Double(steps)))
        }
        for (value, text) in scale.labels {
            let share = (value - scale.range.lowerBound) / (scale.range.upperBound - scale.range.lowerBound)
            // The outermost labels stay beside the bar.
            let half = Ink.tickFont.capHeight / 2
            let middle = min(max(plot.bottom - share * plot.height, plot.top + half), plot.bottom - half)
            let place = Point(x: left + FieldChart.barWidth + FieldChart.labelGap, y: middle)
            commands.append(.text(measure.line(text, Ink.tickFont, Ink.label, at: place, .leading, .middle)))
        }
        return commands
    }

    private func names(beside plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        let left = plot.right + FieldChart.gap
        return choices.enumerated().flatMap { index, name -> [DrawingCommand] in
            let top = plot.top + Double(index) * Ink.tickFont.lineHeight * 1.2
            let box = Rectangle(left: left, top: top, width: FieldChart.barWidth, height: FieldChart.barWidth)
            let place = Point(x: box.right + FieldChart.labelGap, y: box.center.y)
            return [
                .rectangle(box, cornerRadius: 1.5, fill: Palette.groupColor(index)),
                .text(measure.line(name, Ink.tickFont, Ink.label, at: place, .leading, .middle)),
            ]
        }
    }
}
