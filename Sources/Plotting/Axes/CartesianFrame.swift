/// The axes, ticks and grid around a plot area, laid out for its size; charts draw their data between the two parts.
struct CartesianFrame {
    static let tickLength = 3.5
    static let tickGap = 3.5
    static let titleGap = 6.0
    /// Room for the upper half of a label at the top; the same for all charts, so that their titles are level.
    static let topInset = 4.5

    let x: AxisMapping
    let y: AxisMapping
    private let xMarks: Axis.Marks
    private let yMarks: Axis.Marks
    private let xTicks: Ticks
    private let yTicks: Ticks
    private let xTitle: [String]
    private let yTitle: [String]
    /// The unit of an axis without a title, printed above it.
    private let yUnit: String?
    private let measure: TextMeasure

    init(
        xAxis: Axis, yAxis: Axis, xLimits: ClosedRange<Double>, yLimits: ClosedRange<Double>,
        hasWholeX: Bool = false, size: Size, measuring measure: TextMeasure
    ) {
        self.measure = measure
        x = AxisMapping(scale: xAxis.scale, range: xLimits)
        y = AxisMapping(scale: yAxis.scale, range: yLimits)
        xMarks = xAxis.marks
        yMarks = yAxis.marks
        xTicks = Ticks.fitting(
            x, wordsFrom: xAxis.wordsFrom, minimumStep: hasWholeX ? 1 : 0, length: size.width, isHorizontal: true,
            font: Ink.tickFont, measuring: measure)
        yTicks = Ticks.fitting(
            y, wordsFrom: yAxis.wordsFrom, length: size.height, isHorizontal: false, font: Ink.tickFont,
            measuring: measure)
        let xUnit = xAxis.showsUnit ? xTicks.unit : nil
        let xWords = xAxis.title.map { title in xUnit.map { "\(title) (\($0))" } ?? title } ?? xUnit
        xTitle = xWords.map { measure.wrapped($0, to: size.width, in: Ink.axisFont, maximumLines: 2) } ?? []
        let shownUnit = yAxis.showsUnit ? yTicks.unit : nil
        let yWords = yAxis.title.map { title in shownUnit.map { "\(title) (\($0))" } ?? title }
        yTitle = yWords.map { measure.wrapped($0, to: size.height, in: Ink.axisFont, maximumLines: 2) } ?? []
        yUnit = yWords == nil ? shownUnit : nil
    }

    var insets: Insets {
        let font = Ink.tickFont
        let yLabels = yMarks == .labelled ? yTicks.labels + [yUnit].compactMap { $0 } : []
        let labelWidth = yLabels.map { measure.width(of: $0, in: font) }.max() ?? 0
        let reach = CartesianFrame.tickLength + CartesianFrame.tickGap
        let besideWidth = yMarks == .labelled ? reach + labelWidth : 0
        let belowHeight = xMarks == .labelled ? reach + font.capHeight + font.descent : 0
        let xLabels = xMarks == .labelled ? xTicks.labels : []
        let firstWidth = xLabels.first.map { measure.width(of: $0, in: font) / 2 } ?? 0
        let lastWidth = xLabels.last.map { measure.width(of: $0, in: font) / 2 } ?? 0
        let titleWidth = yTitle.isEmpty ? 0 : CartesianFrame.titleGap + Double(yTitle.count) * Ink.axisFont.lineHeight
        let titleHeight = xTitle.isEmpty ? 0 : CartesianFrame.titleGap + Double(xTitle.count) * Ink.axisFont.lineHeight
        return Insets(
            top: CartesianFrame.topInset, left: max(besideWidth + titleWidth, firstWidth),
            bottom: belowHeight + titleHeight, right: lastWidth)
    }

    func place(_ xValue: Double, _ yValue: Double, in plot: Rectangle) -> Point? {
        guard let across = x.share(of: xValue), let up = y.share(of: yValue) else { return nil }
        return Point(x: plot.left + across * plot.width, y: plot.bottom - up * plot.height)
    }

