import Plotting

/// Figures of curves that could mislead: gaps, infinities, spikes, seeds of unequal length, many series.
extension SampleFigures {
    private static let epochs = (0...60).map(Double.init)

    /// Eight seeds, two of which end early and one of which diverges.
    static let unequalSeeds: SeedSummary = {
        let curves = (0..<8).map { seed -> Curve in
            let length = seed == 0 ? 31 : seed == 1 ? 46 : 61
            let noise = scattered(61, seed: seed + 3)
            let values = (0..<length).map { step -> Double in
                let place = Double(step)
                if seed == 2, step > 52 { return .nan }
                return 480 * place / (place + 8 + Double(seed)) + 9 * noise[step]
            }
            return Curve(x: Array(epochs.prefix(length)), y: values)
        }
        return SeedSummary(curves)
    }()

    static let trust: Figure = {
        let diverging = epochs.map { $0 < 40 ? 2 / (1 + $0) : $0 < 44 ? .infinity : .nan }
        let fine = epochs.map { 1.6 / (1 + 0.6 * $0) }
        let noisy = scattered(40_000, seed: 5).enumerated().map { index, value in
            Double(index) / 4_000 + value + (index == 23_456 ? 9 : 0)
        }
        let long = noisy.indices.map(Double.init)
        let walk = scattered(500, seed: 9).map { 3 + $0 }
        return Figure(title: "Curves that one can trust", rowHeights: [150]) {
            Panel(
                "Return", columnSpan: 2, caption: unequalSeeds.caption,
                LineChart(
                    Series(unequalSeeds.name("PPO"), unequalSeeds), x: Axis("epochs"),
                    referenceLines: [ReferenceLine("solved", at: 450)]))
            Panel(
                "Loss that diverges (log scale)", row: 1,
                LineChart(
                    Series("large steps", x: epochs, y: diverging), Series("small steps", x: epochs, y: fine),
                    x: Axis("epochs"), y: .logarithmic))
            Panel(
                "Zero and less on a log axis", row: 1, column: 1,
                LineChart(
                    Series("gap", x: epochs, y: epochs.map { epoch in (epoch - 20) * (epoch - 40) }), x: Axis("epochs"),
                    y: .logarithmic))
            Panel(
                "A spike in 40,000 points", row: 2,
                LineChart(
                    Series(
                        "noisy", x: long, y: noisy,
                        band: .init(lower: noisy.map { $0 - 1 }, upper: noisy.map { $0 + 1 })), x: .environmentSteps))
            Panel(
                "Smoothed", row: 2, column: 1, caption: "line: smoothed · faint: as measured",
                LineChart(
                    Series.smoothed("entropy", x: walk.indices.map(Double.init), y: walk.map { $0 > 3.99 ? .nan : $0 }))
            )
            Panel(
                "Twenty series", row: 3, columnSpan: 2,
                LineChart(
                    (0..<20).map { index in
                        Series("series \(index)", x: epochs, y: epochs.map { $0 * Double(index + 1) / ($0 + 20) })
                    }, x: Axis("epochs")))
            Panel("Nothing but gaps", row: 4, LineChart(Series("lost", x: epochs, y: epochs.map { _ in .nan })))
            Panel(
                "Gap after gap", row: 4, column: 1,
                LineChart(Series("every second", x: epochs, y: epochs.map { Int($0) % 2 == 0 ? $0 : .nan })))
        }
    }()
}
