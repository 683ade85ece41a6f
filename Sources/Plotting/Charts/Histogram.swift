/// How often values occur: bars of one group, or the overlaid outlines of several, with labelled thresholds.
public struct Histogram: Chart {
    /// Values that belong together, such as the errors of one class.
    public struct Group: Sendable, Equatable {
        public var label: String?
        public var values: [Double]
        public var color: Color?

        public init(_ label: String?, _ values: [Double], color: Color? = nil) {
            self.label = label
            self.values = values
            self.color = color
        }
    }

    /// What a bar's height is.
    public enum Height: Sendable, Equatable {
        /// How many values lie in the bin.
        case count
        /// The share of the group's values, in percent: groups of unequal sizes can be compared.
        case percentOfGroup
    }

    public var groups: [Group]
    public var height: Height
    /// About so many bins; chosen from the data where none is given (see `HistogramBins`).
    public var binCount: Int?
    /// Dashed vertical lines with their meanings, such as "threshold: 0.021".
    public var thresholds: [ReferenceLine]
    public var xAxis: Axis
    public var yAxis: Axis

    public init(
        _ groups: [Group], height: Height = .count, binCount: Int? = nil, thresholds: [ReferenceLine] = [],
        x xAxis: Axis = .automatic, y yAxis: Axis = .automatic
    ) {
        self.groups = groups
        self.height = height
        self.binCount = binCount
        self.thresholds = thresholds
        self.xAxis = xAxis
        self.yAxis = yAxis
    }

    /// One group without a name.
    public init(
        _ values: [Double], binCount: Int? = nil, thresholds: [ReferenceLine] = [], x xAxis: Axis = .automatic,
        y yAxis: Axis = .automatic
    ) {
        self.init([Group(nil, values)], binCount: binCount, thresholds: thresholds, x: xAxis, y: yAxis)
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let within = xAxis.range ?? -Double.infinity...Double.infinity
        let bins = HistogramBins(
            ofGroups: groups.map { $0.values.filter { within.contains($0) } }, count: binCount, scale: xAxis.scale)
        let heights = groups.map { group -> [Double] in
            let counts = bins.counts(of: group.values).map(Double.init)
            let unit = height == .count ? 1 : 100 / Double(max(group.values.count, 1))
            return counts.map { $0 * unit }
        }
        let floor = yAxis.scale == .linear ? [0.0] : []
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis,
            xLimits: xAxis.limits(showing: bins.edges + thresholds.map(\.value), padding: 0, zeroWithin: 0),
            yLimits: yAxis.limits(showing: Array(heights.joined()) + floor, padding: 0.05, zeroWithin: 1), size: size,
            measuring: measure)
        let references = VerticalReferences(thresholds, along: frame.x, width: size.width, measuring: measure)
        let legend = legend(width: size.width, measure)
        let note = missingNote(scale: xAxis.scale)
        var insets = frame.insets
        insets.top += references.height
        let noteBaseline = insets.top
        if note != nil { insets.top += Ink.noteFont.lineHeight }
        let legendBottom = insets.top
        if let legend { insets.top += legend.height + 4 }
        return ChartPlan(insets: insets) { plot in
            var commands = frame.commands(in: plot)
            let data = groups.indices.flatMap { bars(of: $0, bins, heights[$0], frame, in: plot) }
            commands += [.clipped(to: plot.expanded(by: 1), data)] + references.commands(in: plot)
            if let note {
                let place = Point(x: plot.right, y: plot.top - noteBaseline)
                let text = measure.shortened(note, to: plot.width, in: Ink.noteFont)
                commands.append(.text(measure.line(text, Ink.noteFont, Ink.label, at: place, .trailing)))
            }
            if let legend {
                commands += legend.commands(at: Point(x: plot.left, y: plot.top - legendBottom - 4 - legend.height))
            }
            return commands
        }
    }

    private func color(_ index: Int) -> Color { groups[index].color ?? Palette.color(index) }

    private func legend(width: Double, _ measure: TextMeasure) -> Legend? {
        let entries = groups.indices.compactMap { index in
            groups[index].label.map { Legend.Entry(label: $0, color: color(index), dash: []) }
        }
        return entries.isEmpty ? nil : Legend(entries, width: width, measuring: measure)
    }

    /// "× 3 values are not a number": what the bars cannot show is told.
    private func missingNote(scale: AxisScale) -> String? {
        let missing = groups.countOfValues { !$0.isPlottable }
        let below = scale == .logarithmic ? groups.countOfValues { $0.isPlottable && $0 <= .leastNormalMagnitude } : 0
        let parts = [
            missing > 0 ? "× not a number: \(NumberText.fixed(Double(missing)))" : nil,
            below > 0 ? "× not positive: \(NumberText.fixed(Double(below)))" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    /// One group fills its bars; several are outlines over translucent areas, so that each can be followed.
    private func bars(
        of index: Int, _ bins: HistogramBins, _ heights: [Double], _ frame: CartesianFrame, in plot: Rectangle
    ) -> [DrawingCommand] {
        let base = plot.bottom
        var outline: [Point] = []
        var bars: [DrawingCommand] = []
        for (bin, height) in heights.enumerated() {
            guard let left = frame.x.share(of: bins.edges[bin]), let right = frame.x.share(of: bins.edges[bin + 1])
            else { continue }
            let top = plot.bottom - (frame.y.share(of: height) ?? 0) * plot.height
            let (start, end) = (plot.left + left * plot.width, plot.left + right * plot.width)
            outline += [Point(x: start, y: top), Point(x: end, y: top)]
            guard height > 0 else { continue }
            let gap = min(0.5, 0.1 * (end - start))
            let bar = Rectangle(left: start + gap, top: top, width: end - start - 2 * gap, height: base - top)
            bars.append(.rectangle(bar, fill: color(index)))
        }
        guard groups.count > 1, let first = outline.first, let last = outline.last else { return bars }
        let area = [Point(x: first.x, y: base)] + outline + [Point(x: last.x, y: base)]
        return [
            .polygon(area, fill: color(index).opacity(0.22)), .polyline(area, Stroke(color(index), width: 1.5)),
        ]
    }
}

extension [Histogram.Group] {
    /// How many values of all groups are such.
    fileprivate func countOfValues(_ isSuch: (Double) -> Bool) -> Int {
        reduce(0) { $0 + $1.values.count(where: isSuch) }
    }
}
