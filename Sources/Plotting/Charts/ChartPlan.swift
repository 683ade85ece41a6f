/// A chart laid out: the room for its labels, and how to draw it once its place is known.
public struct ChartPlan {
    public let insets: Insets
    /// The height of the plot area that the chart really needs, where it is less than was offered.
    public let usedHeight: Double?
    /// Draws into a plot area of about the size that the plan was made for.
    public let draw: (Rectangle) -> [DrawingCommand]

    public init(insets: Insets, usedHeight: Double? = nil, draw: @escaping (Rectangle) -> [DrawingCommand]) {
        self.insets = insets
        self.usedHeight = usedHeight
        self.draw = draw
    }
}
