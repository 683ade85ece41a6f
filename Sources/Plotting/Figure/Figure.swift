public import FileFormats

/// A page of charts as a value: a headline that says the result, panels aligned on one grid, and where it all comes
/// from.
///
/// ```swift
/// let figure = Figure(title: "PPO reaches 500 on CartPole", subtitle: "100,000 steps · seeds 1–4") {
///     Panel("Return of an episode", caption: summary.caption,
///         LineChart(Series(summary.name("PPO"), summary), x: .environmentSteps))
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
    /// Where the figure comes from (command, run, seed, origin of the data): kept in each file as text.
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

    /// Title, program and origin, as every file says them about itself.
    private var texts: [(keyword: String, text: String)] {
        [(keyword: "Title", text: title), (keyword: "Software", text: "Fledge")] + metadata
    }

    /// The figure's pixels and its texts.
    ///
    /// - Parameter scale: Pixels to the point.
    public func image(scale: Double = 2, theme: Theme = .light) throws -> PNGImage {
        let scene = scene()
        let image = try CairoImage(size: scene.size, scale: scale, theme: theme)
        image.draw(scene.commands)
        return PNGImage(
            width: image.width, height: image.height, channels: 3, pixels: try image.opaquePixels(), text: texts)
    }

    /// The figure as a PNG file; equal figures have equal bytes.
    ///
    /// - Parameter scale: Pixels to the point.
    /// - Throws: `SceneError` when the figure is larger than an image can be, and what `PNG.encode` throws.
    public func png(scale: Double = 2, theme: Theme = .light) throws -> [UInt8] {
        // Measured on figures of all kinds: as small as with filters at the usual level, in less than half the time.
        try PNG.encode(image(scale: scale, theme: theme), compressionLevel: 3, filter: .none)
    }

    /// The figure as an SVG file: its text is text, and several of them fit into one page. Equal figures have equal
    /// bytes.
    ///
    /// - Throws: `SceneError` when a cloud of dots is larger than an image can be.
    public func svg(theme: Theme = .light) throws -> [UInt8] {
        try SVGWriter.file(scene(), theme: theme, title: title, metadata: texts)
    }

    /// The figure as an `<svg>` element of a page, in the colours that the page's reader prefers, light on paper.
    ///
    /// - Parameters:
    ///   - name: its class, which nothing else in the page may have.
    ///   - label: what it is, for those who cannot see it.
    /// - Throws: `SceneError` when a cloud of dots is larger than an image can be.
    public func svgElement(named name: String, label: String) throws -> String {
        try SVGWriter.element(scene(), named: name, label: label, metadata: metadata)
    }

    /// The figure as a PDF file of one page; equal figures have equal bytes.
    ///
    /// - Throws: `SceneError` when the drawing library fails.
    public func pdf(theme: Theme = .light) throws -> [UInt8] {
        try CairoPDF.write(scene(), theme: theme, title: title, metadata: metadata)
    }
}
