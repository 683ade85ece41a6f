/// An upright rectangle in points; `top` is less than `bottom`.
public struct Rectangle: Sendable, Equatable {
    public var left: Double
    public var top: Double
    public var width: Double
    public var height: Double

    public init(left: Double, top: Double, width: Double, height: Double) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    public var right: Double { left + width }
    public var bottom: Double { top + height }
    public var size: Size { Size(width: width, height: height) }
    public var center: Point { Point(x: left + width / 2, y: top + height / 2) }

    /// Grown by `margin` on all sides (shrunk where it is negative).
    public func expanded(by margin: Double) -> Rectangle {
        Rectangle(left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    /// Whether the two share an area; touching edges do not count.
    public func overlaps(_ other: Rectangle) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /// Whether `other` lies inside, give or take `tolerance` points.
    public func contains(_ other: Rectangle, tolerance: Double = 0) -> Bool {
        other.left >= left - tolerance && other.right <= right + tolerance && other.top >= top - tolerance
            && other.bottom <= bottom + tolerance
    }

    /// The distance from `point` to the nearest point of the rectangle; zero inside.
    func distance(to point: Point) -> Double {
        let dx = max(left - point.x, 0, point.x - right)
        let dy = max(top - point.y, 0, point.y - bottom)
        return (dx * dx + dy * dy).squareRoot()
    }
}
