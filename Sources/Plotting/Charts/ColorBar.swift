/// The key to colours that stand for values: a strip from the lowest to the highest with ticks, right of a plot.
struct ColorBar {
    private static let gap = 10.0
    private static let thickness = 9.0
    private static let pieces = 48

    let mapping: AxisMapping
    private let axis: Axis
    private let ticks: Ticks
    private let title: String?
    private let measure: TextMeasure

    /// - Parameters:
    ///   - axis: What the colours mean; its range where one is given, else that of the values.
    ///   - height: The plot area's, about.
    init(_ axis: Axis, showing values: some Sequence<Double>, height: Double, measuring measure: TextMeasure) {
        self.axis = axis
        self.measure = measure
        mapping = AxisMapping(
            scale: axis.scale, range: axis.limits(showing: values, padding: 0, zeroWithin: 0))
        ticks = Ticks.fitting(
            mapping, wordsFrom: axis.wordsFrom, length: height, isHorizontal: false, font: Ink.tickFont,
            measuring: measure)
        let unit = axis.showsUnit ? ticks.unit : nil
        let words = axis.title.map { title in unit.map { "\(title) (\($0))" } ?? title } ?? unit
        title = words.map { measure.shortened($0, to: height, in: Ink.axisFont) }
    }

    /// The room that it needs right of the plot.
    var width: Double {
        let labels = ticks.labels.map { measure.width(of: $0, in: Ink.tickFont) }.max() ?? 0
        let reach = CartesianFrame.tickLength + CartesianFrame.tickGap
        return ColorBar.gap + ColorBar.thickness + reach + labels + (title == nil ? 0 : 3 + Ink.axisFont.lineHeight)
    }

    /// The values at its marks.
    var levels: [Double] { ticks.values + ticks.minorValues }

    /// The colour of a value; nil where it has none.
    func color(of value: Double) -> Color? { mapping.share(of: value).map(ColorBar.color) }

    /// Never as pale as the paper, so that the lowest value can be seen.
    static func color(_ share: Double) -> Color { Palette.shade(0.12 + 0.88 * min(max(share, 0), 1)) }

    func commands(rightOf plot: Rectangle) -> [DrawingCommand] {
        let left = plot.right + ColorBar.gap
        let bar = Rectangle(left: left, top: plot.top, width: ColorBar.thickness, height: plot.height)
        var commands: [DrawingCommand] = []
        for piece in 0..<ColorBar.pieces {
            // Each reaches down to the end, so that no seams show.
            let top = plot.top + plot.height * Double(piece) / Double(ColorBar.pieces)
            let rest = Rectangle(left: left, top: top, width: bar.width, height: plot.bottom - top)
            let share = 1 - (Double(piece) + 0.5) / Double(ColorBar.pieces)
            commands.append(.rectangle(rest, fill: ColorBar.color(share)))
        }
        for (value, label) in zip(ticks.values, ticks.labels) {
            let y = plot.bottom - (mapping.share(of: value) ?? 0) * plot.height
            let end = Point(x: bar.right + CartesianFrame.tickLength, y: y)
            commands.append(.line(from: Point(x: bar.right, y: y), to: end, Stroke(Ink.axis)))
            let place = end.moved(CartesianFrame.tickGap, 0)
            commands.append(.text(measure.line(label, Ink.tickFont, Ink.label, at: place, .leading, .middle)))
        }
        if let title {
            let place = Point(x: plot.right + width - Ink.axisFont.descent, y: plot.center.y)
            commands.append(.text(measure.line(title, Ink.axisFont, Ink.text, at: place, .center, rotation: -.pi / 2)))
        }
        return commands
    }
}
