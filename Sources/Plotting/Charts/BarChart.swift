/// Horizontal bars, one below the other, with their names at the left and their values at the right end.
public struct BarChart: Chart {
    /// One bar.
    public struct Bar: Sendable, Equatable {
        public var label: String
        public var value: Double
        /// What stands at the bar's end: the value as a short number where none is given.
        public var valueText: String?
        public var color: Color?

        public init(_ label: String, _ value: Double, valueText: String? = nil, color: Color? = nil) {
            self.label = label
            self.value = value
            self.valueText = valueText
            self.color = color
        }
    }

    public var bars: [Bar]

    public init(_ bars: [Bar]) { self.bars = bars }

    private static let gap = 5.0
    private static let maximumPitch = 27.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let pitch = min(BarChart.maximumPitch, size.height / Double(max(bars.count, 1)))
        let font = Ink.tickFont.scaled(by: min(1, pitch / 13))
        let isReadable = font.size >= 5
        let labels = bars.map { isReadable ? measure.shortened($0.label, to: 190, in: font) : "" }
        let valueTexts = bars.map { isReadable ? $0.valueText ?? NumberText.short($0.value, digits: 6) : "" }
        let labelWidth = labels.map { measure.width(of: $0, in: font) }.max() ?? 0
        return ChartPlan(insets: Insets(left: labelWidth + BarChart.gap + 1)) { plot in
            draw(in: plot, pitch: pitch, font: font, labels: labels, valueTexts: valueTexts, measure)
        }
    }

    private func draw(
        in plot: Rectangle, pitch: Double, font: Font, labels: [String], valueTexts: [String], _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let widths = valueTexts.map { measure.width(of: $0, in: font) }
        let values = bars.map { $0.value.isPlottable ? $0.value : 0 }
        let low = min(values.min() ?? 0, 0), high = max(values.max() ?? 0, 0)
        let textRoom = (widths.max() ?? 0) + BarChart.gap
        // Room for the texts at the ends of the longest bars, right and, if there are negative ones, left.
        let room = max(plot.width - textRoom * (low < 0 ? 2 : 1), 0.3 * plot.width)
        let unit = high > low ? room / (high - low) : 0
        let zero = ((plot.left + (low < 0 ? textRoom : 0) - low * unit) * 2).rounded() / 2
        var commands: [DrawingCommand] = []
        for (index, bar) in bars.enumerated() {
            let middle = plot.top + (Double(index) + 0.5) * pitch
            let length = values[index] * unit
            let thickness = pitch * 0.66
            let color = bar.color ?? Palette.colors[0]
            let body = Rectangle(
                left: min(zero, zero + length), top: middle - thickness / 2, width: abs(length), height: thickness)
            if body.width > 0 { commands.append(.rectangle(body, fill: color)) }
            let isNegative = values[index] < 0
            let end = Point(x: zero + length + (isNegative ? -BarChart.gap : BarChart.gap), y: middle)
            commands.append(
                .text(
                    measure.line(
                        valueTexts[index], font, Ink.text, at: end, isNegative ? .trailing : .leading, .middle)))
            let beside = Point(x: plot.left - BarChart.gap, y: middle)
            commands.append(.text(measure.line(labels[index], font, Ink.text, at: beside, .trailing, .middle)))
        }
        let bottom = plot.top + Double(bars.count) * pitch
        if !bars.isEmpty {
            commands.append(
                .line(from: Point(x: zero, y: plot.top), to: Point(x: zero, y: bottom), Stroke(Ink.axis)))
        }
        return commands
    }
}