    /// Grid, axis lines, ticks, labels and titles: all below the data.
    func commands(in plot: Rectangle) -> [DrawingCommand] {
        let grid = Stroke(Ink.grid), axis = Stroke(Ink.axis)
        let font = Ink.tickFont
        let xPlaces = xTicks.values.map { snapped(plot.left + (x.share(of: $0) ?? 0) * plot.width) }
        let yPlaces = yTicks.values.map { snapped(plot.bottom - (y.share(of: $0) ?? 0) * plot.height) }
        var commands: [DrawingCommand] = []
        for place in xPlaces where place > plot.left + 1 && xMarks != .none {
            commands.append(.line(from: Point(x: place, y: plot.top), to: Point(x: place, y: plot.bottom), grid))
        }
        for place in yPlaces where place < plot.bottom - 1 && yMarks != .none {
            commands.append(.line(from: Point(x: plot.left, y: place), to: Point(x: plot.right, y: place), grid))
        }
        for value in xTicks.minorValues where xMarks == .labelled {
            let place = snapped(plot.left + (x.share(of: value) ?? 0) * plot.width)
            commands.append(.line(from: Point(x: place, y: plot.bottom), to: Point(x: place, y: plot.bottom + 2), axis))
        }
        for value in yTicks.minorValues where yMarks == .labelled {
            let place = snapped(plot.bottom - (y.share(of: value) ?? 0) * plot.height)
            commands.append(.line(from: Point(x: plot.left, y: place), to: Point(x: plot.left - 2, y: place), axis))
        }
        let reach = CartesianFrame.tickLength + CartesianFrame.tickGap
        for (place, label) in zip(xPlaces, xTicks.labels) where xMarks == .labelled {
            let end = Point(x: place, y: plot.bottom + CartesianFrame.tickLength)
            commands.append(.line(from: Point(x: place, y: plot.bottom), to: end, axis))
            let below = Point(x: place, y: plot.bottom + reach)
            commands.append(.text(measure.line(label, font, Ink.label, at: below, .center, .top)))
        }
        for (place, label) in zip(yPlaces, yTicks.labels) where yMarks == .labelled {
            let end = Point(x: plot.left - CartesianFrame.tickLength, y: place)
            commands.append(.line(from: Point(x: plot.left, y: place), to: end, axis))
            let beside = Point(x: plot.left - reach, y: place)
            commands.append(.text(measure.line(label, font, Ink.label, at: beside, .trailing, .middle)))
        }
        let corner = Point(x: plot.left, y: plot.bottom)
        commands.append(
            .polyline([Point(x: plot.left, y: plot.top), corner, Point(x: plot.right, y: plot.bottom)], axis))
        return commands + titles(in: plot)
    }

    private func titles(in plot: Rectangle) -> [DrawingCommand] {
        let font = Ink.axisFont
        let reach = CartesianFrame.tickLength + CartesianFrame.tickGap
        var commands: [DrawingCommand] = []
        let below = plot.bottom + reach + Ink.tickFont.capHeight + Ink.tickFont.descent + CartesianFrame.titleGap
        for (index, line) in xTitle.enumerated() {
            let place = Point(x: plot.center.x, y: below + Double(index) * font.lineHeight)
            commands.append(.text(measure.line(line, font, Ink.text, at: place, .center, .top)))
        }
        let outermost = plot.left - insets.left + font.capHeight + 1
        for (index, line) in yTitle.enumerated() {
            let place = Point(x: outermost + Double(index) * font.lineHeight, y: plot.center.y)
            commands.append(
                .text(measure.line(line, font, Ink.text, at: place, .center, rotation: -.pi / 2)))
        }
        if let yUnit, yMarks == .labelled {
            let place = Point(x: plot.left - reach, y: plot.top - Ink.tickFont.size)
            commands.append(.text(measure.line(yUnit, Ink.tickFont, Ink.label, at: place, .trailing)))
        }
        return commands
    }

    /// Half points are whole pixels at the default scale: hairlines stay sharp.
    private func snapped(_ place: Double) -> Double { (place * 2).rounded() / 2 }
}
