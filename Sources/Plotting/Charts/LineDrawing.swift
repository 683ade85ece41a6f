/// Draws a line chart whose axes are laid out.
struct LineDrawing {
    static let lineWidth = 1.8
    static let faintWidth = 0.7
    /// Lines that turn back in every column of pixels are drawn finer, so that they do not become a blot.
    private static let noisyWidth = 1.0
    private static let noisyPointsPerColumn = 3.0
    /// Beyond so many lines a legend is easier to read than names among them.
    private static let maximumDirectLabels = 6
    private static let markersPerLine = 9
    /// Numbers of seeds that are written at one band; further changes have their mark only.
    private static let maximumCounts = 4

    let data: LineData
    let referenceLines: [ReferenceLine]
    let diagonal: String?
    let frame: CartesianFrame
    let measure: TextMeasure

    func commands(in plot: Rectangle) -> [DrawingCommand] {
        let lines = data.lines.map { LineGeometry($0.curve, frame: frame, plot: plot) }
        let faint = data.lines.map { line in line.faint.map { LineGeometry($0, frame: frame, plot: plot) } }
        var drawn: [DrawingCommand] = []
        for line in data.lines { drawn += band(of: line, in: plot) }
        for (index, curves) in faint.enumerated() { drawn += self.faint(curves, of: index, in: plot) }
        for reference in referencePlaces(in: plot) {
            drawn.append(
                .line(
                    from: Point(x: plot.left, y: reference.y), to: Point(x: plot.right, y: reference.y),
                    Stroke(Ink.reference, dash: [4.5, 3])))
        }
        if diagonal != nil {
            drawn.append(.polyline(diagonalEnds(in: plot), Stroke(Ink.reference, dash: [4.5, 3])))
        }
        for (index, line) in lines.enumerated() {
            let stroke = Stroke(data.lines[index].color, width: width(of: line), dash: data.lines[index].dash)
            for piece in line.pieces { drawn += stroked(piece, stroke) }
        }
        for (index, line) in lines.enumerated() { drawn += markers(along: line, of: index, in: plot) }
        // Lines along the plot's edge keep their full width.
        var commands = frame.commands(in: plot) + [.clipped(to: plot.expanded(by: 2), drawn)]
        commands +=
            data.isEmpty
            ? [EmptyNote.command(in: plot, measuring: measure)]
            : data.lines.indices.flatMap { missingMarks(lines[$0], behind: faint[$0], of: $0) }
        var labels = DirectLabels(curves: lines.map { $0.pieces.flatMap { $0 } }, plot: plot)
        commands += referenceLabels(in: plot, avoiding: &labels)
        commands += diagonalLabel(in: plot, avoiding: &labels)
        return commands + countLabels(in: plot, avoiding: &labels)
    }

    // MARK: Lines

    private func band(of line: LineData.Line, in plot: Rectangle) -> [DrawingCommand] {
        guard let band = line.band else { return [] }
        var commands = LineGeometry.outlines(of: band, frame: frame, plot: plot).map { outline -> DrawingCommand in
            let fill = line.color.opacity(0.17)
            return outline.count > 2
                ? .polygon(outline, fill: fill)
                : .line(from: outline[0], to: outline[1], Stroke(fill, width: LineDrawing.lineWidth))
        }
        for change in countChanges(of: line, in: plot) {
            commands.append(
                .line(
                    from: change.top, to: change.bottom, Stroke(line.color.mixed(0.7, with: .paper), dash: [1.5, 1.5])))
        }
        return commands
    }

    /// Opaque, and paler where there is much of it.
    private func faint(_ curves: [LineGeometry], of index: Int, in plot: Rectangle) -> [DrawingCommand] {
        let pointCount = data.lines[index].faint.reduce(0) { $0 + $1.x.count }
        let share = Double(pointCount) > 4 * plot.width ? 0.27 : 0.36
        let stroke = Stroke(data.lines[index].color.mixed(share, with: .paper), width: LineDrawing.faintWidth)
        return curves.flatMap { $0.pieces.flatMap { stroked($0, stroke) } }
    }

    private func width(of line: LineGeometry) -> Double {
        let isNoisy = line.pieces.contains { piece in
            guard piece.count > 200, let first = piece.first, let last = piece.last else { return false }
            let columns = (last.x - first.x) / LineGeometry.columnWidth
            return Double(piece.count) > LineDrawing.noisyPointsPerColumn * columns
        }
        return isNoisy ? LineDrawing.noisyWidth : LineDrawing.lineWidth
    }

    /// A single measured value between gaps is a dot.
    private func stroked(_ piece: [Point], _ stroke: Stroke) -> [DrawingCommand] {
        guard piece.count == 1 else { return [.polyline(piece, stroke)] }
        return [.dots(piece, colorIndices: [0], colors: [stroke.color], radius: max(stroke.width * 1.1, 1.6))]
    }

