/// A series taken into a plot area: what can be drawn of it, and where something is missing.
struct LineGeometry {
    /// Columns as wide as a pixel at the default scale.
    static let columnWidth = 0.5

    /// Unbroken pieces of the line, thinned.
    private(set) var pieces: [[Point]] = []
    /// The x of values that are not numbers or cannot be shown, at most one for each few points of width.
    private(set) var gaps: [Double] = []

    init(_ curve: Curve, frame: CartesianFrame, plot: Rectangle, columnWidth: Double = LineGeometry.columnWidth) {
        var piece: [Point] = []
        for (x, y) in zip(curve.x, curve.y) {
            if let point = frame.place(x, y, in: plot) {
                piece.append(point)
                continue
            }
            close(&piece, columnWidth)
            guard let across = frame.x.share(of: x), (0...1).contains(across) else { continue }
            let place = plot.left + across * plot.width
            if gaps.last.map({ abs(place - $0) >= 7 }) ?? true { gaps.append(place) }
        }
        close(&piece, columnWidth)
    }

    private mutating func close(_ piece: inout [Point], _ columnWidth: Double) {
        if !piece.isEmpty { pieces.append(Downsampling.extremes(piece, columnWidth: columnWidth)) }
        piece = []
    }

    /// The outlines of the areas between `lower` and `upper`, thinned to the widest reach in each column.
    static func outlines(
        of band: Series.Band, over x: [Double], frame: CartesianFrame, plot: Rectangle
    ) -> [[Point]] {
        var outlines: [[Point]] = []
        var lower: [Point] = [], upper: [Point] = []
        func close() {
            if lower.count > 1 { outlines.append(upper + lower.reversed()) }
            lower = []
            upper = []
        }
        for index in x.indices {
            guard let below = frame.place(x[index], band.lower[index], in: plot),
                let above = frame.place(x[index], band.upper[index], in: plot)
            else {
                close()
                continue
            }
            let last = lower.count - 1
            // The first and last point of a piece keep their places, so that band and line end together.
            if last > 0, index + 1 < x.count, lower[last].x - lower[last - 1].x < columnWidth,
                below.x - lower[last].x < columnWidth
            {
                lower[last].y = max(lower[last].y, below.y)
                upper[last].y = min(upper[last].y, above.y)
            } else {
                lower.append(below)
                upper.append(above)
            }
        }
        close()
        return outlines
    }
}
