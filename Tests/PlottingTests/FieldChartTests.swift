import Plotting
import Testing

struct FieldChartTests {
    private let plot = Rectangle(left: 0, top: 0, width: 90, height: 60)

    private func cells(_ chart: FieldChart) throws -> Mosaic {
        let commands = chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
        let mosaics = commands.compactMap { command -> Mosaic? in
            if case .mosaic(let mosaic, let place) = command, place == plot { mosaic } else { nil }
        }
        return try #require(mosaics.first)
    }

    @Test func `the first row lies at the bottom, and equal values have equal shades`() throws {
        let chart = FieldChart([[0, 1, 0], [1, 1, .nan]], x: Axis(range: -1...1), y: Axis(range: 0...1))
        let cells = try cells(chart)
        #expect(cells.width == 3 && cells.height == 2)
        let (low, high) = (Palette.shade(0), Palette.shade(1))
        #expect(low != high)
        #expect(cells.colors == [high, high, Palette.noise, low, high, low])
    }

    @Test func `choices have the colours of groups and their names beside the field`() throws {
        let chart = FieldChart(
            [[0, 1]], x: Axis(range: 0...1), y: Axis(range: 0...1), choices: ["stay", "turn around"])
        #expect(try cells(chart).colors == [Palette.groupColor(0), Palette.groupColor(1)])
        let plan = chart.plan(for: plot.size, measuring: TextMeasure())
        let texts = plan.draw(plot).compactMap { if case .text(let line) = $0 { line.string } else { nil } }
        #expect(texts.contains("stay") && texts.contains("turn around"))
        #expect(plan.insets.right > TextMeasure().width(of: "turn around", in: Font(size: 9.5)))
    }

    @Test func `one value everywhere is drawn`() throws {
        #expect(try cells(FieldChart([[3, 3]], x: Axis(range: 0...1), y: Axis(range: 0...1))).colors.count == 2)
        #expect(try cells(FieldChart([], x: .automatic, y: .automatic)).colors.isEmpty)
    }
}
