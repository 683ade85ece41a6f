extension DrawingCommand {
    /// The same drawing enlarged `scale` times about its upper left corner, which comes to lie at `origin`: a scene
    /// becomes a picture within another one.
    func placed(at origin: Point, scale: Double) -> DrawingCommand {
        func place(_ point: Point) -> Point { Point(x: origin.x + scale * point.x, y: origin.y + scale * point.y) }
        func place(_ box: Rectangle) -> Rectangle {
            let corner = place(Point(x: box.left, y: box.top))
            return Rectangle(left: corner.x, top: corner.y, width: scale * box.width, height: scale * box.height)
        }
        func place(_ stroke: Stroke) -> Stroke {
            Stroke(stroke.color, width: scale * stroke.width, dash: stroke.dash.map { scale * $0 })
        }
        switch self {
        case .polyline(let points, let stroke): return .polyline(points.map(place), place(stroke))
        case .polygon(let points, let fill): return .polygon(points.map(place), fill: fill)
        case .rectangle(let box, let radius, let fill, let stroke):
            return .rectangle(place(box), cornerRadius: scale * radius, fill: fill, stroke: stroke.map(place))
        case .dots(let points, let indices, let colors, let radius):
            return .dots(points.map(place), colorIndices: indices, colors: colors, radius: scale * radius)
        case .text(let line):
            return .text(
                TextLine(
                    string: line.string, font: line.font.scaled(by: scale), color: line.color,
                    origin: place(line.origin), rotation: line.rotation, halo: line.halo, width: scale * line.width,
                    inkAbove: scale * line.inkAbove, inkBelow: scale * line.inkBelow))
        case .image(let image, let box): return .image(image, in: place(box))
        case .colorImage(let image, let box): return .colorImage(image, in: place(box))
        case .mosaic(let mosaic, let box): return .mosaic(mosaic, in: place(box))
        case .clipped(let box, let inner):
            return .clipped(to: place(box), inner.map { $0.placed(at: origin, scale: scale) })
        }
    }
}
