/// The reachability of rows in the order of OPTICS (Ankerst et al. 1999): valleys are clusters, and the height of the
/// ridge between two tells how well they are separated.
public struct ReachabilityChart: Chart {
    /// In the order of processing, `[n]`; infinite where a row cannot be reached from those before it.
    public let distances: [Double]
    /// The cluster of each row in the same order; negative for noise.
    public let clusters: [Int]
    /// Where clusters were cut out, such as "ε = 0.5".
    public var cut: ReferenceLine?
    public var xAxis: Axis
    public var yAxis: Axis

    public init(
        _ distances: [Double], clusters: [Int], cut: ReferenceLine? = nil, x xAxis: Axis = Axis("rows as ordered"),
        y yAxis: Axis = Axis("reachability distance")
    ) {
        precondition(
            distances.count == clusters.count,
            "each row has one distance and one cluster: \(distances.count) ≠ \(clusters.count)")
        self.distances = distances
        self.clusters = clusters
        self.cut = cut
        self.xAxis = xAxis
        self.yAxis = yAxis
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let cutValue = cut.map { [$0.value] } ?? []
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: yAxis, xLimits: 0...Double(max(distances.count, 1)),
            yLimits: yAxis.limits(showing: distances + [0] + cutValue, padding: 0.06, zeroWithin: 1), hasWholeX: true,
            size: size, measuring: measure)
        return ChartPlan(insets: frame.insets) { plot in
            var commands = frame.commands(in: plot) + [.clipped(to: plot, bars(frame, in: plot))]
            if let cut, let place = frame.place(0, cut.value, in: plot) {
                let stroke = Stroke(Ink.text, width: 1.1, dash: [4.5, 3])
                commands.append(.line(from: place, to: Point(x: plot.right, y: place.y), stroke))
                let font = Ink.noteFont
                let label = measure.shortened(cut.label, to: plot.width - 8, in: font)
                let isBelow = place.y - 3 - font.size < plot.top
                let end = Point(x: plot.right - 3, y: isBelow ? place.y + 3 + font.capHeight : place.y - 3)
                commands.append(.text(measure.line(label, font, Ink.text, at: end, .trailing, halo: Ink.halo)))
            }
            return commands
        }
    }

    /// The outline of each run of rows of one cluster, no finer than half a point: the highest of the rows that share a
    /// column, and the cluster of the middle one.
    private func bars(_ frame: CartesianFrame, in plot: Rectangle) -> [DrawingCommand] {
        let columns = min(distances.count, max(Int(2 * plot.width), 1))
        var areas: [(cluster: Int, outline: [Point])] = []
        for column in 0..<columns {
            let rows = column * distances.count / columns..<(column + 1) * distances.count / columns
            // A row that cannot be reached is a wall up to the top.
            let highest = rows.map { distances[$0].isNaN ? 0 : distances[$0] }.max() ?? 0
            let share = highest.isPlottable ? frame.y.share(of: highest) ?? 0 : 1
            let cluster = clusters[(rows.lowerBound + rows.upperBound - 1) / 2]
            let left = plot.left + plot.width * Double(column) / Double(columns)
            let right = plot.left + plot.width * Double(column + 1) / Double(columns)
            let top = plot.bottom - min(share, 1) * plot.height
            if areas.last?.cluster != cluster { areas.append((cluster, [Point(x: left, y: plot.bottom)])) }
            areas[areas.count - 1].outline += [Point(x: left, y: top), Point(x: right, y: top)]
        }
        return areas.map { cluster, outline in
            let end = Point(x: outline[outline.count - 1].x, y: plot.bottom)
            return .polygon(outline + [end], fill: Palette.groupColor(cluster))
        }
    }
}
