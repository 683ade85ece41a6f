import Plotting
import Testing

struct AssociationMapTests {
    private let plot = Rectangle(left: 0, top: 0, width: 200, height: 200)

    private func draw(_ chart: some Chart) -> [DrawingCommand] {
        chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
    }

    private func fills(_ commands: [DrawingCommand]) -> [Color] {
        commands.compactMap { if case .rectangle(_, _, let fill, _) = $0 { fill } else { nil } }
    }

    @Test func `cells are orange below zero and blue above, and unknown ones grey`() {
        let commands = draw(AssociationMap([[1, -0.5], [nil, 1]], names: ["width", "height"]))
        #expect(
            fills(commands) == [Palette.diverging(1), Palette.diverging(-0.5), Palette.noise, Palette.diverging(1)])
        #expect(Palette.diverging(0) == Palette.shade(0) && Palette.diverging(1) == Palette.shade(1))
        let texts = Scene(size: plot.size, commands: commands).texts.map(\.string)
        #expect(texts == ["−0.50", "width", "height", "width", "height"])
    }

    @Test func `a map of many names, of one and of none is drawn`() {
        let names = (0..<60).map { "a column with a long name \($0)" }
        let many = draw(AssociationMap(names.map { _ in names.map { _ in 0.25 } }, names: names))
        #expect(fills(many).count == 3600)
        #expect(draw(AssociationMap([[1]], names: ["a"])).count == 3)
        #expect(draw(AssociationMap([], names: [])).isEmpty)
    }

    @Test func `the parts of a bar lie side by side from zero and fill it`() throws {
        let (red, blue) = (Palette.color(1), Palette.color(0))
        let commands = draw(
            BarChart([.init("a", 10, parts: [.init(4, color: red), .init(6, color: blue)]), .init("b", 5)]))
        let bars = commands.compactMap { command -> (Rectangle, Color?)? in
            if case .rectangle(let place, _, let fill, _) = command { (place, fill) } else { nil }
        }
        try #require(bars.count == 3)
        #expect(bars.map(\.1) == [red, blue, blue])
        #expect(abs(bars[0].0.right - bars[1].0.left) < 1e-9)
        #expect(abs(bars[0].0.width / bars[1].0.width - 4.0 / 6) < 1e-9)
        #expect(abs(bars[0].0.width + bars[1].0.width - 2 * bars[2].0.width) < 1e-9)
    }
}
