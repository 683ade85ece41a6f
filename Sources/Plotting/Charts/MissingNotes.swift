/// What a chart could not show, told above the plot at its right end.
struct MissingNotes {
    private let lines: [String]
    private let measure: TextMeasure

    /// One line, or one for each reason where they do not fit side by side.
    init(_ missing: MissingValues, _ scale: AxisScale, width: Double, measuring measure: TextMeasure) {
        self.measure = measure
        let parts = missing.parts(scale)
        let line = parts.joined(separator: " · ")
        let fits = measure.width(of: line, in: Ink.noteFont) <= width
        lines = (fits ? [line] : parts).filter { !$0.isEmpty }
            .map { measure.shortened($0, to: width, in: Ink.noteFont) }
    }

    var height: Double { Double(lines.count) * Ink.noteFont.lineHeight }

    func commands(right: Double, bottom: Double) -> [DrawingCommand] {
        lines.enumerated().map { index, line in
            let above = Double(lines.count - 1 - index) * Ink.noteFont.lineHeight + Ink.noteFont.descent
            let place = Point(x: right, y: bottom - above)
            return .text(measure.line(line, Ink.noteFont, Ink.note, at: place, .trailing))
        }
    }
}
