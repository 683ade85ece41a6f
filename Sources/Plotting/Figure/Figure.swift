public import FileFormats

/// A page of charts as a value: a headline that says the result, panels aligned on one grid, and where it all comes
/// from.
///
/// ```swift
/// let figure = Figure(title: "PPO reaches 500 on CartPole", subtitle: "100,000 steps · seeds 1–4") {
///     Panel("Return of an episode", caption: summary.caption,
///         LineChart(Series("PPO", summary), x: .environmentSteps))
/// }
/// let bytes = try figure.png()
/// ```
public struct Figure: Sendable {
    /// Says the result in one line.
    public var title: String
    /// What was done: rows, steps, seeds, numbers behind the headline.
    public var subtitle: String?
    /// Small notes at the bottom.
    public var footer: String?
    /// In points; the height follows from the panels.
    public var width: Double
    /// The heights of the plot areas in points, one for each row of the grid; the last counts for further rows.
    public var rowHeights: [Double]
    /// The widths of the grid's columns relative to each other; missing ones are 1.
    public var columnWeights: [Double]
    /// Where the figure comes from (command, run, seed, origin of the data): kept in the PNG file as text.
    public var metadata: [(keyword: String, text: String)]
    public var panels: [Panel]

    public init(
        title: String, subtitle: String? = nil, footer: String? = nil, width: Double = 825, rowHeights: [Double] = [],
        columnWeights: [Double] = [], metadata: [(keyword: String, text: String)] = [],
        @PanelBuilder panels: () -> [Panel]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.footer = footer
        self.width = width
        self.rowHeights = rowHeights
        self.columnWeights = columnWeights
        self.metadata = metadata
        self.panels = panels()
    }

    /// The figure laid out.
    public func scene() -> Scene { FigureLayout(self, measuring: TextMeasure()).scene() }

    /// The figure's pixels and its texts.
    ///
    /// - Parameter scale: Pixels to the point.
    public func image(scale: Double = 2) throws -> PNGImage {
        let scene = scene()
        let canvas = try CairoCanvas(size: scene.size, scale: scale)
        canvas.draw(scene.commands)
        return PNGImage(
            width: canvas.width, height: canvas.height, channels: 3, pixels: try canvas.pixels(),
            text: [(keyword: "Title", text: title), (keyword: "Software", text: "Fledge")] + metadata)
    }

    /// The figure as a PNG file; equal figures have equal bytes.
    ///
    /// - Parameter scale: Pixels to the point.
    /// - Throws: `SceneError` when the figure is larger than an image can be, and what `PNG.encode` throws.
    public func png(scale: Double = 2) throws -> [UInt8] { try PNG.encode(image(scale: scale)) }
}
