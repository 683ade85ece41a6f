/// Names of series beside a sample of their line, in rows above the plot: for lines that cannot be labelled directly.
struct Legend {
    struct Entry {
        let label: String
        let color: Color
        let dash: [Double]
    }

    static let sampleWidth = 18.0
    static let maximumRows = 4
    private static let entryGap = 16.0
    private static let sampleGap = 5.0

    private let rows: [[(entry: Entry, x: Double)]]
    /// "and 3 more", where the rows do not suffice.
    private let rest: String?
    private let measure: TextMeasure

    init(_ entries: [Entry], width: Double, measuring measure: TextMeasure) {
        self.measure = measure
        let font = Ink.legendFont
        let textRoom = max(20, min(width - Legend.sampleWidth - Legend.sampleGap, 0.72 * width))
        var rows: [[(entry: Entry, x: Double)]] = []
        var x = Double.infinity
        var shown = 0
        for entry in entries {
            let label = measure.shortened(entry.label, to: textRoom, in: font)
            let entryWidth = Legend.sampleWidth + Legend.sampleGap + measure.width(of: label, in: font)
            if x + entryWidth > width {
                if rows.count == Legend.maximumRows { break }
                rows.append([])
                x = 0
            }
            rows[rows.count - 1].append((Entry(label: label, color: entry.color, dash: entry.dash), x))
            x += entryWidth + Legend.entryGap
            shown += 1
        }
        self.rows = rows
        rest = shown < entries.count ? "and \(entries.count - shown) more" : nil
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
