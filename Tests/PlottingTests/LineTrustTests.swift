import Plotting
import Testing

/// What a line chart must never hide.
@Suite struct LineTrustTests {
    private let plot = Rectangle(left: 100, top: 100, width: 300, height: 150)

    private func draw(_ chart: LineChart) -> [DrawingCommand] {
        flat(chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot))
    }

    private func flat(_ commands: [DrawingCommand]) -> [DrawingCommand] {
        commands.flatMap { command in
            if case .clipped(_, let inner) = command { return flat(inner) }
            return [command]
        }
    }

    private func strings(_ commands: [DrawingCommand]) -> [String] {
        commands.compactMap { if case .text(let line) = $0 { line.string } else { nil } }
    }

    /// The centres of crosses: pairs of short diagonal lines.
    private func crosses(_ commands: [DrawingCommand]) -> [Point] {
        commands.compactMap { command -> Point? in
            guard case .polyline(let points, let stroke) = command, points.count == 2, stroke.width == 1.4,
                points[0].x < points[1].x, points[0].y < points[1].y
            else { return nil }
            return Point(x: (points[0].x + points[1].x) / 2, y: (points[0].y + points[1].y) / 2)
        }
    }

    private func lines(_ commands: [DrawingCommand], _ index: Int = 0) -> [[Point]] {
        commands.compactMap { command in
            if case .polyline(let points, let stroke) = command, stroke.color == Palette.color(index), points.count > 2
            {
                return points
            }
            return nil
        }
    }

    @Test func `a cross stands where the curve stops, at its last value`() throws {
        let axis = Axis(range: 0...10)
        let y: [Double] = [0, 5, 10, .nan, .nan, 5, 5, 5, 5, 5, 5]
        let commands = draw(LineChart(Series(x: (0...10).map(Double.init), y: y), x: axis, y: axis))
        let found = crosses(commands)
        #expect(found.count == 1)
        let cross = try #require(found.first)
        #expect(abs(cross.x - 190) < 0.01 && abs(cross.y - 100) < 0.01)
        #expect(strings(commands).contains("× not a number: 2"))
    }

    @Test func `what is missing of single seeds is marked too`() {
        let x = (0...10).map(Double.init)
        var curves = (0..<5).map { seed in Curve(x: x, y: x.map { $0 + Double(seed) }) }
        curves[3] = Curve(x: x, y: x.map { $0 < 8 ? $0 : .nan })
        let summary = SeedSummary(curves)
        let commands = draw(LineChart(Series(summary.name("PPO"), summary)))
        #expect(crosses(commands).count == 1)
        #expect(strings(commands).contains("× not a number: 3"))
        #expect(strings(commands).contains("n = 4"))
        #expect(strings(commands).contains("PPO (n = 4–5)"))
    }

    @Test func `a spike among a hundred thousand points reaches its height, in the line and in the band`() {
        let count = 100_000
        let x = (0..<count).map(Double.init)
        let y = (0..<count).map { $0 == 61_803 ? 100.0 : Double($0 % 7) }
        let low = (0..<count).map { $0 == 31_415 ? -50.0 : Double($0 % 7) - 1 }
        let chart = LineChart(
            Series(x: x, y: y, band: .init(lower: low, upper: y.map { $0 + 1 })), y: Axis(range: -50...101))
        let commands = draw(chart)
        let points = lines(commands).flatMap { $0 }
        #expect(points.count < 5_000)
        let spike: Double = 250 - 150 * 150 / 151
        #expect(abs((points.map(\.y).min() ?? 0) - spike) < 1e-6)
        let band = commands.flatMap { command -> [Point] in
            if case .polygon(let outline, _) = command { return outline }
            return []
        }
        #expect(band.count < 5_000)
        #expect(abs((band.map(\.y).min() ?? 0) - 100) < 1e-6)
        #expect(abs((band.map(\.y).max() ?? 0) - 250) < 1e-6)
    }

    @Test func `a thinned chart is drawn as the whole one`() {
        let count = 30_000
        let x = (0..<count).map(Double.init)
        let y = x.map { ($0 * 7919).truncatingRemainder(dividingBy: 2003) + $0 / 10 }
        let chart = LineChart(Series(x: x, y: y))
        let drawn = lines(draw(chart)).flatMap { $0 }
        // Each column of pixels reaches as far as its values do.
        let highest = Double(y.max() ?? 0), lowest = Double(y.min() ?? 0)
        let room = 0.05 * (highest - lowest)
        let low = lowest <= 0.25 * highest ? 0 : lowest - room
        func place(_ value: Double) -> Double { 250 - 150 * (value - low) / (highest + room - low) }
        for column in stride(from: 0, to: 600, by: 37) {
            let inside = x.indices.filter { Int(600 * x[$0] / x[count - 1]) == column }
            let reach = drawn.filter { Int(2 * ($0.x - 100)) == column }.map(\.y)
            let top = place(inside.map { y[$0] }.max() ?? 0), bottom = place(inside.map { y[$0] }.min() ?? 0)
            #expect(abs((reach.min() ?? 0) - top) < 1e-6)
            #expect(abs((reach.max() ?? 0) - bottom) < 1e-6)
        }
    }

    @Test func `a logarithmic axis says what it cannot show`() {
        let commands = draw(LineChart(Series(x: [0, 1, 2, 3], y: [1, 0, -1, 10]), y: .logarithmic))
        #expect(strings(commands).contains("▼ zero or less: 2"))
        let triangles = commands.filter { if case .polygon(let corners, _) = $0 { corners.count == 3 } else { false } }
        #expect(triangles.count == 1)
    }

    @Test func `an axis of nothing has no ticks, and says so`() {
        let commands = draw(LineChart(Series("lost", x: [0, 1], y: [.nan, .nan])))
        #expect(strings(commands).sorted() == ["lost", "no values to show", "× not a number: 2"])
    }

    @Test func `series beyond the seventh have marks along them`() {
        let x = (0...50).map(Double.init)
        let chart = LineChart((0..<9).map { k in Series("series \(k)", x: x, y: x.map { $0 * Double(k + 1) }) })
        let marks = draw(chart).filter { command in
            if case .rectangle(_, let radius, let fill, _) = command { return fill == .paper && radius > 0 }
            return false
        }
        // Two in the legend, and several along each of the two lines.
        #expect(marks.count >= 2 + 2 * 6)
    }

    @Test func `smoothing looks at every value and not at those that were kept for drawing`() {
        let y = (0..<50_000).map { Double($0 % 2) }
        let series = Series.smoothed(x: y.indices.map(Double.init), y: y, weight: 0.99)
        let settled = draw(LineChart(series, y: Axis(range: 0...1)))
        let line = lines(settled).flatMap { $0 }.filter { $0.x > 150 }
        #expect(!line.isEmpty && line.allSatisfy { abs($0.y - 175) < 1 })
    }
}
