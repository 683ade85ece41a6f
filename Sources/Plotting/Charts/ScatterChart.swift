/// Points in the plane coloured by group, with a labelled marker for each group's centre; tens of thousands are fine.
public struct ScatterChart: Chart {
    /// A labelled place, such as a centroid.
    public struct Marker: Sendable, Equatable {
        public var label: String
        public var x: Double
        public var y: Double
        public var group: Int

        public init(_ label: String, x: Double, y: Double, group: Int) {
            self.label = label
            self.x = x
            self.y = y
            self.group = group
        }
    }

    public let x: [Double]
    public let y: [Double]
    /// The group of each point, `[n]`; negative for noise.
    public let groups: [Int]
    public var markers: [Marker]
    public var xAxis: Axis
    public var yAxis: Axis
    /// Dashed horizontal lines with their meanings, such as "no error".
    public var referenceLines: [ReferenceLine]
    /// The meaning of the dashed diagonal where y = x, such as "predicted = true"; both axes have the same limits then.
    public var identity: String?

    /// - Parameter groups: One for each point, or none: then all points have one colour.
    public init(
        x: [Double], y: [Double], groups: [Int] = [], markers: [Marker] = [], xAxis: Axis = .automatic,
        yAxis: Axis = .automatic, referenceLines: [ReferenceLine] = [], identity: String? = nil
    ) {
        precondition(x.count == y.count, "points need as many x as y: \(x.count) ≠ \(y.count)")
        precondition(groups.isEmpty || groups.count == x.count, "\(x.count) points cannot have \(groups.count) groups")
        self.x = x
        self.y = y
        self.groups = groups.isEmpty ? Array(repeating: 0, count: x.count) : groups
        self.markers = markers
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.referenceLines = referenceLines
        self.identity = identity
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let xValues = x + markers.map(\.x), yValues = y + markers.map(\.y) + referenceLines.map(\.value)
        let isSquare = identity != nil
        let missing = MissingValues(Curve(x: x, y: y), x: xAxis.scale, y: yAxis.scale)
        let isEmpty = missing.count == x.count && markers.isEmpty && referenceLines.isEmpty
        let frame = CartesianFrame(
            xAxis: isEmpty ? xAxis.ofNothing : xAxis, yAxis: isEmpty ? yAxis.ofNothing : yAxis,
            xLimits: xAxis.limits(showing: xValues + (isSquare ? yValues : []), padding: 0.04, zeroWithin: 0),
            yLimits: yAxis.limits(showing: yValues + (isSquare ? xValues : []), padding: 0.04, zeroWithin: 0),
            size: size, measuring: measure)
        let notes = MissingNotes(missing, yAxis.scale, width: size.width, measuring: measure)
        var insets = frame.insets
        insets.top += notes.height
        return ChartPlan(insets: insets) { plot in
            frame.commands(in: plot) + [.clipped(to: plot.expanded(by: 2), [dots(in: plot, frame)])]
                + guides(in: plot, frame, measure) + placedMarkers(in: plot, frame, measure)
                + notes.commands(right: plot.right, bottom: plot.top - frame.insets.top)
                + (isEmpty ? [EmptyNote.command(in: plot, measuring: measure)] : [])
        }
    }

    /// The diagonal and the horizontal lines, on top of the points so that they can be seen among many.
    private func guides(in plot: Rectangle, _ frame: CartesianFrame, _ measure: TextMeasure) -> [DrawingCommand] {
        let stroke = Stroke(Ink.text, width: 1.1, dash: [4.5, 3])
        let font = Ink.noteFont
        var commands: [DrawingCommand] = []
        for line in referenceLines {
            guard let place = frame.place(frame.x.range.lowerBound, line.value, in: plot),
                plot.expanded(by: 1).distance(to: place) == 0
            else { continue }
            commands.append(.line(from: place, to: Point(x: plot.right, y: place.y), stroke))
            let label = measure.shortened(line.label, to: plot.width - 8, in: font)
            let baseline = place.y - 3 - font.size > plot.top ? place.y - 3 : place.y + 3 + font.capHeight
            let end = Point(x: plot.right - 3, y: baseline)
            commands.append(.text(measure.line(label, font, Ink.text, at: end, .trailing, halo: Ink.halo)))
        }
        guard let identity else { return commands }
        let ends = [frame.x.range.lowerBound, frame.x.range.upperBound].compactMap { frame.place($0, $0, in: plot) }
        commands.append(.clipped(to: plot, [.polyline(ends, stroke)]))
        // The upper left corner is where predictions that are right do not lie.
        let label = measure.shortened(identity, to: plot.width - 32, in: font)
        let corner = Point(x: plot.left + 6, y: plot.top + 5)
        let middle = corner.moved(0, font.capHeight / 2)
        commands.append(.line(from: middle, to: middle.moved(16, 0), stroke))
        commands.append(
            .text(measure.line(label, font, Ink.text, at: corner.moved(20, 0), .leading, .top, halo: Ink.halo)))
        return commands
    }

    /// The more points there are, the smaller and the more transparent.
    private func dots(in plot: Rectangle, _ frame: CartesianFrame) -> DrawingCommand {
        var places: [Point] = [], colorIndices: [Int] = []
        let numbers = Array(Set(groups)).sorted()
        let positions = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
        for index in x.indices {
            guard let place = frame.place(x[index], y[index], in: plot) else { continue }
            places.append(place)
            colorIndices.append(positions[groups[index]] ?? 0)
        }
        let density = Double(max(places.count, 1)) / max(plot.width * plot.height, 1)
        let radius = min(max(0.17 / density.squareRoot(), 0.75), 1.7)
        let alpha = min(max(0.055 / density, 0.3), 0.7)
        let colors = numbers.map { Palette.groupColor($0).opacity(alpha) }
        return .dots(places, colorIndices: colorIndices, colors: colors, radius: radius)
    }

    private func placedMarkers(
        in plot: Rectangle, _ frame: CartesianFrame, _ measure: TextMeasure
    ) -> [DrawingCommand] {
        let font = Font(size: markers.count > 20 ? 7.5 : 10, isBold: true)
        let placed = markers.compactMap { marker -> MarkerLayout.Item? in
            guard let place = frame.place(marker.x, marker.y, in: plot) else { return nil }
            let label = measure.shortened(marker.label, to: 0.35 * plot.width, in: font)
            let height = font.size * 1.75
            let width = max(height, measure.width(of: label, in: font) + font.size * 0.9)
            return MarkerLayout.Item(
                label: label, group: marker.group, target: place, size: Size(width: width, height: height))
        }
        let boxes = MarkerLayout.boxes(of: placed, inside: plot)
        var commands: [DrawingCommand] = []
        for (item, box) in zip(placed, boxes) where box.expanded(by: -2).distance(to: item.target) > 0 {
            let color = Palette.groupColor(item.group).mixed(0.75, with: Ink.headline)
            commands.append(.line(from: item.target, to: box.center, Stroke(color, width: 1)))
            commands.append(.dots([item.target], colorIndices: [0], colors: [color], radius: 2))
        }
        for (item, box) in zip(placed, boxes) {
            commands.append(
                .rectangle(
                    box, cornerRadius: box.height / 2, fill: .paper,
                    stroke: Stroke(Palette.groupColor(item.group), width: 1.7)))
            commands.append(.text(measure.line(item.label, font, Ink.headline, at: box.center, .center, .middle)))
        }
        return commands
    }
}
