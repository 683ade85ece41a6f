/// Looks for places in a plot where the names of lines can stand beside them without touching anything.
struct DirectLabels {
    /// Lines that a label must not touch, `curves[i]` dense enough that labels cannot slip between two points.
    let curves: [[Point]]
    let plot: Rectangle
    /// Areas already taken.
    private(set) var taken: [Rectangle]

    private static let gap = 3.5
    private static let otherClearance = 7.0
    private static let trialsPerCurve = 28

    init(curves: [[Point]], plot: Rectangle, taken: [Rectangle] = []) {
        self.curves = curves.map { DirectLabels.dense($0) }
        self.plot = plot
        self.taken = taken
    }

    /// The best free place of `size` beside curve `index`, which is taken from then on; nil if there is none.
    mutating func place(_ size: Size, beside index: Int) -> Rectangle? {
        let curve = curves[index]
        guard !curve.isEmpty else { return nil }
        let inside = plot.expanded(by: -2)
        var best: (score: Double, box: Rectangle)?
        for trial in 0..<DirectLabels.trialsPerCurve {
            let share = (Double(trial) + 0.5) / Double(DirectLabels.trialsPerCurve)
            let point = curve[Int(share * Double(curve.count))]
            for box in candidates(size, at: point) where inside.contains(box) {
                guard let score = score(box, beside: index) else { continue }
                // Nearer to the middle of the plot reads more easily.
                let offCenter =
                    abs(box.center.x - plot.center.x) / plot.width + 2 * abs(box.center.y - plot.center.y) / plot.height
                if score - 6 * offCenter > best?.score ?? -.infinity { best = (score - 6 * offCenter, box) }
            }
        }
        if let best { taken.append(best.box) }
        return best?.box
    }

    /// The first of the boxes that touches no curve and nothing taken; the first of all if none is free.
    mutating func place(firstFreeOf boxes: [Rectangle]) -> Rectangle? {
        if let free = place(onlyFreeOf: boxes) { return free }
        guard let first = boxes.first else { return nil }
        taken.append(first)
        return first
    }

    /// The first of the boxes that touches no curve and nothing taken, if there is one.
    mutating func place(onlyFreeOf boxes: [Rectangle]) -> Rectangle? {
        let free = boxes.first { box in
            plot.contains(box) && !taken.contains { $0.overlaps(box) }
                && curves.allSatisfy { curve in curve.allSatisfy { box.expanded(by: 2).distance(to: $0) > 0 } }
        }
        guard let free else { return nil }
        taken.append(free)
        return free
    }

    private func candidates(_ size: Size, at point: Point) -> [Rectangle] {
        let gap = DirectLabels.gap
        let (width, height) = (size.width, size.height)
        let corners = [
            (-width / 2, -height - gap), (-width - gap, -height - gap), (gap, -height - gap), (-width / 2, gap),
            (gap, gap), (-width - gap, gap), (gap, -height / 2), (-width - gap, -height / 2),
        ]
        return corners.map { Rectangle(left: point.x + $0, top: point.y + $1, width: width, height: height) }
    }

    /// How clear a label there would be; nil where it would touch something or could be taken for another line's.
    private func score(_ box: Rectangle, beside index: Int) -> Double? {
        guard !taken.contains(where: { $0.expanded(by: 4).overlaps(box) }) else { return nil }
        let own = clearance(of: box, from: index)
        guard own >= 1.2 else { return nil }
        var others = 60.0
        for other in curves.indices where other != index { others = min(others, clearance(of: box, from: other)) }
        guard others >= max(DirectLabels.otherClearance, 1.8 * own) else { return nil }
        return others.squareRoot() * 3 - own
    }

    private func clearance(of box: Rectangle, from index: Int) -> Double {
        var nearest = Double.infinity
        for point in curves[index] { nearest = min(nearest, box.distance(to: point)) }
        return nearest
    }

    /// Points at most 5 apart along the line.
    private static func dense(_ points: [Point]) -> [Point] {
        guard var last = points.first else { return [] }
        var result = [last]
        for point in points.dropFirst() {
            let dx = point.x - last.x, dy = point.y - last.y
            let pieces = Int(min((dx * dx + dy * dy).squareRoot() / 5, 399)) + 1
            for piece in 1...pieces {
                let share = Double(piece) / Double(pieces)
                result.append(last.moved(dx * share, dy * share))
            }
            last = point
        }
        return result
    }
}
