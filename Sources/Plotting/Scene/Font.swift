/// DejaVu Sans in a size (points per em) and weight.
public struct Font: Sendable, Equatable {
    public var size: Double
    public var isBold: Bool

    public init(size: Double, isBold: Bool = false) {
        self.size = size
        self.isBold = isBold
    }

    /// The height of capitals and digits: 1493 of DejaVu's 2048 units per em. Labels are centred by it.
    var capHeight: Double { size * 0.729 }
    /// The distance between the baselines of two lines of a paragraph.
    var lineHeight: Double { size * 1.28 }
    /// How far letters reach below the baseline.
    var descent: Double { size * 0.236 }

    func scaled(by factor: Double) -> Font { Font(size: size * factor, isBold: isBold) }
}
