/// How a line is drawn: colour, width and dashes in points. Caps and joins are round, dashes are blunt.
public struct Stroke: Sendable, Equatable {
    public var color: Color
    public var width: Double
    /// Lengths of dash and gap in turn; empty for a solid line.
    public var dash: [Double]

    public init(_ color: Color, width: Double = 1, dash: [Double] = []) {
        self.color = color
        self.width = width
        self.dash = dash
    }
}
