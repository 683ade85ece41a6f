/// Draws a line chart whose axes are laid out.
struct LineDrawing {
    static let lineWidth = 1.8
    static let faintWidth = 0.7
    /// Beyond so many lines a legend is easier to read than names among them.
    static let maximumDirectLabels = 6

    let chart: LineChart
    let frame: CartesianFrame
    let measure: TextMeasure

    func commands(in plot: Rectangle) -> [DrawingCommand] {
        // Lines along the plot's edge keep their full width.
        let clip = plot.expanded(by: 2)
        let lines = chart.series.map { LineGeometry($0.curve, frame: frame, plot: plot) }
        var data: [DrawingCommand] = []
        for (index, series) in chart.series.enumerated() {
            guard let band = series.band else { continue }
            for outline in LineGeometry.outlines(of: band, over: series.curve.x, frame: frame, plot: plot) {
                data.append(.polygon(outline, fill: chart.color(index).opacity(0.17)))
            }
        }
        for (index, series) in chart.series.enumerated() {
            // Opaque, since strokes drawn in pieces would show where pieces overlap; paler where there is much of it.
            let pointCount = series.faint.reduce(0) { $0 + $1.x.count }
            let share = Double(pointCount) > 4 * plot.width ? 0.27 : 0.36
            let stroke = Stroke(chart.color(index).mixed(share, with: .paper), width: LineDrawing.faintWidth)
            for curve in series.faint {
                for piece in LineGeometry(curve, frame: frame, plot: plot).pieces {
                    data += stroked(piece, stroke)
                }
            }
        }
        for reference in referencePlaces(in: plot) {
            data.append(
                .line(
                    from: Point(x: plot.left, y: reference.y), to: Point(x: plot.right, y: reference.y),
                    Stroke(Ink.reference, dash: [4.5, 3])))
        }
        if chart.diagonal != nil {
            data.append(.polyline(diagonalEnds(in: plot), Stroke(Ink.reference, dash: [4.5, 3])))
        }
        for (index, line) in lines.enumerated() {
            let stroke = Stroke(
                chart.color(index), width: LineDrawing.lineWidth,
                dash: chart.series[index].color == nil ? Palette.dash(index) : [])
            for piece in line.pieces { data += stroked(piece, stroke) }
        }
        var commands = frame.commands(in: plot) + [.clipped(to: clip, data)]
        commands += gapMarks(lines, in: plot)
        var labels = DirectLabels(curves: lines.map { $0.pieces.flatMap { $0 } }, plot: plot)
        commands += referenceLabels(in: plot, avoiding: &labels)
        commands += diagonalLabel(in: plot, avoiding: &labels)
        return commands
    }

    /// Where each named line's name can stand; nil unless every one has a clear place.
    func directLabels(in plot: Rectangle) -> [(line: Int, box: Rectangle)]? {
        let named = chart.series.indices.filter { chart.series[$0].label != nil }
        guard named.count <= LineDrawing.maximumDirectLabels else { return nil }
        let lines = chart.series.map { LineGeometry($0.curve, frame: frame, plot: plot, columnWidth: 3) }
        let curves = lines.map { line in
            line.pieces.flatMap { $0 }.filter { plot.expanded(by: 2).distance(to: $0) == 0 }
        }
        let references = referencePlaces(in: plot).map { reference in
            [Point(x: plot.left, y: reference.y), Point(x: plot.right, y: reference.y)]
        }
        var labels = DirectLabels(
            curves: curves + references + (chart.diagonal == nil ? [] : [diagonalEnds(in: plot)]), plot: plot,
            taken: [gapNote(lines, in: plot)?.bounds].compactMap { $0 })
        _ = referenceLabels(in: plot, avoiding: &labels)
        _ = diagonalLabel(in: plot, avoiding: &labels)
        var places: [(line: Int, box: Rectangle)] = []
        for line in named {
            guard let label = chart.series[line].label else { continue }
            let font = Ink.labelFont
            let width = measure.width(of: label, in: font)
            guard width < 0.5 * plot.width,
                let box = labels.place(Size(width: width, height: font.capHeight + font.descent), beside: line)
            else { return nil }
            places.append((line, box))
        }
        return places
    }

    func legend(width: Double) -> Legend? {
        let entries = chart.series.indices.compactMap { index in
            chart.series[index].label.map { label in
                Legend.Entry(
                    label: label, color: chart.color(index),
                    dash: chart.series[index].color == nil ? Palette.dash(index) : [])
            }
        }
        return entries.isEmpty ? nil : Legend(entries, width: width, measuring: measure)
    }

