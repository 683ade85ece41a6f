/// A chart laid out: the room for its labels, and how to draw it once its place is known.
public struct ChartPlan {
    public let insets: Insets
    /// Draws into a plot area of about the size that the plan was made for.
    public let draw: (Rectangle) -> [DrawingCommand]

    public init(insets: Insets, draw: @escaping (Rectangle) -> [DrawingCommand]) {
        self.insets = insets
        self.draw = draw
    }
}
