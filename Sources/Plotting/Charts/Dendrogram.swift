/// The tree of a hierarchical clustering: leaves at the bottom, each bridge at the distance at which two clusters were
/// joined. Below the cut, subtrees have their cluster's colour.
public struct Dendrogram: Chart {
    /// One step of the clustering: the clusters `first` and `second` become one.
    public struct Merge: Sendable, Equatable {
        /// Rows are 0 ..< n; the cluster of merge i is n + i, as in SciPy's linkage matrix.
        public var first: Int
        public var second: Int
        public var distance: Double

        public init(_ first: Int, _ second: Int, at distance: Double) {
            self.first = first
            self.second = second
            self.distance = distance
        }
    }

    /// `[n − 1]`, from the first joined to the root.
    public let merges: [Merge]
    /// The names of the rows; none where there are too many to read.
    public var leafNames: [String]
    /// Where the tree is cut into clusters.
    public var cut: ReferenceLine?
    /// At most so many leaves: further down, subtrees are drawn as one leaf with the number of their rows.
    public var mostLeaves: Int
    public var yAxis: Axis

    public init(
        _ merges: [Merge], leafNames: [String] = [], cut: ReferenceLine? = nil, mostLeaves: Int = 40,
        y yAxis: Axis = Axis("distance")
    ) {
        let count = merges.count + 1
        for (index, merge) in merges.enumerated() {
            precondition(
                (0..<count + index).contains(merge.first) && (0..<count + index).contains(merge.second)
                    && merge.first != merge.second,
                "merge \(index) joins \(merge.first) and \(merge.second), which are not two clusters before it")
        }
        precondition(mostLeaves > 0, "a tree has at least one leaf, not \(mostLeaves)")
        self.merges = merges
        self.leafNames = leafNames
        self.cut = cut
        self.mostLeaves = mostLeaves
        self.yAxis = yAxis
    }

    private static let font = Font(size: 8)

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let tree = DendrogramTree(merges, cut: cut?.value, mostLeaves: mostLeaves)
        let frame = CartesianFrame(
            xAxis: Axis.automatic.marked(.none), yAxis: yAxis, xLimits: 0...Double(max(tree.leaves.count, 1)),
            yLimits: yAxis.limits(
                showing: merges.map(\.distance) + [0, cut?.value ?? 0], padding: 0.05, zeroWithin: 1),
            size: size, measuring: measure)
        let font = Dendrogram.font
        let pitch = size.width / Double(max(tree.leaves.count, 1))
        let labels = tree.leaves.map { leaf in
            leaf.rowCount > 1 ? "(\(leaf.rowCount))" : leafNames.indices.contains(leaf.node) ? leafNames[leaf.node] : ""
        }.map { measure.shortened($0, to: 0.3 * size.height, in: font) }
        let widest = labels.map { measure.width(of: $0, in: font) }.max() ?? 0
        let isUpright = widest + 3 > pitch
        let isReadable = pitch >= font.size
        var insets = frame.insets
        let labelHeight = widest == 0 || !isReadable ? 0 : isUpright ? widest : font.capHeight
        insets.bottom += labelHeight + 5
        return ChartPlan(insets: insets) { plot in
            var commands = frame.commands(in: plot) + bridges(of: tree, frame, in: plot)
            for (index, label) in labels.enumerated() where isReadable && !label.isEmpty {
                let x = plot.left + (Double(index) + 0.5) * plot.width / Double(labels.count)
                let place = Point(x: x, y: plot.bottom + 5)
                let beside = place.moved(font.capHeight / 2, 0)
                commands.append(
                    .text(
                        isUpright
                            ? measure.line(label, font, Ink.label, at: beside, .trailing, rotation: -.pi / 2)
                            : measure.line(label, font, Ink.label, at: place, .center, .top)))
            }
            return commands + cutLine(frame, in: plot, measure)
        }
    }

    private func bridges(of tree: DendrogramTree, _ frame: CartesianFrame, in plot: Rectangle) -> [DrawingCommand] {
        tree.bridges.compactMap { bridge in
            let corners = [
                (bridge.left.place, bridge.left.distance), (bridge.left.place, bridge.distance),
                (bridge.right.place, bridge.distance), (bridge.right.place, bridge.right.distance),
            ]
            let points = corners.compactMap { frame.place($0.0, $0.1, in: plot) }
            guard points.count == 4 else { return nil }
            let color = bridge.cluster.map { Palette.groupColor($0) } ?? Ink.label
            return .polyline(points, Stroke(color, width: 1.3))
        }
    }

    private func cutLine(_ frame: CartesianFrame, in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        guard let cut, let place = frame.place(0, cut.value, in: plot) else { return [] }
        let font = Ink.noteFont
        let label = measure.shortened(cut.label, to: plot.width - 8, in: font)
        let isBelow = place.y - 3 - font.size < plot.top
        let end = Point(x: plot.right - 3, y: isBelow ? place.y + 3 + font.capHeight : place.y - 3)
        return [
            .line(from: place, to: Point(x: plot.right, y: place.y), Stroke(Ink.text, width: 1.1, dash: [4.5, 3])),
            .text(measure.line(label, font, Ink.text, at: end, .trailing, halo: Ink.halo)),
        ]
    }
}
