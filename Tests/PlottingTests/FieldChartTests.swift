import Plotting
import Testing

struct FieldChartTests {
    private let plot = Rectangle(left: 0, top: 0, width: 90, height: 60)

    private func cells(_ chart: FieldChart) throws -> [(box: Rectangle, fill: Color)] {
        let commands = chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
        let clipped = commands.compactMap { command -> [DrawingCommand]? in
            if case .clipped(_, let inner) = command { inner } else { nil }
        }
        return try #require(clipped.first).compactMap { command in
            if case .rectangle(let box, _, let fill?, _) = command { (box, fill) } else { nil }
        }
    }

    @Test func `the first row lies at the bottom, and equal values have equal shades`() throws {
        let chart = FieldChart([[0, 1, 0], [1, 1, .nan]], x: Axis(range: -1...1), y: Axis(range: 0...1))
        let cells = try cells(chart)
        #expect(cells.count == 6)
        #expect(cells[0].box.center == Point(x: 15, y: 45) && cells[5].box.center == Point(x: 75, y: 15))
        #expect(cells[0].fill == cells[2].fill && cells[1].fill == cells[3].fill && cells[0].fill != cells[1].fill)
        #expect(
            cells[0].fill == Palette.shade(0) && cells[1].fill == Palette.shade(1) && cells[5].fill == Palette.noise)
    }

    @Test func `choices have the colours of groups and their names beside the field`() throws {
        let chart = FieldChart(
            [[0, 1]], x: Axis(range: 0...1), y: Axis(range: 0...1), choices: ["stay", "turn around"])
        #expect(try cells(chart).map(\.fill) == [Palette.groupColor(0), Palette.groupColor(1)])
        let plan = chart.plan(for: plot.size, measuring: TextMeasure())
        let texts = plan.draw(plot).compactMap { if case .text(let line) = $0 { line.string } else { nil } }
        #expect(texts.contains("stay") && texts.contains("turn around"))
        #expect(plan.insets.right > TextMeasure().width(of: "turn around", in: Font(size: 9.5)))
    }

    @Test func `one value everywhere is drawn`() throws {
        #expect(try cells(FieldChart([[3, 3]], x: Axis(range: 0...1), y: Axis(range: 0...1))).count == 2)
        #expect(try cells(FieldChart([], x: .automatic, y: .automatic)).isEmpty)
    }
}
