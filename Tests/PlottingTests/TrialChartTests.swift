import FileFormats
import Plotting
import Testing

/// Charts of trees, grids, trials and pictures.
@Suite struct TrialChartTests {
    private let plot = Rectangle(left: 100, top: 100, width: 300, height: 150)

    private func draw(_ chart: some Chart) -> [DrawingCommand] {
        let commands = chart.plan(for: plot.size, measuring: TextMeasure()).draw(plot)
        return commands.flatMap { command -> [DrawingCommand] in
            if case .clipped(_, let inner) = command { return inner }
            return [command]
        }
    }

    private func strings(_ commands: [DrawingCommand]) -> [String] {
        Scene(size: plot.size, commands: commands).texts.map(\.string)
    }

    private func bridges(_ commands: [DrawingCommand]) -> [(points: [Point], color: Color)] {
        commands.compactMap { command in
            guard case .polyline(let points, let stroke) = command, points.count == 4 else { return nil }
            return (points, stroke.color)
        }
    }

    @Test func `bridges of a tree stand above the middles of what they join`() {
        let commands = draw(Dendrogram(SampleFigures.merges, cut: ReferenceLine("cut", at: 2.8)))
        let bridges = bridges(commands)
        #expect(bridges.count == 6)
        // Each but the root carries an end of another one: its middle, at its height.
        let tops = bridges.map { Point(x: ($0.points[0].x + $0.points[3].x) / 2, y: $0.points[1].y) }
        let feet = bridges.flatMap { [$0.points[0], $0.points[3]] }
        for top in tops.dropLast() {
            #expect(feet.contains { abs($0.x - top.x) < 1e-9 && abs($0.y - top.y) < 1e-9 })
        }
        #expect(feet.filter { $0.y == plot.bottom }.count == 7)
        // Below the cut at 2.8 there are three clusters; the bridges at 3 and 6 join them.
        #expect(Set(bridges.map { "\($0.color)" }).count == 4)
    }

    @Test func `a tree of many rows shows the last merges and how many rows each leaf holds`() {
        let commands = draw(Dendrogram(SampleFigures.merges, leafNames: ["a"], mostLeaves: 3))
        #expect(bridges(commands).count == 2)
        #expect(strings(commands).filter { $0.hasPrefix("(") } == ["(3)", "(2)", "(2)"])
    }

    @Test func `valleys keep their heights and walls reach the top`() throws {
        let commands = draw(ReachabilityChart([.infinity, 1, 2], clusters: [0, 0, -1]))
        let areas = commands.compactMap { command -> ([Point], Color)? in
            if case .polygon(let outline, let fill) = command { return (outline, fill) }
            return nil
        }
        // The first two rows are one area of two steps, the third is noise.
        #expect(areas.map(\.0.count) == [6, 4])
        let heights = areas[0].0.map { plot.bottom - $0.y } + areas[1].0.map { plot.bottom - $0.y }
        #expect(heights[1] == plot.height && heights[2] == plot.height)
        #expect(abs(heights[7] - 2 * heights[3]) < 1e-9)
        #expect(areas[1].1 == Palette.noise)
    }

    @Test func `a level line of a circle is a circle`() {
        let grid = (0...60).map { Double($0) / 30 - 1 }
        let values = grid.map { y in grid.map { x in (x * x + y * y).squareRoot() } }
        let chart = ContourChart(x: grid, y: grid, values: values, valueAxis: Axis(range: 0.4...0.9))
        let ends = draw(chart).flatMap { command -> [Point] in
            guard case .polyline(let points, let stroke) = command, stroke.width == 0.8 else { return [] }
            return points
        }
        #expect(ends.count > 100)
        let radii = ends.map { point -> Double in
            let x = 2 * (point.x - plot.left) / plot.width - 1, y = 1 - 2 * (point.y - plot.top) / plot.height
            // The axes reach half a cell beyond the grid.
            return (x * x + y * y).squareRoot() * (1 + 1 / 60)
        }
        for radius in radii {
            let nearest = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map { abs($0 - radius) }.min() ?? 1
            #expect(nearest < 0.002)
        }
    }

    @Test func `lines of better trials cover those of worse ones`() {
        let dimension = ParallelCoordinates.Dimension("x", [0, 1, 2])
        func order(isLowBest: Bool) -> [Double] {
            let chart = ParallelCoordinates([dimension, dimension], values: [7, 9, 8], isLowBest: isLowBest)
            return draw(chart).compactMap { command in
                guard case .polyline(let points, let stroke) = command, points.count == 2,
                    points[0].x != points[1].x, points[0].x == plot.left, stroke.width > 1.2
                else { return nil }
                return points[0].y
            }
        }
        let high = order(isLowBest: false)
        #expect(high.count == 3)
        #expect(high[0] > high[2] && high[2] > high[1], "7, 8, 9 stand at x = 0, 2, 1")
        #expect(order(isLowBest: true) == high.reversed())
    }

    @Test func `pictures of a film keep their shape and lie in their frames`() throws {
        let square = Scene(
            size: Size(width: 10, height: 10),
            commands: [.rectangle(Rectangle(left: 2, top: 4, width: 6, height: 2), fill: Palette.color(0))])
        let commands = draw(FilmStrip(Array(repeating: .init("", square), count: 5)))
        let frames = commands.compactMap { command -> Rectangle? in
            guard case .rectangle(let box, _, nil, _) = command else { return nil }
            return box
        }
        let boxes = commands.compactMap { command -> Rectangle? in
            guard case .rectangle(let box, _, .some, _) = command else { return nil }
            return box
        }
        #expect(frames.count == 5 && boxes.count == 5)
        for (frame, box) in zip(frames, boxes) {
            #expect(abs(frame.width - frame.height) < 1e-9)
            #expect(abs(box.width - 0.6 * frame.width) < 1e-9 && abs(box.height - 0.2 * frame.width) < 1e-9)
            #expect(abs(box.left - frame.left - 0.2 * frame.width) < 1e-9)
            #expect(plot.contains(frame, tolerance: 1e-9))
        }
    }

    @Test(arguments: Theme.allCases) func `pixels in colour are the same on every paper`(theme: Theme) throws {
        let figure = Figure(title: "", rowHeights: [40]) { Panel("", FilmStrip([.init("", SampleFigures.checks)])) }
        let box = try #require(
            figure.scene().commands.compactMap { command -> Rectangle? in
                if case .clipped(let box, _) = command { return box }
                return nil
            }.first)
        let image = try figure.image(scale: 2, theme: theme)
        func pixel(_ x: Double, _ y: Double) -> [UInt8] {
            let column = Int(2 * (box.left + x * box.width)), row = Int(2 * (box.top + y * box.height))
            return Array(image.pixels[3 * (row * image.width + column)..<3 * (row * image.width + column) + 3])
        }
        #expect(pixel(0.3, 0.3) == [255, 0, 0])
        #expect(pixel(0.7, 0.3) == [0, 255, 0])
        #expect(pixel(0.3, 0.7) == [0, 0, 255])
    }
}
