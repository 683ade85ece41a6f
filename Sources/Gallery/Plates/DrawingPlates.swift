import Fledge

/// What holds for figures of every kind.
enum DrawingPlates {
    static let all = [
        RunPlates.overview,
        Plate(
            "awkward-data",
            shows:
                "What figures do with awkward data: values that are not numbers are marked, smoothing leaves the raw "
                + "curve behind, tiny ranges get their own unit, more series than colours get dashes, a logarithmic axis "
                + "is marked as such, and a table stands beside curves.",
            data: "Computed when drawn.", draw: { _ in awkwardData }),
    ]

    private static var awkwardData: Figure {
        var random = RandomStream(seed: 1, purpose: "gallery")
        let steps = (0..<400).map { 250 * Double($0) }
        func noise(_ scale: Double) -> Double { scale * Double(random.normal()) }
        let course = steps.map { 480 * (1 - 1 / (1 + $0 / 9_000)) + noise(30) }
        let gaps = course.enumerated().map { (140..<170).contains($0.offset) ? Double.nan : $0.element }
        let loss = steps.map { 40 / (1 + $0 / 1_000) * (1 + 0.25 * abs(noise(1))) }
        let tiny = steps.map { 1_000_000 + 2e-4 * $0 / 100_000 + noise(1e-5) }
        let methods = (0..<10).map { index in
            Series("method \(index + 1)", x: steps, y: steps.map { Double(index + 1) * $0 / (20_000 + $0) })
        }
        return Figure(
            title: "Awkward data", subtitle: "what is drawn here was computed for this page", width: 760,
            rowHeights: [120, 120], metadata: [("Command", "make gallery")]
        ) {
            Panel(
                "Not a number from step 35,000 on, for a while", caption: "line: smoothed · faint: as measured",
                LineChart(Series.smoothed("return", x: steps, y: gaps), x: .environmentSteps))
            Panel(
                "Loss (log scale)", column: 1, caption: "line: smoothed · faint: as measured",
                LineChart(Series.smoothed(x: steps, y: loss), x: .environmentSteps, y: .logarithmic))
            Panel("More series than colours", row: 1, LineChart(methods, x: .environmentSteps))
            Panel("A tiny range", row: 1, column: 1, LineChart(Series(x: steps, y: tiny), x: .environmentSteps))
            Panel(
                "Three of the series as a table", row: 2, columnSpan: 2,
                ResultTable(
                    columns: ["series", "value at step 20,000", "value at the end"],
                    rows: methods.prefix(3).map { series in
                        let values = [series.curve.y[80], series.curve.y[series.curve.y.count - 1]]
                        return [series.label ?? ""] + values.map { NumberText.fixed($0, decimals: 3) }
                    }))
        }
    }
}
