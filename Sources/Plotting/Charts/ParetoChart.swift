/// Trials with two objectives: those that no other is better than in both form the front; the area that the front
/// dominates up to a reference point is its hypervolume.
public struct ParetoChart: Chart {
    public let x: [Double]
    public let y: [Double]
    /// Whether higher is better along each axis.
    public var isHighBest: (x: Bool, y: Bool)
    /// The worst values that count: the area between it and the front is shaded.
    public var reference: Point?
    public var xAxis: Axis
    public var yAxis: Axis

    public init(
        x: [Double], y: [Double], isHighBest: (x: Bool, y: Bool) = (false, false), reference: Point? = nil,
        xAxis: Axis = .automatic, yAxis: Axis = .automatic
    ) {
        precondition(x.count == y.count, "points need as many x as y: \(x.count) ≠ \(y.count)")
        self.x = x
        self.y = y
        self.isHighBest = isHighBest
        self.reference = reference
        self.xAxis = xAxis
        self.yAxis = yAxis
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let front = ParetoFront(x: x, y: y, isHighBest: isHighBest)
        let corner = reference.map { ([$0.x], [$0.y]) } ?? ([], [])
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: xAxis.limits(showing: x + corner.0, padding: 0.05, zeroWithin: 0),
            yLimits: yAxis.limits(showing: y + corner.1, padding: 0.05, zeroWithin: 0), size: size, measuring: measure)
        let legend = Legend(
            [
                .init(label: "Pareto front", color: Palette.colors[1], dash: []),
                .init(label: "dominated", color: Palette.noise.mixed(0.6, with: Ink.label), dash: []),
            ], width: size.width, measuring: measure)
        var insets = frame.insets
        insets.top += legend.height + 4
        return ChartPlan(insets: insets) { plot in
            let top = plot.top - frame.insets.top - 4 - legend.height
            return frame.commands(in: plot) + [.clipped(to: plot.expanded(by: 3), draw(front, frame, in: plot))]
                + legend.commands(at: Point(x: plot.left, y: top))
        }
    }

    private func draw(_ front: ParetoFront, _ frame: CartesianFrame, in plot: Rectangle) -> [DrawingCommand] {
        let others = x.indices.filter { !front.members.contains($0) }.compactMap { frame.place(x[$0], y[$0], in: plot) }
        let best = front.members.compactMap { frame.place(x[$0], y[$0], in: plot) }
        let color = Palette.colors[1]
        // From one member to the next the front goes along the worse values of both.
        var stairs: [Point] = []
        for (index, point) in best.enumerated() {
            if index > 0 { stairs.append(corner(best[index - 1], point)) }
            stairs.append(point)
        }
        var commands: [DrawingCommand] = []
        if let reference, let first = best.first, let last = best.last,
            let corner = frame.place(reference.x, reference.y, in: plot)
        {
            let area = [Point(x: first.x, y: corner.y)] + stairs + [Point(x: corner.x, y: last.y), corner]
            commands.append(.polygon(area, fill: color.opacity(0.12)))
        }
        let faint = Palette.noise.mixed(0.6, with: Ink.label)
        commands.append(.dots(others, colorIndices: others.map { _ in 0 }, colors: [faint], radius: 2))
        commands.append(.polyline(stairs, Stroke(color, width: 1.6)))
        commands.append(.dots(best, colorIndices: best.map { _ in 0 }, colors: [color], radius: 2.8))
        return commands
    }

    /// The corner between two members on the side of the dominated: members are sorted by x.
    private func corner(_ a: Point, _ b: Point) -> Point {
        // Where low x is best, the front holds a's y until b is reached; where high is best, b's y from a on.
        isHighBest.x ? Point(x: a.x, y: b.y) : Point(x: b.x, y: a.y)
    }
}
