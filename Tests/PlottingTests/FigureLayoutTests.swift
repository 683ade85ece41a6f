import Plotting
import Testing

@Suite struct FigureLayoutTests {
    @Test(arguments: SampleFigures.all.indices)
    func `no text leaves the figure`(index: Int) {
        let (name, figure) = SampleFigures.all[index]
        let scene = figure.scene()
        let page = Rectangle(left: 0, top: 0, width: scene.size.width, height: scene.size.height)
        #expect(!scene.texts.isEmpty)
        for text in scene.texts { #expect(page.contains(text.bounds), "\(name): \(text.string) \(text.bounds)") }
    }

    @Test(arguments: SampleFigures.all.indices)
    func `no two texts overlap`(index: Int) {
        let (name, figure) = SampleFigures.all[index]
        // Slanted names are as wide as their upright rectangle only at the corners.
        let texts = figure.scene().texts.filter { $0.rotation == 0 || $0.rotation == -.pi / 2 }
        for (i, text) in texts.enumerated() {
            for other in texts[(i + 1)...] where text.bounds.overlaps(other.bounds) {
                Issue.record("\(name): “\(text.string)” overlaps “\(other.string)”")
            }
        }
    }

    @Test(arguments: [1e-9, 3e-4, 0.7, 31, 5e3, 8.4e6, 6e11], [60.0, 140, 500])
    func `tick labels keep apart for every size of values and plot`(size: Double, width: Double) {
        for low in [0, -size / 3, 20 * size] {
            let y = (0...10).map { low + size * Double($0) / 10 }
            let chart = LineChart(Series(x: y, y: y))
            let measure = TextMeasure()
            let plan = chart.plan(for: Size(width: width, height: width / 2), measuring: measure)
            let commands = plan.draw(Rectangle(left: 100, top: 100, width: width, height: width / 2))
            let texts = Scene(size: Size(width: 800, height: 800), commands: commands).texts
            for (i, text) in texts.enumerated() {
                let room = text.bounds.expanded(by: 1)
                #expect(
                    texts[(i + 1)...].allSatisfy { !$0.bounds.overlaps(room) },
                    "\(low), \(size), \(width): \(text.string)")
            }
        }
    }

    @Test func `plot areas in one column and row are aligned whatever their labels need`() {
        let figure = Figure(title: "t") {
            Panel("a", LineChart(Series(x: [0, 1], y: [0, 1])))
            Panel("b", row: 1, LineChart(Series(x: [0, 1], y: [0, 40_000])))
        }
        // The axes are the polylines of three points: down the left side and along the bottom.
        let corners = figure.scene().commands.compactMap { command -> [Point]? in
            if case .polyline(let points, _) = command, points.count == 3 { return points }
            return nil
        }
        #expect(corners.count == 2)
        #expect(corners[0].map(\.x) == corners[1].map(\.x))
        #expect(corners[0][1].y - corners[0][0].y == corners[1][1].y - corners[1][0].y)
    }

    @Test func `titles side by side are level`() {
        let figure = Figure(title: "t") {
            Panel("a", LineChart(Series(x: [0, 1], y: [0, 1])))
            Panel(
                "b", column: 1,
                caption: "a caption that is much too long to stand beside the title, so it goes below it",
                LineChart(Series(x: [0, 1], y: [0, 1])))
        }
        let baselines = figure.scene().texts.filter { ["a", "b"].contains($0.string) }.map(\.origin.y)
        #expect(baselines.count == 2 && baselines[0] == baselines[1])
    }

    @Test func `a row whose pictures need less height gives it back`() {
        let few = Figure(title: "t", rowHeights: [400]) {
            Panel("p", ImageGrid([.init("row", SampleFigures.images(40))]))
        }
        #expect(few.scene().size.height < 150)
    }

    @Test(arguments: [
        [0, 1e100, -1e100], [.greatestFiniteMagnitude, 0], [.leastNonzeroMagnitude, .leastNormalMagnitude / 3],
        [1, 1.0.nextUp], [1e15, 1e15 + 1, .nan],
    ]) func `extreme values are drawn without overflow`(values: [Double]) throws {
        let figure = Figure(title: "extreme") {
            for (row, scale) in [AxisScale.linear, .logarithmic].enumerated() {
                let axis = Axis("value", scale: scale)
                let narrow = Axis("value", scale: scale, range: 0.5...0.5.nextUp)
                Panel("line", row: row, LineChart(Series("label", x: values, y: values), x: axis, y: axis))
                Panel(
                    "narrow", row: row, column: 1,
                    LineChart(
                        Series("label", x: values, y: values), x: narrow, y: narrow,
                        referenceLines: [ReferenceLine("reference", at: 0.5), ReferenceLine("far", at: 1e120)]))
                Panel("bars", row: row, column: 2, BarChart(values.map { .init("bar", $0) }))
            }
            Panel(
                "points", row: 2,
                ScatterChart(x: values, y: values, groups: values.indices.map { $0 == 0 ? .min : .max }))
        }
        let bytes = try figure.png(scale: 1)
        #expect(bytes.count > 1_000)
    }

    @Test(arguments: [1e100, .nan, .infinity, -5]) func `no width or height traps`(side: Double) {
        let figure = Figure(title: "t", width: side, rowHeights: [side], columnWeights: [side]) {
            Panel("p", LineChart(Series("label", x: [0, 1], y: [0, 1])))
            Panel("i", column: 1, ImageGrid([.init("row", SampleFigures.images(2))]))
        }
        #expect(figure.scene().size.width > 0)
    }

    @Test func `a figure without panels, and one too narrow for its columns, can be drawn`() throws {
        let empty = Figure(title: "nothing", width: 0) {}
        let bytes = try empty.png()
        #expect(bytes.count > 100)
        let narrow = Figure(title: "narrow", width: 30) {
            for column in 0..<4 { Panel("p", column: column, LineChart(Series(x: [0, 1], y: [0, 1]))) }
        }
        #expect(narrow.scene().size.width >= 160)
    }

    @Test func `panels that do not fit side by side on a phone stand one below the other, in reading order`() {
        func titles(_ width: Double) -> [TextLine] {
            let figure = Figure(title: "t", width: width, rowHeights: [100, 60]) {
                Panel("d", row: 1, column: 1, LineChart(Series(x: [0, 1], y: [0, 1])))
                Panel("a", columnSpan: 2, LineChart(Series(x: [0, 1], y: [0, 1])))
                Panel("b", column: 2, rowSpan: 2, BarChart([.init("bar", 1)]))
                Panel("c", row: 1, ImageGrid([.init("row", SampleFigures.images(2))]))
            }
            return figure.scene().texts.filter { ["a", "b", "c", "d"].contains($0.string) }
        }
        let stacked = titles(380)
        #expect(stacked.map(\.string) == ["a", "b", "c", "d"])
        #expect(zip(stacked, stacked.dropFirst()).allSatisfy { $0.origin.y + 60 < $1.origin.y })
        #expect(Set(stacked.map(\.origin.x)).count == 1)
        #expect(Set(titles(825).map(\.origin.y)).count == 2)
    }
}
