import Foundation

/// Horizontal bars, one below the other, with their names at the left and their values at the bars' ends, or, where
/// some are negative, in a column at the right.
public struct BarChart: Chart {
    /// One bar.
    public struct Bar: Sendable, Equatable {
        /// A share of a bar's value in a colour of its own.
        public struct Part: Sendable, Equatable {
            public var value: Double
            public var color: Color

            public init(_ value: Double, color: Color) {
                self.value = value
                self.color = color
            }
        }

        public var label: String
        public var value: Double
        /// What stands at the bar's end: the value as a short number where none is given.
        public var valueText: String?
        public var color: Color?
        /// The uncertainty of the value, drawn as a thin line across the bar's end.
        public var interval: ClosedRange<Double>?
        /// What the value consists of, side by side from zero: drawn instead of one colour.
        public var parts: [Part]

        public init(
            _ label: String, _ value: Double, valueText: String? = nil, color: Color? = nil,
            interval: ClosedRange<Double>? = nil, parts: [Part] = []
        ) {
            self.label = label
            self.value = value
            self.valueText = valueText
            self.color = color
            self.interval = interval
            self.parts = parts
        }
    }

    public var bars: [Bar]

    public init(_ bars: [Bar]) { self.bars = bars }

    private static let gap = 5.0
    private static let maximumPitch = 27.0
    /// The room that names and values leave for the bars.
    private static let minimumLength = 40.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let pitch = min(BarChart.maximumPitch, size.height / Double(max(bars.count, 1)))
        let font = Ink.tickFont.scaled(by: min(1, pitch / 13))
        let isReadable = font.size >= 5
        let decimals = NumberText.sharedDecimals(of: bars.map(\.value))
        let valueTexts = bars.map { isReadable ? $0.valueText ?? text($0.value, decimals: decimals) : "" }
        let valueRoom = (valueTexts.map { measure.width(of: $0, in: font) }.max() ?? 0) + BarChart.gap
        let labelRoom = size.width - BarChart.gap - valueRoom - BarChart.minimumLength
        let labels = bars.map { isReadable ? measure.shortened($0.label, to: max(labelRoom, 0), in: font) : "" }
        let labelWidth = labels.map { measure.width(of: $0, in: font) }.max() ?? 0
        return ChartPlan(
            insets: Insets(top: CartesianFrame.topInset), usedHeight: pitch * Double(bars.count)
        ) { plot in
            let start = labelWidth + BarChart.gap
            let body = Rectangle(
                left: plot.left + start, top: plot.top, width: plot.width - start, height: plot.height)
            return draw(
                in: body, pitch: pitch, font: font, labels: labels, valueTexts: valueTexts, valueRoom: valueRoom,
                measure)
        }
    }

    private func text(_ value: Double, decimals: Int) -> String {
        value == 0 || (1e-3..<1e15).contains(value.magnitude)
            ? NumberText.fixed(value, decimals: decimals) : NumberText.short(value)
    }

    private func draw(
        in plot: Rectangle, pitch: Double, font: Font, labels: [String], valueTexts: [String], valueRoom: Double,
        _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let values = bars.map { $0.value.isPlottable ? $0.value : 0 }
        let ends = bars.flatMap { $0.interval.map { [$0.lowerBound, $0.upperBound] } ?? [] }.filter(\.isPlottable)
        let low = min(values.min() ?? 0, ends.min() ?? 0, 0), high = max(values.max() ?? 0, ends.max() ?? 0, 0)
        let room = max(plot.width - valueRoom, 1)
        // In this order: room / span would overflow for the smallest spans.
        func lengthOf(_ value: Double) -> Double { high > low ? value / (high - low) * room : 0 }
        let lengths = values.map(lengthOf)
        let zero = ((plot.left - lengthOf(low)) * 2).rounded() / 2
        var commands: [DrawingCommand] = []
        for (index, bar) in bars.enumerated() {
            let middle = plot.top + (Double(index) + 0.5) * pitch
            let length = lengths[index]
            let thickness = pitch * 0.66
            let color = bar.color ?? Palette.colors[0]
            let body = Rectangle(
                left: min(zero, zero + length), top: middle - thickness / 2, width: abs(length), height: thickness)
            if body.width > 0, bar.parts.isEmpty { commands.append(.rectangle(body, fill: color)) }
            var start = zero
            for part in bar.parts where part.value.isPlottable && part.value > 0 {
                let piece = Rectangle(left: start, top: body.top, width: lengthOf(part.value), height: thickness)
                commands.append(.rectangle(piece, fill: part.color))
                start = piece.right
            }
            var reach = length
            if let interval = bar.interval, interval.lowerBound.isPlottable, interval.upperBound.isPlottable {
                let from = Point(x: zero + lengthOf(interval.lowerBound), y: middle)
                let to = Point(x: zero + lengthOf(interval.upperBound), y: middle)
                commands.append(.line(from: from, to: to, Stroke(Ink.headline, width: 1.2)))
                reach = max(reach, to.x - zero)
            }
            let end = Point(x: low < 0 ? plot.right : zero + reach + BarChart.gap, y: middle)
            commands.append(
                .text(
                    measure.line(
                        valueTexts[index], font, Ink.text, at: end, low < 0 ? .trailing : .leading, .middle)))
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
