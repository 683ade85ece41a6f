/// One thing to draw. Coordinates are points; later commands cover earlier ones.
public indirect enum DrawingCommand: Sendable, Equatable {
    case polyline([Point], Stroke)
    case polygon([Point], fill: Color)
    case rectangle(Rectangle, cornerRadius: Double = 0, fill: Color? = nil, stroke: Stroke? = nil)
    /// Many small discs; disc i has the colour `colors[colorIndices[i]]`.
    case dots([Point], colorIndices: [Int], colors: [Color], radius: Double)
    case text(TextLine)
    /// A picture stretched to fill the rectangle, its pixels left square and sharp when they are enlarged.
    case image(GreyImage, in: Rectangle)
    case colorImage(ColorImage, in: Rectangle)
    case mosaic(Mosaic, in: Rectangle)
    /// What lies outside the rectangle is not drawn.
    case clipped(to: Rectangle, [DrawingCommand])

    static func line(from start: Point, to end: Point, _ stroke: Stroke) -> DrawingCommand {
        .polyline([start, end], stroke)
    }
}
