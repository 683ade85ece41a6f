/// Values that a line cannot pass through, because they are not numbers or have no place on the axis.
struct MissingValues {
    enum Kind: CaseIterable {
        /// Marked where the line stops.
        case notANumber
        /// Marked at the upper edge.
        case above
        /// Marked at the lower edge.
        case below

        /// What stands in the note beside the mark's shape.
        fileprivate func words(_ scale: AxisScale) -> String {
            switch self {
            case .notANumber: "× not a number"
            case .above: "▲ infinite"
            case .below: scale == .linear ? "▼ minus infinite" : "▼ zero or less"
            }
        }
    }

    /// nil for a value that has a place on an axis of that scale.
    static func kind(of value: Double, on scale: AxisScale) -> Kind? {
        if value.isNaN { return .notANumber }
        if scale == .logarithmic, value <= 0 { return .below }
        return value.isPlottable ? nil : value > 0 ? .above : .below
    }

    private(set) var counts: [Kind: Int] = [:]

    /// Counts what is missing of a curve; a place that is not a number hides its value too.
    init(_ curve: Curve, x: AxisScale, y: AxisScale) {
        for index in curve.x.indices {
            if let kind = Self.kind(of: curve.y[index], on: y) {
                counts[kind, default: 0] += 1
            } else if Self.kind(of: curve.x[index], on: x) != nil {
                counts[.notANumber, default: 0] += 1
            }
        }
    }

    init() {}

    var isEmpty: Bool { counts.isEmpty }
    var count: Int { counts.values.reduce(0, +) }

    mutating func add(_ other: MissingValues) { counts.merge(other.counts, uniquingKeysWith: +) }

    /// "× not a number: 3", "▲ infinite: 1".
    func parts(_ scale: AxisScale) -> [String] {
        Kind.allCases.compactMap { kind in
            counts[kind].map { "\(kind.words(scale)): \(NumberText.fixed(Double($0)))" }
        }
    }

    /// A small mark of the kind's shape around `place`.
    static func mark(_ kind: Kind, at place: Point, _ color: Color) -> [DrawingCommand] {
        let arm = 2.6
        switch kind {
        case .notANumber:
            let stroke = Stroke(color, width: 1.4)
            return [
                .line(from: place.moved(-arm, -arm), to: place.moved(arm, arm), stroke),
                .line(from: place.moved(-arm, arm), to: place.moved(arm, -arm), stroke),
            ]
        case .above, .below:
            let tip = kind == .above ? -arm : arm
            return [.polygon([place.moved(0, tip), place.moved(arm, -tip), place.moved(-arm, -tip)], fill: color)]
        }
    }
}
