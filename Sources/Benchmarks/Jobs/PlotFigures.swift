import Foundation
import Plotting

/// The figures that are drawn for a measurement, with data as noisy as curves of training are. A peer's script draws
/// the same.
enum PlotFigures {
    static let all: [(name: String, title: String, figure: @Sendable () -> Plotting.Figure)] = [
        ("report", "four panels of five curves of 10,000 points with bands", { report }),
        ("million", "a line of 1,000,000 points", { million }),
    ]

    /// Four panels of five curves of 10,000 points, each with its band.
    private static var report: Plotting.Figure {
        var noise = Noise()
        let steps = (0..<10_000).map(Double.init)
        let titles = ["Return", "Value loss", "Entropy", "Approximate KL"]
        let panels = titles.map { _ in
            (0..<5).map { seed -> Series in
                var walk = 0.0
                let y = steps.map { step -> Double in
                    walk += 0.3 * noise.normal()
                    return 500 / (1 + exp(-(step - 3000 - 500 * Double(seed)) / 900)) + walk
                }
                let reach = steps.map { _ in 20 + 10 * noise.uniform() }
                let band = Series.Band(lower: zip(y, reach).map { $0 - $1 }, upper: zip(y, reach).map { $0 + $1 })
                return Series("seed \(seed)", x: steps, y: y, band: band)
            }
        }
        return Plotting.Figure(title: "Training report", width: 800, rowHeights: [162.5]) {
            for (index, title) in titles.enumerated() {
                Panel(
                    title, row: index / 2, column: index % 2,
                    LineChart(
                        panels[index], x: Axis("environment steps"), y: Axis(title.lowercased()), labels: .legend))
            }
        }
    }

    /// One random walk of a million steps.
    private static var million: Plotting.Figure {
        var noise = Noise()
        var walk = 0.0
        let y = (0..<1_000_000).map { _ -> Double in
            walk += noise.normal()
            return walk
        }
        return Plotting.Figure(title: "One million points", width: 800, rowHeights: [469]) {
            Panel(
                "A random walk",
                LineChart(Series(x: y.indices.map(Double.init), y: y), x: Axis("step"), y: Axis("value")))
        }
    }

    /// Random numbers that cost next to nothing, so that what is measured is drawing.
    private struct Noise {
        private var state: UInt64 = 1

        mutating func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }

        /// A sum of four uniform numbers with mean 0 and variance 1: near enough to normal for a picture.
        mutating func normal() -> Double {
            (uniform() + uniform() + uniform() + uniform() - 2) * 3.0.squareRoot()
        }
    }
}
