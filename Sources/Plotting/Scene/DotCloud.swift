import CCairo

/// So many dots that a file of shapes would be slow to open: drawn as one transparent picture.
struct DotCloud {
    /// Up to here each dot is a shape of its own in files of shapes.
    static let mostShapes = 12_000
    /// Pixels to the point: sharp in print.
    private static let scale = 3.0

    /// The place of the picture in the figure.
    let rectangle: Rectangle
    private let command: DrawingCommand

    /// nil where the dots are few enough to be shapes.
    init?(_ points: [Point], colorIndices: [Int], colors: [Color], radius: Double) {
        guard points.count > DotCloud.mostShapes else { return nil }
        let xs = points.map(\.x), ys = points.map(\.y)
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return nil }
        let margin = radius + 1
        rectangle = Rectangle(
            left: (left - margin).rounded(.down), top: (top - margin).rounded(.down),
            width: (right - left + 2 * margin).rounded(.up) + 1, height: (bottom - top + 2 * margin).rounded(.up) + 1)
        command = .dots(points, colorIndices: colorIndices, colors: colors, radius: radius)
    }

    /// - Throws: `SceneError` if the dots are spread over more than an image can be.
    func image(theme: Theme) throws -> CairoImage {
        let image = try CairoImage(size: rectangle.size, scale: DotCloud.scale, theme: theme, isOpaque: false)
        image.draw([command], origin: Point(x: rectangle.left, y: rectangle.top))
        return image
    }
}
