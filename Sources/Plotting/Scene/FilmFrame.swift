public import FileFormats

/// A picture of a film: what a task looks like, below a line that says what it is and above one that says what happens.
/// Every frame of a film has the same layout, so that nothing jumps.
public struct FilmFrame: Sendable, Equatable {
    /// What is filmed: "CartPole-v1".
    public var title: String
    /// At the right end of the title's line: "step 12 · return 12".
    public var score: String
    /// Below the picture: "push left".
    public var caption: String
    public var sketch: Sketch

    public init(title: String, score: String, caption: String, sketch: Sketch) {
        self.title = title
        self.score = score
        self.caption = caption
        self.sketch = sketch
    }

    private static let margin = 14.0
    private static let titleFont = Font(size: 12, isBold: true)
    private static let scoreFont = Font(size: 11)
    private static let captionFont = Font(size: 10.5)

    /// - Parameter width: in points.
    public func scene(width: Double) -> Scene {
        let (margin, measure) = (Self.margin, TextMeasure())
        let picture = sketch.scene(width: width - 2 * margin)
        let top = 34.0
        let bottom = top + picture.size.height
        let area = Rectangle(left: margin, top: top, width: picture.size.width, height: picture.size.height)
        let scoreWidth = measure.width(of: score, in: Self.scoreFont)
        let title = measure.shortened(title, to: width - 3 * margin - scoreWidth, in: Self.titleFont)
        let caption = measure.shortened(caption, to: width - 2 * margin, in: Self.captionFont)
        return Scene(
            size: Size(width: width, height: bottom + 26),
            commands: [
                .text(
                    measure.line(title, Self.titleFont, Ink.headline, at: Point(x: margin, y: 22))),
                .text(
                    measure.line(score, Self.scoreFont, Ink.text, at: Point(x: width - margin, y: 22), .trailing)),
                .clipped(
                    to: area, picture.commands.map { $0.placed(at: Point(x: margin, y: top), scale: 1) }),
                .text(
                    measure.line(caption, Self.captionFont, Ink.label, at: Point(x: margin, y: bottom + 17))),
            ])
    }

    /// The frame's pixels.
    ///
    /// - Parameters:
    ///   - width: in points.
    ///   - scale: pixels to the point.
    /// - Throws: `SceneError` if the picture has too many pixels.
    public func image(width: Double, scale: Double, theme: Theme = .light) throws -> PNGImage {
        let scene = scene(width: width)
        let image = try CairoImage(size: scene.size, scale: scale, theme: theme)
        image.draw(scene.commands)
        return PNGImage(width: image.width, height: image.height, channels: 3, pixels: try image.opaquePixels())
    }
}
