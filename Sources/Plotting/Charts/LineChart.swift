/// Lines over a common x-axis, with bands, faint single runs and reference lines.
///
/// Lines are named directly where their names fit beside them, otherwise in a legend above the plot. Where a value is
/// not a number, infinite, or (on a logarithmic axis) not positive, the line is broken and the place marked, and a note
/// above the plot says how many such values there are.
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
        ThinnedLineChart(self).plan(for: size, measuring: measure)
    }

    public var thinned: any Chart { ThinnedLineChart(self) }
}

/// A line chart whose curves were gone through.
private struct ThinnedLineChart: Chart {
    private static let gap = 4.0

    private let chart: LineChart
    private let data: LineData

    init(_ chart: LineChart) {
        data = LineData(chart)
        // What is needed besides the data.
        self.chart = LineChart(
            [], x: chart.xAxis, y: chart.yAxis, referenceLines: chart.referenceLines, labels: chart.labels,
            diagonal: chart.diagonal)
    }

    func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let isEmpty = data.isEmpty && chart.referenceLines.isEmpty && chart.diagonal == nil
        let frame = CartesianFrame(
            xAxis: isEmpty ? chart.xAxis.ofNothing : chart.xAxis, yAxis: isEmpty ? chart.yAxis.ofNothing : chart.yAxis,
            xLimits: data.xLimits, yLimits: data.yLimits,
            hasWholeX: data.hasWholeX, size: size, measuring: measure)
        let drawing = LineDrawing(
            data: data, referenceLines: chart.referenceLines, diagonal: chart.diagonal, frame: frame, measure: measure)
        let area = Rectangle(left: 0, top: 0, width: size.width, height: size.height)
        let directLabels = chart.labels == .automatic ? drawing.directLabels(in: area) : nil
        let legend = directLabels != nil || chart.labels == .none ? nil : drawing.legend(width: size.width)
        let notes = MissingNotes(data.missing, chart.yAxis.scale, width: size.width, measuring: measure)
        var insets = frame.insets
        if let legend { insets.top += legend.height + ThinnedLineChart.gap }
        insets.top += notes.height
        return ChartPlan(insets: insets) { plot in
            var commands = drawing.commands(in: plot)
            for (line, box) in directLabels ?? [] {
                // The plot area may have become a little wider or narrower since.
                let left = plot.left + (box.left + box.width / 2) * plot.width / size.width - box.width / 2
                let top = plot.top + box.top * plot.height / size.height
                commands.append(drawing.name(of: line, leftTop: Point(x: left, y: top)))
            }
            let bottom = plot.top - frame.insets.top
            commands += notes.commands(right: plot.right, bottom: bottom)
            if let legend {
                let top = bottom - notes.height - ThinnedLineChart.gap - legend.height
                commands += legend.commands(at: Point(x: plot.left, y: top))
            }
            return commands
        }
    }
}
