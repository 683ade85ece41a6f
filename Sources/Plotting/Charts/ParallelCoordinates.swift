/// Trials as lines across one axis for each parameter, coloured by what they reached; the best lie on top.
public struct ParallelCoordinates: Chart {
    /// One axis.
    public struct Dimension: Sendable, Equatable {
        public var name: String
        /// The value of each trial, `[n]`; for categories their place in `categories`.
        public var values: [Double]
        public var scale: AxisScale
        /// The names of values that are no numbers.
        public var categories: [String]

        public init(_ name: String, _ values: [Double], scale: AxisScale = .linear, categories: [String] = []) {
            self.name = name
            self.values = values
            self.scale = scale
            self.categories = categories
        }
    }

    public let dimensions: [Dimension]
    /// What the trials reached, `[n]`.
    public let values: [Double]
    /// The title, scale and range of the colours.
    public var valueAxis: Axis
    /// Whether the lowest values are the best.
    public var isLowBest: Bool

    public init(
        _ dimensions: [Dimension], values: [Double], valueAxis: Axis = Axis("objective"), isLowBest: Bool = false
    ) {
        for dimension in dimensions {
            precondition(
                dimension.values.count == values.count,
                "\(dimension.name) needs a value for each of \(values.count) trials, not \(dimension.values.count)")
        }
        self.dimensions = dimensions
        self.values = values
        self.valueAxis = valueAxis
        self.isLowBest = isLowBest
    }

    private static let nameGap = 5.0

    /// One axis laid out.
    private struct Track {
        let mapping: AxisMapping
        let ticks: Ticks
        let name: [String]
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let pitch = size.width / Double(max(dimensions.count - 1, 1))
        let tracks = dimensions.map { track($0, pitch: pitch, height: size.height, measure) }
        let key = ColorBar(valueAxis, showing: values, height: size.height, measuring: measure)
        let reach = CartesianFrame.tickLength + CartesianFrame.tickGap
        let firstWidth = tracks.first?.ticks.labels.map { measure.width(of: $0, in: Ink.tickFont) }.max() ?? 0
        let nameLines = tracks.map(\.name.count).max() ?? 0
        let halfNames = [tracks.first, tracks.last].map { track in
            (track?.name.map { measure.width(of: $0, in: Ink.axisFont) }.max() ?? 0) / 2
        }
        let insets = Insets(
            top: CartesianFrame.topInset + ParallelCoordinates.nameGap + Double(nameLines) * Ink.axisFont.lineHeight,
            left: max(reach + firstWidth, halfNames[0]), bottom: Ink.tickFont.capHeight,
            right: max(key.width, halfNames[1]))
        return ChartPlan(insets: insets) { plot in
            lines(tracks, key, in: plot) + axes(tracks, in: plot, measure) + key.commands(rightOf: plot)
        }
    }

    private func track(_ dimension: Dimension, pitch: Double, height: Double, _ measure: TextMeasure) -> Track {
        let name = measure.wrapped(dimension.name, to: pitch - 6, in: Ink.axisFont, maximumLines: 2)
        guard dimension.categories.isEmpty else {
            let count = dimension.categories.count
            let mapping = AxisMapping(scale: .linear, range: -0.5...Double(count) - 0.5)
            let every = max(1, Int((Double(count) * 1.4 * Ink.tickFont.size / max(height, 1)).rounded(.up)))
            let shown = stride(from: 0, to: count, by: every).map { $0 }
            let labels = shown.map { measure.shortened(dimension.categories[$0], to: 0.5 * pitch, in: Ink.tickFont) }
            return Track(mapping: mapping, ticks: Ticks(values: shown.map(Double.init), labels: labels), name: name)
        }
        let axis = Axis(scale: dimension.scale)
        let mapping = AxisMapping(
            scale: dimension.scale, range: axis.limits(showing: dimension.values, padding: 0.03, zeroWithin: 0))
        let ticks = Ticks.fitting(
            mapping, wordsFrom: axis.wordsFrom, length: height, isHorizontal: false, font: Ink.tickFont,
            measuring: measure)
        let words = ticks.unit.map { "\(dimension.name) (\($0))" } ?? dimension.name
        return Track(
            mapping: mapping, ticks: ticks,
            name: measure.wrapped(words, to: pitch - 6, in: Ink.axisFont, maximumLines: 2))
    }

    private func place(_ index: Int, in plot: Rectangle) -> Double {
        plot.left + plot.width * (dimensions.count > 1 ? Double(index) / Double(dimensions.count - 1) : 0)
    }

    private func lines(_ tracks: [Track], _ key: ColorBar, in plot: Rectangle) -> [DrawingCommand] {
        // Where a trial has no value, its line is broken.
        let order = values.indices.filter { values[$0].isPlottable }.sorted { a, b in
            values[a] == values[b] ? a < b : (values[a] < values[b]) != isLowBest
        }
        let width = min(max(40 / Double(max(order.count, 1)), 0.8), 1.6)
        let commands = order.flatMap { trial -> [DrawingCommand] in
            var pieces: [[Point]] = [[]]
            for (index, track) in tracks.enumerated() {
                guard let share = track.mapping.share(of: dimensions[index].values[trial]) else {
                    pieces.append([])
                    continue
                }
                pieces[pieces.count - 1].append(
                    Point(x: place(index, in: plot), y: plot.bottom - share * plot.height))
            }
            let color = key.color(of: values[trial]) ?? Palette.noise
            return pieces.filter { $0.count > 1 }.map { .polyline($0, Stroke(color, width: width)) }
        }
        return [.clipped(to: plot.expanded(by: 1), commands)]
    }

    private func axes(_ tracks: [Track], in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        for (index, track) in tracks.enumerated() {
            let x = (place(index, in: plot) * 2).rounded() / 2
            let ends = (Point(x: x, y: plot.top), Point(x: x, y: plot.bottom))
            commands.append(.line(from: ends.0, to: ends.1, Stroke(Ink.label, width: 1.2)))
            for (value, label) in zip(track.ticks.values, track.ticks.labels) {
                let y = plot.bottom - (track.mapping.share(of: value) ?? 0) * plot.height
                let end = Point(x: x - CartesianFrame.tickLength, y: y)
                commands.append(.line(from: Point(x: x, y: y), to: end, Stroke(Ink.label)))
                let place = end.moved(-CartesianFrame.tickGap, 0)
                let text = measure.line(label, Ink.tickFont, Ink.text, at: place, .trailing, .middle)
                // Lines pass behind the labels of all axes but the first.
                commands.append(
                    .rectangle(text.bounds.expanded(by: 1.5), cornerRadius: 2, fill: Color.paper.opacity(0.8)))
                commands.append(.text(text))
            }
            for (line, words) in track.name.enumerated() {
                let above = Double(track.name.count - 1 - line) * Ink.axisFont.lineHeight
                let place = Point(x: x, y: plot.top - CartesianFrame.topInset - ParallelCoordinates.nameGap - above)
                commands.append(.text(measure.line(words, Ink.axisFont, Ink.headline, at: place, .center)))
            }
        }
        return commands
    }
}
