/// Small greyscale pictures in rows and columns: centroids, or originals above their reconstructions.
public struct ImageGrid: Chart {
    /// One row of pictures with its name.
    public struct Row: Sendable, Equatable {
        public var label: String
        public var images: [GreyImage]

        public init(_ label: String = "", _ images: [GreyImage]) {
            self.label = label
            self.images = images
        }
    }

    public var rows: [Row]
    public var columnTitles: [String]
    /// The colours of the titles, where they stand for groups.
    public var columnColors: [Color]

    public init(_ rows: [Row], columnTitles: [String] = [], columnColors: [Color] = []) {
        self.rows = rows
        self.columnTitles = columnTitles
        self.columnColors = columnColors
    }

    private static let gap = 7.0
    private static let titleFont = Font(size: 9, isBold: true)

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let font = Ink.legendFont
        let labels = rows.map { measure.shortened($0.label, to: 130, in: font) }
        let labelWidth = labels.map { measure.width(of: $0, in: font) }.max() ?? 0
        let left = labelWidth > 0 ? labelWidth + ImageGrid.gap : 0
        let top = columnTitles.contains { !$0.isEmpty } ? ImageGrid.titleFont.lineHeight : 0
        return ChartPlan(insets: Insets(top: top, left: left)) { plot in
            draw(in: plot, labels: labels, measure)
        }
    }

    private func draw(in plot: Rectangle, labels: [String], _ measure: TextMeasure) -> [DrawingCommand] {
        let columnCount = rows.map(\.images.count).max() ?? 0
        guard columnCount > 0 else { return [] }
        let pitch = Size(width: plot.width / Double(columnCount), height: plot.height / Double(rows.count))
        let widest = Double(rows.flatMap(\.images).map(\.width).max() ?? 1)
        let highest = Double(rows.flatMap(\.images).map(\.height).max() ?? 1)
        let gap = min(ImageGrid.gap, 0.14 * min(pitch.width, pitch.height))
        let pointsPerPixel = wholePixels(
            min((pitch.width - gap) / max(widest, 1), (pitch.height - gap) / max(highest, 1)))
        var commands: [DrawingCommand] = []
        // Rows stay together when the columns limit the size of the pictures.
        let rowPitch = min(pitch.height, highest * pointsPerPixel + max(gap, 10))
        for (rowIndex, row) in rows.enumerated() {
            let top = plot.top + Double(rowIndex) * rowPitch
            for (column, image) in row.images.enumerated() {
                let box = Rectangle(
                    left: ((plot.left + Double(column) * pitch.width) * 2).rounded() / 2, top: (top * 2).rounded() / 2,
                    width: Double(image.width) * pointsPerPixel, height: Double(image.height) * pointsPerPixel)
                commands.append(.image(image, in: box))
            }
            let middle = Point(x: plot.left - ImageGrid.gap, y: top + highest * pointsPerPixel / 2)
            commands.append(
                .text(measure.line(labels[rowIndex], Ink.legendFont, Ink.text, at: middle, .trailing, .middle)))
        }
        for (column, title) in columnTitles.prefix(columnCount).enumerated() {
            let font = ImageGrid.titleFont
            let place = Point(
                x: plot.left + Double(column) * pitch.width + widest * pointsPerPixel / 2,
                y: plot.top - font.descent - 3)
            let text = measure.shortened(title, to: pitch.width - 2, in: font)
            let color = columnColors.indices.contains(column) ? columnColors[column] : Ink.text
            commands.append(.text(measure.line(text, font, color, at: place, .center)))
        }
        return commands
    }

    /// Enlarged pictures get a whole number of pixels (half points at the default scale) for each of theirs.
    private func wholePixels(_ pointsPerPixel: Double) -> Double {
        pointsPerPixel >= 0.5 ? (pointsPerPixel * 2).rounded(.down) / 2 : max(pointsPerPixel, 0)
    }
}
