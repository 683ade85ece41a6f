import Plotting
import Testing

@Suite struct ChartTests {
    private let plot = Rectangle(left: 100, top: 100, width: 300, height: 150)

    private func draw(_ chart: some Chart) -> [DrawingCommand] {
        chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
    }

    private func texts(_ commands: [DrawingCommand]) -> [TextLine] {
        Scene(size: Size(width: 500, height: 400), commands: commands).texts
    }

    /// The commands within clips laid open.
    private func flat(_ commands: [DrawingCommand]) -> [DrawingCommand] {
        commands.flatMap { command in
            if case .clipped(_, let inner) = command { return flat(inner) }
            return [command]
        }
    }

    private func lines(_ commands: [DrawingCommand], _ color: Color) -> [[Point]] {
        flat(commands).compactMap { command in
            if case .polyline(let points, let stroke) = command, stroke.color == color, stroke.width > 1.5 {
                return points
            }
            return nil
        }
    }

    @Test func `names stand beside lines that are apart and in a legend where lines cross all over`() {
        let x = (0...40).map(Double.init)
        let apart = draw(LineChart(Series("low", x: x, y: x), Series("high", x: x, y: x.map { $0 + 60 })))
        for text in texts(apart) where ["low", "high"].contains(text.string) {
            #expect(text.font.isBold)
            #expect(plot.contains(text.bounds))
        }
        let tangled = (0..<5).map { k in Series("series \(k)", x: x, y: x.map { Double((Int($0) * 7 + k * 13) % 37) }) }
        let named = texts(draw(LineChart(tangled))).filter { $0.string.hasPrefix("series") }
        #expect(named.count == 5)
        #expect(named.allSatisfy { $0.bounds.bottom < plot.top })
    }

    @Test func `a line is broken and marked where a value is not a number`() {
        let color = Palette.color(0)
        let y: [Double] = [1, 2, .nan, 3, 4, .infinity, 5]
        let commands = draw(LineChart(Series("return", x: (0...6).map(Double.init), y: y)))
        #expect(lines(commands, color).count == 2)
        let note = texts(commands).first { $0.string == "× not a number: 1 · ▲ infinite: 1" }
        #expect(note.map { $0.bounds.bottom < plot.top } == true, "the note stands outside of the data")
        let dots = flat(commands).filter { if case .dots = $0 { true } else { false } }
        #expect(dots.count == 1, "the single last value is a dot")
    }

    @Test func `a logarithmic axis breaks the line at values that it cannot show`() {
        let commands = draw(LineChart(Series(x: [0, 1, 2, 3, 4], y: [1, 10, -5, 100, 1000]), y: .logarithmic))
        let pieces = lines(commands, Palette.color(0))
        #expect(pieces.count == 2)
        // Equal ratios are equal distances.
        #expect(abs((pieces[0][0].y - pieces[0][1].y) - (pieces[1][0].y - pieces[1][1].y)) < 1e-9)
    }

    @Test func `bands, faint runs and the line lie in this order`() {
        let commands = flat(draw(LineChart(Series("PPO", SampleFigures.fiveSeeds))))
        let kinds = commands.compactMap { command -> String? in
            switch command {
            case .polygon: "band"
            case .polyline(_, let stroke) where stroke.width < 1: "faint"
            case .polyline(_, let stroke) where stroke.width > 1.5: "line"
            default: nil
            }
        }
        #expect(kinds == ["band"] + Array(repeating: "faint", count: 5) + ["line"])
    }

    @Test func `bars are as long as their values`() {
        let commands = draw(BarChart([.init("a", 10), .init("b", 5), .init("c", -5)]))
        let bars = commands.compactMap { command -> Rectangle? in
            if case .rectangle(let bar, _, _, _) = command { return bar }
            return nil
        }
        #expect(bars.count == 3)
        #expect(abs(bars[0].width - 2 * bars[1].width) < 1e-9)
        #expect(abs(bars[2].right - bars[0].left) < 1e-9)
        let values = texts(commands).filter { ["10", "5", "−5"].contains($0.string) }
        #expect(values.count == 3)
        #expect(values.allSatisfy { abs($0.bounds.right - plot.right) < 1 })
    }

    @Test func `the values of bars share their decimals`() {
        let chart = BarChart([.init("a", 812.5), .init("b", 43.14), .init("c", 97), .init("d", 3e-9)])
        let strings = texts(draw(chart)).map(\.string)
        for value in ["812.5", "43.1", "97.0", "3×10⁻⁹"] { #expect(strings.contains(value)) }
        let whole = texts(draw(BarChart([.init("a", 178), .init("b", 1223)]))).map(\.string)
        for value in ["178", "1,223"] { #expect(whole.contains(value)) }
        let halves = texts(draw(BarChart([.init("a", 1.5), .init("b", 2)]))).map(\.string)
        for value in ["1.5", "2.0"] { #expect(halves.contains(value)) }
    }

    @Test func `markers of neighbouring centres are moved apart and point to their places`() {
        let markers = (0..<6).map { ScatterChart.Marker("\($0)", x: 0.5 + 0.001 * Double($0), y: 0.5, group: $0) }
        let commands = draw(ScatterChart(x: [0, 1], y: [0, 1], markers: markers))
        let boxes = commands.compactMap { command -> Rectangle? in
            if case .rectangle(let box, _, _, _) = command { return box }
            return nil
        }
        #expect(boxes.count == 6)
        for (i, box) in boxes.enumerated() {
            #expect(plot.contains(box))
            #expect(boxes[(i + 1)...].allSatisfy { !$0.overlaps(box) })
        }
    }

    @Test func `percentages of a confusion matrix refer to its rows`() {
        let strings = texts(draw(HeatMap.confusion([[3, 1], [0, 0]], classes: ["cat", "dog"]))).map(\.string)
        #expect(strings.filter { ["75", "25"].contains($0) } == ["75", "25"])
        #expect(strings.contains("predicted class"))
    }

    @Test func `colours repeat after seven series with other dashes`() {
        #expect(Set((0..<7).map { "\(Palette.color($0))" }).count == 7)
        #expect((0..<7).allSatisfy { Palette.dash($0).isEmpty })
        let looks = (0..<28).map { "\(Palette.color($0)) \(Palette.dash($0))" }
        #expect(Set(looks).count == 28)
        #expect(Palette.groupColor(3) != Palette.groupColor(13))
    }

    @Test func `values become ink on paper`() {
        let image = GreyImage(width: 5, height: 1, values: [0, 0.5, 1, 7, .nan])
        #expect(image.pixels == [255, 128, 0, 0, 255])
    }
}
