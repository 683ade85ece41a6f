import Foundation

/// Results side by side, one a row: a dot for the estimate, a line for its interval, and faint dots for the single runs
/// behind it, or a box for quartiles. The numbers stand at the right.
public struct IntervalChart: Chart {
    /// One result.
    public struct Row: Sendable, Equatable {
        public var label: String
        /// The estimate: a mean, median or interquartile mean.
        public var value: Double
        /// The thin line: a confidence interval, or the whiskers of a box.
        public var interval: ClosedRange<Double>?
        /// The thick part: quartiles.
        public var box: ClosedRange<Double>?
        /// Single runs or outliers.
        public var points: [Double]
        /// What stands at the right: value and interval where none is given.
        public var valueText: String?
        public var color: Color?

        public init(
            _ label: String, _ value: Double, interval: ClosedRange<Double>? = nil, box: ClosedRange<Double>? = nil,
            points: [Double] = [], valueText: String? = nil, color: Color? = nil
        ) {
            self.label = label
            self.value = value
            self.interval = interval
            self.box = box
            self.points = points
            self.valueText = valueText
            self.color = color
        }

        /// Median, quartiles, whiskers to the last value within 1.5 interquartile ranges, and the values beyond them
        /// (Tukey 1977).
        public static func box(_ label: String, of values: [Double], color: Color? = nil) -> Row {
            let sorted = values.filter(\.isPlottable).sorted()
            guard let first = sorted.first, let last = sorted.last else { return Row(label, .nan, color: color) }
            let (lower, upper) = (Quantile.of(sorted: sorted, 0.25), Quantile.of(sorted: sorted, 0.75))
            let reach = 1.5 * (upper - lower)
            let low = sorted.first { $0 >= lower - reach } ?? first
            let high = sorted.last { $0 <= upper + reach } ?? last
            return Row(
                label, Quantile.of(sorted: sorted, 0.5), interval: min(low, lower)...max(high, upper),
                box: lower...upper, points: sorted.filter { $0 < lower - reach || $0 > upper + reach }, color: color)
        }
    }

    public var rows: [Row]
    public var xAxis: Axis
    /// Dashed vertical lines with their meanings, such as "random policy: 22".
    public var references: [ReferenceLine]
    /// Whether the numbers stand at the right.
    public var showsValues: Bool

    public init(
        _ rows: [Row], x xAxis: Axis = .automatic, references: [ReferenceLine] = [], showsValues: Bool = true
    ) {
        self.rows = rows
        self.xAxis = xAxis
        self.references = references
        self.showsValues = showsValues
    }

