/// The words above a panel's chart: its title, and the caption beside it or, where it does not fit there, below.
struct PanelHeader {
    private static let captionGap = 18.0
    /// Between the words and the chart.
    private static let chartGap = 6.0

    private let titleFont: Font
    private let titleLines: [String]
    private let captionLines: [String]
    private let isCaptionBeside: Bool
    private let measure: TextMeasure

    init(_ panel: Panel, width: Double, measuring measure: TextMeasure) {
        self.measure = measure
        let fullFont = Font(size: width >= 400 ? 12 : 10.5, isBold: true)
        let titleWidth = measure.width(of: panel.title, in: fullFont)
        titleFont = fullFont.scaled(by: titleWidth > width ? max(0.86, width / titleWidth) : 1)
        titleLines = measure.wrapped(panel.title, to: width, in: titleFont, maximumLines: 2)
        let caption = panel.caption ?? ""
        let captionWidth = measure.width(of: caption, in: Ink.noteFont)
        isCaptionBeside =
            titleLines.count <= 1 && min(titleWidth, width) + PanelHeader.captionGap + captionWidth <= width
        captionLines =
            isCaptionBeside
            ? [caption].filter { !$0.isEmpty }
            : measure.wrapped(caption, to: width, in: Ink.noteFont, maximumLines: 3)
    }

    var height: Double {
        let titleHeight = Double(titleLines.count) * titleFont.lineHeight
        let captionHeight =
            isCaptionBeside && !titleLines.isEmpty ? 0 : Double(captionLines.count) * Ink.noteFont.lineHeight
        return titleHeight + captionHeight + (titleHeight + captionHeight > 0 ? PanelHeader.chartGap : 0)
    }

    /// - Parameter area: The room of the header, as wide as the plot.
    func commands(in area: Rectangle) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        var baseline = area.top
        for line in titleLines {
            baseline += titleFont.lineHeight
            let place = Point(x: area.left, y: baseline - titleFont.descent)
            commands.append(.text(measure.line(line, titleFont, Ink.headline, at: place)))
        }
        if isCaptionBeside {
            let place = Point(x: area.right, y: baseline - titleFont.descent)
            for line in captionLines {
                commands.append(.text(measure.line(line, Ink.noteFont, Ink.note, at: place, .trailing)))
            }
            return commands
        }
        for line in captionLines {
            baseline += Ink.noteFont.lineHeight
            let place = Point(x: area.left, y: baseline - Ink.noteFont.descent)
            commands.append(.text(measure.line(line, Ink.noteFont, Ink.note, at: place)))
        }
        return commands
    }
}
