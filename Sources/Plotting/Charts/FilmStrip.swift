/// Pictures in the order of time, such as an episode's states: drawings in vectors or pixels in colour, each in a thin frame with its
/// caption below, broken into rows like lines of text.
public struct FilmStrip: Chart {
    /// One picture.
    public struct Frame: Sendable, Equatable {
        /// When it was taken and what happened: "step 40".
        public var caption: String
        /// A second line below: "return 40".
        public var note = ""
        /// The picture in its own coordinates; what lies outside of its size is cut off.
        public var picture: Scene

        public init(_ caption: String = "", _ picture: Scene) {
            self.caption = caption
            self.picture = picture
        }

        /// A task's sketch, as wide as `width` points before it is fitted into the strip.
        public init(_ caption: String, note: String, _ sketch: Sketch, width: Double = 150) {
            self.init(caption, sketch.scene(width: width))
            self.note = note
        }

        /// A picture of pixels, each a sharp square where it is enlarged.
        public init(_ caption: String = "", _ image: ColorImage) {
            let size = Size(width: Double(image.width), height: Double(image.height))
            let box = Rectangle(left: 0, top: 0, width: size.width, height: size.height)
            self.init(caption, Scene(size: size, commands: [.colorImage(image, in: box)]))
        }
    }

    public var frames: [Frame]
    /// Pictures in a row; as many as make them largest where no number is given.
    public var columns: Int?

    public init(_ frames: [Frame], columns: Int? = nil) {
        precondition(columns ?? 1 > 0, "a film strip has at least one picture in a row, not \(columns ?? 0)")
        self.frames = frames
        self.columns = columns
    }

    private static let gap = 8.0

    /// Where pictures go, from the size of the plot area.
    private struct Cells {
        let columns: Int
        let pitch: Size
        let scale: Double
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let cells = cells(in: size)
        let rows = (frames.count + cells.columns - 1) / cells.columns
        return ChartPlan(
            insets: Insets(top: CartesianFrame.topInset), usedHeight: max(Double(rows) * cells.pitch.height, 10)
        ) { plot in
            draw(self.cells(in: plot.size), in: plot, measure)
        }
    }

    private var captionHeight: Double {
        let lines = [frames.contains { !$0.caption.isEmpty }, frames.contains { !$0.note.isEmpty }].count { $0 }
        return lines > 0 ? Double(lines) * Ink.noteFont.lineHeight + 2 : 0
    }

    /// The height of a strip of this width with `columns` pictures in a row.
    public func height(width: Double, columns: Int) -> Double {
        let aspectRatio = frames.map { $0.picture.size.width / max($0.picture.size.height, 1) }.min() ?? 1
        let cell = max((width + FilmStrip.gap) / Double(columns) - FilmStrip.gap, 1)
        let rows = (frames.count + columns - 1) / columns
        return Double(rows) * (cell / aspectRatio + captionHeight + FilmStrip.gap)
    }

    private func cells(in size: Size) -> Cells {
        let width = max(frames.map(\.picture.size.width).max() ?? 1, 1)
        let height = max(frames.map(\.picture.size.height).max() ?? 1, 1)
        let (gap, captionHeight) = (FilmStrip.gap, captionHeight)
        func cells(_ columns: Int) -> Cells {
            let rows = (frames.count + columns - 1) / columns
            let across = ((size.width + gap) / Double(columns) - gap) / width
            let down = (size.height / Double(max(rows, 1)) - gap - captionHeight) / height
            let scale = max(min(across, down), 0)
            return Cells(
                columns: columns,
                pitch: Size(width: scale * width + gap, height: scale * height + captionHeight + gap), scale: scale)
        }
        if let columns { return cells(columns) }
        let candidates = (1...max(frames.count, 1)).map(cells)
        return candidates.max { $0.scale < $1.scale } ?? cells(1)
    }

    private func draw(_ cells: Cells, in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        guard cells.scale > 0 else { return [] }
        let font = Ink.noteFont
        return frames.enumerated().flatMap { index, frame -> [DrawingCommand] in
            let corner = Point(
                x: plot.left + Double(index % cells.columns) * cells.pitch.width,
                y: plot.top + Double(index / cells.columns) * cells.pitch.height)
            let size = frame.picture.size
            let box = Rectangle(
                left: corner.x, top: corner.y, width: cells.scale * size.width, height: cells.scale * size.height)
            let lines = [(frame.caption, Ink.label), (frame.note, Ink.note)].filter { !$0.0.isEmpty }
            let words = lines.enumerated().map { index, line -> DrawingCommand in
                let below = Point(x: box.center.x, y: box.bottom + 3 + Double(index) * font.lineHeight)
                let text = measure.shortened(line.0, to: box.width, in: font)
                return .text(measure.line(text, font, line.1, at: below, .center, .top))
            }
            return [
                .clipped(to: box, frame.picture.commands.map { $0.placed(at: corner, scale: cells.scale) }),
                .rectangle(box, stroke: Stroke(Ink.axis, width: 0.8)),
            ] + words
        }
    }
}
