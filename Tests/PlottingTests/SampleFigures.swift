import Plotting

/// Figures of every kind with invented data, and some that nobody would draw on purpose.
enum SampleFigures {
    private static let steps = stride(from: 0.0, through: 100_000, by: 1_000).map { $0 }

    private static func wave(_ scale: Double, _ offset: Double, shift: Double = 0) -> [Double] {
        steps.map { offset + scale * (1 + sine($0 / 9_000 + shift)) }
    }

    /// The first terms of the sine's series after reduction: close enough for a picture.
    private static func sine(_ angle: Double) -> Double {
        let x = angle - 2 * Double.pi * (angle / (2 * Double.pi)).rounded()
        return x - x * x * x / 6 + x * x * x * x * x / 120
    }

    static let fiveSeeds = seeds(5)
    static let tenSeeds = seeds(10)

    private static func seeds(_ count: Int) -> SeedSummary {
        SeedSummary(
            (0..<count).map { seed in
                Curve(x: steps, y: steps.map { min(500, $0 / (80 + 12 * Double(seed))) })
            })
    }

    static let training: Figure = {
        Figure(
            title: "PPO reaches 500 on CartPole", subtitle: "100,000 steps · seeds 1–10",
            footer: "Numbers are invented.", rowHeights: [155, 75],
            metadata: [("Command", "fledge train cart-pole"), ("Seed", "1–10")]
        ) {
            Panel(
                "Return of an episode", columnSpan: 3, caption: tenSeeds.caption,
                LineChart(
                    Series(tenSeeds.name("PPO"), tenSeeds), Series("A2C", x: steps, y: steps.map { $0 / 400 }),
                    x: .environmentSteps, referenceLines: [ReferenceLine("solved: 475", at: 475)]))
            Panel("Entropy", row: 1, LineChart(Series(x: steps, y: wave(0.2, 0.1)), x: .environmentSteps.untitled()))
            Panel(
                "Loss (log scale)", row: 1, column: 1,
                LineChart(Series.smoothed(x: steps, y: wave(20, 1)), x: .environmentSteps, y: .logarithmic))
            Panel(
                "Time in each part, %", row: 1, column: 2,
                BarChart([.init("update", 80), .init("inference", 14), .init("environment", 4)]))
        }
    }()

    static let clusters: Figure = {
        let x = (0..<900).map { 10 * sine(Double($0)) + Double($0 % 3) * 12 }
        let y = (0..<900).map { 7 * sine(Double($0) * 1.7) - Double($0 % 3) * 5 }
        return Figure(title: "Three clusters", rowHeights: [150, 90], columnWeights: [1.5, 1]) {
            Panel(
                "Rows on their first two components", rowSpan: 2,
                ScatterChart(
                    x: x, y: y, groups: (0..<900).map { $0 % 3 },
                    markers: [
                        .init("0", x: 0, y: 0, group: 0), .init("1", x: 1, y: 0.5, group: 1),
                        .init("Ankle boot", x: 24, y: -10, group: 2),
                    ], xAxis: Axis("component 1"), yAxis: Axis("component 2")))
            Panel("Rows in each cluster", column: 1, BarChart((0..<10).map { .init("\($0)", Double(100 + 7 * $0)) }))
            Panel(
                "Centroids", row: 1, column: 1,
                ImageGrid(
                    [.init("centroid", images(5)), .init("farthest", images(5))],
                    columnTitles: ["0", "1", "2", "3", "4"]))
        }
    }()

    static func images(_ count: Int) -> [GreyImage] {
        (0..<count).map { index in
            GreyImage(width: 8, height: 8, values: (0..<64).map { Float(($0 * (index + 3)) % 64) / 64 })
        }
    }

