/// Lines over a common x-axis, with bands, faint single runs and reference lines.
///
/// Lines are named directly where their names fit beside them, otherwise in a legend above the plot. Where a value is
/// not a number the line is broken and the place marked at the bottom.
public struct LineChart: Chart {
    /// How lines are named.
    public enum Labels: Sendable, Equatable { case automatic, legend, none }

    public var series: [Series]
    public var referenceLines: [ReferenceLine]
    public var xAxis: Axis
    public var yAxis: Axis
    public var labels: Labels
    /// The meaning of the dashed line from the lower left to the upper right corner, such as "chance".
    public var diagonal: String?

    public init(
        _ series: [Series], x xAxis: Axis = .automatic, y yAxis: Axis = .automatic,
        referenceLines: [ReferenceLine] = [], labels: Labels = .automatic, diagonal: String? = nil
    ) {
        self.series = series
        self.referenceLines = referenceLines
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.labels = labels
        self.diagonal = diagonal
    }

    public init(
        _ series: Series..., x xAxis: Axis = .automatic, y yAxis: Axis = .automatic,
        referenceLines: [ReferenceLine] = [], labels: Labels = .automatic
    ) {
        self.init(series, x: xAxis, y: yAxis, referenceLines: referenceLines, labels: labels)
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let xLimits = xAxis.limits(
            showing: series.lazy.flatMap { [$0.curve.x] + $0.faint.map(\.x) }.joined(), padding: 0,
            zeroWithin: 0.1)
        let yValues = series.lazy.flatMap {
            [$0.curve.y, $0.band?.lower ?? [], $0.band?.upper ?? []] + $0.faint.map(\.y)
        }
        let yLimits = yAxis.limits(
            showing: ([referenceLines.map(\.value)] + yValues).joined(), padding: 0.05, zeroWithin: 0.25)
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: xLimits, yLimits: yLimits,
            hasWholeX: series.allSatisfy { $0.curve.x.allSatisfy { $0 == $0.rounded() } }, size: size,
            measuring: measure)
        let drawing = LineDrawing(chart: self, frame: frame, measure: measure)
        let area = Rectangle(left: 0, top: 0, width: size.width, height: size.height)
        let directLabels = labels == .automatic ? drawing.directLabels(in: area) : nil
        let legend = directLabels != nil || labels == .none ? nil : drawing.legend(width: size.width)
        var insets = frame.insets
        if let legend { insets.top += legend.height + 4 }
        return ChartPlan(insets: insets) { plot in
            var commands = drawing.commands(in: plot)
            for (line, box) in directLabels ?? [] {
                // The plot area may have become a little wider or narrower since.
                let left = plot.left + (box.left + box.width / 2) * plot.width / size.width - box.width / 2
                let top = plot.top + box.top * plot.height / size.height
                commands.append(drawing.name(of: line, leftTop: Point(x: left, y: top)))
            }
            if let legend {
                commands += legend.commands(at: Point(x: plot.left, y: plot.top - frame.insets.top - 4 - legend.height))
            }
            return commands
        }
    }

    func color(_ index: Int) -> Color { series[index].color ?? Palette.color(index) }
}
