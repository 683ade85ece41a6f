/// How often what was said to happen with probability p did happen (DeGroot & Fienberg 1983): on the diagonal a
/// classifier is calibrated, below it it is too sure. Under it stands how many predictions each bin holds.
public struct ReliabilityDiagram: Chart {
    /// The predictions whose probability lies in one interval.
    public struct Bin: Sendable, Equatable {
        /// Their mean probability, 0…1.
        public var predicted: Double
        /// The share of them that came true, 0…1.
        public var observed: Double
        /// The uncertainty of `observed`.
        public var interval: ClosedRange<Double>?
        public var count: Int

        public init(predicted: Double, observed: Double, interval: ClosedRange<Double>? = nil, count: Int) {
            self.predicted = predicted
            self.observed = observed
            self.interval = interval
            self.count = count
        }
    }

    /// One classifier.
    public struct Model: Sendable, Equatable {
        public var label: String?
        public var bins: [Bin]
        public var color: Color?

        /// - Parameter bins: Empty ones are not drawn.
        public init(_ label: String? = nil, _ bins: [Bin], color: Color? = nil) {
            self.label = label
            self.bins = bins.filter { $0.count > 0 && $0.predicted.isPlottable && $0.observed.isPlottable }
            self.color = color
        }
    }

    public var models: [Model]
    public var xTitle: String
    public var yTitle: String
    /// What the histogram counts.
    public var countTitle: String

    public init(
        _ models: [Model], x xTitle: String = "predicted probability", y yTitle: String = "observed frequency",
        count countTitle: String = "count"
    ) {
        self.models = models
        self.xTitle = xTitle
        self.yTitle = yTitle
        self.countTitle = countTitle
    }

    private static let gap = 10.0
    private static let histogramShare = 0.2

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let free = max(size.height - ReliabilityDiagram.gap, 2)
        let lowerHeight = ReliabilityDiagram.histogramShare * free
        let upper = CartesianFrame(
            xAxis: Axis(range: 0...1).marked(.gridOnly), yAxis: Axis(yTitle, range: 0...1), xLimits: 0...1,
            yLimits: 0...1, size: Size(width: size.width, height: free - lowerHeight), measuring: measure)
        let counts = models.flatMap { $0.bins.map { Double($0.count) } }
        let lower = CartesianFrame(
            xAxis: Axis(xTitle, range: 0...1), yAxis: Axis(countTitle, wordsFrom: 1e9), xLimits: 0...1,
            yLimits: 0...roundedUp(counts.max() ?? 1), size: Size(width: size.width, height: lowerHeight),
            measuring: measure)
        let entries = models.indices.compactMap { index in
            models[index].label.map { Legend.Entry(label: $0, color: color(index), dash: Palette.dash(index)) }
        }
        let diagonal = Legend.Entry(label: "perfectly calibrated", color: Ink.reference, dash: [4.5, 3])
        let legend = Legend(entries + [diagonal], width: size.width, measuring: measure)
        let insets = Insets(
            top: upper.insets.top + legend.height + 4,
            left: max(upper.insets.left, lower.insets.left), bottom: lower.insets.bottom, right: lower.insets.right)
        return ChartPlan(insets: insets) { plot in
            let free = max(plot.height - ReliabilityDiagram.gap, 2)
            let lowerHeight = ReliabilityDiagram.histogramShare * free
            let above = Rectangle(left: plot.left, top: plot.top, width: plot.width, height: free - lowerHeight)
            let below = Rectangle(
                left: plot.left, top: plot.bottom - lowerHeight, width: plot.width, height: lowerHeight)
            var commands = upper.commands(in: above) + lower.commands(in: below)
            let ends = [Point(x: above.left, y: above.bottom), Point(x: above.right, y: above.top)]
            commands.append(.polyline(ends, Stroke(Ink.reference, width: 1.2, dash: [4.5, 3])))
            for index in models.indices {
                commands += draw(index, upper, in: above) + bars(of: index, lower, in: below)
            }
            let top = plot.top - upper.insets.top - 4 - legend.height
            return commands + legend.commands(at: Point(x: plot.left, y: top))
        }
    }

    private func color(_ index: Int) -> Color { models[index].color ?? Palette.color(index) }

    /// The next number of 1, 2 or 5 times a power of ten: the low histogram has room for a mark at its top alone.
    private func roundedUp(_ count: Double) -> Double {
        var power = 1.0
        while power * 10 <= count { power *= 10 }
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= count } ?? count
    }

    private func draw(_ index: Int, _ frame: CartesianFrame, in area: Rectangle) -> [DrawingCommand] {
        let color = color(index)
        var points: [Point] = []
        var commands: [DrawingCommand] = []
        for bin in models[index].bins {
            guard let point = frame.place(bin.predicted, bin.observed, in: area) else { continue }
            points.append(point)
            guard let interval = bin.interval, let low = frame.place(bin.predicted, interval.lowerBound, in: area),
                let high = frame.place(bin.predicted, interval.upperBound, in: area)
            else { continue }
            commands.append(.line(from: low, to: high, Stroke(color.opacity(0.45), width: 1.2)))
        }
        commands.append(.polyline(points, Stroke(color, width: 1.8, dash: Palette.dash(index))))
        commands.append(.dots(points, colorIndices: points.map { _ in 0 }, colors: [color], radius: 2.6))
        return commands
    }

    /// Bars side by side within each bin's place.
    private func bars(of index: Int, _ frame: CartesianFrame, in area: Rectangle) -> [DrawingCommand] {
        let places = Double(max(models.map(\.bins.count).max() ?? 1, 1))
        let width = min(area.width / places * 0.7 / Double(models.count), 14)
        let shift = (Double(index) - Double(models.count - 1) / 2) * width
        return models[index].bins.compactMap { bin in
            guard let top = frame.place(bin.predicted, Double(bin.count), in: area) else { return nil }
            let left = min(max(top.x + shift - width / 2, area.left), area.right - width)
            let bar = Rectangle(left: left, top: top.y, width: width, height: area.bottom - top.y)
            return .rectangle(bar, fill: color(index))
        }
    }
}