    /// At equal distances across the plot, each line's between those of the others.
    private func markers(along line: LineGeometry, of index: Int, in plot: Rectangle) -> [DrawingCommand] {
        guard let marker = data.lines[index].marker else { return [] }
        let pitch = plot.width / Double(LineDrawing.markersPerLine)
        var next = plot.left + pitch * (0.5 + Double(index % 7)) / 7
        return line.pieces.joined().flatMap { point -> [DrawingCommand] in
            guard point.x >= next else { return [] }
            while next <= point.x { next += pitch }
            return marker.commands(at: point, data.lines[index].color)
        }
    }

    // MARK: What is missing

    /// Marks of the line, and of the curves behind it where the line has none.
    private func missingMarks(
        _ line: LineGeometry, behind curves: [LineGeometry], of index: Int
    ) -> [DrawingCommand] {
        let color = data.lines[index].color
        let pale = color.mixed(0.6, with: .paper)
        let others = curves.flatMap(\.missing).filter { mark in
            !line.missing.contains { $0.kind == mark.kind && abs($0.place.x - mark.place.x) < 4 }
        }
        return others.flatMap { MissingValues.mark($0.kind, at: $0.place, pale) }
            + line.missing.flatMap { MissingValues.mark($0.kind, at: $0.place, color) }
    }

    // MARK: Names

    /// Where each named line's name can stand; nil unless every one has a clear place.
    func directLabels(in plot: Rectangle) -> [(line: Int, box: Rectangle)]? {
        let named = data.lines.indices.filter { data.lines[$0].label != nil }
        guard named.count <= LineDrawing.maximumDirectLabels else { return nil }
        let lines = data.lines.map { LineGeometry($0.curve, frame: frame, plot: plot, columnWidth: 3) }
        let curves = lines.map { line in
            line.pieces.flatMap { $0 }.filter { plot.expanded(by: 2).distance(to: $0) == 0 }
        }
        let references = referencePlaces(in: plot).map { reference in
            [Point(x: plot.left, y: reference.y), Point(x: plot.right, y: reference.y)]
        }
        let marks = lines.flatMap(\.missing).map { mark in
            Rectangle(left: mark.place.x, top: mark.place.y, width: 0, height: 0).expanded(by: 4)
        }
        var labels = DirectLabels(
            curves: curves + references + (diagonal == nil ? [] : [diagonalEnds(in: plot)]), plot: plot, taken: marks)
        _ = referenceLabels(in: plot, avoiding: &labels)
        _ = diagonalLabel(in: plot, avoiding: &labels)
        _ = countLabels(in: plot, avoiding: &labels)
        var places: [(line: Int, box: Rectangle)] = []
        for line in named {
            guard let label = data.lines[line].label else { continue }
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
        let entries = data.lines.compactMap { line in
            line.label.map { Legend.Entry(label: $0, color: line.color, dash: line.dash, marker: line.marker) }
        }
        return entries.isEmpty ? nil : Legend(entries, width: width, measuring: measure)
    }

    func name(of line: Int, leftTop: Point) -> DrawingCommand {
        let baseline = leftTop.moved(0, Ink.labelFont.capHeight)
        let line = data.lines[line]
        return .text(
            measure.line(line.label ?? "", Ink.labelFont, line.color.asText, at: baseline, halo: Ink.halo))
    }

    private func referencePlaces(in plot: Rectangle) -> [(label: String, y: Double)] {
        referenceLines.compactMap { reference in
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
        guard let diagonal else { return [] }
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

    // MARK: Numbers of seeds

    /// Where the number of seeds behind a line's band changes: from the band's upper end to its lower.
    private func countChanges(
        of line: LineData.Line, in plot: Rectangle
    ) -> [(count: Int, top: Point, bottom: Point)] {
        guard let band = line.band, !band.changes.isEmpty else { return [] }
        return band.changes.compactMap { change in
            guard let index = band.x.firstIndex(of: change.x), change.count > 0,
                let top = frame.place(change.x, band.upper[index], in: plot),
                let bottom = frame.place(change.x, band.lower[index], in: plot)
            else { return nil }
            return (change.count, top.moved(0, -2), bottom.moved(0, 2))
        }
    }

    /// "n = 7" at the mark, where there is room.
    private func countLabels(in plot: Rectangle, avoiding labels: inout DirectLabels) -> [DrawingCommand] {
        var commands: [DrawingCommand] = []
        let font = Ink.noteFont
        for line in data.lines {
            for change in countChanges(of: line, in: plot).prefix(LineDrawing.maximumCounts) {
                let text = "n = \(change.count)"
                let size = Size(width: measure.width(of: text, in: font), height: font.capHeight + font.descent)
                let places = [
                    change.top.moved(-size.width / 2, -size.height - 1), change.bottom.moved(-size.width / 2, 2),
                    change.top.moved(3, -size.height - 1), change.bottom.moved(3, 2),
                ]
                let boxes = places.map { Rectangle(left: $0.x, top: $0.y, width: size.width, height: size.height) }
                guard let box = labels.place(onlyFreeOf: boxes) else { continue }
                let baseline = Point(x: box.left, y: box.top + font.capHeight)
                commands.append(.text(measure.line(text, font, line.color.asText, at: baseline, halo: Ink.halo)))
            }
        }
        return commands
    }
}
