import Foundation

/// One line of text with its place and its measured extents, so that a scene can be checked for collisions.
public struct TextLine: Sendable, Equatable {
    /// Which part of the text's length lies at the given point.
    public enum HorizontalAnchor: Sendable { case leading, center, trailing }
    /// What lies at the given point's height: the baseline, the middle of the capitals, or their top.
    public enum VerticalAnchor: Sendable { case baseline, middle, top }

    public let string: String
    public let font: Font
    public let color: Color
    /// Where the baseline begins.
    public let origin: Point
    /// In radians, clockwise.
    public let rotation: Double
    /// The colour of a soft outline that keeps the text readable on top of lines.
    public let halo: Color?
    /// The length of the line and the reach of its ink above and below the baseline, in points.
    public let width: Double
    public let inkAbove: Double
    public let inkBelow: Double

    /// The smallest upright rectangle around the ink.
    public var bounds: Rectangle {
        let corners = [(0, -inkAbove), (width, -inkAbove), (0, inkBelow), (width, inkBelow)].map { x, y in
            Point(
                x: origin.x + x * cos(rotation) - y * sin(rotation),
                y: origin.y + x * sin(rotation) + y * cos(rotation))
        }
        let xs = corners.map(\.x), ys = corners.map(\.y)
        let left = xs.min() ?? origin.x, top = ys.min() ?? origin.y
        return Rectangle(
            left: left, top: top, width: (xs.max() ?? left) - left, height: (ys.max() ?? top) - top)
    }
}