    static let classifier: Figure = {
        let classes = [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ]
        let counts = (0..<10).map { row in (0..<10).map { $0 == row ? 880 : (row * 7 + $0 * 3) % 25 } }
        return Figure(title: "88 % are classified correctly", rowHeights: [150, 90]) {
            Panel("Confusion, % of the true class", HeatMap.confusion(counts, classes: classes))
            Panel(
                "Confusion, rows", column: 1,
                HeatMap.confusion([[3, 1], [0, 1_234_567]], classes: ["a", "b"], cellText: .count))
            Panel(
                "Results", row: 1,
                ResultTable(
                    columns: ["", "accuracy", "loss"], rows: [["training", "90.2 %", "0.27"], ["test", "88.1 %"]]))
            Panel(
                "Loss", row: 1, column: 1,
                LineChart(
                    Series("training", x: [1, 2, 3], y: [3, 2, 1]),
                    Series("validation", x: [1, 2, 3], y: [3, 2.4, 2]), x: Axis("epoch")))
        }
    }()

    static let ugly: Figure = {
        let words = "words that go on and on because somebody wanted to say everything at once "
        let many = (0..<14).map { index in
            Series(
                "method number \(index) with a rather long name", x: steps,
                y: wave(Double(index), 0, shift: Double(index)))
        }
        return Figure(
            title: words + words, subtitle: words + words + words, footer: words + words + words, rowHeights: [120, 80]
        ) {
            Panel("Many series", columnSpan: 3, caption: words, LineChart(many, x: .environmentSteps))
            Panel(
                "Huge", row: 1, LineChart(Series("huge", x: steps, y: wave(4e8, 1.2e9)), x: Axis("environment steps")))
            Panel(words, row: 1, column: 1, LineChart(Series("tiny", x: steps, y: wave(3e-7, 0))))
            Panel("Tiny range", row: 1, column: 2, LineChart(Series("c", x: steps, y: wave(1e-4, 1_000_000))))
            Panel(
                "Gaps", row: 2,
                LineChart(
                    Series("return", x: steps, y: steps.map { $0 > 3e4 && $0 < 4e4 ? .nan : $0 }),
                    referenceLines: [ReferenceLine(words, at: 5e4), ReferenceLine("top", at: 1e5)]))
            Panel("Nothing", row: 2, column: 1, LineChart([], x: Axis("nothing")))
            Panel(
                "Constant, one point, no number", row: 2, column: 2,
                LineChart(
                    Series("constant", x: [0, 1, 2], y: [5, 5, 5]), Series("one point", x: [1], y: [6]),
                    Series("no number", x: [0, 1], y: [.nan, .infinity])))
            Panel(
                "Long bars", row: 3,
                BarChart([.init(words, 1e6), .init("negative", -250_000), .init("not a number", .nan)]))
            Panel("Forty bars", row: 3, column: 1, BarChart((0..<40).map { .init("bar \($0)", Double($0)) }))
            Panel("No bars", row: 3, column: 2, BarChart([]))
            Panel("One image", row: 4, ImageGrid([.init(words, images(1))], columnTitles: [words]))
            Panel("No image", row: 4, column: 1, ImageGrid([]))
            Panel(
                "A wide table", row: 4, column: 2,
                ResultTable(columns: [words, words, words], rows: [[words, words, words]]))
            Panel("No points", row: 5, ScatterChart(x: [], y: []))
            Panel(
                "One point", row: 5, column: 1,
                ScatterChart(x: [3], y: [1e12], markers: [.init(words, x: 3, y: 1e12, group: -1)]))
            Panel("No matrix", row: 5, column: 2, HeatMap([], rowNames: [], columnNames: []))
        }
    }()

    private static let wide: [(name: String, figure: Figure)] = [
        ("training", training), ("clusters", clusters), ("classifier", classifier), ("ugly", ugly),
        ("kinds", kinds), ("ugly kinds", uglyKinds), ("trials", trials), ("ugly trials", uglyTrials), ("trust", trust),
    ]

    /// The same as wide as the screen of a phone.
    private static let narrow = wide.map { name, figure in
        var figure = figure
        figure.width = 380
        return (name: name + ", narrow", figure: figure)
    }

    static let all = wide + narrow
}
