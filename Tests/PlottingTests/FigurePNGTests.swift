import FileFormats
import Plotting
import Testing

@Suite struct FigurePNGTests {
    @Test func `a figure has the same bytes each time`() throws {
        let first = try SampleFigures.training.png()
        let second = try SampleFigures.training.png()
        #expect(first == second)
    }

    @Test func `a bar has its colour in the picture`() throws {
        let color = Color(hex: 0xD55E00)
        let figure = Figure(title: "One bar") { Panel("value", BarChart([.init("a", 3, color: color)])) }
        let bars = figure.scene().commands.compactMap { command -> Rectangle? in
            if case .rectangle(let bar, _, let fill, _) = command, fill == color { return bar }
            return nil
        }
        let center = try #require(bars.first).center
        let image = try PNG.decode(figure.png(scale: 2), name: "figure.png")
        #expect(Double(image.width) == 2 * figure.scene().size.width)
        let pixel = (Int(2 * center.y) * image.width + Int(2 * center.x)) * image.channels
        #expect(Array(image.pixels[pixel..<pixel + 3]) == [0xD5, 0x5E, 0x00])
        #expect(Array(image.pixels[0..<3]) == [255, 255, 255])
    }

    @Test func `each pixel of a small image is a sharp square`() throws {
        let checks = GreyImage(width: 2, height: 2, pixels: [0, 255, 255, 0])
        let figure = Figure(title: "", rowHeights: [40]) { Panel("", ImageGrid([.init("", [checks])])) }
        let places = figure.scene().commands.compactMap { command -> Rectangle? in
            if case .image(_, let place) = command { return place }
            return nil
        }
        let place = try #require(places.first)
        let image = try figure.image(scale: 2)
        for row in 0..<Int(place.height * 2) {
            for column in 0..<Int(place.width * 2) {
                let isInk = (row < Int(place.height)) == (column < Int(place.width))
                let pixel = ((Int(place.top * 2) + row) * image.width + Int(place.left * 2) + column) * 3
                #expect(image.pixels[pixel] == (isInk ? 0 : 255))
            }
        }
    }

    @Test func `the file says where the figure comes from`() throws {
        let image = try PNG.decode(SampleFigures.training.png(), name: "training.png")
        let texts = Dictionary(image.text.map { ($0.keyword, $0.text) }) { first, _ in first }
        #expect(texts["Title"] == "PPO reaches 500 on CartPole")
        #expect(texts["Command"] == "fledge train cart-pole")
        #expect(texts["Seed"] == "1–10")
    }

    @Test(arguments: SampleFigures.all.indices)
    func `every kind of chart can be drawn at any scale`(index: Int) throws {
        for scale in [0.5, 1] {
            let bytes = try SampleFigures.all[index].figure.png(scale: scale)
            #expect(bytes.count > 1_000)
        }
    }

    @Test(arguments: [0, 1e6, .nan, -1]) func `a picture of an impossible size is refused`(scale: Double) {
        #expect(throws: SceneError.self) { try SampleFigures.training.png(scale: scale) }
    }

    /// A chart of one polyline.
    private struct Line: Chart {
        let color: Color

        func plan(for size: Size, measuring measure: TextMeasure) -> ChartPlan {
            ChartPlan(insets: Insets()) { plot in
                let points = (0...300).map { index in
                    Point(
                        x: plot.left + Double(index) * plot.width / 300,
                        y: plot.center.y + (index % 2 == 0 ? 20.0 : -20))
                }
                return [.polyline(points, Stroke(color, width: 3))]
            }
        }
    }

    @Test func `a translucent line that is drawn in pieces is nowhere darker than itself`() throws {
        let figure = Figure(title: "", width: 400) { Panel("", Line(color: Color(hex: 0x000000).opacity(0.5))) }
        let image = try figure.image(scale: 2)
        let darkest = try #require(image.pixels.min())
        #expect((126...129).contains(darkest))
        #expect(image.pixels.filter { $0 == darkest }.count > 1_000)
    }
}
