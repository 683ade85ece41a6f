import Plotting
import Testing

/// Charts whose rows or points are compared with each other or with a line.
@Suite struct ComparisonChartTests {
    private let plot = Rectangle(left: 100, top: 100, width: 300, height: 150)

    private func draw(_ chart: some Chart) -> [DrawingCommand] {
        chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
    }

    private func texts(_ commands: [DrawingCommand]) -> [String] {
        Scene(size: plot.size, commands: commands).texts.map(\.string)
    }

    @Test func `blades are sorted, as thick as their clusters and named in order`() throws {
        let silhouettes = [0.1, 0.5, -0.2, 0.3, 0.4, 0.9], clusters = [0, 0, 0, 0, 1, -1]
        let commands = draw(SilhouetteChart(silhouettes, clusters: clusters))
        let blades = commands.compactMap { if case .polygon(let points, _) = $0 { points } else { nil } }
        #expect(blades.count == 2, "noise has no silhouette")
        // Between the ends on the axis each row is two points of one x.
        let ends = stride(from: 1, to: blades[0].count - 1, by: 2).map { blades[0][$0].x }
        #expect(ends.first == blades[0].map(\.x).max())
        #expect(ends == ends.sorted(by: >))
        let heights = try blades.map { try #require($0.last).y - #require($0.first).y }
        #expect(abs(heights[0] - 4 * heights[1]) < 1e-9)
        let strings = texts(commands)
        // (0.1 + 0.5 − 0.2 + 0.3 + 0.4) / 5
        #expect(strings.contains("mean 0.22"))
        #expect(strings.firstIndex(of: "0") ?? 9 < strings.firstIndex(of: "1") ?? 0)
    }

    @Test func `a box has Tukey's quartiles, whiskers and outliers`() {
        // Of 1 … 9 and 100 the quartiles are 3.25 and 7.75: whiskers reach to values within 7.75 + 1.5 · 4.5 = 14.5.
        let row = IntervalChart.Row.box("a", of: [9, 1, 8, 2, 7, 3, 6, 4, 5, 100, .nan])
        #expect(row.value == 5.5)
        #expect(row.box == 3.25...7.75)
        #expect(row.interval == 1...9)
        #expect(row.points == [100])
    }

    @Test func `intervals are printed with two digits of their width`() {
        let strings = texts(draw(IntervalChart([.init("a", 0.875, interval: 0.85...0.9), .init("b", 12)])))
        #expect(strings.contains("0.875 [0.850, 0.900]"))
        #expect(strings.contains("12.000"))
    }

    @Test func `the diagonal of a scatter joins equal values`() {
        let commands = draw(ScatterChart(x: [0, 10], y: [5, 30], identity: "y = x"))
        let diagonals = commands.flatMap { command -> [[Point]] in
            guard case .clipped(_, let inner) = command else { return [] }
            return inner.compactMap { if case .polyline(let points, _) = $0 { points } else { nil } }
        }
        #expect(diagonals == [[Point(x: plot.left, y: plot.bottom), Point(x: plot.right, y: plot.top)]])
    }

    @Test func `the interval of a bar reaches as far as its ends`() {
        let commands = draw(BarChart([.init("a", 10, interval: 5...20), .init("b", 20)]))
        let bars = commands.compactMap { if case .rectangle(let bar, _, _, _) = $0 { bar } else { nil } }
        let whiskers = commands.compactMap { command -> [Point]? in
            guard case .polyline(let points, let stroke) = command, stroke.width == 1.2 else { return nil }
            return points
        }
        #expect(whiskers.count == 1)
        #expect(abs(whiskers[0][1].x - bars[1].right) < 1e-9)
        #expect(abs(whiskers[0][0].x - bars[0].center.x) < 1e-9)
    }

    @Test func `calibration lies on the diagonal where predictions come true as often as said`() {
        let bins = [0.2, 0.6].map { ReliabilityDiagram.Bin(predicted: $0, observed: $0, count: 5) }
        let commands = draw(ReliabilityDiagram([.init("m", bins + [.init(predicted: 0.9, observed: 0, count: 0)])]))
        let dots = commands.compactMap { command -> [Point]? in
            if case .dots(let points, _, _, _) = command { return points }
            return nil
        }
        let diagonal = commands.compactMap { command -> [Point]? in
            guard case .polyline(let points, let stroke) = command, !stroke.dash.isEmpty, points.count == 2,
                points[0].y != points[1].y
            else { return nil }
            return points
        }
        #expect(dots.first?.count == 2, "an empty bin is not drawn")
        for dot in dots.first ?? [] {
            let (from, to) = (diagonal[0][0], diagonal[0][1])
            let share = (dot.x - from.x) / (to.x - from.x)
            #expect(abs(dot.y - (from.y + share * (to.y - from.y))) < 1e-9)
        }
    }
}
