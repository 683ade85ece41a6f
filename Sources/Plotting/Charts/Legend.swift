/// Names of series beside a sample of their line, in rows above the plot: for lines that cannot be labelled directly.
struct Legend {
    struct Entry {
        let label: String
        let color: Color
        let dash: [Double]
        var marker: MarkerShape?
    }

    static let sampleWidth = 18.0
    static let maximumRows = 8
    private static let entryGap = 16.0
    private static let sampleGap = 5.0

    private let rows: [[(entry: Entry, x: Double)]]
    /// "and 3 more", where the rows do not suffice.
    private let rest: String?
    private let measure: TextMeasure

    /// One row if that suffices, otherwise columns as wide as the longest name.
    init(_ entries: [Entry], width: Double, measuring measure: TextMeasure) {
        self.measure = measure
        let font = Ink.legendFont
        let reach = Legend.sampleWidth + Legend.sampleGap
        let labels = entries.map { measure.shortened($0.label, to: max(20, width - reach), in: font) }
        let widths = labels.map { reach + measure.width(of: $0, in: font) + Legend.entryGap }
        let isOneRow = widths.reduce(0, +) - Legend.entryGap <= width
        let pitch = widths.max() ?? 1
        let columnCount = isOneRow ? max(entries.count, 1) : max(1, Int((width + Legend.entryGap) / pitch))
        let shownCount = min(entries.count, columnCount * Legend.maximumRows)
        rows = stride(from: 0, to: shownCount, by: columnCount).map { first in
            var x = 0.0
            return (first..<min(first + columnCount, shownCount)).map { index in
                defer { x += isOneRow ? widths[index] : pitch }
                let entry = entries[index]
                return (Entry(label: labels[index], color: entry.color, dash: entry.dash, marker: entry.marker), x)
            }
        }
        rest = shownCount < entries.count ? "and \(entries.count - shownCount) more" : nil
    }

    var height: Double { Double(rows.count + (rest == nil ? 0 : 1)) * Ink.legendFont.lineHeight * 1.08 }

    /// The rows with their upper left corner at `origin`.
    func commands(at origin: Point) -> [DrawingCommand] {
        let font = Ink.legendFont
        let rowHeight = font.lineHeight * 1.08
        var commands: [DrawingCommand] = []
        for (index, row) in rows.enumerated() {
            let middle = origin.y + (Double(index) + 0.5) * rowHeight
            for (entry, x) in row {
                let start = Point(x: origin.x + x, y: middle)
                let end = start.moved(Legend.sampleWidth, 0)
                commands.append(.line(from: start, to: end, Stroke(entry.color, width: 2, dash: entry.dash)))
                commands += entry.marker?.commands(at: start.moved(Legend.sampleWidth / 2, 0), entry.color) ?? []
                let place = end.moved(Legend.sampleGap, 0)
                commands.append(.text(measure.line(entry.label, font, Ink.text, at: place, .leading, .middle)))
            }
        }
        if let rest {
            let middle = origin.y + (Double(rows.count) + 0.5) * rowHeight
            let place = Point(x: origin.x, y: middle)
            commands.append(.text(measure.line(rest, font, Ink.note, at: place, .leading, .middle)))
        }
        return commands
    }
}
