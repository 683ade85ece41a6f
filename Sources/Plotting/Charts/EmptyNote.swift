/// What stands in a plot area where there is nothing to draw.
enum EmptyNote {
    static func command(in plot: Rectangle, measuring measure: TextMeasure) -> DrawingCommand {
        let words = measure.shortened("no values to show", to: plot.width, in: Ink.legendFont)
        return .text(measure.line(words, Ink.legendFont, Ink.note, at: plot.center, .center, .middle))
    }
}
