/// A function of two numbers as shades with level lines: an objective over two parameters, a value or policy over the
/// states of a task.
public struct ContourChart: Chart {
    /// The places of the columns and rows, ascending.
    public let x: [Double]
    public let y: [Double]
    /// `[y][x]`; what is not a number stays paper.
    public let values: [[Double]]
    /// Places that were measured, drawn on top.
    public var points: Curve?
    public var xAxis: Axis
    public var yAxis: Axis
    /// The title, scale and range of the shades.
    public var valueAxis: Axis
    /// Whether lines are drawn where the function takes the values that the key is marked with.
    public var showsLevels: Bool

    public init(
        x: [Double], y: [Double], values: [[Double]], points: Curve? = nil, xAxis: Axis = .automatic,
        yAxis: Axis = .automatic, valueAxis: Axis = .automatic, showsLevels: Bool = true
    ) {
        precondition(values.count == y.count, "\(values.count) rows of values need as many y, not \(y.count)")
        precondition(values.allSatisfy { $0.count == x.count }, "each row needs \(x.count) values")
        precondition(
            zip(x, x.dropFirst()).allSatisfy(<) && zip(y, y.dropFirst()).allSatisfy(<), "a grid's places ascend")
        self.x = x
        self.y = y
        self.values = values
        self.points = points
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.valueAxis = valueAxis
        self.showsLevels = showsLevels
    }

    /// Shades are so many: neighbours of one shade are drawn as one.
    private static let shadeCount = 64.0

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let (xEdges, yEdges) = (edges(x, xAxis.scale), edges(y, yAxis.scale))
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: xAxis.limits(showing: xEdges, padding: 0, zeroWithin: 0),
            yLimits: yAxis.limits(showing: yEdges, padding: 0, zeroWithin: 0), size: size, measuring: measure)
        let key = ColorBar(valueAxis, showing: values.joined(), height: size.height, measuring: measure)
        var insets = frame.insets
        insets.right = max(insets.right, key.width)
        return ChartPlan(insets: insets) { plot in
            var data = cells(xEdges, yEdges, frame, key, in: plot)
            if showsLevels { data += levels(frame, key, in: plot) }
            if let points {
                let places = zip(points.x, points.y).compactMap { frame.place($0, $1, in: plot) }
                for (color, radius) in [(Ink.headline, 2.1), (Color.paper, 1.3)] {
                    data.append(.dots(places, colorIndices: places.map { _ in 0 }, colors: [color], radius: radius))
                }
            }
            // The grid would cross the shades, so they cover it.
            return frame.commands(in: plot) + [.clipped(to: plot, data)] + key.commands(rightOf: plot)
        }
    }

    /// Halfway between neighbouring places, on the axis as it is drawn, and as far beyond the first and last.
    private func edges(_ places: [Double], _ scale: AxisScale) -> [Double] {
        guard let first = places.first, let last = places.last else { return [] }
        func middle(_ a: Double, _ b: Double) -> Double {
            scale == .logarithmic && a > 0 ? (a * b).squareRoot() : (a + b) / 2
        }
        func beyond(_ end: Double, _ inner: Double) -> Double {
            scale == .logarithmic && inner > 0 ? end * end / inner : 2 * end - inner
        }
        let inner = zip(places, places.dropFirst()).map(middle)
        return [beyond(first, inner.first ?? first + 0.5)] + inner + [beyond(last, inner.last ?? last - 0.5)]
    }

    private func cells(
        _ xEdges: [Double], _ yEdges: [Double], _ frame: CartesianFrame, _ key: ColorBar, in plot: Rectangle
    ) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        for (row, line) in values.enumerated() {
            var start = 0
            let shades = line.map { value in
                key.mapping.share(of: value).map { (min(max($0, 0), 1) * ContourChart.shadeCount).rounded() }
            }
            while start < line.count {
                var end = start + 1
                while end < line.count, shades[end] == shades[start] { end += 1 }
                if let shade = shades[start], let low = frame.place(xEdges[start], yEdges[row], in: plot),
                    let high = frame.place(xEdges[end], yEdges[row + 1], in: plot)
                {
                    // A little larger, so that no seams show between neighbours.
                    let box = Rectangle(
                        left: low.x, top: high.y, width: high.x - low.x, height: low.y - high.y)
                    commands.append(
                        .rectangle(box.expanded(by: 0.25), fill: ColorBar.color(shade / ContourChart.shadeCount)))
                }
                start = end
            }
        }
        return commands
    }

    private func levels(_ frame: CartesianFrame, _ key: ColorBar, in plot: Rectangle) -> [DrawingCommand] {
        let stroke = Stroke(Ink.headline.opacity(0.45), width: 0.8)
        return key.levels.flatMap { level in
            LevelLines.segments(of: values, at: level).compactMap { from, to -> DrawingCommand? in
                guard let start = place(from, frame, in: plot), let end = place(to, frame, in: plot) else { return nil }
                return .line(from: start, to: end, stroke)
            }
        }
    }

    /// A place between grid points, told in columns and rows, along the axes as they are drawn.
    private func place(_ grid: Point, _ frame: CartesianFrame, in plot: Rectangle) -> Point? {
        func between(_ places: [Double], _ position: Double) -> (Double, Double, Double) {
            let below = min(max(Int(position), 0), places.count - 2)
            return (places[below], places[below + 1], position - Double(below))
        }
        let (left, right, across) = between(x, grid.x), (lower, upper, up) = between(y, grid.y)
        guard let from = frame.place(left, lower, in: plot), let to = frame.place(right, upper, in: plot) else {
            return nil
        }
        return Point(x: from.x + across * (to.x - from.x), y: from.y + up * (to.y - from.y))
    }
}
