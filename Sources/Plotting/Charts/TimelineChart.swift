/// When things ran: one bar from start to end for each, in rows, coloured by how it ended.
public struct TimelineChart: Chart {
    /// One bar.
    public struct Span: Sendable, Equatable {
        /// The row that it lies in, counted from the top.
        public var row: Int
        public var start: Double
        public var end: Double
        /// How it ended: a place in `states`.
        public var state: Int

        public init(row: Int, start: Double, end: Double, state: Int) {
            self.row = row
            self.start = start
            self.end = end
            self.state = state
        }
    }

    public var spans: [Span]
    /// What the colours mean: "complete", "pruned", "failed".
    public var states: [(name: String, color: Color)]
    /// What the rows are: "trial".
    public var rowTitle: String
    public var xAxis: Axis

    public init(
        _ spans: [Span], states: [(name: String, color: Color)], rowTitle: String = "trial",
        x xAxis: Axis = Axis("seconds since the start")
    ) {
        precondition(
            spans.allSatisfy { states.indices.contains($0.state) && $0.row >= 0 },
            "each span has a row from zero on and one of \(states.count) states")
        self.spans = spans
        self.states = states
        self.rowTitle = rowTitle
        self.xAxis = xAxis
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let rowCount = max((spans.map(\.row).max() ?? 0) + 1, 1)
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: Axis.automatic.marked(.none),
            xLimits: xAxis.limits(showing: spans.flatMap { [$0.start, $0.end] }, padding: 0.02, zeroWithin: 0.1),
            yLimits: 0...1, size: size, measuring: measure)
        let legend = Legend(
            states.map { Legend.Entry(label: $0.name, color: $0.color, dash: []) }, width: size.width,
            measuring: measure)
        let title = measure.shortened(rowTitle, to: size.height, in: Ink.axisFont)
        let ticks = rowTicks(rowCount, height: size.height, measure)
        let labelWidth = ticks.labels.map { measure.width(of: $0, in: Ink.tickFont) }.max() ?? 0
        let gap = CartesianFrame.tickGap + 2
        var insets = frame.insets
        insets.top += legend.height + 4
        insets.left = max(insets.left, labelWidth + gap + CartesianFrame.titleGap + Ink.axisFont.lineHeight)
        return ChartPlan(insets: insets) { plot in
            let pitch = plot.height / Double(rowCount)
            var commands = frame.commands(in: plot)
            for (row, label) in zip(ticks.values, ticks.labels) {
                let place = Point(x: plot.left - gap, y: plot.top + (row + 0.5) * pitch)
                commands.append(.text(measure.line(label, Ink.tickFont, Ink.label, at: place, .trailing, .middle)))
            }
            let outermost = plot.left - insets.left + Ink.axisFont.capHeight + 1
            let place = Point(x: outermost, y: plot.center.y)
            commands.append(.text(measure.line(title, Ink.axisFont, Ink.text, at: place, .center, rotation: -.pi / 2)))
            let bars = spans.compactMap { bar($0, pitch, frame, in: plot) }
            let top = plot.top - frame.insets.top - 4 - legend.height
            return commands + [.clipped(to: plot, bars)] + legend.commands(at: Point(x: plot.left, y: top))
        }
    }

    /// Row numbers that have room.
    private func rowTicks(_ count: Int, height: Double, _ measure: TextMeasure) -> Ticks {
        let mapping = AxisMapping(scale: .linear, range: 0...Double(max(count - 1, 1)))
        return count == 1
            ? Ticks(values: [0], labels: ["0"])
            : Ticks.fitting(
                mapping, wordsFrom: 1e9, minimumStep: 1, length: height, isHorizontal: false, font: Ink.tickFont,
                measuring: measure)
    }

    private func bar(_ span: Span, _ pitch: Double, _ frame: CartesianFrame, in plot: Rectangle) -> DrawingCommand? {
        guard let from = frame.x.share(of: span.start), let to = frame.x.share(of: span.end), to >= from else {
            return nil
        }
        // A trial too short to see is still there.
        let width = max((to - from) * plot.width, 1)
        let thickness = min(0.72 * pitch, 14)
        let middle = plot.top + (Double(span.row) + 0.5) * pitch
        return .rectangle(
            Rectangle(
                left: plot.left + from * plot.width, top: middle - thickness / 2, width: width, height: thickness),
            fill: states[span.state].color)
    }
}
