internal import Foundation
internal import Plotting
internal import Randomness

/// Between which bounds a statistic of a sample lies: the 95 % percentile interval of the bootstrap (Efron, 1979). Equal
/// values have an equal interval, every time.
public struct BootstrapInterval: Sendable, Equatable {
    public let lower: Double
    public let upper: Double

    private static let resamples = 2_000

    /// That of the mean.
    public init(ofMean values: [Double]) {
        self.init(values) { $0.reduce(0, +) / Double($0.count) }
    }

    /// That of the mean of the middle half (Agarwal et al., 2021).
    public init(ofInterquartileMean values: [Double]) {
        self.init(values) { InterquartileMean.of($0) }
    }

    private init(_ values: [Double], _ statistic: ([Double]) -> Double) {
        guard values.count > 1 else {
            lower = values.first ?? .nan
            upper = values.first ?? .nan
            return
        }
        var random = RandomStream(seed: 0, purpose: "bootstrap")
        var resample = values
        let statistics = (0..<Self.resamples).map { _ in
            for index in resample.indices { resample[index] = values[random.index(below: values.count)] }
            return statistic(resample)
        }
        .sorted()
        lower = Quantile.of(sorted: statistics, 0.025)
        upper = Quantile.of(sorted: statistics, 0.975)
    }
}
