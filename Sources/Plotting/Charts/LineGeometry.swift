/// A curve taken into a plot area: what can be drawn of it, and where something is missing.
struct LineGeometry {
    /// Columns as wide as a pixel at the default scale.
    static let columnWidth = 0.5
    /// Marks of what is missing keep this distance.
    private static let markDistance = 7.0

    /// Unbroken pieces of the line, thinned.
    private(set) var pieces: [[Point]] = []
    /// Where values are missing: at the line's last value, or at the edge that the value lies beyond; a row of missing
    /// values has one mark.
    private(set) var missing: [(kind: MissingValues.Kind, place: Point)] = []

    init(_ curve: Curve, frame: CartesianFrame, plot: Rectangle, columnWidth: Double = LineGeometry.columnWidth) {
        var piece: [Point] = []
        var last: Point?
        var lastKind: MissingValues.Kind?
        for (x, y) in zip(curve.x, curve.y) {
            if let point = frame.place(x, y, in: plot) {
                piece.append(point)
                last = point
                lastKind = nil
                continue
            }
            close(&piece, columnWidth)
            let kind = MissingValues.kind(of: y, on: frame.y.scale) ?? .notANumber
            if kind != lastKind, let across = frame.x.share(of: x), (0...1).contains(across) {
                mark(kind, at: plot.left + across * plot.width, last, in: plot)
            }
            lastKind = kind
        }
        close(&piece, columnWidth)
    }

    private mutating func mark(_ kind: MissingValues.Kind, at x: Double, _ last: Point?, in plot: Rectangle) {
        let y: Double =
            switch kind {
            case .notANumber: last.map { min(max($0.y, plot.top), plot.bottom) } ?? plot.bottom
            case .above: plot.top + 3
            case .below: plot.bottom - 3
            }
        let isCrowded = missing.contains { $0.kind == kind && abs($0.place.x - x) < LineGeometry.markDistance }
        if !isCrowded { missing.append((kind, Point(x: x, y: y))) }
    }

    private mutating func close(_ piece: inout [Point], _ columnWidth: Double) {
        if !piece.isEmpty { pieces.append(Downsampling.extremes(piece, columnWidth: columnWidth)) }
        piece = []
    }

    /// The outlines of the areas between the ends of a band: the widest reach in each column, at the column's first
    /// and last place. An area of one place only has two points, one below the other.
    static func outlines(of band: LineData.Envelope, frame: CartesianFrame, plot: Rectangle) -> [[Point]] {
        var outlines: [[Point]] = []
        var lower: [Point] = [], upper: [Point] = []
        /// The column in work: how many of its places are in the outline, and which it is.
        var (placed, column) = (0, Double.nan)
        func close() {
            if !lower.isEmpty { outlines.append(upper + lower.reversed()) }
            lower = []
            upper = []
            column = .nan
        }
        for index in band.x.indices {
            guard let below = frame.place(band.x[index], band.lower[index], in: plot),
                let above = frame.place(band.x[index], band.upper[index], in: plot)
            else {
                close()
                continue
            }
            let current = (below.x / columnWidth).rounded(.down)
            guard current == column else {
                (placed, column) = (1, current)
                lower.append(below)
                upper.append(above)
                continue
            }
            let low = max(lower[lower.count - 1].y, below.y), high = min(upper[upper.count - 1].y, above.y)
            if placed == 1 {
                placed = 2
                lower.append(below)
                upper.append(above)
            }
            for back in 1...2 {
                lower[lower.count - back].y = low
                upper[upper.count - back].y = high
            }
            lower[lower.count - 1].x = below.x
            upper[upper.count - 1].x = above.x
        }
        close()
        return outlines
    }
}
