/// The silhouette of every row as a thin horizontal bar, sorted within its cluster, clusters one below the other
/// (Rousseeuw 1987): broad blades that pass the mean are sound clusters, blades below zero hold misplaced rows.
public struct SilhouetteChart: Chart {
    /// −1…1, `[n]`.
    public let silhouettes: [Double]
    /// The cluster of each row, `[n]`; rows of negative ones (noise) have no silhouette and are left out.
    public let clusters: [Int]
    /// The names of the clusters; their numbers where there are none.
    public var names: [String]
    /// The mean over all rows; computed from the rows where none is given (they may be a sample).
    public var mean: Double?
    public var xAxis: Axis

    public init(
        _ silhouettes: [Double], clusters: [Int], names: [String] = [], mean: Double? = nil,
        x xAxis: Axis = Axis("silhouette")
    ) {
        precondition(
            silhouettes.count == clusters.count,
            "each row has one silhouette and one cluster: \(silhouettes.count) ≠ \(clusters.count)")
        self.silhouettes = silhouettes
        self.clusters = clusters
        self.names = names
        self.mean = mean
        self.xAxis = xAxis
    }

    private static let gap = 5.0

    /// One cluster's rows, the largest silhouette first.
    private struct Blade {
        let cluster: Int
        let values: [Double]
    }

    private var blades: [Blade] {
        var values: [Int: [Double]] = [:]
        for (value, cluster) in zip(silhouettes, clusters) where cluster >= 0 && value.isPlottable {
            values[cluster, default: []].append(value)
        }
        return values.keys.sorted().map { Blade(cluster: $0, values: (values[$0] ?? []).sorted(by: >)) }
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let blades = blades
        let all = blades.flatMap(\.values)
        let mean = mean ?? (all.isEmpty ? nil : all.reduce(0, +) / Double(all.count))
        let font = Font(size: 9, isBold: true)
        let labels = blades.map { blade in
            let name = names.indices.contains(blade.cluster) ? names[blade.cluster] : "\(blade.cluster)"
            return measure.shortened(name, to: 0.3 * size.width, in: font)
        }
        let labelWidth = (labels.map { measure.width(of: $0, in: font) }.max() ?? 0) + SilhouetteChart.gap
        let limits = xAxis.limits(showing: all + [0, mean ?? 0], padding: 0.04, zeroWithin: 0)
        let frame = CartesianFrame(
            xAxis: xAxis, yAxis: Axis.automatic.marked(.none), xLimits: limits, yLimits: 0...1,
            size: Size(width: max(size.width - labelWidth, 1), height: size.height), measuring: measure)
        let lines = mean.map { [ReferenceLine("mean \(NumberText.fixed($0, decimals: 2))", at: $0)] } ?? []
        let reference = VerticalReferences(
            lines, along: frame.x, width: size.width - labelWidth, measuring: measure)
        var insets = frame.insets
        insets.left = max(insets.left - labelWidth, 0)
        insets.top += reference.height
        return ChartPlan(insets: insets) { plot in
            let body = Rectangle(
                left: plot.left + labelWidth, top: plot.top, width: max(plot.width - labelWidth, 1),
                height: plot.height)
            return frame.commands(in: body) + draw(blades, labels, font, in: body, frame, measure)
                + reference.commands(in: body)
        }
    }

    private func draw(
        _ blades: [Blade], _ labels: [String], _ font: Font, in body: Rectangle, _ frame: CartesianFrame,
        _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let total = Double(blades.reduce(0) { $0 + $1.values.count })
        let gap = min(4, 0.25 * body.height / Double(max(blades.count, 1)))
        let free = body.height - gap * Double(blades.count + 1)
        guard total > 0, free > 0, let zero = frame.x.share(of: 0) else { return [] }
        let base = body.left + zero * body.width
        var commands: [DrawingCommand] = []
        var top = body.top + gap
        var lastLabel = -Double.infinity
        for (blade, label) in zip(blades, labels) {
            let height = free * Double(blade.values.count) / total
            let color = Palette.groupColor(blade.cluster)
            commands.append(.polygon(outline(of: blade, top, height, base, in: body, frame), fill: color))
            // A row of clusters too thin for their names keeps those that have room.
            let middle = top + height / 2
            if middle - lastLabel >= font.size {
                let place = Point(x: body.left - SilhouetteChart.gap, y: middle)
                commands.append(.text(measure.line(label, font, color.asText, at: place, .trailing, .middle)))
                lastLabel = middle
            }
            top += height + gap
        }
        commands.append(
            .line(from: Point(x: base, y: body.top), to: Point(x: base, y: body.bottom), Stroke(Ink.axis)))
        return commands
    }

    /// Down the ends of the bars and back along zero, no finer than half a point.
    private func outline(
        of blade: Blade, _ top: Double, _ height: Double, _ base: Double, in body: Rectangle, _ frame: CartesianFrame
    ) -> [Point] {
        let count = min(blade.values.count, max(Int(2 * height), 1))
        var points = [Point(x: base, y: top)]
        for step in 0..<count {
            let value = blade.values[(2 * step + 1) * blade.values.count / (2 * count)]
            let x = body.left + (frame.x.share(of: value) ?? 0) * body.width
            points.append(Point(x: x, y: top + height * Double(step) / Double(count)))
            points.append(Point(x: x, y: top + height * Double(step + 1) / Double(count)))
        }
        return points + [Point(x: base, y: top + height)]
    }
}
