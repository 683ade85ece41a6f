/// The share of runs that score above τ, for every τ (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of
/// the Statistical Precipice", §4.2; Dolan & Moré 2002): one picture instead of one number for all tasks and runs. Runs
/// count equally within their task, tasks among each other.
public struct PerformanceProfile: Sendable, Equatable {
    static let resampleCount = 1_000

    /// Scores τ, ascending, `[points]` each.
    public let thresholds: [Double]
    public let shares: [Double]
    /// The 95 % percentile bootstrap interval at each τ, runs drawn anew within each task.
    public let lower: [Double]
    public let upper: [Double]

    /// - Parameters:
    ///   - scores: `[tasks][runs]`, of one scale. What is not a number counts as below every threshold.
    ///   - thresholds: Where to look; from the lowest to the highest score where none are given.
    public init(_ scores: [[Double]], thresholds: [Double]? = nil) {
        let tasks = scores.filter { !$0.isEmpty }
        let all = tasks.joined().filter(\.isPlottable)
        let (low, high) = (all.min() ?? 0, all.max() ?? 1)
        let places = thresholds ?? (0...100).map { low + (high - low) * Double($0) / 100 }
        self.thresholds = places
        let above = tasks.map { task in places.map { place in task.map { $0 > place } } }
        shares = places.indices.map { place in
            Self.mean(above.map { Double($0[place].count { $0 }) / Double($0[place].count) })
        }
        let resamples = tasks.map { BootstrapResamples(count: Self.resampleCount, of: $0.count) }
        var lower: [Double] = [], upper: [Double] = []
        for place in places.indices {
            let shares = tasks.indices.map { resamples[$0].shares(of: above[$0][place]) }
            let means = (0..<Self.resampleCount).map { resample in Self.mean(shares.map { $0[resample] }) }.sorted()
            lower.append(Quantile.of(sorted: means, 0.025))
            upper.append(Quantile.of(sorted: means, 0.975))
        }
        (self.lower, self.upper) = (lower, upper)
    }

    /// The profile as a line with its band, for a chart whose x is τ.
    public func series(_ label: String? = nil, color: Color? = nil) -> Series {
        Series(label, x: thresholds, y: shares, band: .init(lower: lower, upper: upper), color: color)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
}
