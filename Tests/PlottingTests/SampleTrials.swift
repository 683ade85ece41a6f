import Plotting

/// Figures of trees, trials and pictures with invented data, ordinary and ugly.
extension SampleFigures {
    private static let words = "words that go on and on because somebody wanted to say everything at once"

    private static let picture = Scene(
        size: Size(width: 60, height: 40),
        commands: [
            .rectangle(Rectangle(left: 20, top: 22, width: 20, height: 8), fill: Palette.colors[0]),
            .polyline([Point(x: 30, y: 22), Point(x: 70, y: 4)], Stroke(Palette.colors[1], width: 3)),
            .text(TextMeasure().line("2.4 m", Font(size: 6), Palette.colors[6], at: Point(x: 2, y: 38))),
        ])

    static let checks = ColorImage(width: 2, height: 2, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])

    /// Rows 0 … 6 in two branches of three and four.
    static let merges: [Dendrogram.Merge] = [
        .init(4, 5, at: 0.8), .init(0, 1, at: 1), .init(2, 3, at: 1.5), .init(7, 6, at: 2.2), .init(8, 9, at: 3),
        .init(10, 11, at: 6),
    ]

    static let trials: Figure = {
        let rate = scattered(60).map { $0 * $0 * 0.1 + 1e-5 }, clip = scattered(60, seed: 3).map { 0.25 + 0.15 * $0 }
        let reached = zip(rate, clip).map { 500 - 3000 * $0 - 200 * $1 }
        let grid = (0..<20).map { Double($0) / 19 }
        return Figure(title: "Trees and trials", rowHeights: [130, 130, 130, 130, 130, 70]) {
            Panel(
                "Tree",
                Dendrogram(merges, leafNames: (0..<7).map { "row \($0)" }, cut: .init("cut: 3 clusters", at: 2.8)))
            Panel(
                "Reachability", column: 1,
                ReachabilityChart(
                    [.infinity] + (1..<400).map { $0 % 100 == 0 ? 1.5 : 0.3 }, clusters: (0..<400).map { $0 / 100 },
                    cut: .init("ε = 0.5", at: 0.5)))
            Panel(
                "ROC", row: 1,
                LineChart.receiverOperatingCharacteristic([
                    Series("a: 0.91", x: [0, 0.2, 1], y: [0, 0.85, 1]),
                    Series("b: 0.7", x: [0, 0.4, 1], y: [0, 0.6, 1]),
                ]))
            Panel(
                "Precision", row: 1, column: 1,
                LineChart.precisionRecall([Series("a", x: [0, 0.6, 1], y: [1, 0.9, 0.2])], baseRate: 0.2))
            Panel(
                "Trials", row: 2, columnSpan: 2,
                ParallelCoordinates(
                    [
                        .init("learning rate", rate, scale: .logarithmic), .init("clip", clip),
                        .init("activation", (0..<60).map { Double($0 % 3) }, categories: ["tanh", "relu", "gelu"]),
                    ], values: reached, valueAxis: Axis("return")))
            Panel(
                "Contour", row: 3,
                ContourChart(
                    x: grid, y: grid, values: grid.map { y in grid.map { x in x * x + y * y } },
                    points: Curve(x: grid, y: grid), xAxis: Axis("x"), yAxis: Axis("y"), valueAxis: Axis("x² + y²")))
            Panel(
                "Slice", row: 3, column: 1,
                ValueScatter(
                    x: rate, y: reached, values: (0..<60).map(Double.init),
                    xAxis: Axis("learning rate", scale: .logarithmic), yAxis: Axis("return"), valueAxis: Axis("trial")))
            Panel(
                "Front", row: 4,
                ParetoChart(
                    x: clip, y: rate, reference: Point(x: 0.4, y: 0.1), xAxis: Axis("seconds"), yAxis: Axis("error")))
            Panel(
                "Timeline", row: 4, column: 1,
                TimelineChart(
                    (0..<24).map { .init(row: $0, start: Double($0), end: Double($0) + 4, state: $0 % 2) },
                    states: [("complete", Palette.color(0)), ("pruned", Palette.color(3))]))
            Panel(
                "Film", row: 5, columnSpan: 2,
                FilmStrip((0..<6).map { .init("step \($0 * 40)", picture) } + [.init("pixels", checks)]))
        }
    }()

    static let uglyTrials: Figure = {
        let extremes: [Double] = [.nan, .infinity, 1e120, -1e120, 0]
        return Figure(title: "Trees and trials, ill-treated", rowHeights: [70]) {
            Panel("One leaf", Dendrogram([], leafNames: [words], cut: .init(words, at: .nan)))
            Panel(
                "Long names", column: 1,
                Dendrogram(merges, leafNames: Array(repeating: words, count: 7), cut: .init(words, at: 6)))
            Panel(
                "A chain of many", column: 2,
                Dendrogram((0..<3000).map { .init($0 == 0 ? 0 : 3000 + $0, $0 + 1, at: Double($0)) }))
            Panel("No rows", row: 1, ReachabilityChart([], clusters: []))
            Panel("Extremes", row: 1, column: 1, ReachabilityChart(extremes, clusters: [0, -1, 0, 1, 1]))
            Panel(
                "No trials", row: 1, column: 2,
                ParallelCoordinates([.init(words, []), .init(words, [], categories: [words, words])], values: []))
            Panel("No dimension", row: 2, ParallelCoordinates([], values: extremes))
            Panel(
                "Extreme trials", row: 2, column: 1,
                ParallelCoordinates(
                    [
                        .init(words, extremes, scale: .logarithmic),
                        .init(words, [0, 1, 2, 3, 4], categories: (0..<40).map { "\($0) \(words)" }),
                    ], values: extremes.reversed(), valueAxis: Axis(words)))
            Panel("No function", row: 2, column: 2, ContourChart(x: [], y: [], values: []))
            Panel(
                "One cell", row: 3,
                ContourChart(x: [1], y: [2], values: [[3]], xAxis: .logarithmic, valueAxis: Axis(words)))
            Panel(
                "Extreme function", row: 3, column: 1,
                ContourChart(x: [1, 2, 3, 4, 5], y: [0, 1], values: [extremes, extremes.reversed()]))
            Panel("No points", row: 3, column: 2, ValueScatter(x: [], y: [], values: []))
            Panel("Extreme points", row: 4, ValueScatter(x: extremes, y: extremes.reversed(), values: extremes))
            Panel(
                "Extreme front", row: 4, column: 1,
                ParetoChart(
                    x: extremes, y: extremes, isHighBest: (true, false), reference: Point(x: .nan, y: 0),
                    xAxis: Axis(words)))
            Panel("Nothing ran", row: 4, column: 2, TimelineChart([], states: []))
            Panel(
                "Extreme times", row: 5,
                TimelineChart(
                    extremes.enumerated().map { .init(row: 300 * $0.offset, start: $0.element, end: 5, state: 0) },
                    states: [(words, Palette.color(0))], rowTitle: words))
            Panel("No film", row: 5, column: 1, FilmStrip([]))
            Panel(
                "A long film", row: 5, column: 2,
                FilmStrip(
                    (0..<300).map {
                        .init(
                            "\($0) \(words)", $0 == 7 ? Scene(size: Size(width: 0, height: 0), commands: []) : picture)
                    }))
        }
    }()
}
