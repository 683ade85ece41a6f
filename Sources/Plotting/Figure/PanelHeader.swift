/// The words above a panel's chart: its title, and the caption beside it or, where it does not fit there, below.
struct PanelHeader {
    private static let captionGap = 18.0
    /// Between the words and the chart.
    private static let chartGap = 6.0

    private static let fullSize = 12.0
    /// Room above a plot without a title, for the unit of its axis.
    private static let minimumHeight = 14.0

    private let titleFont: Font
    private let titleLines: [String]
    private let captionLines: [String]
    private let isCaptionBeside: Bool
    private let measure: TextMeasure

    init(_ panel: Panel, width: Double, measuring measure: TextMeasure) {
        self.measure = measure
        let fullFont = Font(size: width >= 520 ? PanelHeader.fullSize : 10.5, isBold: true)
        let titleWidth = measure.width(of: panel.title, in: fullFont)
        titleFont = fullFont.scaled(by: titleWidth > width ? max(0.86, width / titleWidth) : 1)
        titleLines = measure.wrapped(panel.title, to: width, in: titleFont, maximumLines: 3)
        let caption = panel.caption ?? ""
        let captionWidth = measure.width(of: caption, in: Ink.noteFont)
        isCaptionBeside =
            titleLines.count == 1 && min(titleWidth, width) + PanelHeader.captionGap + captionWidth <= width
        captionLines =
            isCaptionBeside
            ? [caption].filter { !$0.isEmpty }
            : measure.wrapped(caption, to: width, in: Ink.noteFont, maximumLines: 3)
    }

    var height: Double {
        let captionHeight = isCaptionBeside ? 0 : Double(captionLines.count) * Ink.noteFont.lineHeight
        return max(titleHeight + captionHeight + PanelHeader.chartGap, PanelHeader.minimumHeight)
    }

    /// The first baseline is the same for all sizes of the title, so that titles side by side are level.
    private var titleHeight: Double {
        guard !titleLines.isEmpty else { return 0 }
        return Font(size: PanelHeader.fullSize).lineHeight + Double(titleLines.count - 1) * titleFont.lineHeight
    }

    /// - Parameter area: The room of the header, as wide as the plot.
    func commands(in area: Rectangle) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        let descent = Font(size: PanelHeader.fullSize).descent
        for (index, line) in titleLines.enumerated() {
            let baseline = area.top + titleHeight - Double(titleLines.count - 1 - index) * titleFont.lineHeight
            let place = Point(x: area.left, y: baseline - descent)
            commands.append(.text(measure.line(line, titleFont, Ink.headline, at: place)))
        }
        var baseline = area.top + titleHeight
        if isCaptionBeside {
            let place = Point(x: area.right, y: baseline - descent)
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