    func name(of line: Int, leftTop: Point) -> DrawingCommand {
        let baseline = leftTop.moved(0, Ink.labelFont.capHeight)
        let label = chart.series[line].label ?? ""
        return .text(measure.line(label, Ink.labelFont, chart.color(line).asText, at: baseline, halo: Ink.halo))
    }

    /// A single measured value between gaps is a dot.
    private func stroked(_ piece: [Point], _ stroke: Stroke) -> [DrawingCommand] {
        guard piece.count == 1 else { return [.polyline(piece, stroke)] }
        return [.dots(piece, colorIndices: [0], colors: [stroke.color], radius: stroke.width * 1.1)]
    }

    private func referencePlaces(in plot: Rectangle) -> [(label: String, y: Double)] {
        chart.referenceLines.compactMap { reference in
            guard let up = frame.y.share(of: reference.value), (-0.001...1.001).contains(up) else { return nil }
            return (reference.label, ((plot.bottom - up * plot.height) * 2).rounded() / 2)
        }
    }

    private func referenceLabels(in plot: Rectangle, avoiding labels: inout DirectLabels) -> [DrawingCommand] {
        let font = Ink.noteFont
        return referencePlaces(in: plot).compactMap { label, y in
            let label = measure.shortened(label, to: plot.width - 8, in: font)
            let width = measure.width(of: label, in: font)
            let height = font.capHeight + font.descent
            let lefts = [plot.left + 4, plot.right - 4 - width, plot.center.x - width / 2]
            let boxes = [y - 3 - font.capHeight - font.descent / 2, y + 4].flatMap { top in
                lefts.map { Rectangle(left: $0, top: top, width: width, height: height) }
            }
            let inside = boxes.filter { plot.contains($0) }
            guard let box = labels.place(firstFreeOf: inside.isEmpty ? boxes : inside) else { return nil }
            let baseline = Point(x: box.left, y: box.top + font.capHeight)
            return .text(measure.line(label, font, Ink.label, at: baseline, halo: Ink.halo))
        }
    }

    private func diagonalEnds(in plot: Rectangle) -> [Point] {
        [Point(x: plot.left, y: plot.bottom), Point(x: plot.right, y: plot.top)]
    }

    /// Below the diagonal, where curves that are worth drawing seldom are.
    private func diagonalLabel(in plot: Rectangle, avoiding labels: inout DirectLabels) -> [DrawingCommand] {
        guard let diagonal = chart.diagonal else { return [] }
        let font = Ink.noteFont
        let label = measure.shortened(diagonal, to: 0.4 * plot.width, in: font)
        let width = measure.width(of: label, in: font)
        let boxes = [0.62, 0.5, 0.74, 0.38].map { share in
            Rectangle(
                left: plot.left + share * plot.width + 5, top: plot.bottom - share * plot.height + 3, width: width,
                height: font.capHeight + font.descent)
        }
        guard let box = labels.place(firstFreeOf: boxes) else { return [] }
        let baseline = Point(x: box.left, y: box.top + font.capHeight)
        return [.text(measure.line(label, font, Ink.label, at: baseline, halo: Ink.halo))]
    }

    /// Crosses at the bottom of the plot where values are not numbers or cannot be shown, with the reason.
    private func gapMarks(_ lines: [LineGeometry], in plot: Rectangle) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        for (index, line) in lines.enumerated() {
            let stroke = Stroke(chart.color(index), width: 1.2)
            for x in line.gaps {
                let (y, arm) = (plot.bottom - 6, 2.2)
                commands.append(.line(from: Point(x: x - arm, y: y - arm), to: Point(x: x + arm, y: y + arm), stroke))
                commands.append(.line(from: Point(x: x - arm, y: y + arm), to: Point(x: x + arm, y: y - arm), stroke))
            }
        }
        return commands + (gapNote(lines, in: plot).map { [.text($0)] } ?? [])
    }

    private func gapNote(_ lines: [LineGeometry], in plot: Rectangle) -> TextLine? {
        guard let first = lines.lazy.compactMap(\.gaps.first).first else { return nil }
        let note = "× not a number"
        let width = measure.width(of: note, in: Ink.noteFont)
        let left = min(max(first - width / 2, plot.left + 3), plot.right - width - 3)
        let place = Point(x: left, y: plot.bottom - 12)
        return measure.line(note, Ink.noteFont, Ink.label, at: place, halo: Ink.halo)
    }
}
