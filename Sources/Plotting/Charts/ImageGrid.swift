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

    /// Where the pictures go, from the size of the plot area.
    private struct Cells {
        /// The room for the rows' names.
        let start: Double
        let columnPitch: Double
        let rowPitch: Double
        let pointsPerPixel: Double
        let imageSize: Size
        /// How far a picture is moved to the right, so that a wider title above it begins with the column.
        let titleOverhang: Double
    }

    public func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
        let cells = cells(in: size, measuring: measure)
        let isTitled = columnTitles.contains { !$0.isEmpty }
        let top = CartesianFrame.topInset + (isTitled ? ImageGrid.titleFont.lineHeight : 0)
        return ChartPlan(insets: Insets(top: top), usedHeight: cells.rowPitch * Double(rows.count)) { plot in
            draw(cells, in: plot, measure)
        }
    }

    private func cells(in size: Size, measuring measure: TextMeasure) -> Cells {
        let images = rows.flatMap(\.images)
        let columnCount = Double(max(rows.map(\.images.count).max() ?? 0, 1))
        let labelWidth = rows.map { measure.width(of: $0.label, in: Ink.legendFont) }.max() ?? 0
        let start = labelWidth > 0 ? min(labelWidth, 0.25 * size.width) + 1.6 * ImageGrid.gap : 0
        let columnPitch = (size.width - start) / columnCount
        let rowPitch = size.height / Double(max(rows.count, 1))
        let (width, height) = (Double(images.map(\.width).max() ?? 0), Double(images.map(\.height).max() ?? 0))
        let gap = min(ImageGrid.gap, 0.14 * min(columnPitch, rowPitch))
        let pointsPerPixel = wholePixels(
            min((columnPitch - gap) / max(width, 1), (rowPitch - gap) / max(height, 1)) + 1e-9)
        let imageSize = Size(width: width * pointsPerPixel, height: height * pointsPerPixel)
        let titleWidth = columnTitles.map { measure.width(of: $0, in: ImageGrid.titleFont) }.max() ?? 0
        return Cells(
            // Rows stay together where the columns limit the size of the pictures.
            start: start, columnPitch: columnPitch, rowPitch: min(rowPitch, imageSize.height + ImageGrid.gap),
            pointsPerPixel: pointsPerPixel, imageSize: imageSize,
            titleOverhang: max(0, (min(titleWidth, columnPitch - 2) - imageSize.width) / 2))
    }

    private func draw(_ cells: Cells, in plot: Rectangle, _ measure: TextMeasure) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        for (rowIndex, row) in rows.enumerated() {
            let top = plot.top + Double(rowIndex) * cells.rowPitch
            for (column, image) in row.images.enumerated() {
                let left = plot.left + cells.start + cells.titleOverhang + Double(column) * cells.columnPitch
                let box = Rectangle(
                    left: (left * 2).rounded() / 2, top: (top * 2).rounded() / 2,
                    width: Double(image.width) * cells.pointsPerPixel,
                    height: Double(image.height) * cells.pointsPerPixel)
                commands.append(.image(image, in: box))
            }
            let font = Ink.legendFont.scaled(by: min(1, cells.rowPitch / 12))
            let label = measure.shortened(row.label, to: cells.start - ImageGrid.gap, in: font)
            let place = Point(x: plot.left, y: top + cells.imageSize.height / 2)
            commands.append(.text(measure.line(label, font, Ink.text, at: place, .leading, .middle)))
        }
        let columnCount = rows.map(\.images.count).max() ?? 0
        for (column, title) in columnTitles.prefix(columnCount).enumerated() {
            let font = ImageGrid.titleFont
            let center =
                cells.start + cells.titleOverhang + Double(column) * cells.columnPitch + cells.imageSize.width / 2
            let place = Point(x: plot.left + center, y: plot.top - font.descent - 3)
            let text = measure.shortened(title, to: cells.columnPitch - 2, in: font)
            let color = columnColors.indices.contains(column) ? columnColors[column].asText : Ink.text
            commands.append(.text(measure.line(text, font, color, at: place, .center)))
        }
        return commands
    }

    /// Enlarged pictures get a whole number of pixels (half points at the default scale) for each of theirs.
    private func wholePixels(_ pointsPerPixel: Double) -> Double {
        pointsPerPixel >= 0.5 ? (pointsPerPixel * 2).rounded(.down) / 2 : max(pointsPerPixel, 0)
    }
}
