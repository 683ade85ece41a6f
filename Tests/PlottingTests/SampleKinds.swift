import Plotting

/// Figures of the kinds of charts that show one statistic each, with invented data, ordinary and ugly.
extension SampleFigures {
    /// Values in −1…1 without order, the same each time.
    static func scattered(_ count: Int, seed: Int = 1) -> [Double] {
        (0..<count).map { Double(($0 * 7919 + seed * 104_729) % 2003) / 1001.5 - 1 }
    }

    private static let words = "words that go on and on because somebody wanted to say everything at once"

    static let kinds: Figure = {
        let errors = scattered(600).map { 0.02 + 0.01 * $0 * $0 * $0 }
        let truth = scattered(300, seed: 2).map { 150 + 90 * $0 }
        return Figure(title: "Every kind", rowHeights: [130, 150, 160]) {
            Panel(
                "Errors", caption: "600 rows",
                Histogram(
                    errors + [.nan], thresholds: [.init("threshold: 0.022", at: 0.022), .init("99 %", at: 0.0225)],
                    x: Axis("mean squared error"), y: Axis("rows")))
            Panel(
                "Errors by class", column: 1,
                Histogram(
                    [.init("normal", errors), .init("anomalous", errors.map { $0 * 1.4 })], height: .percentOfGroup,
                    x: Axis("mean squared error", scale: .logarithmic), y: Axis("% of class")))
            Panel(
                "Silhouettes", row: 1,
                SilhouetteChart(scattered(900).map { 0.3 + 0.4 * $0 }, clusters: (0..<900).map { $0 % 12 - 1 }))
            Panel(
                "Final return", row: 1, column: 1,
                IntervalChart(
                    [
                        .init("PPO", 480, interval: 450...495, points: [430, 470, 490, 500]),
                        .init("A2C", 410, interval: 350...455), .box("REINFORCE", of: truth),
                    ], x: Axis("return"),
                    references: [.init("random policy: 22", at: 22), .init("another policy: 30", at: 30)]))
            Panel(
                "Calibration", row: 2,
                ReliabilityDiagram([
                    .init("network", bins { 0.1 + 0.8 * $0 }), .init("scaled", bins { $0 }),
                ]))
            Panel(
                "Predicted and true", row: 2, column: 1,
                ScatterChart(
                    x: truth, y: zip(truth, scattered(300)).map { 0.8 * $0 + 20 * $1 }, xAxis: Axis("true"),
                    yAxis: Axis("predicted"), identity: "predicted = true"))
            Panel(
                "Residuals", row: 3,
                ScatterChart(x: truth, y: scattered(300), referenceLines: [.init("no error", at: 0)]))
            Panel(
                "Importance", row: 3, column: 1,
                BarChart([
                    .init("learning rate", 0.6, interval: 0.5...0.7), .init("clip", 0.05, interval: -0.02...0.1),
                ]))
        }
    }()

    private static func bins(_ observed: (Double) -> Double) -> [ReliabilityDiagram.Bin] {
        (0..<10).map { index in
            let predicted = 0.05 + 0.1 * Double(index)
            return .init(
                predicted: predicted, observed: observed(predicted),
                interval: max(0, observed(predicted) - 0.06)...min(1, observed(predicted) + 0.06), count: 20 * index)
        }
    }

    static let uglyKinds: Figure = {
        let extremes: [Double] = [.nan, .infinity, 1e120, -1e120, 0]
        return Figure(title: "Every kind, ill-treated", rowHeights: [70]) {
            Panel("No values", Histogram([]))
            Panel("One value", column: 1, Histogram([7, 7, 7], thresholds: [.init(words, at: 7)]))
            Panel(
                "Extreme values", column: 2,
                Histogram(
                    [.init(words, extremes), .init(words, [])], thresholds: (0..<6).map { .init(words, at: Double($0)) }
                )
            )
            Panel("No rows", row: 1, SilhouetteChart([], clusters: []))
            Panel(
                "Long names", row: 1, column: 1,
                SilhouetteChart([0.1, .nan, 0.3], clusters: [0, 1, 1], names: [words, words]))
            Panel(
                "Many clusters", row: 1, column: 2,
                SilhouetteChart(scattered(400), clusters: (0..<400).map { $0 % 70 }))
            Panel("No results", row: 2, IntervalChart([]))
            Panel(
                "Long results", row: 2, column: 1,
                IntervalChart([
                    .init(words, .nan, points: extremes), .init(words, 1e9, interval: -1e9...3e9, valueText: words),
                ]))
            Panel(
                "Many results", row: 2, column: 2,
                IntervalChart((0..<30).map { .init("result \($0)", Double($0), interval: 0...30) }))
            Panel("No models", row: 3, ReliabilityDiagram([]))
            Panel(
                "Many models", row: 3, column: 1,
                ReliabilityDiagram(
                    (0..<9).map { .init("\($0) \(words)", [.init(predicted: 0.5, observed: .nan, count: 3)]) })
            )
            Panel(
                "Identity of nothing", row: 3, column: 2,
                ScatterChart(
                    x: extremes, y: extremes, referenceLines: [.init(words, at: 0), .init(words, at: .nan)],
                    identity: words))
        }
    }()
}