    private static let gap = 6.0
    private static let maximumPitch = 24.0
    private static let minimumLength = 60.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let pitch = min(IntervalChart.maximumPitch, size.height / Double(max(rows.count, 1)))
        let font = Ink.tickFont.scaled(by: min(1, pitch / 12))
        let isReadable = font.size >= 5
        let gap = IntervalChart.gap
        let decimals = decimals
        let texts = rows.map { row in
            isReadable && showsValues ? row.valueText ?? text(of: row, decimals: decimals) : ""
        }
        let valueTexts = texts.map { measure.shortened($0, to: 0.4 * size.width, in: font) }
        let valueRoom = (valueTexts.map { measure.width(of: $0, in: font) }.max() ?? 0) + (showsValues ? gap : 0)
        let labelRoom = max(size.width - 2 * gap - valueRoom - IntervalChart.minimumLength, 0)
        let labels = rows.map { isReadable ? measure.shortened($0.label, to: labelRoom, in: font) : "" }
        let labelWidth = (labels.map { measure.width(of: $0, in: font) }.max() ?? 0) + gap
        let values = rows.flatMap { row in
            [row.value] + row.points
                + [row.interval, row.box].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
        }
        let bodyWidth = max(size.width - labelWidth - valueRoom, 1)
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: Axis.automatic.marked(.none),
            xLimits: xAxis.limits(showing: values + references.map(\.value), padding: 0.05, zeroWithin: 0.25),
            yLimits: 0...1, size: Size(width: bodyWidth, height: size.height), measuring: measure)
        let lines = VerticalReferences(references, along: frame.x, width: bodyWidth, measuring: measure)
        var insets = frame.insets
        insets.left = max(insets.left - labelWidth, 0)
        insets.right = max(insets.right - valueRoom, 0)
        insets.top += lines.height
        return ChartPlan(insets: insets, usedHeight: max(pitch * Double(rows.count), 10)) { plot in
            let body = Rectangle(
                left: plot.left + labelWidth, top: plot.top, width: max(plot.width - labelWidth - valueRoom, 1),
                height: plot.height)
            var commands = frame.commands(in: body) + lines.commands(in: body)
            for (index, row) in rows.enumerated() {
                let middle = body.top + (Double(index) + 0.5) * body.height / Double(rows.count)
                commands += draw(row, at: middle, pitch, frame, in: body)
                let (left, right) = (Point(x: body.left - gap, y: middle), Point(x: plot.right, y: middle))
                commands.append(.text(measure.line(labels[index], font, Ink.text, at: left, .trailing, .middle)))
                commands.append(.text(measure.line(valueTexts[index], font, Ink.text, at: right, .trailing, .middle)))
            }
            return commands
        }
    }

    private func draw(
        _ row: Row, at middle: Double, _ pitch: Double, _ frame: CartesianFrame, in body: Rectangle
    ) -> [DrawingCommand] {
        let color = row.color ?? Palette.colors[0]
        func place(_ value: Double) -> Point? {
            frame.x.share(of: value).map { Point(x: body.left + min(max($0, -0.01), 1.01) * body.width, y: middle) }
        }
        let dots = row.points.compactMap(place)
        var commands: [DrawingCommand] = []
        if !dots.isEmpty {
            let faint = color.opacity(0.35)
            commands.append(
                .dots(dots, colorIndices: dots.map { _ in 0 }, colors: [faint], radius: min(1.9, pitch / 8)))
        }
        if let interval = row.interval, let low = place(interval.lowerBound), let high = place(interval.upperBound) {
            commands.append(.line(from: low, to: high, Stroke(color, width: min(1.8, pitch / 8))))
        }
        if let box = row.box, let low = place(box.lowerBound), let high = place(box.upperBound) {
            let half = min(0.3 * pitch, 6)
            let area = Rectangle(left: low.x, top: middle - half, width: high.x - low.x, height: 2 * half)
            commands.append(
                .rectangle(area, cornerRadius: 1, fill: color.mixed(0.35, with: .paper), stroke: Stroke(color)))
            if let center = place(row.value) {
                commands.append(
                    .line(from: center.moved(0, -half), to: center.moved(0, half), Stroke(color, width: 2.2)))
            }
        } else if let center = place(row.value) {
            commands.append(.dots([center], colorIndices: [0], colors: [color], radius: min(3.4, pitch / 4)))
        }
        return commands
    }

    /// The decimals that all rows share: two significant digits of the widest interval; more would be noise.
    private var decimals: Int {
        let widest = rows.compactMap { $0.interval.map { $0.upperBound - $0.lowerBound } }.max() ?? 0
        guard widest > 0, widest.isPlottable else { return NumberText.sharedDecimals(of: rows.map(\.value)) }
        return min(max(1 - Int(log10(widest).rounded(.down)), 0), 6)
    }

    private func text(of row: Row, decimals: Int) -> String {
        guard let range = row.interval, row.value.isPlottable else {
            return NumberText.fixed(row.value, decimals: decimals)
        }
        let ends = [range.lowerBound, range.upperBound].map { NumberText.fixed($0, decimals: decimals) }
        return "\(NumberText.fixed(row.value, decimals: decimals)) [\(ends[0]), \(ends[1])]"
    }
}
